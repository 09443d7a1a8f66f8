package dev.plumbline.bench;

import dev.plumbline.bench.CheckedSuite.Outcome;
import dev.plumbline.bench.CheckedSuite.Track;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.stats.distribution.Proportion;
import dev.plumbline.core.stats.sample.Location;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Prints how often a check of healthy runs fails the gate, and how often it detects a slowdown, on real histories.
 *
 * <p>Every suite of at least {@value #LEAST_RUNS} runs is looked at in several places. At a place the runs before are
 * recorded, and three are checked one after the other: as they were, with a tenth of the benchmarks 10 or 20 % worse,
 * and with all of them 8 % worse. A benchmark counts whose level stays: the median of the ten values from the place on
 * lies within 2 % of that of the twenty before. So what is called among those left as they were is a false alarm. Those
 * that are made worse stay, too; a place where none stays is none.
 *
 * <p>Arguments: the folder with the files that github-action-benchmark wrote ({@code data.js} or JSON, at any depth),
 * first seed, places in a suite (0 for every one: the seed then draws only which benchmarks are made worse), runs that
 * are recorded before a place at the most; the defaults are {@code history} in the folder that {@code PLUMBLINE_DATA}
 * names, 1, 20 and {@value #MOST_BEFORE}. With 12 recorded runs the figures are those of young histories. The figures
 * of all suites are the means of theirs, so that each counts alike.
 */
public final class RealSuites {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int LEAST_RUNS = 60;
    static final int LEAST_BEFORE = 40;
    static final int MOST_BEFORE = 300;
    private static final int BEFORE = 20;
    static final int AFTER = 10;
    static final int CHECKS = 3;
    private static final double STAYS = 0.02;
    private static final double SHARE = 0.1;

    /** Places that are searched for one where a benchmark stays, at the most. */
    private static final int TRIES = 4;

    static final double[] SIZES = {0.1, 0.2};
    private static final double WHOLE = 0.08;
    private static final int LEAST_WHOLE = 3;

    private RealSuites() {}

    /** Prints the table. */
    public static void main(String[] arguments) throws IOException {
        Path folder = arguments.length > 0 ? Path.of(arguments[0]) : data();
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
        int places = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 20;
        int recorded = arguments.length > 3 ? Integer.parseInt(arguments[3]) : MOST_BEFORE;
        PrintStream out = System.out;
        out.println("suite, benchmarks, runs: in percent after 1 / 2 / 3 runs: closed by what stays as it was;"
                + " found of +10 %; of +20 %; gate closed as it was; with +8 % everywhere;"
                + " called as a whole where the whole stays, as it was; with +8 % everywhere");
        List<Tally> tallies = new ArrayList<>();
        List<Suite> suites = read(folder);
        for (int i = 0; i < suites.size(); i++) {
            Tally tally = tally(suites.get(i), new SplittableRandom(seed * 1_000_003L + i).split(), places, recorded);
            tallies.add(tally);
            out.printf(Locale.ROOT, "  %-56s %s%n", suites.get(i).name(), text(tally, false));
        }
        out.printf(Locale.ROOT, "  %-56s %s%n", "mean of " + tallies.size() + " suites", mean(tallies));
        Tally all = new Tally();
        tallies.forEach(all::add);
        out.printf(Locale.ROOT, "  %-56s %s%n", "together, with counts", text(all, true));
    }

    /** The folder with the files where none is named. */
    static Path data() {
        String named = System.getenv("PLUMBLINE_DATA");
        return Path.of(named == null ? "../shared/data" : named).resolve("history");
    }

    /** The runs of a suite; its benchmarks have values in at least {@value #LEAST_RUNS} of them. */
    record Suite(String name, int runs, List<Track> tracks) {
        /** Whether the middle of its benchmarks is unchanged; false where there is no suite. */
        boolean staysAsAWhole(int place) {
            double[] changes = tracks.stream()
                    .mapToDouble(track -> change(track.values(), place))
                    .filter(change -> !Double.isNaN(change))
                    .toArray();
            return changes.length >= LEAST_WHOLE && Math.abs(Location.median(changes)) <= STAYS;
        }
    }

    static List<Suite> read(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().matches(".*\\.(data\\.js|js|json)"))
                    .sorted()
                    .toList();
        }
        List<Suite> suites = new ArrayList<>();
        for (Path file : files) {
            String text = Files.readString(file).strip();
            if (!text.startsWith("{") && !text.startsWith("window.")) {
                continue;
            }
            JsonNode entries = MAPPER.readTree(
                            text.substring(text.indexOf('{'), text.endsWith(";") ? text.length() - 1 : text.length()))
                    .path("entries");
            for (Map.Entry<String, JsonNode> suite : entries.properties()) {
                suite(name(file, suite.getKey()), suite.getValue()).ifPresent(suites::add);
            }
        }
        return suites;
    }

    /** The beginnings of both, so that a line of the table stays a line. */
    private static String name(Path file, String suite) {
        return start(file.getFileName().toString(), 28) + " " + start(suite, 16);
    }

    private static String start(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }

    private static Optional<Suite> suite(String name, JsonNode entries) {
        List<JsonNode> runs = new ArrayList<>();
        for (JsonNode entry : entries) {
            if (entry.path("commit").isObject() && !entry.path("benches").isEmpty()) {
                runs.add(entry);
            }
        }
        runs.sort(Comparator.comparingLong(run -> run.path("date").asLong(0)));
        Map<String, double[]> columns = new LinkedHashMap<>();
        Map<String, Better> directions = new LinkedHashMap<>();
        for (int i = 0; i < runs.size(); i++) {
            for (JsonNode bench : runs.get(i).path("benches")) {
                String unit = bench.path("unit").asString("");
                String key = bench.path("name").asString("") + '\n' + unit;
                double value = number(bench.path("value"));
                if (value > 0 && Double.isFinite(value)) {
                    double[] column = columns.computeIfAbsent(key, any -> empty(runs.size()));
                    column[i] = value;
                    directions.putIfAbsent(
                            key, better(unit, runs.get(i).path("tool").asString("")));
                }
            }
        }
        List<Track> tracks = columns.entrySet().stream()
                .filter(column -> known(column.getValue(), 0, runs.size()) >= LEAST_RUNS)
                .map(column -> new Track(directions.get(column.getKey()), column.getValue()))
                .toList();
        return tracks.isEmpty() || runs.size() < LEAST_RUNS
                ? Optional.empty()
                : Optional.of(new Suite(name + ", " + tracks.size() + ", " + runs.size(), runs.size(), tracks));
    }

    /** Some files have numbers as texts, or no number at all. */
    private static double number(JsonNode value) {
        if (value.isNumber()) {
            return value.asDouble();
        }
        try {
            return Double.parseDouble(value.asString(""));
        } catch (NumberFormatException none) {
            return Double.NaN;
        }
    }

    private static double[] empty(int length) {
        double[] column = new double[length];
        Arrays.fill(column, Double.NaN);
        return column;
    }

    private static Better better(String unit, String tool) {
        return switch (tool) {
            case "customBiggerIsBetter" -> Better.HIGHER;
            case "customSmallerIsBetter" -> Better.LOWER;
            default ->
                Stream.of("/s", "ops/", "iter/sec", "fps").anyMatch(unit::contains) ? Better.HIGHER : Better.LOWER;
        };
    }

    private static int known(double[] column, int from, int end) {
        return (int) Arrays.stream(column, from, end)
                .filter(value -> !Double.isNaN(value))
                .count();
    }

    /** The counts, by the number of runs checked. */
    private static final class Tally {
        private final Proportion[] closed = none();
        private final Proportion[][] found = {none(), none()};
        private final Proportion[] gate = none();
        private final Proportion[] whole = none();
        private final Proportion[] wholeUncalled = none();
        private final Proportion[] wholeCalled = none();

        private static Proportion[] none() {
            Proportion[] none = new Proportion[CHECKS];
            Arrays.fill(none, new Proportion(0, 0));
            return none;
        }

        void add(Tally other) {
            for (int k = 0; k < CHECKS; k++) {
                closed[k] = closed[k].plus(other.closed[k]);
                gate[k] = gate[k].plus(other.gate[k]);
                whole[k] = whole[k].plus(other.whole[k]);
                wholeUncalled[k] = wholeUncalled[k].plus(other.wholeUncalled[k]);
                wholeCalled[k] = wholeCalled[k].plus(other.wholeCalled[k]);
                for (int size = 0; size < SIZES.length; size++) {
                    found[size][k] = found[size][k].plus(other.found[size][k]);
                }
            }
        }
    }

    private static Tally tally(Suite suite, SplittableRandom random, int places, int recorded) {
        Tally tally = new Tally();
        int room = suite.runs - AFTER - 2 - LEAST_BEFORE;
        boolean isEvery = places == 0;
        int left = isEvery ? Math.max(0, room) : places;
        int tries = isEvery ? left : TRIES * places;
        for (int i = 0; i < tries && room > 0 && left > 0; i++) {
            int place = LEAST_BEFORE + (isEvery ? i : random.nextInt(room));
            boolean[] stays = new boolean[suite.tracks.size()];
            int present = 0;
            for (int j = 0; j < stays.length; j++) {
                double[] values = suite.tracks.get(j).values();
                stays[j] = stays(values, place);
                present += Double.isNaN(values[place]) ? 0 : 1;
            }
            boolean[][] chosen = new boolean[SIZES.length][];
            for (int size = 0; size < SIZES.length; size++) {
                chosen[size] = choose(stays, present, random);
            }
            if (IntStream.range(0, stays.length).noneMatch(j -> stays[j])) {
                continue;
            }
            left--;
            CheckedSuite asItWas = at(place, recorded, suite.tracks);
            CheckedSuite allWorse = at(
                    place,
                    recorded,
                    suite.tracks.stream()
                            .map(track -> track.worse(place, WHOLE))
                            .toList());
            for (int k = 0; k < CHECKS; k++) {
                Outcome outcome = asItWas.check();
                tally.closed[k] = tally.closed[k].and(outcome.isClosedBy(series -> stays[series]));
                tally.gate[k] = tally.gate[k].and(outcome.isClosed());
                Outcome worse = allWorse.check();
                tally.whole[k] = tally.whole[k].and(worse.isClosed());
                if (suite.staysAsAWhole(place)) {
                    tally.wholeUncalled[k] = tally.wholeUncalled[k].and(outcome.isCalledAsAWhole());
                    tally.wholeCalled[k] = tally.wholeCalled[k].and(worse.isCalledAsAWhole());
                }
            }
            for (int size = 0; size < SIZES.length; size++) {
                slowed(suite, place, recorded, chosen[size], SIZES[size], stays, tally.found[size]);
            }
        }
        return tally;
    }

    private static void slowed(
            Suite suite, int place, int recorded, boolean[] chosen, double size, boolean[] stays, Proportion[] found) {
        List<Track> tracks = new ArrayList<>();
        for (int j = 0; j < chosen.length; j++) {
            Track track = suite.tracks.get(j);
            tracks.add(chosen[j] ? track.worse(place, size) : track);
        }
        CheckedSuite checked = at(place, recorded, tracks);
        for (int k = 0; k < CHECKS; k++) {
            Outcome outcome = checked.check();
            for (int j = 0; j < chosen.length; j++) {
                if (chosen[j] && stays[j] && outcome.findings().containsKey(j)) {
                    found[k] = found[k].and(outcome.isCalled(j));
                }
            }
        }
    }

    /** The runs up to the checked ones, those before the place recorded: the newest of them. */
    private static CheckedSuite at(int place, int recorded, List<Track> tracks) {
        int from = Math.max(0, place - recorded);
        return new CheckedSuite(
                tracks.stream()
                        .map(track ->
                                new Track(track.better(), Arrays.copyOfRange(track.values(), from, place + CHECKS)))
                        .toList(),
                place - from);
    }

    /**
     * A tenth of the benchmarks that a run has, all of them ones that stay; one at least, all that stay at most.
     *
     * @param present how many benchmarks the run has
     */
    static boolean[] choose(boolean[] stays, int present, SplittableRandom random) {
        int[] staying = IntStream.range(0, stays.length).filter(j -> stays[j]).toArray();
        boolean[] chosen = new boolean[stays.length];
        int most = (int) Math.max(1, Math.round(SHARE * present));
        for (int left = Math.min(most, staying.length); left > 0; ) {
            int at = staying[random.nextInt(staying.length)];
            left -= chosen[at] ? 0 : 1;
            chosen[at] = true;
        }
        return chosen;
    }

    /** Whether the level after a place is that of before; not where either is known from too few values. */
    static boolean stays(double[] values, int place) {
        return Math.abs(change(values, place)) <= STAYS;
    }

    /** The relative change of the level at a place; NaN where either is known from too few values. */
    private static double change(double[] values, int place) {
        double[] before = Arrays.stream(values, 0, place)
                .filter(value -> !Double.isNaN(value))
                .toArray();
        double[] after = Arrays.stream(values, place, values.length)
                .filter(value -> !Double.isNaN(value))
                .limit(AFTER)
                .toArray();
        if (Double.isNaN(values[place]) || before.length < BEFORE || after.length < AFTER) {
            return Double.NaN;
        }
        double level = Location.median(Arrays.copyOfRange(before, before.length - BEFORE, before.length));
        return Location.median(after) / level - 1;
    }

    private static List<Function<Tally, Proportion[]>> columns() {
        return List.of(
                tally -> tally.closed,
                tally -> tally.found[0],
                tally -> tally.found[1],
                tally -> tally.gate,
                tally -> tally.whole,
                tally -> tally.wholeUncalled,
                tally -> tally.wholeCalled);
    }

    private static String text(Tally tally, boolean withCounts) {
        StringBuilder line = new StringBuilder();
        for (Function<Tally, Proportion[]> column : columns()) {
            line.append("  ");
            for (int k = 0; k < CHECKS; k++) {
                Proportion share = column.apply(tally)[k];
                line.append(k == 0 ? "" : " / ").append(percent(share.share()));
                line.append(withCounts ? " of " + share.count() : "");
            }
        }
        return line.toString();
    }

    private static String mean(List<Tally> tallies) {
        StringBuilder line = new StringBuilder();
        for (Function<Tally, Proportion[]> column : columns()) {
            line.append("  ");
            for (int k = 0; k < CHECKS; k++) {
                int at = k;
                ToDoubleFunction<Tally> share = tally -> column.apply(tally)[at].share();
                line.append(k == 0 ? "" : " / ")
                        .append(percent(tallies.stream()
                                .mapToDouble(share)
                                .filter(value -> !Double.isNaN(value))
                                .average()
                                .orElse(Double.NaN)));
            }
        }
        return line.toString();
    }

    static String percent(double share) {
        return Double.isNaN(share) ? "    –" : String.format(Locale.ROOT, "%5.1f", 100 * share);
    }
}
