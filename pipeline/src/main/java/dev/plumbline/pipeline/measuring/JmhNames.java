package dev.plumbline.pipeline.measuring;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.name.BenchmarkName;
import dev.plumbline.core.model.name.NamePattern;
import dev.plumbline.pipeline.config.Suggestion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The names with which a person selects benchmarks of a JMH jar. It is tried, in this order, as the name of a benchmark
 * ({@code example.StringBench.concat}, {@code StringBench.concat}), as the name of a class ({@code StringBench}), as a
 * pattern with {@code *} and {@code ?} ({@code String*.con*}), and as a regular expression that has to match somewhere
 * in the name, as JMH takes it; the first that means anything counts. Upper and lower case are alike but in regular
 * expressions.
 */
public final class JmhNames {
    /** Text in which a star or question mark cannot be part of a regular expression that anybody would write. */
    private static final Pattern WILDCARDS = Pattern.compile("(?![.*?]*$)(?!\\.)[\\w.$*?]*[*?][\\w.$*?]*");

    /** The signs that only a regular expression has. */
    private static final Pattern REPEATED = Pattern.compile("\\.[*?].|\\.\\?");

    /** An error names all benchmarks where they are no more. */
    private static final int MOST_NAMED = 5;

    private final List<String> names;

    /** @param names of all benchmarks: {@code package.Class.method} */
    public JmhNames(Collection<String> names) {
        this.names = List.copyOf(names);
    }

    /**
     * The benchmarks that some texts mean together, in the order of all; all of them without a text.
     *
     * @throws IllegalArgumentException if one of the texts matches none, or is only an invalid regular expression; the
     *     message lists similar names
     */
    public List<String> meant(Collection<String> texts) {
        if (texts.isEmpty()) {
            return names;
        }
        Set<String> meant = new LinkedHashSet<>();
        texts.forEach(text -> meant.addAll(meant(text)));
        return names.stream().filter(meant::contains).toList();
    }

    private List<String> meant(String text) {
        String typed = new BenchmarkName(text.strip()).text();
        for (Predicate<String> meaning : meanings(typed)) {
            List<String> found = names.stream().filter(meaning).toList();
            if (!found.isEmpty()) {
                return found;
            }
        }
        Optional<Pattern> expression = expression(typed);
        List<String> found = names.stream()
                .filter(name -> expression
                        .filter(pattern -> pattern.matcher(name).find())
                        .isPresent())
                .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("contains no benchmark whose name matches " + typed + near(typed));
        }
        return found;
    }

    private static List<Predicate<String>> meanings(String text) {
        List<Predicate<String>> meanings = new ArrayList<>();
        BenchmarkName exact = new BenchmarkName(text);
        if (text.indexOf('.') >= 0) {
            meanings.add(name -> exact.isWhole(Benchmark.of(name)) || exact.isShort(Benchmark.of(name)));
        }
        String ofClass = text.endsWith(".*") ? text.substring(0, text.length() - 2) : text;
        meanings.add(name -> new BenchmarkName(ofClass).isShort(Benchmark.of(classOf(name))));
        if (WILDCARDS.matcher(text).matches() && !REPEATED.matcher(text).find()) {
            meanings.add(name -> new NamePattern(text).matches(name) || new NamePattern("*." + text).matches(name));
        }
        return meanings;
    }

    /** Empty for text with wildcards that is no regular expression. */
    private static Optional<Pattern> expression(String text) {
        try {
            return Optional.of(Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            if (WILDCARDS.matcher(text).matches()) {
                return Optional.empty();
            }
            throw new IllegalArgumentException(
                    text + " is neither a name of a benchmark nor a regular expression: " + e.getDescription(), e);
        }
    }

    private static String classOf(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }

    private String near(String text) {
        List<String> near = Suggestion.near(text, names);
        if (!near.isEmpty()) {
            return "; did you mean " + String.join(" or ", near) + "?";
        }
        return names.isEmpty()
                ? ""
                : names.size() <= MOST_NAMED
                        ? "; it has " + String.join(", ", names)
                        : "; it has " + names.size() + " benchmarks, such as " + names.get(0);
    }
}
