package dev.eddy.scoring;

import dev.eddy.feature.EncodedColumn;
import dev.eddy.model.TrainingTask;
import dev.eddy.model.gan.AdversarialSettings;
import java.util.List;

/**
 * What detectors are trained on: rows that nobody calls anomalous, in random order, and beside them
 * those that somebody does.
 *
 * @param columns the columns of the linear rows
 * @param standardizer made the other two representations
 * @param rows all rows
 * @param trusted the rows that look least anomalous to the autoencoder, so that what is unlabelled
 *     and anomalous is rarely among them; in the same random order
 * @param labelled the labelled anomalies, for what learns from labels alone; may have no rows
 * @param adversarial how networks are trained against each other
 * @param task where networks are trained
 */
record TrainingRows(
    List<EncodedColumn> columns,
    Standardizer standardizer,
    DetectorInput rows,
    DetectorInput trusted,
    DetectorInput labelled,
    AdversarialSettings adversarial,
    TrainingTask task) {

  /** Copies the list. */
  TrainingRows {
    columns = List.copyOf(columns);
  }

  /** Returns the rows from which to learn what is normal. */
  DetectorInput reference(Mode mode) {
    return switch (mode) {
      case CONTAMINATED -> trusted;
      case ONE_CLASS -> rows;
    };
  }
}
