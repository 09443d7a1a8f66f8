package dev.plumbline.ingest.neutral;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.input.Csv;
import dev.plumbline.ingest.input.Directions;
import dev.plumbline.ingest.input.Excerpt;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.RawValues;
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

    private static final Pattern DECIMAL_COMMA = Pattern.compile("[-+]?[0-9][0-9.]*,[0-9]+");

    public static boolean recognises(Head head) {
        List<String> columns = Csv.columns(head);
        return columns.contains("benchmark")
                && (columns.contains("value") || columns.contains("values"))
                && !columns.contains("invocation");
    }

    @Override
    public void read(Source source, ImportContext surroundings, RunSink sink) throws IOException {
        try (Csv csv = Csv.open(source).withDistinctColumns()) {
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

    private record Column(int index, Role role, String name) {
        /** What tells columns of one role apart: the name of a parameter, a fact or a text of the context. */
        String meaning() {
            return switch (role) {
                case PARAMETER, ENVIRONMENT, CONTEXT -> name;
                case BENCHMARK,
                        METRIC,
                        UNIT,
                        BETTER,
                        REVISION,
                        BRANCH,
                        COMMIT_TIME,
                        POSITION,
                        TIME,
                        VALUE,
                        FORK,
                        CENTER,
                        DEVIATION,
                        COUNT -> "";
            };
        }
    }

    private static List<Column> columns(Source source, Csv csv) throws UnreadableInput {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < csv.columns().size(); i++) {
            Column column = column(source, i, csv.columns().get(i));
            for (Column other : columns) {
                if (other.role == column.role && other.meaning().equals(column.meaning())) {
                    throw new UnreadableInput(
                            source.name() + ":1",
                            "the columns " + Excerpt.quoted(csv.columns().get(other.index)) + " and "
                                    + Excerpt.quoted(csv.columns().get(i))
                                    + " have the same meaning; leave one of them");
                }
            }
            columns.add(column);
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
                "the column " + Excerpt.quoted(name) + " is unknown; if it is a parameter, name it param:"
                        + (name.isBlank() ? "NAME" : name) + ", or context:… if it does not matter");
    }

    /** What some columns tell; the same object for the same fields, and a number that no other has. */
    private abstract static class Told {
        final long number;
        private final String[] fields;

        Told(long number, String[] fields) {
            this.number = number;
            this.fields = fields;
        }

        /** Whether the row has these fields in the columns. */
        boolean isIn(Csv row, int[] columns) {
            for (int i = 0; i < columns.length; i++) {
                if (!row.holds(columns[i], fields[i])) {
                    return false;
                }
            }
            return true;
        }

        String key() {
            return Table.key(fields);
        }
    }

    /** What a row measures. */
    private static final class Subject extends Told {
        final String name;
        final SortedMap<String, String> parameters;
        final Optional<Unit> unit;
        final String metric;

        /** Nothing until the name proves to be one. */
        Optional<Benchmark> benchmark = Optional.empty();

        /** Null until a sample asks. */
        Better better;

        /** Null until a sample is handed on, or where the name can be none. */
        Metric known;

        /** What the next row measured when this was seen last; null where there was none. */
        Subject next;

        Subject(
                long number,
                String[] fields,
                String name,
                SortedMap<String, String> parameters,
                Optional<Unit> unit,
                String metric) {
            super(number, fields);
            this.name = name;
            this.parameters = parameters;
            this.unit = unit;
            this.metric = metric;
        }
    }

    /** A run; without a header it is skipped. */
    private static final class NumberedRun extends Told {
        final Optional<RunHeader> header;

        /** The run of the next row when this was seen last; null where there was none. */
        NumberedRun next;

        NumberedRun(long number, String[] fields, Optional<RunHeader> header) {
            super(number, fields);
            this.header = header;
        }
    }

    /** One sample whose rows are being collected. */
    private static final class Waiting extends WaitingSamples.Waiting {
        private long line;
        private Subject subject;
        private Sample.Center center;

        /** Null where the sample is skipped. */
        private RunHeader header;

        /** A single value; NaN where there is none, or as soon as there is more to keep. */
        private double only;

        private String onlyFork;

        /** The values by their forks; null as long as there is a single one. */
        private Map<String, RawValues> forks;

        void begin(long firstLine, Subject measured, RunHeader known, Sample.Center of) {
            line = firstLine;
            subject = measured;
            header = known;
            center = of;
            only = Double.NaN;
            onlyFork = "";
            forks = null;
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
            for (RawValues group : forks.values()) {
                group.appendTo(all);
            }
            return all;
        }
    }

    private static final class Table {
        private final Csv csv;
        private final ImportContext surroundings;
        private final Recorder recorder;
        private final List<Column> columns;
        private final int[] identity;
        private final int[] runIdentity;
        private final int value;
        private final int fork;
        private final int center;
        private final int deviation;
        private final int count;
        private final WaitingSamples<Waiting> waiting = new WaitingSamples<>(Waiting::new);
        private final Map<String, NumberedRun> runs = new HashMap<>();
        private final Map<String, Optional<Unit>> units = new HashMap<>();
        private final Map<String, Subject> subjects = new HashMap<>();
        private NumberedRun run;
        private Subject subject;
        private Waiting current;
        private long numbers;
        private int values;
        private boolean commas;
        private long groupedByPoints;
        private String firstGrouped = "";
        private String firstGroupedWhere = "";

        Table(Csv csv, ImportContext surroundings, Recorder recorder, List<Column> columns) {
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
            boolean sameSubject = subject != null && subject.isIn(csv, identity);
            boolean sameRun = run != null && run.isIn(csv, runIdentity);
            if (!sameSubject || !sameRun) {
                if (!sameSubject) {
                    subject = nextSubject();
                }
                if (!sameRun) {
                    run = nextRun();
                }
                current = waiting.find(run.number, subject.number);
                if (current == null) {
                    begin();
                }
            }
            if (current.header != null) {
                value(current);
            }
            if (values > MOST_WAITING || waiting.size() > MOST_WAITING) {
                flush(current); // more of its rows may follow
                forget();
            }
        }

        /** What the row measures: mostly what came next the last time. */
        private Subject nextSubject() {
            Subject next = subject == null ? null : subject.next;
            if (next == null || !next.isIn(csv, identity)) {
                String[] fields = fields(identity);
                next = subjects.computeIfAbsent(key(fields), told -> newSubject(fields));
                if (subject != null) {
                    subject.next = next;
                }
            }
            return next;
        }

        private NumberedRun nextRun() {
            NumberedRun next = run == null ? null : run.next;
            if (next == null || !next.isIn(csv, runIdentity)) {
                String[] fields = fields(runIdentity);
                next = runs.computeIfAbsent(
                        key(fields), told -> new NumberedRun(numbers++, fields, header(csv.where())));
                if (run != null) {
                    run.next = next;
                }
            }
            return next;
        }

        /** What no sample that waits needs may go. */
        private void forget() {
            if (runs.size() > MOST_WAITING || units.size() > MOST_WAITING || subjects.size() > MOST_WAITING) {
                runs.clear();
                units.clear();
                subjects.clear();
                runs.put(run.key(), run);
                subjects.put(subject.key(), subject);
                run.next = null;
                subject.next = null;
            }
        }

        private String[] fields(int[] of) {
            String[] fields = new String[of.length];
            for (int i = 0; i < of.length; i++) {
                fields[i] = csv.field(of[i]);
            }
            return fields;
        }

        private static String key(String... fields) {
            StringBuilder key = new StringBuilder(64);
            for (String field : fields) {
                key.append(field.length()).append(':').append(field);
            }
            return key.toString();
        }

        private Subject newSubject(String[] fields) {
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
                    numbers++,
                    fields,
                    name,
                    parameters,
                    unit,
                    metric.isEmpty() ? unit.map(Directions::metricName).orElse("") : metric);
        }

        /** The sample of the row begins; where nothing can be kept of it, without a header. */
        private void begin() {
            if (subject.benchmark.isEmpty()) {
                subject.benchmark = recorder.benchmark(csv.where(), subject.name, subject.parameters);
            }
            if (subject.unit.isEmpty() || subject.benchmark.isEmpty() || run.header.isEmpty()) {
                current = waiting.begin(run.number, subject.number);
                current.begin(csv.line(), subject, null, Sample.Center.MEDIAN);
                return;
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
                        "set it to lower or higher in a column \"better\"");
            }
            String middle = csv.field(center);
            Optional<Sample.Center> known = Centers.of(middle);
            if (!middle.isEmpty() && known.isEmpty()) {
                recorder.problem(
                        csv.where(),
                        subject.benchmark.orElseThrow(),
                        metric,
                        "the center is median, mean or pseudomedian, not " + Excerpt.quoted(middle)
                                + "; using the median");
            }
            current = waiting.begin(run.number, subject.number);
            current.begin(csv.line(), subject, run.header.orElseThrow(), known.orElse(Sample.Center.MEDIAN));
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
                            recorder.problem(where, Excerpt.quoted(field) + " is not a position; it is ignored");
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
                        where, Excerpt.quoted(field) + " is not a time such as 2026-01-31T12:00:00Z; it is ignored");
            }
            return time;
        }

        private void value(Waiting sample) {
            String field = csv.field(value);
            double number = Texts.number(field);
            boolean grouped = isGroupedByPoints(field);
            if (grouped && !commas && groupedByPoints++ == 0) {
                firstGrouped = field;
                firstGroupedWhere = csv.where();
            }
            if (grouped && commas) {
                recorder.problem(
                        csv.where(),
                        sample.benchmark(),
                        sample.subject.metric,
                        "the value is " + Excerpt.quoted(field)
                                + ", in a table with decimal commas; this row is skipped"
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
                            Excerpt.quoted(field) + " is read as several values, which blanks separate; if it is one"
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
                        "the value is " + Excerpt.quoted(field) + ", no finite number; this row is skipped"
                                + (field.indexOf(',') > 0 ? " (decimals are written with a point)" : ""));
            }
        }

        /** Whether it is a whole number in groups where decimals have a comma: 12.345 or -1.234.567. */
        private static boolean isGroupedByPoints(String text) {
            int first = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
            int end = text.length();
            if (end - first < 5 || text.charAt(end - 4) != '.') {
                return false;
            }
            for (int i = first; i < end; i++) {
                char c = text.charAt(i);
                boolean point = (end - i) % 4 == 0;
                if (point ? c != '.' || i == first : c < '0' || c > '9') {
                    return false;
                }
            }
            return true;
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
                    "a duration of " + Excerpt.quoted(value) + " is not possible; this value is left out");
        }

        private void summary(Waiting sample, double number) {
            try {
                String written = csv.field(deviation);
                double spread = Texts.number(written);
                if (Double.isNaN(spread) && !written.isEmpty()) {
                    recorder.problem(csv.where(), Excerpt.quoted(written) + " is not a deviation; it is ignored");
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
                recorder.problem(csv.where(), Excerpt.quoted(size) + " is not a number of values; it is ignored");
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
            flush(null);
            if (commas && groupedByPoints > 0) {
                recorder.problem(
                        firstGroupedWhere,
                        Excerpt.quoted(firstGrouped)
                                + (groupedByPoints > 1 ? " and " + (groupedByPoints - 1) + " like it were" : " was")
                                + " read with a decimal point, and values below have decimal commas; if the point"
                                + " groups digits, the number is another");
            }
        }

        /** Hands on what waits but one, or nothing but all. */
        private void flush(Waiting open) {
            for (int i = 0; i < waiting.size(); i++) {
                Waiting ready = waiting.get(i);
                if (ready != open && ready.header != null) {
                    handOn(ready);
                    ready.forks = null;
                }
            }
            values = 0;
            if (open != null) {
                waiting.keepOnly(open);
            }
        }

        private void handOn(Waiting sample) {
            Subject measured = sample.subject;
            if (sample.forks != null) {
                recorder.values(
                        csv.where(sample.line),
                        sample.header,
                        sample.benchmark(),
                        measured.metric,
                        sample.unit(),
                        measured.better,
                        sample.center,
                        sample.all());
            } else if (!Double.isNaN(sample.only)) {
                if (measured.known == null) {
                    measured.known = recorder.metric(
                                    csv.where(sample.line),
                                    sample.benchmark(),
                                    measured.metric,
                                    sample.unit(),
                                    measured.better)
                            .orElse(null);
                }
                if (measured.known != null) {
                    recorder.measurement(
                            () -> csv.where(sample.line),
                            sample.header,
                            sample.benchmark(),
                            measured.known,
                            Sample.Values.of(sample.center, sample.only));
                }
            }
        }
    }
}
