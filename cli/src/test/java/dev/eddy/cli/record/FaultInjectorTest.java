package dev.eddy.cli.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs every fault for real, for a second each. */
class FaultInjectorTest {

  private static final Duration SHORT = Duration.ofSeconds(1);

  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private final Path folder;

  FaultInjectorTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void stopExecutor() {
    executor.shutdownNow();
  }

  @ParameterizedTest
  @EnumSource
  void runsAFaultToItsEndLabelsItAndLeavesNothingBehind(FaultKind kind) throws Exception {
    try (FaultInjector injector = new FaultInjector(FaultSchedule.none(), folder)) {
      Future<Integer> status = executor.submit(() -> injector.inject(kind, SHORT, 3));

      awaitLabel(injector, new FaultLabel(kind.label(), "3"));

      assertThat(status.get(30, TimeUnit.SECONDS)).isZero();
      assertThat(labelNow(injector)).isEqualTo(FaultLabel.NONE);
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void endsTheRunningFaultWhenClosed() throws Exception {
    FaultEpisode episode =
        new FaultEpisode(1, FaultKind.DISK_FLOOD, Duration.ZERO, Duration.ofSeconds(50));
    FaultInjector injector = new FaultInjector(new FaultSchedule(List.of(episode)), folder);
    injector.start();
    awaitLabel(injector, new FaultLabel("disk-flood", "1"));

    injector.close();

    assertThat(labelNow(injector)).isEqualTo(FaultLabel.NONE);
    assertThat(folder).isEmptyDirectory();
    assertThat(ProcessHandle.current().children().filter(FaultInjectorTest::isFault)).isEmpty();
  }

  @Test
  void closesBeforeItsFirstFault() {
    FaultInjector injector =
        new FaultInjector(FaultSchedule.draw(1, Duration.ofMinutes(5)), folder);
    injector.start();

    injector.close();

    assertThat(injector.failures()).isZero();
    assertThat(folder).isEmptyDirectory();
  }

  private static void awaitLabel(FaultInjector injector, FaultLabel label) {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> labelNow(injector), label::equals);
  }

  private static FaultLabel labelNow(FaultInjector injector) {
    long now = System.nanoTime();
    return injector.label(now - 1, now);
  }

  private static boolean isFault(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains(FaultProcess.class.getName());
  }
}
