package dev.eddy.cli.synthesize.report;

import dev.eddy.augmentation.GateReport;
import dev.eddy.evaluation.quality.RecordTable;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;

/**
 * What a report is made of.
 *
 * @param file name of the file that was learnt from
 * @param seed where all randomness started
 * @param verdict what to hold of the rows, in one sentence
 * @param passed whether the gate lets every class pass that was generated
 * @param gate what was measured
 * @param classes what became of each class
 * @param columns what was done with each column
 * @param training real rows that were learnt from
 * @param heldOut real rows that were not
 * @param synthetic generated rows
 * @param axes for numbers that are not to be shown as such, how to show them
 * @param notes what the reader should know besides
 */
public record ReportData(
    String file,
    long seed,
    String verdict,
    boolean passed,
    GateReport gate,
    List<ClassLine> classes,
    List<ColumnLine> columns,
    RecordTable training,
    RecordTable heldOut,
    RecordTable synthetic,
    Map<String, DoubleFunction<String>> axes,
    List<String> notes) {

  /** What became of a class: its rows in the file, the rows made, and the gate's word on it. */
  public record ClassLine(String name, long realRows, int syntheticRows, String word) {}

  /** What was done with a column. */
  public record ColumnLine(String name, String treatment) {}

  /** Copies the collections. */
  public ReportData {
    classes = List.copyOf(classes);
    columns = List.copyOf(columns);
    axes = Map.copyOf(axes);
    notes = List.copyOf(notes);
  }
}
