package dev.plumbline.pipeline.check.confirm;

import dev.plumbline.core.model.RunInfo;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The options that restrict the tool of some results to certain benchmarks: one regular expression for tools that take
 * one, else the names one by one. What is special in an expression has a backslash before it, which Java, Go, Rust and
 * C++ read alike.
 */
public enum BenchmarkFilter {
    /** The names whole: {@code ^(org\.example\.Sort\.quick|org\.example\.Sort\.slow)$}. */
    WHOLE {
        @Override
        List<String> words(List<String> names) {
            return List.of("^(" + alternatives(names) + ")$");
        }
    },

    /** The names and what is below them: {@code ^(BM_Sort)(/|$)}. */
    BELOW {
        @Override
        List<String> words(List<String> names) {
            return List.of("^(" + alternatives(names) + ")(/|$)");
        }
    },

    /**
     * The functions: {@code ^(BenchmarkSort)$}. Go splits an expression at slashes outside of brackets, and what is
     * below a function it measures with it.
     */
    GO {
        @Override
        List<String> words(List<String> names) {
            return List.of("^("
                    + alternatives(names.stream()
                            .map(BenchmarkFilter::function)
                            .distinct()
                            .toList())
                    + ")$");
        }
    },

    /** The names one by one. */
    LIST {
        @Override
        List<String> words(List<String> names) {
            return names;
        }
    };

    private static final Map<String, BenchmarkFilter> BY_TOOL =
            Map.of("JMH", WHOLE, "Google Benchmark", BELOW, "Criterion", BELOW, "go test", GO);

    private static final Pattern SPECIAL = Pattern.compile("[\\\\^$.|?*+()\\[\\]{}]");

    /** The package of a Go benchmark may have dots and slashes; a function begins with its prefix. */
    private static final Pattern FUNCTION = Pattern.compile("(?:.*?\\.)??(Benchmark[^/]*).*", Pattern.DOTALL);

    /**
     * The arguments of a command that select the benchmarks; a shell gets each of them as one word.
     *
     * @param names at least one
     */
    abstract List<String> words(List<String> names);

    /** The filter of the tool that made the runs; the names one by one where it takes these, or there are several. */
    static BenchmarkFilter of(List<RunInfo> runs) {
        Set<BenchmarkFilter> filters =
                runs.stream().map(BenchmarkFilter::of).collect(Collectors.toCollection(TreeSet::new));
        return filters.size() == 1 ? filters.iterator().next() : LIST;
    }

    /** The tool's name may have its version behind it. */
    private static BenchmarkFilter of(RunInfo run) {
        String tool = run.header().context().getOrDefault("tool", "");
        return BY_TOOL.entrySet().stream()
                .filter(known -> tool.equals(known.getKey()) || tool.startsWith(known.getKey() + " "))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(LIST);
    }

    private static String alternatives(List<String> names) {
        return names.stream()
                .map(name -> SPECIAL.matcher(name).replaceAll("\\\\$0"))
                .collect(Collectors.joining("|"));
    }

    private static String function(String name) {
        Matcher matcher = FUNCTION.matcher(name);
        return matcher.matches() ? matcher.group(1) : name;
    }
}
