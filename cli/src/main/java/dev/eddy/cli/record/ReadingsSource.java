package dev.eddy.cli.record;

/** Where readings of the host come from. */
@FunctionalInterface
interface ReadingsSource {

  /** Looks at the host now. */
  HostReadings read();
}
