package dev.eddy.augmentation;

import dev.eddy.augmentation.GateReport.Recipe;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.feature.Sample;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Tensors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Trains the class-conditional generator and puts it before the gate: tokens of every field, a
 * copula for each class, an adversarial network on top for the classes that have rows enough,
 * calibration of the columns' shapes, and measurement on held-out rows.
 */
public final class GeneratorTrainer {
  /** A class below this many training rows is refused. */
  private static final int FEWEST_ROWS = 10;

  /** A class below this many would be learned by heart by a network: its copula is all it gets. */
  private static final int FEWEST_NETWORK_ROWS = 50;

  /** Logit of a token that is never drawn. */
  private static final float NEVER = -1e9f;

  private static final int CALIBRATION_ROWS = 2_048;
  private static final int GATE_ROWS = 2_000;

  private final GeneratorSettings settings;

  /** Makes a trainer; it keeps no state between trainings. */
  public GeneratorTrainer(GeneratorSettings settings) {
    this.settings = settings;
  }

  /**
   * Trains on the training rows and measures on the held-out rows. The same rows, settings and seed
   * give the same weights on the CPU.
   *
   * @param training samples with a class; samples without one are left out
   * @param heldOut samples with a class that training never sees
   * @throws IllegalArgumentException if no class has at least 10 training rows
   * @throws dev.eddy.model.TrainingDivergedException if a loss is not finite
   */
  public GeneratorModel train(
      StreamDefinition definition,
      List<Sample> training,
      List<Sample> heldOut,
      long seed,
      ModelDevice device) {
    return trainOn(definition, RealRows.of(training), RealRows.of(heldOut), seed, device);
  }

  /**
   * Trains on records that need not come from a stream; their entities may all be the same text.
   * Otherwise as {@link #train}.
   */
  public GeneratorModel trainOn(
      StreamDefinition definition,
      List<SyntheticRow> training,
      List<SyntheticRow> heldOut,
      long seed,
      ModelDevice device) {
    Map<String, List<SyntheticRow>> byClass = RealRows.byClass(training);
    List<String> classes = trainable(byClass);
    List<List<SyntheticRow>> records = classes.stream().map(name -> byClass.get(name)).toList();
    TokenEncoder encoder = fitEncoder(definition, records);
    TokenRows rows = TokenRows.of(encoder, classes, records);
    double[][] shares = rows.shares();
    CopulaPrior prior = CopulaPrior.fit(rows, shares);
    int networkClasses = networkClasses(rows);
    Tensors parameters = Tensors.EMPTY;
    GeneratorNetwork network =
        new GeneratorNetwork(
            networkClasses, encoder.columns().size(), encoder.width(), settings.hidden());
    SplittableRandom random = new SplittableRandom(seed);
    long salt = random.nextLong();
    if (networkClasses > 0) {
      TokenRows large = rows.first(networkClasses);
      parameters = new WassersteinGan(large, settings, random.nextLong()).train(prior, device);
    }
    RowFingerprints fingerprints =
        RowFingerprints.of(salt, records.stream().flatMap(List::stream).toList());
    GeneratorGate gate = new GeneratorGate(encoder, fingerprints);
    refuseSmall(byClass, gate);
    Map<String, List<SyntheticRow>> heldOutByClass = RealRows.byClass(heldOut);
    try (TokenSampler sampler =
        new TokenSampler(encoder, network, prior, parameters, device, DeviceListener.NONE)) {
      for (int labelClass = 0; labelClass < classes.size(); labelClass++) {
        String name = classes.get(labelClass);
        calibrate(sampler, rows, prior, shares[labelClass], labelClass, random);
        List<SyntheticRow> generated = new ArrayList<>(GATE_ROWS);
        for (int[] tokens : sampler.draw(labelClass, GATE_ROWS, random)) {
          generated.add(encoder.decode(tokens, name, random));
        }
        gate.measure(
            name,
            labelClass < networkClasses ? Recipe.GAN : Recipe.COPULA,
            records.get(labelClass),
            heldOutByClass.getOrDefault(name, List.of()),
            generated);
      }
    }
    return new GeneratorModel(
        encoder, classes, network, prior, parameters, shares, fingerprints, gate.report());
  }

  /** Returns the classes with rows enough, the largest first: these have the network. */
  private static List<String> trainable(Map<String, List<SyntheticRow>> byClass) {
    List<String> classes =
        byClass.entrySet().stream()
            .filter(entry -> entry.getValue().size() >= FEWEST_ROWS)
            .sorted(
                Comparator.comparing(
                        (Map.Entry<String, List<SyntheticRow>> entry) -> -entry.getValue().size())
                    .thenComparing(Map.Entry::getKey))
            .map(Map.Entry::getKey)
            .toList();
    if (classes.isEmpty()) {
      throw new IllegalArgumentException(
          "a generator must have a class of >= %d training rows, got none in %d classes"
              .formatted(FEWEST_ROWS, byClass.size()));
    }
    return classes;
  }

  private int networkClasses(TokenRows rows) {
    int number = 0;
    while (settings.steps() > 0
        && number < rows.classes().size()
        && rows.count(number) >= FEWEST_NETWORK_ROWS) {
      number++;
    }
    return number;
  }

  /** Fits the tokens with weight count^-0.5 for a row, so that small classes get fine bins too. */
  private static TokenEncoder fitEncoder(
      StreamDefinition definition, List<List<SyntheticRow>> records) {
    List<SyntheticRow> rows = records.stream().flatMap(List::stream).toList();
    double[] weights =
        records.stream()
            .flatMapToDouble(some -> some.stream().mapToDouble(row -> 1 / Math.sqrt(some.size())))
            .toArray();
    return TokenEncoder.fit(definition, rows, weights);
  }

  private static void refuseSmall(Map<String, List<SyntheticRow>> byClass, GeneratorGate gate) {
    byClass.forEach(
        (name, rows) -> {
          if (rows.size() < FEWEST_ROWS) {
            gate.refuse(
                name, "training rows must be >= %d, got %d".formatted(FEWEST_ROWS, rows.size()));
          }
        });
  }

  private static void calibrate(
      TokenSampler sampler,
      TokenRows rows,
      CopulaPrior prior,
      double[] wanted,
      int labelClass,
      SplittableRandom random) {
    TokenEncoder encoder = rows.encoder();
    float[] logits = sampler.logits(labelClass, CALIBRATION_ROWS, random);
    int table = labelClass * encoder.width();
    MarginalCalibration.calibrate(encoder, logits, wanted, prior.offsets(), table);
    for (int column = 0; column < encoder.columns().size(); column++) {
      TokenColumn tokens = encoder.columns().get(column);
      for (int token = 0; token < tokens.tokens(); token++) {
        if (!tokens.emits(token)) {
          prior.offsets()[table + encoder.offset(column) + token] = NEVER;
        }
      }
    }
  }
}
