package dev.eddy.cli.synthesize;

import java.util.List;
import java.util.random.RandomGenerator;

/** A part of an identifier. */
sealed interface IdentifierPart {
  /** Makes one. */
  String make(RandomGenerator random);

  /** Returns the shape for people. */
  String shown();

  /** A number between the smallest and the largest that stood there. */
  final class Range implements IdentifierPart {
    private final long fewest;
    private final long limit;
    private final int width;
    private long most;

    private Range(long fewest, long most, long limit, int width) {
      this.fewest = fewest;
      this.most = most;
      this.limit = limit;
      this.width = width;
    }

    /**
     * Learns the range of numbers.
     *
     * @param limit beyond which none may count on
     */
    static Range of(List<String> texts, long limit) {
      long fewest = Long.MAX_VALUE;
      long most = 0;
      boolean padded = false;
      int width = Integer.MAX_VALUE;
      for (String text : texts) {
        long number = Long.parseLong(text);
        fewest = Math.min(fewest, number);
        most = Math.max(most, number);
        padded |= text.length() > 1 && text.startsWith("0");
        width = Math.min(width, text.length());
      }
      return new Range(fewest, most, limit, padded ? width : 1);
    }

    @Override
    public String make(RandomGenerator random) {
      return ("%0" + width + "d").formatted(random.nextLong(fewest, most + 1));
    }

    /** Returns whether there is a number beyond those that occurred. */
    boolean hasNext() {
      return most < limit;
    }

    /** Counts on. */
    String next() {
      return ("%0" + width + "d").formatted(++most);
    }

    @Override
    public String shown() {
      return fewest == most
          ? ("%0" + width + "d").formatted(most)
          : "#".repeat(Math.max(width, Long.toString(most).length()));
    }
  }

  /** One of some words, each as often as it stood there. */
  record Words(List<String> words) implements IdentifierPart {
    @Override
    public String make(RandomGenerator random) {
      return words.get(random.nextInt(words.size()));
    }

    @Override
    public String shown() {
      boolean one = words.stream().distinct().count() == 1;
      return one ? words.get(0) : "?".repeat(words.get(0).length());
    }
  }

  /** A character of a kind at each place. */
  record Mask(List<String> kinds) implements IdentifierPart {
    @Override
    public String make(RandomGenerator random) {
      StringBuilder text = new StringBuilder();
      for (String kind : kinds) {
        text.append(kind.charAt(random.nextInt(kind.length())));
      }
      return text.toString();
    }

    @Override
    public String shown() {
      StringBuilder text = new StringBuilder();
      for (String kind : kinds) {
        text.append(kind.length() == 1 ? kind : Character.isDigit(kind.charAt(0)) ? "#" : "?");
      }
      return text.toString();
    }
  }

  /** One of several masks, of words that differ in length. */
  record Masks(List<Mask> masks) implements IdentifierPart {
    @Override
    public String make(RandomGenerator random) {
      return masks.get(random.nextInt(masks.size())).make(random);
    }

    @Override
    public String shown() {
      return masks.get(masks.size() / 2).shown();
    }
  }
}
