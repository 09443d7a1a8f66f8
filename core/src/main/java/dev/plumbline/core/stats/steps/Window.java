package dev.plumbline.core.stats.steps;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
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
    /** A swing in the values, and the analysis without it: what steps are told from. Looked for when one is told. */
    private Optional<Cycle> swing;

    private Analysis steady;
    private Optional<Jump.Line> line;

    Window(Analysis analysis, int[] indices, Regime.Scale scale, StepScan.Settings settings) {
        this.analysis = analysis;
        this.noise = analysis.noise();
        this.indices = indices;
        this.scale = scale;
        this.settings = settings;
    }

    /** The number of steps. */
    int steps() {
        return analysis.count() - 1;
    }

    /** Where step {@code i} is in the window. */
    int position(int i) {
        return analysis.segment(i + 1).from;
    }

    Step step(int i) {
        Segment before = analysis.segment(i);
        Segment after = analysis.segment(i + 1);
        Location.Interval interval = Location.around(analysis.scores(), before, after, noise, analysis.robust());
        return step(before, after, interval, Tier.CONFIRMED, analysis.checks(i));
    }

    /** The same window with levels that begin at these positions, ascending, too. */
    Window split(int[] positions) {
        return new Window(analysis.split(positions), indices, scale, settings);
    }

    /** The step at {@code i} among the newest values, as one that is not confirmed. */
    Step suspected(int i) {
        int c = position(i);
        return step(
                analysis.segment(i),
                analysis.segment(i + 1),
                new Location.Interval(c, c, c),
                Tier.SUSPECT,
                analysis.checks(i));
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
        int c = analysis.suspect();
        if (c < 0) {
            return Optional.empty();
        }
        Segment last = analysis.segment(analysis.count() - 1);
        Step step = step(
                new Segment(last.from, c),
                new Segment(c, last.to),
                new Location.Interval(c, c, c),
                Tier.SUSPECT,
                analysis.suspectChecks(c));
        return matters(step) ? Optional.of(step) : Optional.empty();
    }

    /** False when the whole interval of the step is smaller than what is of interest. */
    boolean matters(Step step) {
        return step.checks().get(step.checks().size() - 1).passed();
    }

    private Step step(Segment left, Segment right, Location.Interval interval, Tier tier, List<Check> checks) {
        Jump jump = jump(left, right);
        double before = jump.before();
        double after = jump.after();
        double half = INTERVAL.at(jump.degrees()) * jump.error();
        double change = after - before;
        double low = relative(before, change - half);
        double high = relative(before, change + half);
        // on a slope, a step that may be none is what the slope is found as
        boolean isExplained =
                low <= 0 && high >= 0 && line().map(Jump.Line::isLikely).orElse(false);
        double effect = isExplained ? 0 : Math.max(Math.abs(low), Math.abs(high));
        List<Check> ladder = new ArrayList<>(checks);
        ladder.add(
                new Check(Check.Kind.EFFECT, effect, settings.smallestChange(), effect >= settings.smallestChange()));
        // Bonferroni over the positions searched
        double p = 2 * tail(checks.get(0).value()) * analysis.length();
        Role role = Role.of(right.to == analysis.length(), right.length());
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
                Math.min(1, p),
                tier == Tier.CONFIRMED ? rankPValue(checks, role, p) : OptionalDouble.empty(),
                tier,
                ladder);
    }

    private Jump jump(Segment left, Segment right) {
        if (swing().isEmpty()) {
            return Jump.of(analysis, left, right, line());
        }
        // flanks are those of the scores that they were asked with first
        Segment before = new Segment(left.from, left.to);
        Segment after = new Segment(right.from, right.to);
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

    /** Where the statistic alone would not have been enough, and the ranks tell more than its {@code p}. */
    private OptionalDouble rankPValue(List<Check> checks, Role role, double p) {
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
        Segment last = analysis.segment(analysis.count() - 1);
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
