package dev.plumbline.pipeline.history;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.Gate;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.incident.Case;
import dev.plumbline.core.incident.Shift;
import dev.plumbline.core.judge.Judgement;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.Version;
import dev.plumbline.pipeline.check.StoredJudgement;
import dev.plumbline.pipeline.repository.FindAuthors;
import dev.plumbline.pipeline.repository.FindOrigins;
import dev.plumbline.pipeline.repository.Git;
import dev.plumbline.pipeline.repository.NewestByRecording;
import dev.plumbline.pipeline.snapshot.BenchmarkSelector;
import dev.plumbline.pipeline.snapshot.BranchHistory;
import dev.plumbline.pipeline.snapshot.BranchSelector;
import dev.plumbline.pipeline.snapshot.FindIncidents;
import dev.plumbline.pipeline.snapshot.RunSelector;
import dev.plumbline.pipeline.snapshot.SeriesSelector;
import dev.plumbline.pipeline.snapshot.Snapshots;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.CommitAuthors;
import dev.plumbline.report.Report;
import dev.plumbline.report.answer.IncidentWords;
import dev.plumbline.report.answer.IncidentsReport;
import dev.plumbline.report.answer.NewestFindings;
import dev.plumbline.report.answer.NewestRun;
import dev.plumbline.store.RenamedIds;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lists incidents: changes that belong together, the commit with which they began, and the suspects. */
public final class ListIncidents {
    /**
     * The order of incidents: those that need a decision first, then other losses, then the rest; the newest of each
     * first.
     */
    private static final Comparator<Case> WHAT_MATTERS_FIRST = Comparator.<Case>comparingInt(
                    one -> one.isOpen() && !one.incident().recovered() ? 0 : one.isLoss() ? 1 : 2)
            .thenComparing(one -> one.incident().time(), Comparator.reverseOrder());

    private final Workspace workspace;
    private final Policies policies;

    public ListIncidents(Workspace workspace, Policies policies) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.policies = requireNonNull(policies, "policies");
    }

    /**
     * Lists.
     *
     * @param typed which series; an incident is listed when one of its series is selected; one that names no branch
     *     means the base branch
     * @param days only incidents of the last days, this number of them
     * @param every also what is accepted, recovered, fixed, a false alarm, the noise of a machine or less than the
     *     margin, and what made things better
     * @throws NothingFound if there is no history, or one that has nothing on that branch, or none of what was named
     */
    public IncidentsReport list(SeriesQuery typed, OptionalInt days, boolean every) throws IOException {
        try (RunStore store = workspace.openExisting()) {
            SeriesQuery query = RenamedIds.current(typed, store);
            BenchmarkSelector.check(query, store);
            SeriesSelector.check(query, store.keys(SeriesQuery.all()));
            String branch = query.branch().orElseGet(() -> workspace.baseBranch(store));
            Instant since = days.isPresent()
                    ? workspace.clock().instant().minus(Duration.ofDays(days.getAsInt()))
                    : Instant.MIN;
            FindIncidents.Found found = new FindIncidents(workspace, policies).on(branch, store);
            Predicate<RunInfo> isMeantTime = days.isPresent() ? notBefore(since, branch, store) : run -> true;
            List<Case> all = found.cases().stream()
                    .filter(one -> isMeantTime.test(one.incident().begun()))
                    .filter(one -> one.incident().shifts().stream()
                            .anyMatch(shift -> IncidentSelector.isSelected(shift.key(), query)))
                    .sorted(WHAT_MATTERS_FIRST)
                    .toList();
            // of a branch beside the base nothing else shows what people accepted of it
            boolean isOther = !branch.equals(workspace.baseBranch(store));
            List<CalledRegression> called = Stream.concat(found.called().stream(), found.better().stream())
                    .filter(one -> IncidentSelector.isSelected(one.key(), query) && isMeantTime.test(one.since()))
                    .toList();
            List<Case> reported = all.stream()
                    .filter(one -> every || FindIncidents.isOpen(one))
                    .toList();
            List<Judged> judged = judged(store, query, branch);
            List<NewestFindings.Newest> newest = newest(judged, query, branch, found).stream()
                    .filter(one -> isMeantTime.test(one.run()))
                    .toList();
            List<NewestFindings.Gone> missing = judged.stream()
                    .flatMap(one -> one.missing().stream())
                    .filter(one ->
                            IncidentSelector.isSelected(one.missing().key(), query) && isMeantTime.test(one.run()))
                    .toList();
            List<RunInfo> begun = Stream.of(
                            called.stream().map(CalledRegression::since),
                            newest.stream().map(NewestFindings.Newest::run),
                            missing.stream().map(NewestFindings.Gone::run),
                            all.stream()
                                    .filter(one -> one.incident().recovered())
                                    .map(one -> IncidentWords.reported(one).firstRun()))
                    .flatMap(runs -> runs)
                    .toList();
            return new IncidentsReport(
                    Version.TEXT,
                    branch,
                    reported,
                    all.stream()
                            .filter(one -> !every && !FindIncidents.isOpen(one))
                            .toList(),
                    workspace.clock().instant(),
                    days,
                    called.stream()
                            .filter(one -> every || isOther || FindIncidents.isOpen(one))
                            .toList(),
                    called.stream()
                            .filter(one -> !every && !isOther && !FindIncidents.isOpen(one))
                            .toList(),
                    new NewestFindings(
                            found.lengths().entrySet().stream()
                                    .filter(entry -> IncidentSelector.isSelected(entry.getKey(), query))
                                    .mapToInt(Map.Entry::getValue)
                                    .max()
                                    .orElse(0),
                            newest,
                            found.early().stream()
                                    .filter(one -> IncidentSelector.isSelected(one.key(), query)
                                            && isMeantTime.test(one.since()))
                                    .toList(),
                            missing,
                            judged.stream().flatMap(one -> one.order().stream()).toList(),
                            judged.stream()
                                    .map(Judged::report)
                                    .filter(report -> report.candidates().stream()
                                            .noneMatch(run -> run.time().isBefore(since)))
                                    .map(report -> report.about(key -> IncidentSelector.isSelected(key, query)))
                                    .flatMap(report -> NewestRun.of(report, ListIncidents::isListed).stream())
                                    .toList()),
                    FindAuthors.of(
                                    workspace.directory(),
                                    Stream.concat(
                                            begun.stream().map(run -> run.header()
                                                    .revision()
                                                    .commit()),
                                            missing.stream()
                                                    .map(one -> one.missing().since())),
                                    begun)
                            .with(origins(called, newest, missing, store)));
        }
    }

    /** Whether a run was at a time or later, where the history's order has it. */
    private Predicate<RunInfo> notBefore(Instant time, String branch, RunStore store) throws IOException {
        List<RunInfo> runs = store.runs(RunQuery.all().onBranch(branch));
        TimesInOrder times =
                new TimesInOrder(BranchHistory.newestByRecording(branch, store, Snapshots.configured(workspace, store))
                        .map(newest -> newest.of(runs))
                        .orElse(runs));
        return run -> !times.of(run).isBefore(time);
    }

    private Map<String, CommitAuthors.Origin> origins(
            List<CalledRegression> called,
            List<NewestFindings.Newest> newest,
            List<NewestFindings.Gone> missing,
            RunStore store) {
        FindOrigins origins = FindOrigins.of(called, new Git(workspace.directory()), store);
        newest.forEach(one -> origins.add(
                one.finding().since(),
                one.finding().key(),
                Set.of(one.run().header().revision().branch())));
        missing.forEach(one -> origins.add(
                one.missing().since(),
                one.missing().key(),
                Set.of(one.run().header().revision().branch())));
        return origins.found();
    }

    /** The findings of the newest runs alone: of the branch, and of the one that is checked out. */
    private static List<NewestFindings.Newest> newest(
            List<Judged> judged, SeriesQuery query, String branch, FindIncidents.Found found) {
        Set<SeriesKey> reported = found.cases().stream()
                .flatMap(one -> one.incident().shifts().stream())
                .filter(shift -> shift.recovery().isEmpty())
                .map(Shift::key)
                .collect(Collectors.toSet());
        // what came on top of an accepted level is another change
        found.called().stream().filter(one -> !one.isAccepted()).forEach(one -> reported.add(one.key()));
        List<NewestFindings.Newest> newest = new ArrayList<>();
        for (Judged run : judged) {
            for (NewestFindings.Newest one : run.changed()) {
                boolean isRegressed = one.finding().verdict() instanceof Verdict.Regressed;
                boolean isNews = !isRegressed
                        && !one.finding().isKnown()
                        && !reported.contains(one.finding().key());
                if (isNews || !run.branch().equals(branch)) {
                    newest.add(one);
                }
            }
        }
        return newest.stream()
                .filter(one -> IncidentSelector.isSelected(one.finding().key(), query))
                .toList();
    }

    /**
     * The findings of a check of a branch's newest run.
     *
     * @param order where its order is not that of the dates
     * @param changed the regressions, the possible ones and what people know of too, and what is too good to be true;
     *     the worst first
     * @param missing what it misses
     * @param report of the check
     */
    private record Judged(
            String branch,
            Optional<String> order,
            List<NewestFindings.Newest> changed,
            List<NewestFindings.Gone> missing,
            Report report) {}

    /** Whether a list of incidents has a line for what stops a newest run. */
    private static boolean isListed(GateReason reason) {
        return switch (reason.kind()) {
            case REGRESSION, SUSPECT, MISSING, TOO_GOOD -> true;
            case BUDGET, COPIED, NEW, NOTHING, UNKNOWN -> false;
        };
    }

    /** The judged runs of the requested branch, and of the one that is checked out where none was named. */
    private List<Judged> judged(RunStore store, SeriesQuery query, String branch) throws IOException {
        List<Judged> judged = new ArrayList<>();
        judged(store, branch).ifPresent(judged::add);
        Optional<String> here = query.branch().isPresent() ? Optional.empty() : BranchSelector.checkedOut(workspace);
        if (here.isPresent() && !here.get().equals(branch)) {
            judged(store, here.get()).ifPresent(judged::add);
        }
        return judged;
    }

    private Optional<Judged> judged(RunStore store, String branch) throws IOException {
        Snapshots snapshots = Snapshots.configured(workspace, store);
        Optional<NewestByRecording> recorded = BranchHistory.newestByRecording(branch, store, snapshots);
        List<RunInfo> runs =
                recorded.map(NewestByRecording::runs).orElseGet(() -> new RunSelector(store).newestOn(branch));
        if (runs.isEmpty()) {
            return Optional.empty();
        }
        GatePolicy policy = workspace.configuration().gateInForce().policy(policies);
        Gate gate = new Gate(policy);
        StoredJudgement stored = StoredJudgement.of(runs, store, workspace, policies, policy, Optional.empty());
        Judgement judgement = stored.judgement();
        return Optional.of(new Judged(
                branch,
                recorded.map(NewestByRecording::words),
                judgement.findings().stream()
                        .filter(finding -> finding.alreadyOpen().isEmpty()
                                && (finding.verdict() instanceof Verdict.Regressed
                                        || finding.isSuspect() && !finding.isKnown()
                                        || gate.isAnyTooGood(List.of(finding))))
                        .sorted(Report.WORST_FIRST)
                        .map(finding -> new NewestFindings.Newest(finding, runs.get(0)))
                        .toList(),
                judgement.missing().stream()
                        .map(one -> new NewestFindings.Gone(one, runs.get(0)))
                        .toList(),
                stored.report()));
    }
}
