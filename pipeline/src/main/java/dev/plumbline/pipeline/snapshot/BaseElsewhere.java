package dev.plumbline.pipeline.snapshot;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.gate.Cause;
import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.core.gate.GateRule.Weight;
import dev.plumbline.core.judge.Judgement;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.role.Role;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The series of the base branch that were measured only in other environments than the runs of another branch, as where
 * the branch has another JVM. Runs of the branch itself are no reference for what it changed: the second one must not
 * pass because the first one was there. Release branches are their own reference once they have a history: main has
 * moved on.
 */
final class BaseElsewhere {
    /** {@code release/1.0}, {@code stable-2.x}: a branch that lives on beside main, named after its version. */
    private static final Pattern RELEASE = Pattern.compile("(releases?|stable|support|maintenance)[/-]v?\\d.*");

    private final List<RunInfo> runs;
    private final boolean isRelease;
    private final RunStore store;
    private final Map<Name, TreeSet<String>> environments = new HashMap<>();

    /** A series without environment and branch. */
    private record Name(Benchmark benchmark, String metric) {
        static Name of(SeriesKey key) {
            return new Name(key.benchmark(), key.metric());
        }
    }

    /** @param runs of one branch, in any environments; at least one */
    BaseElsewhere(List<RunInfo> runs, String baseBranch, RunStore store) {
        this.runs = runs;
        this.store = store;
        isRelease = RELEASE.matcher(runs.get(0).header().revision().branch()).matches();
        boolean isOnBase = runs.get(0).header().revision().branch().equals(baseBranch);
        if (!isOnBase && runs.stream().noneMatch(run -> isMeasured(run, baseBranch, store))) {
            store.keys(SeriesQuery.all().onBranch(baseBranch)).forEach(key -> environments
                    .computeIfAbsent(Name.of(key), name -> new TreeSet<>())
                    .add(key.environment()));
        }
    }

    private static boolean isMeasured(RunInfo run, String baseBranch, RunStore store) {
        return !store.runs(RunQuery.all()
                        .inEnvironment(run.header().environment().key())
                        .onBranch(baseBranch)
                        .newest(1))
                .isEmpty();
    }

    private Optional<HistoryEvidence.OtherEnvironment> of(SeriesKey key) {
        return Optional.ofNullable(environments.get(Name.of(key)))
                .map(elsewhere -> new HistoryEvidence.OtherEnvironment(key.environment(), List.copyOf(elsewhere)));
    }

    /**
     * Whether the base branch has any of these series, and nothing that they can be compared with; no series of a
     * release branch, which is compared with its own history.
     */
    boolean isOfAny(List<Finding> findings) {
        return !isRelease
                && findings.stream().anyMatch(finding -> of(finding.key()).isPresent());
    }

    /** The same judgement, where nothing can be compared with what has too few runs of its own branch. */
    Judgement reported(Judgement judgement) {
        Map<SeriesKey, Finding> reported = new HashMap<>();
        judgement.findings().stream()
                .filter(finding -> finding.isDecidedBy(HistoryEvidence.TooFewRuns.class))
                .forEach(finding ->
                        of(finding.key()).ifPresent(why -> reported.put(finding.key(), finding.notComparable(why))));
        return reported.isEmpty() ? judgement : judgement.with(reported);
    }

    /**
     * The decision about runs that were judged by enough runs of their own branch: what it changed before is open,
     * unless it is a release branch.
     */
    GateDecision held(GateDecision gate, Judgement judgement, GatePolicy policy) {
        if (isRelease) {
            return gate;
        }
        boolean isHeld = gate.trace().stream().anyMatch(reason -> reason.cause() instanceof Cause.Incomparable);
        return judgement.findings().stream()
                .map(Finding::key)
                .filter(key -> !isHeld && gate.role(key) == Role.PRIMARY && policy.weightOf(key) != Weight.MUTED)
                .flatMap(key -> of(key).stream())
                .findFirst()
                .map(why -> new GateReason(
                        policy.onIncomparable(),
                        GateReason.Kind.NOTHING,
                        "",
                        "",
                        new Cause.Incomparable(NearestEnvironments.reported(why, runs, store))))
                .map(gate::with)
                .orElse(gate);
    }
}
