package dev.eddy.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.definition.Detection;
import dev.eddy.feature.Encoder;
import dev.eddy.feature.FeatureMatrix;
import dev.eddy.feature.Observation;
import dev.eddy.feature.Sample;
import dev.eddy.model.ModelDevice;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an alert's record, batch size and place in the batch are enough for. */
class ReproducibleScoreTest {
  private static final int ROWS = 300;

  @Test
  void givesARowTheSameBitsWhateverTheOtherRowsOfABatchOfTheSameSize() {
    var stream = new ToyStream(3);
    List<Sample> samples = stream.samples(300);
    Encoder encoder =
        Encoder.fit(ToyStream.DEFINITION, samples.stream().map(Sample::observation).toList());
    DetectionModel model =
        new DetectionTrainer(Detection.DEFAULT).train(encoder, samples, 1, ModelDevice.CPU);
    List<Observation> rows = Stream.generate(stream::ordinary).limit(ROWS).toList();
    var batch = new FeatureMatrix(encoder.width(), ROWS);
    rows.forEach(row -> encoder.encode(row, batch));
    try (Scorer first = model.open(ModelDevice.CPU);
        Scorer again = DetectionModel.fromParts(encoder, model.parts()).open(ModelDevice.CPU)) {
      ScoredBatch scored = first.score(batch);

      for (int row = 0; row < ROWS; row += 7) {
        ScoredBatch repeated = again.score(encoder.encodeAt(rows.get(row), row, ROWS));

        assertThat(repeated.score(row)).as("row %d", row).isEqualTo(scored.score(row));
        assertThat(repeated.detectors(row)).isEqualTo(scored.detectors(row));
      }
    }
  }
}
