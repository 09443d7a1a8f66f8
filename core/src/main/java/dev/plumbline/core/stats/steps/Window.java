package dev.plumbline.core.stats.steps;

import dev.plumbline.core.stats.steps.noise.NoiseModel;
import dev.plumbline.core.stats.steps.noise.Robust;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.TDistribution;

/** An analysed window of a series, put back into the unit of its values. */
final class Window {
    private static final StudentQuantile INTERVAL = new StudentQuantile(0.05);

    private final Analysis analysis;
    private final NoiseModel noise;
    private final int[] indices;
    private final Regime.Scale scale;
    private final StepScan.Settings settings;
    /** The additional result of few values: the only step, or a suspect where there is none. */
    private final Optional<YoungStep> young;
    /** Positions where levels begin whatever the values are. */
    private final List<Integer> known;
    /**
     * A periodic pattern in the values, and the analysis without it, from which steps are detected. Computed when one
     * is reported.
     */
    private Optional<Cycle> swing;

    private Analysis steady;
    private Optional<Jump.Line> line;

    Window(Analysis analysis, int[] indices, Regime.Scale scale, StepScan.Settings settings) {
        this(analysis, indices, scale, settings, Optional.empty(), List.of());
    }

    private Window(
            Analysis analysis,
            int[] indices,
            Regime.Scale scale,
            StepScan.Settings settings,
            Optional<YoungStep> young,
            List<Integer> known) {
        this.analysis = analysis;
        this.noise = analysis.noise();
        this.indices = indices;
        this.scale = scale;
        this.settings = settings;
        this.young = young;
        this.known = known;
    }

    /**
     * The same window with the one step that few values show without being enough for the tests of longer series, or
     * with a suspect. Longer windows, and those that have a step, stay as they are.
     */
    Window withYoung() {
        double[] x = analysis.scores();
        int m = analysis.length();
        if (steps() > 0) {
            return this;
        }
        return YoungSteps.confirmed(x, m, noise.floor(), settings.strictness())
                .map(step -> new Window(
                        analysis.split(new int[] {step.place()}),
                        indices,
                        scale,
                        settings,
                        Optional.of(step),
                        List.of()))
                .orElseGet(this::withSuspect);
    }

    private Window withSuspect() {
        if (noise.count() >= YoungSteps.KNOWN_NOISE) {
            return this;
        }
        StudentQuantile limit = Levels.of(settings.strictness()).suspicion;
        Optional<YoungStep> suspect = YoungSteps.suspected(analysis.scores(), analysis.length(), noise.floor(), limit);
        return new Window(analysis, indices, scale, settings, suspect, List.of());
    }

    /** The number of steps. */
    int steps() {
        return analysis.count() - 1;
    }

    /** The index of step {@code i} in the window. */
    int position(int i) {
        return analysis.segment(i + 1).from;
    }

    Step step(int i) {
        StepSegment before = analysis.segment(i);
        StepSegment after = analysis.segment(i + 1);
        StepLocation.Interval interval =
                StepLocation.around(analysis.scores(), before, after, noise, analysis.robust());
        return step(before, after, interval, Tier.CONFIRMED, evidence(i));
    }

    private Evidence evidence(int i) {
        StepSegment after = analysis.segment(i + 1);
        return young.filter(step -> step.place() == after.from)
                .map(step -> new Evidence(step.checks(), step.pValue(), OptionalDouble.empty()))
                .orElseGet(() -> evidence(analysis.checks(i), after, Tier.CONFIRMED));
    }

    private Evidence evidence(List<Check> checks, StepSegment after, Tier tier) {
        // Bonferroni over the positions searched
        double p = 2 * tail(checks.get(0).value()) * analysis.length();
        StepRole role = StepRole.of(after.to == analysis.length(), after.length());
        return new Evidence(checks, p, tier == Tier.CONFIRMED ? rankPValue(checks, role, p) : OptionalDouble.empty());
    }

    /** The evidence for a step besides its size. */
    private record Evidence(List<Check> checks, double pValue, OptionalDouble rankPValue) {}

    /** The same window with its steps at these positions, ascending, of which some are known by other means. */
    Window with(int[] positions, List<Integer> reported) {
        return new Window(analysis.with(positions), indices, scale, settings, young, reported);
    }

    /** Whether step {@code i} goes up. */
    boolean isUp(int i) {
        return step(i).relativeChange() > 0;
    }

    /** The step at {@code i} among the newest values, as one that is not confirmed. */
    Step suspected(int i) {
        int c = position(i);
        return step(
                analysis.segment(i),
                analysis.segment(i + 1),
                new StepLocation.Interval(c, c, c),
                Tier.SUSPECT,
                evidence(analysis.checks(i), analysis.segment(i + 1), Tier.SUSPECT));
    }

    /** Whether step {@code i} matters and its interval holds no step of none. */
    boolean isApart(int i) {
        Step step = step(i);
        return matters(step) && (step.low() > 0 || step.high() < 0);
    }

    /** Whether the levels around step {@code i} are the same as those around one of another window of the values. */
    boolean hasSame(int i, Window other, int j) {
        return analysis.segment(i).from == other.analysis.segment(j).from
                && position(i) == other.position(j)
                && analysis.segment(i + 1).to == other.analysis.segment(j + 1).to;
    }

    /** The step among the newest values that is not confirmed, if it may matter. */
    Optional<Step> suspect() {
        if (analysis.suspect() >= 0) {
            int c = analysis.suspect();
            return suspect(c, after -> evidence(analysis.suspectChecks(c), after, Tier.SUSPECT));
        }
        return young.filter(step -> steps() == 0)
                .flatMap(step -> suspect(
                        step.place(), after -> new Evidence(step.checks(), step.pValue(), OptionalDouble.empty())));
    }

    private Optional<Step> suspect(int c, Function<StepSegment, Evidence> evidence) {
        StepSegment last = analysis.segment(analysis.count() - 1);
        StepSegment after = new StepSegment(c, last.to);
        Step step = step(
                new StepSegment(last.from, c),
                after,
                new StepLocation.Interval(c, c, c),
                Tier.SUSPECT,
                evidence.apply(after));
        return matters(step) ? Optional.of(step) : Optional.empty();
    }

    /** False when the whole interval of the step is smaller than what is of interest. */
    boolean matters(Step step) {
        return step.checks().get(step.checks().size() - 1).passed();
    }

    private Step step(
            StepSegment left, StepSegment right, StepLocation.Interval interval, Tier tier, Evidence evidence) {
        Jump jump = jump(left, right);
        double before = jump.before();
        double after = jump.after();
        double half = INTERVAL.at(jump.degrees()) * jump.error();
        double change = after - before;
        double low = relative(before, change - half);
        double high = relative(before, change + half);
        // on a slope, a step that may be none is what the slope is found as
        boolean isExplained = tier == Tier.CONFIRMED && isSlope(left, right)
                || low <= 0 && high >= 0 && line().map(Jump.Line::isLikely).orElse(false);
        double effect = isExplained ? 0 : Math.max(Math.abs(low), Math.abs(high));
        List<Check> trace = new ArrayList<>(evidence.checks());
        trace.add(new Check(Check.Kind.EFFECT, effect, settings.smallestChange(), effect >= settings.smallestChange()));
        int c = right.from;
        return new Step(
                indices[c],
                indices[Math.min(c, interval.first())],
                indices[Math.max(c, interval.last())],
                scale.value(before),
                scale.value(after),
                relative(before, change),
                low,
                high,
                Math.min(1, evidence.pValue()),
                evidence.rankPValue(),
                tier,
                trace);
    }

    /** Whether few values have as likely a slope as this step; what is known by other means is not asked. */
    private boolean isSlope(StepSegment left, StepSegment right) {
        return analysis.length() < YoungSteps.SLOPED
                && !known.contains(right.from)
                && young.isEmpty()
                && YoungSteps.isSlope(analysis.scores(), left.from, right.to, right.from, noise.floor());
    }

    private Jump jump(StepSegment left, StepSegment right) {
        if (swing().isEmpty()) {
            return Jump.of(analysis, left, right, line());
        }
        // flanks are those of the scores that they were asked with first
        StepSegment before = new StepSegment(left.from, left.to);
        StepSegment after = new StepSegment(right.from, right.to);
        double error = swing.get().error(before, after, steady);
        return Jump.of(steady, before, after, line()).with(error);
    }

    private Optional<Cycle> swing() {
        if (swing == null) {
            swing = Cycle.of(analysis, indices);
            steady = swing.map(analysis::without).orElse(analysis);
        }
        return swing;
    }

    /**
     * The p-value of the ranks, where the statistic alone would not have been enough, and they are stronger than its
     * {@code p}.
     */
    private OptionalDouble rankPValue(List<Check> checks, StepRole role, double p) {
        double alone = Levels.of(settings.strictness()).of(role).critical().at(noise.degrees());
        return checks.get(0).value() >= alone
                ? OptionalDouble.empty()
                : checks.stream()
                        .filter(check -> check.kind() == Check.Kind.RANKS)
                        .mapToDouble(check -> 2 * check.value() * analysis.length())
                        .filter(ranks -> ranks < Math.min(1, p))
                        .findFirst();
    }

    private Optional<Jump.Line> line() {
        if (line == null) {
            int[] bounds = IntStream.rangeClosed(0, analysis.count())
                    .map(i -> i < analysis.count() ? analysis.segment(i).from : analysis.length())
                    .toArray();
            swing();
            line = Jump.Line.of(steady.scores(), bounds, steady.noise(), steady.robust());
        }
        return line;
    }

    private double tail(double statistic) {
        return TDistribution.of(noise.degrees()).survivalProbability(statistic);
    }

    /** The relative change that a difference of scores is. */
    private double relative(double before, double difference) {
        return switch (kind()) {
            case RATIO -> Math.min(Double.MAX_VALUE, StrictMath.expm1(difference));
            case DIFFERENCE -> difference == 0 ? 0 : difference / Math.abs(before);
        };
    }

    private enum Comparison {
        RATIO,
        DIFFERENCE
    }

    private Comparison kind() {
        return scale instanceof Regime.Logarithmic ? Comparison.RATIO : Comparison.DIFFERENCE;
    }

    /** The last regime; {@code start} is the index of its first value. */
    Regime regime(int start) {
        double[] x = analysis.scores();
        StepSegment last = analysis.segment(analysis.count() - 1);
        Flank flank = last.tail(x, analysis.robust());
        double low = -noise.clip(false) * noise.scale();
        double high = noise.clip(true) * noise.scale();
        double sum = 0;
        for (int i = flank.from; i < flank.to; i++) {
            sum += Robust.clip(x[i] - flank.centre, low, high);
        }
        double centre = flank.centre + sum / flank.length();
        double newest = flank.centre + Robust.clip(x[flank.to - 1] - flank.centre, low, high);
        double expected = noise.phi() * newest + (1 - noise.phi()) * centre;
        double relativeNoise = kind() == Comparison.RATIO ? noise.scale() : noise.scale() / Math.abs(centre);
        return new Regime(
                start,
                flank.length(),
                scale.value(centre),
                relativeNoise,
                noise.phi(),
                noise.degrees(),
                scale,
                centre,
                noise.scale(),
                expected);
    }
}
