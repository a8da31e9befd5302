package dev.eddy.event;

import dev.eddy.definition.Feature;
import dev.eddy.definition.StreamDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A field of the source record that an event is made of. One field may have several uses: an entity
 * may be a feature, too.
 *
 * @param index place among the fields, for bookkeeping
 * @param number place among the definition's numbers; -1 if it is none
 * @param category place among the definition's categories; -1 if it is none
 */
record EventField(
    String name,
    int index,
    int number,
    int category,
    boolean entity,
    boolean timestamp,
    boolean label) {

  /** Returns whether anybody asks for the value as text. */
  boolean wantsText() {
    return category >= 0 || entity || label;
  }

  /**
   * Returns the fields that a definition names, by name, in the order in which they are written.
   */
  static Map<String, EventField> of(StreamDefinition definition) {
    StreamDefinition.Source source = definition.source();
    List<String> numbers = definition.numbers().stream().map(Feature::name).toList();
    List<String> categories = definition.categories().stream().map(Feature::name).toList();
    String label = definition.labels().field();
    Map<String, EventField> fields = new LinkedHashMap<>();
    for (String name : definition.fields()) {
      fields.put(
          name,
          new EventField(
              name,
              fields.size(),
              numbers.indexOf(name),
              categories.indexOf(name),
              name.equals(source.entity()),
              name.equals(source.timestamp()),
              name.equals(label)));
    }
    return fields;
  }
}
