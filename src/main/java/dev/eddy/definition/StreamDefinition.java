package dev.eddy.definition;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Eddy knows of one stream before it has seen a record: where records come from, which fields
 * count, how entities and time are told, where labels come from, and what is wanted in return.
 *
 * <p>Defaults stand here and nowhere else. {@link DefinitionReader} reads it from YAML.
 *
 * @param name the stream's name S: the prefix of every topic that Eddy writes for it
 * @param features in the order of the definition; at least one
 */
public record StreamDefinition(
    String name,
    Source source,
    List<Feature> features,
    Context context,
    Labels labels,
    Alerts alerts,
    Augmentation augmentation,
    Training training,
    Detection detection) {

  /** Copies the list. */
  public StreamDefinition {
    requireNonNull(name, "name");
    features = List.copyOf(features);
    if (features.isEmpty()) {
      throw new IllegalArgumentException("features must name at least one field, got none");
    }
  }

  /** Returns the same with records from elsewhere. */
  public StreamDefinition withSource(Source source) {
    return new StreamDefinition(
        name, source, features, context, labels, alerts, augmentation, training, detection);
  }

  /**
   * Returns the same without some features.
   *
   * @param names also of what is no feature
   * @throws IllegalArgumentException if none is left
   */
  public StreamDefinition withoutFeatures(Set<String> names) {
    List<Feature> left =
        features.stream().filter(feature -> !names.contains(feature.name())).toList();
    return new StreamDefinition(
        name,
        source,
        left,
        context.withoutRates(names),
        labels,
        alerts,
        augmentation,
        training,
        detection);
  }

  /** Returns the same with another memory of entities. */
  public StreamDefinition withContext(Context context) {
    return new StreamDefinition(
        name, source, features, context, labels, alerts, augmentation, training, detection);
  }

  /** Returns the same with the truth from elsewhere. */
  public StreamDefinition withLabels(Labels labels) {
    return new StreamDefinition(
        name, source, features, context, labels, alerts, augmentation, training, detection);
  }

  /** Returns the same with other rules for alerts. */
  public StreamDefinition withAlerts(Alerts alerts) {
    return new StreamDefinition(
        name, source, features, context, labels, alerts, augmentation, training, detection);
  }

  /** Returns the same with other rules for synthetic records. */
  public StreamDefinition withAugmentation(Augmentation augmentation) {
    return new StreamDefinition(
        name, source, features, context, labels, alerts, augmentation, training, detection);
  }

  /** Returns the same with other rules of training. */
  public StreamDefinition withTraining(Training training) {
    return new StreamDefinition(
        name, source, features, context, labels, alerts, augmentation, training, detection);
  }

  /** Returns the same with another ensemble. */
  public StreamDefinition withDetection(Detection detection) {
    return new StreamDefinition(
        name, source, features, context, labels, alerts, augmentation, training, detection);
  }

  /** Returns the features that are read as numbers, in order. */
  public List<Feature> numbers() {
    return features.stream().filter(Feature::isNumber).toList();
  }

  /** Returns the features that are read as categories, in order. */
  public List<Feature> categories() {
    return features.stream().filter(feature -> !feature.isNumber()).toList();
  }

  /** Returns the sha256 of everything in this definition, in hexadecimal digits. */
  public String digest() {
    return sha256(DefinitionWriter.writeWhole(this));
  }

  /**
   * Returns the sha256 of what a model depends on: features and context. Where it is equal, a model
   * still fits, whatever else of the definition has changed since it was trained.
   */
  public String featureDigest() {
    return sha256(DefinitionWriter.writeFeatures(this));
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Returns the fields of the source record that are used: timestamp, entity, features, label; each
   * once.
   */
  public Set<String> fields() {
    Set<String> fields = new LinkedHashSet<>();
    if (source.timestamp() != null) {
      fields.add(source.timestamp());
    }
    if (source.entity() != null) {
      fields.add(source.entity());
    }
    features.forEach(feature -> fields.add(feature.name()));
    if (labels.field() != null) {
      fields.add(labels.field());
    }
    return Collections.unmodifiableSet(fields);
  }

  /** A definition with defaults for everything but what it cannot do without. */
  public static StreamDefinition of(String name, Source source, List<Feature> features) {
    return new StreamDefinition(
        name,
        source,
        features,
        Context.DEFAULT,
        Labels.NONE,
        Alerts.DEFAULT,
        Augmentation.DEFAULT,
        Training.DEFAULT,
        Detection.DEFAULT);
  }

  /** How the bytes of a record are laid out. */
  public enum Format {
    /** One JSON object. */
    JSON,
    /** One line of comma-separated values (RFC 4180) in the order of {@link Source#columns}. */
    CSV
  }

  /**
   * Where records come from.
   *
   * @param topic the source topic
   * @param format how a value is laid out
   * @param entity the field that names the entity; null: the record's key names it
   * @param timestamp the field with the event time (epoch milliseconds, epoch seconds with a
   *     fraction, or ISO-8601); null: the record's own timestamp
   * @param columns the columns of a CSV line, in order; empty for JSON
   */
  public record Source(
      String topic,
      Format format,
      @Nullable String entity,
      @Nullable String timestamp,
      List<String> columns) {

    /** Copies the list. */
    public Source {
      requireNonNull(topic, "topic");
      requireNonNull(format, "format");
      columns = List.copyOf(columns);
    }
  }

  /**
   * What is remembered of each entity and becomes features of its next record: for every number,
   * its deviation from the entity's own exponentially weighted mean in units of the entity's own
   * deviation; for numbers in {@code rates}, also the change since the last record; with a window,
   * the deviation of the window's mean and the statistics that are asked for; with lags, the values
   * of so many records ago; with seasons, the place of the record's time in them, and its deviation
   * from what the entity does at that time of the season.
   *
   * @param enabled whether there is any context; without an entity or key there is one entity
   * @param halfLife records after which a value's weight in mean and deviation has halved, {@code
   *     >= 1}
   * @param window how many last values make the window; 0 for none
   * @param rates names of the numbers whose change since the last record counts
   * @param lags how many records ago, ascending, each {@code >= 1}; empty for none
   * @param statistics of the window; needs one
   * @param seasons that the stream has
   */
  public record Context(
      boolean enabled,
      int halfLife,
      int window,
      List<String> rates,
      List<Integer> lags,
      Set<Statistic> statistics,
      Set<Season> seasons) {
    /** Mean and deviation over about the last 200 records, no window, no rates, no time. */
    public static final Context DEFAULT = of(200, 0, List.of());

    /**
     * For entities that have a history of thousands of records: slow mean and deviation, a window
     * of 32, day and week.
     */
    public static final Context HISTORY =
        new Context(
            true, 4_000, 32, List.of(), List.of(), Set.of(), Set.of(Season.DAY, Season.WEEK));

    /** No context at all: each record stands for itself. */
    public static final Context NONE =
        new Context(false, 200, 0, List.of(), List.of(), Set.of(), Set.of());

    /** Copies the lists. */
    public Context {
      rates = List.copyOf(rates);
      lags = List.copyOf(lags);
      statistics = Set.copyOf(statistics);
      seasons = Set.copyOf(seasons);
    }

    private Context withoutRates(Set<String> names) {
      List<String> left = rates.stream().filter(rate -> !names.contains(rate)).toList();
      return new Context(enabled, halfLife, window, left, lags, statistics, seasons);
    }

    /** A context of deviations, rates and levels alone. */
    public static Context of(int halfLife, int window, List<String> rates) {
      return new Context(true, halfLife, window, rates, List.of(), Set.of(), Set.of());
    }
  }

  /** What is told of a window of last values beside its mean. */
  public enum Statistic {
    /** The window's standard deviation against the entity's own. */
    SPREAD,
    /** Change over the window along its least-squares line, in the entity's own deviations. */
    SLOPE,
    /** The least value's distance from the entity's mean, in its own deviations. */
    MINIMUM,
    /** The largest value's distance from the entity's mean, in its own deviations. */
    MAXIMUM
  }

  /** A cycle of the calendar, in UTC. */
  public enum Season {
    /** 24 hours. */
    DAY,
    /** 7 days, from Monday. */
    WEEK
  }

  /**
   * Where the truth comes from.
   *
   * @param field the field of the record that holds its class; null: none
   * @param normal values of that field that mean "not an anomaly"
   * @param topic the labels topic; null: the default one, S.labels
   */
  public record Labels(@Nullable String field, List<String> normal, @Nullable String topic) {
    /** No field; the default labels topic. */
    public static final Labels NONE = new Labels(null, List.of("normal"), null);

    /** Copies the list. */
    public Labels {
      normal = List.copyOf(normal);
    }
  }

  /**
   * When a person is called.
   *
   * @param budget false alarms that are acceptable per {@code budgetPeriod}, over all entities
   * @param budgetPeriod event time that the budget stands for
   * @param cooldown event time for which an entity stays quiet after its last anomalous record
   */
  public record Alerts(double budget, Duration budgetPeriod, Duration cooldown) {
    /** 20 a day, quiet for 10 minutes. */
    public static final Alerts DEFAULT = new Alerts(20, Duration.ofDays(1), Duration.ofMinutes(10));
  }

  /**
   * Which synthetic records are wanted without being asked for, and what all of them must keep.
   *
   * @param balance class to the share of the labelled stream that it should have, in (0, 1)
   * @param balanceCap most synthetic records that the balancer publishes for each real one of a
   *     class
   * @param balanceWithoutLift whether the balancer publishes also while the gate cannot show that
   *     the records help a classifier
   * @param balanceJudge which classifier that is
   * @param rate most synthetic records a second that the balancer publishes
   * @param constraints rules of every synthetic record
   * @param generation how the generator is made
   */
  public record Augmentation(
      Map<String, Double> balance,
      double balanceCap,
      boolean balanceWithoutLift,
      BalanceJudge balanceJudge,
      double rate,
      List<Constraint> constraints,
      Generation generation) {
    /** Only on request; for the balancer three for each real record, at most 50 a second. */
    public static final Augmentation DEFAULT =
        new Augmentation(Map.of(), 3, false, BalanceJudge.ANY, 50, List.of(), Generation.DEFAULT);

    /** Copies map and list. */
    public Augmentation {
      balance = Map.copyOf(balance);
      constraints = List.copyOf(constraints);
    }

    /** Returns the same with another generator. */
    public Augmentation with(Generation other) {
      return new Augmentation(
          balance, balanceCap, balanceWithoutLift, balanceJudge, rate, constraints, other);
    }
  }

  /** The classifier that must gain by synthetic records before the balancer publishes them. */
  public enum BalanceJudge {
    /** Whichever gains. */
    ANY,
    /** Gradient boosting. */
    BOOSTING,
    /** A small perceptron. */
    NEURAL;

    /** Returns whether it is this classifier, or any. */
    public boolean names(String classifier) {
      return this == ANY || name().equalsIgnoreCase(classifier);
    }
  }

  /** A family of generators of records. */
  public enum GeneratorFamily {
    /** Whichever of the others measures best on held-out rows. */
    AUTO,
    /** A conditional variational autoencoder. */
    VAE,
    /** A conditional adversarial network. */
    GAN,
    /** A conditional diffusion model. */
    DIFFUSION,
    /** A Gaussian copula for each class; no network. */
    COPULA
  }

  /** What the adversarial network's critic is trained to. */
  public enum GanObjective {
    /** The Wasserstein distance, with the exact gradient penalty. */
    WASSERSTEIN,
    /** The hinge loss, with layers of spectral norm at most 1. */
    HINGE
  }

  /**
   * How the generator of records is made.
   *
   * @param family which family
   * @param trainingTime CPU time after which {@link GeneratorFamily#AUTO} begins no other family
   * @param objective what the critic of {@link GeneratorFamily#GAN} is trained to
   * @param codes values of the latent code that {@link GeneratorFamily#GAN} is made to show in its
   *     records (InfoGAN); 0: none
   * @param labelConsistency how likely a record's class must be to a classifier of the real
   *     records, in [0, 1); 0: it is not asked
   */
  public record Generation(
      GeneratorFamily family,
      Duration trainingTime,
      GanObjective objective,
      int codes,
      double labelConsistency) {
    /** Whichever family is best within two minutes. */
    public static final Generation DEFAULT =
        new Generation(GeneratorFamily.AUTO, Duration.ofMinutes(2), GanObjective.WASSERSTEIN, 0, 0);

    /** Returns the same of another family. */
    public Generation withFamily(GeneratorFamily other) {
      return new Generation(other, trainingTime, objective, codes, labelConsistency);
    }

    /** Returns the same with another bound on how likely classes must be. */
    public Generation withLabelConsistency(double other) {
      return new Generation(family, trainingTime, objective, codes, other);
    }
  }

  /**
   * When and on what the trainer trains.
   *
   * @param every time between two trainings
   * @param window event time that the training set reaches back
   * @param minimumRecords records before the first training
   * @param minimumLabels new labels that bring the next training forward; 0: labels do not
   * @param maximumRecords records that the training set holds at most
   * @param seed where all randomness of training starts
   * @param warmStart whether networks go on from the champion's, where they fit
   * @param limits what keeps trainings, and single entities, from taking too much
   * @param guard what keeps anomalies from becoming normal
   * @param drift when the stream counts as changed
   * @param gate what a candidate has to show
   */
  public record Training(
      Duration every,
      Duration window,
      int minimumRecords,
      int minimumLabels,
      int maximumRecords,
      long seed,
      boolean warmStart,
      Limits limits,
      Guard guard,
      Drift drift,
      Gate gate) {
    /**
     * Hourly on up to 50,000 records of the last week, first after 5,000, or after 50 new labels.
     */
    public static final Training DEFAULT =
        new Training(Duration.ofHours(1), Duration.ofDays(7), 5_000, 50, 50_000, 0);

    /** Checks that the parts are there. */
    public Training {
      requireNonNull(limits, "limits");
      requireNonNull(guard, "guard");
      requireNonNull(drift, "drift");
      requireNonNull(gate, "gate");
    }

    /** With a warm start, and the defaults for limits, guard, drift and gate. */
    public Training(
        Duration every,
        Duration window,
        int minimumRecords,
        int minimumLabels,
        int maximumRecords,
        long seed) {
      this(
          every,
          window,
          minimumRecords,
          minimumLabels,
          maximumRecords,
          seed,
          true,
          Limits.DEFAULT,
          Guard.DEFAULT,
          Drift.DEFAULT,
          Gate.DEFAULT);
    }
  }

  /**
   * What keeps trainings, and single entities, from taking too much.
   *
   * @param minimumInterval least time between the end of a training and the beginning of the next
   * @param budget trainings in {@code budgetPeriod}, whatever asks for them but a person
   * @param budgetPeriod the time that the budget stands for
   * @param entityShare share of the training set from which on an entity's rows give way first, in
   *     (0, 1]
   */
  public record Limits(
      Duration minimumInterval, double budget, Duration budgetPeriod, double entityShare) {
    /** Ten seconds apart, 100 a day, no entity more than a tenth where others want room. */
    public static final Limits DEFAULT =
        new Limits(Duration.ofSeconds(10), 100, Duration.ofDays(1), 0.1);
  }

  /**
   * What keeps anomalies from becoming normal: records that nobody labelled, and that the champion
   * finds extreme or that lie in an open incident, are not trained on. Where an entity stays
   * extreme, a person is asked once whether that is its new normal.
   *
   * @param extreme p-value below which a record is extreme, in [0, 1); 0: none is
   * @param newNormalAfter event time for which an entity must have been extreme before it is asked
   * @param newNormalTimeout event time after the question at which it answers itself
   * @param newNormalDefault what the answer is then
   */
  public record Guard(
      double extreme,
      Duration newNormalAfter,
      Duration newNormalTimeout,
      NewNormal newNormalDefault) {
    /** One record in a thousand; asked after an hour, accepted after a day without an answer. */
    public static final Guard DEFAULT =
        new Guard(0.001, Duration.ofHours(1), Duration.ofDays(1), NewNormal.ACCEPT);

    /** What becomes of a lasting change that nobody judged. */
    public enum NewNormal {
      /** It is trained on. */
      ACCEPT,
      /** It is kept from training until somebody labels it. */
      REFUSE
    }
  }

  /**
   * When the stream counts as changed.
   *
   * @param window event time that is compared with the champion's reference at once; zero: drift is
   *     not looked for
   * @param minimumRecords records that a window must have, or it goes on
   * @param train whether drift brings the next training forward
   */
  public record Drift(Duration window, int minimumRecords, boolean train) {
    /** Hourly, on at least 500 records. */
    public static final Drift DEFAULT = new Drift(Duration.ofHours(1), 500, true);
  }

  /**
   * What a candidate has to show.
   *
   * @param minimumImprovement how much better than the champion it must be, in the measure that the
   *     gate uses; 0: it may not be worse
   * @param promotion what happens to a candidate that shows it
   */
  public record Gate(double minimumImprovement, Promotion promotion) {
    /** Not worse; then it serves at once. */
    public static final Gate DEFAULT = new Gate(0, Promotion.AUTOMATIC);

    /** What happens to a candidate that may serve. */
    public enum Promotion {
      /** It serves at once. */
      AUTOMATIC,
      /** It waits until a person promotes it. */
      APPROVAL
    }
  }
}
