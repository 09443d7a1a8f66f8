package dev.plumbline.pipeline.history;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.model.Series;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.Version;
import dev.plumbline.pipeline.check.SeriesDetails;
import dev.plumbline.pipeline.repository.Git;
import dev.plumbline.pipeline.repository.NearRevision;
import dev.plumbline.pipeline.snapshot.BenchmarkSelector;
import dev.plumbline.pipeline.snapshot.BranchHistory;
import dev.plumbline.pipeline.snapshot.annotation.RecordedAnnotations;
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

/** Reads the balance of a period between two days, releases or commits. */
public final class ReadBalance {
    /** The length of a day's text. */
    private static final int DAY = 10;

    private final Workspace workspace;
    private final Policies policies;
    private final PeriodReading reading;

    /** With the gate of the configuration. */
    public ReadBalance(Workspace workspace, Policies policies) {
        this(workspace, policies, workspace.configuration().gateInForce().policy(policies));
    }

    /** @param gatePolicy of the gate that weighs the newest run */
    public ReadBalance(Workspace workspace, Policies policies, GatePolicy gatePolicy) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.policies = requireNonNull(policies, "policies");
        reading = new PeriodReading(workspace, policies, requireNonNull(gatePolicy, "gatePolicy"));
    }

    /**
     * Reads with the incidents of the period.
     *
     * @param query which series; an incident is listed when one of its series is selected
     * @param since when the period begins: a day or a time, or a tag, branch or commit whose time counts; empty for
     *     {@code days}
     * @param until when it ends, in the same way; now when empty, or with the newest run where that is dated later
     * @param days how long it is where no beginning is given
     * @throws NothingFound if a name is unknown, or there is no history
     */
    public PeriodReport read(SeriesQuery query, Optional<String> since, Optional<String> until, int days)
            throws IOException {
        Optional<Instant> asked = until.isPresent() ? Optional.of(time(until.get())) : Optional.empty();
        Instant end;
        Instant begin;
        List<Series> all = new ArrayList<>();
        PeriodReport.Happened happened;
        TreeSet<Instant> times = new TreeSet<>();
        SeriesQuery narrowed;
        Annotations annotations;
        Optional<String> base;
        try (RunStore store = workspace.openExisting()) {
            BenchmarkSelector.check(query, store);
            narrowed = reading.onBranch(query, store);
            Optional<BranchHistory> history = reading.history(narrowed, store);
            base = history.flatMap(BranchHistory::base);
            annotations = history.isPresent() ? history.get().annotations() : RecordedAnnotations.of(workspace, store);
            Optional<PeriodReading.Newest> newest = reading.newest(store, narrowed, history, asked);
            store.forEachSeries(narrowed, stored -> {
                Series series = history.map(known -> known.of(stored)).orElse(stored);
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
            happened = reading.found(store, narrowed, history, end, all).between(begin, end, newest);
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
                                ? reading.title(courses, query, narrowed, base, OptionalInt.of(days))
                                : title + reading.branch(courses, query, narrowed, base),
                        begin,
                        end,
                        courses,
                        policies)
                .with(happened)
                .elsewhere(times.isEmpty() ? "" : PeriodReading.elsewhere(times.last(), end, since.isEmpty()));
    }

    private static Series upTo(Instant end, Series series) {
        return series.withPoints(series.points().stream()
                .filter(point -> !point.run().time().isAfter(end))
                .toList());
    }

    /** The time that a person gave, or that of the commit with a name. */
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
}
