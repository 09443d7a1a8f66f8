package dev.plumbline.bench;

import dev.plumbline.core.compare.Comparison;
import dev.plumbline.core.compare.Pair;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.ModeratedT;
import dev.plumbline.core.stats.sample.Arms;
import dev.plumbline.core.stats.sample.ForkValue;
import dev.plumbline.core.stats.steps.Step;
import dev.plumbline.core.stats.steps.StepScan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Draws the calibration plots of the documentation from generated data of known truth.
 *
 * <p>Arguments: the folder to write to, the first seed and how much of everything; defaults docs/calibration, 1 and 20.
 */
public final class CalibrationPlots {
    private static final int SUITE = 100;
    private static final Noise[] HISTORIES = {
        Noise.GAUSS, Noise.AUTOREGRESSIVE_05, Noise.SPIKES, Noise.BIMODAL, Noise.QUANTISED, Noise.SKEWED
    };

    private static final Noise[] WITH_INTERVALS = {
        Noise.GAUSS,
        Noise.AUTOREGRESSIVE_05,
        Noise.SPIKES,
        Noise.BIMODAL,
        Noise.QUANTISED,
        Noise.SKEWED,
        Noise.HETEROSCEDASTIC,
        Noise.DRIFTING,
        Noise.SEASONAL
    };

    private final long seed;
    private final int amount;

    private CalibrationPlots(long seed, int amount) {
        this.seed = seed;
        this.amount = amount;
    }

    /** The scatter of forks and iterations of one arm. */
    private enum Forks {
        NORMAL("normal"),
        BIMODAL("three forks in ten slower"),
        HEAVY("heavy tails"),
        SPIKED("spiked iterations");

        private final String words;

        Forks(String words) {
            this.words = words;
        }

        private double fork(SplittableRandom random) {
            return switch (this) {
                case NORMAL, SPIKED -> random.nextGaussian();
                case BIMODAL -> ((random.nextDouble() < 0.3 ? 1 : 0) - 0.3) / Math.sqrt(0.21);
                case HEAVY -> {
                    double squares = 0;
                    for (int i = 0; i < 3; i++) {
                        double z = random.nextGaussian();
                        squares += z * z;
                    }
                    yield random.nextGaussian() / Math.sqrt(squares / 3);
                }
            };
        }

        private double[][] draw(SplittableRandom random, int forks, double deviation, double ratio) {
            double[][] values = new double[forks][5];
            for (double[] fork : values) {
                double own = deviation * fork(random);
                for (int i = 0; i < fork.length; i++) {
                    fork[i] = 100 * ratio * Math.exp(own + 3 * deviation * random.nextGaussian());
                    if (this == SPIKED && random.nextDouble() < 0.05) {
                        fork[i] *= 1.2 + 0.8 * random.nextDouble();
                    }
                }
            }
            return values;
        }
    }

    /** Writes all plots. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "docs/calibration");
        CalibrationPlots plots = new CalibrationPlots(
                arguments.length > 1 ? Long.parseLong(arguments[1]) : 1,
                arguments.length > 2 ? Integer.parseInt(arguments[2]) : 20);
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("false-alarms.svg"), plots.falseAlarms().svg());
        Files.writeString(folder.resolve("detection.svg"), plots.detection().svg());
        Files.writeString(folder.resolve("detectable.svg"), plots.detectable().svg());
        Files.writeString(folder.resolve("coverage.svg"), plots.coverage().svg());
    }

    /** Healthy programs: how often p is at most the nominal rate. */
    private Chart falseAlarms() {
        double[] nominal = {0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2};
        Chart chart = new Chart("False alarms of single tests against the nominal rate: two results, and a new run");
        Chart.Axis across = Chart.Axis.percent("nominal rate", 0.002, 0.2, true, 0.002, 0.01, 0.05, 0.2);
        Chart.Axis up = Chart.Axis.percent("observed in healthy programs", 0.001, 0.3, true, 0.001, 0.01, 0.05, 0.2);
        Chart.Panel comparison =
                chart.panel("compare: 5 forks a side", across, up).withDiagonal();
        for (Forks forks : Forks.values()) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Double> probabilities = new ArrayList<>();
            for (int s = 0; s < amount; s++) {
                results(random, forks, 5, 0.01, 1).forEach(result -> probabilities.add(result.pValue()));
            }
            comparison.add(forks.words, rates(nominal, probabilities), true);
        }
        Chart.Panel check = chart.panel("check: one new run, by its own series alone", across, up)
                .withDiagonal();
        for (Noise noise : HISTORIES) {
            List<Double> probabilities = new ArrayList<>();
            for (int i = 0; i < amount * SUITE; i++) {
                double[] values = Histories.quiet(noise, seed + i, 61).values();
                StepScan.analyze(Arrays.copyOf(values, 60))
                        .regime()
                        .ifPresent(regime -> probabilities.add(regime.probability(values[60])));
            }
            check.add(words(noise), rates(nominal, probabilities), true);
        }
        return chart;
    }

    private static List<Chart.Dot> rates(double[] nominal, List<Double> probabilities) {
        List<Chart.Dot> dots = new ArrayList<>();
        for (double rate : nominal) {
            int hits = (int) probabilities.stream().filter(p -> p <= rate).count();
            dots.add(new Chart.Dot(rate, new Scores.Share(hits, probabilities.size())));
        }
        return dots;
    }

    /** Steps of known size: how often they are confirmed, by the number of runs after them. */
    private Chart detection() {
        Chart chart = new Chart("Steps found against their size, by runs after the step");
        Chart.Axis across =
                Chart.Axis.numbers("size of the step in standard deviations of the noise", 0, 8, 0, 2, 4, 6, 8);
        Chart.Axis up = Chart.Axis.percent("confirmed", 0, 1, false, 0, 0.25, 0.5, 0.75, 1);
        for (Noise noise : new Noise[] {Noise.GAUSS, Noise.SPIKES}) {
            Chart.Panel panel = chart.panel("analyze: " + words(noise), across, up);
            for (int after : new int[] {2, 3, 5, 10, 20}) {
                List<Chart.Dot> dots = new ArrayList<>();
                for (double size : new double[] {0, 1, 1.5, 2, 3, 4, 6, 8}) {
                    dots.add(new Chart.Dot(size, found(noise, size, after)));
                }
                panel.add(after + " runs after", dots, true);
            }
        }
        return chart;
    }

    private Scores.Share found(Noise noise, double size, int after) {
        int found = 0;
        int histories = 10 * amount;
        for (int i = 0; i < histories; i++) {
            double[] values =
                    Histories.quiet(noise, seed + 10_000 + i, 60 + after, 0.02).values();
            for (int k = 60; k < values.length; k++) {
                values[k] *= Math.exp(0.02 * size);
            }
            boolean hit = StepScan.analyze(values).steps().stream()
                    .mapToInt(Step::index)
                    .anyMatch(index -> Math.abs(index - 60) <= Scores.STEP_TOLERANCE);
            found += hit ? 1 : 0;
        }
        return new Scores.Share(found, histories);
    }

    /** The share of planted changes of the minimum detectable size that a comparison finds. */
    private Chart detectable() {
        Chart chart = new Chart("Power against the stated detectable change");
        Chart.Axis across = Chart.Axis.numbers(
                "true slowdown as a multiple of the stated detectable change",
                0,
                1.5,
                0,
                0.25,
                0.5,
                0.75,
                1,
                1.25,
                1.5);
        Chart.Axis up = Chart.Axis.percent("called REGRESSED", 0, 1, false, 0, 0.25, 0.5, 0.75, 0.99);
        for (double deviation : new double[] {0.01, 0.02}) {
            Chart.Panel panel = chart.panel(
                            String.format(Locale.ROOT, "compare: forks %.0f %% apart", 100 * deviation), across, up)
                    .withLevel(0.99);
            for (int forks : new int[] {3, 5, 10}) {
                double stated = stated(forks, deviation);
                List<Chart.Dot> dots = new ArrayList<>();
                for (double multiple : new double[] {0, 0.25, 0.5, 0.75, 1, 1.25, 1.5}) {
                    dots.add(new Chart.Dot(multiple, called(forks, deviation, multiple * stated)));
                }
                panel.add(String.format(Locale.ROOT, "%d forks, stated %.1f %%", forks, 100 * stated), dots, true);
            }
        }
        return chart;
    }

    private double stated(int forks, double deviation) {
        SplittableRandom random = new SplittableRandom(seed + 77);
        return suite(random, forks, deviation, 0).stream()
                .mapToDouble(finding -> finding.detectableChange().orElseThrow())
                .average()
                .orElseThrow();
    }

    private Scores.Share called(int forks, double deviation, double slowdown) {
        SplittableRandom random = new SplittableRandom(seed + 99);
        int called = 0;
        int count = 0;
        for (int s = 0; s < amount; s++) {
            List<Finding> findings = suite(random, forks, deviation, slowdown);
            for (int i = 0; i < SUITE / 10; i++) {
                called += findings.get(i).verdict() instanceof Verdict.Regressed ? 1 : 0;
                count++;
            }
        }
        return new Scores.Share(called, count);
    }

    /** A suite whose first tenth is slower. */
    private static List<Finding> suite(SplittableRandom random, int forks, double deviation, double slowdown) {
        Metric metric = new Metric("time", Unit.of("ms"), Better.LOWER);
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < SUITE; i++) {
            double ratio = i < SUITE / 10 ? 1 + slowdown : 1;
            pairs.add(new Pair(
                    new SeriesKey(Benchmark.of("b" + i), "time", "lab", "main"),
                    metric,
                    List.of(sample(Forks.NORMAL.draw(random, forks, deviation, 1))),
                    metric.unit(),
                    List.of(sample(Forks.NORMAL.draw(random, forks, deviation, ratio)))));
        }
        return new Comparison(Policy.DEFAULT).compare(pairs);
    }

    private static Sample sample(double[][] forks) {
        return Sample.Values.of(Sample.Center.MEAN, List.of(forks));
    }

    /** The share of 95 % intervals that cover the truth. */
    private Chart coverage() {
        Chart chart = new Chart("Coverage of the 95 % intervals by kind of noise");
        Chart.Axis up = Chart.Axis.percent("intervals that cover the truth", 0.85, 1, false, 0.85, 0.9, 0.95, 1);
        List<String> names = List.of("normal", "bimodal", "heavy", "spiked");
        Chart.Panel comparison = chart.panel(
                        "compare: interval of the ratio", Chart.Axis.categories("forks", names), up)
                .withLevel(0.95);
        int[] sizes = {3, 5, 10};
        for (int k = 0; k < sizes.length; k++) {
            List<Chart.Dot> dots = new ArrayList<>();
            for (Forks forks : Forks.values()) {
                SplittableRandom random = new SplittableRandom(seed + 5);
                int covered = 0;
                for (int s = 0; s < amount; s++) {
                    for (ModeratedT.Result result : results(random, forks, sizes[k], 0.01, 1.05)) {
                        covered += result.ratioInterval().contains(1.05) ? 1 : 0;
                    }
                }
                dots.add(new Chart.Dot(forks.ordinal() + 0.2 * (k - 1), new Scores.Share(covered, amount * SUITE)));
            }
            comparison.add(sizes[k] + " forks a side", dots, false);
        }
        List<String> kinds =
                Arrays.stream(WITH_INTERVALS).map(CalibrationPlots::shortWord).toList();
        Chart.Panel steps = chart.panel("analyze: interval of a step's size", Chart.Axis.categories("noise", kinds), up)
                .withLevel(0.95);
        int[] afters = {10, 20};
        for (int k = 0; k < afters.length; k++) {
            List<Chart.Dot> dots = new ArrayList<>();
            for (int n = 0; n < WITH_INTERVALS.length; n++) {
                dots.add(new Chart.Dot(n + 0.2 * (k - 0.5), covered(WITH_INTERVALS[n], afters[k])));
            }
            steps.add(afters[k] + " runs after the step", dots, false);
        }
        return chart;
    }

    private Scores.Share covered(Noise noise, int after) {
        int covered = 0;
        int found = 0;
        for (int i = 0; i < 80 * amount; i++) {
            Histories.History history = Histories.oneStep(noise, seed + 30_000 + i, after);
            int change = history.changes()[0];
            double[] values = history.values();
            for (Step step : StepScan.analyze(values).steps()) {
                if (Math.abs(step.index() - change) <= Scores.STEP_TOLERANCE) {
                    double truth = step.relativeChange() > 0 ? history.size() : 1 / (1 + history.size()) - 1;
                    found++;
                    covered += step.low() <= truth && truth <= step.high() ? 1 : 0;
                }
            }
        }
        return new Scores.Share(covered, found);
    }

    private static List<ModeratedT.Result> results(
            SplittableRandom random, Forks forks, int count, double deviation, double ratio) {
        List<Arms> arms = new ArrayList<>();
        for (int i = 0; i < SUITE; i++) {
            arms.add(Arms.ofIterations(
                    forks.draw(random, count, deviation, 1),
                    forks.draw(random, count, deviation, ratio),
                    ForkValue.WINSORISED_MEAN));
        }
        return ModeratedT.withDefaults().test(arms);
    }

    private static String words(Noise noise) {
        return switch (noise) {
            case GAUSS -> "Gaussian noise";
            case AUTOREGRESSIVE_05 -> "neighbours alike (AR 0.5)";
            case SPIKES -> "spikes of 20-100 %";
            case BIMODAL -> "two modes";
            case QUANTISED -> "coarse steps";
            case SKEWED -> "skewed";
            default -> noise.name().toLowerCase(Locale.ROOT);
        };
    }

    private static String shortWord(Noise noise) {
        return switch (noise) {
            case GAUSS -> "Gauss";
            case AUTOREGRESSIVE_05 -> "AR 0.5";
            case SPIKES -> "spikes";
            case BIMODAL -> "modes";
            case QUANTISED -> "coarse";
            case SKEWED -> "skew";
            case HETEROSCEDASTIC -> "louder";
            case DRIFTING -> "drift";
            case SEASONAL -> "week";
            default -> noise.name().toLowerCase(Locale.ROOT);
        };
    }
}
