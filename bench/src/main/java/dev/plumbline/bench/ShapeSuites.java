package dev.plumbline.bench;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.shape.SeriesShape;
import dev.plumbline.core.shape.feature.Anomaly;
import dev.plumbline.core.shape.feature.Modes;
import dev.plumbline.core.shape.feature.OddRun;
import dev.plumbline.core.shape.feature.Shape;
import dev.plumbline.core.shape.feature.Shape.Word;
import java.io.PrintStream;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The accuracy of the shapes of generated series: a confusion matrix for each kind of noise.
 *
 * <p>Arguments: first seed, series of each kind, values, size of what happens in standard deviations of the noise, its
 * size for single spikes; defaults 1, 400, 60, 3 and 8. Seeds below 1,000,000 were used while the method was made.
 */
public final class ShapeSuites {
    /** The noise, relative to a level of 100. */
    static final double VARIATION = 0.02;

    private ShapeSuites() {}

    /** The events that can happen to a series, with the expected shape. */
    enum Happening {
        NOTHING(Word.STABLE),
        STEP(Word.STEPPED),
        RAMP(Word.TRENDING),
        SPIKE(Word.SPIKED),
        RECOVERY(Word.RECOVERED),
        SEASON(Word.SEASONAL),
        VARIANCE(Word.VOLATILE),
        NEW_MODE(Word.MULTIMODAL);

        final Word word;

        Happening(Word word) {
            this.word = word;
        }
    }

    /** The kinds of noise. */
    enum Kind {
        GAUSS,
        AUTOREGRESSIVE_03,
        /** Student's t with five degrees of freedom. */
        HEAVY_5,
        /** Student's t with three degrees of freedom. */
        HEAVY_3;

        double[] draw(SplittableRandom random, int length) {
            double[] noise = new double[length];
            for (int i = 0; i < length; i++) {
                noise[i] = switch (this) {
                    case GAUSS -> random.nextGaussian();
                    case AUTOREGRESSIVE_03 ->
                        i == 0
                                ? random.nextGaussian()
                                : 0.3 * noise[i - 1] + Math.sqrt(1 - 0.09) * random.nextGaussian();
                    case HEAVY_5 -> student(random, 5) / Math.sqrt(5.0 / 3);
                    case HEAVY_3 -> student(random, 3) / Math.sqrt(3);
                };
            }
            return noise;
        }

        private static double student(SplittableRandom random, int degrees) {
            double squares = 0;
            for (int i = 0; i < degrees; i++) {
                double normal = random.nextGaussian();
                squares += normal * normal;
            }
            return random.nextGaussian() / Math.sqrt(squares / degrees);
        }
    }

    /**
     * A generated series.
     *
     * @param days when each value was measured: every day, or every four hours where the season is daily
     */
    record Generated(double[] values, double[] days) {}

    static Generated generate(Happening happening, Kind kind, long seed, int length, double size, double spike) {
        SplittableRandom random = new SplittableRandom(seed * 64 + happening.ordinal() * 8L + kind.ordinal()).split();
        double[] noise = kind.draw(random, length);
        double sign = random.nextBoolean() ? 1 : -1;
        boolean daily = random.nextBoolean();
        double every = happening == Happening.SEASON && daily ? 1.0 / 6 : 1;
        double[] days = new double[length];
        double start = 19_000 + random.nextInt(1000);
        for (int i = 0; i < length; i++) {
            days[i] = start + (i + random.nextDouble(0.2)) * every;
        }
        int at = length / 4 + random.nextInt(length / 2);
        int stay = length / 6 + random.nextInt(length / 6);
        int away = length / 5 + random.nextInt(length / 5);
        double turn = random.nextDouble();
        for (int i = 0; i < length; i++) {
            noise[i] = switch (happening) {
                case NOTHING -> noise[i];
                case STEP -> noise[i] + (i >= at ? sign * size : 0);
                case RAMP -> noise[i] + sign * size * i / (length - 1);
                case SPIKE -> noise[i] + (i == at ? sign * spike : 0);
                case RECOVERY -> noise[i] + (i >= away && i < away + stay ? sign * size : 0);
                case SEASON -> noise[i] + size * Math.sin(2 * Math.PI * ((days[i] - start) / (daily ? 1 : 7) + turn));
                case VARIANCE -> noise[i] * (i >= at ? size : 1);
                case NEW_MODE -> noise[i] + (i >= at && random.nextDouble() < 0.4 ? sign * size : 0);
            };
        }
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            values[i] = 100 * Math.exp(VARIATION * noise[i]);
        }
        return new Generated(values, days);
    }

    /** Prints the matrices. */
    public static void main(String[] arguments) {
        long first = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
        int series = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 400;
        int length = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 60;
        double size = arguments.length > 3 ? Double.parseDouble(arguments[3]) : 3;
        double spike = arguments.length > 4 ? Double.parseDouble(arguments[4]) : 8;
        for (Kind kind : Kind.values()) {
            matrix(System.out, kind, first, series, length, size, spike);
        }
        anomalies(System.out, first, series);
        modes(System.out, first, series);
        oddRuns(System.out, first, series);
    }

    /** Prints the results for two modes five deviations apart, shares 0.6 and 0.4, in 120 values, halfway through. */
    private static void modes(PrintStream out, long first, int series) {
        String[] cases = {
            "stay",
            "share of the upper from 0.2 to 0.6",
            "upper up by 2",
            "upper up by 3",
            "upper up by 5",
            "lower down by 3",
            "both up by 3"
        };
        for (int kind = 0; kind < cases.length; kind++) {
            Map<Modes.Change, Integer> counts = new EnumMap<>(Modes.Change.class);
            int multimodal = 0;
            for (long seed = first; seed < first + series; seed++) {
                SplittableRandom random = new SplittableRandom(seed * 64 + 40 + kind).split();
                double[] noise = Kind.GAUSS.draw(random, 120);
                for (int i = 0; i < noise.length; i++) {
                    boolean late = i >= noise.length / 2;
                    boolean upper = random.nextDouble() < (kind == 1 ? late ? 0.6 : 0.2 : 0.4);
                    double moved =
                            switch (kind) {
                                case 2 -> upper ? 2 : 0;
                                case 3 -> upper ? 3 : 0;
                                case 4 -> upper ? 5 : 0;
                                case 5 -> upper ? 0 : -3;
                                case 6 -> 3;
                                default -> 0;
                            };
                    noise[i] += (upper ? 5 : 0) + (late ? moved : 0);
                }
                Optional<Shape.Multimodal> found =
                        SeriesShape.of(scaled(noise), SeriesShape.NO_DAYS, 0.02).find(Shape.Multimodal.class);
                multimodal += found.isPresent() ? 1 : 0;
                found.ifPresent(shape -> counts.merge(shape.modes().change(), 1, Integer::sum));
            }
            out.printf(
                    Locale.ROOT,
                    "two modes, %s: multimodal in %.1f %% of %d series, of these %s%n",
                    cases[kind],
                    100.0 * multimodal / series,
                    series,
                    counts);
        }
    }

    /**
     * Prints how often the newest run of forty series is marked as odd: healthy, with regressions, on a disturbed
     * machine.
     */
    private static void oddRuns(PrintStream out, long first, int series) {
        String[] cases = {
            "healthy",
            "2 of 40 regressed by 5 deviations",
            "8 of 40 regressed by 5 deviations",
            "noise threefold",
            "all slower by 0 to 6 deviations",
            "all slower by 0 to 12 deviations"
        };
        for (int kind = 0; kind < cases.length; kind++) {
            int odd = 0;
            int before = 0;
            for (long seed = first; seed < first + series; seed++) {
                SplittableRandom random = new SplittableRandom(seed * 64 + 50 + kind).split();
                double[][] suite = new double[40][];
                for (int i = 0; i < suite.length; i++) {
                    double[] noise = Kind.GAUSS.draw(random, 60);
                    int newest = noise.length - 1;
                    noise[newest] = switch (kind) {
                        case 1 -> noise[newest] + (i < 2 ? 5 : 0);
                        case 2 -> noise[newest] + (i < 8 ? 5 : 0);
                        case 3 -> noise[newest] * 3;
                        case 4 -> noise[newest] + random.nextDouble(6);
                        case 5 -> noise[newest] + random.nextDouble(12);
                        default -> noise[newest];
                    };
                    suite[i] = scaled(noise);
                }
                for (OddRun run : OddRun.find(suite, Collections.nCopies(suite.length, Better.LOWER))) {
                    if (run.run() == 59) {
                        odd++;
                    } else {
                        before++;
                    }
                }
            }
            out.printf(
                    Locale.ROOT,
                    "odd runs, 40 series of 60 runs, newest run %s: called odd in %.1f %% of %d suites, %.3f %% of the"
                            + " others%n",
                    cases[kind],
                    100.0 * odd / series,
                    series,
                    100.0 * before / series / 54);
        }
    }

    private static void matrix(
            PrintStream out, Kind kind, long first, int series, int length, double size, double spike) {
        out.printf(
                Locale.ROOT,
                "%s, %d values, size %.1f, spikes %.1f: %% of %d series called so%n%-10s",
                kind,
                length,
                size,
                spike,
                series,
                "");
        for (Word word : Word.values()) {
            out.printf(Locale.ROOT, " %6.6s", word.text());
        }
        out.println();
        for (Happening happening : Happening.values()) {
            Map<Word, Integer> counts = new EnumMap<>(Word.class);
            for (long seed = first; seed < first + series; seed++) {
                Generated generated = generate(happening, kind, seed, length, size, spike);
                counts.merge(
                        SeriesShape.of(generated.values(), generated.days(), 0.02)
                                .main()
                                .word(),
                        1,
                        Integer::sum);
            }
            out.printf(Locale.ROOT, "%-10s", happening);
            for (Word word : Word.values()) {
                double share = 100.0 * counts.getOrDefault(word, 0) / series;
                out.printf(Locale.ROOT, word == happening.word ? " [%4.1f]" : " %5.1f ", share);
            }
            out.println();
        }
    }

    /** The acceptance figures of single odd points. */
    private static void anomalies(PrintStream out, long first, int series) {
        int flags = 0;
        int values = 0;
        int planted = 0;
        int found = 0;
        int marksAtSteps = 0;
        for (long seed = first; seed < first + series; seed++) {
            SplittableRandom random = new SplittableRandom(seed * 64 + 63).split();
            double[] noise = Kind.GAUSS.draw(random, 200);
            values += noise.length;
            flags += points(SeriesShape.of(scaled(noise), SeriesShape.NO_DAYS, 0.02));
            boolean[] spiked = new boolean[noise.length];
            double[] spiky = noise.clone();
            for (int i = 0; i < noise.length; i++) {
                if (random.nextDouble() < 0.03) {
                    spiked[i] = true;
                    spiky[i] += random.nextBoolean() ? 8 : -8;
                    planted++;
                }
            }
            for (Anomaly anomaly :
                    SeriesShape.of(scaled(spiky), SeriesShape.NO_DAYS, 0.02).anomalies()) {
                for (int i = anomaly.first(); i < anomaly.end(); i++) {
                    found += spiked[i] ? 1 : 0;
                }
            }
            double[] stepped = noise.clone();
            int at = 50 + random.nextInt(100);
            for (int i = at; i < stepped.length; i++) {
                stepped[i] += 3 + random.nextInt(8);
            }
            marksAtSteps = Math.max(
                    marksAtSteps,
                    SeriesShape.of(scaled(stepped), SeriesShape.NO_DAYS, 0.02)
                            .anomalies()
                            .size());
        }
        out.printf(
                Locale.ROOT,
                "anomalies: %.2f points in 10,000 of Gaussian noise; %.1f %% of 8-deviation spikes among 3 %%; at most %d"
                        + " marks in a series with a step%n",
                10_000.0 * flags / values,
                100.0 * found / planted,
                marksAtSteps);
    }

    private static int points(SeriesShape shape) {
        return shape.anomalies().stream()
                .mapToInt(anomaly -> anomaly.end() - anomaly.first())
                .sum();
    }

    private static double[] scaled(double[] noise) {
        double[] values = new double[noise.length];
        for (int i = 0; i < noise.length; i++) {
            values[i] = 100 * Math.exp(VARIATION * noise[i]);
        }
        return values;
    }
}
