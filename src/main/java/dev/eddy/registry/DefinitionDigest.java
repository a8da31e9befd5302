package dev.eddy.registry;

import dev.eddy.definition.Feature;
import dev.eddy.definition.StreamDefinition;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/**
 * Digest of the part of a stream definition that a model depends on: the stream's name, its
 * features and its context. Budgets, labels and training times may change under a model.
 */
public final class DefinitionDigest {
  private DefinitionDigest() {}

  /** Returns the sha256. */
  public static String of(StreamDefinition definition) {
    var text = new StringJoiner("\n");
    text.add(definition.name());
    for (Feature feature : definition.features()) {
      text.add(
          "%s\t%s\t%s\t%s\t%s"
              .formatted(
                  feature.name(),
                  feature.type(),
                  feature.direction(),
                  feature.minimumDeviation().absolute(),
                  feature.minimumDeviation().relative()));
    }
    var context = definition.context();
    text.add(
        "%s\t%s\t%s\t%s"
            .formatted(
                context.enabled(),
                context.halfLife(),
                context.window(),
                String.join("\t", context.rates())));
    return Sha256.of(text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
