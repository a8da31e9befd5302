package dev.eddy.trainer.collection;

/**
 * How much a {@link Collector} remembers beside the training set, whatever the stream's length.
 *
 * @param recentRecords last records of the source, for labels that come soon
 * @param recentBytes most bytes of them
 * @param labels last labels; as many may wait for their record
 * @param entities entities whose context is known
 * @param alerts last alerts
 */
record CollectorLimits(int recentRecords, long recentBytes, int labels, int entities, int alerts) {
  static final CollectorLimits DEFAULT =
      new CollectorLimits(50_000, 64L << 20, 500_000, 100_000, 20_000);
}
