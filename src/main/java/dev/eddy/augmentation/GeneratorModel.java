package dev.eddy.augmentation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Tensor;
import dev.eddy.model.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A trained class-conditional generator with the gate's verdict on it, on the heap. Immutable; safe
 * for use by several threads, each of which opens a {@link Generator} of its own.
 */
public final class GeneratorModel {
  private static final String JSON = "generator.json";
  private static final String TENSORS = "generator.safetensors";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final TokenEncoder encoder;
  private final List<String> classes;
  private final TokenDraft draft;
  private final double[][] shares;
  private final RowFingerprints fingerprints;
  private final SeenCombinations combinations;
  private final @Nullable LabelConsistency labels;
  private final GateReport gate;

  GeneratorModel(
      TokenEncoder encoder,
      List<String> classes,
      TokenDraft draft,
      double[][] shares,
      RowFingerprints fingerprints,
      SeenCombinations combinations,
      @Nullable LabelConsistency labels,
      GateReport gate) {
    this.labels = labels;
    this.encoder = encoder;
    this.classes = List.copyOf(classes);
    this.draft = draft;
    this.shares = shares;
    this.fingerprints = fingerprints;
    this.combinations = combinations;
    this.gate = gate;
  }

  /**
   * Reads a generator from the files of an artifact.
   *
   * @throws IllegalArgumentException if a file is missing or broken, or the generator was made for
   *     other fields
   */
  public static GeneratorModel fromParts(StreamDefinition definition, Map<String, byte[]> parts) {
    try {
      JsonNode json = MAPPER.readTree(part(parts, JSON));
      TokenEncoder encoder = TokenEncoder.read(json.required("columns"));
      if (!encoder.isOf(definition)) {
        throw new IllegalArgumentException(
            "generator must have the fields of stream %s, got %s"
                .formatted(
                    definition.name(), encoder.columns().stream().map(TokenColumn::name).toList()));
      }
      List<String> classes = new ArrayList<>();
      json.required("classes").forEach(name -> classes.add(name.asText()));
      Tensors tensors = Tensors.fromSafetensors(part(parts, TENSORS));
      Dependencies dependencies = Dependencies.read(json.required("columns"));
      return new GeneratorModel(
          encoder,
          List.copyOf(classes),
          TokenDraft.read(encoder.layout(), dependencies, json, tensors),
          sharesOf(tensors.get("shares")),
          RowFingerprints.fromBytes(json.required("fingerprints").binaryValue()),
          SeenCombinations.read(json.get("combinations")),
          LabelConsistency.read(encoder, classes, json.get("labels")),
          MAPPER.treeToValue(json.required("gate"), GateReport.class));
    } catch (IOException e) {
      throw new IllegalArgumentException(JSON + " must be readable JSON", e);
    }
  }

  private static byte[] part(Map<String, byte[]> parts, String name) {
    byte[] part = parts.get(name);
    if (part == null) {
      throw new IllegalArgumentException(
          "generator must have part %s, got %s".formatted(name, parts.keySet()));
    }
    return part;
  }

  /** Returns the files of its artifact, by name. */
  public Map<String, byte[]> parts() {
    ObjectNode json = MAPPER.createObjectNode();
    classes.forEach(json.putArray("classes")::add);
    draft.write(json);
    ArrayNode columns = json.putArray("columns");
    encoder.write(columns);
    for (int column = 0; column < columns.size(); column++) {
      draft.dependencies().write(column, (ObjectNode) columns.get(column));
    }
    json.put("fingerprints", fingerprints.toBytes());
    combinations.write(json.putObject("combinations"));
    if (labels != null) {
      labels.write(json.putArray("labels"));
    }
    json.set("gate", MAPPER.valueToTree(gate));
    Tensors tensors = draft.tensors().with(Tensors.of(Map.of("shares", tensorOf(shares))));
    try {
      return Map.of(JSON, MAPPER.writeValueAsBytes(json), TENSORS, tensors.toSafetensors());
    } catch (IOException e) {
      throw new UncheckedIOException("could not write " + JSON, e);
    }
  }

  private static Tensor tensorOf(double[][] shares) {
    int tokens = shares[0].length;
    float[] values = new float[shares.length * tokens];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) shares[i / tokens][i % tokens];
    }
    return Tensor.of(values, shares.length, tokens);
  }

  private static double[][] sharesOf(Tensor tensor) {
    double[][] shares = new double[tensor.dimension(0)][tensor.dimension(1)];
    for (int i = 0; i < tensor.size(); i++) {
      shares[i / tensor.dimension(1)][i % tensor.dimension(1)] = tensor.get(i);
    }
    return shares;
  }

  /** Returns the classes that it was trained on; not all of them need pass the gate. */
  public List<String> classes() {
    return classes;
  }

  /** Returns what the gate found when it was trained. */
  public GateReport gate() {
    return gate;
  }

  /**
   * Looks at generated rows before they are published: classes that the gate refused, values that
   * training never saw, copies of training rows and, from 100 rows of a class on, columns that are
   * not shaped as the class's are.
   *
   * @return why they must not be published; empty if they may
   */
  public List<String> check(List<SyntheticRow> rows) {
    return check(rows, true);
  }

  /**
   * As {@link #check(List)}.
   *
   * @param shaped whether columns must be shaped so; not where a request fixed values, nor on the
   *     way between two records, whose rows lie where the way leads
   * @return why they must not be published; empty if they may
   */
  public List<String> check(List<SyntheticRow> rows, boolean shaped) {
    return new BatchCheck(encoder, classes, shares, fingerprints, gate).reasons(rows, shaped);
  }

  /**
   * Says which generated rows a request may have.
   *
   * @param definition whose rules they must keep
   * @param fixed field to the value that each row must have; empty text: missing
   * @throws IllegalArgumentException if no row can have such a value, or if the model was trained
   *     before the definition had one of its rules for combinations, or asked for label consistency
   */
  public Guidance guidance(StreamDefinition definition, Map<String, String> fixed) {
    return RowGuidance.of(
        definition, encoder, combinations, labels, fixed, Copies.of(fingerprints, gate));
  }

  /** Opens a generator on a device; the caller closes it. */
  public Generator open(ModelDevice device) {
    return open(device, DeviceListener.NONE);
  }

  /** Opens a generator, and says so when it leaves a failing GPU; the caller closes it. */
  public Generator open(ModelDevice device, DeviceListener listener) {
    return new TokenGenerator(encoder, classes, draft, fingerprints, gate, device, listener);
  }
}
