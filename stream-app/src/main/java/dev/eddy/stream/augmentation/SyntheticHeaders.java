package dev.eddy.stream.augmentation;

/** Headers of a synthetic record: what it is and where it comes from, as UTF-8 text. */
public final class SyntheticHeaders {
  /** Always {@code true}; marks a record as synthetic, wherever it turns up. */
  public static final String SYNTHETIC = "eddy-synthetic";

  /** Version of the model that made it. */
  public static final String MODEL = "eddy-model";

  /** The class that was asked for. */
  public static final String CLASS = "eddy-class";

  /** Id of the request. */
  public static final String REQUEST = "eddy-request";

  /** Seed of the request. */
  public static final String SEED = "eddy-seed";

  /** Place of the record in its request, from 0. */
  public static final String ROW = "eddy-row";

  /**
   * How fixed values, rules of the definition or two given records were honoured: {@code rejection}
   * or {@code interpolation}; absent where there were none.
   */
  public static final String GUIDANCE = "eddy-guidance";

  private SyntheticHeaders() {}
}
