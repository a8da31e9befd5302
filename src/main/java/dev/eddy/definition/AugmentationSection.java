package dev.eddy.definition;

import dev.eddy.definition.StreamDefinition.Augmentation;
import dev.eddy.definition.StreamDefinition.BalanceJudge;
import dev.eddy.definition.StreamDefinition.Generation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code augmentation}: what is published unasked, and rules for all of it. */
final class AugmentationSection {
  private static final List<String> KINDS =
      List.of("range", "integer", "categories", "inequality", "formula", "combination");
  private static final double MOST_TIMES = 100;
  private static final Duration LEAST_TIME = Duration.ofSeconds(1);
  private static final Duration MOST_TIME = Duration.ofDays(1);
  private static final int MOST_CODES = 64;

  private final List<String> numbers;
  private final List<String> categories;

  AugmentationSection(List<Feature> features) {
    this.numbers = features.stream().filter(Feature::isNumber).map(Feature::name).toList();
    this.categories =
        features.stream().filter(feature -> !feature.isNumber()).map(Feature::name).toList();
  }

  Augmentation read(Section section) {
    Augmentation defaults = Augmentation.DEFAULT;
    Map<String, Double> shares = balance(section);
    double cap =
        section.value(
            "balanceCap",
            defaults.balanceCap(),
            "a number > 0 and <= 100, in rows to a real row",
            text -> {
              Double times = Quantity.number(text);
              return times != null && times > 0 && times <= MOST_TIMES ? times : null;
            });
    boolean withoutLift = section.truth("balanceWithoutLift", defaults.balanceWithoutLift());
    BalanceJudge judge = section.word("balanceJudge", defaults.balanceJudge());
    Quantity.Rate rate =
        section.value(
            "rate",
            new Quantity.Rate(defaults.rate(), Duration.ofSeconds(1)),
            "a rate > 0 such as 50 per second",
            AugmentationSection::positiveRate);
    List<Constraint> constraints = new ArrayList<>();
    for (Section item : section.sections("constraints", "range")) {
      Constraint constraint = constraint(item, constraints);
      if (constraint != null && constraints.contains(constraint)) {
        item.problem("", "must not repeat a rule, got %s twice".formatted(constraint.rule()));
      } else if (constraint != null) {
        constraints.add(constraint);
      }
    }
    Generation generation = generation(section);
    section.end();
    return new Augmentation(
        shares,
        cap,
        withoutLift,
        judge,
        rate.amount() / (rate.period().toMillis() / 1000.0),
        constraints,
        generation);
  }

  private static Generation generation(Section section) {
    Generation defaults = Generation.DEFAULT;
    return new Generation(
        section.word("generator", defaults.family()),
        section.duration("trainingTime", defaults.trainingTime(), LEAST_TIME, MOST_TIME),
        section.word("objective", defaults.objective()),
        (int) section.integer("codes", defaults.codes(), 0, MOST_CODES),
        section.value(
            "labelConsistency",
            defaults.labelConsistency(),
            "a number >= 0 and < 1, such as 0.2",
            text -> {
              Double least = Quantity.number(text);
              return least != null && least >= 0 && least < 1 ? least : null;
            }));
  }

  private static Map<String, Double> balance(Section section) {
    Section balance = section.section("balance");
    Map<String, Double> shares = new LinkedHashMap<>();
    for (String labelClass : balance.flat().keySet()) {
      shares.put(
          labelClass,
          balance.value(
              labelClass,
              0.0,
              "a percentage between 0% and 100%",
              text -> {
                Double share = Quantity.percentage(text);
                return share != null && share > 0 && share < 1 ? share : null;
              }));
    }
    double sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
    if (sum >= 1) {
      section.problem(
          "balance", "must add up to less than 100%, got " + Quantity.percentageText(sum));
    }
    return shares;
  }

  static Quantity.@Nullable Rate positiveRate(String text) {
    Quantity.Rate rate = Quantity.rate(text);
    return rate != null && rate.amount() > 0 ? rate : null;
  }

  private @Nullable Constraint constraint(Section item, List<Constraint> earlier) {
    List<String> kinds = KINDS.stream().filter(item::has).toList();
    List<Section> sections = KINDS.stream().map(item::section).toList();
    item.end();
    if (kinds.size() != 1) {
      item.problem(
          kinds.isEmpty() ? "" : kinds.get(1),
          "must be one rule of %s, got %s"
              .formatted(String.join(", ", KINDS), kinds.isEmpty() ? "none" : kinds));
      return null;
    }
    String kind = kinds.get(0);
    Section section = sections.get(KINDS.indexOf(kind));
    Constraint constraint =
        switch (kind) {
          case "range" -> range(section);
          case "integer" -> wholeNumber(section);
          case "categories" -> values(section);
          case "inequality" -> inequality(section);
          case "formula" -> formula(section, earlier);
          default -> combination(section);
        };
    section.end();
    return constraint;
  }

  private @Nullable Constraint range(Section section) {
    String field = field(section, "field", numbers, "a number");
    double min = bound(section, "min", Double.NEGATIVE_INFINITY);
    double max = bound(section, "max", Double.POSITIVE_INFINITY);
    if (Double.isInfinite(min) && Double.isInfinite(max)) {
      section.problem("min", "must be set, or max, or both");
    } else if (min > max) {
      section.problem(
          "min", "must be <= max %s, got %s".formatted(section.found("max"), section.found("min")));
    }
    return field == null ? null : new Constraint.Range(field, min, max);
  }

  private static double bound(Section section, String name, double otherwise) {
    return section.value(name, otherwise, "a number", Quantity::number);
  }

  private @Nullable Constraint wholeNumber(Section section) {
    String field = field(section, "field", numbers, "a number");
    return field == null ? null : new Constraint.WholeNumber(field);
  }

  private @Nullable Constraint values(Section section) {
    String field = field(section, "field", categories, "a category");
    List<String> values = section.texts("values", List.of());
    if (values.isEmpty()) {
      section.problem("values", "must name at least one value");
    }
    return field == null ? null : new Constraint.Categories(field, values);
  }

  private @Nullable Constraint inequality(Section section) {
    String low = field(section, "low", numbers, "a number");
    String high = field(section, "high", numbers, "a number");
    if (low != null && low.equals(high)) {
      section.problem("high", "must be another field than low, got " + high);
    }
    return low == null || high == null ? null : new Constraint.Inequality(low, high);
  }

  private @Nullable Constraint formula(Section section, List<Constraint> earlier) {
    String field = field(section, "field", numbers, "a number");
    String text = section.required("equals");
    if (text.isBlank()) {
      return null;
    }
    Expression expression;
    try {
      expression = Expression.parse(text);
    } catch (IllegalArgumentException e) {
      section.problem("equals", "%s, got %s".formatted(e.getMessage(), Problems.shown(text)));
      return null;
    }
    boolean known = true;
    for (String name : expression.fields().stream().sorted().toList()) {
      if (name.equals(field)) {
        section.problem("equals", "must not name the field itself, got " + name);
        known = false;
      } else if (!numbers.contains(name)) {
        section.problem("equals", unknown(name, numbers, "a number"));
        known = false;
      }
    }
    return known && field != null
        ? computable(section, new Constraint.Formula(field, expression), earlier)
        : null;
  }

  /** Refuses a formula that no order of computing could keep together with earlier ones. */
  private static @Nullable Constraint computable(
      Section section, Constraint.Formula formula, List<Constraint> earlier) {
    if (earlier.contains(formula)) {
      return formula; // a rule that is repeated, which is said of any kind
    }
    List<Constraint> all = new ArrayList<>(List.of(formula)); // first: a circle is told from it
    all.addAll(earlier);
    try {
      FormulaOrder.of(all);
      return formula;
    } catch (IllegalArgumentException e) {
      section.problem("equals", String.valueOf(e.getMessage()));
      return null;
    }
  }

  private @Nullable Constraint combination(Section section) {
    List<String> fields = section.texts("fields", List.of());
    List<String> all = new ArrayList<>(numbers);
    all.addAll(categories);
    if (fields.size() < 2) {
      section.problem("fields", "must name at least two fields, got " + fields.size());
      return null;
    }
    for (String field : fields) {
      if (!all.contains(field)) {
        section.problem("fields", unknown(field, all, "a field"));
        return null;
      }
    }
    return new Constraint.Combination(fields);
  }

  private static @Nullable String field(
      Section section, String key, List<String> candidates, String what) {
    String field = section.required(key);
    if (field.isBlank()) {
      return null;
    }
    if (!candidates.contains(field)) {
      section.problem(key, unknown(field, candidates, what));
      return null;
    }
    return field;
  }

  private static String unknown(String field, List<String> candidates, String what) {
    return "must name %s among the features, got %s%s"
        .formatted(what, Problems.shown(field), Suggestion.didYouMean(field, candidates));
  }
}
