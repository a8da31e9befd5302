package dev.eddy.cli.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the program of faults as its own process, as the injector does. */
class FaultProcessTest {

  private final Path folder;

  FaultProcessTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @EnumSource(
      value = FaultKind.class,
      names = {"DISK_FLOOD", "FORK_STORM", "NETWORK_FLOOD"})
  void stopsAndCleansUpWhenItsParentIsGone(FaultKind kind) throws Exception {
    Path work = Files.createDirectory(folder.resolve("work"));
    Process process = start(kind, Duration.ofSeconds(50), work);
    BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    assertThat(out.readLine()).isEqualTo(FaultProcess.STARTED);

    // What the kernel does to the pipe of a parent that was killed.
    process.getOutputStream().close();

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(work).doesNotExist();
  }

  @Test
  void endsByItselfWhenItsTimeIsUp() throws Exception {
    Path work = Files.createDirectory(folder.resolve("work"));

    Process process = start(FaultKind.DESCRIPTOR_LEAK, Duration.ofMillis(300), work);

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(work).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "60.5", "NaN"})
  void rejectsALengthBeyondItsBound(String seconds) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FaultProcess.main(new String[] {"cpu-hog", seconds, folder.toString()}))
        .withMessage("fault length must be in (0, 60] seconds, got " + seconds);
  }

  @Test
  void rejectsAnUnknownKind() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FaultProcess.main(new String[] {"earthquake", "1", "."}))
        .withMessage("no fault of kind earthquake");
  }

  private static Process start(FaultKind kind, Duration length, Path work) throws IOException {
    return new ProcessBuilder(FaultInjector.command(kind, length, work)).start();
  }
}
