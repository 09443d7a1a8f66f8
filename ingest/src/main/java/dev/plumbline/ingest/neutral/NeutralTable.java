package dev.plumbline.ingest.neutral;

import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.input.Csv;
import dev.plumbline.ingest.input.Directions;
import dev.plumbline.ingest.input.Excerpt;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.RawValues;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Texts;
import dev.plumbline.ingest.input.Times;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.ingest.neutral.NeutralColumns.Column;
import dev.plumbline.ingest.neutral.NeutralColumns.Role;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The rows of a table with one value in each, combined into samples regardless of their position. */
final class NeutralTable {
    /** Values that wait for more of their sample. More than these are handed on as they are. */
    private static final int MOST_WAITING = 1 << 16;

    private final Csv csv;
    private final ImportContext importContext;
    private final Recorder recorder;
    private final NeutralColumns columns;
    private final int[] identity;
    private final int[] runIdentity;
    private final int value;
    private final int fork;
    private final int center;
    private final int deviation;
    private final int count;
    private final WaitingSamples<RowSample> waiting = new WaitingSamples<>(RowSample::new);
    private final Map<String, RowRun> runs = new HashMap<>();
    private final Map<String, Optional<Unit>> units = new HashMap<>();
    private final Map<String, RowSubject> subjects = new HashMap<>();
    private RowRun run;
    private RowSubject subject;
    private RowSample current;
    private long numbers;
    private int values;
    private final GroupedDigits grouped = new GroupedDigits();

    NeutralTable(Csv csv, ImportContext importContext, Recorder recorder, NeutralColumns columns) {
        this.csv = csv;
        this.importContext = importContext;
        this.recorder = recorder;
        this.columns = columns;
        this.identity = columns.ofSubject();
        this.runIdentity = columns.ofRun();
        this.value = columns.index(Role.VALUE);
        this.fork = columns.index(Role.FORK);
        this.center = columns.index(Role.CENTER);
        this.deviation = columns.index(Role.DEVIATION);
        this.count = columns.index(Role.COUNT);
    }

    void row() throws UnreadableInput {
        if (csv.size() < columns.count()) {
            recorder.problem(
                    csv.where(), "the row has " + csv.size() + " of " + columns.count() + " fields; it is skipped");
            return;
        }
        if (csv.size() > columns.count()) {
            recorder.problem(
                    csv.where(),
                    "the row has " + csv.size() + " fields, there are " + columns.count()
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

    /** The subject of the row: mostly the successor of the last time. */
    private RowSubject nextSubject() {
        RowSubject next = subject == null ? null : subject.next;
        if (next == null || !next.isIn(csv, identity)) {
            String[] fields = fields(identity);
            next = subjects.computeIfAbsent(RowFields.key(fields), reported -> newSubject(fields));
            if (subject != null) {
                subject.next = next;
            }
        }
        return next;
    }

    private RowRun nextRun() {
        RowRun next = run == null ? null : run.next;
        if (next == null || !next.isIn(csv, runIdentity)) {
            String[] fields = fields(runIdentity);
            next = runs.computeIfAbsent(
                    RowFields.key(fields), reported -> new RowRun(numbers++, fields, header(csv.where())));
            if (run != null) {
                run.next = next;
            }
        }
        return next;
    }

    /** Deletes rows that no waiting sample needs. */
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

    private RowSubject newSubject(String[] fields) {
        TreeMap<String, String> parameters = new TreeMap<>();
        String name = "";
        for (Column column : columns.all()) {
            String field = csv.field(column.index());
            if (column.role() == Role.BENCHMARK) {
                name = field;
            } else if (column.role() == Role.PARAMETER && !field.isEmpty()) {
                parameters.put(column.name(), field);
            }
        }
        String symbol = csv.field(columns.index(Role.UNIT));
        String metric = csv.field(columns.index(Role.METRIC));
        Optional<Unit> unit = units.computeIfAbsent(symbol, reported -> recorder.unit(csv.where(), reported));
        return new RowSubject(
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
                    Directions.stated(csv.field(columns.index(Role.BETTER)))
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
                    "the center is median, mean or pseudomedian, not " + Excerpt.quoted(middle) + "; using the median");
        }
        current = waiting.begin(run.number, subject.number);
        current.begin(csv.line(), subject, run.header.orElseThrow(), known.orElse(Sample.Center.MEDIAN));
    }

    private Optional<RunHeader> header(String where) {
        RunFacts facts = new RunFacts();
        for (Column column : columns.all()) {
            String field = csv.field(column.index());
            if (field.isEmpty()) {
                continue;
            }
            switch (column.role()) {
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
                case ENVIRONMENT -> facts.machine(column.name(), field);
                case CONTEXT -> facts.context(column.name(), field);
                case BENCHMARK, METRIC, UNIT, BETTER, PARAMETER, VALUE, FORK, CENTER, DEVIATION, COUNT -> {}
            }
        }
        return recorder.header(where, facts, importContext);
    }

    private Optional<Instant> time(String where, String field) {
        Optional<Instant> time = Times.parse(field, importContext.zone());
        if (time.isEmpty()) {
            recorder.problem(
                    where, Excerpt.quoted(field) + " is not a time such as 2026-01-31T12:00:00Z; it is ignored");
        }
        return time;
    }

    private void value(RowSample sample) {
        String field = csv.field(value);
        double number = Texts.number(field);
        if (grouped.areIn(field, csv)) {
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
            if (GroupedDigits.areByBlanks(field)) {
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
            grouped.noNumber(field);
            recorder.problem(
                    csv.where(),
                    sample.benchmark(),
                    sample.subject.metric,
                    "the value is " + Excerpt.quoted(field) + ", no finite number; this row is skipped"
                            + (field.indexOf(',') > 0 ? " (decimals are written with a point)" : ""));
        }
    }

    private void exact(String text, double kept) {
        Texts.lostDigits(text, kept).ifPresent(what -> recorder.problem(csv.where(), what));
    }

    private static boolean isImpossible(RowSample sample, double number) {
        return number < 0 && sample.unit().isDuration();
    }

    private void impossible(RowSample sample, String value) {
        recorder.problem(
                csv.where(),
                sample.benchmark(),
                sample.subject.metric,
                "a duration of " + Excerpt.quoted(value) + " is not possible; this value is left out");
    }

    private void summary(RowSample sample, double number) {
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

    /** The number of values of a summary; 0 where it is not stated. */
    private long stated(String size) {
        OptionalLong values = whole(size);
        if (values.isEmpty() && !size.isEmpty()) {
            recorder.problem(csv.where(), Excerpt.quoted(size) + " is not a number of values; it is ignored");
        }
        return values.orElse(0);
    }

    /** A whole number that a double holds exactly, not below 0. */
    private static OptionalLong whole(String field) {
        double number = Texts.number(field);
        return number >= 0 && number <= Texts.EXACT && number == Math.rint(number)
                ? OptionalLong.of((long) number)
                : OptionalLong.empty();
    }

    /** Hands on what waits, and reports numbers that later rows make doubtful. */
    void end() {
        flush(null);
        grouped.report(recorder);
    }

    /** Hands on what waits but one, or nothing but all. */
    private void flush(RowSample open) {
        for (int i = 0; i < waiting.size(); i++) {
            RowSample ready = waiting.get(i);
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

    private void handOn(RowSample sample) {
        RowSubject measured = sample.subject;
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
