package dev.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionTest {
  private static final Tensors ONE = Tensors.of(Map.of("w", Tensor.of(new float[] {3}, 1)));
  private static final ModelDevice GPU = new ModelDevice("gpu:0");
  private final List<ModelDevice> lost = new ArrayList<>();
  private final DeviceListener listener = (from, reason) -> lost.add(from);

  @Test
  void doesACallAgainOnTheCpuWhenTheGpuFailsInIt() {
    try (Session session = lyingGpu()) {
      List<ModelDevice> tried = new ArrayList<>();

      float[] result =
          session.call(
              (parameters, call) -> {
                tried.add(session.device());
                if (session.device().equals(GPU)) {
                  throw new EngineException("CUDA out of memory");
                }
                return call.zeros(parameters.get("w").getShape())
                    .add(parameters.get("w"))
                    .toFloatArray();
              });

      assertThat(result).containsExactly(3f);
      assertThat(tried).containsExactly(GPU, ModelDevice.CPU);
      assertThat(lost).containsExactly(GPU);
      assertThat(session.device()).isEqualTo(ModelDevice.CPU);
    }
  }

  @Test
  void opensOnTheCpuWhenTheGpuHasNoRoom() {
    try (Session session =
        new Session(
            GPU,
            listener,
            device -> {
              if (device.equals(GPU)) {
                throw new EngineException("CUDA out of memory");
              }
              return Parameters.forInference(ONE, device);
            })) {
      assertThat(session.device()).isEqualTo(ModelDevice.CPU);
      assertThat(lost).containsExactly(GPU);
    }
  }

  @Test
  void failsWhenTheCpuFails() {
    try (Session session = new Session(ONE, ModelDevice.CPU, listener)) {
      assertThatThrownBy(
              () ->
                  session.call(
                      (parameters, call) -> {
                        throw new EngineException("no memory");
                      }))
          .isInstanceOf(EngineFailedException.class)
          .hasRootCauseMessage("no memory");
      assertThat(lost).isEmpty();
    }
  }

  @Test
  void throwsRatherThanLeaksWhenAResultJoinsTheParameters() {
    try (Session session = new Session(ONE, ModelDevice.CPU, listener)) {
      assertThatThrownBy(() -> session.call((parameters, call) -> parameters.get("w").square()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("capped");
    }
  }

  @Test
  void trainsAgainOnTheCpuWhenTheGpuFails() {
    // Engines asks the engine for real devices; a host without a GPU has none to lose.
    String result =
        Engines.retry(
            GPU,
            listener,
            device -> {
              if (device.equals(GPU)) {
                throw new EngineException("device lost");
              }
              return device.name();
            });

    assertThat(result).isEqualTo("cpu");
    assertThat(lost).containsExactly(GPU);
  }

  @Test
  void refusesAGpuThatIsNotThere() {
    assertThatThrownBy(() -> Engines.newManager(new ModelDevice("gpu:99")))
        .isInstanceOf(DeviceUnavailableException.class)
        .hasMessageContaining("gpu:99 is not there");
  }

  private Session lyingGpu() {
    return new Session(GPU, listener, device -> Parameters.forInference(ONE, ModelDevice.CPU));
  }
}
