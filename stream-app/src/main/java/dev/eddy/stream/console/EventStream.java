package dev.eddy.stream.console;

import dev.eddy.stream.StreamStatus;
import io.javalin.http.sse.SseClient;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server-sent events: the status and the chart's new points each second, and each new alert within
 * a quarter of a second. Each client is served by a thread of its own and keeps its own place, so a
 * slow one delays nobody; there are at most {@value #CLIENTS}.
 */
final class EventStream implements AutoCloseable {
  static final int CLIENTS = 16;
  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
  private static final long TICK_MILLIS = 250;
  private static final int TICKS_PER_STATUS = 4;

  private final Supplier<StreamStatus> status;
  private final AlertLog alerts;
  private final RecentScores scores;
  private final Semaphore free = new Semaphore(CLIENTS);
  private volatile boolean open = true;

  EventStream(Supplier<StreamStatus> status, AlertLog alerts, RecentScores scores) {
    this.status = status;
    this.alerts = alerts;
    this.scores = scores;
  }

  /** Serves a client until it leaves. */
  void serve(SseClient client) {
    if (!free.tryAcquire()) {
      client.sendComment("too many clients");
      client.close();
      return;
    }
    try {
      follow(client);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.atDebug().setCause(e).log("client left");
    } finally {
      free.release();
      close(client);
    }
  }

  private static void close(SseClient client) {
    try {
      client.close();
    } catch (RuntimeException e) { // its response is gone already
      LOG.atDebug().setCause(e).log("client left");
    }
  }

  private void follow(SseClient client) throws InterruptedException {
    long alertNumber = alerts.lastNumber();
    long scoredAt = lastOf(scores.after(0), 0);
    for (int tick = 0; open && !client.terminated(); tick++) {
      for (AlertLog.Entry entry : alerts.after(alertNumber)) {
        client.sendEvent("alert", entry.alert());
        alertNumber = entry.number();
      }
      if (tick % TICKS_PER_STATUS == 0 && !client.terminated()) {
        client.sendEvent("status", status.get());
        List<ScorePoint> points = scores.after(scoredAt);
        scoredAt = lastOf(points, scoredAt);
        if (!points.isEmpty() && !client.terminated()) {
          client.sendEvent("scores", points);
        }
      }
      Thread.sleep(TICK_MILLIS);
    }
  }

  private static long lastOf(List<ScorePoint> points, long otherwise) {
    return points.isEmpty() ? otherwise : points.get(points.size() - 1).at();
  }

  /** Lets every client go within a quarter of a second. */
  @Override
  public void close() {
    open = false;
  }
}
