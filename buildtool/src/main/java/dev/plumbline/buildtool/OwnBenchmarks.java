package dev.plumbline.buildtool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The benchmarks of one module among all that are on its class path.
 *
 * @param processed the module's own folders with a list of benchmarks
 * @param names all benchmarks of these folders, as {@code package.Class.method}
 */
public record OwnBenchmarks(List<Path> processed, List<String> names) {
    public OwnBenchmarks {
        processed = List.copyOf(processed);
        names = List.copyOf(names);
    }

    /**
     * Reads the lists.
     *
     * @throws IOException if a list cannot be read
     */
    public static OwnBenchmarks of(List<Path> processed) throws IOException {
        List<String> names = new ArrayList<>();
        try {
            for (Path folder : processed) {
                names.addAll(ClassPath.benchmarks(folder.resolve(ClassPath.LIST)));
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("list of benchmarks: " + e.getMessage(), e);
        }
        return new OwnBenchmarks(processed, names);
    }

    /**
     * What JMH takes to measure those of the module whose name contains a match of a pattern: nothing else of the class
     * path, even where a module it depends on has benchmarks.
     *
     * @param patterns regular expressions; none for all benchmarks
     * @param elements the class path
     * @return empty for all on the class path
     * @throws java.util.regex.PatternSyntaxException for a pattern that is none
     * @throws IllegalArgumentException if no benchmark matches
     */
    public List<String> include(List<String> patterns, List<Path> elements) {
        List<Pattern> compiled = patterns.stream().map(Pattern::compile).toList();
        List<String> wanted = names.stream()
                .filter(name -> compiled.isEmpty()
                        || compiled.stream()
                                .anyMatch(pattern -> pattern.matcher(name).find()))
                .toList();
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("no benchmark matches " + String.join(" or ", patterns) + "; there are "
                    + String.join(", ", names));
        }
        boolean isAlone = elements.stream()
                .noneMatch(element ->
                        Files.isDirectory(element) && !processed.contains(element) && ClassPath.isProcessed(element));
        return isAlone
                ? patterns
                : wanted.stream()
                        .map(name -> "^" + Pattern.compile("[.$]").matcher(name).replaceAll("\\\\$0") + "$")
                        .toList();
    }
}
