package dev.eddy.trainer.feed;

import dev.eddy.schema.DriftReport;
import dev.eddy.trainer.collection.KnownLabel;

/** Hears what the feed meets beside records. */
public interface FeedListener {
  /**
   * Hears of a label that says something new.
   *
   * @param old whether it was there before this process started
   */
  void label(KnownLabel label, boolean old);

  /** Hears of each report on S.drift, of this trainer or another one, in the order of the topic. */
  void reported(DriftReport report);

  /** Hears of a record that Eddy generated, which is passed over. */
  void synthetic();

  /** Hears of a label that cannot be read, which is passed over. */
  void unreadableLabel(RuntimeException reason);
}
