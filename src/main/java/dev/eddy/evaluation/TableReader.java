package dev.eddy.evaluation;

import static java.util.Objects.requireNonNull;

import dev.eddy.definition.Feature;
import dev.eddy.definition.StreamDefinition;
import dev.eddy.definition.StreamDefinition.Context;
import dev.eddy.definition.StreamDefinition.Format;
import dev.eddy.definition.StreamDefinition.Labels;
import dev.eddy.definition.StreamDefinition.Source;
import dev.eddy.definition.Suggestion;
import dev.eddy.event.Coordinates;
import dev.eddy.event.DecodedEvent;
import dev.eddy.event.DefinitionDraft;
import dev.eddy.event.Event;
import dev.eddy.event.LeftOut;
import dev.eddy.event.Malformed;
import dev.eddy.event.RowCodec;
import dev.eddy.event.TableException;
import dev.eddy.event.TableFile;
import dev.eddy.event.TableRow;
import dev.eddy.event.TextsAmongNumbers;
import dev.eddy.event.ValueText;
import dev.eddy.feature.ContextLayout;
import dev.eddy.feature.Observation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a labelled file: twice through, first some rows to find out what the columns are,
 * then all of it, in memory that the file's size does not change. Rows go through the codec and the
 * context of the stream-app.
 */
final class TableReader {
  /** Cells of rows that are kept at most: 128 MiB of numbers. */
  private static final int MAXIMUM_CELLS = 16_000_000;

  /** A text takes the place of about so many numbers. */
  private static final int CELLS_PER_CATEGORY = 8;

  private static final String NONE = "none";
  private static final String IGNORED = "ignored, as asked";
  private static final int MOST_SHOWN = 3;
  private static final int MOST_CLASSES = 1_000;
  private static final int REPORT_EVERY = 10_000;

  private final Path file;
  private final TableRequest request;
  private final LongConsumer progress;
  private final Map<String, String> leftOut = new LinkedHashMap<>();
  private final Set<String> columns = new LinkedHashSet<>();
  private final Map<String, Long> classes = new HashMap<>();
  private final Map<String, String> texts = new HashMap<>();
  private final List<Kept> kept = new ArrayList<>();
  private final SplittableRandom random;
  private @Nullable EntityPasts pasts;
  private long labelled;
  private long unlabelled;

  private record Kept(long place, Observation observation, String label) {}

  TableReader(Path file, TableRequest request, LongConsumer progress) {
    this.file = file;
    this.request = request;
    this.progress = progress;
    this.random = new SplittableRandom(request.seed());
  }

  /** Returns a reader of a file that follows this one, which was read: pasts go on there. */
  TableReader following(Path next, TableRequest like) {
    TableReader reader = new TableReader(next, like, progress);
    reader.pasts = requireNonNull(pasts, "pasts");
    reader.pasts.follow();
    return reader;
  }

  LabelledTable read() {
    requireNotTheLabel(request.entity(), "entity");
    requireNotTheLabel(request.timestamp(), "time");
    requireNotIgnored(request.label(), "label");
    requireNotIgnored(request.entity(), "entity");
    requireNotIgnored(request.timestamp(), "timestamp");
    StreamDefinition definition = request.definition() == null ? draft() : given();
    observeAll(definition);
    if (labelled == 0) {
      throw new TableException(
          unlabelled == 0
              ? "%s must hold at least one row, found none".formatted(file)
              : "%s column %s must hold labels, found none in %d rows"
                  .formatted(file, request.label(), unlabelled));
    }
    passOverNone();
    requireClassesThatComeAgain();
    Set<String> normal =
        request.normal().isEmpty() ? LabelledTable.normalOf(classes) : request.normal();
    kept.sort(Comparator.comparingLong(Kept::place));
    List<LabelledObservation> rows = new ArrayList<>(kept.size());
    for (Kept row : kept) {
      rows.add(
          new LabelledObservation(
              row.observation(), normal.contains(row.label()) ? null : row.label()));
    }
    return new LabelledTable(
        definition,
        leftOut,
        normal,
        rows,
        labelled,
        unlabelled,
        requireNonNull(pasts, "pasts").late());
  }

  private void requireNotIgnored(@Nullable String column, String use) {
    if (column != null && request.ignored().contains(column)) {
      throw new TableException(
          "--ignore must leave the %s of the rows, got %s".formatted(use, column));
    }
  }

  private void requireNotTheLabel(@Nullable String column, String use) {
    if (request.label().equals(column)) {
      throw new TableException(
          "--label must name another column than that of the %s, got %s for both"
              .formatted(use, column));
    }
  }

  /** Finds out what the columns are; what was not asked for is no entity and no time. */
  private StreamDefinition draft() {
    DefinitionDraft draft;
    try (TableFile rows = TableFile.open(file)) {
      if (!rows.hasNext()) {
        throw new TableException("%s must hold at least one row, found none".formatted(file));
      }
      draft =
          DefinitionDraft.of(
              new DefinitionDraft.Request(
                  "evaluate",
                  "evaluate",
                  Format.JSON,
                  request.entity(),
                  request.timestamp(),
                  request.label()),
              withoutIgnored(rows));
    } catch (IllegalArgumentException e) {
      requireColumns();
      throw new TableException("%s: %s".formatted(file, e.getMessage()), e);
    }
    requireNumbers(draft.slips());
    leftOut.putAll(draft.leftOut());
    StreamDefinition found = draft.definition();
    report(found.source().entity(), request.entity(), "looks like the entity", "--entity");
    report(found.source().timestamp(), request.timestamp(), "looks like the time", "--timestamp");
    request.ignored().forEach(column -> leftOut.put(column, IGNORED));
    return found
        .withSource(
            new Source(
                found.source().topic(),
                Format.JSON,
                request.entity(),
                request.timestamp(),
                List.of()))
        .withContext(request.series() ? Context.HISTORY : Context.NONE)
        .withLabels(new Labels(request.label(), found.labels().normal(), null));
  }

  private void requireNumbers(Map<String, String> slips) {
    if (!slips.isEmpty()) {
      String found =
          slips.entrySet().stream()
              .limit(MOST_SHOWN)
              .map(
                  column ->
                      "column %s must hold numbers, %s"
                          .formatted(column.getKey(), column.getValue()))
              .collect(Collectors.joining("; "));
      int more = slips.size() - MOST_SHOWN;
      throw new TableException(
          "%s %s%s; mend the file, or leave out what is no number: --ignore %s"
              .formatted(
                  file,
                  found,
                  more > 0 ? "; and %d columns more".formatted(more) : "",
                  String.join(",", slips.keySet())));
    }
  }

  private void report(@Nullable String found, @Nullable String asked, String like, String option) {
    if (found != null && !found.equals(asked)) {
      leftOut.put(found, "%s; %s %s to use it".formatted(like, option, found));
    }
  }

  private Iterator<TableRow> withoutIgnored(TableFile rows) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public TableRow next() {
        TableRow row = rows.next();
        columns.addAll(row.values().keySet());
        if (request.ignored().isEmpty()) {
          return row;
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>(row.values());
        values.keySet().removeAll(request.ignored());
        return new TableRow(row.line(), values);
      }
    };
  }

  private void requireColumns() {
    requireColumn("--label", request.label(), columns);
    requireColumn("--entity", request.entity(), columns);
    requireColumn("--timestamp", request.timestamp(), columns);
  }

  private void requireColumn(String option, @Nullable String name, Collection<String> names) {
    if (name != null && !names.contains(name)) {
      String separated =
          names.size() == 1
              ? "; values are told apart by commas, semicolons, tabs or |, which the header decides"
              : Suggestion.didYouMean(name, names);
      throw new TableException(
          "%s must name a column of %s, which are %s; got %s%s"
              .formatted(option, file, LeftOut.some(List.copyOf(names)), name, separated));
    }
  }

  /**
   * Takes a definition as it is, but for the label, the entity and the time that were asked for,
   * and for features that must not be seen or are not to be.
   */
  private StreamDefinition given() {
    StreamDefinition given = requireNonNull(request.definition());
    Source source = given.source();
    requireNotIgnored(source.entity(), "entity");
    requireNotIgnored(source.timestamp(), "timestamp");
    if (request.entity() == null) {
      requireNotTheLabel(source.entity(), "entity");
    }
    if (request.timestamp() == null) {
      requireNotTheLabel(source.timestamp(), "time");
    }
    request.ignored().forEach(column -> leftOut.put(column, IGNORED));
    Set<String> unseen = new HashSet<>(request.ignored());
    for (Feature feature : given.features()) {
      String name = feature.name();
      if (name.equals(request.label())) {
        leftOut.put(name, "is the label, which detection must not see");
        unseen.add(name);
      } else if (name.equals(request.timestamp())) {
        leftOut.put(name, "is the time");
        unseen.add(name);
      }
    }
    if (given.features().stream().allMatch(feature -> unseen.contains(feature.name()))) {
      throw new TableException(
          "the stream must have a feature left to look at, left out all: "
              + String.join("; ", LeftOut.inWords(leftOut)));
    }
    return given
        .withoutFeatures(unseen)
        .withSource(
            new Source(
                source.topic(),
                Format.JSON,
                request.entity() == null ? source.entity() : request.entity(),
                request.timestamp() == null ? source.timestamp() : request.timestamp(),
                List.of()))
        .withLabels(new Labels(request.label(), given.labels().normal(), null));
  }

  private void observeAll(StreamDefinition definition) {
    RowCodec codec = RowCodec.of(definition);
    EntityPasts entities = pasts == null ? new EntityPasts(definition) : pasts;
    pasts = entities;
    Set<String> unseen = new LinkedHashSet<>(definition.fields());
    unseen.addAll(request.ignored());
    int limit = limit(definition);
    long read = 0;
    SeriesColumns series = new SeriesColumns(definition.source());
    Set<String> fields = new LinkedHashSet<>();
    try (TableFile rows = TableFile.open(file)) {
      while (rows.hasNext()) {
        TableRow row = rows.next();
        if (!unseen.isEmpty()) {
          fields.addAll(row.values().keySet());
          unseen.removeAll(row.values().keySet());
        }
        if (++read % REPORT_EVERY == 0) {
          progress.accept(read);
        }
        if (series.lackIn(row)) {
          continue; // refused below, when it is known how many there are
        }
        Event event = event(definition, codec, row);
        series.add(event);
        Observation observation = entities.observe(event);
        String label = row.text(request.label());
        if (isUnlabelled(label)) {
          unlabelled++;
        } else {
          keep(observation, count(requireNonNull(label).strip()), limit);
        }
      }
    }
    if (read > 0) {
      requireSeen(unseen, fields);
    }
    series.requireComplete(file, read);
    leftOut.putAll(series.used());
  }

  /** A word for a missing value is no class, unless it was asked for. */
  private boolean isUnlabelled(@Nullable String label) {
    if (label == null || label.isBlank()) {
      return true;
    }
    String value = label.strip();
    if (request.normal().contains(value)) {
      return false;
    }
    return ValueText.isMissingClass(value)
        || (value.equalsIgnoreCase(NONE) && !request.normal().isEmpty());
  }

  /** The word none means normal, but where another value does: there it is no label. */
  private void passOverNone() {
    Set<String> said = LabelledTable.saidNormal(classes.keySet());
    Set<String> nones = new HashSet<>(said);
    nones.removeIf(value -> !value.equalsIgnoreCase(NONE));
    if (!request.normal().isEmpty() || nones.size() == said.size()) {
      return;
    }
    for (String none : nones) {
      long count = requireNonNull(classes.remove(none));
      labelled -= count;
      unlabelled += count;
    }
    kept.removeIf(row -> nones.contains(row.label()));
  }

  /** A column that is misspelt in {@code --ignore} stays in, and may be a second label. */
  private void requireSeen(Set<String> unseen, Set<String> fields) {
    for (String name : unseen) {
      throw new TableException(
          request.ignored().contains(name)
              ? "--ignore must name columns of %s, which are %s; got %s%s"
                  .formatted(
                      file, String.join(", ", fields), name, Suggestion.didYouMean(name, fields))
              : "%s must have a column %s, found none%s"
                  .formatted(file, name, Suggestion.didYouMean(name, fields)));
    }
  }

  private static int cells(StreamDefinition definition) {
    return definition.numbers().size()
        + ContextLayout.of(definition).columns().size()
        + CELLS_PER_CATEGORY * definition.categories().size();
  }

  private int limit(StreamDefinition definition) {
    return Math.max(1, Math.min(request.maximumRows(), MAXIMUM_CELLS / cells(definition)));
  }

  /**
   * Rows that follow one another in time keep their places. Others get places of chance: files are
   * often sorted by class, and what is held out by its place would be rows of one class.
   */
  private long place(StreamDefinition definition, TableRow row) {
    return definition.context().enabled() ? row.line() : random.nextLong(Long.MAX_VALUE);
  }

  private Event event(StreamDefinition definition, RowCodec codec, TableRow row) {
    DecodedEvent decoded =
        codec.decode(row, row.line(), new Coordinates("evaluate", 0, place(definition, row)));
    if (decoded instanceof Malformed malformed) {
      throw new TableException(
          "%s line %d: %s%s"
              .formatted(file, row.line(), malformed.detail(), textFound(definition, row)));
    }
    return (Event) decoded;
  }

  /**
   * Returns the text where a number or a time should be, and the way out; nothing where there is
   * none.
   */
  private String textFound(StreamDefinition definition, TableRow row) {
    for (Feature feature : definition.numbers()) {
      String name = feature.name();
      String text = row.text(name);
      if (text != null && Double.isNaN(ValueText.number(text)) && !ValueText.isMissing(text)) {
        return ", found \"%s\"; mend the file, or leave the column out with --ignore %s"
            .formatted(TextsAmongNumbers.shown(text), name);
      }
    }
    String time = definition.source().timestamp();
    String text = time == null ? null : row.text(time);
    if (text != null && ValueText.timestampMillis(text) == ValueText.NO_TIMESTAMP) {
      return ", found \"%s\"; write it as 2026-12-31T12:30:00Z, or as seconds since 1970"
          .formatted(TextsAmongNumbers.shown(text));
    }
    return "";
  }

  /** Counts a label's value, and returns one text for all rows that have it. */
  private String count(String label) {
    String known = texts.computeIfAbsent(label, same -> same);
    classes.merge(known, 1L, Long::sum);
    if (classes.size() > MOST_CLASSES) {
      throw new TableException(
          "%s column %s must hold classes, at most %d of them, found more; is it a number?"
              .formatted(file, request.label(), MOST_CLASSES));
    }
    return known;
  }

  private void requireClassesThatComeAgain() {
    if (classes.size() > 2 && classes.size() > labelled / 2) {
      throw new TableException(
          "%s column %s must hold classes, found %d different values in %d rows"
              .formatted(file, request.label(), classes.size(), labelled));
    }
  }

  /** Keeps each row with the same chance (Vitter's algorithm R, 1985). */
  private void keep(Observation observation, String label, int limit) {
    Kept row = new Kept(labelled++, observation, label);
    if (kept.size() < limit) {
      kept.add(row);
      return;
    }
    long place = random.nextLong(labelled);
    if (place < limit) {
      kept.set((int) place, row);
    }
  }
}
