package dev.plumbline.core.judge;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Check;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.history.SegmentedSeries;
import dev.plumbline.core.model.Percent;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.Location;
import dev.plumbline.core.stats.classic.Partition;
import dev.plumbline.core.stats.classic.Pelt;
import dev.plumbline.core.stats.steps.Step;
import dev.plumbline.core.stats.steps.Steps;
import dev.plumbline.core.threshold.Policies;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds losses that add up: each too small to be called, and together a regression since some reference.
 *
 * <p>The newest runs of a series, those on its current level and at most five, are judged as one candidate against the
 * history up to the reference, all series as one suite. A regression found so takes the place of a finding that saw
 * nothing; one that is called already is not told twice.
 */
public final class Accumulation {
    /** More runs of the current level would only make the answer late. */
    private static final int NEWEST = 5;

    private static final int STEPS_TOLD = 5;

    /** One run alone is no level. */
    private static final int LEAST_SEGMENT = 2;

    private final Policies policies;

    /** @param policies what each series is judged with; the error rate of a suite is spent on this question alone */
    public Accumulation(Policies policies) {
        this.policies = requireNonNull(policies, "policies");
    }

    /**
     * What is asked of a series.
     *
     * @param before the history up to the reference, without points judged bad
     * @param after the runs since, oldest first, without points judged bad and without the candidate
     * @param candidate the judged points: at least one
     * @param reference what the reference is, in words: {@code v1.2}
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
     * A step for the worse.
     *
     * @param first the first run after it
     * @param change relative to the level before it
     */
    private record Loss(RunInfo first, double change) {
        String words() {
            return Percent.change(change) + " at "
                    + Accumulation.words(first.header().revision());
        }
    }

    /**
     * The steps that made the loss, found by optimal partitioning: they only describe what was called without them, and
     * a staircase is too much like a slope for a scan that has to be sure of each step.
     */
    private static List<Loss> losses(Question question) {
        double[] values = question.values();
        List<Integer> indices = new ArrayList<>(
                Pelt.partition(values, new Partition.Settings(Partition.Settings.DEFAULT.penalty(), LEAST_SEGMENT))
                        .indices());
        indices.add(values.length);
        int begin = question.before.points().size();
        List<Loss> losses = new ArrayList<>();
        for (int i = 0; i + 1 < indices.size(); i++) {
            int index = indices.get(i);
            double before = Location.mean(Arrays.copyOfRange(values, i == 0 ? 0 : indices.get(i - 1), index));
            double change =
                    Effect.relativeChange(before, Location.mean(Arrays.copyOfRange(values, index, indices.get(i + 1))));
            if (index >= begin && question.before.better().isWorse(change)) {
                losses.add(new Loss(question.since().get(index - begin).run(), change));
            }
        }
        return losses;
    }

    /**
     * Judges.
     *
     * @param findings of the run as it stands
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
                        told(
                                finding,
                                since.get(i),
                                regressed,
                                questions.get(place).orElseThrow(),
                                trials.get(i).candidate().size()));
            }
        }
        return all;
    }

    private static Finding told(
            Finding finding, Finding since, Verdict.Regressed regressed, Question question, int newest) {
        List<Point> points = question.since();
        int begin = question.before.points().size();
        List<Loss> losses = losses(question);
        List<Check> ladder = new ArrayList<>(finding.ladder());
        for (Loss loss : losses) {
            ladder.add(new Check("loss", Check.Outcome.NOTED, loss.words(), Map.of("change", loss.change)));
        }
        String words = words(regressed.change(), question, losses);
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("change", regressed.change().relativeChange());
        numbers.put("runsBefore", (double) begin);
        numbers.put("runsSince", (double) points.size());
        numbers.put("runsNow", (double) newest);
        numbers.put("losses", (double) losses.size());
        ladder.add(new Check("cumulative", Check.Outcome.DECIDED, words, numbers));
        List<String> warnings = new ArrayList<>(finding.warnings());
        warnings.add(words);
        RunInfo first = losses.isEmpty() ? points.get(0).run() : losses.get(0).first;
        return new Finding(
                finding.key(),
                since.unit(),
                since.better(),
                regressed,
                since.severity(),
                since.candidate(),
                since.baseline(),
                since.pValue(),
                since.detectableChange(),
                first.header().revision().commit(),
                ladder,
                warnings,
                Stream.concat(question.before.points().stream(), points.stream())
                        .skip(Math.max(0, begin + points.size() - question.candidate.size() - SeriesTrial.SPARK))
                        .limit(SeriesTrial.SPARK)
                        .map(Point::value)
                        .toList());
    }

    private static String words(Effect effect, Question question, List<Loss> losses) {
        String start = "since " + question.reference + " small losses have added up to "
                + Percent.change(effect.relativeChange());
        if (losses.isEmpty()) {
            return start + " over " + question.since().size() + " runs, with no single step among them";
        }
        int more = losses.size() - STEPS_TOLD;
        return start + ": " + losses.stream().limit(STEPS_TOLD).map(Loss::words).collect(Collectors.joining(", then "))
                + (more > 0 ? " and " + more + " more" : "");
    }

    private static String words(Revision revision) {
        String commit = revision.commit();
        return (commit.isEmpty() ? "an unknown commit" : "commit " + revision.shortCommit())
                + revision.commitTime()
                        .map(time -> " (" + time.toString().substring(0, "2026-01-31".length()) + ")")
                        .orElse("");
    }
}
