package dev.eddy.cli.models;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.registry.Manifest;
import dev.eddy.registry.ModelRegistry;
import dev.eddy.registry.ModelVersion;
import dev.eddy.schema.ModelCheck;
import dev.eddy.schema.ModelVerdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a registry knows of a version, for people and for programs. */
final class ModelDescription {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ModelRegistry registry;

  ModelDescription(ModelRegistry registry) {
    this.registry = registry;
  }

  /** Returns {@code champion}, {@code shadow}, {@code waiting}, {@code refused} or {@code kept}. */
  String state(ModelVersion version) {
    if (registry.champion().equals(Optional.of(version))) {
      return "champion";
    }
    if (registry.waiting().equals(Optional.of(version))) {
      return "waiting";
    }
    if (registry.shadow().equals(Optional.of(version))) {
      return "shadow";
    }
    return verdict(version).map(ModelVerdict::getPromoted).orElse(true) ? "kept" : "refused";
  }

  Optional<ModelVerdict> verdict(ModelVersion version) {
    return registry.verdicts().stream()
        .filter(verdict -> verdict.getVersion().equals(version.value()))
        .findAny();
  }

  /** Returns the whole manifest, the state, and what the gate said. */
  Map<String, @Nullable Object> of(Manifest manifest) {
    Map<String, @Nullable Object> description = new LinkedHashMap<>();
    description.put("version", manifest.version().value());
    description.put("state", state(manifest.version()));
    try {
      JSON.readValue(manifest.toJson(), new TypeReference<Map<String, Object>>() {})
          .forEach(description::putIfAbsent);
    } catch (IOException e) {
      throw new UncheckedIOException("every manifest must be JSON", e);
    }
    description.put("verdict", verdict(manifest.version()).map(ModelDescription::of).orElse(null));
    return description;
  }

  private static Map<String, @Nullable Object> of(ModelVerdict verdict) {
    Map<String, @Nullable Object> description = new LinkedHashMap<>();
    description.put("promoted", verdict.getPromoted());
    description.put("champion", verdict.getChampion());
    description.put("reason", verdict.getReason());
    description.put("trigger", verdict.getTrigger());
    Map<String, Object> checks = new LinkedHashMap<>();
    for (ModelCheck check : verdict.getChecks()) {
      checks.put(check.getName(), Map.of("passed", check.getPassed(), "detail", check.getDetail()));
    }
    description.put("checks", checks);
    description.put("figures", new TreeMap<>(verdict.getFigures()));
    description.put("timestamp", verdict.getTimestamp());
    return description;
  }
}
