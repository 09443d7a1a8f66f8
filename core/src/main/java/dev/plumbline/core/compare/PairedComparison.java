package dev.plumbline.core.compare;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.PairEvidence;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Rung;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.stats.Flag;
import dev.plumbline.core.stats.SequentialPairs;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.distribution.StudentT;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.Spread;
import dev.plumbline.core.threshold.WorkCounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;

/**
 * Compares two revisions while they are measured in pairs: the result may be evaluated after every pair without losing
 * its error rate.
 *
 * <p>The evidence is an e-value on the logarithms of the pairs' ratios ({@link SequentialPairs}). A change is reported
 * if the e-value exceeds the suite's size divided by the suite's error rate: the probability of any report for a suite
 * without a change, whenever each benchmark stops, is below that rate (Ville's inequality and a union bound).
 * "Unchanged" closes no gate, so that it is held to each benchmark's own level.
 */
public final class PairedComparison {
    /** Three robust deviations, in median distances. */
    private static final double CLIP = 3 * 1.4826;

    private static final int LEAST_PULLED_IN = 8;

    /** The number of pairs that is enough for counts that agree on either side. */
    private static final int PAIRS_OF_COUNTS = 2;

    private final Policies policies;
    private final int suiteSize;
    private final int fewest;

    /** The decision about one benchmark after the pairs so far. */
    public enum Next {
        /** A change for the worse is certain and relevant. */
        REGRESSED,
        /** A change for the better is. */
        IMPROVED,
        /** Any change lies inside the margin. */
        UNCHANGED,
        /** Take another pair. */
        MORE
    }

    /**
     * @param policies what each series is judged with; one {@link Policy} for all is one
     * @param suiteSize how many metrics are compared in all, at least 1
     * @param fewest pairs before anything is decided, at least 2
     */
    public PairedComparison(Policies policies, int suiteSize, int fewest) {
        this.policies = requireNonNull(policies, "policies");
        if (suiteSize < 1) {
            throw new IllegalArgumentException("a suite of " + suiteSize);
        }
        this.suiteSize = suiteSize;
        this.fewest = fewest;
        rule(policies.general()); // fails immediately with too few pairs
    }

    private SequentialPairs rule(Policy policy) {
        return SequentialPairs.withDefaults().withLeastPairs(fewest).withMargin(policy.testedMargin());
    }

    private SequentialPairs forChange(Policy policy) {
        return rule(policy).withLevel(policies.general().suiteErrorRate() / suiteSize);
    }

    private SequentialPairs forSame(Policy policy) {
        return rule(policy).withLevel(1 - policy.confidence());
    }

    private Policy policy(PairedTrial trial) {
        return asked(trial).at(Location.mean(trial.base()));
    }

    private Policy asked(PairedTrial trial) {
        return policies.of(trial.key(), trial.metric().unit());
    }

    /** The decision from the pairs so far. */
    public Next next(PairedTrial trial) {
        Policy policy = policy(trial);
        double[] changes = trial.changes();
        Next counted = ofCounts(trial, policy);
        if (counted != Next.MORE) {
            return counted;
        }
        if (forChange(policy).isChanged(changes)) {
            boolean worse = trial.metric().better().isWorse(SequentialPairs.centre(changes));
            return worse ? Next.REGRESSED : Next.IMPROVED;
        }
        return forSame(policy).isUnchanged(changes) ? Next.UNCHANGED : Next.MORE;
    }

    /** The decision where counts are equal within each side: no statistics are needed where nothing varies. */
    private static Next ofCounts(PairedTrial trial, Policy policy) {
        if (!isCounted(trial)) {
            return Next.MORE;
        }
        double change = SequentialPairs.centre(trial.changes());
        double margin = Math.log1p(policy.testedMargin());
        if (Math.abs(change) >= margin && Math.abs(change) > WorkCounts.NOISE) {
            return trial.metric().better().isWorse(change) ? Next.REGRESSED : Next.IMPROVED;
        }
        return Math.abs(change) + WorkCounts.NOISE < margin ? Next.UNCHANGED : Next.MORE;
    }

    private static boolean isCounted(PairedTrial trial) {
        return WorkCounts.isOne(trial.metric())
                && trial.base().length >= PAIRS_OF_COUNTS
                && Arrays.stream(trial.base()).allMatch(value -> value > 0)
                && WorkCounts.agree(trial.base())
                && WorkCounts.agree(trial.candidate());
    }

    /**
     * The probability, after the pairs so far, that the candidate is worse by the margin or more: under independent
     * normal differences without prior knowledge of their mean and scatter (Student's distribution), with outliers
     * pulled in. It shows where another pair helps most; no verdict depends on it.
     *
     * @return from 0 to 1; 1 while there are fewer pairs than anything is decided with
     */
    public double probabilityOfRegression(PairedTrial trial) {
        double[] changes = pulledIn(trial.changes());
        if (changes.length < fewest) {
            return 1;
        }
        double mean = Location.mean(changes);
        double worse = trial.metric().better().isWorse(mean) ? Math.abs(mean) : -Math.abs(mean);
        double missing = Math.log1p(policy(trial).margin()) - worse;
        double error = Spread.standardDeviation(changes) / Math.sqrt(changes.length);
        if (error == 0) {
            return missing <= 0 ? 1 : 0;
        }
        return StudentT.survival(missing / error, changes.length - 1);
    }

    /** Few values have no robust deviation that could be relied on. */
    private static double[] pulledIn(double[] changes) {
        if (changes.length < LEAST_PULLED_IN) {
            return changes;
        }
        double middle = Location.median(changes);
        double limit = CLIP * Spread.medianAbsoluteDeviation(changes);
        return limit == 0
                ? changes
                : Arrays.stream(changes)
                        .map(change -> Math.max(middle - limit, Math.min(middle + limit, change)))
                        .toArray();
    }

    /**
     * Whether fresh pairs show the regression that others showed: they move the same way by at least half the margin.
     *
     * @param fresh none of the pairs that led to the suspicion
     */
    public boolean confirms(PairedTrial fresh) {
        double centre = SequentialPairs.centre(fresh.changes());
        return fresh.metric().better().isWorse(centre)
                && Math.abs(centre) >= Math.log1p(policy(fresh).margin()) / 2;
    }

    /** The difference between the two copies of the base; empty when there was one. */
    public Optional<PairEvidence.Copies> copies(PairedTrial trial) {
        if (trial.twin().length == 0) {
            return Optional.empty();
        }
        Policy policy = policy(trial);
        SequentialPairs.Look look = forSame(policy).look(trial.ofTwin().changes());
        boolean apart = look.pairs() >= fewest && !look.interval().contains(0);
        return Optional.of(new PairEvidence.Copies(
                Math.expm1(look.centre()), look.eValue(), apart, timesTheCopies(1 - policy.confidence())));
    }

    /**
     * The largest distance of a third copy from the middle of the first two, as a multiple of their difference. With
     * copies scattered normally, however widely, that distance over the difference is Student's t of one degree of
     * freedom times √3/2.
     */
    private static double timesTheCopies(double level) {
        return StudentT.upperQuantile(level / 2, 1) * Math.sqrt(3) / 2;
    }

    /** Whether the change may be nothing but what two equal things differ by here. */
    private static boolean isHidden(PairedTrial trial, PairEvidence.Copies copies) {
        double difference = SequentialPairs.centre(trial.ofTwin().changes());
        double change = SequentialPairs.centre(trial.changes()) - difference / 2;
        return copies.apart() && Math.abs(change) <= copies.times() * Math.abs(difference);
    }

    /** One finding for each trial, in their order. */
    public List<Finding> findings(List<PairedTrial> trials) {
        return trials.stream().map(this::finding).toList();
    }

    private Finding finding(PairedTrial trial) {
        Policy policy = policy(trial);
        double[] changes = trial.changes();
        SequentialPairs.Look strict = forChange(policy).look(changes);
        SequentialPairs.Look plain = forSame(policy).look(changes);
        Next next = next(trial);
        boolean counted = ofCounts(trial, policy) != Next.MORE;
        boolean logarithmic = Arrays.stream(trial.base()).allMatch(value -> value > 0)
                && Arrays.stream(trial.candidate()).allMatch(value -> value > 0);
        // about the middle of all pairs, so that their ratio equals the reported change
        double middle = logarithmic ? logMiddle(trial) : 0;
        double after = logarithmic ? Math.exp(middle + plain.centre() / 2) : Location.mean(trial.candidate());
        double before = logarithmic ? Math.exp(middle - plain.centre() / 2) : Location.mean(trial.base());
        double change = logarithmic ? Math.expm1(plain.centre()) : Effect.relativeChange(before, after);
        Effect effect = new Effect(
                before,
                after,
                change,
                counted
                        ? new Interval(change - WorkCounts.NOISE, change + WorkCounts.NOISE, policy.confidence())
                        : relative(plain.interval(), trial, logarithmic));
        double adjusted = Math.min(1, suiteSize / strict.eValue());
        double deviation = changes.length < 2 ? 0 : Spread.winsorisedDeviation(changes);
        List<Rung> trace = new ArrayList<>();
        trace.add(Rung.passed(new PairEvidence.Pairs(
                changes.length, changes.length > 1 ? OptionalDouble.of(deviation) : OptionalDouble.empty())));
        policy.largeFloor(asked(trial), before, trial.metric().unit())
                .map(Rung::noted)
                .ifPresent(trace::add);
        trace.add(
                counted
                        ? Rung.decided(new PairEvidence.Counted(change, WorkCounts.NOISE, policy.margin()))
                        : difference(strict, adjusted, effect, next));
        // alone it would be a change, and the suite's size does not make nothing of it
        boolean suspect = !plain.interval().contains(0) && adjusted < 1;
        Optional<PairEvidence.Copies> copies = copies(trial);
        copies.map(Rung::passed).ifPresent(trace::add);
        List<Warning> warnings = new ArrayList<>();
        if (!logarithmic) {
            warnings.add(new Warning.Flagged(Flag.NOT_LOGARITHMIC));
        }
        copies.filter(PairEvidence.Copies::apart).ifPresent(warnings::add);
        Verdict verdict = verdict(policy, trial, next, effect, changes.length, deviation, suspect, trace);
        Severity severity = verdict instanceof Verdict.Regressed
                ? policy.severities().of(Math.abs(effect.relativeChange()))
                : Severity.NONE;
        double detectable = detectable(policy, deviation, changes.length);
        return new Finding(
                trial.key(),
                trial.metric().unit(),
                trial.metric().better(),
                policy,
                verdict,
                severity,
                OptionalDouble.of(after),
                Optional.empty(),
                counted ? OptionalDouble.empty() : OptionalDouble.of(adjusted),
                Double.isFinite(detectable) ? OptionalDouble.of(detectable) : OptionalDouble.empty(),
                "",
                trace,
                warnings,
                List.of(),
                Optional.empty());
    }

    private Rung difference(SequentialPairs.Look look, double adjusted, Effect effect, Next next) {
        PairEvidence.Difference difference = new PairEvidence.Difference(
                effect.relativeChange(),
                look.eValue(),
                adjusted,
                suiteSize,
                policies.general().suiteErrorRate());
        return next == Next.REGRESSED || next == Next.IMPROVED ? Rung.decided(difference) : Rung.passed(difference);
    }

    private Verdict verdict(
            Policy policy,
            PairedTrial trial,
            Next next,
            Effect effect,
            int pairs,
            double deviation,
            boolean suspect,
            List<Rung> trace) {
        if (trial.refuted()) {
            PairEvidence.Refuted why = new PairEvidence.Refuted();
            trace.add(Rung.decided(why));
            return new Verdict.Inconclusive(why, false, OptionalInt.empty(), Optional.of(effect));
        }
        Optional<PairEvidence.Copies> hiding = copies(trial).filter(copies -> isHidden(trial, copies));
        if (hiding.isPresent() && (next == Next.REGRESSED || next == Next.IMPROVED)) {
            PairEvidence.Untrusted why = new PairEvidence.Untrusted(
                    hiding.get().difference(), hiding.get().times());
            trace.add(Rung.decided(why));
            return new Verdict.Inconclusive(why, next == Next.REGRESSED, OptionalInt.empty(), Optional.of(effect));
        }
        return switch (next) {
            case REGRESSED -> new Verdict.Regressed(effect);
            case IMPROVED -> new Verdict.Improved(effect);
            case UNCHANGED -> {
                if (ofCounts(trial, policy) == Next.MORE) {
                    trace.add(Rung.decided(new PairEvidence.Equivalence(policy.margin())));
                }
                yield new Verdict.Unchanged(effect);
            }
            case MORE -> {
                OptionalInt needed = pairsNeeded(policy, deviation, pairs);
                PairEvidence.Ended why = new PairEvidence.Ended(pairs, needed, policy.margin());
                trace.add(Rung.decided(why));
                yield new Verdict.Inconclusive(
                        why,
                        suspect
                                && trial.metric().better().isWorse(effect.relativeChange())
                                && Math.abs(effect.relativeChange()) >= policy.margin(),
                        needed.isPresent()
                                ? OptionalInt.of(Math.max(1, needed.getAsInt() - pairs))
                                : OptionalInt.empty(),
                        Optional.of(effect));
            }
        };
    }

    /** The pairs after which a change of the margin's size is seen with 99 % probability; empty when unknown. */
    private OptionalInt pairsNeeded(Policy policy, double deviation, int pairs) {
        if (pairs < 3) {
            return OptionalInt.empty();
        }
        double margin = Math.log1p(policy.margin());
        for (int n = Math.max(4, pairs); n <= 10_000; n += 1 + n / 16) {
            if (detectableOnLogs(policy, deviation, n) <= margin) {
                return OptionalInt.of(n);
            }
        }
        return OptionalInt.empty();
    }

    /**
     * The minimum detectable change of a number of pairs.
     *
     * @param policy of the series
     * @param deviation standard deviation of the logarithms of their ratios, from 0
     * @return the smallest relative change with 99 % probability; infinite for fewer than three pairs
     */
    public double detectable(Policy policy, double deviation, int pairs) {
        return pairs < 3 ? Double.POSITIVE_INFINITY : Math.expm1(detectableOnLogs(policy, deviation, pairs));
    }

    private double detectableOnLogs(Policy policy, double deviation, int pairs) {
        return forChange(policy).halfWidth(deviation, pairs) + 2.326 * deviation / Math.sqrt(pairs);
    }

    private static Interval relative(Interval ofChanges, PairedTrial trial, boolean logarithmic) {
        if (logarithmic) {
            return new Interval(Math.expm1(ofChanges.low()), Math.expm1(ofChanges.high()), ofChanges.confidence());
        }
        boolean signed = DoubleStream.concat(Arrays.stream(trial.base()), Arrays.stream(trial.candidate()))
                .anyMatch(value -> value < 0);
        return signed ? ofChanges : Effect.ofUnsigned(ofChanges);
    }

    /** The middle of the pairs' geometric means, as a logarithm. */
    private static double logMiddle(PairedTrial trial) {
        double[] base = trial.base();
        double[] candidate = trial.candidate();
        double[] middles = new double[base.length];
        for (int i = 0; i < base.length; i++) {
            middles[i] = (Math.log(base[i]) + Math.log(candidate[i])) / 2;
        }
        return SequentialPairs.centre(middles);
    }
}
