package dev.plumbline.pipeline.history;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.incident.Case;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.Version;
import dev.plumbline.pipeline.check.SeriesDetails;
import dev.plumbline.pipeline.repository.Git;
import dev.plumbline.pipeline.repository.HistoryBranches;
import dev.plumbline.pipeline.repository.NearRevision;
import dev.plumbline.pipeline.snapshot.BenchmarkSelector;
import dev.plumbline.pipeline.snapshot.FindIncidents;
import dev.plumbline.pipeline.snapshot.RecordedAnnotations;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.content.SeriesCourse;
import dev.plumbline.report.period.PeriodReport;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/** Looks at every series of the history from its beginning to its end, and tells what happened in a period. */
public final class ReadPeriod {
    /** The length of a day's text. */
    private static final int DAY = 10;

    private final Workspace workspace;
    private final Policies policies;

    public ReadPeriod(Workspace workspace, Policies policies) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.policies = requireNonNull(policies, "policies");
    }

    /**
     * Reads.
     *
     * @param query which series; one that names no branch means the base branch where that has any
     * @param days how long the period is that ends now; the whole history when it is not given
     * @throws NothingFound if there is no history, or it has none of the benchmarks
     */
    public PeriodReport read(SeriesQuery query, OptionalInt days) throws IOException {
        Instant now = workspace.clock().instant();
        try (RunStore store = workspace.openExisting()) {
            BenchmarkSelector.check(query, store);
            return read(store, onBase(query, store), days, now);
        }
    }

    /** The same with the incidents that began in the period; one is told when one of its series is meant. */
    public PeriodReport readWithIncidents(SeriesQuery query, OptionalInt days) throws IOException {
        Instant now = workspace.clock().instant();
        try (RunStore store = workspace.openExisting()) {
            BenchmarkSelector.check(query, store);
            SeriesQuery narrowed = onBase(query, store);
            PeriodReport chronicle = read(store, narrowed, days, now);
            return chronicle.with(happened(store, narrowed, chronicle.since(), chronicle.until()));
        }
    }

    private PeriodReport read(RunStore store, SeriesQuery query, OptionalInt days, Instant now) throws IOException {
        Annotations annotations = RecordedAnnotations.of(workspace, store);
        List<Series> all = new ArrayList<>();
        store.forEachSeries(query, all::add);
        return chronicle(
                all.parallelStream()
                        .map(series -> SeriesDetails.course(series, policies, annotations))
                        .toList(),
                query,
                days,
                now);
    }

    private PeriodReport chronicle(List<SeriesCourse> courses, SeriesQuery query, OptionalInt days, Instant now) {
        Optional<Instant> newest = courses.stream()
                .flatMap(course -> course.series().points().stream())
                .map(point -> point.run().time())
                .max(Instant::compareTo);
        // a run may be dated after the clock
        Instant end = newest.filter(now::isBefore).orElse(now);
        Instant since = days.isPresent() ? end.minus(Duration.ofDays(days.getAsInt())) : oldest(courses, now);
        return new PeriodReport(Version.TEXT, title(courses, query, days), since, end, courses, policies)
                .elsewhere(newest.map(run -> elsewhere(run, end, true)).orElse(""));
    }

    /** When the newest run was, and which option makes a period that ends at a time hold it. */
    private static String elsewhere(Instant newest, Instant end, boolean byDays) {
        String day = newest.atZone(ZoneOffset.UTC).toLocalDate().toString();
        String option = newest.isAfter(end)
                ? "--until " + newest.atZone(ZoneOffset.UTC).toLocalDate().plusDays(1)
                : byDays ? "--days " + (Duration.between(newest, end).toDays() + 1) : "--since " + day;
        return "the newest run is from " + day + "; use " + option;
    }

    /**
     * The incidents that began between two times or before and were there then, those of which a series is meant, and
     * what checks have called.
     */
    private PeriodReport.Happened happened(RunStore store, SeriesQuery query, Instant begin, Instant end)
            throws IOException {
        FindIncidents incidents = new FindIncidents(workspace, policies);
        List<Case> cases = new ArrayList<>();
        List<Case> earlier = new ArrayList<>();
        List<CalledRegression> called = new ArrayList<>();
        // where the base branch has no run, every branch is told of
        for (String branch : query.branch().map(List::of).orElseGet(() -> HistoryBranches.of(store)
                .all())) {
            FindIncidents.Found found = incidents.on(branch, store);
            for (Case one : found.cases()) {
                if (!one.incident().time().isAfter(end) && ReadIncidents.isMeant(one, query)) {
                    if (!one.incident().time().isBefore(begin)) {
                        cases.add(one);
                    } else if (one.incident()
                            .recoveredAt()
                            .filter(begin::isAfter)
                            .isEmpty()) {
                        earlier.add(one);
                    }
                }
            }
            found.called().stream()
                    .filter(one -> ReadIncidents.isMeant(one.key(), query)
                            && !ReadIncidents.time(one).isAfter(end))
                    .forEach(called::add);
        }
        return new PeriodReport.Happened(cases, earlier, called);
    }

    /**
     * Reads with the incidents of the period.
     *
     * @param query which series; an incident is told when one of its series is meant
     * @param since when the period begins: a day or a time, or a tag, branch or commit whose time counts; empty for
     *     {@code days}
     * @param until when it ends, in the same way; now when empty, or with the newest run where that is dated later
     * @param days how long it is where nothing says when it begins
     * @throws NothingFound if a name means nothing, or there is no history
     */
    public PeriodReport balance(SeriesQuery query, Optional<String> since, Optional<String> until, int days)
            throws IOException {
        Optional<Instant> asked = until.isPresent() ? Optional.of(time(until.get())) : Optional.empty();
        Instant end;
        Instant begin;
        List<Series> all = new ArrayList<>();
        PeriodReport.Happened happened;
        TreeSet<Instant> times = new TreeSet<>();
        SeriesQuery narrowed;
        Annotations annotations;
        try (RunStore store = workspace.openExisting()) {
            BenchmarkSelector.check(query, store);
            annotations = RecordedAnnotations.of(workspace, store);
            narrowed = onBase(query, store);
            store.forEachSeries(narrowed, series -> {
                series.points().forEach(point -> times.add(point.run().time()));
                all.add(series);
            });
            Instant now = workspace.clock().instant();
            // a run may be dated after the clock
            end = asked.orElseGet(() -> times.isEmpty() || times.last().isBefore(now) ? now : times.last());
            begin = since.isPresent() ? time(since.get()) : end.minus(Duration.ofDays(days));
            if (!begin.isBefore(end)) {
                throw new NothingFound("the period ends at " + end + ", which is not after its start at " + begin);
            }
            happened = happened(store, narrowed, begin, end);
        }
        List<SeriesCourse> courses = all.parallelStream()
                .map(series -> upTo(end, series))
                .map(series -> SeriesDetails.course(series, policies, annotations))
                .toList();
        String title = since.isPresent() || until.isPresent()
                ? "From " + since.orElseGet(() -> days + " days before") + " to " + until.orElse("now")
                : "";
        return new PeriodReport(
                        Version.TEXT,
                        title.isEmpty()
                                ? title(courses, narrowed, OptionalInt.of(days))
                                : title + branch(courses, narrowed),
                        begin,
                        end,
                        courses,
                        policies)
                .with(happened)
                .elsewhere(times.isEmpty() ? "" : elsewhere(times.last(), end, since.isEmpty()));
    }

    private static Series upTo(Instant end, Series series) {
        return series.withPoints(series.points().stream()
                .filter(point -> !point.run().time().isAfter(end))
                .toList());
    }

    /** The time that a person gave, or that of the commit that a name means. */
    private Instant time(String text) throws NothingFound {
        try {
            return text.length() == DAY
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeParseException e) {
            Git git = new Git(workspace.directory());
            return git.commitOf(text)
                    .flatMap(git::second)
                    .map(Instant::ofEpochSecond)
                    .orElseThrow(() -> new NothingFound(text + " is not a day such as 2026-01-31, nor a tag, branch"
                            + " or commit of this repository" + NearRevision.hint(text, git)));
        }
    }

    private SeriesQuery onBase(SeriesQuery query, RunStore store) {
        if (query.branch().isPresent()) {
            return query;
        }
        String base = workspace.baseBranch(store);
        return HistoryBranches.of(store).has(base) ? query.onBranch(base) : query;
    }

    private static Instant oldest(List<SeriesCourse> courses, Instant now) {
        return courses.stream()
                .flatMap(course -> course.series().points().stream())
                .map(point -> point.run().header().revision().commitTime().orElseGet(() -> point.run()
                        .header()
                        .time()))
                .min(Instant::compareTo)
                .orElse(now);
    }

    /** Of which branch, after a period. */
    private String branch(List<SeriesCourse> courses, SeriesQuery query) {
        if (query.branch().isPresent()) {
            return " of " + query.branch().get();
        }
        return courses.isEmpty() ? "" : " of every branch, since " + workspace.baseBranch() + " has no run";
    }

    private String title(List<SeriesCourse> courses, SeriesQuery query, OptionalInt days) {
        StringBuilder title = new StringBuilder(
                days.isPresent()
                        ? "The last " + days.getAsInt() + (days.getAsInt() == 1 ? " day" : " days")
                        : "All of the history");
        title.append(branch(courses, query));
        List<String> environments = courses.stream()
                .map(course -> course.series().key())
                .map(SeriesKey::environment)
                .distinct()
                .toList();
        if (environments.size() == 1
                && !environments.contains(Environment.unknown().key())) {
            title.append(" in ").append(environments.get(0));
        }
        if (query.benchmark().isPresent()) {
            title.append(", some benchmarks");
        }
        query.metric().ifPresent(metric -> title.append(", ").append(metric));
        return title.toString();
    }
}
