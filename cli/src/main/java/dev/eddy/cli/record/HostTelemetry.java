package dev.eddy.cli.record;

import java.time.Clock;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * This host as a source of telemetry: each call gives what happened since the call before.
 *
 * <p>Confined to one thread. For samples at a steady pace see {@link SampleTicker}.
 */
public final class HostTelemetry {

  private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9._-]{1,253}");

  private final String host;
  private final ReadingsSource source;
  private @Nullable HostReadings previous;

  /**
   * Creates telemetry over any source of readings.
   *
   * @throws IllegalArgumentException when the host is no host name
   */
  HostTelemetry(String host, ReadingsSource source) {
    if (!isHostName(host)) {
      throw new IllegalArgumentException(
          "host must match " + HOST_NAME.pattern() + ", got " + host);
    }
    this.host = host;
    this.source = source;
  }

  /**
   * Opens the telemetry of the machine this runs on.
   *
   * @param host the entity name that samples carry
   * @param clock gives samples their time
   */
  public static HostTelemetry ofThisHost(String host, Clock clock) {
    return new HostTelemetry(host, new OshiReadings(clock));
  }

  /** Whether a text can name an entity; such a name needs no quoting in any format of ours. */
  static boolean isHostName(String text) {
    return HOST_NAME.matcher(text).matches();
  }

  /**
   * Takes a sample; empty on the first call, which only sets the baseline that rates are computed
   * from.
   */
  public Optional<TelemetrySample> sample() {
    HostReadings now = source.read();
    HostReadings before = previous;
    previous = now;
    return before == null
        ? Optional.empty()
        : Optional.of(new TelemetrySample(now.time(), host, now.since(before)));
  }
}
