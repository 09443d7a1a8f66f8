package dev.plumbline.pipeline.history;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.model.Series;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.Version;
import dev.plumbline.pipeline.check.SeriesDetails;
import dev.plumbline.pipeline.snapshot.BenchmarkSelector;
import dev.plumbline.pipeline.snapshot.BranchHistory;
import dev.plumbline.pipeline.snapshot.FindIncidents;
import dev.plumbline.pipeline.snapshot.annotation.RecordedAnnotations;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.Report;
import dev.plumbline.report.content.SeriesCourse;
import dev.plumbline.report.period.PeriodReport;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Analyses every series of the history, and reports the events of a period. */
public final class ReadPeriod {
    private final Workspace workspace;
    private final Policies policies;
    private final PeriodReading reading;

    /** With the gate of the configuration. */
    public ReadPeriod(Workspace workspace, Policies policies) {
        this(workspace, policies, workspace.configuration().gateInForce().policy(policies));
    }

    /** @param gatePolicy of the gate that weighs the newest run */
    public ReadPeriod(Workspace workspace, Policies policies, GatePolicy gatePolicy) {
        this(workspace, policies, gatePolicy, Optional.empty(), new FindIncidents.Seen());
    }

    /**
     * Of a history in which runs were judged already.
     *
     * @param known the report of these, by the same policies against the usual base; they are not judged again where
     *     they are the newest
     * @param seen incidents that are known already
     */
    public ReadPeriod(
            Workspace workspace,
            Policies policies,
            GatePolicy gatePolicy,
            Optional<Report> known,
            FindIncidents.Seen seen) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.policies = requireNonNull(policies, "policies");
        reading = new PeriodReading(workspace, policies, requireNonNull(gatePolicy, "gatePolicy"), known, seen);
    }

    /**
     * Reads, with the incidents of the period, what checks have detected and what the check of the newest run reports,
     * as far as they are of the selected series.
     *
     * @param query which series; one that names no branch selects the one that is checked out where the
     *     history has runs of it, else the base branch
     * @param periods how many days each period has, which all end now; the whole history where that is not given
     * @return a report of each period
     * @throws NothingFound if there is no history, or it has none of the benchmarks
     */
    public List<PeriodReport> read(SeriesQuery query, List<OptionalInt> periods) throws IOException {
        Instant now = workspace.clock().instant();
        try (RunStore store = workspace.openExisting()) {
            BenchmarkSelector.check(query, store);
            SeriesQuery narrowed = reading.onBranch(query, store);
            Optional<BranchHistory> history = reading.history(narrowed, store);
            Optional<PeriodReading.Newest> newest = reading.newest(store, narrowed, history, Optional.empty());
            List<Series> series = new ArrayList<>();
            store.forEachSeries(
                    narrowed,
                    one -> series.add(history.map(known -> known.of(one)).orElse(one)));
            Annotations annotations =
                    history.isPresent() ? history.get().annotations() : RecordedAnnotations.of(workspace, store);
            List<SeriesCourse> courses = series.parallelStream()
                    .map(one -> SeriesDetails.course(one, policies, annotations))
                    .toList();
            List<PeriodReport> reports = periods.stream()
                    .map(days -> periodReport(
                            courses,
                            reading.title(courses, query, narrowed, history.flatMap(BranchHistory::base), days),
                            days,
                            now))
                    .toList();
            // all end at the same time
            PeriodReading.Found found = reading.found(
                    store,
                    narrowed,
                    history,
                    reports.stream().map(PeriodReport::until).findFirst().orElse(now),
                    series);
            return reports.stream()
                    .map(one -> one.with(found.between(one.since(), one.until(), newest)))
                    .toList();
        }
    }

    private PeriodReport periodReport(List<SeriesCourse> courses, String title, OptionalInt days, Instant now) {
        Optional<Instant> newest = courses.stream()
                .flatMap(course -> course.series().points().stream())
                .map(point -> point.run().time())
                .max(Instant::compareTo);
        // a run may be dated after the clock
        Instant end = newest.filter(now::isBefore).orElse(now);
        Instant since = days.isPresent() ? end.minus(Duration.ofDays(days.getAsInt())) : oldest(courses, now);
        return new PeriodReport(Version.TEXT, title, since, end, courses, policies)
                .elsewhere(newest.map(run -> PeriodReading.elsewhere(run, end, true))
                        .orElse(""));
    }

    private static Instant oldest(List<SeriesCourse> courses, Instant now) {
        return courses.stream()
                .flatMap(course -> course.series().points().stream())
                .map(point -> point.run().time())
                .min(Instant::compareTo)
                .orElse(now);
    }
}
