package dev.eddy.cli.synthesize;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Makes identifiers that look like those of a column and are none of them. Where few forms occur,
 * such as {@code usr-00123} or {@code 10.0.7.1}, numbers stay in the range that they have at their
 * place; otherwise, as with hexadecimal digits, the kinds of characters at each place are kept.
 * Where a form has no new identifiers left, its last number counts on; where there is none to count
 * on, identifiers that were made come again. Confined to one thread.
 */
final class IdentifierFormat {
  private static final int FEWEST_OF_A_FORM = 5;
  private static final int MOST_FORMS = 12;
  private static final int MOST_TRIES = 100;

  private final List<IdentifierForm> forms = new ArrayList<>();
  private final Set<String> taken;
  private final List<String> made = new ArrayList<>();
  private BigInteger next;

  private IdentifierFormat(Collection<String> values, BigInteger next) {
    this.taken = new HashSet<>(values);
    this.next = next;
  }

  /** Goes on counting where a counter stands. */
  static IdentifierFormat counter(BigInteger next) {
    return new IdentifierFormat(List.of(), next);
  }

  /** Learns the shape of some identifiers. */
  static IdentifierFormat of(Collection<String> values) {
    IdentifierFormat format = new IdentifierFormat(values, BigInteger.ONE);
    Map<String, List<String>> byForm = new TreeMap<>();
    values.forEach(
        value ->
            byForm
                .computeIfAbsent(IdentifierForm.formOf(value), n -> new ArrayList<>())
                .add(value));
    if (isOfFewForms(values, byForm.values())) {
      format.add(byForm, true);
    } else {
      Map<String, List<String>> byLength = new TreeMap<>();
      values.forEach(
          value ->
              byLength
                  .computeIfAbsent("%09d".formatted(value.length()), n -> new ArrayList<>())
                  .add(value));
      format.add(byLength, false);
    }
    return format;
  }

  private static boolean isOfFewForms(Collection<String> values, Collection<List<String>> byForm) {
    long tangled = values.stream().filter(IdentifierForm::isTangled).count();
    List<Integer> sizes =
        byForm.stream().map(List::size).filter(size -> size >= FEWEST_OF_A_FORM).toList();
    long covered = sizes.stream().mapToLong(Integer::longValue).sum();
    return 10 * tangled < values.size()
        && sizes.size() <= MOST_FORMS
        && 10 * covered >= 9L * values.size();
  }

  private void add(Map<String, List<String>> groups, boolean parted) {
    int most = groups.values().stream().mapToInt(List::size).max().orElse(0);
    groups.forEach(
        (name, some) -> {
          // a rare form would be its few values' own, unless all forms are rare
          if (some.size() >= Math.min(most, FEWEST_OF_A_FORM)) {
            IdentifierForm form = parted ? IdentifierForm.parts(some) : IdentifierForm.places(some);
            some.forEach(value -> forms.add(form)); // as often as the form occurs
          }
        });
  }

  /** Returns an identifier that neither the column nor this format had before, if there is one. */
  String make(RandomGenerator random) {
    if (forms.isEmpty()) {
      String value = next.toString();
      next = next.add(BigInteger.ONE);
      return value;
    }
    IdentifierForm form = forms.get(0);
    String value = "";
    for (int attempt = 0; attempt < MOST_TRIES; attempt++) {
      form = forms.get(random.nextInt(forms.size()));
      value = form.make(random);
      if (taken.add(value)) {
        made.add(value);
        return value;
      }
    }
    String beyond = form.makeBeyond(random);
    if (beyond != null && taken.add(beyond)) {
      made.add(beyond);
      return beyond;
    }
    return made.isEmpty() ? value : made.get(random.nextInt(made.size()));
  }

  /** Returns the shape for people: a frequent form. */
  String shown() {
    return forms.isEmpty() ? "counting on from " + next : forms.get(forms.size() / 2).shown();
  }
}
