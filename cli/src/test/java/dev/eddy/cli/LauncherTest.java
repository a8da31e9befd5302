package dev.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
  private static final Path LAUNCHER = Path.of("..", "eddy").toAbsolutePath().normalize();

  @TempDir Path folder;

  @Test
  void isAShellScriptThatAnyoneMayRun() throws Exception {
    assertThat(LAUNCHER).isExecutable();
    assertThat(run(List.of("sh", "-n", LAUNCHER.toString()), "/usr/bin:/bin")).isEqualTo("0 ");
  }

  @Test
  void saysThatJavaIsMissing() throws Exception {
    Path tools = toolsWithout();

    String result = run(List.of("/bin/sh", LAUNCHER.toString(), "--help"), tools.toString());

    assertThat(result).startsWith("2 eddy: needs Java 17 or newer, found none");
  }

  @Test
  void saysThatJavaIsTooOld() throws Exception {
    Path tools = toolsWithout();
    Path java = tools.resolve("java");
    Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();

    String result = run(List.of("/bin/sh", LAUNCHER.toString(), "--help"), tools.toString());

    assertThat(result).startsWith("2 eddy: needs Java 17 or newer, found 11 at ");
  }

  /** A folder with the tools that the launcher calls before it looks for Java. */
  private Path toolsWithout() throws IOException {
    Path tools = Files.createDirectory(folder.resolve("tools"));
    for (String tool : List.of("dirname", "sed", "head", "readlink")) {
      Path found =
          Files.exists(Path.of("/usr/bin", tool))
              ? Path.of("/usr/bin", tool)
              : Path.of("/bin", tool);
      Files.createSymbolicLink(tools.resolve(tool), found);
    }
    return tools;
  }

  private static String run(List<String> command, String path) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PATH", path);
    builder.environment().remove("JAVA_HOME");
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return process.exitValue() + " " + output;
  }
}
