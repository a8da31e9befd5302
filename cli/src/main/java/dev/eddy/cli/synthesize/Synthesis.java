package dev.eddy.cli.synthesize;

import dev.eddy.augmentation.ChunkSeed;
import dev.eddy.augmentation.Generator;
import dev.eddy.augmentation.GeneratorListener;
import dev.eddy.augmentation.GeneratorModel;
import dev.eddy.augmentation.GeneratorSettings;
import dev.eddy.augmentation.GeneratorTrainer;
import dev.eddy.augmentation.Guidance;
import dev.eddy.augmentation.GuidedGenerator;
import dev.eddy.augmentation.SyntheticRow;
import dev.eddy.cli.shell.UsageException;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.model.ModelDevice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What was learnt from a file and what was made of it.
 *
 * @param training rows that were learnt from
 * @param heldOut rows that were not
 * @param synthetic generated rows, in random order
 * @param model the generator with the gate's word on it
 * @param rejected rule to the number of candidates that broke it
 * @param shortfalls why a class has fewer rows than asked for
 */
record Synthesis(
    List<SyntheticRow> training,
    List<SyntheticRow> heldOut,
    List<SyntheticRow> synthetic,
    GeneratorModel model,
    Map<String, Long> rejected,
    List<String> shortfalls) {
  private static final int LEAST_TO_HOLD_OUT = 20;

  /**
   * What is wanted.
   *
   * @param rows how many; null: as many as the file has
   * @param labelClass the only class that is wanted; null: all, in the file's mix
   * @param heldOutShare share of the rows that are held out to measure by
   */
  record Request(
      @Nullable Integer rows, @Nullable String labelClass, double heldOutShare, long seed) {}

  /**
   * Trains, measures and generates.
   *
   * @param listener hears how far training is
   * @param making hears of each class before its rows are made
   */
  static Synthesis run(
      Table table,
      StreamDefinition definition,
      TableScan scan,
      TableSample sample,
      Request request,
      ModelDevice device,
      GeneratorListener listener,
      Consumer<String> making) {
    List<SyntheticRow> training = new ArrayList<>();
    List<SyntheticRow> heldOut = new ArrayList<>();
    Random random = new Random(request.seed());
    sample
        .byClass()
        .forEach(
            (name, cells) -> {
              List<SyntheticRow> rows = table.read(name, cells);
              Collections.shuffle(rows, random);
              int held =
                  rows.size() < LEAST_TO_HOLD_OUT
                      ? 0
                      : (int) Math.round(request.heldOutShare() * rows.size());
              heldOut.addAll(rows.subList(0, held));
              training.addAll(rows.subList(held, rows.size()));
            });
    GeneratorModel model;
    try {
      model =
          new GeneratorTrainer(GeneratorSettings.of(definition.augmentation().generation()))
              .trainOn(definition, training, heldOut, request.seed(), device, listener);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage() == null ? e.toString() : e.getMessage());
    }
    Map<String, Integer> wanted = wanted(scan, model, request);
    List<SyntheticRow> synthetic = new ArrayList<>();
    Map<String, Long> rejected = new TreeMap<>();
    List<String> shortfalls = new ArrayList<>();
    Guidance guidance = model.guidance(definition, Map.of());
    try (Generator generator = model.open(device)) {
      int place = 0;
      for (Map.Entry<String, Integer> entry : wanted.entrySet()) {
        making.accept(entry.getKey());
        GuidedGenerator.Drawn drawn =
            new GuidedGenerator(generator, guidance)
                .draw(
                    entry.getKey(),
                    entry.getValue(),
                    ChunkSeed.of(request.seed(), Integer.MAX_VALUE - place++));
        synthetic.addAll(drawn.rows());
        drawn.rejected().forEach((rule, number) -> rejected.merge(rule, number, Long::sum));
        if (drawn.rows().size() < entry.getValue()) {
          shortfalls.add(
              "class %s: %s"
                  .formatted(
                      entry.getKey(),
                      Guidance.shortfall(
                          entry.getValue(),
                          drawn.rows().size(),
                          drawn.candidates(),
                          drawn.rejected())));
        }
      }
    }
    Collections.shuffle(synthetic, random);
    return new Synthesis(training, heldOut, synthetic, model, rejected, shortfalls);
  }

  /** Returns how many rows of each class are wanted, in the file's mix. */
  private static Map<String, Integer> wanted(
      TableScan scan, GeneratorModel model, Request request) {
    String only = request.labelClass();
    if (only != null && !model.classes().contains(only)) {
      throw new UsageException(
          "--class must have at least 10 rows to learn from, got %s with %d; those that have: %s"
              .formatted(only, scan.classes().getOrDefault(only, 0L), model.classes()));
    }
    Map<String, Long> counts = new TreeMap<>(scan.classes());
    counts.keySet().retainAll(only == null ? model.classes() : List.of(only));
    long all = counts.values().stream().mapToLong(Long::longValue).sum();
    long rows = request.rows() == null ? all : request.rows();
    Map<String, Integer> wanted = new LinkedHashMap<>();
    long before = 0;
    for (Map.Entry<String, Long> entry : counts.entrySet()) {
      long after = before + entry.getValue();
      // cut the whole at cumulative shares: the parts always add up
      long part =
          Math.round((double) rows * after / all) - Math.round((double) rows * before / all);
      wanted.put(entry.getKey(), (int) part);
      before = after;
    }
    return wanted;
  }
}
