package dev.eddy.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eddy.augmentation.GateReport.Recipe;
import dev.eddy.definition.StreamDefinition.GanObjective;
import dev.eddy.definition.StreamDefinition.Generation;
import dev.eddy.definition.StreamDefinition.GeneratorFamily;
import dev.eddy.model.DeviceListener;
import dev.eddy.model.ModelDevice;
import dev.eddy.model.Tensors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClassJudgeTest {
  private static final List<String> CLASSES = List.of("cold", "hot");
  private static final Map<String, List<SyntheticRow>> TRAINING =
      RealRows.byClass(RealRows.of(ToyStream.both(300, 1)));
  private static final Map<String, List<SyntheticRow>> HELD_OUT =
      RealRows.byClass(RealRows.of(ToyStream.both(100, 2)));

  private final List<String> heard = new ArrayList<>();
  private final List<SyntheticRow> all = TRAINING.values().stream().flatMap(List::stream).toList();
  private final TokenEncoder encoder =
      TokenEncoder.fit(ToyStream.DEFINITION, all, all.stream().mapToDouble(row -> 1).toArray());
  private final TokenRows rows =
      TokenRows.of(encoder, CLASSES, CLASSES.stream().map(name -> TRAINING.get(name)).toList());
  private final RowFingerprints fingerprints = RowFingerprints.of(5, all);
  private final RealTables tables = new RealTables(encoder);
  private final CandidateTrials trials =
      new CandidateTrials(
          tables,
          all,
          HELD_OUT.values().stream().flatMap(List::stream).toList(),
          this::model,
          Guidance.FREE,
          rows,
          7,
          ModelDevice.CPU,
          new GeneratorListener() {
            @Override
            public void trained(String family, int step, int steps, double loss) {}

            @Override
            public void measuring(String family) {}

            @Override
            public void judging(String labelClass) {
              heard.add(labelClass);
            }
          });
  private final ClassJudge judge =
      new ClassJudge(tables, fingerprints, CLASSES, TRAINING, HELD_OUT, 10);

  private GeneratorModel model(TokenDraft draft) {
    return new GeneratorModel(
        encoder,
        CLASSES,
        draft,
        rows.shares(),
        fingerprints,
        SeenCombinations.of(ToyStream.DEFINITION, all),
        null,
        GateReport.NONE);
  }

  private TokenDraft copula() {
    Generation generation =
        new Generation(
            GeneratorFamily.COPULA, Duration.ofMinutes(1), GanObjective.WASSERSTEIN, 0, 0);
    return Objects.requireNonNull(
        new DraftTrainer(
                GeneratorSettings.of(generation), rows, ModelDevice.CPU, GeneratorListener.NONE)
            .train(Recipe.COPULA, 7));
  }

  /** Both classes by the copula of "cold", so that what is called hot is not. */
  private record ColdOnly(CopulaPrior prior, TokenLayout layout) implements TokenNetwork {
    @Override
    public Recipe recipe() {
      return Recipe.GAN;
    }

    @Override
    public int classes() {
      return 2;
    }

    @Override
    public int hidden() {
      return 1;
    }

    @Override
    public Tensors tensors() {
      return Tensors.EMPTY;
    }

    @Override
    public boolean startsFromCopula() {
      return false;
    }

    @Override
    public LogitSource open(ModelDevice device, DeviceListener listener) {
      LogitSource source = prior.source(layout);
      return new LogitSource() {
        @Override
        public float[] logits(int labelClass, int wanted, SplittableRandom random) {
          return source.logits(0, wanted, random);
        }

        @Override
        public void close() {
          source.close();
        }
      };
    }
  }

  private CandidateTrials.Trial coldOnly(TokenDraft copula) {
    float[] offsets = copula.offsets().clone();
    int tokens = copula.layout().width();
    System.arraycopy(offsets, 0, offsets, tokens, tokens);
    trials.add(
        Recipe.GAN,
        () ->
            new TokenDraft(
                copula.layout(),
                copula.dependencies(),
                new ColdOnly(copula.prior(), copula.layout()),
                copula.prior(),
                offsets,
                Set.of()));
    return trials.best();
  }

  @Test
  void givesAClassThatTheGateRefusesTheNetworkItsCopula() {
    TokenDraft copula = copula();
    CandidateTrials.Trial trial = coldOnly(copula);
    trials.add(Recipe.COPULA, () -> copula);

    ClassJudge.Judged judged = judge.judge(trials, trial, new SplittableRandom(3));
    GateReport report =
        judged.gate().report(Recipe.GAN, judged.trial().quality(), List.of(), List.of());

    assertThat(report.refusals()).isEmpty();
    assertThat(heard)
        .as("judged, mended, judged anew")
        .containsExactly("cold", "hot", "cold", "hot");
    assertThat(recipe(report, "cold")).isEqualTo(Recipe.GAN);
    assertThat(recipe(report, "hot")).isEqualTo(Recipe.COPULA);
    try (Generator generator = trials.open(judged.trial())) {
      assertThat(generator.generate("hot", 200, 1))
          .allSatisfy(row -> assertThat(row.numbers()[0]).isGreaterThan(50));
    }
  }

  @Test
  void refusesTheClassWhereNoCopulaWasTried() {
    CandidateTrials.Trial trial = coldOnly(copula());

    ClassJudge.Judged judged = judge.judge(trials, trial, new SplittableRandom(3));
    GateReport report = judged.gate().report(Recipe.GAN, null, List.of(), List.of());

    assertThat(report.refusals()).containsOnlyKeys("hot");
    assertThat(judged.trial()).isSameAs(trial);
  }

  @Test
  void remembersInItsFilesWhichClassesAreByCopula() {
    TokenDraft copula = copula();
    TokenVae layers = new TokenVae(2, copula.layout().width(), 4);
    Tensors weights = layers.initial(rows.pooledShares(), new SplittableRandom(1));
    TokenDraft draft =
        new TokenDraft(
                copula.layout(),
                copula.dependencies(),
                new VaeGenerator(layers, weights.prefixed("vae.")),
                copula.prior(),
                copula.offsets(),
                Set.of())
            .withCopulaOf(Set.of(1), copula);
    ObjectNode json = new ObjectMapper().createObjectNode();
    draft.write(json);

    TokenDraft read =
        TokenDraft.read(encoder.layout(), copula.dependencies(), json, draft.tensors());

    assertThat(read.hasNetwork(0)).isTrue();
    assertThat(read.hasNetwork(1)).isFalse();
  }

  private static @Nullable Recipe recipe(GateReport report, String labelClass) {
    GateReport.ClassReport measured = report.classes().get(labelClass);
    return measured == null ? null : measured.recipe();
  }
}
