package dev.plumbline.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A git repository of 400 commits with three planted regressions, and what two machines measured in it: one of them
 * gets another kernel on the way and has one odd run, the other is noisy.
 */
public final class ScriptedRepository {
    public static final int COMMITS = 400;
    public static final int PARSER = 131;
    public static final int DEPENDENCY = 212;
    public static final int KERNEL = 272;
    public static final int CACHE = 341;

    /** The commit near which one run on {@code ci} was slow in everything. */
    private static final int ODD = 180;

    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

    private static final List<String> BENCHMARKS = List.of(
            "dev.example.parse.ParserBenchmark.csv",
            "dev.example.parse.ParserBenchmark.json",
            "dev.example.parse.ParserBenchmark.xml",
            "dev.example.parse.ParserBenchmark.yaml",
            "dev.example.cache.CacheBenchmark.hit",
            "dev.example.cache.CacheBenchmark.miss",
            "dev.example.sort.SortBenchmark.quick",
            "dev.example.sort.SortBenchmark.merge",
            "dev.example.sort.SortBenchmark.radix",
            "dev.example.net.NetBenchmark.get",
            "dev.example.net.NetBenchmark.put",
            "dev.example.net.NetBenchmark.ping");

    private final Path folder;
    private final long seed;
    private final List<String> commits = new ArrayList<>();

    private ScriptedRepository(Path folder, long seed) {
        this.folder = folder;
        this.seed = seed;
    }

    /** Makes the repository in an empty folder. */
    public static ScriptedRepository in(Path folder, long seed) throws IOException, InterruptedException {
        ScriptedRepository repository = new ScriptedRepository(folder, seed);
        repository.make();
        return repository;
    }

    public String commit(int index) {
        return commits.get(index);
    }

    private void make() throws IOException, InterruptedException {
        commits.addAll(imported(folder, script()));
    }

    /**
     * Makes the branch {@code main} of a new repository.
     *
     * @param content what {@code git fast-import} reads; its marks count from 1
     * @return the ids of the commits, in the order of their marks
     */
    static List<String> imported(Path folder, String content) throws IOException, InterruptedException {
        git(folder, "init", "-q", "-b", "main");
        Path script = Files.createTempFile(folder.getParent(), "commits", ".txt");
        Path marks = Files.createTempFile(folder.getParent(), "marks", ".txt");
        Files.writeString(script, content);
        Process process = new ProcessBuilder("git", "fast-import", "--quiet", "--export-marks=" + marks)
                .directory(folder.toFile())
                .redirectInput(script.toFile())
                .redirectErrorStream(true)
                .start();
        String reported = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(reported);
        }
        Map<Integer, String> ids = new TreeMap<>();
        for (String line : Files.readAllLines(marks)) {
            String[] parts = line.split(" ");
            ids.put(Integer.parseInt(parts[0].substring(1)), parts[1]);
        }
        git(folder, "reset", "-q", "--hard", "main");
        return List.copyOf(ids.values());
    }

    private static void git(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String reported = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + reported);
        }
    }

    /** What {@code git fast-import} reads: every commit changes one file. */
    private String script() {
        Random random = new Random(seed);
        StringBuilder script = new StringBuilder();
        for (int i = 0; i < COMMITS; i++) {
            String file =
                    switch (i) {
                        case PARSER -> "src/main/java/dev/example/parse/Parser.java";
                        case DEPENDENCY -> "pom.xml";
                        case CACHE -> "src/main/java/dev/example/cache/Cache.java";
                        default -> ordinary(random);
                    };
            String subject =
                    switch (i) {
                        case PARSER -> "Parser: check every quote";
                        case DEPENDENCY -> "raise the collections library to 9.1";
                        case CACHE -> "Cache: count hits";
                        default -> "work " + i + " \u001b[31m| `x` <b>";
                    };
            script.append(commit(i, time(i), subject, file));
        }
        return script.toString();
    }

    /** A commit that changes one file, as {@code git fast-import} reads it. */
    public static String commit(int index, Instant time, String subject, String file) {
        String content = "change " + index + "\n";
        return "commit refs/heads/main\nmark :" + (index + 1) + "\ncommitter Ann Example <ann@example.org> "
                + time.getEpochSecond() + " +0000\ndata " + subject.getBytes(StandardCharsets.UTF_8).length + "\n"
                + subject + "\n" + (index > 0 ? "from :" + index + "\n" : "") + "M 100644 inline " + file + "\ndata "
                + content.length() + "\n" + content + "\n";
    }

    private static String ordinary(Random random) {
        return switch (random.nextInt(10)) {
            case 0, 1 -> "docs/page" + random.nextInt(20) + ".md";
            case 2, 3 -> "src/test/java/dev/example/util/Util" + random.nextInt(20) + "Test.java";
            default -> "src/main/java/dev/example/util/Util" + random.nextInt(40) + ".java";
        };
    }

    private static Instant time(int commit) {
        return FIRST.plusSeconds(3600L * commit);
    }

    /** The level of a benchmark on a machine at a commit. */
    private static double level(String benchmark, String machine, int commit) {
        double level = 100 + 10 * BENCHMARKS.indexOf(benchmark);
        if (benchmark.contains(".parse.") && commit >= PARSER) {
            level *= 1.10;
        }
        if ((benchmark.contains(".sort.") || benchmark.contains(".net.")) && commit >= DEPENDENCY) {
            level *= 1.06;
        }
        if (benchmark.contains(".cache.") && commit >= CACHE) {
            level *= 1.15;
        }
        return machine.equals("ci") && commit >= KERNEL ? level * 1.04 : level;
    }

    /**
     * A table of everything that was measured up to a commit: every third commit on both machines.
     *
     * @param end the first commit that is not measured any more
     */
    public String results(int begin, int end) {
        StringBuilder table = new StringBuilder("benchmark,metric,unit,better,value,commit,branch,commit_time,position,"
                + "environment,env:info.kernel,env:info.load\n");
        for (int commit = 0; commit < end; commit += 3) {
            if (commit < begin) {
                continue;
            }
            for (String machine : List.of("ci", "old")) {
                Random random = new Random(seed * 1_000_003 + commit * 31L + machine.hashCode());
                boolean noisy = machine.equals("old");
                double load = Math.rint(random.nextDouble() * 100) / 100;
                for (String benchmark : BENCHMARKS) {
                    double value =
                            level(benchmark, machine, commit) * Math.exp((noisy ? 0.06 : 0.01) * random.nextGaussian());
                    if (noisy && random.nextInt(25) == 0) {
                        value *= 1.5;
                    }
                    if (!noisy && commit == ODD) {
                        value *= 1.35;
                    }
                    table.append(String.format(
                            Locale.ROOT,
                            "%s,time,ms,lower,%.4f,%s,main,%s,%d,%s,%s,%s%n",
                            benchmark,
                            value,
                            commits.get(commit),
                            time(commit),
                            commit + 1,
                            machine,
                            machine.equals("ci") && commit >= KERNEL ? "6.8" : "6.1",
                            load));
                }
            }
        }
        return table.toString();
    }
}
