package dev.eddy.augmentation;

import dev.eddy.augmentation.GateReport.Recipe;
import dev.eddy.definition.StreamDefinition.Generation;
import dev.eddy.definition.StreamDefinition.GeneratorFamily;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.Engines;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.TrainingDivergedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trains networks of the families on the same rows, within a budget of time. */
final class DraftTrainer {
  private static final Logger LOG = LoggerFactory.getLogger(DraftTrainer.class);

  /** A class below this many rows would be learned by heart: its copula is all it gets. */
  static final int FEWEST_NETWORK_ROWS = 100;

  /** Logit of a token that is never drawn. */
  private static final float NEVER = -1e9f;

  /** Rows that all classes share; fewer leave their own chance in the columns' shapes. */
  private static final int CALIBRATION_ROWS = 16_384;

  private static final int FEWEST_CALIBRATION_ROWS = 2_048;

  /** Times that each training row is seen at most, on average: what keeps small sets unlearned. */
  private static final int MOST_EPOCHS = 200;

  private static final int FEWEST_STEPS = 300;

  /** Multiplications and additions of training that a core does in a second, measured. */
  private static final double OPERATIONS_A_SECOND = 2e10;

  private static final Map<Recipe, Integer> STEPS =
      Map.of(Recipe.VAE, 2_000, Recipe.DIFFUSION, 2_000, Recipe.GAN, 5_200);

  private final GeneratorSettings settings;
  private final Dependencies dependencies;
  private final TokenRows rows;
  private final TokenRows large;
  private final double[][] shares;
  private final CopulaPrior prior;
  private final ModelDevice device;
  private final GeneratorListener listener;
  private final List<String> incidents = new ArrayList<>();

  /**
   * Makes a trainer for rows.
   *
   * @param all classes in order of their rows, the largest first
   */
  DraftTrainer(
      GeneratorSettings settings, TokenRows all, ModelDevice device, GeneratorListener listener) {
    this.listener = listener;
    this.settings = settings;
    this.dependencies = Dependencies.find(all);
    this.rows = all.learned(dependencies);
    int networkClasses = 0;
    while (networkClasses < all.classes().size()
        && all.count(networkClasses) >= FEWEST_NETWORK_ROWS) {
      networkClasses++;
    }
    this.large = rows.first(networkClasses);
    this.shares = rows.shares();
    this.prior = CopulaPrior.fit(rows, shares);
    this.device = device;
  }

  /** Returns what went wrong and what was done. */
  List<String> incidents() {
    return incidents;
  }

  /**
   * Returns the families to try, in order: the one that is named, or all that there is time for.
   */
  List<Recipe> recipes() {
    Generation generation = settings.generation();
    List<Recipe> recipes = new ArrayList<>();
    if (!large.classes().isEmpty()) {
      if (generation.family() == GeneratorFamily.AUTO) {
        double left = generation.trainingTime().toMillis() / 1e3;
        for (Recipe recipe : List.of(Recipe.VAE, Recipe.DIFFUSION, Recipe.GAN)) {
          double seconds = wantedSteps(recipe) * secondsAStep(recipe);
          if (recipes.isEmpty() || seconds <= left) {
            recipes.add(recipe);
            left -= seconds;
          }
        }
      } else if (generation.family() != GeneratorFamily.COPULA) {
        return List.of(Recipe.valueOf(generation.family().name()));
      }
    }
    recipes.add(Recipe.COPULA);
    return recipes;
  }

  private int wantedSteps(Recipe recipe) {
    int all =
        large.classes().stream().mapToInt(name -> large.count(large.classes().indexOf(name))).sum();
    int recipeSteps = STEPS.getOrDefault(recipe, 0);
    long seen = (long) MOST_EPOCHS * all / batch(recipe);
    return (int) Math.ceil(settings.effort() * Math.min(recipeSteps, Math.max(FEWEST_STEPS, seen)));
  }

  /** Returns the steps that the time allows. Not by the clock: a training can be repeated. */
  private int steps(Recipe recipe) {
    double seconds = settings.generation().trainingTime().toMillis() / 1e3;
    return (int) Math.max(1, Math.min(wantedSteps(recipe), seconds / secondsAStep(recipe)));
  }

  private static int batch(Recipe recipe) {
    return recipe == Recipe.GAN ? GanTraining.BATCH : VaeTraining.BATCH;
  }

  private double secondsAStep(Recipe recipe) {
    double width = large.layout().width();
    double hidden = settings.hidden();
    double forward =
        switch (recipe) {
          case VAE -> hidden * (2.5 * hidden + width);
          case DIFFUSION -> hidden * (4 * hidden + 2 * width);
          case GAN -> hidden * (6 * hidden + 4 * width);
          case COPULA -> 0;
        };
    return 3 * batch(recipe) * forward / OPERATIONS_A_SECOND;
  }

  /**
   * Trains one family, on the CPU from the start if a GPU fails in it.
   *
   * @return null where its training failed, which is then among the incidents
   */
  @Nullable TokenDraft train(Recipe recipe, long seed) {
    try {
      return Engines.run(
          device,
          (from, reason) ->
              report("%s failed on %s: %s".formatted(recipe, from.name(), reason.getMessage())),
          where -> trained(recipe, seed, where));
    } catch (RuntimeException e) { // whatever it is, another family or the copula is there
      report("%s failed: %s".formatted(recipe, e.getMessage()));
      return null;
    }
  }

  private TokenDraft trained(Recipe recipe, long seed, ModelDevice where) {
    GuardedTraining guard = new GuardedTraining(recipe.text(), listener);
    SplittableRandom random = new SplittableRandom(seed);
    TokenNetwork network;
    try {
      network = network(recipe, random.nextLong(), where, guard);
    } finally {
      guard.incidents().forEach(this::report);
    }
    return calibrated(network, random, where);
  }

  private void report(String incident) {
    LOG.atWarn().addKeyValue("incident", incident).log("a generator's training met trouble");
    incidents.add(incident);
  }

  private @Nullable TokenNetwork network(
      Recipe recipe, long seed, ModelDevice where, GuardedTraining guard) {
    int hidden = settings.hidden();
    return switch (recipe) {
      case VAE -> VaeGenerator.train(large, hidden, steps(recipe), seed, where, guard);
      case DIFFUSION -> DiffusionGenerator.train(large, hidden, steps(recipe), seed, where, guard);
      case GAN ->
          GanGenerator.train(
              large,
              prior,
              settings.generation().objective(),
              settings.generation().codes(),
              hidden,
              steps(recipe),
              seed,
              where,
              guard);
      case COPULA -> null;
    };
  }

  /** Looks before calibration, which gives columns of any network the right shapes. */
  private void requireDiverse(int labelClass, float[] logits) {
    String trouble = new Diversity(rows).trouble(labelClass, logits);
    if (trouble != null) {
      throw new TrainingDivergedException(trouble);
    }
  }

  private TokenDraft calibrated(
      @Nullable TokenNetwork network, SplittableRandom random, ModelDevice where) {
    TokenLayout layout = rows.layout();
    float[] offsets = prior.offsets().clone();
    TokenDraft draft = new TokenDraft(layout, dependencies, network, prior, offsets, Set.of());
    int drawn = Math.max(FEWEST_CALIBRATION_ROWS, CALIBRATION_ROWS / rows.classes().size());
    try (TokenSampler sampler = new TokenSampler(draft, where, DeviceListener.NONE)) {
      for (int labelClass = 0; labelClass < rows.classes().size(); labelClass++) {
        int table = labelClass * layout.width();
        if (network != null && draft.hasNetwork(labelClass) && !network.startsFromCopula()) {
          java.util.Arrays.fill(offsets, table, table + layout.width(), 0);
        }
        float[] logits = sampler.logits(labelClass, drawn, random);
        if (network != null && draft.hasNetwork(labelClass) && !network.startsFromCopula()) {
          requireDiverse(labelClass, logits);
        }
        MarginalCalibration.calibrate(layout, logits, shares[labelClass], offsets, table);
        for (int column = 0; column < layout.columns().size(); column++) {
          TokenColumn tokens = layout.columns().get(column);
          for (int token = 0; token < tokens.tokens(); token++) {
            if (!tokens.emits(token)) {
              offsets[table + layout.offset(column) + token] = NEVER;
            }
          }
        }
      }
    }
    return draft;
  }
}
