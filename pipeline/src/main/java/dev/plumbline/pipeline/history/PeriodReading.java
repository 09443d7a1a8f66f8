package dev.plumbline.pipeline.history;

import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.incident.Case;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.pipeline.check.StoredJudgement;
import dev.plumbline.pipeline.repository.FindAuthors;
import dev.plumbline.pipeline.repository.FindOrigins;
import dev.plumbline.pipeline.repository.Git;
import dev.plumbline.pipeline.repository.HistoryBranches;
import dev.plumbline.pipeline.repository.NewestByRecording;
import dev.plumbline.pipeline.snapshot.BranchHistory;
import dev.plumbline.pipeline.snapshot.BranchSelector;
import dev.plumbline.pipeline.snapshot.FindIncidents;
import dev.plumbline.pipeline.snapshot.RunSelector;
import dev.plumbline.pipeline.snapshot.Snapshots;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.CommitAuthors;
import dev.plumbline.report.Report;
import dev.plumbline.report.content.SeriesCourse;
import dev.plumbline.report.period.PeriodReport;
import dev.plumbline.store.RenamedIds;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** The common parts of reports of a period: their series, the events of the period, and their titles. */
final class PeriodReading {
    private final Workspace workspace;
    private final Policies policies;
    private final GatePolicy gatePolicy;
    private final Optional<Report> known;
    private final FindIncidents.Seen seen;

    PeriodReading(Workspace workspace, Policies policies, GatePolicy gatePolicy) {
        this(workspace, policies, gatePolicy, Optional.empty(), new FindIncidents.Seen());
    }

    /** @param known the report of some runs, which are not judged again where they are the newest */
    PeriodReading(
            Workspace workspace,
            Policies policies,
            GatePolicy gatePolicy,
            Optional<Report> known,
            FindIncidents.Seen seen) {
        this.seen = seen;
        this.workspace = workspace;
        this.policies = policies;
        this.gatePolicy = gatePolicy;
        this.known = known;
    }

    /** The question of one branch where a person names none: the one that is checked out, else the base branch. */
    SeriesQuery onBranch(SeriesQuery typed, RunStore store) {
        SeriesQuery query = RenamedIds.current(typed, store);
        return query.branch().isPresent()
                ? query
                : BranchSelector.shown(workspace, store).map(query::onBranch).orElse(query);
    }

    /** The history of the selected branch; empty where every one is, which are as stored. */
    Optional<BranchHistory> history(SeriesQuery query, RunStore store) throws IOException {
        return query.branch().isEmpty()
                ? Optional.empty()
                : Optional.of(history(query.branch().get(), store));
    }

    private BranchHistory history(String branch, RunStore store) throws IOException {
        HistoryBranches.of(store).check(branch);
        return BranchHistory.of(branch, store, Snapshots.configured(workspace, store), policies);
    }

    /**
     * The incidents and detected regressions of selected series, up to a time. A branch has those too that began
     * before it left its base: its level is theirs.
     *
     * @param series the selected ones, from beginning to end
     */
    Found found(RunStore store, SeriesQuery query, Optional<BranchHistory> history, Instant end, List<Series> series)
            throws IOException {
        FindIncidents incidents = new FindIncidents(workspace, policies, seen);
        List<Case> cases = new ArrayList<>();
        List<CalledRegression> called = new ArrayList<>();
        // where the base branch has no run, every branch is reported
        for (String branch : query.branch().map(List::of).orElseGet(() -> HistoryBranches.of(store)
                .all())) {
            BranchHistory own = history.isPresent() ? history.get() : history(branch, store);
            FindIncidents.Found found = query.equals(SeriesQuery.all().onBranch(branch))
                    ? incidents.inherited(own, series, store)
                    : incidents.inherited(own, store);
            found.cases().stream()
                    .filter(one -> !one.incident().time().isAfter(end) && IncidentSelector.isSelected(one, query))
                    .forEach(cases::add);
            found.called().stream()
                    .filter(one -> IncidentSelector.isSelected(one.key(), query)
                            && !one.since().time().isAfter(end))
                    .forEach(called::add);
        }
        List<RunInfo> begun = called.stream().map(CalledRegression::since).toList();
        return new Found(
                cases,
                called,
                FindAuthors.of(
                                workspace.directory(),
                                begun.stream()
                                        .map(run -> run.header().revision().commit()),
                                begun)
                        .with(FindOrigins.of(called, new Git(workspace.directory()), store)
                                .found()));
    }

    /** The incidents and detected regressions of the selected series, and the authors of their commits. */
    record Found(List<Case> cases, List<CalledRegression> called, CommitAuthors authors) {
        /**
         * The incidents that began between two times, or before and were still there, the detected regressions, and the
         * report of the newest run, if that is between them.
         *
         * @param end no earlier than that of what was found
         */
        PeriodReport.Happened between(Instant begin, Instant end, Optional<Newest> newest) {
            List<Case> within = new ArrayList<>();
            List<Case> earlier = new ArrayList<>();
            for (Case one : cases) {
                if (!one.incident().time().isBefore(begin)) {
                    within.add(one);
                } else if (one.incident().recoveredAt().filter(begin::isAfter).isEmpty()) {
                    earlier.add(one);
                }
            }
            return new PeriodReport.Happened(
                    within,
                    earlier,
                    called,
                    newest.filter(one -> one.isBetween(begin, end)).map(Newest::report),
                    authors);
        }
    }

    /**
     * The report of a check of a branch's newest run.
     *
     * @param times when it was, in the order of the history
     */
    record Newest(List<Instant> times, Report report) {
        boolean isBetween(Instant begin, Instant end) {
            return times.stream().noneMatch(time -> time.isBefore(begin) || time.isAfter(end));
        }
    }

    /**
     * The report of a check of a branch's newest run on the selected series; empty where no branch is selected. To be
     * asked before the series are read: the judge needs as much memory as they do.
     *
     * @param history of that branch
     * @param until when the period ends; runs behind that are not of it. Empty where it ends behind all runs
     */
    Optional<Newest> newest(RunStore store, SeriesQuery query, Optional<BranchHistory> history, Optional<Instant> until)
            throws IOException {
        if (query.branch().isEmpty()) {
            return Optional.empty();
        }
        String branch = query.branch().get();
        List<RunInfo> all = store.runs(RunQuery.all().onBranch(branch));
        Optional<NewestByRecording> recorded = history.flatMap(BranchHistory::newest)
                .filter(newest -> query.environment()
                        .map(environment -> newest.runs().stream()
                                .anyMatch(
                                        run -> run.header().environment().key().equals(environment)))
                        .orElse(true))
                .filter(newest ->
                        until.filter(end -> newest.time(all).isAfter(end)).isEmpty());
        List<RunInfo> runs = recorded.map(NewestByRecording::runs)
                .orElseGet(() -> byDate(new RunSelector(store), query, branch, until));
        if (runs.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Newest(
                recorded.map(newest -> List.of(newest.time(all)))
                        .orElseGet(() -> runs.stream().map(RunInfo::time).toList()),
                report(runs, store).about(key -> IncidentSelector.isSelected(key, query))));
    }

    private Report report(List<RunInfo> runs, RunStore store) throws IOException {
        return known.isPresent() && ids(known.get().candidates()).equals(ids(runs))
                ? known.get()
                : StoredJudgement.of(runs, store, workspace, policies, gatePolicy, Optional.empty())
                        .report();
    }

    private static Set<String> ids(List<RunInfo> runs) {
        return runs.stream().map(RunInfo::id).collect(Collectors.toSet());
    }

    private static List<RunInfo> byDate(
            RunSelector selector, SeriesQuery query, String branch, Optional<Instant> until) {
        return until.isPresent()
                ? selector.newestOn(branch, query.environment(), until.get())
                : query.environment()
                        .map(environment -> selector.newestOn(branch, environment))
                        .orElseGet(() -> selector.newestOn(branch));
    }

    /** When the newest run was, and which option makes a period that ends at a time hold it. */
    static String elsewhere(Instant newest, Instant end, boolean byDays) {
        String day = newest.atZone(ZoneOffset.UTC).toLocalDate().toString();
        String option = newest.isAfter(end)
                ? "--until " + newest.atZone(ZoneOffset.UTC).toLocalDate().plusDays(1)
                : byDays ? "--days " + (Duration.between(newest, end).toDays() + 1) : "--since " + day;
        return "the newest run is from " + day + "; use " + option;
    }

    /**
     * The suffix of a title that names the branch.
     *
     * @param asked what a person asked for
     * @param query the same of the branch that is shown
     * @param base the branch with whose history that begins; may be empty
     */
    String branch(List<SeriesCourse> courses, SeriesQuery asked, SeriesQuery query, Optional<String> base) {
        if (query.branch().isPresent()) {
            String branch = query.branch().get();
            List<String> facts = new ArrayList<>();
            if (asked.branch().isEmpty() && !branch.equals(workspace.baseBranch())) {
                facts.add("checked out");
            }
            base.ifPresent(name -> facts.add("continuing " + name));
            return " of " + branch + (facts.isEmpty() ? "" : " (" + String.join(", ", facts) + ")");
        }
        return courses.isEmpty() ? "" : " of every branch, since " + workspace.baseBranch() + " has no run";
    }

    String title(
            List<SeriesCourse> courses, SeriesQuery asked, SeriesQuery query, Optional<String> base, OptionalInt days) {
        StringBuilder title = new StringBuilder(
                days.isPresent()
                        ? "The last " + days.getAsInt() + (days.getAsInt() == 1 ? " day" : " days")
                        : "All of the history");
        title.append(branch(courses, asked, query, base));
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
