package dev.eddy.cli.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.common.MetadataVersion;
import org.apache.kafka.server.fault.LoggingFaultHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * One Kafka node, broker and KRaft controller in one, on the loopback address. It is the real
 * broker, with transactions; its data lies in a temporary folder that is deleted when it closes.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedBroker.class);
  private static final int NODE = 1;
  private static final Duration SHUTDOWN = Duration.ofSeconds(1);

  private final TemporaryFolder folder;
  private final int port;
  private final BrokerServer broker;
  private final ControllerServer controller;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedBroker(
      TemporaryFolder folder, int port, SharedServer shared, BootstrapMetadata bootstrap) {
    this.folder = folder;
    this.port = port;
    this.broker = new BrokerServer(shared);
    this.controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), bootstrap);
  }

  /** Starts a broker on any free port; it serves when this returns. */
  public static EmbeddedBroker start() {
    return start(TemporaryFolder.create("eddy-broker-"), 0);
  }

  /**
   * Starts a broker; it serves when this returns.
   *
   * @param folder where its data lies; the broker closes it in the end, also when it cannot start
   * @param port 0: any free one
   * @throws UncheckedIOException if the port is taken or the folder cannot be written
   */
  public static EmbeddedBroker start(TemporaryFolder folder, int port) {
    try (BoundSockets sockets = new BoundSockets()) {
      int brokerPort = sockets.bind(port);
      int controllerPort = sockets.bind(0);
      EmbeddedBroker started = create(folder, brokerPort, controllerPort, sockets);
      started.startup();
      return started;
    } catch (IOException e) {
      folder.close();
      throw new UncheckedIOException("embedded broker: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  private static EmbeddedBroker create(
      TemporaryFolder folder, int brokerPort, int controllerPort, BoundSockets sockets)
      throws IOException {
    format(folder.path());
    KafkaConfig config =
        new KafkaConfig(settings(folder.path(), brokerPort, controllerPort), false);
    Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> formatted =
        KafkaRaftServer.initializeLogDirs(config, log, "");
    String clusterId = formatted._1().clusterId().orElseThrow();
    // The broker's own handlers halt the JVM on a fault; here it is a guest, so they only log.
    SharedServer shared =
        new SharedServer(
            config,
            formatted._1(),
            Time.SYSTEM,
            Server.initializeMetrics(config, Time.SYSTEM, clusterId),
            CompletableFuture.completedFuture(
                QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
            List.of(),
            (name, fatal, action) -> new LoggingFaultHandler(name, action),
            sockets);
    return new EmbeddedBroker(folder, brokerPort, shared, formatted._2());
  }

  private static void format(Path folder) throws IOException {
    try {
      new Formatter()
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .setNodeId(NODE)
          .setClusterId(Uuid.randomUuid().toString())
          .setReleaseVersion(MetadataVersion.latestProduction())
          .setControllerListenerName("CONTROLLER")
          .addDirectory(folder.toString())
          .setMetadataLogDirectory(folder.toString())
          .run();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("storage could not be formatted in " + folder, e);
    }
  }

  private static Map<String, String> settings(Path folder, int brokerPort, int controllerPort) {
    Map<String, String> settings = new HashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", String.valueOf(NODE));
    settings.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put(
        "listeners",
        "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(brokerPort, controllerPort));
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("inter.broker.listener.name", "PLAINTEXT");
    settings.put("log.dirs", folder.toString());
    settings.put("auto.create.topics.enable", "false");
    settings.put("controlled.shutdown.enable", "false");
    // One node holds every replica, and internal topics of one process need few partitions.
    settings.put("default.replication.factor", "1");
    settings.put("min.insync.replicas", "1");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "4");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("transaction.state.log.num.partitions", "4");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("group.initial.rebalance.delay.ms", "0");
    // Kafka preallocates index files by this size for each segment of each partition.
    settings.put("log.index.size.max.bytes", String.valueOf(1 << 20));
    settings.put("log.segment.bytes", String.valueOf(64 << 20));
    settings.put("log.cleaner.dedupe.buffer.size", String.valueOf(16 << 20));
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    settings.put("background.threads", "2");
    settings.put("num.recovery.threads.per.data.dir", "1");
    return settings;
  }

  private void startup() {
    try {
      controller.startup();
      broker.startup();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Returns what goes into {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** Returns the folder that holds its data while it runs. */
  Path folder() {
    return folder.path();
  }

  /** Stops the node and deletes its folder. Calling it again does nothing. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      broker.shutdown(SHUTDOWN);
      controller.shutdown();
    } finally {
      folder.close();
    }
  }
}
