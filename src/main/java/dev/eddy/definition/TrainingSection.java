package dev.eddy.definition;

import dev.eddy.definition.StreamDefinition.Drift;
import dev.eddy.definition.StreamDefinition.Gate;
import dev.eddy.definition.StreamDefinition.Gate.Promotion;
import dev.eddy.definition.StreamDefinition.Guard;
import dev.eddy.definition.StreamDefinition.Limits;
import dev.eddy.definition.StreamDefinition.Training;
import java.time.Duration;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code training}. */
final class TrainingSection {
  private static final Duration LEAST = Duration.ofMillis(1);
  private static final Duration MOST = Duration.ofDays(3_650);
  private static final int MOST_RECORDS = 10_000_000;

  private TrainingSection() {}

  static Training read(Section section) {
    Training defaults = Training.DEFAULT;
    Training read =
        new Training(
            section.duration("every", defaults.every(), Duration.ofSeconds(1), MOST),
            section.duration("window", defaults.window(), LEAST, MOST),
            (int) section.integer("minimumRecords", defaults.minimumRecords(), 50, MOST_RECORDS),
            (int) section.integer("minimumLabels", defaults.minimumLabels(), 0, MOST_RECORDS),
            (int) section.integer("maximumRecords", defaults.maximumRecords(), 50, MOST_RECORDS),
            section.integer("seed", defaults.seed(), Long.MIN_VALUE, Long.MAX_VALUE),
            section.truth("warmStart", defaults.warmStart()),
            limits(section),
            guard(section.section("guard")),
            drift(section.section("drift")),
            gate(section.section("gate"), section.word("promotion", defaults.gate().promotion())));
    if (read.maximumRecords() < read.minimumRecords()) {
      section.problem(
          "maximumRecords",
          "must be at least minimumRecords, %d, got %d"
              .formatted(read.minimumRecords(), read.maximumRecords()));
    }
    section.end();
    return read;
  }

  private static Limits limits(Section section) {
    Limits defaults = Limits.DEFAULT;
    Quantity.Rate budget =
        section.value(
            "budget",
            new Quantity.Rate(defaults.budget(), defaults.budgetPeriod()),
            "a rate > 0 such as 100 per day",
            AugmentationSection::positiveRate);
    return new Limits(
        section.duration("minimumInterval", defaults.minimumInterval(), Duration.ZERO, MOST),
        budget.amount(),
        budget.period(),
        section.value(
            "entityShare",
            defaults.entityShare(),
            "a percentage above 0% and up to 100%",
            text -> share(text, share -> share > 0 && share <= 1)));
  }

  private static @Nullable Double share(String text, DoublePredicate valid) {
    Double share = Quantity.percentage(text);
    return share != null && valid.test(share) ? share : null;
  }

  private static Guard guard(Section section) {
    Guard defaults = Guard.DEFAULT;
    Guard read =
        new Guard(
            section.value(
                "extreme",
                defaults.extreme(),
                "a percentage from 0% to less than 100%",
                text -> share(text, share -> share >= 0 && share < 1)),
            section.duration("newNormalAfter", defaults.newNormalAfter(), LEAST, MOST),
            section.duration("newNormalTimeout", defaults.newNormalTimeout(), LEAST, MOST),
            section.word("newNormalDefault", defaults.newNormalDefault()));
    section.end();
    return read;
  }

  private static Drift drift(Section section) {
    Drift defaults = Drift.DEFAULT;
    Drift read =
        new Drift(
            section.duration("window", defaults.window(), Duration.ZERO, MOST),
            (int) section.integer("minimumRecords", defaults.minimumRecords(), 100, MOST_RECORDS),
            section.truth("train", defaults.train()));
    section.end();
    return read;
  }

  private static Gate gate(Section section, Promotion promotion) {
    Gate read =
        new Gate(
            section.value(
                "minimumImprovement",
                Gate.DEFAULT.minimumImprovement(),
                "a number from 0 to less than 1",
                TrainingSection::improvement),
            promotion);
    section.end();
    return read;
  }

  private static @Nullable Double improvement(String text) {
    Double number = Quantity.number(text);
    return number != null && number >= 0 && number < 1 ? number : null;
  }
}
