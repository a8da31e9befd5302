package dev.eddy.stream.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard and the rules ask for what Eddy measures, in a form that Prometheus takes. */
class DashboardTest {
  private static final Path GRAFANA = Path.of("..", "grafana");
  private static final Path RULES = GRAFANA.resolve("prometheus").resolve("rules.yml");
  private static final Path METRICS_PAGE = Path.of("..", "docs", "metrics.md");
  private static final Pattern METRIC = Pattern.compile("\\b((?:eddy|jvm)_\\w+)(?=\\{)");
  private static final int GRID_COLUMNS = 24;

  @Test
  void asksOnlyForMetricsThatThePageLists() throws IOException {
    String page = Files.readString(METRICS_PAGE);
    Set<String> unknown = new TreeSet<>();
    for (String expression : expressions()) {
      for (String metric : metricsOf(expression)) {
        String family = metric.replaceFirst("_(bucket|sum|count)$", "");
        boolean jvm = page.contains(family.replaceFirst("^(jvm_[a-z]+_).*", "`$1*`"));
        if (!page.contains("`" + family + "`") && !page.contains("`" + metric + "`") && !jvm) {
          unknown.add(metric);
        }
      }
    }

    assertThat(unknown).isEmpty();
  }

  @Test
  void everyQueryOfTheDashboardIsBoundToTheChosenJobAndInstanceOrToTheTrainer() throws IOException {
    for (String expression : dashboardExpressions()) {
      if (expression.contains("eddy_trainer_")) {
        assertThat(expression).contains("job=\"$trainer\"");
      } else {
        assertThat(expression).contains("job=\"$job\"").contains("instance=~\"$instance\"");
      }
    }
  }

  @Test
  void panelsAreDescribedUniqueAndDoNotOverlap() throws IOException {
    Set<Integer> ids = new HashSet<>();
    Set<String> cells = new HashSet<>();
    for (JsonNode panel : dashboard().path("panels")) {
      String title = panel.path("title").asText();
      assertThat(ids.add(panel.path("id").asInt())).as("id of %s", title).isTrue();
      JsonNode place = panel.path("gridPos");
      assertThat(place.path("x").asInt() + place.path("w").asInt())
          .as("right edge of %s", title)
          .isLessThanOrEqualTo(GRID_COLUMNS);
      for (int x = 0; x < place.path("w").asInt(); x++) {
        for (int y = 0; y < place.path("h").asInt(); y++) {
          String cell = (place.path("x").asInt() + x) + "," + (place.path("y").asInt() + y);
          assertThat(cells.add(cell)).as("%s alone at %s", title, cell).isTrue();
        }
      }
      if (!"row".equals(panel.path("type").asText())) {
        assertThat(panel.path("description").asText()).as("description of %s", title).isNotEmpty();
        assertThat(panel.path("datasource").path("uid").asText()).isEqualTo("${datasource}");
      }
    }
  }

  @Test
  void prometheusTakesEveryQueryAndTheRules(@TempDir Path folder)
      throws IOException, InterruptedException {
    assumeTrue(onPath("promtool"), "promtool is not installed: queries are not checked for types");
    StringBuilder rules = new StringBuilder("groups:\n  - name: dashboard\n    rules:\n");
    int number = 0;
    for (String expression : dashboardExpressions()) {
      String concrete =
          expression
              .replace("$__rate_interval", "1m")
              .replace("$job", "eddy")
              .replace("$trainer", "eddy-trainer")
              .replace("$instance", ".*");
      rules.append("      - record: dashboard:query:").append(number++).append('\n');
      rules.append("        expr: '").append(concrete.replace("'", "''")).append("'\n");
    }
    Path dashboardRules = Files.writeString(folder.resolve("dashboard.yml"), rules);

    assertThat(promtool(dashboardRules)).contains("SUCCESS: " + number + " rules found");
    assertThat(promtool(RULES)).contains("SUCCESS");
  }

  private static String promtool(Path rules) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("promtool", "check", "rules", rules.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static boolean onPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static List<String> expressions() throws IOException {
    List<String> expressions = new ArrayList<>(dashboardExpressions());
    Matcher rule =
        Pattern.compile("^ +expr: (.+)$", Pattern.MULTILINE).matcher(Files.readString(RULES));
    while (rule.find()) {
      expressions.add(rule.group(1));
    }
    return expressions;
  }

  private static List<String> dashboardExpressions() throws IOException {
    return dashboard().findValuesAsText("expr");
  }

  private static JsonNode dashboard() throws IOException {
    return new ObjectMapper().readTree(GRAFANA.resolve("dashboards").resolve("eddy.json").toFile());
  }

  private static Set<String> metricsOf(String expression) {
    Set<String> names = new TreeSet<>();
    Matcher metric = METRIC.matcher(expression);
    while (metric.find()) {
      names.add(metric.group(1));
    }
    return names;
  }
}
