package dev.plumbline.ingest.otava;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.input.Csv;
import dev.plumbline.ingest.input.Directions;
import dev.plumbline.ingest.input.Excerpt;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import dev.plumbline.ingest.input.Times;
import dev.plumbline.ingest.input.summary.LoadTest;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the tables that Apache Otava, once Hunter, analyses: a column {@code time}, perhaps {@code commit}, {@code
 * branch} and {@code version}, and a column for each metric; every row is a run. Without a commit the time is used
 * instead.
 *
 * <p>The table names no test: the file name is used instead. The better direction is defined in Otava's configuration,
 * where higher is the default; names such as {@code p99_latency} imply lower.
 */
public final class OtavaCsvReader implements ResultReader {
    private static final Set<String> ATTRIBUTES = Set.of("commit", "branch", "version", "build", "tag", "test", "id");
    private static final DateTimeFormatter DOTS = DateTimeFormatter.ofPattern("yyyy.MM.dd H:mm:ss Z", Locale.ROOT);

    public static boolean recognises(Head head) {
        List<String> columns = Csv.columns(head);
        List<String> lines = head.lines(2);
        if (columns.size() < 2 || !columns.get(0).equals("time") || lines.size() < 2) {
            return false;
        }
        String[] fields = lines.get(1).split("[,;\t]", -1);
        if (fields.length != columns.size() || time(unquoted(fields[0])).isEmpty()) {
            return false;
        }
        boolean metrics = false;
        for (int i = 1; i < fields.length; i++) {
            if (!ATTRIBUTES.contains(columns.get(i))) {
                String field = unquoted(fields[i]);
                if (!field.isEmpty() && Double.isNaN(Texts.number(field))) {
                    return false;
                }
                metrics |= !field.isEmpty();
            }
        }
        return metrics;
    }

    private static String unquoted(String field) {
        return field.strip().replace("\"", "");
    }

    /** Seconds since 1970, ISO 8601, or {@code 2024.01.01 3:00:00 +0100}. */
    private static Optional<Instant> time(String written) {
        if (written.length() > 9 && written.length() < 40 && written.charAt(4) == '.') {
            try {
                return Optional.of(OffsetDateTime.parse(written, DOTS).toInstant());
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }
        return Times.parse(written, ZoneOffset.UTC);
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        try (Csv csv = Csv.open(source).withDistinctColumns()) {
            List<String> columns = csv.columns();
            List<String> names =
                    columns.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
            while (csv.next()) {
                if (csv.size() != columns.size()) {
                    recorder.problem(
                            csv.where(),
                            "the row has " + csv.size() + " of " + columns.size() + " fields; it is skipped");
                    continue;
                }
                Optional<Instant> time = time(csv.field(names.indexOf("time")));
                if (time.isEmpty()) {
                    recorder.problem(
                            csv.where(),
                            Excerpt.quoted(csv.field(names.indexOf("time"))) + " is not a time; the row is skipped");
                    continue;
                }
                String commit = csv.field(names.indexOf("commit"));
                RunFacts facts = new RunFacts()
                        .tool("Apache Otava", "")
                        .elsewhere()
                        .commit(commit.isEmpty() ? time.get().toString() : commit)
                        .branch(csv.field(names.indexOf("branch")))
                        .commitTime(time)
                        .measuredAt(time);
                for (int i = 0; i < names.size(); i++) {
                    if (ATTRIBUTES.contains(names.get(i))) {
                        facts.context(names.get(i), csv.field(i));
                    }
                }
                Optional<RunHeader> header = recorder.header(csv.where(), facts, importContext);
                for (int i = 0; header.isPresent() && i < names.size(); i++) {
                    if (!names.get(i).equals("time") && !ATTRIBUTES.contains(names.get(i))) {
                        value(csv, i, source.stem(), columns.get(i), header.get(), recorder);
                    }
                }
            }
        }
    }

    private static void value(Csv csv, int column, String test, String metric, RunHeader header, Recorder recorder) {
        String written = csv.field(column);
        if (written.isEmpty()) {
            return; // nothing was measured
        }
        double value = Texts.number(written);
        if (!Double.isFinite(value)) {
            recorder.problem(
                    csv.where(),
                    "metric " + Excerpt.quoted(metric) + ": " + Excerpt.quoted(written)
                            + " is no finite number; it is skipped");
            return;
        }
        Better better = Directions.ofName(metric).orElse(Better.HIGHER);
        recorder.benchmark(csv.where(), test, Map.of())
                .ifPresent(benchmark ->
                        new LoadTest(recorder, csv.where(), header, benchmark).value(metric, "", better, value));
    }
}
