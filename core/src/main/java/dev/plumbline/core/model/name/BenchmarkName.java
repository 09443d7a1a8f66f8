package dev.plumbline.core.model.name;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Benchmark;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A text that names benchmarks, case-insensitively.
 *
 * <p>Text with {@code *} (any characters, or none) or {@code ?} (any one character) has to match a benchmark's whole
 * name or whole {@link Benchmark#label label}; text with {@code …}, where a table left something out, the end of it.
 * Other text is a whole name or label, or a short one as tables show it,
 * without what all benchmarks have in common, or a part of a label; empty text is a part of all. Zero-width spaces
 * count on neither side: pages and chats put them into names that are copied from there.
 *
 * @param text as typed, without zero-width spaces
 */
public record BenchmarkName(String text) {
    private static final String ZERO_WIDTH_SPACE = "\u200B";

    /** The sign of a part that a table left out of a name. */
    private static final char CUT = '\u2026';

    /** Between the parameters of a label. */
    private static final String SEPARATOR = ", ";

    public BenchmarkName {
        text = visible(requireNonNull(text, "text"));
    }

    private static String visible(String name) {
        return name.replace(ZERO_WIDTH_SPACE, "");
    }

    /** Whether {@code *}, {@code ?} or {@code …} are wildcards. */
    public boolean hasWildcards() {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0 || isCut();
    }

    /** Whether it has a {@code …}, where a table left a part of a name out. */
    public boolean isCut() {
        return text.indexOf(CUT) >= 0;
    }

    /** Whether it means the benchmark in any of its {@link #meanings}. */
    public boolean matches(Benchmark benchmark) {
        if (isCut()) {
            return isCutLabelOf(benchmark);
        }
        return hasWildcards() ? new NamePattern(text).matches(benchmark) : isPartOf(benchmark) || isShort(benchmark);
    }

    /** Tables leave out the beginning of a name, and parameters that all benchmarks share, both at once. */
    private boolean isCutLabelOf(Benchmark benchmark) {
        if (new NamePattern("*" + text.replace(CUT, '*')).matches(benchmark)) {
            return true;
        }
        int brace = text.endsWith("}") ? text.indexOf(" {") : -1;
        return brace > 0
                && new NamePattern("*" + text.substring(0, brace).replace(CUT, '*'))
                        .matches(Benchmark.of(benchmark.name()))
                && areSomeOf(benchmark, text.substring(brace + 2, text.length() - 1));
    }

    /**
     * The ways to match, in the order in which a command for one benchmark tries them: the whole name, the name in
     * tables, a part of the label. Text with wildcards has one meaning, empty text none.
     */
    public List<Predicate<Benchmark>> meanings() {
        if (text.isEmpty()) {
            return List.of();
        }
        return hasWildcards() ? List.of(this::matches) : List.of(this::isWhole, this::isShort, this::isPartOf);
    }

    /** Whether it is the benchmark's whole name or its whole label. */
    public boolean isWhole(Benchmark benchmark) {
        return text.equalsIgnoreCase(visible(benchmark.name())) || text.equalsIgnoreCase(visible(benchmark.label()));
    }

    /**
     * Whether it is the benchmark's label as tables show it: the end of its name, from where a part of it begins, and
     * all or some of its parameters in their order, or none of them.
     */
    public boolean isShort(Benchmark benchmark) {
        int brace = text.endsWith("}") ? text.indexOf(" {") : -1;
        String name = brace < 0 ? text : text.substring(0, brace);
        return !name.isEmpty()
                && isEndOf(visible(benchmark.name()), name)
                && (brace < 0 || areSomeOf(benchmark, text.substring(brace + 2, text.length() - 1)));
    }

    private static boolean isEndOf(String whole, String end) {
        int begin = whole.length() - end.length();
        return begin >= 0
                && whole.regionMatches(true, begin, end, 0, end.length())
                && (begin == 0 || !Character.isLetterOrDigit(whole.charAt(begin - 1)));
    }

    private static boolean areSomeOf(Benchmark benchmark, String parameters) {
        return parametersIn(parameters, benchmark).isPresent();
    }

    /**
     * The names of those parameters of a benchmark that the text contains with their values, for a label as tables show
     * it; empty for text without parameters, or with others than the benchmark has.
     */
    public Set<String> parametersOf(Benchmark benchmark) {
        int brace = text.endsWith("}") ? text.indexOf(" {") : -1;
        return brace < 0
                ? Set.of()
                : parametersIn(text.substring(brace + 2, text.length() - 1), benchmark)
                        .orElse(Set.of());
    }

    /** Their names, if the text between the braces consists of parameters of the benchmark, in their order. */
    private static Optional<Set<String>> parametersIn(String parameters, Benchmark benchmark) {
        String rest = parameters + SEPARATOR;
        Set<String> names = new LinkedHashSet<>();
        for (Map.Entry<String, String> one : benchmark.parameters().entrySet()) {
            String shown = visible(one.getKey() + "=" + one.getValue()) + SEPARATOR;
            if (rest.regionMatches(true, 0, shown, 0, shown.length())) {
                rest = rest.substring(shown.length());
                names.add(one.getKey());
            }
        }
        return rest.isEmpty() ? Optional.of(names) : Optional.empty();
    }

    private boolean isPartOf(Benchmark benchmark) {
        String label = visible(benchmark.label());
        for (int start = 0; start + text.length() <= label.length(); start++) {
            if (label.regionMatches(true, start, text, 0, text.length())) {
                return true;
            }
        }
        return false;
    }
}
