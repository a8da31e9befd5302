package dev.eddy.stream.topology;

import org.apache.datasketches.hll.HllSketch;

/**
 * How many different entities were seen, in constant memory: exact for small numbers, within about
 * 2 % for large ones. Safe for use by several threads.
 */
public final class EntityCount {
  private final HllSketch sketch = new HllSketch(12);

  /** Notes an entity. */
  public synchronized void add(String entity) {
    sketch.update(entity);
  }

  /** Returns how many there were. */
  public synchronized long count() {
    return Math.round(sketch.getEstimate());
  }
}
