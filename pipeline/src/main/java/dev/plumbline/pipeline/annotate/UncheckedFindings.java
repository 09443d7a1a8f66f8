package dev.plumbline.pipeline.annotate;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.ObservedChange;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.Gate;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.judge.Judgement;
import dev.plumbline.core.model.PointKey;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.repository.HistoryBranches;
import dev.plumbline.pipeline.snapshot.FindIncidents;
import dev.plumbline.pipeline.snapshot.RunSelector;
import dev.plumbline.pipeline.snapshot.Snapshots;
import dev.plumbline.pipeline.snapshot.annotation.FixedAcceptances;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The findings of the last recorded revision that no check has recorded: missing benchmarks, failures of a fixed limit,
 * and results that were never checked. It is not triaged yet.
 */
final class UncheckedFindings {
    private final Workspace workspace;
    private final RunStore store;

    UncheckedFindings(Workspace workspace, RunStore store) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.store = requireNonNull(store, "store");
    }

    /**
     * The findings that a name selects.
     *
     * @param runs the revision
     * @param changes for the worse
     * @param missing what it did not measure
     */
    record SelectedFindings(List<RunInfo> runs, List<Change> changes, List<Missing> missing) {
        static final SelectedFindings NONE = new SelectedFindings(List.of(), List.of(), List.of());

        SelectedFindings {
            runs = List.copyOf(runs);
            changes = List.copyOf(changes);
            missing = List.copyOf(missing);
        }

        boolean isNothing() {
            return changes.isEmpty() && missing.isEmpty();
        }

        /** The commit; empty text where it is unknown. */
        String commit() {
            return runs.get(0).header().revision().commit();
        }
    }

    /**
     * A change, for the worse unless improvements were asked for.
     *
     * @param key of the series that the runs extend
     * @param since the commit with which it began; empty text where it is unknown
     * @param size in relation to the level before
     * @param points the judged ones
     */
    record Change(Finding finding, SeriesKey key, String since, double size, List<PointKey> points) {
        Change {
            points = List.copyOf(points);
        }

        boolean isImprovement() {
            return finding.verdict() instanceof Verdict.Improved;
        }
    }

    /**
     * With an id what it names in the revision that was recorded last on any branch, suspects too; else what is open of
     * the benchmarks that the text selects.
     */
    SelectedFindings called(String target) throws IOException {
        RunSelector runs = new RunSelector(store);
        List<RunInfo> last = runs.recordedLast();
        if (last.isEmpty() || FindIncidents.isBeginning(target)) {
            return SelectedFindings.NONE;
        }
        SelectedFindings selected = of(last, target);
        return selected.isNothing() ? onAnyBranch(target, there -> of(there, target)) : selected;
    }

    /**
     * The findings that an id selects on any branch: the check that printed it may be one of another branch, with later
     * ones since.
     */
    private SelectedFindings onAnyBranch(String target, Selection selection) throws IOException {
        if (!target.endsWith(Missing.ID_END) && !isOfChange(target)) {
            return SelectedFindings.NONE;
        }
        for (String branch : HistoryBranches.of(store).all()) {
            SelectedFindings there = selection.of(new RunSelector(store).recordedLastOn(branch));
            if (!there.isNothing()) {
                return there;
            }
        }
        return SelectedFindings.NONE;
    }

    /** Whether it is the id of one change, which no other change of its series has. */
    private static boolean isOfChange(String target) {
        return !target.endsWith(Missing.ID_END)
                && ChangeId.of(target).flatMap(ChangeId::commit).isPresent();
    }

    /** Selects changes that some runs show. */
    private interface Selection {
        SelectedFindings of(List<RunInfo> runs) throws IOException;
    }

    /**
     * The improvements of the runs: of a benchmark the one that is too good to be true, so that the gate fails, and
     * with the id of a finding any improvement.
     */
    SelectedFindings improved(String target) throws IOException {
        List<RunInfo> last = new RunSelector(store).recordedLast();
        if (last.isEmpty() || FindIncidents.isBeginning(target)) {
            return SelectedFindings.NONE;
        }
        SelectedFindings selected = improved(last, target);
        return selected.isNothing() ? onAnyBranch(target, there -> improved(there, target)) : selected;
    }

    private SelectedFindings improved(List<RunInfo> runs, String target) throws IOException {
        Judged judged = judged(runs);
        BenchmarkPattern pattern = new BenchmarkPattern(target);
        Gate gate = new Gate(judged.gate);
        return new SelectedFindings(
                runs,
                judged.judgement.series().stream()
                        .filter(one -> one.finding().verdict() instanceof Verdict.Improved
                                && !one.finding().isKnown())
                        .filter(one -> isExactly(one.finding(), target)
                                || !isOfChange(target)
                                        && pattern.matches(one.finding().key())
                                        && gate.isAnyTooGood(List.of(one.finding())))
                        .flatMap(one -> one.finding().verdict().effect().stream()
                                .map(effect -> change(
                                        one, runs.get(0).header().revision().branch(), effect.relativeChange())))
                        .toList(),
                List.of());
    }

    /** The findings of the revision that was recorded last. */
    List<Finding> last() throws IOException {
        return findings(new RunSelector(store).recordedLast());
    }

    /** The same of a branch; none where it has no run. */
    List<Finding> lastOn(String branch) throws IOException {
        return findings(new RunSelector(store).recordedLastOn(branch));
    }

    private List<Finding> findings(List<RunInfo> runs) throws IOException {
        return runs.isEmpty()
                ? List.of()
                : judged(runs).judgement.series().stream()
                        .map(Judgement.Judged::finding)
                        .toList();
    }

    private record Judged(Judgement judgement, GatePolicy gate) {}

    private Judged judged(List<RunInfo> runs) throws IOException {
        Configuration configuration = workspace.configuration();
        Policies policies = configuration.thresholds(configuration.policy());
        GatePolicy gate = configuration.gateInForce().policy(policies);
        Snapshots snapshots = Snapshots.configured(workspace, store);
        return new Judged(snapshots.judge(snapshots.of(runs), policies, gate.fixed()), gate);
    }

    private SelectedFindings of(List<RunInfo> runs, String target) throws IOException {
        Judged judged = judged(runs);
        Judgement judgement = judged.judgement;
        GatePolicy gate = judged.gate;
        BenchmarkPattern pattern = new BenchmarkPattern(target);
        String branch = runs.get(0).header().revision().branch();
        boolean isOfChange = isOfChange(target);
        return new SelectedFindings(
                runs,
                judgement.series().stream()
                        .filter(one -> !one.finding().isKnown())
                        .filter(one -> isExactly(one.finding(), target)
                                || !isOfChange && pattern.matches(one.finding().key()))
                        .flatMap(one -> change(one, gate, branch, isExactly(one.finding(), target)).stream())
                        .toList(),
                judgement.missing().stream()
                        .filter(one -> pattern.matches(one.key()))
                        .toList());
    }

    private static boolean isExactly(Finding finding, String target) {
        return target.length() > "0123".length() && finding.isCalled(target);
    }

    private static Optional<Change> change(
            Judgement.Judged one, GatePolicy gate, String branch, boolean takesSuspects) {
        Finding finding = one.finding();
        boolean isWorse = finding.verdict() instanceof Verdict.Regressed || takesSuspects && finding.isSuspect();
        Optional<Double> size = Stream.concat(
                        isWorse ? finding.verdict().effect().map(Effect::relativeChange).stream() : Stream.empty(),
                        gate.fixed().stream()
                                .flatMap(rule -> FixedAcceptances.change(one, rule).stream())
                                .map(ObservedChange::relativeChange))
                .filter(change -> change != 0)
                .findFirst();
        return size.map(change -> change(one, branch, change));
    }

    private static Change change(Judgement.Judged one, String branch, double size) {
        SeriesKey key = one.finding().key();
        return new Change(
                one.finding(),
                key.on(branch),
                FixedAcceptances.since(one),
                size,
                one.points().stream()
                        .map(point -> new PointKey(point.run().id(), key.benchmark(), key.metric()))
                        .toList());
    }
}
