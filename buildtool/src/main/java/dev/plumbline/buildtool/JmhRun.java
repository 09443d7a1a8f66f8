package dev.plumbline.buildtool;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run of JMH in a process of its own. All that it prints goes to {@code jmh.log}; the results take the place of
 * earlier ones once they are whole.
 */
public final class JmhRun {
    /** The file of results, in the folder of a run. */
    public static final String RESULTS = "jmh.json";

    private static final String LOG = "jmh.log";

    /** A number of forks, written together with its option. */
    private static final Pattern FORKS = Pattern.compile("-w?f=?[0-9]+");

    /** Options of JMH that would show something else than results, or put them elsewhere. */
    private static final Pattern RESERVED = Pattern.compile("-(rff?|o|lp?|lrf|lprof|h|foe)(=.*)?");

    private static final Pattern BENCHMARK = Pattern.compile("# Benchmark: (.*)");
    private static final Pattern PARAMETERS = Pattern.compile("# Parameters: (.*)");
    private static final Pattern PROGRESS = Pattern.compile("# Run progress: ([0-9.,]+% complete), (ETA .*)");
    private static final String LOCKED = "Unable to acquire the JMH lock";
    private static final Pattern TABLE = Pattern.compile("Benchmark .*Mode .*Units\\s*");
    /** The frames of a trace outside of the benchmark. */
    private static final Pattern FRAME = Pattern.compile(
            "^\\s+(at (java\\.base/|jdk\\.|org\\.openjdk\\.jmh\\.)|at .*jmh_generated|\\.\\.\\. \\d+ more)");

    private static final int TAIL = 20;
    private static final long RETRY_SECONDS = 2;
    private static final long PATIENCE_MINUTES = 30;

    /** The progress log of a build tool. */
    public interface Log {
        /** A line for the person who waits. */
        void info(String line);

        /** A line for the person who looks for a mistake. */
        void debug(String line);
    }

    /** The benchmark that is being measured. */
    private String current = "";

    private final Path java;
    private final Path folder;
    private final Path directory;
    private final Log log;

    /**
     * Prepares a run.
     *
     * @param java the program
     * @param folder takes results and log
     * @param directory where the benchmarks run
     */
    public JmhRun(Path java, Path folder, Path directory, Log log) {
        this.java = java;
        this.folder = folder;
        this.directory = directory;
        this.log = log;
    }

    /**
     * Measures.
     *
     * @param words of JMH: patterns of names, and options
     * @return the file of results
     * @throws IOException with the end of what JMH printed, where it fails or measures nothing
     */
    public Path measure(Path jar, List<String> words) throws IOException, InterruptedException {
        Path results = folder.resolve(RESULTS);
        Path part = folder.resolve(RESULTS + ".part");
        Files.deleteIfExists(results);
        List<String> command = new ArrayList<>(List.of(java.toString(), "-jar", jar.toString()));
        command.addAll(words);
        command.addAll(List.of("-foe", "true", "-rf", "json", "-rff", part.toString()));
        log.debug(String.join(" ", command));
        try {
            long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
            for (boolean waits = false; ; waits = true) {
                Deque<String> tail = new ArrayDeque<>();
                int code = run(command, tail);
                if (code == 0 && isWhole(part)) {
                    break;
                }
                boolean isLocked = tail.stream().anyMatch(line -> line.contains(LOCKED));
                if (!isLocked || System.nanoTime() > end) {
                    throw new IOException(failure(code, tail, isLocked));
                }
                if (!waits) {
                    log.info("another JMH run on this machine is measuring; waiting for its end");
                }
                TimeUnit.SECONDS.sleep(RETRY_SECONDS);
            }
            Files.move(part, results, StandardCopyOption.REPLACE_EXISTING);
            return results;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** The first of JMH's options that cannot be given, since a run collects the results itself. */
    public static Optional<String> reserved(List<String> words) {
        return words.stream().filter(word -> RESERVED.matcher(word).matches()).findFirst();
    }

    /** JMH's options without the numbers of forks and of forks to warm up: {@code plumb pr} plans those of pairs. */
    public static List<String> withoutForks(List<String> words) {
        List<String> others = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("-f") || word.equals("-wf")) {
                i++;
            } else if (!FORKS.matcher(word).matches()) {
                others.add(word);
            }
        }
        return others;
    }

    /** The table of results with which JMH ended its log; empty where it has none. */
    public static List<String> table(Path folder) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve(LOG));
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (TABLE.matcher(lines.get(i)).matches()) {
                return lines.subList(i, lines.size()).stream()
                        .filter(line -> !line.isBlank() && !line.startsWith("Benchmark result is saved"))
                        .toList();
            }
        }
        return List.of();
    }

    private static boolean isWhole(Path part) throws IOException {
        return Files.exists(part) && Files.readString(part).strip().endsWith("]") && Files.size(part) > 10;
    }

    private String failure(int code, Deque<String> tail, boolean isLocked) {
        String what = isLocked
                ? "another JMH run on this machine has been measuring for " + PATIENCE_MINUTES + " minutes"
                : code == 0
                        ? "JMH measured nothing"
                        : "JMH failed with exit code " + code + (current.isEmpty() ? "" : " in " + current);
        return what + "; the end of " + folder.resolve(LOG) + ":\n  " + String.join("\n  ", tail);
    }

    private int run(List<String> command, Deque<String> tail) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        Thread killer = new Thread(process::destroy, "plumbline-jmh");
        Runtime.getRuntime().addShutdownHook(killer);
        try (BufferedReader lines =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), Charset.defaultCharset()));
                Writer all = Files.newBufferedWriter(folder.resolve(LOG), StandardCharsets.UTF_8)) {
            process.getOutputStream().close();
            Progress progress = new Progress();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                all.append(line).append('\n');
                if (!line.isBlank() && !FRAME.matcher(line).find()) {
                    tail.addLast(line);
                }
                if (tail.size() > TAIL) {
                    tail.removeFirst();
                }
                progress.at(line);
            }
            return process.waitFor();
        } finally {
            process.destroy();
            Runtime.getRuntime().removeShutdownHook(killer);
        }
    }

    /** A line for each benchmark as it begins. */
    private final class Progress {
        private String benchmark = "";
        private String parameters = "";

        void at(String line) {
            log.debug(line);
            Matcher benchmarks = BENCHMARK.matcher(line);
            Matcher given = PARAMETERS.matcher(line);
            Matcher progress = PROGRESS.matcher(line);
            if (benchmarks.matches()) {
                benchmark = benchmarks.group(1);
                parameters = "";
            } else if (given.matches()) {
                parameters = " " + given.group(1);
            } else if (progress.matches()) {
                if (!benchmark.isEmpty()) {
                    current = benchmark + parameters;
                    log.info(current + "  (" + progress.group(1) + ", " + progress.group(2) + ")");
                }
                benchmark = "";
            }
        }
    }
}
