package dev.plumbline.buildtool;

import dev.plumbline.pipeline.measuring.JmhNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

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
     * Selects benchmarks of the module for JMH: nothing else of the class path, even where a module it depends on has
     * benchmarks.
     *
     * @param texts names, patterns and regular expressions as {@link JmhNames} takes them; none for all benchmarks
     * @param elements the class path
     * @return regular expressions; empty for all on the class path
     * @throws IllegalArgumentException if a text matches none of them; the message lists similar names
     */
    public List<String> include(List<String> texts, List<Path> elements) {
        List<String> wanted = new JmhNames(names).meant(texts);
        boolean isAlone = elements.stream()
                .noneMatch(element ->
                        Files.isDirectory(element) && !processed.contains(element) && ClassPath.isProcessed(element));
        return isAlone && wanted.equals(matching(texts))
                ? texts
                : wanted.stream()
                        .map(name -> "^" + Pattern.compile("[.$]").matcher(name).replaceAll("\\\\$0") + "$")
                        .toList();
    }

    /** The benchmarks that JMH finds by these texts. */
    private List<String> matching(List<String> texts) {
        try {
            List<Pattern> patterns = texts.stream().map(Pattern::compile).toList();
            return names.stream()
                    .filter(name -> patterns.isEmpty()
                            || patterns.stream()
                                    .anyMatch(pattern -> pattern.matcher(name).find()))
                    .toList();
        } catch (PatternSyntaxException e) {
            return List.of();
        }
    }
}
