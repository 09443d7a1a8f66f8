package dev.plumbline.ingest.mapping;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.input.Csv;
import dev.plumbline.ingest.input.Directions;
import dev.plumbline.ingest.input.Excerpt;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.RawValues;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Times;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.ingest.input.summary.StatedSummary;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads JSON, JSON Lines or a table by a {@link Mapping}, one record in memory at a time.
 *
 * <p>Values outside the records are looked up in a first pass, because they may follow the records.
 */
public final class MappedReader implements ResultReader {
    private final Mapping mapping;

    public MappedReader(Mapping mapping) {
        this.mapping = requireNonNull(mapping, "mapping");
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Head head = source.head();
        Records records = new Records(source, importContext, new Recorder(sink));
        if (head.isObject() || head.isList()) {
            records.inFile = new FileFacts(mapping).read(source, sink);
            try (Json json = Json.open(source, sink)) {
                while (json.next()) {
                    Locator where = mapping.records()
                            .orElse(new Locator(json.isList() ? List.of(new Locator.Step.Every()) : List.of()));
                    walk(json, where.steps(), "", records);
                }
            }
        } else {
            table(source, records);
        }
        records.tellOfWhatWasNeverFound();
    }

    private static void walk(Json json, List<Locator.Step> steps, String key, Records records) throws IOException {
        if (steps.isEmpty()) {
            String where = json.where();
            records.take(where, key, JsonTree.read(json));
            return;
        }
        Locator.Step step = steps.get(0);
        List<Locator.Step> further = steps.subList(1, steps.size());
        if (json.isList() && !(step instanceof Locator.Step.Member)) {
            int[] index = {0};
            json.list(() -> {
                if (step instanceof Locator.Step.Every
                        || step instanceof Locator.Step.Element element && element.index() == index[0]) {
                    walk(json, further, Integer.toString(index[0] + 1), records);
                }
                index[0]++;
            });
        } else if (json.isObject() && !(step instanceof Locator.Step.Element)) {
            json.object(name -> {
                if (step instanceof Locator.Step.Every
                        || step instanceof Locator.Step.Member member
                                && member.name().equals(name)) {
                    walk(json, further, name, records);
                }
            });
        }
    }

    private void table(Source source, Records records) throws IOException {
        records.decimals = mapping.decimals();
        try (Csv csv = Csv.open(source).withDistinctColumns()) {
            records.columns = csv.columns();
            long row = 0;
            while (csv.next()) {
                Map<String, Object> record = new LinkedHashMap<>();
                for (int i = 0; i < csv.columns().size(); i++) {
                    String field = csv.field(i);
                    if (!field.isEmpty()) {
                        record.putIfAbsent(csv.columns().get(i), field);
                    }
                }
                records.take(csv.where(), Long.toString(++row), record);
            }
        }
    }

    /** Turns records into measurements. */
    private final class Records {
        private final Source source;
        private final ImportContext importContext;
        private final Recorder recorder;
        private final Set<Spot> neverFound = new LinkedHashSet<>();
        private Map<Spot, String> inFile = Map.of();
        private List<String> columns = List.of();
        private Decimals decimals = Decimals.POINT; // as JSON has it
        private long count;
        private boolean anyLookedInto;
        private List<Optional<String>> lastFacts = List.of();
        private Optional<RunHeader> lastHeader = Optional.empty();

        Records(Source source, ImportContext importContext, Recorder recorder) {
            this.source = source;
            this.importContext = importContext;
            this.recorder = recorder;
            neverFound.add(mapping.benchmark());
            neverFound.addAll(mapping.parameters().values());
            Mapping.RevisionSpots revision = mapping.revision();
            List.of(
                            revision.commit(),
                            revision.branch(),
                            revision.commitTime(),
                            revision.time(),
                            revision.environment())
                    .forEach(spot -> spot.ifPresent(neverFound::add));
            mapping.metrics().forEach(metric -> neverFound.add(metric.measure().location()));
            neverFound.removeIf(spot -> spot instanceof Spot.Constant || spot instanceof Spot.RecordKey);
        }

        void take(String where, String key, Object record) {
            count++;
            Optional<String> name = text(mapping.benchmark(), key, record);
            if (name.isEmpty()) {
                recorder.problem(where, "has no benchmark at " + mapping.benchmark() + "; the record is skipped");
                return;
            }
            Map<String, String> parameters = new TreeMap<>();
            mapping.parameters().forEach((parameter, spot) -> text(spot, key, record)
                    .ifPresent(value -> parameters.put(parameter, value)));
            Optional<Benchmark> benchmark = recorder.benchmark(where, name.get(), parameters);
            Optional<RunHeader> header = benchmark.flatMap(known -> header(where, key, record));
            if (header.isEmpty()) {
                return;
            }
            anyLookedInto = true;
            boolean any = false;
            for (Mapping.MappedMetric metric : mapping.metrics()) {
                any |= metric(where, key, record, header.get(), benchmark.orElseThrow(), metric);
            }
            if (!any) {
                recorder.problem(where, "has no value of any metric; the record is skipped");
            }
        }

        private Optional<RunHeader> header(String where, String key, Object record) {
            Mapping.RevisionSpots spots = mapping.revision();
            List<Optional<String>> facts = List.of(
                    spots.commit().flatMap(spot -> text(spot, key, record)),
                    spots.branch().flatMap(spot -> text(spot, key, record)),
                    spots.commitTime().flatMap(spot -> text(spot, key, record)),
                    spots.time().flatMap(spot -> text(spot, key, record)),
                    spots.environment().flatMap(spot -> text(spot, key, record)));
            if (lastHeader.isEmpty() || !facts.equals(lastFacts)) {
                RunFacts run = new RunFacts().tool("mapping " + mapping.name(), "");
                facts.get(0).ifPresent(run::commit);
                facts.get(1).ifPresent(run::branch);
                Optional<Instant> commitTime = facts.get(2).flatMap(text -> time(where, text));
                Optional<Instant> time = facts.get(3).flatMap(text -> time(where, text));
                run.commitTime(commitTime);
                run.measuredAt(time);
                facts.get(4).ifPresent(environment -> run.machine(Environment.NAME, environment));
                // a stated time that is not understood is not now: a value at a wrong place does harm
                boolean understood = commitTime.isPresent() == facts.get(2).isPresent()
                        && time.isPresent() == facts.get(3).isPresent();
                lastHeader = understood ? recorder.header(where, run, importContext) : Optional.empty();
                lastFacts = facts;
            }
            return lastHeader;
        }

        private Optional<Instant> time(String where, String text) {
            Optional<TimePattern> pattern = mapping.revision().timePattern();
            Optional<Instant> time = pattern.isPresent()
                    ? pattern.get().parse(text, importContext.zone())
                    : Times.parse(text, importContext.zone());
            if (time.isEmpty()) {
                recorder.problem(
                        where,
                        Excerpt.quoted(text) + " is no time"
                                + pattern.map(letters -> " written as " + letters)
                                        .orElse("; write 2026-01-31T12:00:00Z or seconds since 1970, or give its"
                                                + " format with time-format")
                                + "; the record is skipped");
            }
            return time;
        }

        /** Hands one metric on; false when the record has no number for it. */
        private boolean metric(
                String where,
                String key,
                Object record,
                RunHeader header,
                Benchmark benchmark,
                Mapping.MappedMetric metric) {
            List<Object> found = find(metric.measure().location(), key, record);
            if (found.isEmpty()) {
                return false;
            }
            Optional<Unit> unit = recorder.unit(
                    where,
                    metric.unit().flatMap(spot -> text(spot, key, record)).orElse(""));
            if (unit.isEmpty()) {
                return false;
            }
            String name = metric.name()
                    .flatMap(spot -> text(spot, key, record))
                    .orElseGet(() -> Directions.metricName(unit.get()));
            Better better = recorder.better(
                    where,
                    name,
                    unit.get(),
                    metric.better()
                            .flatMap(spot -> text(spot, key, record))
                            .flatMap(Directions::stated)
                            .or(() -> Directions.ofUnit(unit.get()))
                            .or(() -> Directions.ofName(name)),
                    "set better: to lower or higher in the mapping");
            if (metric.measure() instanceof Mapping.Measure.Raw raw) {
                RawValues values = new RawValues();
                found.forEach(value -> add(value, values));
                if (values.count() > 0) {
                    return recorder.values(where, header, benchmark, name, unit.get(), better, raw.center(), values);
                }
                if (values.leftOut() > 0) {
                    recorder.problem(
                            where,
                            benchmark,
                            name,
                            shown(found) + " is no finite number" + commaHint(found) + "; this metric is skipped");
                }
                return values.leftOut() > 0;
            }
            Mapping.Measure.Stated stated = (Mapping.Measure.Stated) metric.measure();
            double location = number(found);
            StatedSummary summary = StatedSummary.location(location);
            stated.deviation().ifPresent(spot -> summary.deviation(number(find(spot, key, record))));
            stated.count().ifPresent(spot -> summary.count(number(find(spot, key, record))));
            stated.quantiles().forEach((share, spot) -> summary.quantile(share, number(find(spot, key, record))));
            if (stated.isMedian()) {
                summary.quantile(0.5, location);
            }
            summary.sample()
                    .ifPresentOrElse(
                            sample -> recorder.directed(where, header, benchmark, name, unit.get(), better, sample),
                            () -> recorder.problem(
                                    where,
                                    benchmark,
                                    name,
                                    shown(found) + " is no finite number" + commaHint(found)
                                            + "; this metric is skipped"));
            return true;
        }

        private void add(Object value, RawValues values) {
            if (value instanceof List<?> list) {
                for (Object each : list) {
                    if (each instanceof List<?> group) {
                        values.endGroup();
                        group.forEach(one -> values.add(number(one)));
                        values.endGroup();
                    } else {
                        values.add(number(each));
                    }
                }
            } else {
                values.add(number(value));
            }
        }

        private String commaHint(List<Object> found) {
            boolean wouldBe = decimals == Decimals.POINT
                    && found.get(0) instanceof String text
                    && text.contains(",")
                    && Double.isFinite(Decimals.COMMA.number(text));
            return wouldBe ? " (decimals: comma would read it)" : "";
        }

        private static String shown(List<Object> found) {
            return found.get(0) instanceof String text ? Excerpt.quoted(text) : "what was found";
        }

        private double number(List<Object> found) {
            return found.isEmpty() ? Double.NaN : number(found.get(0));
        }

        private double number(Object value) {
            return value instanceof String text ? decimals.number(text) : Double.NaN;
        }

        /** The first text that is found. */
        private Optional<String> text(Spot spot, String key, Object record) {
            return find(spot, key, record).stream()
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .filter(text -> !text.isBlank())
                    .findFirst();
        }

        private List<Object> find(Spot spot, String key, Object record) {
            List<Object> found;
            if (spot instanceof Spot.Constant constant) {
                return List.of(constant.text());
            } else if (spot instanceof Spot.RecordKey) {
                return key.isEmpty() ? List.of() : List.of(key);
            } else if (spot instanceof Spot.InFile) {
                String text = inFile.get(spot);
                found = text == null ? List.of() : List.of(text);
            } else {
                found = ((Spot.InRecord) spot).locator().find(record);
            }
            if (!found.isEmpty()) {
                neverFound.remove(spot);
            }
            return found;
        }

        /** Reports names of a declaration that no record has: probably a slip in the declaration. */
        void tellOfWhatWasNeverFound() {
            if (count == 0) {
                recorder.problem(
                        source.name(),
                        "mapping " + Excerpt.quoted(mapping.name()) + " finds no record"
                                + mapping.records().map(where -> " at " + where).orElse(""));
                return;
            }
            if (!anyLookedInto) { // no values were looked for
                mapping.metrics()
                        .forEach(metric -> neverFound.remove(metric.measure().location()));
            }
            for (Spot spot : neverFound) {
                recorder.problem(
                        source.name(),
                        "mapping " + Excerpt.quoted(mapping.name()) + ": nothing found at " + spot + " in any of "
                                + count
                                + (columns.isEmpty()
                                        ? " records"
                                        : " rows; the columns are " + Excerpt.quoted(String.join(", ", columns))));
            }
        }
    }

    /** The facts of the file above its records. */
    private static final class FileFacts {
        private final Map<Spot, String> found = new HashMap<>();
        private final Map<Spot, List<Locator.Step>> wanted = new LinkedHashMap<>();

        FileFacts(Mapping mapping) {
            want(mapping.benchmark());
            mapping.parameters().values().forEach(this::want);
            Mapping.RevisionSpots revision = mapping.revision();
            revision.commit().ifPresent(this::want);
            revision.branch().ifPresent(this::want);
            revision.commitTime().ifPresent(this::want);
            revision.time().ifPresent(this::want);
            revision.environment().ifPresent(this::want);
            for (Mapping.MappedMetric metric : mapping.metrics()) {
                metric.name().ifPresent(this::want);
                metric.unit().ifPresent(this::want);
                metric.better().ifPresent(this::want);
                want(metric.measure().location());
            }
        }

        private void want(Spot spot) {
            if (spot instanceof Spot.InFile inFile) {
                wanted.put(inFile, inFile.locator().steps());
            }
        }

        Map<Spot, String> read(Source source, RunSink sink) throws IOException {
            if (!wanted.isEmpty()) {
                try (Json json = Json.open(source, sink)) {
                    while (json.next() && found.size() < wanted.size()) {
                        walk(json, wanted);
                    }
                }
            }
            return found;
        }

        private void walk(Json json, Map<Spot, List<Locator.Step>> ways) throws IOException {
            Map<Spot, List<Locator.Step>> further = new LinkedHashMap<>();
            ways.forEach((spot, steps) -> {
                if (!steps.isEmpty()) {
                    further.put(spot, steps);
                } else if (json.isScalar()) {
                    found.putIfAbsent(spot, json.text());
                }
            });
            if (further.isEmpty()) {
                json.skip();
            } else if (json.isObject()) {
                json.object(name -> walk(json, after(further, new Locator.Step.Member(name))));
            } else if (json.isList()) {
                int[] index = {0};
                json.list(() -> walk(json, after(further, new Locator.Step.Element(index[0]++))));
            }
        }

        private static Map<Spot, List<Locator.Step>> after(Map<Spot, List<Locator.Step>> ways, Locator.Step step) {
            Map<Spot, List<Locator.Step>> left = new LinkedHashMap<>();
            ways.forEach((spot, steps) -> {
                if (steps.get(0).equals(step) || steps.get(0) instanceof Locator.Step.Every) {
                    left.put(spot, steps.subList(1, steps.size()));
                }
            });
            return left;
        }
    }

    /** One JSON value as maps, lists and texts; null and what is beyond the limit is not there. */
    private static final class JsonTree {
        private static final int MOST = 1_000_000;

        private final Json json;
        private int count;

        private JsonTree(Json json) {
            this.json = json;
        }

        static Object read(Json json) throws IOException {
            return new JsonTree(json).value();
        }

        private Object value() throws IOException {
            if (++count > MOST) {
                throw new UnreadableInput(
                        json.where(), "a record has more than " + MOST + " values; name smaller records");
            }
            if (json.isObject()) {
                Map<String, Object> map = new LinkedHashMap<>();
                json.object(key -> {
                    if (!json.isNull()) {
                        map.putIfAbsent(key, value());
                    }
                });
                return map;
            }
            if (json.isList()) {
                List<Object> list = new ArrayList<>();
                json.list(() -> {
                    if (!json.isNull()) {
                        list.add(value());
                    }
                });
                return list;
            }
            return json.text();
        }
    }
}
