package dev.plumbline.measure.subject;

import dev.plumbline.measure.classfile.JmhList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The length of a JMH benchmark's fork: from options, else from the benchmark's annotations, else JMH's own five
 * iterations of ten seconds.
 *
 * @param forks the number in the annotations, 5 if there is none
 * @param warmUps iterations before those that count
 * @param iterations that count
 * @param areIterationsFixed whether an option sets their number
 * @param seconds that a fork takes, by its number of iterations; empty where an iteration is one call, however long
 */
public record JmhLength(int forks, int warmUps, int iterations, boolean areIterationsFixed, Cost seconds) {
    private static final int FORKS = 5;
    private static final int ITERATIONS = 5;
    private static final int WARM_UPS = 5;
    private static final double SECONDS = 10;
    private static final Pattern TIME = Pattern.compile("(\\d+)\\s*(ns|us|ms|s|m|min|hr|h|day|d)?");

    /**
     * The time of a fork.
     *
     * @param start in seconds, of two JVMs and the warm-up
     * @param iteration in seconds; empty if unknown
     */
    public record Cost(double start, OptionalDouble iteration) {
        /** Seconds of a fork, by its number of iterations. */
        public OptionalDouble of(int iterations) {
            return iteration.isPresent()
                    ? OptionalDouble.of(start + iterations * iteration.getAsDouble())
                    : OptionalDouble.empty();
        }
    }

    /**
     * @param options of JMH
     * @param jvm seconds that a JVM takes to start JMH and to end
     */
    static JmhLength of(Optional<JmhList.Annotated> annotated, List<String> options, double jvm) {
        OptionalInt optionIterations = number(value(options, "-i"));
        int warmUps = number(value(options, "-wi")).orElseGet(() -> annotated
                .map(JmhList.Annotated::warmUps)
                .orElse(OptionalInt.empty())
                .orElse(WARM_UPS));
        int iterations = optionIterations.orElseGet(() -> annotated
                .map(JmhList.Annotated::iterations)
                .orElse(OptionalInt.empty())
                .orElse(ITERATIONS));
        double warmUp = seconds(value(options, "-w")).orElseGet(() -> annotated
                .map(JmhList.Annotated::warmUpSeconds)
                .orElse(OptionalDouble.empty())
                .orElse(SECONDS));
        double iteration = seconds(value(options, "-r")).orElseGet(() -> annotated
                .map(JmhList.Annotated::iterationSeconds)
                .orElse(OptionalDouble.empty())
                .orElse(SECONDS));
        int modes = annotated.map(JmhList.Annotated::modes).orElse(1);
        boolean isTimed = !annotated.map(JmhList.Annotated::isSingleShot).orElse(false)
                && value(options, "-bm").isEmpty();
        return new JmhLength(
                annotated
                        .map(JmhList.Annotated::forks)
                        .orElse(OptionalInt.empty())
                        .orElse(FORKS),
                warmUps,
                iterations,
                optionIterations.isPresent(),
                new Cost(
                        jvm + modes * (jvm + warmUps * warmUp),
                        isTimed ? OptionalDouble.of(modes * iteration) : OptionalDouble.empty()));
    }

    /** The value of an option, in the word after it or in the same one: {@code -i 5}, {@code -i5}. */
    private static Optional<String> value(List<String> options, String name) {
        Optional<String> value = Optional.empty();
        for (int i = 0; i < options.size(); i++) {
            String option = options.get(i);
            if (option.equals(name) && i + 1 < options.size()) {
                value = Optional.of(options.get(++i));
            } else if (option.startsWith(name)
                    && option.substring(name.length()).matches("=?\\d.*")) {
                value = Optional.of(option.substring(name.length()).replaceFirst("^=", ""));
            }
        }
        return value;
    }

    private static OptionalInt number(Optional<String> text) {
        return text.filter(digits -> digits.matches("\\d{1,6}"))
                .map(digits -> OptionalInt.of(Integer.parseInt(digits)))
                .orElseGet(OptionalInt::empty);
    }

    private static OptionalDouble seconds(Optional<String> text) {
        Matcher matcher = TIME.matcher(text.orElse(""));
        if (!matcher.matches() || matcher.group(1).length() > 9) {
            return OptionalDouble.empty();
        }
        double factor =
                switch (matcher.group(2) == null ? "s" : matcher.group(2)) {
                    case "ns" -> 1e-9;
                    case "us" -> 1e-6;
                    case "ms" -> 1e-3;
                    case "m", "min" -> 60;
                    case "h", "hr" -> 3_600;
                    case "d", "day" -> 86_400;
                    default -> 1;
                };
        return OptionalDouble.of(Double.parseDouble(matcher.group(1)) * factor);
    }
}
