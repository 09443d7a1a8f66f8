package dev.plumbline.pipeline.measuring;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.compare.PairedComparison;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.stats.sample.RunNoise;
import dev.plumbline.measure.BenchmarkPair;
import dev.plumbline.measure.subject.JmhLength;
import dev.plumbline.measure.subject.JmhSubject;
import dev.plumbline.measure.subject.Subject;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.answer.ForkPlan;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Plans the forks of JMH benchmarks that two revisions are measured with in turn: how many iterations each fork makes,
 * alike on both sides, and about how many pairs of forks detect a change as large as the margin. How many are made is
 * decided pair by pair.
 */
final class PlanPairs {
    private static final int FEWEST = 4;
    private static final int MOST = 500;

    private final Workspace workspace;
    private final Policies policies;

    PlanPairs(Workspace workspace, Policies policies) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.policies = requireNonNull(policies, "policies");
    }

    /** One benchmark on its way. */
    private record Known(ForkPlan.Pairs wanted, double deviation, Policy policy, JmhSubject subject, boolean isFirst) {}

    /**
     * Plans, and sets the number of iterations of the subjects' forks.
     *
     * @param here the header of the head's run
     * @param budget for measuring all of them
     * @return a row for each benchmark of JMH that the history knows
     */
    ForkPlan plan(List<BenchmarkPair> contests, RunHeader here, Duration budget) throws IOException {
        if (contests.stream().noneMatch(contest -> contest.candidate() instanceof JmhSubject)) {
            return new ForkPlan(List.of());
        }
        PastForks past = PastForks.of(workspace, policies, here);
        PairedComparison rule = new PairedComparison(policies, contests.size(), FEWEST);
        List<Known> known = new ArrayList<>();
        for (BenchmarkPair contest : contests) {
            if (contest.candidate() instanceof JmhSubject subject) {
                past.of(subject).stream()
                        .filter(one -> one.known().isPresent())
                        .findFirst()
                        .ifPresent(one -> known.add(planned(contest, subject, one, rule)));
            }
        }
        Map<Boolean, List<Known>> parts = known.stream().collect(Collectors.partitioningBy(one -> one.isFirst));
        double left = budget.toMillis() / 1_000.0;
        Map<Known, Double> shares = new HashMap<>();
        for (List<Known> part : List.of(parts.get(true), parts.get(false))) {
            double needed = part.stream()
                    .mapToDouble(one -> one.wanted.seconds().orElse(0))
                    .sum();
            double share = needed > 0 ? Math.min(1, left / needed) : 1;
            left -= share * needed;
            part.forEach(one -> shares.put(one, share));
        }
        return new ForkPlan(
                known.stream().map(one -> row(one, shares.get(one), rule)).toList());
    }

    private Known planned(BenchmarkPair contest, JmhSubject subject, PastForks.Past past, PairedComparison rule) {
        RunNoise noise = past.known().orElseThrow().noise();
        JmhLength length = subject.length();
        OptionalDouble iteration = length.seconds().iteration();
        int iterations = length.areIterationsFixed() || iteration.isEmpty() || !(iteration.getAsDouble() > 0)
                ? length.iterations()
                : PlanForks.balanced(noise, length, iteration.getAsDouble());
        Stream.of(Optional.of(contest.base()), Optional.of(contest.candidate()), contest.twin())
                .flatMap(Optional::stream)
                .forEach(side -> plan(side, iterations));
        double ofFork = new RunNoise(0, noise.fork(), noise.iteration()).deviation(1, iterations);
        double deviation = Math.sqrt(2) * ofFork;
        double size = past.policy().margin();
        int pairs = FEWEST;
        while (pairs < MOST && rule.detectable(past.policy(), deviation, pairs) > size) {
            pairs += 1 + pairs / 16;
        }
        return new Known(
                pairs(subject, iterations, pairs, rule.detectable(past.policy(), deviation, pairs)),
                deviation,
                past.policy(),
                subject,
                contest.first());
    }

    private static void plan(Subject side, int iterations) {
        if (side instanceof JmhSubject jmh) {
            jmh.plan(iterations);
        }
    }

    private static ForkPlan.Pairs pairs(JmhSubject subject, int iterations, int pairs, double detectable) {
        OptionalDouble fork = subject.length().seconds().of(iterations);
        return new ForkPlan.Pairs(
                pairs,
                iterations,
                Double.isFinite(detectable) ? OptionalDouble.of(detectable) : OptionalDouble.empty(),
                fork.isPresent() ? OptionalDouble.of(2 * pairs * fork.getAsDouble()) : fork);
    }

    private ForkPlan.Row row(Known one, double share, PairedComparison rule) {
        int possible =
                one.wanted.seconds().isPresent() ? Math.max(1, (int) (share * one.wanted.pairs())) : one.wanted.pairs();
        return new ForkPlan.FromPairs(
                PlanForks.shown(one.subject),
                one.wanted,
                pairs(
                        one.subject,
                        one.wanted.iterations(),
                        possible,
                        rule.detectable(one.policy, one.deviation, possible)));
    }
}
