package dev.plumbline.ingest.series;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.input.Directions;
import dev.plumbline.ingest.input.Excerpt;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import dev.plumbline.ingest.input.Times;
import dev.plumbline.ingest.input.UnreadableInput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads whole series, a JSON object for each:
 * {@code {"id": …, "values": […], "unit"?, "better"?, "metric"?, "parameters"?, "times"?, "revisions"?}}.
 *
 * <p>Every value is a run of its own. Values at the same place of two lines with equal times and revisions belong to
 * one run. Without revisions, the position counted from 1 is used as the revision, such as {@code #12}. A value that is
 * no number leaves its place empty.
 */
public final class SeriesLinesReader implements ResultReader {
    private static final int LONGEST_SERIES = 5_000_000;

    public static boolean recognises(Head head) {
        return head.isObject()
                && (head.has("id") && head.has("values") || head.has("series") && head.has("t") && head.has("y"));
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        try (Json json = Json.open(source, sink)) {
            Reading reading = new Reading(json, importContext, new Recorder(sink));
            while (json.next()) {
                if (json.isList()) {
                    json.list(reading::series);
                } else {
                    reading.series();
                }
            }
        }
    }

    private static final class Reading {
        private final Json json;
        private final ImportContext importContext;
        private final Recorder recorder;
        private List<String> lastTimes = List.of();
        private List<String> lastRevisions = List.of();
        private String lastBranch = "";
        private final List<Optional<RunHeader>> headers = new ArrayList<>();

        Reading(Json json, ImportContext importContext, Recorder recorder) {
            this.json = json;
            this.importContext = importContext;
            this.recorder = recorder;
        }

        void series() throws IOException {
            String where = json.where();
            String[] texts = {"", "", "", "", ""};
            TreeMap<String, String> parameters = new TreeMap<>();
            double[][] values = {new double[64]};
            int[] count = {0};
            List<Integer> missing = new ArrayList<>();
            List<String> times = new ArrayList<>();
            List<String> revisions = new ArrayList<>();
            json.object(key -> {
                switch (key) {
                    case "id", "series" -> texts[0] = json.text();
                    case "unit" -> texts[1] = json.text();
                    case "better", "direction" -> texts[2] = json.text();
                    case "metric" -> texts[3] = json.text();
                    case "source" -> parameters.put("source", json.text());
                    case "branch" -> texts[4] = json.text();
                    case "parameters" -> json.object(name -> parameters.put(Texts.wellFormed(name), json.written()));
                    case "times", "t" -> json.list(() -> times.add(json.text()));
                    case "revisions", "commit", "commits" -> json.list(() -> revisions.add(json.text()));
                    case "values", "y" ->
                        json.list(() -> {
                            if (count[0] == values[0].length) {
                                values[0] = Arrays.copyOf(values[0], count[0] * 2);
                            }
                            double value = json.number();
                            if (!Double.isFinite(value)) {
                                missing.add(count[0] + 1);
                            }
                            values[0][count[0]++] = value;
                            if (count[0] > LONGEST_SERIES) {
                                throw new UnreadableInput(
                                        json.where(),
                                        "the series has more than " + LONGEST_SERIES + " values; split it");
                            }
                        });
                    default -> json.skip();
                }
            });
            if (texts[0].isBlank()) {
                recorder.problem(where, "a series without \"id\"; it is skipped");
                return;
            }
            if (!missing.isEmpty()) {
                recorder.problem(
                        where,
                        "series " + Excerpt.quoted(texts[0]) + ": " + missing.size() + " of " + count[0]
                                + " values are no finite numbers, the first at place " + missing.get(0)
                                + "; their places stay empty");
            }
            complain(where, texts[0], "times", times, count[0]);
            complain(where, texts[0], "revisions", revisions, count[0]);
            headers(where, times, revisions, count[0], texts[4]);
            Optional<Unit> unit = recorder.unit(where, texts[1]);
            Optional<Benchmark> benchmark = recorder.benchmark(where, texts[0], parameters);
            if (unit.isEmpty() || benchmark.isEmpty()) {
                return;
            }
            String metric = texts[3].isBlank() ? Directions.metricName(unit.get()) : texts[3];
            Optional<Better> stated = Directions.stated(texts[2]);
            if (stated.isEmpty() && !texts[2].isBlank()) {
                recorder.problem(
                        where,
                        benchmark.get(),
                        metric,
                        "\"better\" is \"lower\" or \"higher\", not " + Excerpt.quoted(texts[2]));
            }
            Better better = recorder.better(
                    where,
                    metric,
                    unit.get(),
                    stated.or(() -> Directions.ofUnit(unit.get())).or(() -> Directions.ofName(metric)),
                    "set \"better\" to lower or higher");
            Optional<Metric> known = recorder.metric(where, benchmark.get(), metric, unit.get(), better);
            if (known.isEmpty()) {
                return;
            }
            recorder.series(count[0] == 0 ? Optional.empty() : headers.get(0), benchmark.get(), known.get(), count[0]);
            for (int i = 0; i < count[0]; i++) {
                double value = values[0][i];
                if (Double.isFinite(value) && headers.get(i).isPresent()) {
                    recorder.measurement(
                            where, headers.get(i).get(), benchmark.get(), known.get(), Sample.Summary.of(value));
                }
            }
        }

        private void complain(String where, String id, String what, List<String> given, int count) {
            if (!given.isEmpty() && given.size() != count) {
                recorder.problem(
                        where,
                        "series " + Excerpt.quoted(id) + ": " + given.size() + " " + what + " for " + count
                                + " values; using the first ones");
            }
        }

        /** The runs of the places; kept for the next line, which mostly has the same, or the same at other times. */
        private void headers(String where, List<String> times, List<String> revisions, int count, String branch) {
            List<Optional<RunHeader>> known = List.of();
            if (!times.equals(lastTimes) || !revisions.equals(lastRevisions) || !branch.equals(lastBranch)) {
                if (revisions.equals(lastRevisions) && branch.equals(lastBranch)) {
                    known = List.copyOf(headers);
                }
                headers.clear();
                lastTimes = times;
                lastRevisions = revisions;
                lastBranch = branch;
            }
            while (headers.size() < count) {
                int place = headers.size();
                Optional<Instant> time = place < times.size() ? time(where, times.get(place)) : Optional.empty();
                if (time.isPresent() && place < known.size() && known.get(place).isPresent()) {
                    headers.add(Optional.of(known.get(place).get().withMeasuredAt(time.get())));
                    continue;
                }
                String revision = place < revisions.size() ? revisions.get(place) : "";
                RunFacts facts = new RunFacts()
                        .elsewhere()
                        .commit(revision.isBlank() ? "#" + (place + 1) : revision)
                        .branch(branch)
                        .position(place + 1)
                        .measuredAt(time);
                headers.add(recorder.header(where, facts, importContext));
            }
        }

        private Optional<Instant> time(String where, String text) {
            Optional<Instant> time = Times.parse(text, importContext.zone());
            if (time.isEmpty() && !text.isBlank()) {
                recorder.problem(where, Excerpt.quoted(text) + " is not a time; it is ignored");
            }
            return time;
        }
    }
}
