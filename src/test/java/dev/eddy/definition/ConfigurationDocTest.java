package dev.eddy.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ConfigurationDocTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z][a-zA-Z.\\[\\]*]+)` \\|");

  /** Keys that hold only other keys. */
  private static final Set<String> SECTIONS =
      Set.of(
          "source",
          "context",
          "labels",
          "alerts",
          "augmentation",
          "training",
          "detection",
          "training.guard",
          "training.drift",
          "training.gate",
          "kafka",
          "scoring",
          "http",
          "registry");

  @Test
  void namesEveryKeyThatIsUnderstoodAndNoOther() throws IOException {
    Set<String> understood = new TreeSet<>(DefinitionReader.knownKeys());
    understood.removeAll(SECTIONS);
    understood.add("kafka.bootstrap.servers");

    Set<String> documented = new TreeSet<>();
    Matcher rows = ROW.matcher(Files.readString(document()));
    while (rows.find()) {
      documented.add(rows.group(1));
    }

    assertThat(documented).isEqualTo(understood);
    assertThat(documented).as("the reader's list is not empty").hasSizeGreaterThan(30);
  }

  @Test
  void showsAnExampleThatIsRead() throws IOException {
    String document = Files.readString(document());
    int start = document.indexOf("```yaml\n") + "```yaml\n".length();
    String example = document.substring(start, document.indexOf("```", start));

    EddyConfiguration configuration = DefinitionReader.parse("docs/configuration.md", example);

    assertThat(configuration.stream().features()).hasSize(3);
  }

  private static Path document() {
    return Path.of(System.getProperty("basedir", "."), "..", "docs", "configuration.md");
  }
}
