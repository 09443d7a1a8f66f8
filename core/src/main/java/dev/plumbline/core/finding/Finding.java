package dev.plumbline.core.finding;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.PackedValues;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The conclusion about one series, with its evidence.
 *
 * @param key which series
 * @param unit the unit of all levels in here
 * @param better which way is better
 * @param policy that it was judged by
 * @param verdict the conclusion
 * @param severity how bad a regression is; {@link Severity#NONE} for every other verdict
 * @param candidate the judged value, in the unit
 * @param baseline what it was judged against, if there was anything
 * @param pValue of the test that decided, adjusted for the whole suite
 * @param detectableChange the smallest relative change that a judgement like this one finds with 99 % probability
 * @param since the revision at which the change began; empty text when it is not known or nothing changed
 * @param trace every check in its order; the last with {@link Rung.Outcome#DECIDED} decided
 * @param warnings doubts that every reader should see
 * @param history the latest values before the candidate, oldest first, for a sparkline
 * @param statement what a person recorded about the change, if anybody did
 * @param alreadyOpen that the change was there before the branch of the judged runs began; empty where it was not
 */
public record Finding(
        SeriesKey key,
        Unit unit,
        Better better,
        Policy policy,
        Verdict verdict,
        Severity severity,
        OptionalDouble candidate,
        Optional<Baseline> baseline,
        OptionalDouble pValue,
        OptionalDouble detectableChange,
        String since,
        List<Rung> trace,
        List<Warning> warnings,
        List<Double> history,
        Optional<Annotation> statement,
        Optional<AlreadyOpen> alreadyOpen) {
    public Finding {
        requireNonNull(key, "key");
        requireNonNull(unit, "unit");
        requireNonNull(better, "better");
        requireNonNull(policy, "policy");
        requireNonNull(verdict, "verdict");
        requireNonNull(severity, "severity");
        requireNonNull(candidate, "candidate");
        requireNonNull(baseline, "baseline");
        requireNonNull(pValue, "pValue");
        requireNonNull(detectableChange, "detectableChange");
        requireNonNull(since, "since");
        trace = List.copyOf(trace);
        warnings = List.copyOf(warnings);
        history = PackedValues.of(history);
        requireNonNull(statement, "statement");
        requireNonNull(alreadyOpen, "alreadyOpen");
        if (severity != Severity.NONE && verdict.kind() != Verdict.Kind.REGRESSED) {
            throw new IllegalArgumentException("only a regression has a severity, not " + verdict.kind());
        }
    }

    /** One of a change that was not there before. */
    public Finding(
            SeriesKey key,
            Unit unit,
            Better better,
            Policy policy,
            Verdict verdict,
            Severity severity,
            OptionalDouble candidate,
            Optional<Baseline> baseline,
            OptionalDouble pValue,
            OptionalDouble detectableChange,
            String since,
            List<Rung> trace,
            List<Warning> warnings,
            List<Double> history,
            Optional<Annotation> statement) {
        this(
                key,
                unit,
                better,
                policy,
                verdict,
                severity,
                candidate,
                baseline,
                pValue,
                detectableChange,
                since,
                trace,
                warnings,
                history,
                statement,
                Optional.empty());
    }

    /** The same finding, with what a person recorded about it. */
    public Finding with(Annotation stated) {
        return with(verdict, since, trace, warnings, Optional.of(stated), alreadyOpen);
    }

    /** The same finding of a change that was there before. */
    public Finding with(AlreadyOpen open) {
        return with(verdict, since, trace, warnings, statement, Optional.of(open));
    }

    /** The same finding with other words for what was open before: its own change, and what it came on top of. */
    public Finding describing(UnaryOperator<AlreadyOpen> other) {
        if (alreadyOpen.isEmpty() && warnings.stream().noneMatch(Warning.OnOpenLevel.class::isInstance)) {
            return this;
        }
        List<Warning> doubts = warnings.stream()
                .map(warning -> warning instanceof Warning.OnOpenLevel below ? below.describing(other) : warning)
                .toList();
        return with(verdict, since, trace, doubts, statement, alreadyOpen.map(other));
    }

    /** The same finding of a change that began with a later commit. */
    public Finding beginning(String commit) {
        return with(verdict, commit, trace, warnings, statement, alreadyOpen);
    }

    /** The same finding of a change that began with an earlier commit, and how that is known. */
    public Finding beginning(String commit, Evidence evidence) {
        List<Rung> rungs = new ArrayList<>(trace);
        rungs.add(Rung.noted(evidence));
        return with(verdict, commit, rungs, warnings, statement, alreadyOpen);
    }

    /** Whether the change does not fail the gate for these runs: it is triaged, or another branch already has it. */
    public boolean isKnown() {
        return statement.isPresent() || alreadyOpen.isPresent();
    }

    /** The same finding, with one more doubt. */
    public Finding withWarning(Warning doubt) {
        List<Warning> more = new ArrayList<>(warnings);
        more.add(doubt);
        return with(verdict, since, trace, more, statement, alreadyOpen);
    }

    /**
     * The same change with other levels, and as severe as that makes it.
     *
     * @throws IllegalStateException if it is neither a regression nor an improvement
     */
    public Finding sized(Effect effect) {
        Severity severe = policy.severities().of(Math.abs(effect.relativeChange()));
        return switch (verdict.kind()) {
            case IMPROVED -> with(new Verdict.Improved(effect), since, trace, warnings, statement, alreadyOpen);
            case REGRESSED ->
                with(new Verdict.Regressed(effect), since, trace, warnings, statement, alreadyOpen)
                        .severe(severe);
            default -> throw new IllegalStateException(verdict.kind() + " is no change");
        };
    }

    /** The same regression, at least so severe. */
    public Finding atLeast(Severity other) {
        return severity.isAtLeast(other) ? this : severe(other);
    }

    private Finding severe(Severity other) {
        return new Finding(
                key,
                unit,
                better,
                policy,
                verdict,
                other,
                candidate,
                baseline,
                pValue,
                detectableChange,
                since,
                trace,
                warnings,
                history,
                statement,
                alreadyOpen);
    }

    /**
     * The same finding with its conclusion withdrawn.
     *
     * @param evidence that decides in place of what decided before, which stays in the trace
     */
    public Finding undecided(Verdict.Inconclusive open, Evidence evidence) {
        List<Rung> rungs = new ArrayList<>();
        trace.forEach(rung -> rungs.add(rung.outcome() == Rung.Outcome.DECIDED ? Rung.noted(rung.evidence()) : rung));
        rungs.add(Rung.decided(evidence));
        return with(open, "", rungs, warnings, statement, alreadyOpen);
    }

    /** The same finding with evidence that decides nothing at the end of its trace. */
    public Finding noting(Evidence evidence) {
        List<Rung> rungs = new ArrayList<>(trace);
        rungs.add(Rung.noted(evidence));
        return with(verdict, since, rungs, warnings, statement, alreadyOpen);
    }

    /** The same finding that nothing can be compared with, for a more precise reason than the one that it has. */
    public <R extends Evidence & Reason> Finding notComparable(R why) {
        List<Rung> rungs = trace.stream()
                .map(rung -> rung.outcome() == Rung.Outcome.DECIDED ? Rung.decided(why) : rung)
                .toList();
        return with(new Verdict.NotComparable(why), since, rungs, warnings, statement, alreadyOpen);
    }

    /**
     * The same finding with another conclusion that is none of a regression either.
     *
     * @throws IllegalArgumentException if this is a regression with a severity
     */
    public Finding with(Verdict other) {
        if (severity != Severity.NONE) {
            throw new IllegalArgumentException("only a regression has a severity, not " + other.kind());
        }
        return with(other, since, trace, warnings, statement, alreadyOpen);
    }

    /** Only a regression keeps its severity. */
    private Finding with(
            Verdict concluded,
            String begun,
            List<Rung> rungs,
            List<Warning> doubts,
            Optional<Annotation> stated,
            Optional<AlreadyOpen> open) {
        return new Finding(
                key,
                unit,
                better,
                policy,
                concluded,
                concluded.kind() == Verdict.Kind.REGRESSED ? severity : Severity.NONE,
                candidate,
                baseline,
                pValue,
                detectableChange,
                begun,
                rungs,
                doubts,
                history,
                stated,
                open);
    }

    /**
     * The id of the finding, constant as long as its change is the same: series and revision of the change. The branch
     * is not part of it.
     */
    public String id() {
        return id(key, since);
    }

    /**
     * The id of a finding about a change of a series, on any branch.
     *
     * @param since the revision at which it began; empty text when it is not known
     */
    public static String id(SeriesKey key, String since) {
        return since.isEmpty() ? key.findingId() : key.findingId() + "-" + shortened(since);
    }

    /** Whether its id begins so, or the id that it would have if the branch were part of it. */
    public boolean isCalled(String beginning) {
        return id().startsWith(beginning)
                || (key.id() + (since.isEmpty() ? "" : "-" + shortened(since))).startsWith(beginning);
    }

    /** A commit as ids of findings name it: people copy these into a shell, and a commit's name may hold anything. */
    public static String shortened(String commit) {
        return commit.substring(0, Math.min(8, commit.length())).replaceAll("[^A-Za-z0-9._+]", "_");
    }

    /** The evidence of one kind, in the order of the decision trace. */
    public <E extends Evidence> Stream<E> evidence(Class<E> kind) {
        return trace.stream().map(Rung::evidence).filter(kind::isInstance).map(kind::cast);
    }

    /** The value of each run, where runs of one commit differ widely. */
    public Optional<Warning.RunsApart> runsApart() {
        return warnings.stream()
                .filter(Warning.RunsApart.class::isInstance)
                .map(Warning.RunsApart.class::cast)
                .findFirst();
    }

    /** Whether evidence of this kind decided. */
    public boolean isDecidedBy(Class<? extends Evidence> kind) {
        return trace.stream().anyMatch(rung -> rung.isDecidedBy(kind));
    }

    /** Whether as many runs of the same commit do not show the change as do: one more run decides. */
    public boolean isDisputed() {
        return verdict instanceof Verdict.Inconclusive open
                ? open.reason() instanceof HistoryEvidence.Disagreement
                : verdict instanceof Verdict.Regressed
                        && evidence(HistoryEvidence.Disagreement.class)
                                .findAny()
                                .isPresent();
    }

    /** Whether this is a possible regression that another run has to confirm. */
    public boolean isSuspect() {
        return verdict instanceof Verdict.Inconclusive inconclusive && inconclusive.suspect();
    }
}
