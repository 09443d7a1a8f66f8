package dev.plumbline.core.detect;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.stats.Adjustment;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Judges a new run against the history of every series that it extends.
 *
 * <p>The whole suite is judged at once, for two reasons: with three hundred benchmarks some are always unlucky, so
 * every p-value is adjusted for the size of the suite (Holm 1979); and how often this suite surprises is known only
 * from all its histories together ({@link SuiteTail}).
 *
 * <p>A change is called when it is certain (adjusted p at most the suite's error rate) and relevant (at least the
 * margin). One that is relevant and only unusual for its own series is a suspect: another run will tell. So is a
 * critical one clear of the margin, unless as much is ordinary here. Points that a check judged bad are not part of any
 * expectation, so a regression never becomes the new normal by being there.
 */
public final class Judge {
    private final Policies policies;

    /** @param policies what each series is judged with; one {@link Policy} for all is one */
    public Judge(Policies policies) {
        this.policies = requireNonNull(policies, "policies");
    }

    /**
     * Judges a suite.
     *
     * @param suite one trial for each series; an empty list has no findings
     * @return one finding for each trial, in their order
     */
    public List<Finding> judge(List<Trial> suite) {
        return judge(suite.stream());
    }

    /**
     * Judges a suite; what concerns one series by itself goes the way of the stream: if it is parallel, in parallel.
     *
     * @param suite one trial for each series, in an order; an empty stream has no findings
     * @return one finding for each trial, in their order, the same whether the stream is parallel or not
     */
    public List<Finding> judge(Stream<Trial> suite) {
        boolean parallel = suite.isParallel();
        return judgeTrials(suite.map(this::trial).toList(), parallel);
    }

    /** @param trials one for each series; may be judged again as parts of another suite */
    static List<Finding> judgeTrials(List<SeriesTrial> trials) {
        return judgeTrials(trials, false);
    }

    /**
     * @param trials of which nothing was said yet
     * @param tail what the suite has shown before
     */
    static List<Finding> judgeTrials(List<SeriesTrial> trials, SuiteTail tail) {
        return judgeTrials(trials, tail, false);
    }

    private static List<Finding> judgeTrials(List<SeriesTrial> trials, boolean parallel) {
        SuiteTail tail = SuiteTail.ofExpectations(
                trials.stream().map(SeriesTrial::expectation).toList());
        return judgeTrials(trials, tail, parallel);
    }

    private static List<Finding> judgeTrials(List<SeriesTrial> trials, SuiteTail tail, boolean parallel) {
        List<SeriesTail> tails = places(trials, parallel).mapToObj(tail::of).toList();
        List<Evidence> evidence = places(trials, parallel)
                .mapToObj(i -> trials.get(i).evidence(tails.get(i)))
                .toList();
        double[] adjusted = Adjustment.HOLM.adjust(
                evidence.stream().mapToDouble(Evidence::probability).toArray());
        return places(trials, parallel)
                .mapToObj(i -> trials.get(i).finding(evidence.get(i), adjusted[i], tails.get(i), tail))
                .toList();
    }

    private static IntStream places(List<SeriesTrial> trials, boolean parallel) {
        IntStream places = IntStream.range(0, trials.size());
        return parallel ? places.parallel() : places;
    }

    private SeriesTrial trial(Trial trial) {
        return new SeriesTrial(
                trial, policies.of(trial.history().key(), trial.history().unit()));
    }
}
