package dev.eddy.cli.demo;

import org.jspecify.annotations.Nullable;

/** Where the demo's events come from. Confined to one thread. */
interface EventSource {

  /** Returns the next event, waiting for it where it has yet to happen; null: there are no more. */
  @Nullable DemoEvent next() throws InterruptedException;

  /** Returns whether it is known of each event if it belongs to a fault. */
  boolean knowsTruth();
}
