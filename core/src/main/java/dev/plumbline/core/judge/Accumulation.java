package dev.plumbline.core.judge;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.finding.Rung;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.history.SegmentedSeries;
import dev.plumbline.core.judge.trial.SeriesTrial;
import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.classic.Partition;
import dev.plumbline.core.stats.classic.Pelt;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.steps.Step;
import dev.plumbline.core.stats.steps.Steps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Detects losses that add up: each too small to be detected, but together a regression since some reference.
 *
 * <p>The newest runs of a series, those on its current level and at most five, are judged as one candidate against the
 * history up to the reference, all series as one suite. A regression found so takes the place of a finding that saw
 * nothing; one that is reported already is not reported twice.
 */
public final class Accumulation {
    /** More runs of the current level would only make the answer late. */
    private static final int NEWEST = 5;

    /** One run alone is no level. */
    private static final int LEAST_SEGMENT = 2;

    private final Policies policies;

    /** @param policies what each series is judged with; the error rate of a suite is spent on this question alone */
    public Accumulation(Policies policies) {
        this.policies = requireNonNull(policies, "policies");
    }

    /**
     * The question about a series.
     *
     * @param before the history up to the reference, without points judged bad
     * @param after the runs since, oldest first, without points judged bad and without the candidate
     * @param candidate the judged points: at least one
     * @param reference what the reference is, as people name it: {@code v1.2}
     */
    public record Question(Series before, List<Point> after, List<Point> candidate, String reference) {
        public Question {
            requireNonNull(before, "before");
            after = List.copyOf(after);
            candidate = List.copyOf(candidate);
            requireNonNull(reference, "reference");
        }

        /** The runs after the reference, the judged ones at the end. */
        private List<Point> since() {
            return Stream.concat(after.stream(), candidate.stream()).toList();
        }

        private double[] values() {
            return Stream.of(before.points(), after, candidate)
                    .flatMap(List::stream)
                    .mapToDouble(Point::value)
                    .toArray();
        }
    }

    /** The newest runs, those on one level. */
    private static List<Point> newest(Question question, double margin) {
        Steps steps = SegmentedSeries.steps(question.values(), margin);
        int begin = question.before.points().size();
        int level = steps.confirmed().stream()
                .mapToInt(Step::index)
                .filter(index -> index > begin)
                .max()
                .orElse(begin);
        List<Point> since = question.since();
        int newest = Math.max(question.candidate.size(), Math.min(NEWEST, begin + since.size() - level));
        return since.subList(since.size() - newest, since.size());
    }

    /**
     * The steps of the loss, found by optimal partitioning: they only describe a loss that was detected without them,
     * and a staircase is too much like a slope for a scan that has to be certain of each step.
     */
    private static List<HistoryEvidence.Loss> losses(Question question) {
        double[] values = question.values();
        List<Integer> indices = new ArrayList<>(
                Pelt.partition(values, new Partition.Settings(Partition.Settings.DEFAULT.penalty(), LEAST_SEGMENT))
                        .indices());
        indices.add(values.length);
        int begin = question.before.points().size();
        List<HistoryEvidence.Loss> losses = new ArrayList<>();
        for (int i = 0; i + 1 < indices.size(); i++) {
            int index = indices.get(i);
            double before = Location.mean(Arrays.copyOfRange(values, i == 0 ? 0 : indices.get(i - 1), index));
            double change =
                    Effect.relativeChange(before, Location.mean(Arrays.copyOfRange(values, index, indices.get(i + 1))));
            if (index >= begin && question.before.better().isWorse(change)) {
                losses.add(new HistoryEvidence.Loss(
                        question.since().get(index - begin).run().header().revision(), change));
            }
        }
        return losses;
    }

    /**
     * Judges.
     *
     * @param findings of the run
     * @param questions what is asked of the series of each finding; empty where nothing is
     * @return the findings in their order, those in which losses have added up to a regression in the place of others
     */
    public List<Finding> judge(List<Finding> findings, List<Optional<Question>> questions) {
        List<Integer> places = new ArrayList<>();
        List<Trial> trials = new ArrayList<>();
        for (int i = 0; i < findings.size(); i++) {
            if (questions.get(i).isPresent()) {
                Question question = questions.get(i).get();
                Series before = question.before;
                List<Point> newest = newest(
                        question, policies.of(before.key(), before.unit()).margin());
                places.add(i);
                trials.add(new Trial(before, newest, List.of()));
            }
        }
        List<Finding> since = new Judge(policies).judge(trials);
        List<Finding> all = new ArrayList<>(findings);
        for (int i = 0; i < places.size(); i++) {
            int place = places.get(i);
            Finding finding = findings.get(place);
            boolean sawNothing =
                    finding.verdict() instanceof Verdict.Unchanged || finding.verdict() instanceof Verdict.Inconclusive;
            if (sawNothing && since.get(i).verdict() instanceof Verdict.Regressed regressed) {
                all.set(
                        place,
                        reported(
                                finding,
                                since.get(i),
                                regressed,
                                questions.get(place).orElseThrow(),
                                trials.get(i).candidate().size()));
            }
        }
        return all;
    }

    private static Finding reported(
            Finding finding, Finding since, Verdict.Regressed regressed, Question question, int newest) {
        List<Point> points = question.since();
        int begin = question.before.points().size();
        List<HistoryEvidence.Loss> losses = losses(question);
        HistoryEvidence.Cumulative cumulative = new HistoryEvidence.Cumulative(
                question.reference, regressed.change().relativeChange(), begin, points.size(), newest, losses);
        List<Rung> trace = new ArrayList<>(finding.trace());
        losses.forEach(loss -> trace.add(Rung.noted(loss)));
        trace.add(Rung.decided(cumulative));
        List<Warning> warnings = new ArrayList<>(finding.warnings());
        warnings.add(cumulative);
        Revision first = losses.isEmpty()
                ? points.get(0).run().header().revision()
                : losses.get(0).revision();
        return new Finding(
                finding.key(),
                since.unit(),
                since.better(),
                since.policy(),
                regressed,
                since.severity(),
                since.candidate(),
                since.baseline(),
                since.pValue(),
                since.detectableChange(),
                first.commit(),
                trace,
                warnings,
                Stream.concat(question.before.points().stream(), points.stream())
                        .skip(Math.max(0, begin + points.size() - question.candidate.size() - SeriesTrial.SPARK))
                        .limit(SeriesTrial.SPARK)
                        .map(Point::value)
                        .toList(),
                Optional.empty());
    }
}
