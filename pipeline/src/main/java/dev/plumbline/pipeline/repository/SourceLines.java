package dev.plumbline.pipeline.repository;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.publish.SourceLine;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The places of benchmarks in a repository's sources, found by their names: a class and its method ({@code
 * org.example.Sort.quick}), or the name of a function in a file of tests or benchmarks ({@code test_quick}, {@code
 * BenchmarkQuick}, {@code BM_Quick}). A name that occurs in several places has no location.
 */
public final class SourceLines {
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_FILES = 2_000;
    private static final int MOST_LOOKED_UP = 200;

    private static final Set<String> CLASSES = Set.of("java", "kt", "scala", "groovy", "cs");
    private static final Set<String> FUNCTIONS =
            Set.of("py", "go", "rs", "cc", "cpp", "cxx", "c", "js", "ts", "mjs", "rb", "jl", "swift");
    private static final Pattern DEFINITION = Pattern.compile(
            "\\b(?:def|func|fn|function|void|auto|BENCHMARK\\w*\\s*\\()\\s*(?:\\([^)]*\\)\\s*)?([A-Za-z_]\\w{2,})");

    /** The last word of a name before its arguments: {@code BenchmarkQuick} of {@code BenchmarkQuick/n=10-8}. */
    private static final Pattern FUNCTION = Pattern.compile("(?:[\\w.]*\\.)?([A-Za-z_]\\w{2,})(?:[\\[(/<-].*)?");

    private static final Pattern METHOD = Pattern.compile("((?:[\\w$]+\\.)*[\\w$]+)\\.([A-Za-z_$][\\w$]*)");

    private final Path root;
    private final Map<String, List<String>> classes = new HashMap<>();
    private final List<String> others = new ArrayList<>();
    private Optional<Map<String, List<SourceLine>>> functions = Optional.empty();

    private SourceLines(Path root, List<String> files) {
        this.root = root;
        for (String file : files) {
            String name = file.substring(file.lastIndexOf('/') + 1);
            int dot = name.lastIndexOf('.');
            String suffix = name.substring(dot + 1);
            if (dot > 0 && CLASSES.contains(suffix)) {
                classes.computeIfAbsent(name.substring(0, dot), key -> new ArrayList<>())
                        .add(file);
            } else if (dot > 0 && FUNCTIONS.contains(suffix) && isTest(file)) {
                others.add(file);
            }
        }
    }

    private static boolean isTest(String file) {
        String lower = file.toLowerCase(Locale.ROOT);
        return lower.contains("test") || lower.contains("bench") || lower.contains("perf");
    }

    /**
     * Looks up what regressed or may have.
     *
     * @param root of the working copy
     * @param files tracked in it, from the root on with slashes; empty where nothing is checked out
     */
    public static Map<SeriesKey, SourceLine> of(Path root, List<String> files, List<Finding> findings) {
        SourceLines lines = new SourceLines(root, files);
        Map<SeriesKey, SourceLine> found = new HashMap<>();
        if (files.isEmpty()) {
            return found;
        }
        findings.stream()
                .filter(finding -> finding.verdict() instanceof Verdict.Regressed || finding.isSuspect())
                .limit(MOST_LOOKED_UP)
                .forEach(finding ->
                        lines.find(finding.key().benchmark().name()).ifPresent(line -> found.put(finding.key(), line)));
        return found;
    }

    private Optional<SourceLine> find(String benchmark) {
        if (benchmark.length() > 500) {
            return Optional.empty();
        }
        return method(benchmark).or(() -> function(benchmark));
    }

    private Optional<SourceLine> method(String benchmark) {
        Matcher name = METHOD.matcher(benchmark);
        if (!name.matches()) {
            return Optional.empty();
        }
        String[] outer = name.group(1).split("[.$]");
        for (int last = outer.length - 1; last >= 0; last--) {
            String path = String.join("/", List.of(outer).subList(0, last + 1));
            List<String> files = classes.getOrDefault(outer[last], List.of());
            List<String> inPackage = files.stream()
                    .filter(file -> ("/" + file.substring(0, file.lastIndexOf('.'))).endsWith("/" + path))
                    .toList();
            List<String> meant = inPackage.isEmpty() ? files : inPackage;
            if (meant.size() == 1) {
                return line(meant.get(0), Pattern.compile("(?<![.\\w$])" + Pattern.quote(name.group(2)) + "\\s*\\("))
                        .or(() -> line(
                                meant.get(0),
                                Pattern.compile("\\bclass\\s+" + Pattern.quote(outer[outer.length - 1]))));
            }
        }
        return Optional.empty();
    }

    private Optional<SourceLine> function(String benchmark) {
        int scope = benchmark.lastIndexOf("::");
        Matcher name = FUNCTION.matcher(scope < 0 ? benchmark : benchmark.substring(scope + 2));
        if (!name.matches()) {
            return Optional.empty();
        }
        Map<String, List<SourceLine>> known = functions.orElseGet(this::readFunctions);
        functions = Optional.of(known);
        List<SourceLine> places = known.getOrDefault(name.group(1), List.of());
        List<SourceLine> named = places.stream()
                .filter(place -> benchmark.startsWith(place.path() + "::"))
                .toList();
        List<SourceLine> meant = named.isEmpty() ? places : named;
        return meant.size() == 1 ? Optional.of(meant.get(0)) : Optional.empty();
    }

    private Map<String, List<SourceLine>> readFunctions() {
        Map<String, List<SourceLine>> known = new HashMap<>();
        others.stream().limit(MOST_FILES).forEach(file -> {
            List<String> lines = lines(file);
            for (int i = 0; i < lines.size(); i++) {
                Matcher definition = DEFINITION.matcher(lines.get(i));
                if (lines.get(i).length() < 500 && definition.find()) {
                    known.computeIfAbsent(definition.group(1), key -> new ArrayList<>())
                            .add(new SourceLine(file, i + 1));
                }
            }
        });
        return known;
    }

    private Optional<SourceLine> line(String file, Pattern pattern) {
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            boolean comment = line.startsWith("*") || line.startsWith("//") || line.startsWith("/*");
            if (!comment && pattern.matcher(line).find()) {
                return Optional.of(new SourceLine(file, i + 1));
            }
        }
        return Optional.empty();
    }

    /** The lines of a file; none of one that is no text, is large, or is a link to somewhere else. */
    private List<String> lines(String file) {
        try {
            Path path = root.resolve(file);
            return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && Files.size(path) <= MOST_BYTES
                    ? Files.readAllLines(path, StandardCharsets.UTF_8)
                    : List.of();
        } catch (MalformedInputException | InvalidPathException e) {
            return List.of();
        } catch (IOException e) {
            return List.of(); // notes in the sources are a courtesy
        }
    }
}
