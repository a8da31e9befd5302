package dev.eddy.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.eddy.feature.FeatureMatrix;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Copies rows between heap and native memory through one direct buffer that is used again, so that
 * a batch costs one copy and no allocation. An instance belongs to one thread; an array that it
 * made is valid until the next is made, because on the CPU the array reads the buffer itself.
 */
public final class Matrices {
  private static final int ALIGNMENT = 64;

  private ByteBuffer buffer = allocate(1 << 14);

  /** Copies rows to native memory; shape (rows, columns), attached to the manager. */
  public NDArray toNative(NDManager manager, FeatureMatrix rows) {
    int cells = rows.rows() * rows.columns();
    if (buffer.capacity() < cells * Float.BYTES) {
      buffer = allocate(Math.max(cells * Float.BYTES, 2 * buffer.capacity()));
    }
    buffer.clear().limit(cells * Float.BYTES);
    buffer.asFloatBuffer().put(rows.values(), 0, cells);
    return manager.create(buffer, new Shape(rows.rows(), rows.columns()), DataType.FLOAT32);
  }

  /** Copies a native matrix of shape (rows, columns) to the heap. */
  public static FeatureMatrix toHeap(NDArray array) {
    int rows = Math.toIntExact(array.getShape().get(0));
    int columns = Math.toIntExact(array.getShape().get(1));
    FeatureMatrix matrix = new FeatureMatrix(columns, rows);
    for (int i = 0; i < rows; i++) {
      matrix.append();
    }
    array.toByteBuffer(true).asFloatBuffer().get(matrix.values(), 0, rows * columns);
    return matrix;
  }

  /** Returns the rows in order, copied to matrices of at most so many rows each. */
  public static List<FeatureMatrix> chunks(FeatureMatrix rows, int size) {
    List<FeatureMatrix> chunks = new ArrayList<>();
    for (int start = 0; start < rows.rows(); start += size) {
      int end = Math.min(rows.rows(), start + size);
      chunks.add(rows.select(IntStream.range(start, end).toArray()));
    }
    return chunks;
  }

  private static ByteBuffer allocate(int bytes) {
    // Matrix products round differently by alignment: aligned as the engine's own memory is, the
    // same rows give the same result every time.
    int whole =
        ((bytes + ALIGNMENT - 1) / ALIGNMENT) * ALIGNMENT; // a slice ends on a boundary as well
    return ByteBuffer.allocateDirect(whole + ALIGNMENT)
        .alignedSlice(ALIGNMENT)
        .order(ByteOrder.nativeOrder());
  }
}
