package dev.plumbline.bench;

import java.util.SplittableRandom;

/**
 * The noise families of the generated histories.
 *
 * <p>{@link #draw} gives relative deviations in units of the coefficient of variation: a history is
 * {@code level * (1 + variation * draw)}. The bulk of every family has a standard deviation near one.
 */
public enum Noise {
    /** Independent Gaussian. */
    GAUSS {
        @Override
        double[] draw(SplittableRandom random, int length, double variation) {
            return gaussian(random, length);
        }
    },
    /** First-order autoregression with coefficient 0.3. */
    AUTOREGRESSIVE_03 {
        @Override
        double[] draw(SplittableRandom random, int length, double variation) {
            return autoregressive(random, length, 0.3);
        }
    },
    /** First-order autoregression with coefficient 0.5. */
    AUTOREGRESSIVE_05 {
        @Override
        double[] draw(SplittableRandom random, int length, double variation) {
            return autoregressive(random, length, 0.5);
        }
    },
    /** First-order autoregression with coefficient 0.6. */
    AUTOREGRESSIVE_06 {
        @Override
        double[] draw(SplittableRandom random, int length, double variation) {
            return autoregressive(random, length, 0.6);
        }
    },
    /** Gaussian, and five points in a hundred lie 20 to 100 % of the level too high. */
    SPIKES {
        @Override
        double[] draw(SplittableRandom random, int length, double variation) {
            double[] noise = gaussian(random, length);
            for (int i = 0; i < length; i++) {
                if (random.nextDouble() < 0.05) {
                    noise[i] += random.nextDouble(0.2, 1.0) / variation;
                }
            }
            return noise;
        }
    },
    /** Log-normal with shape 0.6: skewed to the right. */
    SKEWED {
        @Override
        double[] draw(SplittableRandom random, int length, double variation) {
            double[] noise = gaussian(random, length);
            for (int i = 0; i < length; i++) {
                noise[i] = (Math.exp(0.6 * noise[i]) - Math.exp(0.18)) / 0.8;
            }
            return noise;
        }
    },
    /** Two modes four standard deviations apart, a quarter of the points in the upper one. */
    BIMODAL {
        @Override
        double[] draw(SplittableRandom random, int length, double variation) {
            double[] noise = gaussian(random, length);
            for (int i = 0; i < length; i++) {
                noise[i] += random.nextDouble() < 0.25 ? 4 : 0;
            }
            return noise;
        }
    },
    /** Gaussian rounded to ticks of two standard deviations with a random offset. */
    QUANTISED {
        @Override
        double[] draw(SplittableRandom random, int length, double variation) {
            double[] noise = gaussian(random, length);
            double offset = random.nextDouble(-0.5, 0.5);
            for (int i = 0; i < length; i++) {
                noise[i] = Math.rint(noise[i] / 2 + offset) * 2;
            }
            return noise;
        }
    },
    /** Gaussian whose standard deviation triples somewhere in the middle half. */
    HETEROSCEDASTIC {
        @Override
        double[] draw(SplittableRandom random, int length, double variation) {
            double[] noise = gaussian(random, length);
            int turn = length / 4 + random.nextInt(Math.max(1, length / 2));
            for (int i = 0; i < length; i++) {
                noise[i] *= (i < turn ? 1 : 3) / 1.7;
            }
            return noise;
        }
    },
    /** Gaussian around a line that climbs four standard deviations over the history. */
    DRIFTING {
        @Override
        double[] draw(SplittableRandom random, int length, double variation) {
            double[] noise = gaussian(random, length);
            for (int i = 0; i < length; i++) {
                noise[i] += 4.0 * i / length;
            }
            return noise;
        }
    },
    /** Gaussian on a weekly wave of amplitude two standard deviations. */
    SEASONAL {
        @Override
        double[] draw(SplittableRandom random, int length, double variation) {
            double[] noise = gaussian(random, length);
            for (int i = 0; i < length; i++) {
                noise[i] += 2 * Math.sin(2 * Math.PI * i / 7);
            }
            return noise;
        }
    };

    /** {@code length} deviations in units of {@code variation}, which is a fraction (0.02 is 2 %). */
    abstract double[] draw(SplittableRandom random, int length, double variation);

    private static double[] gaussian(SplittableRandom random, int length) {
        double[] noise = new double[length];
        for (int i = 0; i < length; i++) {
            noise[i] = random.nextGaussian();
        }
        return noise;
    }

    /** A first-order autoregression of unit variance. */
    static double[] autoregressive(SplittableRandom random, int length, double coefficient) {
        double[] noise = gaussian(random, length);
        double innovation = Math.sqrt(1 - coefficient * coefficient);
        for (int i = 1; i < length; i++) {
            noise[i] = coefficient * noise[i - 1] + innovation * noise[i];
        }
        return noise;
    }
}
