package dev.eddy.model;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Named float32 tensors on the heap: the parameters of one or more networks. Immutable, ordered by
 * name; a network's names start with its own prefix, as in {@code dx.layer0.weight}.
 */
public final class Tensors {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,200}");

  /** No tensors. */
  public static final Tensors EMPTY = new Tensors(new TreeMap<>());

  private final SortedMap<String, Tensor> byName;

  private Tensors(SortedMap<String, Tensor> byName) {
    this.byName = byName;
  }

  /**
   * Makes a set of tensors of a copy of the map.
   *
   * @throws IllegalArgumentException if a name is not letters, digits, dots, dashes and underscores
   */
  public static Tensors of(Map<String, Tensor> tensors) {
    for (String name : tensors.keySet()) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "tensor name must match " + NAME.pattern() + ", got " + name);
      }
    }
    return new Tensors(new TreeMap<>(tensors));
  }

  /**
   * Reads tensors from the bytes of a safetensors file.
   *
   * @throws TensorFormatException if the bytes break the format or its bounds
   */
  public static Tensors fromSafetensors(byte[] bytes) {
    return Safetensors.decode(bytes);
  }

  /** Returns the bytes of a safetensors file; equal tensors give equal bytes. */
  public byte[] toSafetensors() {
    return Safetensors.encode(this);
  }

  /**
   * Returns one tensor.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public Tensor get(String name) {
    Tensor tensor = byName.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "tensor %s is missing; there are %s".formatted(name, byName.keySet()));
    }
    return tensor;
  }

  /** Returns whether there is a tensor of this name. */
  public boolean contains(String name) {
    return byName.containsKey(name);
  }

  /** Returns the names, in order. */
  public Set<String> names() {
    return Collections.unmodifiableSet(byName.keySet());
  }

  /** Returns whether there are none. */
  public boolean isEmpty() {
    return byName.isEmpty();
  }

  /** Returns whether every value is a finite number. */
  public boolean areFinite() {
    return byName.values().stream()
        .map(Tensor::values)
        .noneMatch(
            values -> IntStream.range(0, values.length).anyMatch(i -> !Float.isFinite(values[i])));
  }

  /** Returns these tensors and the others. */
  public Tensors with(Tensors others) {
    TreeMap<String, Tensor> all = new TreeMap<>(byName);
    for (Map.Entry<String, Tensor> entry : others.byName.entrySet()) {
      if (all.put(entry.getKey(), entry.getValue()) != null) {
        throw new IllegalArgumentException("tensor %s is there twice".formatted(entry.getKey()));
      }
    }
    return new Tensors(all);
  }

  /** Returns the same tensors with a prefix before each name. */
  public Tensors prefixed(String prefix) {
    TreeMap<String, Tensor> renamed = new TreeMap<>();
    byName.forEach((name, tensor) -> renamed.put(prefix + name, tensor));
    return Tensors.of(renamed);
  }

  /** Returns the tensors whose names start with a prefix, without it. */
  public Tensors under(String prefix) {
    TreeMap<String, Tensor> selected = new TreeMap<>();
    byName.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            selected.put(name.substring(prefix.length()), tensor);
          }
        });
    return new Tensors(selected);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tensors tensors && byName.equals(tensors.byName);
  }

  @Override
  public int hashCode() {
    return byName.hashCode();
  }

  @Override
  public String toString() {
    return byName.toString();
  }
}
