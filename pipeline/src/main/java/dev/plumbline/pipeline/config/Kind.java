package dev.plumbline.pipeline.config;

import dev.plumbline.core.threshold.ShareText;
import dev.plumbline.ingest.input.Excerpt;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The allowed values of a setting: how a value is read, and how a person would write it. */
public interface Kind<T> {
    /**
     * Reads a value.
     *
     * @throws IllegalArgumentException if it is none; the message has an example
     */
    T read(String text);

    /** The value as {@link #read} takes it. */
    String write(T value);

    /** Any text that is not blank and not longer than a name. */
    static Kind<String> text() {
        return of(
                text -> {
                    String stripped = text.strip();
                    if (stripped.isEmpty()) {
                        throw new IllegalArgumentException("the text is blank");
                    }
                    if (stripped.length() > 1000 || stripped.chars().anyMatch(Character::isISOControl)) {
                        throw new IllegalArgumentException(
                                Excerpt.quoted(text) + " is longer than 1000 characters or has control characters");
                    }
                    return stripped;
                },
                text -> text);
    }

    /** A line for the shell, or several of them. */
    static Kind<String> script() {
        return of(
                text -> {
                    String stripped = text.strip();
                    if (stripped.isEmpty()) {
                        throw new IllegalArgumentException("the script is empty");
                    }
                    if (stripped.length() > 10_000
                            || stripped.chars()
                                    .anyMatch(letter ->
                                            Character.isISOControl(letter) && letter != '\n' && letter != '\t')) {
                        throw new IllegalArgumentException(
                                "a script must have at most 10,000 characters and no control characters");
                    }
                    return stripped;
                },
                text -> text);
    }

    /** A text of some form; a complaint of the parser is reported with the text. */
    static <T> Kind<T> parsed(Function<String, T> parser, Function<T, String> writer) {
        Kind<String> text = text();
        return of(
                written -> {
                    String stripped = text.read(written);
                    try {
                        return parser.apply(stripped);
                    } catch (IllegalArgumentException e) {
                        throw new IllegalArgumentException(Excerpt.quoted(stripped) + ": " + e.getMessage(), e);
                    }
                },
                writer);
    }

    /** A share from 0 on and below 1, written as {@code 2 %}, {@code 2%} or {@code 0.02}. */
    static Kind<Double> share() {
        return of(Share::read, ShareText::of);
    }

    /** A share within limits, both excluded. */
    static Kind<Double> shareBetween(double low, double high) {
        return of(
                text -> {
                    double share = Share.read(text);
                    if (!(share > low && share < high)) {
                        throw new IllegalArgumentException(Excerpt.quoted(text) + " is not between " + ShareText.of(low)
                                + " and " + ShareText.of(high));
                    }
                    return share;
                },
                ShareText::of);
    }

    /** A number above a limit. */
    static Kind<Double> numberAbove(double low) {
        return of(
                text -> {
                    double number = Share.decimal(text)
                            .map(BigDecimal::doubleValue)
                            .orElseThrow(() -> new IllegalArgumentException(Excerpt.quoted(text) + " is not a number"));
                    if (!(number > low && number < Double.POSITIVE_INFINITY)) {
                        throw new IllegalArgumentException(
                                Excerpt.quoted(text) + " is not greater than " + Share.plain(low));
                    }
                    return number;
                },
                Share::plain);
    }

    /** A whole number within limits, both included. */
    static Kind<Integer> wholeNumber(int low, int high) {
        return of(
                text -> {
                    String digits = text.strip();
                    if (digits.matches("-?[0-9]{1,9}")) {
                        int number = Integer.parseInt(digits);
                        if (number >= low && number <= high) {
                            return number;
                        }
                    }
                    throw new IllegalArgumentException(
                            Excerpt.quoted(text) + " is not a whole number from " + low + " to " + high);
                },
                number -> Integer.toString(number));
    }

    /** A length of time that is not negative: {@code 90 s}, {@code 30 min}, {@code 12 h}, {@code 30 d}, {@code 2 w}. */
    static Kind<Duration> duration() {
        return of(Durations::read, Durations::write);
    }

    /** One of some words, in capitals or not. */
    static <E> Kind<E> choice(Map<String, E> words) {
        return choice(words, Map.of());
    }

    /**
     * The same with former words, which are read as well.
     *
     * @param former neither written nor named in errors
     */
    static <E> Kind<E> choice(Map<String, E> words, Map<String, E> former) {
        Map<String, E> all = new LinkedHashMap<>(words);
        Map<String, E> read = new LinkedHashMap<>(words);
        read.putAll(former);
        return of(
                text -> {
                    for (Map.Entry<String, E> word : read.entrySet()) {
                        if (word.getKey().equalsIgnoreCase(text.strip())) {
                            return word.getValue();
                        }
                    }
                    throw new IllegalArgumentException(Excerpt.quoted(text) + " must be one of "
                            + String.join(", ", all.keySet()) + Suggestion.of(text, all.keySet()));
                },
                value -> all.entrySet().stream()
                        .filter(word -> word.getValue().equals(value))
                        .findFirst()
                        .orElseThrow()
                        .getKey());
    }

    /**
     * A value that need not be given.
     *
     * @param otherwise what holds without one, in words
     */
    static <T> Kind<Optional<T>> optional(Kind<T> kind, String otherwise) {
        return of(text -> Optional.of(kind.read(text)), value -> value.map(kind::write)
                .orElse(otherwise));
    }

    private static <T> Kind<T> of(Function<String, T> reader, Function<T, String> writer) {
        return new Kind<>() {
            @Override
            public T read(String text) {
                return reader.apply(text);
            }

            @Override
            public String write(T value) {
                return writer.apply(value);
            }
        };
    }

    /** Shares of one, and numbers. */
    final class Share {
        private static final Pattern DECIMAL =
                Pattern.compile("[+-]?(?:[0-9]{1,40}(?:\\.[0-9]{0,40})?|\\.[0-9]{1,40})(?:[eE][+-]?[0-9]{1,3})?");

        private Share() {}

        static Optional<BigDecimal> decimal(String text) {
            String number = text.strip();
            return DECIMAL.matcher(number).matches() ? Optional.of(new BigDecimal(number)) : Optional.empty();
        }

        static double read(String text) {
            String number = text.strip();
            boolean percent = number.endsWith("%");
            Optional<BigDecimal> decimal = decimal(percent ? number.substring(0, number.length() - 1) : number);
            double share = decimal.map(value -> percent ? value.movePointLeft(2) : value)
                    .map(BigDecimal::doubleValue)
                    .orElse(Double.NaN);
            if (share >= 0 && share < 1) {
                return share;
            }
            boolean perCentMeant = !percent && share >= 1 && share < 100;
            double meant = perCentMeant ? decimal.get().movePointLeft(2).doubleValue() : 0.02;
            throw new IllegalArgumentException(Excerpt.quoted(text) + " is not a percentage; write "
                    + ShareText.of(meant) + " or " + plain(meant));
        }

        static String plain(double number) {
            return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
        }
    }

    /** Lengths of time in words. */
    final class Durations {
        private static final Pattern FORM = Pattern.compile("([0-9]{1,6})\\s*([a-z]+)");
        private static final Map<String, Duration> UNITS = units();

        private Durations() {}

        private static Map<String, Duration> units() {
            Map<String, Duration> units = new LinkedHashMap<>();
            units.put("w", Duration.ofDays(7));
            units.put("d", Duration.ofDays(1));
            units.put("h", Duration.ofHours(1));
            units.put("min", Duration.ofMinutes(1));
            units.put("s", Duration.ofSeconds(1));
            return units;
        }

        static Duration read(String text) {
            Matcher form = FORM.matcher(text.strip());
            Duration unit = form.matches() ? UNITS.get(form.group(2)) : null;
            if (unit == null) {
                throw new IllegalArgumentException(
                        Excerpt.quoted(text) + " is not a duration; write 90 s, 30 min, 12 h, 30 d or 2 w");
            }
            return unit.multipliedBy(Long.parseLong(form.group(1)));
        }

        static String write(Duration duration) {
            for (Map.Entry<String, Duration> unit : UNITS.entrySet()) {
                long seconds = unit.getValue().toSeconds();
                if (duration.toSeconds() > 0 && duration.toSeconds() % seconds == 0) {
                    return duration.toSeconds() / seconds + " " + unit.getKey();
                }
            }
            return "0 s";
        }
    }
}
