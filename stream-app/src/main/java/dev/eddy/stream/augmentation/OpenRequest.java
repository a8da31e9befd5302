package dev.eddy.stream.augmentation;

import dev.eddy.kafka.SchemaJson;
import dev.eddy.schema.AugmentationRequest;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A request that is being answered.
 *
 * @param done rows that were published or refused
 */
record OpenRequest(AugmentationRequest request, int done) {
  private static final SchemaJson<AugmentationRequest> JSON =
      SchemaJson.of(AugmentationRequest.class);

  static OpenRequest fromBytes(byte[] bytes) {
    byte[] json = Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length);
    return new OpenRequest(JSON.read(json), ByteBuffer.wrap(bytes).getInt());
  }

  byte[] toBytes() {
    byte[] json = JSON.write(request);
    return ByteBuffer.allocate(Integer.BYTES + json.length).putInt(done).put(json).array();
  }

  int remaining() {
    return request.getRows() - done;
  }

  OpenRequest advancedBy(int rows) {
    return new OpenRequest(request, done + rows);
  }
}
