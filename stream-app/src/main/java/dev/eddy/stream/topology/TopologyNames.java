package dev.eddy.stream.topology;

/**
 * Names of nodes and stores. They are contracts: a store's name is its changelog topic's, and
 * renaming one forgets what it held.
 */
final class TopologyNames {
  static final String SOURCE = "source";
  static final String DECODE = "decode";
  static final String SCORE = "score";
  static final String ALERT = "alert";
  static final String PASS_THROUGH = "pass-through";
  static final String SCORES = "scores";
  static final String ALERTS = "alerts";
  static final String DEAD_LETTERS = "dead-letters";
  static final String AUGMENTATION_REQUESTS = "augmentation-requests";
  static final String GENERATE = "generate";
  static final String SYNTHETIC = "synthetic";
  static final String SYNTHETIC_REJECTED = "synthetic-rejected";

  static final String COUNT_CLASSES = "count-classes";
  static final String LABELLED = "labelled";
  static final String CLASS_COUNTS = "class-counts";
  static final String CLASS_MIX = "class-mix";
  static final String BALANCE = "balance";
  static final String BALANCE_REQUESTS = "balance-requests";

  /** Hook that passes counts of classes on before a commit. */
  static final String CLASS_COUNT_HOOK = "class-count-hook";

  /** Real records and records asked for, by class. */
  static final String CLASS_BALANCE = "class-balance";

  /** Bytes of the context by entity. */
  static final String ENTITY_CONTEXT = "entity-context";

  /** Hook that writes contexts before a commit. */
  static final String CONTEXT_HOOK = "entity-context-hook";

  /** Hook that scores the open batch before a commit. */
  static final String BATCH_HOOK = "micro-batch-hook";

  /** Alert state by entity. */
  static final String ALERT_STATE = "alert-state";

  /** How many records a minute of event time holds. */
  static final String RECORD_RATE = "record-rate";

  /** Requests that are being answered. */
  static final String OPEN_REQUESTS = "open-requests";

  private TopologyNames() {}
}
