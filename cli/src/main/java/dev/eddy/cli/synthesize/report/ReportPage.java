package dev.eddy.cli.synthesize.report;

import static dev.eddy.cli.synthesize.report.Svg.escape;

import dev.eddy.evaluation.quality.NearestRows;
import dev.eddy.evaluation.quality.QualityReport;
import dev.eddy.evaluation.quality.RecordTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/** Puts the report together. */
public final class ReportPage {
  private static final int MOST_MATRIX = 30;
  private static final int MOST_MATRIX_ROWS = 5_000;
  private static final int MAP_ROWS = 900;
  private static final int COLOURS = 6;
  private static final int DISTANCE_ROWS = 800;
  private static final int MOST_TRAINING = 10_000;

  private final ReportData data;
  private final RecordTable real;
  private final StringBuilder html = new StringBuilder(1 << 18);

  private ReportPage(ReportData data) {
    this.data = data;
    this.real = data.training().and(data.heldOut());
  }

  /** Writes the page. The same data give the same text. */
  public static String html(ReportData data) {
    return new ReportPage(data).write();
  }

  private String write() {
    html.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ")
        .append("style-src 'unsafe-inline'\">\n<title>Synthetic records of ")
        .append(escape(data.file()))
        .append("</title>\n<style>\n")
        .append(style())
        .append("</style></head>\n<body><main>\n");
    header();
    cards();
    columns();
    pairs();
    map();
    privacy();
    use();
    tables();
    html.append("<footer>Written by eddy synthesize. Held-out rows are real rows that the ")
        .append("generator never saw: synthetic rows are measured against them.</footer>\n")
        .append("</main></body></html>\n");
    return html.toString();
  }

  private static String style() {
    try (InputStream css = ReportPage.class.getResourceAsStream("report.css")) {
      return new String(
          Objects.requireNonNull(css, "report.css").readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void header() {
    html.append("<header><h1>Synthetic records of ")
        .append(escape(data.file()))
        .append("</h1>\n<p class=\"soft\">")
        .append(
            "%s rows of %s, learnt from %s real rows, measured on %s others. Seed %d."
                .formatted(
                    Figures.count(data.synthetic().rows()),
                    recipe(),
                    Figures.count(data.training().rows()),
                    Figures.count(data.heldOut().rows()),
                    data.seed()))
        .append("</p></header>\n<div class=\"verdict")
        .append(data.passed() ? "" : " no")
        .append("\"><b>")
        .append(data.passed() ? "Passed" : "Not passed")
        .append("</b><span>")
        .append(escape(data.verdict()))
        .append("</span></div>\n");
  }

  private String recipe() {
    return switch (data.gate().recipe()) {
      case VAE -> "a variational autoencoder";
      case DIFFUSION -> "a diffusion model";
      case GAN -> "an adversarial network";
      case COPULA -> "a copula for each class";
    };
  }

  private void cards() {
    QualityReport quality = data.gate().quality();
    html.append("<div class=\"cards\">\n");
    if (quality == null) {
      card(
          "Column shapes",
          data.gate().columnShapes(),
          0.95,
          0.9,
          "each column alone; 1 is perfect");
      html.append("</div>\n");
      return;
    }
    card(
        "Column shapes",
        quality.fidelity().columnShapes(),
        0.95,
        0.9,
        "each column alone against held-out rows; 1 is perfect");
    card(
        "Pair trends",
        quality.fidelity().pairTrends(),
        0.95,
        0.9,
        "columns in pairs; 1 is perfect");
    double told = quality.fidelity().discriminativeAuc();
    card("Told from real", told, -0.75, -0.9, "AUROC of a classifier; .5 means it cannot");
    QualityReport.Utility utility = quality.utility();
    if (utility != null) {
      card(
          "Usefulness",
          utility.boosting().aucRatio(),
          0.95,
          0.9,
          "AUROC when trained on these rows, over trained on real ones");
    }
    double coverage = quality.coverage().found();
    double natural = quality.coverage().naturalFound();
    card(
        "Coverage",
        coverage,
        0.95 * natural,
        0.85 * natural,
        "share of the kinds of real rows that are there; of training rows "
            + Figures.three(natural));
    QualityReport.Privacy privacy = quality.privacy();
    card(
        "Distance ratio",
        privacy.distanceRatio(),
        0.95,
        0.85,
        "to the nearest training row, over that of held-out rows; from 1 on they are no nearer");
    card(
        "Copies",
        privacy.copies(),
        -(privacy.naturalCopies() + 0.001),
        -(privacy.naturalCopies() + 0.01),
        "rows equal to a training row; of held-out rows "
            + Figures.percent(privacy.naturalCopies()));
    card(
        "Membership",
        privacy.membershipAuc(),
        -0.55,
        -0.6,
        "AUROC of an attacker who guesses who was learnt from; .5 is a coin");
    html.append("</div>\n");
  }

  /** A figure; bounds below 0 mean that less is better. */
  private void card(String name, double value, double good, double fair, String about) {
    double signed = good < 0 || fair < 0 ? -value : value;
    String word =
        Double.isNaN(value) ? "" : signed >= good ? " ok" : signed >= fair ? " mid" : " off";
    String shown = name.equals("Copies") ? Figures.percent(value) : Figures.three(value);
    html.append("<div class=\"card\"><h3>")
        .append(escape(name))
        .append("</h3><div class=\"figure")
        .append(word)
        .append("\">")
        .append(shown)
        .append("</div><p>")
        .append(escape(about))
        .append("</p></div>\n");
  }

  private void section(String title, String about) {
    html.append("<h2>")
        .append(escape(title))
        .append("</h2>\n<p class=\"about\">")
        .append(escape(about))
        .append("</p>\n");
  }

  private void columns() {
    section("Columns", "Each column of real and synthetic rows over each other.");
    html.append(
        "<div class=\"legend\"><span><i class=\"real\" style=\"background:var(--real)\"></i>real"
            + "</span><span><i class=\"line\" style=\"background:var(--synthetic)\"></i>synthetic"
            + "</span></div>\n<div class=\"grid\">\n");
    Map<String, Double> shapes = data.gate().columnShapesByColumn();
    QualityReport quality = data.gate().quality();
    if (quality != null) {
      shapes = quality.fidelity().shapesByColumn();
    }
    for (int i = 0; i < real.numberNames().size(); i++) {
      String name = real.numberNames().get(i);
      DoubleFunction<String> axis = data.axes().getOrDefault(name, Figures::brief);
      double[] realValues = Association.column(real, i);
      double[] values = Association.column(data.synthetic(), i);
      String missing = missing(realValues, values);
      panel(name, shape(shapes, name) + missing, Marginal.number(name, realValues, values, axis));
    }
    for (int i = 0; i < real.categoryNames().size(); i++) {
      String name = real.categoryNames().get(i);
      panel(
          name,
          shape(shapes, name),
          Marginal.category(name, category(real, i), category(data.synthetic(), i)));
    }
    html.append("</div>\n");
  }

  private static String shape(Map<String, Double> shapes, String name) {
    Double shape = shapes.get(name);
    return shape == null ? "" : Figures.three(shape);
  }

  private static String missing(double[] realValues, double[] values) {
    double ofReal = share(realValues);
    double ofSynthetic = share(values);
    return ofReal == 0 && ofSynthetic == 0
        ? ""
        : String.format(Locale.ROOT, " · missing %.1f / %.1f %%", 100 * ofReal, 100 * ofSynthetic);
  }

  private static double share(double[] values) {
    return Arrays.stream(values).filter(Double::isNaN).count()
        / (double) Math.max(1, values.length);
  }

  private static @Nullable String[] category(RecordTable table, int column) {
    return Arrays.stream(table.categories()).map(row -> row[column]).toArray(String[]::new);
  }

  private void panel(String title, String figure, String picture) {
    html.append("<div class=\"card\"><div class=\"head\"><h3>")
        .append(escape(title))
        .append("</h3><span>")
        .append(escape(figure))
        .append("</span></div>")
        .append(picture)
        .append("</div>\n");
  }

  private void pairs() {
    List<String> names = Association.names(real, MOST_MATRIX);
    if (names.size() < 2) {
      return;
    }
    section(
        "How columns go together",
        "Rank correlation of two numbers, from -1 to 1; otherwise how well one column tells the "
            + "other, from 0 to 1."
            + (names.size() == MOST_MATRIX ? " The first %d columns.".formatted(MOST_MATRIX) : ""));
    double[][] ofReal = Association.matrix(real.atMost(MOST_MATRIX_ROWS), names.size());
    double[][] ofSynthetic =
        Association.matrix(data.synthetic().atMost(MOST_MATRIX_ROWS), names.size());
    double[][] difference = new double[names.size()][names.size()];
    double sum = 0;
    for (int i = 0; i < names.size(); i++) {
      for (int j = 0; j < names.size(); j++) {
        difference[i][j] = ofSynthetic[i][j] - ofReal[i][j];
        sum += i == j ? 0 : Math.abs(difference[i][j]);
      }
    }
    double mean = sum / (names.size() * (names.size() - 1.0));
    html.append("<div class=\"legend\"><span>-1<span class=\"scale\"></span>1</span></div>")
        .append("<div class=\"three\">\n");
    panel("Real", "", MatrixChart.draw("associations in real rows", names, ofReal));
    panel("Synthetic", "", MatrixChart.draw("associations in synthetic rows", names, ofSynthetic));
    panel(
        "Synthetic less real",
        "mean size " + Figures.three(mean),
        MatrixChart.draw("difference of associations", names, difference));
    html.append("</div>\n");
  }

  private void map() {
    RecordTable someReal = real.atMost(MAP_ROWS);
    RecordTable some = data.synthetic().atMost(MAP_ROWS);
    if (some.rows() == 0) {
      return;
    }
    PrincipalComponents components = new PrincipalComponents(real.atMost(MOST_MATRIX_ROWS));
    double[][] realPlaces = components.project(someReal);
    double[][] places = components.project(some);
    section(
        "Map of the rows",
        String.format(
            Locale.ROOT,
            "Up to %d rows of each, along the two directions in which real rows differ most (%.0f"
                + " %% and %.0f %% of their variance).",
            MAP_ROWS,
            100 * components.explained(0),
            100 * components.explained(1)));
    List<String> classes = byFrequency(real.labels());
    html.append("<div class=\"legend\">");
    for (int i = 0; i < Math.min(COLOURS, classes.size()); i++) {
      String name = i == COLOURS - 1 && classes.size() > COLOURS ? "others" : classes.get(i);
      html.append("<span><i style=\"background:var(--c%d)\"></i>".formatted(i))
          .append(escape(Svg.shortened(name, 40)))
          .append("</span>");
    }
    html.append("</div>\n<div class=\"three\">\n");
    PointMap map = new PointMap(realPlaces, places);
    panel("Real", "", map.draw("real rows", realPlaces, someReal.labels(), classes, COLOURS));
    panel("Synthetic", "", map.draw("synthetic rows", places, some.labels(), classes, COLOURS));
    html.append("</div>\n");
  }

  private static List<String> byFrequency(String[] labels) {
    Map<String, Integer> counts = new HashMap<>();
    for (String label : labels) {
      counts.merge(label, 1, Integer::sum);
    }
    return counts.entrySet().stream()
        .sorted(
            (a, b) ->
                a.getValue().equals(b.getValue())
                    ? a.getKey().compareTo(b.getKey())
                    : b.getValue() - a.getValue())
        .map(Map.Entry::getKey)
        .toList();
  }

  private void privacy() {
    if (data.heldOut().rows() == 0 || data.synthetic().rows() == 0) {
      return;
    }
    section(
        "Privacy",
        "How far each row is from its nearest training row. Synthetic rows should be no nearer than"
            + " held-out rows, which are real and were not learnt from.");
    RecordTable training = data.training().atMost(MOST_TRAINING);
    NearestRows nearest = new NearestRows(training, training);
    double[] held = nearest.distances(data.heldOut().atMost(DISTANCE_ROWS));
    double[] made = nearest.distances(data.synthetic().atMost(DISTANCE_ROWS));
    html.append(
        "<div class=\"legend\"><span><i style=\"background:var(--real)\"></i>held-out rows</span>"
            + "<span><i class=\"line\" style=\"background:var(--synthetic)\"></i>synthetic rows"
            + "</span></div>\n<div class=\"card wide\">");
    html.append(DistanceChart.draw(held, made)).append("</div>\n");
  }

  private void use() {
    QualityReport quality = data.gate().quality();
    QualityReport.Utility utility = quality == null ? null : quality.utility();
    if (quality == null || utility == null) {
      return;
    }
    section(
        "Use",
        "What classifiers reach on held-out real rows, trained on real or on synthetic rows.");
    Rows rows =
        new Rows("Classifier", "#AUROC, real", "#synthetic", "#macro-F1, real", "#synthetic");
    judged(rows, "gradient boosting", utility.boosting());
    judged(rows, "logistic regression", utility.logistic());
    html.append(rows.end());
    if (!quality.lift().isEmpty()) {
      section(
          "Added to real rows",
          "Average precision for a rare class with its synthetic rows added, by gradient boosting"
              + " and by a small perceptron, against the best of real rows alone, class weights and"
              + " plain oversampling; with a 95 % interval. Beside it the same gain in recall at a"
              + " precision of 0.9.");
      Rows lift =
          new Rows(
              "Class",
              "Classifier",
              "#real rows",
              "#alone",
              "#weights",
              "#oversampled",
              "#with synthetic",
              "#gain",
              "#gain in recall",
              "Certain");
      quality
          .lift()
          .forEach(
              (name, byClassifier) ->
                  byClassifier.forEach(
                      (classifier, found) -> lifted(lift, name, classifier, found)));
      html.append(lift.end());
    }
  }

  private static void lifted(Rows rows, String name, String classifier, QualityReport.Lift found) {
    rows.add(
        name,
        classifier,
        Figures.count(found.trainingPositives()),
        Figures.three(found.plain().averagePrecision()),
        Figures.three(found.weighted().averagePrecision()),
        Figures.three(found.oversampled().averagePrecision()),
        Figures.three(found.augmented().averagePrecision()),
        interval(found.precisionGain(), found.low(), found.high()),
        interval(found.recallGain(), found.recallLow(), found.recallHigh()),
        found.helps() ? "yes, it helps" : "no");
  }

  private static String interval(double gain, double low, double high) {
    return "%s (%s to %s)".formatted(Figures.three(gain), Figures.three(low), Figures.three(high));
  }

  private static void judged(Rows rows, String name, QualityReport.Judged judged) {
    rows.add(
        name,
        Figures.three(judged.realAuc()),
        Figures.three(judged.syntheticAuc()),
        Figures.three(judged.realF1()),
        Figures.three(judged.syntheticF1()));
  }

  private void tables() {
    section("Classes", "What was made of each class, and the gate's word on it.");
    Rows classes = new Rows("Class", "#Real rows", "#Synthetic rows", "Gate");
    data.classes()
        .forEach(
            line ->
                classes.add(
                    line.name(),
                    Figures.count(line.realRows()),
                    Figures.count(line.syntheticRows()),
                    line.word()));
    html.append(classes.end());
    if (data.gate().candidates().size() > 1) {
      section("Families that were tried", "The first was kept.");
      Rows tried =
          new Rows(
              "Family", "#Seconds", "#Usefulness", "#Pair trends", "#Told from real", "Privacy");
      data.gate()
          .candidates()
          .forEach(
              candidate ->
                  tried.add(
                      candidate.recipe().name().toLowerCase(Locale.ROOT),
                      String.format(Locale.ROOT, "%.1f", candidate.trainSeconds()),
                      Figures.three(candidate.utility()),
                      Figures.three(candidate.pairTrends()),
                      Figures.three(candidate.discriminativeAuc()),
                      candidate.privacyProblems().isEmpty()
                          ? "nothing against it"
                          : String.join("; ", candidate.privacyProblems())));
      html.append(tried.end());
    }
    section("What was done with each column", "");
    Rows columns = new Rows("Column", "What was done");
    data.columns().forEach(line -> columns.add(line.name(), line.treatment()));
    html.append(columns.end());
    if (!data.notes().isEmpty()) {
      section("Notes", "");
      html.append("<ul>");
      data.notes().forEach(note -> html.append("<li>").append(escape(note)).append("</li>"));
      html.append("</ul>\n");
    }
  }

  /** A table; a heading that begins with # is over numbers. */
  private static final class Rows {
    private final StringBuilder text = new StringBuilder("<div class=\"table\"><table><tr>");
    private final boolean[] numbers;

    Rows(String... headings) {
      numbers = new boolean[headings.length];
      for (int i = 0; i < headings.length; i++) {
        numbers[i] = headings[i].startsWith("#");
        text.append(numbers[i] ? "<th class=\"n\">" : "<th>")
            .append(escape(numbers[i] ? headings[i].substring(1) : headings[i]))
            .append("</th>");
      }
      text.append("</tr>\n");
    }

    void add(String... cells) {
      text.append("<tr>");
      for (int i = 0; i < cells.length; i++) {
        boolean last = i == cells.length - 1 && !numbers[i];
        text.append(numbers[i] ? "<td class=\"n\">" : last ? "<td class=\"words\">" : "<td>")
            .append(escape(cells[i]))
            .append("</td>");
      }
      text.append("</tr>\n");
    }

    String end() {
      return text.append("</table></div>\n").toString();
    }
  }
}
