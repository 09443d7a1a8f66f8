package dev.plumbline.bench;

import dev.plumbline.core.stats.Location;
import dev.plumbline.core.stats.MeanInterval;
import dev.plumbline.core.stats.StudentT;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Prints how often the intervals of {@code plumb run} hold the mean of simulated executions, of a machine that is
 * steady and of such that drift, how wide they are beside Student's of independent values, and how often measuring
 * would be given up for drift.
 *
 * <p>Arguments: first seed, series a row; defaults 1 and 2000.
 */
public final class MeanCoverage {
    private static final double LEVEL = 100;
    private static final double NOISE = 2;
    private static final int OCTAVES = 12;

    /** How executions deviate, in units of the noise. */
    private enum Machine {
        STEADY {
            @Override
            void deviate(double[] values, SplittableRandom random) {
                Arrays.setAll(values, i -> random.nextGaussian());
            }
        },
        SPIKES {
            @Override
            void deviate(double[] values, SplittableRandom random) {
                Arrays.setAll(
                        values,
                        i -> random.nextGaussian() + (random.nextInt(20) == 0 ? 6 * random.nextDouble() : 0) - 0.15);
            }
        },
        NEIGHBOURS_03 {
            @Override
            void deviate(double[] values, SplittableRandom random) {
                add(values, random, 0.3, 1 / Math.sqrt(1 - 0.09));
            }
        },
        NEIGHBOURS_06 {
            @Override
            void deviate(double[] values, SplittableRandom random) {
                add(values, random, 0.6, 1 / Math.sqrt(1 - 0.36));
            }
        },
        /** A drift of half the noise over some thirty executions. */
        SLOW {
            @Override
            void deviate(double[] values, SplittableRandom random) {
                STEADY.deviate(values, random);
                add(values, random, 0.97, 0.5);
            }
        },
        /** Drifts of a fifth of the noise over 1, 2, 4 … 2048 executions. */
        EVERY_LENGTH {
            @Override
            void deviate(double[] values, SplittableRandom random) {
                STEADY.deviate(values, random);
                for (int octave = 0; octave < OCTAVES; octave++) {
                    add(values, random, Math.exp(-1.0 / (1 << octave)), 0.2);
                }
            }
        };

        abstract void deviate(double[] values, SplittableRandom random);

        /** Adds an autoregression with a deviation. */
        private static void add(double[] values, SplittableRandom random, double phi, double deviation) {
            double state = random.nextGaussian();
            for (int i = 0; i < values.length; i++) {
                values[i] += deviation * state;
                state = phi * state + Math.sqrt(1 - phi * phi) * random.nextGaussian();
            }
        }
    }

    private MeanCoverage() {}

    public static void main(String[] arguments) {
        long seed = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
        int series = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2_000;
        System.out.println("machine        values  planned  all looks  width  given up");
        for (Machine machine : Machine.values()) {
            for (int count : new int[] {10, 64, 256, 1024}) {
                print(machine, count, new SplittableRandom(seed), series);
            }
        }
    }

    private static void print(Machine machine, int count, SplittableRandom seeds, int series) {
        int planned = 0;
        int sequential = 0;
        int givenUp = 0;
        double width = 0;
        double independent = NOISE / LEVEL / Math.sqrt(count) * StudentT.upperQuantile(0.025, count - 1.0);
        for (int i = 0; i < series; i++) {
            double[] values = new double[count];
            machine.deviate(values, seeds.split());
            Arrays.setAll(values, k -> LEVEL + NOISE * values[k]);
            double truth = LEVEL / Location.mean(values) - 1;
            planned += MeanInterval.planned(values, 0.95).contains(truth) ? 1 : 0;
            sequential += MeanInterval.relative(values, 0.95).contains(truth) ? 1 : 0;
            givenUp += MeanInterval.isBoundByDrift(values) ? 1 : 0;
            width += MeanInterval.planned(values, 0.95).high() / independent;
        }
        System.out.printf(
                Locale.ROOT,
                "%-13s  %6d   %5.1f %%    %5.1f %%   %4.2f   %5.1f %%%n",
                machine.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                count,
                100.0 * planned / series,
                100.0 * sequential / series,
                width / series,
                100.0 * givenUp / series);
    }
}
