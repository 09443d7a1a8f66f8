package dev.plumbline.pipeline.check;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.gate.Gate;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.judge.Judgement;
import dev.plumbline.core.judge.Note;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.role.Roles;
import dev.plumbline.pipeline.repository.FindAuthors;
import dev.plumbline.pipeline.repository.Git;
import dev.plumbline.pipeline.repository.HistoryBranches;
import dev.plumbline.pipeline.snapshot.BenchmarkSelector;
import dev.plumbline.pipeline.snapshot.BranchSelector;
import dev.plumbline.pipeline.snapshot.RunSelector;
import dev.plumbline.pipeline.snapshot.Snapshots;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.CommitAuthors;
import dev.plumbline.report.NoteWords;
import dev.plumbline.report.Report;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.RenamedIds;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Judges stored runs again and returns the findings of some benchmarks, with all their reasons. */
public final class StoredFindings {
    /** The pattern of who names no benchmark. */
    private final Workspace workspace;

    private final Policies policies;
    private final Optional<String> baseBranch;
    private final Optional<String> baseline;
    private final Optional<GatePolicy> gatePolicy;
    private final Optional<String> branch;

    /**
     * @param baseBranch as in {@link CheckResults.Options}
     * @param baseline as in {@link CheckResults.Options}
     * @param gatePolicy of a gate that weighs them
     * @param branch whose runs alone are looked at
     */
    public StoredFindings(
            Workspace workspace,
            Policies policies,
            Optional<String> baseBranch,
            Optional<String> baseline,
            Optional<GatePolicy> gatePolicy,
            Optional<String> branch) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.policies = requireNonNull(policies, "policies");
        this.baseBranch = requireNonNull(baseBranch, "baseBranch");
        this.baseline = requireNonNull(baseline, "baseline");
        this.gatePolicy = requireNonNull(gatePolicy, "gatePolicy");
        this.branch = requireNonNull(branch, "branch");
    }

    /** As {@link ExplainFindings#explain} does, with an open history. */
    public ExplainFindings.Explained explain(BenchmarkPattern typed, Optional<String> named, RunStore store)
            throws IOException {
        BenchmarkPattern pattern = new BenchmarkPattern(RenamedIds.current(typed.text(), store));
        BenchmarkSelector.check(SeriesQuery.all().ofBenchmark(pattern), store);
        if (branch.isPresent()) {
            HistoryBranches.of(store).check(branch.get());
        }
        RunSelector meant = new RunSelector(store);
        if (named.isEmpty()) {
            for (List<RunInfo> runs : meant.ofFinding(pattern)) {
                if (branch.filter(name ->
                                !name.equals(runs.get(0).header().revision().branch()))
                        .isPresent()) {
                    continue;
                }
                ExplainFindings.Explained explained = explain(pattern, runs, store);
                if (explained.findings().stream().anyMatch(finding -> finding.isCalled(pattern.text()))) {
                    return explained;
                }
            }
        }
        List<RunInfo> runs = named.map(name -> meant.named(name, branch, new Git(workspace.directory())))
                .orElseGet(() -> recordedLast(pattern, meant, store));
        if (runs.isEmpty()) {
            if (named.isPresent()) {
                throw new NoSuchFileException(
                        named.get(),
                        null,
                        "is not a run or a commit in the history"
                                + branch.map(name -> " of " + name).orElse("")
                                + RunSelector.hint(named.get(), store, new Git(workspace.directory())));
            }
            return new ExplainFindings.Explained(
                    List.of(), List.of(), List.of(), List.of(), List.of(), Map.of(), List.of(), CommitAuthors.UNKNOWN);
        }
        List<RunInfo> newest = named.isEmpty() ? newest(runs, meant) : runs;
        if (!newest.equals(runs) && isOfSameSuite(newest, runs, store)) {
            ExplainFindings.Explained lacking = explain(pattern, newest, store);
            if (lacking.findings().isEmpty() && !lacking.missing().isEmpty()) {
                return lacking;
            }
        }
        return explain(pattern, runs, store);
    }

    /**
     * The last recorded runs of the branch that is checked out or else of the base, as far as they have it; else of
     * any, as where no checkout is known.
     */
    private List<RunInfo> recordedLast(BenchmarkPattern pattern, RunSelector meant, RunStore store) {
        Optional<String> here = branch.isEmpty() ? BranchSelector.checkedOut(workspace) : Optional.empty();
        return here.stream()
                .flatMap(name -> Stream.of(name, workspace.baseBranch(store)))
                .map(name -> meant.recordedLastWith(pattern, Optional.of(name)))
                .filter(runs -> !runs.isEmpty())
                .findFirst()
                .orElseGet(() -> meant.recordedLastWith(pattern, branch));
    }

    /**
     * The newest runs of the wanted branch, or else of the one that is checked out, where that may lack what others
     * have; else of the branch of some runs.
     */
    private List<RunInfo> newest(List<RunInfo> runs, RunSelector meant) {
        Optional<String> own = Optional.of(runs.get(0).header().revision().branch());
        return Stream.of(branch, branch.isEmpty() ? BranchSelector.checkedOut(workspace) : branch, own)
                .flatMap(Optional::stream)
                .map(name -> meant.recordedLast(Optional.of(name)))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(runs);
    }

    /** Whether they measure anything in common: what another suite does not measure, it does not miss. */
    private static boolean isOfSameSuite(List<RunInfo> some, List<RunInfo> others, RunStore store) {
        return !Collections.disjoint(benchmarks(some, store), benchmarks(others, store));
    }

    private static Set<Benchmark> benchmarks(List<RunInfo> runs, RunStore store) {
        return store.keysOf(runs.stream().map(RunInfo::id).toList()).values().stream()
                .flatMap(List::stream)
                .map(SeriesKey::benchmark)
                .collect(Collectors.toSet());
    }

    private ExplainFindings.Explained explain(BenchmarkPattern pattern, List<RunInfo> runs, RunStore store)
            throws IOException {
        // a finding is about the base branch of the runs, an id possibly about their own branch
        List<SeriesKey> meant = store.keys(SeriesQuery.all().ofBenchmark(pattern));
        Snapshots snapshots = Snapshots.of(workspace, store, baseBranch, baseline);
        Judgement judgement = snapshots.judge(snapshots.of(runs), policies, gatePolicy.flatMap(GatePolicy::fixed));
        List<Finding> findings = judgement.findings().stream()
                .filter(finding -> isAny(meant, finding.key()))
                .sorted(Report.WORST_FIRST)
                .toList();
        List<Missing> lacking = judgement.missing().stream()
                .filter(one -> isAny(meant, one.key()))
                .toList();
        return new ExplainFindings.Explained(
                runs,
                findings,
                lacking,
                gatePolicy
                        .map(policy -> snapshots
                                .held(
                                        new Gate(policy)
                                                .decide(
                                                        judgement.findings(),
                                                        judgement.missing(),
                                                        judgement.annotated()),
                                        judgement,
                                        policy)
                                .trace())
                        .orElse(List.of()),
                judgement.notes().stream()
                        .filter(Note.Early.class::isInstance)
                        .map(note -> ((Note.Early) note).loss())
                        .filter(loss -> isAny(meant, loss.key()))
                        .toList(),
                roles(runs, meant, store),
                judgement.notes().stream()
                        .filter(note -> endedSeries(note)
                                .filter(key -> isAny(meant, key))
                                .isPresent())
                        .flatMap(note -> NoteWords.of(List.of(note), List.of(), "", "").stream())
                        .toList(),
                FindAuthors.of(workspace.directory(), findings, lacking, runs, store, workspace.baseBranch(store)));
    }

    /** The series that recovered, or that a branch repairs. */
    private static Optional<SeriesKey> endedSeries(Note note) {
        if (note instanceof Note.Recovered recovered) {
            return Optional.of(recovered.series());
        }
        return note instanceof Note.Repaired repaired ? Optional.of(repaired.series()) : Optional.empty();
    }

    private static boolean isAny(List<SeriesKey> meant, SeriesKey key) {
        return meant.stream().anyMatch(key::isSameOnAnyBranch);
    }

    /** The roles by the findings' keys, which have the branch that the runs are compared with. */
    private Map<SeriesKey, Roles.Decision> roles(List<RunInfo> runs, List<SeriesKey> meant, RunStore store) {
        Map<String, List<SeriesKey>> measured =
                store.keysOf(runs.stream().map(RunInfo::id).toList());
        return policies.roles()
                .among(measured.values().stream()
                        .flatMap(List::stream)
                        .filter(key -> isAny(meant, key))
                        .distinct()
                        .toList());
    }
}
