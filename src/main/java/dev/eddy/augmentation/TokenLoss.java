package dev.eddy.augmentation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.eddy.model.Scale;

/** Softmax and cross-entropy of rows of tokens, column by column. */
final class TokenLoss {
  private final long[] cuts;

  TokenLoss(TokenLayout layout) {
    this.cuts = layout.cuts();
  }

  /**
   * Returns the mean over rows of the sum over columns of -ln p(token), in nats.
   *
   * @param logits shape (rows, tokens)
   * @param rows places of each row's tokens among all tokens, int64, shape (rows, columns)
   */
  NDArray crossEntropy(NDArray logits, NDArray rows) {
    NDList columns = new NDList();
    for (NDArray column : logits.split(cuts, 1)) {
      columns.add(JniUtils.logSoftmax((PtNDArray) column, 1, DataType.FLOAT32));
    }
    NDArray logShares = NDArrays.concat(columns, 1);
    NDArray sum = JniUtils.gather((PtNDArray) logShares, (PtNDArray) rows, 1).sum();
    return Scale.by(sum, -1f / rows.getShape().get(0));
  }

  /** Returns the shares of tokens in each column; shape (rows, tokens). */
  NDArray softmax(NDArray logits) {
    NDList columns = new NDList();
    for (NDArray column : logits.split(cuts, 1)) {
      columns.add(JniUtils.softmax((PtNDArray) column, 1, DataType.FLOAT32));
    }
    return NDArrays.concat(columns, 1);
  }
}
