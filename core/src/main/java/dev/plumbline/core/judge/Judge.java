package dev.plumbline.core.judge;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.judge.trial.JudgedSuite;
import dev.plumbline.core.judge.trial.SeriesTrial;
import dev.plumbline.core.judge.trial.Trial;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Judges a new run against the history of every series that it extends.
 *
 * <p>The whole suite is judged at once, because its series share the noise of the machine and the question how often a
 * healthy run surprises somewhere ({@link JudgedSuite}). What a run did to all series is removed from each; the rest is
 * weighed
 * as a ratio of likelihoods; and the limit is what healthy runs of this suite have shown before.
 *
 * <p>A change is reported if it is certain (as much is seen in no more healthy runs than the suite's error rate) and
 * relevant (at least the margin). One that is relevant and nearly certain is a suspect: another run decides. Points
 * that a check judged bad are not part of any baseline, so a regression never becomes the new normal by persisting; it
 * is reported until the values return or it is accepted.
 */
public final class Judge {
    /**
     * The share of a suite's error rate for the second question: whether the runs that were kept out of the history
     * show a change together with the next ones. They were kept out because they looked worse.
     */
    private static final double HELD_SHARE = 0.25;

    private final Policies policies;

    /** @param policies what each series is judged with; one {@link Policy} for all is one */
    public Judge(Policies policies) {
        this.policies = requireNonNull(policies, "policies");
    }

    /**
     * Judges the runs in question of a snapshot, every series that they extend against its history. The same snapshot
     * has the same judgement, whoever asks; nothing is written.
     */
    public Judgement judge(Snapshot snapshot) {
        return SnapshotTrials.judge(snapshot, policies);
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
    public static List<Finding> judgeTrials(List<SeriesTrial> trials) {
        return judgeTrials(trials, false);
    }

    private static List<Finding> judgeTrials(List<SeriesTrial> trials, boolean parallel) {
        JudgedSuite suite = JudgedSuite.of(
                places(trials, parallel).mapToObj(i -> trials.get(i).entry()).toList());
        return places(trials, parallel)
                .mapToObj(i -> finding(trials.get(i), suite, i))
                .toList();
    }

    /** The finding of the run by itself, or with earlier runs that were not certain. */
    private static Finding finding(SeriesTrial trial, JudgedSuite suite, int place) {
        Finding alone = trial.finding(suite.of(place), suite.series());
        if (alone.verdict() instanceof Verdict.Regressed) {
            return alone;
        }
        return trial.withHeld()
                .flatMap(held -> held.entry()
                        .map(entry -> held.finding(Optional.of(suite.standBy(place, entry)), suite.series())))
                .filter(Judge::isCertain)
                .or(() -> trial.lasting(suite.of(place), suite.series()).filter(Judge::isCertain))
                .orElse(alone);
    }

    private static boolean isCertain(Finding together) {
        return together.verdict() instanceof Verdict.Regressed
                && together.pValue().orElse(1) <= HELD_SHARE * together.policy().suiteErrorRate();
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
