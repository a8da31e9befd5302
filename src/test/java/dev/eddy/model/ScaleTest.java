package dev.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScaleTest {
  private static final int TERMS = 500;

  @Test
  void gradientsHaveTheFactorAfterAGarbageCollection() throws InterruptedException {
    Tensors weights = Tensors.of(Map.of("w", Tensor.of(new float[] {1}, 1)));
    try (Parameters parameters = Parameters.forTraining(weights, ModelDevice.CPU);
        NDScope scope = new NDScope();
        NDManager call = parameters.newCall();
        Autograd autograd = new Autograd()) {
      scope.suppressNotUsedWarning();
      NDArray sum = call.zeros(parameters.get("w").getShape());
      for (int i = 0; i < TERMS; i++) {
        sum = sum.add(Scale.by(parameters.get("w"), 3));
      }

      collectGarbage();
      autograd.backward(sum.sum());

      assertThat(parameters.get("w").getGradient().getFloat()).isEqualTo(3f * TERMS);
    }
  }

  /** Returns when a collection has freed what nothing refers to. */
  private static void collectGarbage() throws InterruptedException {
    ReferenceQueue<Object> freed = new ReferenceQueue<>();
    PhantomReference<Object> watched = new PhantomReference<>(new Object(), freed);
    try {
      for (int attempt = 0; attempt < 50 && freed.remove(20) == null; attempt++) {
        System.gc();
      }
    } finally {
      Reference.reachabilityFence(watched);
    }
  }
}
