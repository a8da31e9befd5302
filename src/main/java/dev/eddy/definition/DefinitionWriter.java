package dev.eddy.definition;

import dev.eddy.definition.StreamDefinition.Alerts;
import dev.eddy.definition.StreamDefinition.Augmentation;
import dev.eddy.definition.StreamDefinition.Context;
import dev.eddy.definition.StreamDefinition.Drift;
import dev.eddy.definition.StreamDefinition.Gate;
import dev.eddy.definition.StreamDefinition.Generation;
import dev.eddy.definition.StreamDefinition.Guard;
import dev.eddy.definition.StreamDefinition.Labels;
import dev.eddy.definition.StreamDefinition.Limits;
import dev.eddy.definition.StreamDefinition.Source;
import dev.eddy.definition.StreamDefinition.Training;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes a stream definition as the YAML that {@link DefinitionReader} reads. */
public final class DefinitionWriter {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");
  private static final Set<String> YAML_WORDS =
      Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null");

  /** A number that is written as a percentage. */
  private record Share(double share) {}

  private final StringBuilder yaml = new StringBuilder();
  private final boolean whole;

  private DefinitionWriter(boolean whole) {
    this.whole = whole;
  }

  /** Writes what differs from the defaults. The same definition gives the same text. */
  public static String write(StreamDefinition definition) {
    return new DefinitionWriter(false).definition(definition);
  }

  /** Writes everything, so that the text does not depend on what the defaults are. */
  static String writeWhole(StreamDefinition definition) {
    return new DefinitionWriter(true).definition(definition);
  }

  /** Writes everything that an encoder's rows depend on. */
  static String writeFeatures(StreamDefinition definition) {
    DefinitionWriter writer = new DefinitionWriter(true);
    writer.features(definition.features());
    writer.section("context", writer.context(definition.context()));
    return writer.yaml.toString();
  }

  private String definition(StreamDefinition definition) {
    yaml.append("stream: ").append(text(definition.name())).append('\n');
    section("source", source(definition.source()));
    features(definition.features());
    section("context", context(definition.context()));
    section("labels", labels(definition.labels()));
    section("alerts", alerts(definition.alerts()));
    section("augmentation", augmentation(definition.augmentation()));
    section("training", training(definition.training()));
    section("detection", detection(definition.detection()));
    return yaml.toString();
  }

  private void features(List<Feature> features) {
    yaml.append("features:\n");
    for (Feature feature : features) {
      Feature standard = Feature.number(feature.name());
      Map<String, String> entries = new LinkedHashMap<>();
      entries.put("name", text(feature.name()));
      // Features are many: their defaults are left out even where the rest is whole.
      if (!feature.equals(standard)) {
        putUnless(feature.isNumber(), entries, "type", feature.type());
        putUnless(
            feature.direction().equals(standard.direction()),
            entries,
            "direction",
            feature.direction());
        putUnless(
            feature.minimumDeviation().equals(MinimumDeviation.NONE),
            entries,
            "minimumDeviation",
            feature.minimumDeviation());
      }
      yaml.append("  - ")
          .append(entries.size() == 1 ? text(feature.name()) : inline(entries))
          .append('\n');
    }
  }

  private Map<String, String> source(Source source) {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("topic", text(source.topic()));
    entries.put("format", text(source.format()));
    put(entries, "entity", source.entity(), null);
    put(entries, "timestamp", source.timestamp(), null);
    putUnless(source.columns().isEmpty(), entries, "columns", source.columns());
    return entries;
  }

  private Map<String, String> context(Context context) {
    Context standard = Context.DEFAULT;
    Map<String, String> entries = new LinkedHashMap<>();
    put(entries, "enabled", context.enabled(), standard.enabled());
    put(entries, "halfLife", context.halfLife(), standard.halfLife());
    put(entries, "window", context.window(), standard.window());
    put(entries, "rates", context.rates(), standard.rates());
    // What came later is left out where it is not used: a model fits as long as its features do.
    putUnless(context.lags().isEmpty(), entries, "lags", context.lags());
    putUnless(context.statistics().isEmpty(), entries, "statistics", inOrder(context.statistics()));
    putUnless(context.seasons().isEmpty(), entries, "seasons", inOrder(context.seasons()));
    return entries;
  }

  private Map<String, String> labels(Labels labels) {
    Map<String, String> entries = new LinkedHashMap<>();
    put(entries, "field", labels.field(), null);
    put(entries, "normal", labels.normal(), Labels.NONE.normal());
    put(entries, "topic", labels.topic(), null);
    return entries;
  }

  private Map<String, String> alerts(Alerts alerts) {
    Alerts standard = Alerts.DEFAULT;
    Map<String, String> entries = new LinkedHashMap<>();
    put(
        entries,
        "budget",
        new Quantity.Rate(alerts.budget(), alerts.budgetPeriod()),
        new Quantity.Rate(standard.budget(), standard.budgetPeriod()));
    put(entries, "cooldown", alerts.cooldown(), standard.cooldown());
    return entries;
  }

  private Map<String, String> augmentation(Augmentation augmentation) {
    Duration second = Duration.ofSeconds(1);
    Map<String, String> shares = new LinkedHashMap<>();
    // Sorted: the order of the file, or of a hash, means nothing.
    new TreeMap<>(augmentation.balance())
        .forEach((name, share) -> shares.put(text(name), Quantity.percentageText(share)));
    Map<String, String> entries = new LinkedHashMap<>();
    if (!shares.isEmpty()) {
      entries.put("balance", inline(shares));
    }
    // New keys stand here only where they are set: digests of definitions without them stay.
    putUnless(
        augmentation.balanceCap() == Augmentation.DEFAULT.balanceCap(),
        entries,
        "balanceCap",
        augmentation.balanceCap());
    putUnless(
        !augmentation.balanceWithoutLift(),
        entries,
        "balanceWithoutLift",
        augmentation.balanceWithoutLift());
    putUnless(
        augmentation.balanceJudge() == Augmentation.DEFAULT.balanceJudge(),
        entries,
        "balanceJudge",
        augmentation.balanceJudge());
    put(
        entries,
        "rate",
        new Quantity.Rate(augmentation.rate(), second),
        new Quantity.Rate(Augmentation.DEFAULT.rate(), second));
    Generation generation = augmentation.generation();
    Generation standard = Generation.DEFAULT;
    put(entries, "generator", generation.family(), standard.family());
    put(entries, "trainingTime", generation.trainingTime(), standard.trainingTime());
    put(entries, "objective", generation.objective(), standard.objective());
    put(entries, "codes", generation.codes(), standard.codes());
    putUnless(
        generation.labelConsistency() == standard.labelConsistency(),
        entries,
        "labelConsistency",
        generation.labelConsistency());
    if (!augmentation.constraints().isEmpty()) {
      entries.put(
          "constraints",
          augmentation.constraints().stream()
              .map(DefinitionWriter::constraint)
              .collect(Collectors.joining(",\n    ", "[\n    ", "]")));
    }
    return entries;
  }

  private static String constraint(Constraint constraint) {
    Map<String, String> entries = new LinkedHashMap<>();
    String kind;
    if (constraint instanceof Constraint.Range range) {
      kind = "range";
      entries.put("field", text(range.field()));
      putUnless(Double.isInfinite(range.min()), entries, "min", range.min());
      putUnless(Double.isInfinite(range.max()), entries, "max", range.max());
    } else if (constraint instanceof Constraint.WholeNumber whole) {
      kind = "integer";
      entries.put("field", text(whole.field()));
    } else if (constraint instanceof Constraint.Categories categories) {
      kind = "categories";
      entries.put("field", text(categories.field()));
      entries.put("values", text(categories.values()));
    } else if (constraint instanceof Constraint.Inequality inequality) {
      kind = "inequality";
      entries.put("low", text(inequality.low()));
      entries.put("high", text(inequality.high()));
    } else if (constraint instanceof Constraint.Formula formula) {
      kind = "formula";
      entries.put("field", text(formula.field()));
      entries.put("equals", quoted(formula.expression().toString()));
    } else {
      kind = "combination";
      entries.put("fields", text(constraint.fields()));
    }
    return "{%s: %s}".formatted(kind, inline(entries));
  }

  private Map<String, String> training(Training training) {
    Training standard = Training.DEFAULT;
    Map<String, String> entries = new LinkedHashMap<>();
    put(entries, "every", training.every(), standard.every());
    put(entries, "window", training.window(), standard.window());
    put(entries, "minimumRecords", training.minimumRecords(), standard.minimumRecords());
    put(entries, "minimumLabels", training.minimumLabels(), standard.minimumLabels());
    put(entries, "maximumRecords", training.maximumRecords(), standard.maximumRecords());
    put(entries, "seed", training.seed(), standard.seed());
    put(entries, "warmStart", training.warmStart(), standard.warmStart());
    limits(entries, training.limits(), standard.limits());
    put(entries, "promotion", training.gate().promotion(), standard.gate().promotion());
    putUnlessEmpty(entries, "guard", guard(training.guard()));
    putUnlessEmpty(entries, "drift", drift(training.drift()));
    putUnlessEmpty(entries, "gate", gate(training.gate()));
    return entries;
  }

  private Map<String, String> detection(Detection detection) {
    Detection standard = Detection.DEFAULT;
    Map<String, String> entries = new LinkedHashMap<>();
    put(entries, "mode", detection.mode(), standard.mode());
    put(entries, "detectors", inOrder(detection.detectors()), inOrder(standard.detectors()));
    if (whole || detection.trim() != standard.trim()) {
      entries.put("trim", Quantity.percentageText(detection.trim()));
    }
    put(entries, "beta", detection.beta(), standard.beta());
    put(entries, "objective", detection.objective(), standard.objective());
    put(entries, "window", detection.window(), standard.window());
    put(entries, "trainingBudget", detection.trainingBudget(), standard.trainingBudget());
    return entries;
  }

  /** Returns constants in the order of their enum, which a hash set does not keep. */
  private static <E extends Enum<E>> List<E> inOrder(Set<E> constants) {
    return constants.stream().sorted().toList();
  }

  private void limits(Map<String, String> entries, Limits limits, Limits standard) {
    put(entries, "minimumInterval", limits.minimumInterval(), standard.minimumInterval());
    put(
        entries,
        "budget",
        new Quantity.Rate(limits.budget(), limits.budgetPeriod()),
        new Quantity.Rate(standard.budget(), standard.budgetPeriod()));
    putUnless(
        !whole && limits.entityShare() == standard.entityShare(),
        entries,
        "entityShare",
        new Share(limits.entityShare()));
  }

  private Map<String, String> guard(Guard guard) {
    Guard standard = Guard.DEFAULT;
    Map<String, String> entries = new LinkedHashMap<>();
    putUnless(
        !whole && guard.extreme() == standard.extreme(),
        entries,
        "extreme",
        new Share(guard.extreme()));
    put(entries, "newNormalAfter", guard.newNormalAfter(), standard.newNormalAfter());
    put(entries, "newNormalTimeout", guard.newNormalTimeout(), standard.newNormalTimeout());
    put(entries, "newNormalDefault", guard.newNormalDefault(), standard.newNormalDefault());
    return entries;
  }

  private Map<String, String> drift(Drift drift) {
    Drift standard = Drift.DEFAULT;
    Map<String, String> entries = new LinkedHashMap<>();
    put(entries, "window", drift.window(), standard.window());
    put(entries, "minimumRecords", drift.minimumRecords(), standard.minimumRecords());
    put(entries, "train", drift.train(), standard.train());
    return entries;
  }

  private Map<String, String> gate(Gate gate) {
    Map<String, String> entries = new LinkedHashMap<>();
    put(
        entries,
        "minimumImprovement",
        gate.minimumImprovement(),
        Gate.DEFAULT.minimumImprovement());
    return entries;
  }

  private static void putUnlessEmpty(
      Map<String, String> entries, String key, Map<String, String> inner) {
    if (!inner.isEmpty()) {
      entries.put(key, inline(inner));
    }
  }

  private void section(String key, Map<String, String> entries) {
    if (!entries.isEmpty()) {
      yaml.append(key).append(":\n");
      entries.forEach(
          (name, value) -> yaml.append("  ").append(name).append(": ").append(value).append('\n'));
    }
  }

  private void put(
      Map<String, String> entries, String key, @Nullable Object value, @Nullable Object standard) {
    if (value != null && (whole || !value.equals(standard))) {
      entries.put(key, text(value));
    }
  }

  private static void putUnless(
      boolean leftOut, Map<String, String> entries, String key, Object value) {
    if (!leftOut) {
      entries.put(key, text(value));
    }
  }

  private static String inline(Map<String, String> entries) {
    return entries.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + entry.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String text(Object value) {
    if (value instanceof String string) {
      return quoted(string);
    }
    if (value instanceof Enum<?> word) {
      return Section.word(word);
    }
    if (value instanceof Share share) {
      return Quantity.percentageText(share.share());
    }
    if (value instanceof Double number) {
      return Quantity.text(number);
    }
    if (value instanceof Duration duration) {
      return Quantity.text(duration);
    }
    if (value instanceof Quantity.Rate rate) {
      return Quantity.text(rate);
    }
    if (value instanceof Double number) {
      return Quantity.text(number);
    }
    if (value instanceof MinimumDeviation minimum) {
      return minimum.relative() > 0
          ? Quantity.percentageText(minimum.relative())
          : Quantity.text(minimum.absolute());
    }
    if (value instanceof Double number) {
      return Quantity.text(number);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(DefinitionWriter::text).collect(Collectors.joining(", ", "[", "]"));
    }
    return value.toString();
  }

  private static String quoted(String text) {
    if (PLAIN.matcher(text).matches() && !YAML_WORDS.contains(text.toLowerCase(Locale.ROOT))) {
      return text;
    }
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || c == 0x7f || (c >= 0x80 && c < 0xa0) || c == 0x2028 || c == 0x2029) {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
