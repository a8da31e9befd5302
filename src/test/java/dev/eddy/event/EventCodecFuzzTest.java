package dev.eddy.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.definition.StreamDefinition.Format;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventCodecFuzzTest {
  private static final long SEED = 20_261_123;
  private static final String BITS = "{}[]\",:-+.eE0123456789\\u tfn\n\r\u00e9\u0000";

  private static final String JSON =
      "{\"ts\":\"2023-11-14T22:13:20.5+01:00\",\"host\":\"web-1\",\"load\":-1.5e-3,"
          + "\"bytes\":\"12\",\"service\":\"h\\u00e9\",\"x\":[{\"y\":null}],\"attack\":true}";
  private static final String CSV =
      "2023-11-14 22:13:20.5+0100,web-1,-1.5e-3,12,\"h,\"\"\u00e9\",normal,note";

  @ParameterizedTest
  @EnumSource(Format.class)
  void neverThrowsAndNeverMakesUpAValue(Format format) {
    EventCodec codec = EventCodecs.of(EventFixture.definition(format));
    String text = format == Format.JSON ? JSON : CSV;
    byte[] valid = text.getBytes(StandardCharsets.UTF_8);
    assertThat(EventFixture.decode(codec, text)).isInstanceOf(Event.class);
    SplittableRandom random = new SplittableRandom(SEED);

    int events = 0;
    for (int i = 0; i < 4_000; i++) {
      byte[] value = mutate(valid, random);
      DecodedEvent decoded =
          codec.decode(null, value, EventFixture.RECORD_TIME, EventFixture.SOMEWHERE);
      if (decoded instanceof Event event) {
        events++;
        assertThat(isSound(event)).as("seed %d, round %d", SEED, i).isTrue();
      }
    }

    assertThat(events).as("some mutations do no harm").isBetween(50, 3_950);
  }

  private static boolean isSound(Event event) {
    boolean sound = !event.entity().isEmpty() && event.timestampMillis() >= 0;
    for (int i = 0; i < event.numberCount(); i++) {
      sound &= !Double.isInfinite(event.number(i));
    }
    return sound;
  }

  private static byte[] mutate(byte[] valid, SplittableRandom random) {
    byte[] value = valid.clone();
    int changes = random.nextInt(1, 4);
    for (int i = 0; i < changes && value.length > 0; i++) {
      int at = random.nextInt(value.length);
      switch (random.nextInt(5)) {
        case 0 -> value[at] = (byte) random.nextInt(256);
        case 1 -> value[at] = (byte) BITS.charAt(random.nextInt(BITS.length()));
        case 2 -> value = Arrays.copyOf(value, at);
        case 3 -> value = splice(value, at, new byte[] {value[random.nextInt(value.length)]}, at);
        default -> {
          int end = random.nextInt(at, value.length);
          value = splice(value, at, Arrays.copyOfRange(value, at, end), at);
        }
      }
    }
    return value;
  }

  private static byte[] splice(byte[] value, int at, byte[] inserted, int from) {
    byte[] spliced = new byte[value.length + inserted.length];
    System.arraycopy(value, 0, spliced, 0, at);
    System.arraycopy(inserted, 0, spliced, at, inserted.length);
    System.arraycopy(value, from, spliced, at + inserted.length, value.length - from);
    return spliced;
  }
}
