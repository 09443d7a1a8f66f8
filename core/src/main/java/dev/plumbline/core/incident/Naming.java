package dev.plumbline.core.incident;

import dev.plumbline.core.model.Benchmark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The way in which a commit names benchmarks: by a file or a folder that it touches, or in its message. Nothing that is
 * known before a profile is taken points more clearly at a cause.
 *
 * <p>A benchmark is named after its class and method, or whatever the last parts of its name are, and after the values
 * of its parameters, such as a model. A file names one where all words of such a part are among the words of the file's
 * name; a folder where they are all of its words; a message where they are among its words. Words are separated by what
 * is no letter or digit and by capital letters; those that name any benchmark count for nothing.
 *
 * @param clue the clearest of what names one: a file before a folder before the message
 * @param benchmarks how many are named
 */
record Naming(Clue clue, int benchmarks) {
    /** Words that do not describe the measured code. */
    private static final Set<String> GENERIC = Set.of(
            "bench",
            "benches",
            "benchmark",
            "benchmarks",
            "benchmarking",
            "jmh",
            "perf",
            "performance",
            "test",
            "tests",
            "testing",
            "spec",
            "run",
            "runs",
            "runner",
            "main",
            "time",
            "times",
            "timing",
            "latency",
            "throughput",
            "measure",
            "java",
            "python",
            "src",
            "org",
            "com",
            "dev",
            "lib",
            "libs",
            "core",
            "common",
            "util",
            "utils",
            "internal",
            "impl",
            "package",
            "class",
            "method",
            "function",
            "default",
            "base",
            "simple",
            "example",
            "examples",
            "large",
            "small",
            "medium",
            "the",
            "and",
            "for",
            "with",
            "from",
            "into",
            "get",
            "set",
            "add",
            "new",
            "all",
            "use",
            "fix",
            "fixes",
            "true",
            "false",
            "null",
            "none",
            "input",
            "output",
            "data",
            "index",
            "init",
            "mod",
            "size");

    /** Words of messages that have other reasons to be there. */
    private static final Set<String> OF_MESSAGES = Set.of(
            "merge", "pull", "request", "branch", "update", "remove", "revert", "read", "write", "load", "store",
            "sort", "find", "call", "work", "make", "change", "clean", "move", "count", "check", "build", "start",
            "stop", "copy", "create", "delete", "insert", "raise", "support", "release", "version", "code", "type",
            "name", "list");

    private static final Pattern PART = Pattern.compile("[^A-Za-z0-9_$-]+");
    private static final Pattern NO_WORD = Pattern.compile("[^A-Za-z0-9]+");
    private static final Pattern CAPITAL = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");
    private static final Pattern TEST_FOLDER = Pattern.compile("(?i)(^|/)(tests?|spec|__tests__)/");

    /** The number of last parts of a name that identify the measured code. */
    private static final int PARTS = 3;

    /** Longer texts name too much. */
    private static final int LONGEST = 1_000;

    private static final int SHORTEST = 3;
    private static final int SHORTEST_OF_MESSAGES = 4;

    /** The words of one part of a benchmark's name, and the part as it is written. */
    private record Part(String text, Set<String> words) {}

    /** The way in which the commit names benchmarks; empty where it names none. */
    static Optional<Naming> of(Commit commit, Collection<Benchmark> benchmarks) {
        Set<String> message = words(commit.subject());
        Optional<Clue> clearest = Optional.empty();
        int named = 0;
        for (Benchmark benchmark : benchmarks) {
            List<Part> parts = parts(benchmark);
            Optional<Clue> clue = byFile(commit.files(), parts)
                    .or(() -> byFolder(commit.files(), parts))
                    .or(() -> byMessage(commit.subject(), message, parts));
            if (clue.isPresent()) {
                named++;
                clearest = clearest.filter(one -> rank(one) <= rank(clue.get())).or(() -> clue);
            }
        }
        int count = named;
        return clearest.map(clue -> new Naming(clue, count));
    }

    private static int rank(Clue clue) {
        return clue instanceof Clue.Touched touched ? touched.role().ordinal() : Integer.MAX_VALUE;
    }

    private static Optional<Clue> byFile(List<String> files, List<Part> parts) {
        for (String file : files) {
            String stem = stem(file);
            Set<String> words = words(stem);
            boolean isTest = TEST_FOLDER.matcher(file).find();
            for (Part part : parts) {
                // a test beside the code is no cause, unless it is what is measured
                if (words.containsAll(part.words) && (!isTest || stem.equalsIgnoreCase(part.text))) {
                    return Optional.of(new Clue.Touched(Clue.Role.NAMESAKE, file));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Clue> byFolder(List<String> files, List<Part> parts) {
        for (String file : files) {
            int end = file.lastIndexOf('/');
            if (end <= 0 || TEST_FOLDER.matcher(file).find()) {
                continue;
            }
            for (String folder : file.substring(0, end).split("/")) {
                Set<String> words = words(folder);
                if (parts.stream().anyMatch(part -> part.words.equals(words))) {
                    return Optional.of(new Clue.Touched(Clue.Role.FOLDER, file));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Clue> byMessage(String subject, Set<String> message, List<Part> parts) {
        return parts.stream()
                .filter(part -> message.containsAll(part.words)
                        && (part.words.size() > 1
                                || isClass(part, subject)
                                || part.words.stream()
                                        .allMatch(word ->
                                                word.length() >= SHORTEST_OF_MESSAGES && !OF_MESSAGES.contains(word))))
                .findFirst()
                .map(part -> new Clue.NamedInMessage(part.text));
    }

    /**
     * Whether a message has a name with the capital of a class: {@code Use a map in Csv}, {@code Sort.quick: fewer
     * swaps}. The first word of a sentence has one anyway.
     */
    private static boolean isClass(Part part, String subject) {
        return Character.isUpperCase(part.text.charAt(0))
                && Arrays.stream(CAPITAL.split(part.text))
                        .filter(word -> part.words.contains(word.toLowerCase(Locale.ROOT)))
                        .anyMatch(word -> isWritten(word, subject));
    }

    private static boolean isWritten(String name, String subject) {
        for (int at = subject.indexOf(name); at >= 0; at = subject.indexOf(name, at + 1)) {
            int end = at + name.length();
            boolean isWord = (at == 0 || !Character.isLetterOrDigit(subject.charAt(at - 1)))
                    && (end == subject.length() || !Character.isLetterOrDigit(subject.charAt(end)));
            boolean isFirst = subject.substring(0, at).isBlank();
            if (isWord && (!isFirst || end < subject.length() && ".:#".indexOf(subject.charAt(end)) >= 0)) {
                return true;
            }
        }
        return false;
    }

    private static List<Part> parts(Benchmark benchmark) {
        List<Part> parts = new ArrayList<>();
        Stream.of(PART.split(shortened(benchmark.name()))).forEach(text -> add(text, parts));
        List<Part> last = new ArrayList<>(parts.subList(Math.max(0, parts.size() - PARTS), parts.size()));
        benchmark.parameters().values().forEach(value -> add(shortened(value), last));
        return last;
    }

    private static void add(String text, List<Part> parts) {
        Set<String> words = words(text);
        if (!words.isEmpty()) {
            parts.add(new Part(text, words));
        }
    }

    private static String shortened(String text) {
        return text.length() > LONGEST ? text.substring(text.length() - LONGEST) : text;
    }

    private static String stem(String file) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        int dot = name.indexOf('.', 1);
        return dot < 0 ? name : name.substring(0, dot);
    }

    /** The words of a text that may name something, in small letters and without the s of many. */
    private static Set<String> words(String text) {
        return Arrays.stream(NO_WORD.split(shortened(text)))
                .flatMap(word -> Arrays.stream(CAPITAL.split(word)))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .filter(word -> !GENERIC.contains(word))
                .map(word -> word.length() > SHORTEST + 1 && word.endsWith("s") && !word.endsWith("ss")
                        ? word.substring(0, word.length() - 1)
                        : word)
                .filter(word -> word.length() >= SHORTEST
                        && word.chars().anyMatch(Character::isLetter)
                        && !GENERIC.contains(word))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
