package dev.plumbline.pipeline.measuring;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.calibrate.ForkPlanner;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.sample.ForkBalance;
import dev.plumbline.core.stats.sample.RunNoise;
import dev.plumbline.measure.Precision;
import dev.plumbline.measure.Rounds;
import dev.plumbline.measure.subject.JmhLength;
import dev.plumbline.measure.subject.JmhSubject;
import dev.plumbline.measure.subject.Subject;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.answer.ForkPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Plans how many forks of JMH benchmarks are measured: as many as detect a change of a size, given how much the runs of
 * the history, their forks and the iterations of these differ. What has no history begins with its annotations.
 */
public final class PlanForks {
    /** Fewer hide how much forks differ. */
    private static final int FEWEST = 3;

    private static final int MOST = 50;

    /**
     * The longest fork, as a multiple of the iterations that the benchmark asks for: its author considered how long a
     * fork may take.
     */
    private static final int LONGEST = 3;

    private final Workspace workspace;
    private final Policies policies;
    private final OptionalDouble size;

    /**
     * @param policies what the history is judged with
     * @param size the relative change that is to be detected; a major one when empty
     */
    public PlanForks(Workspace workspace, Policies policies, OptionalDouble size) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.policies = requireNonNull(policies, "policies");
        this.size = requireNonNull(size, "size");
    }

    /**
     * The plan.
     *
     * @param settings with the number of forks of each subject
     * @param isCut whether the time is enough for fewer than that
     */
    record Outcome(ForkPlan plan, Rounds.Settings settings, boolean isCut) {}

    /** One subject on the way to its plan. */
    private static final class Course {
        private final JmhSubject subject;
        private final List<PastForks.Past> past;
        private int iterations;
        private List<ForkPlanner.Planned> planned = List.of();
        private int forks;

        Course(JmhSubject subject, List<PastForks.Past> past) {
            this.subject = subject;
            this.past = past;
        }

        List<ForkPlanner.Known> known() {
            return past.stream().flatMap(one -> one.known().stream()).toList();
        }

        boolean isKnown() {
            return !past.isEmpty() && past.stream().allMatch(one -> one.known().isPresent());
        }

        OptionalDouble seconds(int number) {
            return times(subject.length().seconds().of(iterations), number);
        }
    }

    /**
     * Plans, and sets the number of iterations of the subjects' forks.
     *
     * @param subjects those that are no benchmarks of JMH are left as they are
     * @param here the header of the run that is planned
     * @param isOpen whether the duration of measuring is not set
     */
    Outcome plan(List<Subject> subjects, RunHeader here, Rounds.Settings settings, boolean isOpen) throws IOException {
        List<JmhSubject> all = subjects.stream()
                .flatMap(subject -> subject instanceof JmhSubject one ? Stream.of(one) : Stream.empty())
                .toList();
        if (all.isEmpty()) {
            return new Outcome(new ForkPlan(List.of()), settings, false);
        }
        if (!isOpen) {
            List<ForkPlan.Row> rows = new ArrayList<>();
            all.forEach(subject -> rows.add(annotated(
                    subject, ForkPlan.Unknown.OPTION, 0, settings.precision().fewest())));
            return new Outcome(new ForkPlan(rows), settings, false);
        }
        PastForks past = PastForks.of(workspace, policies, here);
        List<Course> courses = all.stream()
                .map(subject -> new Course(subject, past.of(subject)))
                .toList();
        List<Course> known = courses.stream().filter(Course::isKnown).toList();
        known.forEach(PlanForks::chooseIterations);
        ForkPlanner planner = past.planner();
        Map<SeriesKey, ForkPlanner.Planned> planned = planned(planner, known);
        for (Course course : known) {
            course.planned =
                    course.known().stream().map(one -> planned.get(one.key())).toList();
            course.forks = course.planned.stream()
                    .mapToInt(ForkPlanner.Planned::forks)
                    .max()
                    .orElseThrow();
        }
        Map<Course, Integer> possible = possible(courses, settings);
        Map<SeriesKey, ForkPlanner.Design> designs = new HashMap<>();
        possible.forEach((course, forks) -> course.known()
                .forEach(one -> designs.put(one.key(), new ForkPlanner.Design(forks, course.iterations))));
        boolean isLess = possible.entrySet().stream().anyMatch(one -> one.getValue() < one.getKey().forks);
        Map<SeriesKey, OptionalDouble> detectable = isLess
                ? planner.detectable(
                        known.stream()
                                .flatMap(course -> course.known().stream())
                                .toList(),
                        designs)
                : Map.of();
        List<ForkPlan.Row> rows = new ArrayList<>();
        Map<String, Precision> precisions = new HashMap<>();
        for (Course course : courses) {
            Precision asked = settings.precision();
            boolean isPlanned = course.isKnown()
                    && course.planned.stream().anyMatch(one -> one.detectable().isPresent());
            if (isPlanned) {
                int forks = possible.get(course);
                course.subject.plan(course.iterations);
                precisions.put(course.subject.name(), Precision.exactly(forks));
                rows.add(planned(course, forks, detectable));
            } else {
                int first = course.subject.length().forks();
                precisions.put(
                        course.subject.name(),
                        new Precision(
                                asked.halfWidth(),
                                asked.confidence(),
                                Math.min(asked.most(), Math.max(asked.fewest(), first)),
                                asked.most(),
                                asked.shortest()));
                int runs = course.past.stream()
                        .mapToInt(PastForks.Past::runs)
                        .min()
                        .orElse(0);
                ForkPlan.Unknown why = course.past.isEmpty()
                        ? ForkPlan.Unknown.NO_HISTORY
                        : runs < policies.general().minimumRuns()
                                ? ForkPlan.Unknown.YOUNG
                                : ForkPlan.Unknown.NOTHING_DETECTABLE;
                rows.add(annotated(course.subject, why, runs, Math.min(asked.most(), Math.max(asked.fewest(), first))));
            }
        }
        return new Outcome(new ForkPlan(rows), settings.withPlanned(precisions), isLess);
    }

    private static ForkPlan.Row annotated(JmhSubject subject, ForkPlan.Unknown why, int runs, int forks) {
        JmhLength length = subject.length();
        return new ForkPlan.FromAnnotations(
                shown(subject),
                why,
                runs,
                forks,
                length.warmUps(),
                length.iterations(),
                times(length.seconds().of(length.iterations()), forks));
    }

    /** As many as make a mean best known for the time, of the series that asks for the most. */
    private static void chooseIterations(Course course) {
        JmhLength length = course.subject.length();
        OptionalDouble iteration = length.seconds().iteration();
        course.iterations = length.areIterationsFixed() || iteration.isEmpty() || !(iteration.getAsDouble() > 0)
                ? length.iterations()
                : course.known().stream()
                        .map(ForkPlanner.Known::noise)
                        .mapToInt(noise -> balanced(noise, length, iteration.getAsDouble()))
                        .max()
                        .orElse(length.iterations());
    }

    static int balanced(RunNoise noise, JmhLength length, double iteration) {
        int best = ForkBalance.iterations(
                noise.iteration() * noise.iteration(),
                noise.fork() * noise.fork(),
                length.seconds().start(),
                iteration);
        return Math.min(Math.max(2, best), Math.max(2, LONGEST * length.iterations()));
    }

    private Map<SeriesKey, ForkPlanner.Planned> planned(ForkPlanner planner, List<Course> courses) {
        List<ForkPlanner.Wanted> wanted = new ArrayList<>();
        for (Course course : courses) {
            for (PastForks.Past past : course.past) {
                past.known()
                        .ifPresent(known ->
                                wanted.add(new ForkPlanner.Wanted(known, course.iterations, size(past), FEWEST, MOST)));
            }
        }
        List<ForkPlanner.Planned> planned = planner.plan(wanted);
        Map<SeriesKey, ForkPlanner.Planned> byKey = new HashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            byKey.put(wanted.get(i).known().key(), planned.get(i));
        }
        return byKey;
    }

    private double size(PastForks.Past past) {
        return size.orElseGet(() -> past.policy().severities().major());
    }

    /**
     * The forks that fit the time, in which every benchmark gets the same share of what it needs; those that come first
     * get theirs before the others.
     */
    private static Map<Course, Integer> possible(List<Course> courses, Rounds.Settings settings) {
        Map<Boolean, List<Course>> parts = courses.stream()
                .collect(Collectors.partitioningBy(course -> settings.first().contains(course.subject.name())));
        double left = settings.budget().toMillis() / 1_000.0;
        Map<Course, Integer> possible = new LinkedHashMap<>();
        for (List<Course> part : List.of(parts.get(true), parts.get(false))) {
            double needed = part.stream()
                    .mapToDouble(course -> needed(course).orElse(0))
                    .sum();
            double share = needed > 0 ? Math.min(1, left / needed) : 1;
            left -= share * needed;
            part.stream().filter(Course::isKnown).forEach(course -> {
                boolean isTimed = course.seconds(1).isPresent();
                possible.put(course, isTimed ? Math.max(1, (int) (share * course.forks)) : course.forks);
            });
        }
        return possible;
    }

    /** Seconds of what is planned, or of what the annotations ask for. */
    private static OptionalDouble needed(Course course) {
        if (course.isKnown()) {
            return course.seconds(course.forks);
        }
        JmhLength length = course.subject.length();
        return times(length.seconds().of(length.iterations()), Math.max(FEWEST, length.forks()));
    }

    private static OptionalDouble times(OptionalDouble seconds, int number) {
        return seconds.isPresent() ? OptionalDouble.of(seconds.getAsDouble() * number) : seconds;
    }

    private ForkPlan.Row planned(Course course, int forks, Map<SeriesKey, OptionalDouble> detectable) {
        ForkPlanner.Planned worst = course.planned.stream()
                .filter(one -> one.detectable().isPresent())
                .max(Comparator.comparingDouble(one -> one.detectable().getAsDouble()))
                .orElseThrow();
        ForkPlan.Forks wanted =
                new ForkPlan.Forks(course.forks, course.iterations, worst.detectable(), course.seconds(course.forks));
        OptionalDouble less = course.known().stream()
                .flatMapToDouble(one -> detectable.getOrDefault(one.key(), OptionalDouble.empty()).stream())
                .max();
        return new ForkPlan.FromHistory(
                shown(course.subject),
                wanted,
                size(course.past.get(0)),
                course.planned.stream().allMatch(ForkPlanner.Planned::isEnough),
                // it is the reason only where the number of forks ended before it became too large
                course.forks == MOST
                        ? 0
                        : course.known().stream()
                                .mapToDouble(one -> one.noise().run())
                                .max()
                                .orElse(0),
                forks == course.forks
                        ? wanted
                        : new ForkPlan.Forks(forks, course.iterations, less, course.seconds(forks)));
    }

    /** {@code StringBench.concat n=10}: the name that developers use. */
    static String shown(JmhSubject subject) {
        String name = subject.name();
        String whole = subject.identity().benchmark().name();
        int method = whole.lastIndexOf('.');
        int type = whole.lastIndexOf('.', method - 1);
        return name.substring(type + 1);
    }
}
