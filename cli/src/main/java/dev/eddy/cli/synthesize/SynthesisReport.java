package dev.eddy.cli.synthesize;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.eddy.augmentation.GateReport;
import dev.eddy.augmentation.SyntheticRow;
import dev.eddy.cli.synthesize.report.ReportData;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.evaluation.quality.RecordTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The report as it is written in JSON.
 *
 * @param label column of the class; null: all rows are of one
 * @param passed whether the gate lets every class pass that was generated
 * @param columns column to what was done with it
 * @param classes class to its rows in the file and in the output
 * @param rejected constraint to the number of candidates that broke it
 * @param notes what the reader should know besides
 * @param gate all figures
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SynthesisReport(
    String file,
    @Nullable String label,
    long seed,
    int trainingRows,
    int heldOutRows,
    int syntheticRows,
    boolean passed,
    String verdict,
    Map<String, String> columns,
    Map<String, Map<String, Long>> classes,
    Map<String, Long> rejected,
    List<String> notes,
    GateReport gate) {

  /** Draws up the report. */
  static SynthesisReport of(
      String file,
      @Nullable String label,
      long seed,
      Table table,
      TableScan scan,
      TableSample sample,
      Synthesis synthesis) {
    GateReport gate = synthesis.model().gate();
    Map<String, Map<String, Long>> classes = new LinkedHashMap<>();
    scan.classes()
        .forEach((name, rows) -> classes.put(name, new LinkedHashMap<>(Map.of("real", rows))));
    classes.values().forEach(counts -> counts.put("synthetic", 0L));
    synthesis
        .synthetic()
        .forEach(
            row ->
                classes
                    .getOrDefault(row.labelClass(), new LinkedHashMap<>())
                    .merge("synthetic", 1L, Long::sum));
    List<String> made =
        classes.entrySet().stream()
            .filter(entry -> entry.getValue().getOrDefault("synthetic", 0L) > 0)
            .map(Map.Entry::getKey)
            .toList();
    List<String> refused = made.stream().filter(name -> !gate.allows(name)).toList();
    Map<String, String> columns = new LinkedHashMap<>();
    table.columns().forEach(column -> columns.put(column.name(), column.treatment()));
    boolean passed = refused.isEmpty() && !made.isEmpty() && synthesis.shortfalls().isEmpty();
    return new SynthesisReport(
        file,
        label,
        seed,
        synthesis.training().size(),
        synthesis.heldOut().size(),
        synthesis.synthetic().size(),
        passed,
        verdict(made, refused, synthesis),
        columns,
        classes,
        synthesis.rejected(),
        notes(label, scan, sample, synthesis),
        gate);
  }

  /** Returns the classes that were made though the gate refuses them, each with the reasons. */
  Map<String, List<String>> refused() {
    Map<String, List<String>> refused = new TreeMap<>(gate.refusals());
    refused
        .keySet()
        .removeIf(name -> classes.getOrDefault(name, Map.of()).getOrDefault("synthetic", 0L) == 0);
    return refused;
  }

  private static String verdict(List<String> made, List<String> refused, Synthesis synthesis) {
    if (made.isEmpty()) {
      return "no row could be made";
    }
    if (!refused.isEmpty()) {
      return refused.size() == made.size()
          ? "the gate refuses every class that was made: see the reasons beside each class"
          : "the gate refuses %d of %d classes: %s"
              .formatted(refused.size(), made.size(), String.join(", ", refused));
    }
    return synthesis.shortfalls().isEmpty()
        ? "every class that was made is like held-out rows, and no nearer to the training rows than they are"
        : "the rules leave fewer rows than were asked for";
  }

  private static List<String> notes(
      @Nullable String label, TableScan scan, TableSample sample, Synthesis synthesis) {
    List<String> notes = new ArrayList<>();
    if (scan.unlabelled() > 0) {
      notes.add("%,d rows have no class and were left out".formatted(scan.unlabelled()));
    }
    long kept = sample.byClass().values().stream().mapToLong(List::size).sum();
    if (kept < scan.rows()) {
      notes.add(
          "%,d of %,d rows were kept to learn from and to measure by: a sample of each class"
              .formatted(kept, scan.rows()));
    }
    if (scan.classes().size() == 1) {
      notes.add(
          "there is one class only%s: what classifiers learn from the rows cannot be measured"
              .formatted(label == null ? ", for no --label names a column of classes" : ""));
    }
    List<String> small =
        scan.classes().keySet().stream()
            .filter(name -> !synthesis.model().classes().contains(name))
            .map(name -> "%s (%d)".formatted(name, scan.classes().get(name)))
            .toList();
    if (!small.isEmpty()) {
      notes.add(
          "classes with too few rows to learn from without giving them away, so none were made: "
              + String.join(", ", small));
    }
    synthesis
        .rejected()
        .forEach(
            (rule, number) ->
                notes.add("rule %s: %,d candidates rejected".formatted(rule, number)));
    notes.addAll(synthesis.shortfalls());
    notes.addAll(synthesis.model().gate().incidents());
    return notes;
  }

  /** Returns what the page is made of. */
  ReportData page(Table table, StreamDefinition definition, Synthesis synthesis) {
    List<ReportData.ClassLine> lines = new ArrayList<>();
    classes.forEach(
        (name, counts) ->
            lines.add(
                new ReportData.ClassLine(
                    name,
                    counts.getOrDefault("real", 0L),
                    counts.getOrDefault("synthetic", 0L).intValue(),
                    gate.allows(name)
                        ? "passes"
                        : String.join(
                            "; ",
                            gate.refusals().getOrDefault(name, List.of("was not measured"))))));
    List<ReportData.ColumnLine> columnLines =
        columns.entrySet().stream()
            .map(entry -> new ReportData.ColumnLine(entry.getKey(), entry.getValue()))
            .toList();
    Map<String, DoubleFunction<String>> axes = new LinkedHashMap<>();
    for (TableColumn column : table.columns()) {
      if (column instanceof TableColumn.Date date) {
        axes.put(date.name(), date::write);
      }
    }
    return new ReportData(
        file,
        seed,
        verdict,
        passed,
        gate,
        lines,
        columnLines,
        tableOf(definition, synthesis.training()),
        tableOf(definition, synthesis.heldOut()),
        tableOf(definition, synthesis.synthetic()),
        axes,
        notes);
  }

  private static RecordTable tableOf(StreamDefinition definition, List<SyntheticRow> rows) {
    return new RecordTable(
        definition.numbers().stream().map(feature -> feature.name()).toList(),
        definition.categories().stream().map(feature -> feature.name()).toList(),
        rows.stream().map(SyntheticRow::numbers).toArray(double[][]::new),
        rows.stream().map(SyntheticRow::categories).toArray(String[][]::new),
        rows.stream().map(SyntheticRow::labelClass).toArray(String[]::new));
  }
}
