package dev.eddy.kafka;

import static java.util.Objects.requireNonNull;

import dev.eddy.definition.StreamDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.record.TimestampType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the topics of a stream that are missing. */
public final class TopicCreator {
  private static final Logger LOG = LoggerFactory.getLogger(TopicCreator.class);
  private static final String CLIENT_ID = "eddy-topics";

  /** Large enough for a chunk of a model and its headers. */
  private static final int MODEL_MESSAGE_BYTES = 1 << 20;

  private final KafkaSettings settings;

  /** Makes a creator; it opens an admin client for each call. */
  public TopicCreator(KafkaSettings settings) {
    this.settings = settings;
  }

  /**
   * Creates what is missing and leaves alone what is there, also when several processes do this at
   * once. The source topic must be there: it is the user's.
   *
   * @return names of the topics that were created
   * @throws TopicException if the source topic is missing or the broker refuses
   */
  public Set<String> createMissing(StreamDefinition definition) {
    try (Admin admin = Admin.create(settings.admin(CLIENT_ID))) {
      Set<String> present = present(admin);
      Topics topics = Topics.of(definition);
      if (!present.contains(topics.source())) {
        throw new TopicException(
            "source.topic must exist on the broker, got %s, which does not; create it, or let eddy replay FILE do it"
                .formatted(topics.source()));
      }
      int partitions = partitionsOf(admin, topics.source());
      List<NewTopic> missing = new ArrayList<>(topicsOf(topics, partitions));
      if (!definition.augmentation().balance().isEmpty()) {
        missing.add(topic(topics.classMix(), 1, kept(Duration.ofDays(1))));
      }
      missing.removeIf(topic -> present.contains(topic.name()));
      return create(admin, missing);
    }
  }

  /**
   * Checks that a topic is there, which a client would wait for in vain.
   *
   * @param remedy who creates it
   * @throws TopicException if it is missing or the broker does not answer
   */
  public void requirePresent(String topic, String remedy) {
    try (Admin admin = Admin.create(settings.admin(CLIENT_ID))) {
      if (!present(admin).contains(topic)) {
        throw new TopicException(
            "topic %s must exist on the broker, found none; %s".formatted(topic, remedy));
      }
    }
  }

  private Set<String> present(Admin admin) {
    return get(
        admin.listTopics().names(),
        "the broker at %s must list its topics"
            .formatted(settings.admin(CLIENT_ID).get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG)));
  }

  /**
   * Creates the source topic where it is missing: for the demo and for replays of files.
   *
   * @throws TopicException if the broker refuses
   */
  public void createSource(StreamDefinition definition, int partitions) {
    try (Admin admin = Admin.create(settings.admin(CLIENT_ID))) {
      String source = definition.source().topic();
      create(admin, List.of(topic(source, partitions, Map.of())));
    }
  }

  /** What design and reference page promise of each topic. */
  static List<NewTopic> topicsOf(Topics topics, int partitions) {
    return List.of(
        topic(topics.scores(), partitions, sinceWritten(Duration.ofDays(1))),
        topic(topics.alerts(), partitions, sinceWritten(Duration.ofDays(30))),
        topic(topics.labels(), partitions, compacted()),
        topic(topics.labelled(), partitions, compacted()),
        topic(topics.augmentationRequests(), partitions, kept(Duration.ofDays(7))),
        topic(topics.synthetic(), partitions, kept(Duration.ofDays(7))),
        topic(topics.syntheticRejected(), partitions, kept(Duration.ofDays(7))),
        topic(topics.models(), 1, models()),
        topic(topics.drift(), 1, kept(Duration.ofDays(30))),
        topic(topics.deadLetters(), partitions, sinceWritten(Duration.ofDays(30))));
  }

  private static Map<String, String> kept(Duration retention) {
    return Map.of(
        TopicConfig.CLEANUP_POLICY_CONFIG,
        TopicConfig.CLEANUP_POLICY_DELETE,
        TopicConfig.RETENTION_MS_CONFIG,
        Long.toString(retention.toMillis()));
  }

  /**
   * Kept for a time since they were written. Scores, alerts and dead letters carry their record's
   * timestamp, which a replay of old records puts far into the past: a broker that counted from
   * there would delete them as soon as they are written.
   */
  private static Map<String, String> sinceWritten(Duration retention) {
    Map<String, String> configuration = new HashMap<>(kept(retention));
    configuration.put(
        TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, TimestampType.LOG_APPEND_TIME.name);
    return configuration;
  }

  private static Map<String, String> compacted() {
    return Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
  }

  private static Map<String, String> models() {
    return Map.of(
        TopicConfig.CLEANUP_POLICY_CONFIG,
        TopicConfig.CLEANUP_POLICY_COMPACT,
        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
        Integer.toString(MODEL_MESSAGE_BYTES));
  }

  /** The replication is the broker's default: what its operator chose. */
  private static NewTopic topic(String name, int partitions, Map<String, String> configuration) {
    return new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(configuration);
  }

  private static int partitionsOf(Admin admin, String topic) {
    var description = admin.describeTopics(Set.of(topic)).topicNameValues().values().iterator();
    return get(description.next(), topic + " must be described").partitions().size();
  }

  private static Set<String> create(Admin admin, List<NewTopic> missing) {
    Set<String> created = new TreeSet<>();
    if (missing.isEmpty()) {
      return created;
    }
    var results = new HashSet<>(admin.createTopics(missing).values().entrySet());
    for (var result : results) {
      if (wasCreated(result.getKey(), result.getValue())) {
        created.add(result.getKey());
      }
    }
    LOG.atInfo().addKeyValue("topics", created).log("created topics");
    return created;
  }

  private static boolean wasCreated(String topic, KafkaFuture<Void> result) {
    try {
      get(result, topic + " must be created");
      return true;
    } catch (TopicException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return false; // another process was faster
      }
      throw e;
    }
  }

  private static <T> T get(KafkaFuture<T> future, String rule) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      Throwable cause = requireNonNull(e.getCause(), "an ExecutionException has a cause");
      throw new TopicException(rule + ", got " + cause.getMessage(), cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TopicException(rule + ", but the wait was interrupted", e);
    }
  }
}
