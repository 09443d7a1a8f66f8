package dev.plumbline.ingest.neutral;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.input.Csv;
import dev.plumbline.ingest.input.Directions;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.RawValues;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Shown;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Surroundings;
import dev.plumbline.ingest.input.Texts;
import dev.plumbline.ingest.input.Times;
import dev.plumbline.ingest.input.UnreadableInput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads tables with one value in a row.
 *
 * <p>Columns {@code benchmark} and {@code value} must be there. Rows of the same run, benchmark and metric make one
 * sample; {@code fork} tells its groups. Columns {@code param:NAME}, {@code env:NAME} and {@code context:NAME} add
 * parameters, facts of the environment and context. A column that is not known stops the reading, because it might be a
 * parameter without which different benchmarks would be mixed up.
 */
public final class NeutralCsvReader implements ResultReader {
    /** Values that wait for more of their sample. More than these are handed on as they are. */
    private static final int MOST_WAITING = 1 << 16;

    /** What is rather one number with its digits in groups than several values of one sample, such as 12 345. */
    private static final Pattern GROUPED_BY_BLANKS =
            Pattern.compile("[0-9]{1,2}(?: [0-9]{3})+(?:[.,][0-9]+)?|[0-9]{3}(?: [0-9]{3})*? 0[0-9]{2}(?: [0-9]{3})*");

    /** What is a whole number in groups where decimals have a comma. */
    private static final Pattern GROUPED_BY_POINTS = Pattern.compile("[-+]?[0-9]{1,3}(?:\\.[0-9]{3})+");

    private static final Pattern DECIMAL_COMMA = Pattern.compile("[-+]?[0-9][0-9.]*,[0-9]+");

    public static boolean recognises(Head head) {
        List<String> columns = Csv.columns(head);
        return columns.contains("benchmark")
                && (columns.contains("value") || columns.contains("values"))
                && !columns.contains("invocation");
    }

    @Override
    public void read(Source source, Surroundings surroundings, RunSink sink) throws IOException {
        try (Csv csv = Csv.open(source)) {
            Table table = new Table(csv, surroundings, new Recorder(sink), columns(source, csv));
            while (csv.next()) {
                table.row();
            }
            table.end();
        }
    }

    private enum Role {
        BENCHMARK,
        METRIC,
        UNIT,
        BETTER,
        PARAMETER,
        REVISION,
        BRANCH,
        COMMIT_TIME,
        POSITION,
        TIME,
        ENVIRONMENT,
        CONTEXT,
        VALUE,
        FORK,
        CENTER,
        DEVIATION,
        COUNT;

        /** Whether rows that differ here belong to different samples. */
        boolean isIdentity() {
            return compareTo(VALUE) < 0;
        }
    }

    private record Column(int index, Role role, String name) {}

    private static List<Column> columns(Source source, Csv csv) throws UnreadableInput {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < csv.columns().size(); i++) {
            columns.add(column(source, i, csv.columns().get(i)));
        }
        for (Role needed : List.of(Role.BENCHMARK, Role.VALUE)) {
            if (columns.stream().noneMatch(column -> column.role == needed)) {
                throw new UnreadableInput(
                        source.name() + ":1", "has no column \"" + needed.name().toLowerCase(Locale.ROOT) + "\"");
            }
        }
        return columns;
    }

    private static Column column(Source source, int index, String name) throws UnreadableInput {
        int colon = name.indexOf(':');
        if (colon > 0) {
            String rest = name.substring(colon + 1).strip();
            switch (name.substring(0, colon).strip().toLowerCase(Locale.ROOT)) {
                case "param", "parameter" -> {
                    return new Column(index, Role.PARAMETER, rest);
                }
                case "env", "environment" -> {
                    return new Column(index, Role.ENVIRONMENT, rest);
                }
                case "context" -> {
                    return new Column(index, Role.CONTEXT, rest);
                }
                default -> throw unknown(source, name);
            }
        }
        Role role =
                switch (name.toLowerCase(Locale.ROOT)) {
                    case "benchmark", "name" -> Role.BENCHMARK;
                    case "metric" -> Role.METRIC;
                    case "unit" -> Role.UNIT;
                    case "better", "direction" -> Role.BETTER;
                    case "value", "values" -> Role.VALUE;
                    case "fork", "group" -> Role.FORK;
                    case "center" -> Role.CENTER;
                    case "deviation" -> Role.DEVIATION;
                    case "count" -> Role.COUNT;
                    case "revision", "commit" -> Role.REVISION;
                    case "branch" -> Role.BRANCH;
                    case "commit_time", "revision_time" -> Role.COMMIT_TIME;
                    case "position" -> Role.POSITION;
                    case "time", "measured_at" -> Role.TIME;
                    case "environment" -> Role.ENVIRONMENT;
                    default -> throw unknown(source, name);
                };
        return new Column(index, role, role == Role.ENVIRONMENT ? "name" : name);
    }

    private static UnreadableInput unknown(Source source, String name) {
        return new UnreadableInput(
                source.name() + ":1",
                "the column " + Shown.quoted(name) + " is not known; is it a parameter? Then call it param:"
                        + (name.isBlank() ? "NAME" : name) + ", or context:… if it does not matter");
    }

    /** What a row measures; the same object for the same one, and a number that no other has. */
    private static final class Subject {
        final long number;
        final String name;
        final SortedMap<String, String> parameters;
        final Optional<Unit> unit;
        final String metric;

        /** Nothing until the name proves to be one. */
        Optional<Benchmark> benchmark = Optional.empty();

        /** Null until a sample asks. */
        Better better;

        Subject(long number, String name, SortedMap<String, String> parameters, Optional<Unit> unit, String metric) {
            this.number = number;
            this.name = name;
            this.parameters = parameters;
            this.unit = unit;
            this.metric = metric;
        }
    }

    /** A run, and a number that no other has; without a header it is skipped. */
    private record NumberedRun(long number, Optional<RunHeader> header) {}

    private record SampleKey(long run, long subject) {
        /** The golden ratio: numbers that follow one another go far apart. */
        private static final long MIXING = 0x9E3779B97F4A7C15L;

        // written out because what the compiler makes for records is linked when first called, which takes long
        @Override
        public boolean equals(Object other) {
            return other instanceof SampleKey that && run == that.run && subject == that.subject;
        }

        @Override
        public int hashCode() {
            return Long.hashCode((run * MIXING + subject) * MIXING);
        }
    }

    /** One sample whose rows are being collected; small, since very many may wait. */
    private static final class Waiting {
        final long line;
        final RunHeader header;
        final Subject subject;
        final Sample.Center center;

        /** A single value; NaN where there is none, or as soon as there is more to keep. */
        private double only = Double.NaN;

        private String onlyFork = "";

        /** The values by their forks; null as long as there is a single one. */
        private Map<String, RawValues> forks;

        Waiting(long line, RunHeader header, Subject subject, Sample.Center center) {
            this.line = line;
            this.header = header;
            this.subject = subject;
            this.center = center;
        }

        Benchmark benchmark() {
            return subject.benchmark.orElseThrow();
        }

        Unit unit() {
            return subject.unit.orElseThrow();
        }

        /** Adds a finite value. */
        void add(String fork, double value) {
            if (forks == null && Double.isNaN(only)) {
                only = value;
                onlyFork = fork;
            } else {
                of(fork).add(value);
            }
        }

        /** The values of a fork. */
        RawValues of(String fork) {
            if (forks == null) {
                forks = new LinkedHashMap<>(2);
                if (!Double.isNaN(only)) {
                    of(onlyFork).add(only);
                    only = Double.NaN;
                }
            }
            return forks.computeIfAbsent(fork, name -> new RawValues());
        }

        /** The values of all forks, each a group. */
        RawValues all() {
            RawValues all = new RawValues();
            if (!Double.isNaN(only)) {
                all.add(only);
            } else if (forks != null) {
                for (RawValues group : forks.values()) {
                    group.appendTo(all);
                }
            }
            return all;
        }
    }

    private static final class Table {
        private final Csv csv;
        private final Surroundings surroundings;
        private final Recorder recorder;
        private final List<Column> columns;
        private final int[] identity;
        private final int[] runIdentity;
        private final int value;
        private final int fork;
        private final int center;
        private final int deviation;
        private final int count;
        private final Map<SampleKey, Optional<Waiting>> waiting = new LinkedHashMap<>();
        private final Map<String, NumberedRun> runs = new HashMap<>();
        private final Map<String, Optional<Unit>> units = new HashMap<>();
        private final Map<String, Subject> subjects = new HashMap<>();
        private final String[] last;
        private final String[] lastRun;
        private NumberedRun run = new NumberedRun(-1, Optional.empty());
        private Subject subject = new Subject(-1, "", new TreeMap<>(), Optional.empty(), "");
        private Optional<Waiting> current = Optional.empty();
        private long numbers;
        private int values;
        private boolean commas;
        private long groupedByPoints;
        private String firstGrouped = "";
        private String firstGroupedWhere = "";

        Table(Csv csv, Surroundings surroundings, Recorder recorder, List<Column> columns) {
            this.csv = csv;
            this.surroundings = surroundings;
            this.recorder = recorder;
            this.columns = columns;
            this.identity = columns.stream()
                    .filter(column -> column.role.compareTo(Role.REVISION) < 0)
                    .mapToInt(Column::index)
                    .toArray();
            this.runIdentity = columns.stream()
                    .filter(column -> column.role.isIdentity() && column.role.compareTo(Role.REVISION) >= 0)
                    .mapToInt(Column::index)
                    .toArray();
            this.value = index(Role.VALUE);
            this.fork = index(Role.FORK);
            this.center = index(Role.CENTER);
            this.deviation = index(Role.DEVIATION);
            this.count = index(Role.COUNT);
            this.last = new String[identity.length];
            this.lastRun = new String[runIdentity.length];
        }

        private int index(Role role) {
            return columns.stream()
                    .filter(column -> column.role == role)
                    .mapToInt(Column::index)
                    .findFirst()
                    .orElse(-1);
        }

        void row() throws UnreadableInput {
            if (csv.size() < columns.size()) {
                recorder.problem(
                        csv.where(), "the row has " + csv.size() + " of " + columns.size() + " fields; it is skipped");
                return;
            }
            if (csv.size() > columns.size()) {
                recorder.problem(
                        csv.where(),
                        "the row has " + csv.size() + " fields, there are " + columns.size()
                                + " columns; it is skipped (a text with separators needs quotes)");
                return;
            }
            boolean sameSubject = same(identity, last);
            boolean sameRun = same(runIdentity, lastRun) && run.number >= 0;
            if (!sameSubject || !sameRun) {
                if (!sameSubject) {
                    subject = subjects.computeIfAbsent(key(last), told -> subject(numbers++));
                }
                if (!sameRun) {
                    run = runs.computeIfAbsent(key(lastRun), told -> new NumberedRun(numbers++, header(csv.where())));
                }
                current = waiting.computeIfAbsent(new SampleKey(run.number, subject.number), sample -> begin());
            }
            current.ifPresent(this::value);
            if (values > MOST_WAITING || waiting.size() > MOST_WAITING) {
                SampleKey open = new SampleKey(run.number, subject.number); // more of its rows may follow
                waiting.remove(open);
                flush();
                waiting.put(open, current);
                forget();
            }
        }

        /** What no sample that waits needs may go. */
        private void forget() {
            if (runs.size() > MOST_WAITING || units.size() > MOST_WAITING || subjects.size() > MOST_WAITING) {
                runs.clear();
                units.clear();
                subjects.clear();
                runs.put(key(lastRun), run);
                subjects.put(key(last), subject);
            }
        }

        /** Whether the row has in these columns what the last one had; it is the last one from now on. */
        private boolean same(int[] of, String[] before) {
            boolean same = true;
            for (int i = 0; i < of.length; i++) {
                String field = csv.field(of[i]);
                if (!field.equals(before[i])) {
                    before[i] = field;
                    same = false;
                }
            }
            return same;
        }

        private static String key(String... fields) {
            StringBuilder key = new StringBuilder(64);
            for (String field : fields) {
                key.append(field.length()).append(':').append(field);
            }
            return key.toString();
        }

        private Subject subject(long number) {
            TreeMap<String, String> parameters = new TreeMap<>();
            String name = "";
            for (Column column : columns) {
                String field = csv.field(column.index);
                if (column.role == Role.BENCHMARK) {
                    name = field;
                } else if (column.role == Role.PARAMETER && !field.isEmpty()) {
                    parameters.put(column.name, field);
                }
            }
            String symbol = csv.field(index(Role.UNIT));
            String metric = csv.field(index(Role.METRIC));
            Optional<Unit> unit = units.computeIfAbsent(symbol, told -> recorder.unit(csv.where(), told));
            return new Subject(
                    number,
                    name,
                    parameters,
                    unit,
                    metric.isEmpty() ? unit.map(Directions::metricName).orElse("") : metric);
        }

        private Optional<Waiting> begin() {
            if (subject.benchmark.isEmpty()) {
                subject.benchmark = recorder.benchmark(csv.where(), subject.name, subject.parameters);
            }
            if (subject.unit.isEmpty() || subject.benchmark.isEmpty() || run.header.isEmpty()) {
                return Optional.empty();
            }
            Unit unit = subject.unit.orElseThrow();
            String metric = subject.metric;
            if (subject.better == null) {
                subject.better = recorder.better(
                        csv.where(),
                        metric,
                        unit,
                        Directions.stated(csv.field(index(Role.BETTER)))
                                .or(() -> Directions.ofUnit(unit))
                                .or(() -> Directions.ofName(metric)),
                        "a column \"better\" says lower or higher");
            }
            String middle = csv.field(center);
            if (!middle.isEmpty() && !middle.equalsIgnoreCase("mean") && !middle.equalsIgnoreCase("median")) {
                recorder.problem(
                        csv.where(),
                        subject.benchmark.orElseThrow(),
                        metric,
                        "the center is median or mean, not " + Shown.quoted(middle) + "; the median is taken");
            }
            return Optional.of(new Waiting(
                    csv.line(),
                    run.header.orElseThrow(),
                    subject,
                    middle.equalsIgnoreCase("mean") ? Sample.Center.MEAN : Sample.Center.MEDIAN));
        }

        private Optional<RunHeader> header(String where) {
            RunFacts facts = new RunFacts();
            for (Column column : columns) {
                String field = csv.field(column.index);
                if (field.isEmpty()) {
                    continue;
                }
                switch (column.role) {
                    case REVISION -> facts.commit(field);
                    case BRANCH -> facts.branch(field);
                    case COMMIT_TIME -> facts.commitTime(time(where, field));
                    case POSITION -> {
                        OptionalLong position = whole(field);
                        if (position.isPresent()) {
                            facts.position(position.getAsLong());
                        } else {
                            recorder.problem(where, Shown.quoted(field) + " is not a position; it is ignored");
                        }
                    }
                    case TIME -> facts.measuredAt(time(where, field));
                    case ENVIRONMENT -> facts.machine(column.name, field);
                    case CONTEXT -> facts.context(column.name, field);
                    case BENCHMARK, METRIC, UNIT, BETTER, PARAMETER, VALUE, FORK, CENTER, DEVIATION, COUNT -> {}
                }
            }
            return recorder.header(where, facts, surroundings);
        }

        private Optional<Instant> time(String where, String field) {
            Optional<Instant> time = Times.parse(field, surroundings.zone());
            if (time.isEmpty()) {
                recorder.problem(
                        where, Shown.quoted(field) + " is not a time such as 2026-01-31T12:00:00Z; it is ignored");
            }
            return time;
        }

        private void value(Waiting sample) {
            String field = csv.field(value);
            double number = Texts.number(field);
            boolean grouped = field.length() > 4
                    && field.charAt(field.length() - 4) == '.'
                    && GROUPED_BY_POINTS.matcher(field).matches();
            if (grouped && !commas && groupedByPoints++ == 0) {
                firstGrouped = field;
                firstGroupedWhere = csv.where();
            }
            if (grouped && commas) {
                recorder.problem(
                        csv.where(),
                        sample.benchmark(),
                        sample.subject.metric,
                        "the value is " + Shown.quoted(field) + ", in a table with decimal commas; this row is skipped"
                                + " (decimals are written with a point, and digits are not grouped)");
            } else if (isImpossible(sample, number)) {
                impossible(sample, field);
            } else if (Double.isFinite(number)) {
                exact(field, number);
                if (deviation >= 0 && !csv.field(deviation).isEmpty()
                        || count >= 0 && !csv.field(count).isEmpty()) {
                    summary(sample, number);
                } else {
                    sample.add(csv.field(fork), number);
                    values++;
                }
            } else if (field.indexOf(' ') > 0) {
                if (GROUPED_BY_BLANKS.matcher(field).matches()) {
                    recorder.problem(
                            csv.where(),
                            sample.benchmark(),
                            sample.subject.metric,
                            Shown.quoted(field) + " is read as several values, which blanks separate; if it is one"
                                    + " number, write it without blanks");
                }
                RawValues collected = sample.of(csv.field(fork));
                for (String part : field.split("\\s+", -1)) {
                    double one = Texts.number(part);
                    exact(part, one);
                    if (isImpossible(sample, one)) {
                        impossible(sample, part);
                    } else {
                        collected.add(one);
                        values++;
                    }
                }
            } else {
                commas |= DECIMAL_COMMA.matcher(field).matches();
                recorder.problem(
                        csv.where(),
                        sample.benchmark(),
                        sample.subject.metric,
                        "the value is " + Shown.quoted(field) + ", no finite number; this row is skipped"
                                + (field.indexOf(',') > 0 ? " (decimals are written with a point)" : ""));
            }
        }

        private void exact(String text, double kept) {
            Texts.lostDigits(text, kept).ifPresent(what -> recorder.problem(csv.where(), what));
        }

        private static boolean isImpossible(Waiting sample, double number) {
            return number < 0 && sample.unit().isDuration();
        }

        private void impossible(Waiting sample, String value) {
            recorder.problem(
                    csv.where(),
                    sample.benchmark(),
                    sample.subject.metric,
                    "a duration of " + Shown.quoted(value) + " is not possible; this value is left out");
        }

        private void summary(Waiting sample, double number) {
            try {
                String written = csv.field(deviation);
                double spread = Texts.number(written);
                if (Double.isNaN(spread) && !written.isEmpty()) {
                    recorder.problem(csv.where(), Shown.quoted(written) + " is not a deviation; it is ignored");
                }
                recorder.directed(
                        csv.where(),
                        sample.header,
                        sample.benchmark(),
                        sample.subject.metric,
                        sample.unit(),
                        sample.subject.better,
                        new Sample.Summary(
                                number,
                                stated(csv.field(count)),
                                Double.isNaN(spread) ? OptionalDouble.empty() : OptionalDouble.of(spread),
                                Optional.empty(),
                                new TreeMap<>()));
            } catch (IllegalArgumentException e) {
                recorder.problem(csv.where(), e.getMessage() + "; this row is skipped");
            }
        }

        /** How many values a summary stands on; 0 where it does not say so. */
        private long stated(String size) {
            OptionalLong values = whole(size);
            if (values.isEmpty() && !size.isEmpty()) {
                recorder.problem(csv.where(), Shown.quoted(size) + " is not a number of values; it is ignored");
            }
            return values.orElse(0);
        }

        /** A whole number that a double tells exactly, not below 0. */
        private static OptionalLong whole(String field) {
            double number = Texts.number(field);
            return number >= 0 && number <= Texts.EXACT && number == Math.rint(number)
                    ? OptionalLong.of((long) number)
                    : OptionalLong.empty();
        }

        /** Hands on what waits, and tells of numbers that what came later makes doubtful. */
        void end() {
            flush();
            if (commas && groupedByPoints > 0) {
                recorder.problem(
                        firstGroupedWhere,
                        Shown.quoted(firstGrouped)
                                + (groupedByPoints > 1 ? " and " + (groupedByPoints - 1) + " like it were" : " was")
                                + " read with a decimal point, and values below have decimal commas; if the point"
                                + " groups digits, the number is another");
            }
        }

        /** Hands on what waits. */
        void flush() {
            for (Optional<Waiting> ready : waiting.values()) {
                ready.ifPresent(this::handOn);
            }
            waiting.clear();
            values = 0;
        }

        private void handOn(Waiting sample) {
            recorder.values(
                    csv.where(sample.line),
                    sample.header,
                    sample.benchmark(),
                    sample.subject.metric,
                    sample.unit(),
                    sample.subject.better,
                    sample.center,
                    sample.all());
        }
    }
}
