package dev.plumbline.core.detect;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.steps.Step;
import dev.plumbline.core.stats.steps.StepScan;
import dev.plumbline.core.stats.steps.Steps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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

        private double[] values() {
            return Stream.of(before.points(), after, candidate)
                    .flatMap(List::stream)
                    .mapToDouble(Point::value)
                    .toArray();
        }
    }

    /** Where the level changed since the reference, and the newest runs that lie on one level. */
    private record Course(List<Step> losses, List<Point> newest) {
        static Course of(Question question, double margin) {
            Steps steps = StepScan.analyze(question.values(), new StepScan.Settings(margin));
            List<Step> all = Stream.concat(steps.steps().stream(), steps.negligible().stream())
                    .sorted(Comparator.comparing(Step::index))
                    .toList();
            int begin = question.before.points().size();
            int level =
                    Math.max(begin, all.isEmpty() ? 0 : all.get(all.size() - 1).index());
            List<Point> since = Stream.concat(question.after.stream(), question.candidate.stream())
                    .toList();
            int newest = Math.max(question.candidate.size(), Math.min(NEWEST, begin + since.size() - level));
            Better better = question.before.better();
            return new Course(
                    all.stream()
                            .filter(step -> step.index() >= begin && better.isWorse(step.relativeChange()))
                            .toList(),
                    since.subList(since.size() - newest, since.size()));
        }
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
        List<Course> courses = new ArrayList<>();
        List<Trial> trials = new ArrayList<>();
        for (int i = 0; i < findings.size(); i++) {
            if (questions.get(i).isPresent()) {
                Question question = questions.get(i).get();
                Series before = question.before;
                Course course = Course.of(
                        question, policies.of(before.key(), before.unit()).margin());
                places.add(i);
                courses.add(course);
                trials.add(new Trial(before, course.newest, List.of()));
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
                                courses.get(i)));
            }
        }
        return all;
    }

    private static Finding told(
            Finding finding, Finding since, Verdict.Regressed regressed, Question question, Course course) {
        List<Point> points = Stream.concat(question.after.stream(), question.candidate.stream())
                .toList();
        int begin = question.before.points().size();
        List<Check> ladder = new ArrayList<>(finding.ladder());
        for (Step loss : course.losses) {
            ladder.add(new Check(
                    "loss",
                    Check.Outcome.NOTED,
                    percent(loss.relativeChange()) + " at "
                            + words(points.get(loss.index() - begin)
                                    .run()
                                    .header()
                                    .revision()),
                    Map.of("change", loss.relativeChange(), "low", loss.low(), "high", loss.high())));
        }
        String words = words(regressed.change(), question, course, points);
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("change", regressed.change().relativeChange());
        numbers.put("runsBefore", (double) begin);
        numbers.put("runsSince", (double) points.size());
        numbers.put("runsNow", (double) course.newest.size());
        numbers.put("losses", (double) course.losses.size());
        ladder.add(new Check("cumulative", Check.Outcome.DECIDED, words, numbers));
        List<String> warnings = new ArrayList<>(finding.warnings());
        warnings.add(words);
        int first = course.losses.isEmpty() ? 0 : course.losses.get(0).index() - begin;
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
                points.get(first).run().header().revision().commit(),
                ladder,
                warnings,
                Stream.concat(question.before.points().stream(), points.stream())
                        .skip(Math.max(0, begin + points.size() - question.candidate.size() - SeriesTrial.SPARK))
                        .limit(SeriesTrial.SPARK)
                        .map(Point::value)
                        .toList());
    }

    private static String words(Effect effect, Question question, Course course, List<Point> points) {
        int begin = question.before.points().size();
        String start =
                "since " + question.reference + " small losses have added up to " + percent(effect.relativeChange());
        if (course.losses.isEmpty()) {
            return start + " over " + points.size() + " runs, with no single step among them";
        }
        String steps = course.losses.stream()
                .limit(STEPS_TOLD)
                .map(loss -> percent(loss.relativeChange()) + " at "
                        + words(points.get(loss.index() - begin).run().header().revision()))
                .collect(Collectors.joining(", "));
        int more = course.losses.size() - STEPS_TOLD;
        return start + ": " + steps + (more > 0 ? " and " + more + " more" : "");
    }

    private static String words(Revision revision) {
        String commit = revision.commit();
        return (commit.isEmpty() ? "an unknown commit" : "commit " + revision.shortCommit())
                + revision.commitTime()
                        .map(time -> " (" + time.toString().substring(0, "2026-01-31".length()) + ")")
                        .orElse("");
    }

    private static String percent(double change) {
        return Double.isInfinite(change)
                ? "a change out of zero"
                : String.format(Locale.ROOT, "%+.1f %%", 100 * change);
    }
}
