package dev.plumbline.bench;

import dev.plumbline.core.stats.ModeratedT;
import dev.plumbline.core.stats.distribution.Proportion;
import dev.plumbline.core.stats.sample.Arms;
import dev.plumbline.core.stats.sample.ForkValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Deals the forks of real JMH results at random to two sides, so that chance alone makes the difference, and prints how
 * often a comparison rejects.
 *
 * <p>Arguments: deals of each result, seed, files of JMH's JSON with many forks. Forks of a benchmark in one file are
 * dealt among themselves, so that what changed between the files counts for nothing.
 */
public final class ForkDeals {
    private static final int[] FORKS = {3, 5, 8};

    private ForkDeals() {}

    /** Runs all cells. */
    public static void main(String[] arguments) {
        int deals = Integer.parseInt(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        List<double[][]> results = new ArrayList<>();
        for (String file : List.of(arguments).subList(2, arguments.length)) {
            for (JsonNode result : JsonMapper.shared().readTree(Path.of(file))) {
                results.add(forks(result.get("primaryMetric").get("rawData")));
            }
        }
        System.out.printf(Locale.ROOT, "%d results, %d deals of each%n", results.size(), deals);
        for (int count : FORKS) {
            for (boolean suite : new boolean[] {false, true}) {
                print(results, count, deals, suite, new Random(seed));
            }
        }
    }

    private static double[][] forks(JsonNode raw) {
        double[][] forks = new double[raw.size()][];
        for (int fork = 0; fork < forks.length; fork++) {
            JsonNode iterations = raw.get(fork);
            forks[fork] = new double[iterations.size()];
            Arrays.setAll(forks[fork], i -> iterations.get(i).asDouble());
        }
        return forks;
    }

    private static void print(List<double[][]> results, int count, int deals, boolean suite, Random random) {
        List<double[][]> enough =
                results.stream().filter(forks -> forks.length >= 2 * count).toList();
        Proportion five = new Proportion(0, 0);
        Proportion one = new Proportion(0, 0);
        Proportion covered = new Proportion(0, 0);
        for (int deal = 0; deal < deals; deal++) {
            List<Arms> arms =
                    enough.stream().map(forks -> dealt(forks, count, random)).toList();
            List<ModeratedT.Result> answers = suite
                    ? ModeratedT.withDefaults().test(arms)
                    : arms.stream()
                            .map(pair -> ModeratedT.withDefaults().test(pair))
                            .toList();
            for (ModeratedT.Result answer : answers) {
                five = five.and(answer.pValue() <= 0.05);
                one = one.and(answer.pValue() <= 0.01);
                covered = covered.and(answer.ratioInterval().contains(1));
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d forks a side, %s: rejected at 5 %% %.2f %%, at 1 %% %.2f %%, covered %.1f %%, of %d%n",
                count,
                suite ? "together" : "each alone",
                100 * five.share(),
                100 * one.share(),
                100 * covered.share(),
                one.count());
    }

    private static Arms dealt(double[][] forks, int count, Random random) {
        List<double[]> order = new ArrayList<>(Arrays.asList(forks));
        Collections.shuffle(order, random);
        return Arms.ofIterations(
                order.subList(0, count).toArray(double[][]::new),
                order.subList(count, 2 * count).toArray(double[][]::new),
                ForkValue.WINSORISED_MEAN);
    }
}
