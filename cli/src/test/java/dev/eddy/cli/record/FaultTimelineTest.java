package dev.eddy.cli.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FaultTimelineTest {

  private final FaultTimeline timeline = new FaultTimeline();

  @Test
  void saysNoneBeforeAnyFault() {
    assertThat(timeline.label(0, 100)).isEqualTo(FaultLabel.NONE);
  }

  @Test
  void labelsTimeThatAFaultCoversByHalf() {
    timeline.started(FaultKind.CPU_HOG, 4, 150);

    assertThat(timeline.label(100, 200)).isEqualTo(new FaultLabel("cpu-hog", "4"));
  }

  @Test
  void leavesTimeUnlabelledThatAFaultCoversByLessThanHalf() {
    timeline.started(FaultKind.CPU_HOG, 4, 151);

    assertThat(timeline.label(100, 200)).isEqualTo(FaultLabel.NONE);
  }

  @Test
  void endsTheLabelWithTheFault() {
    timeline.started(FaultKind.FORK_STORM, 1, 100);
    timeline.ended(350);

    assertThat(timeline.label(300, 400)).isEqualTo(new FaultLabel("fork-storm", "1"));
    assertThat(timeline.label(301, 401)).isEqualTo(FaultLabel.NONE);
    assertThat(timeline.label(1_000, 1_100)).isEqualTo(FaultLabel.NONE);
  }

  @Test
  void keepsTheEndWhenAFaultThatNeverStartedEndsAfterIt() {
    timeline.started(FaultKind.FORK_STORM, 1, 100);
    timeline.ended(200);
    timeline.ended(900);

    assertThat(timeline.label(500, 600)).isEqualTo(FaultLabel.NONE);
  }

  @Test
  void copesWithAMonotonicClockThatOverflows() {
    timeline.started(FaultKind.DISK_FLOOD, 2, Long.MAX_VALUE - 10);

    FaultLabel label = timeline.label(Long.MAX_VALUE - 5, Long.MIN_VALUE + 100);

    assertThat(label.fault()).isEqualTo("disk-flood");
  }
}
