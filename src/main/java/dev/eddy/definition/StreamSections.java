package dev.eddy.definition;

import dev.eddy.definition.Detection.Part;
import dev.eddy.definition.Feature.Direction;
import dev.eddy.definition.StreamDefinition.Alerts;
import dev.eddy.definition.StreamDefinition.Augmentation;
import dev.eddy.definition.StreamDefinition.Context;
import dev.eddy.definition.StreamDefinition.Format;
import dev.eddy.definition.StreamDefinition.Labels;
import dev.eddy.definition.StreamDefinition.Season;
import dev.eddy.definition.StreamDefinition.Source;
import dev.eddy.definition.StreamDefinition.Statistic;
import dev.eddy.definition.StreamDefinition.Training;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the sections that make the stream definition, and checks them against each other. */
final class StreamSections {
  private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

  /** Leaves room for the longest suffix of Eddy's topics. */
  private static final Pattern STREAM = Pattern.compile("[a-zA-Z0-9_-][a-zA-Z0-9._-]{0,199}");

  private static final Duration LEAST = Duration.ofMillis(1);
  private static final Duration MOST = Duration.ofDays(3_650);
  private static final int MOST_LAG = 1_000;

  private final String name;
  private final Source source;
  private final List<Feature> features;
  private final Context context;
  private final Labels labels;
  private final Alerts alerts;
  private final Augmentation augmentation;
  private final Training training;
  private final Detection detection;

  StreamSections(Section root) {
    this.name = name(root);
    Section sourceSection = root.section("source");
    this.source = source(sourceSection);
    this.features = features(root);
    this.context = context(root.section("context"));
    Section labelsSection = root.section("labels");
    this.labels = labels(labelsSection);
    this.alerts = alerts(root.section("alerts"));
    this.augmentation = new AugmentationSection(features).read(root.section("augmentation"));
    this.training = TrainingSection.read(root.section("training"));
    this.detection = detection(root.section("detection"), context.lags());
    checkColumns(sourceSection);
    checkFields(sourceSection, labelsSection);
  }

  /** Returns the definition; only where no problem was found. */
  StreamDefinition definition() {
    return new StreamDefinition(
        name, source, features, context, labels, alerts, augmentation, training, detection);
  }

  private static String name(Section root) {
    String name = root.required("stream");
    if (!name.isBlank() && !STREAM.matcher(name).matches()) {
      root.problem(
          "stream",
          "must be 1 to 200 letters, digits, dots, underscores or hyphens, got "
              + root.found("stream"));
    }
    return name;
  }

  private static Source source(Section section) {
    String topic = section.required("topic");
    if (!topic.isBlank() && !isTopic(topic)) {
      section.problem("topic", "must be a topic name, got " + section.found("topic"));
    }
    Source source =
        new Source(
            topic,
            section.word("format", Format.JSON),
            section.text("entity"),
            section.text("timestamp"),
            section.texts("columns", List.of()));
    section.end();
    return source;
  }

  private static boolean isTopic(String name) {
    return TOPIC.matcher(name).matches() && !name.equals(".") && !name.equals("..");
  }

  private static List<Feature> features(Section root) {
    List<Feature> features = new ArrayList<>();
    Set<String> names = new HashSet<>();
    List<Section> sections = root.sections("features", "name");
    for (Section section : sections) {
      Feature feature = feature(section);
      if (!feature.name().isBlank() && !names.add(feature.name())) {
        section.problem("name", "must not be named twice, got " + section.found("name"));
      }
      features.add(feature);
    }
    if (sections.isEmpty()) {
      root.problem("features", "must name at least one field; eddy infer FILE drafts them");
    }
    return features;
  }

  private static Feature feature(Section section) {
    Feature feature =
        new Feature(
            section.required("name"),
            section.word("type", Feature.Type.NUMBER),
            section.word("direction", Direction.BOTH),
            section.value(
                "minimumDeviation",
                MinimumDeviation.NONE,
                "a number >= 0 in units of the field, or a percentage such as 20%",
                StreamSections::minimumDeviation));
    if (!feature.isNumber()) {
      for (String key : List.of("direction", "minimumDeviation")) {
        if (section.has(key)) {
          section.problem(key, "is for numbers only, got type category");
        }
      }
    }
    section.end();
    return feature;
  }

  private static @Nullable MinimumDeviation minimumDeviation(String text) {
    Double share = Quantity.percentage(text);
    Double absolute = share == null ? Quantity.number(text) : Double.valueOf(0);
    double relative = share == null ? 0 : share;
    return absolute == null || absolute < 0 || relative < 0
        ? null
        : new MinimumDeviation(absolute, relative);
  }

  private Context context(Section section) {
    Context defaults = Context.DEFAULT;
    Context read =
        new Context(
            section.truth("enabled", defaults.enabled()),
            (int) section.integer("halfLife", defaults.halfLife(), 1, 1_000_000),
            (int) section.integer("window", defaults.window(), 0, 1_000),
            section.texts("rates", defaults.rates()),
            section.integers("lags", defaults.lags(), 1, MOST_LAG),
            section.words("statistics", Statistic.class, defaults.statistics()),
            section.words("seasons", Season.class, defaults.seasons()));
    if (!read.statistics().isEmpty() && read.window() < 2) {
      section.problem("statistics", "needs a window of at least 2, got " + read.window());
    }
    List<String> numbers = features.stream().filter(Feature::isNumber).map(Feature::name).toList();
    for (String rate : read.rates()) {
      if (!numbers.contains(rate)) {
        section.problem(
            "rates",
            "must name numbers among the features, got "
                + Problems.shown(rate)
                + Suggestion.didYouMean(rate, numbers));
      }
    }
    section.end();
    return read;
  }

  private static Labels labels(Section section) {
    Labels read =
        new Labels(
            section.text("field"),
            section.texts("normal", Labels.NONE.normal()),
            section.text("topic"));
    String topic = read.topic();
    if (topic != null && !isTopic(topic)) {
      section.problem("topic", "must be a topic name, got " + section.found("topic"));
    }
    if (read.field() != null && read.normal().isEmpty()) {
      section.problem("normal", "must name at least one value of the label field");
    }
    section.end();
    return read;
  }

  private static Alerts alerts(Section section) {
    Alerts defaults = Alerts.DEFAULT;
    Quantity.Rate budget =
        section.value(
            "budget",
            new Quantity.Rate(defaults.budget(), defaults.budgetPeriod()),
            "a rate > 0 such as 20 per day",
            AugmentationSection::positiveRate);
    Alerts read =
        new Alerts(
            budget.amount(),
            budget.period(),
            section.duration("cooldown", defaults.cooldown(), Duration.ZERO, MOST));
    section.end();
    return read;
  }

  private static Detection detection(Section section, List<Integer> lags) {
    Detection defaults = Detection.DEFAULT;
    Set<Part> detectors = section.words("detectors", Part.class, defaults.detectors());
    if (detectors.isEmpty()) {
      section.problem("detectors", "must name at least one detector");
    }
    Detection read =
        new Detection(
            section.word("mode", defaults.mode()),
            detectors.isEmpty() ? defaults.detectors() : detectors,
            section.value(
                "trim", defaults.trim(), "a percentage from 0% to 90%", StreamSections::trim),
            section.value("beta", defaults.beta(), "a number >= 0", StreamSections::notNegative),
            section.word("objective", defaults.objective()),
            section.word("window", defaults.window()),
            section.duration("trainingBudget", defaults.trainingBudget(), LEAST, MOST));
    if (read.window() != Detection.Window.MLP && lags.isEmpty()) {
      section.problem("window", "needs context.lags to read, got " + section.found("window"));
    }
    section.end();
    return read;
  }

  private static @Nullable Double trim(String text) {
    Double share = Quantity.percentage(text);
    return share != null && share >= 0 && share <= 0.9 ? share : null;
  }

  private static @Nullable Double notNegative(String text) {
    Double number = Quantity.number(text);
    return number != null && number >= 0 ? number : null;
  }

  private void checkColumns(Section section) {
    if (source.format() == Format.JSON) {
      if (!source.columns().isEmpty()) {
        section.problem("columns", "is for format csv only, got format json");
      }
      return;
    }
    if (source.columns().isEmpty()) {
      section.problem("columns", "must name the columns of a line in order, for format csv");
      return;
    }
    Set<String> missing = new LinkedHashSet<>();
    if (!features.isEmpty()) {
      missing.addAll(definition().fields());
      missing.remove("");
    }
    source.columns().forEach(missing::remove);
    if (!missing.isEmpty()) {
      section.problem("columns", "must name every field in use, got none of " + missing);
    }
  }

  private void checkFields(Section sourceSection, Section labelsSection) {
    List<String> names = features.stream().map(Feature::name).toList();
    String label = labels.field();
    if (label != null && names.contains(label)) {
      labelsSection.problem("field", "must not be a feature, got " + label);
    }
    if (label != null && (label.equals(source.entity()) || label.equals(source.timestamp()))) {
      labelsSection.problem("field", "must be neither entity nor timestamp, got " + label);
    }
    if (source.timestamp() != null && names.contains(source.timestamp())) {
      sourceSection.problem("timestamp", "must not be a feature, got " + source.timestamp());
    }
  }
}
