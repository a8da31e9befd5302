package dev.eddy.benchmarks;

import dev.eddy.benchmarks.augmentation.AugmentationBenchCommand;
import dev.eddy.benchmarks.detection.DetectionBenchCommand;
import dev.eddy.benchmarks.explain.ExplainBenchCommand;
import dev.eddy.benchmarks.loop.LoopBenchCommand;
import dev.eddy.benchmarks.stream.ScoringBenchCommand;
import dev.eddy.benchmarks.stream.StreamBenchCommand;
import picocli.CommandLine.Command;

/** {@code eddy bench}: the benchmarks, each a subcommand that prints its figures last. */
@Command(
    name = "bench",
    description = "Measure Eddy on this machine.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "BENCHMARK",
    subcommands = {
      StreamBenchCommand.class,
      ScoringBenchCommand.class,
      DetectionBenchCommand.class,
      ExplainBenchCommand.class,
      AugmentationBenchCommand.class,
      LoopBenchCommand.class
    })
final class BenchCommand {}
