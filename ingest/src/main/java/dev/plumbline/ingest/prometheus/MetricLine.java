package dev.plumbline.ingest.prometheus;

import dev.plumbline.ingest.input.Texts;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One line of a snapshot: {@code name{label="value"} 12.5 1700000000000 # exemplar}.
 *
 * @param time as it is written, NaN when there is none
 */
record MetricLine(String name, SortedMap<String, String> labels, double value, double time) {
    MetricLine {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    /** The line in its parts; empty when it is no metric. */
    static Optional<MetricLine> parse(String line) {
        return new Parser(line).parse();
    }

    private static final class Parser {
        private final String line;
        private final SortedMap<String, String> labels = new TreeMap<>();
        private int at;

        Parser(String line) {
            this.line = line;
        }

        Optional<MetricLine> parse() {
            blanks();
            String name = name();
            if (name.isEmpty()) {
                return Optional.empty();
            }
            blanks();
            if (at < line.length() && line.charAt(at) == '{' && !labels()) {
                return Optional.empty();
            }
            blanks();
            String number = word();
            double value = number(number);
            if (Double.isNaN(value) && !number.equals("NaN")) {
                return Optional.empty();
            }
            blanks();
            String time = at < line.length() && line.charAt(at) != '#' ? word() : "";
            double written = Texts.number(time);
            if (!time.isEmpty() && Double.isNaN(written)) {
                return Optional.empty();
            }
            blanks();
            return at == line.length() || line.charAt(at) == '#'
                    ? Optional.of(new MetricLine(name, labels, value, written))
                    : Optional.empty();
        }

        private static double number(String word) {
            return switch (word) {
                case "+Inf", "Inf", "+inf", "inf" -> Double.POSITIVE_INFINITY;
                case "-Inf", "-inf" -> Double.NEGATIVE_INFINITY;
                default -> Texts.number(word);
            };
        }

        private void blanks() {
            while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
                at++;
            }
        }

        private String word() {
            int start = at;
            while (at < line.length() && line.charAt(at) != ' ' && line.charAt(at) != '\t') {
                at++;
            }
            return line.substring(start, at);
        }

        private String name() {
            int start = at;
            while (at < line.length() && isName(line.charAt(at), at > start)) {
                at++;
            }
            return line.substring(start, at);
        }

        private static boolean isName(char c, boolean later) {
            return c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c == '_'
                    || c == ':'
                    || later && (c >= '0' && c <= '9' || c == '.');
        }

        /** Reads from one brace to the other; false when something is missing between. */
        private boolean labels() {
            at++;
            while (true) {
                blanks();
                if (at < line.length() && line.charAt(at) == '}') {
                    at++;
                    return true;
                }
                String label = name();
                blanks();
                if (label.isEmpty() || !take('=')) {
                    return false;
                }
                blanks();
                Optional<String> value = quoted();
                if (value.isEmpty()) {
                    return false;
                }
                labels.put(label, value.get());
                blanks();
                if (!take(',') && (at >= line.length() || line.charAt(at) != '}')) {
                    return false;
                }
            }
        }

        private boolean take(char c) {
            boolean there = at < line.length() && line.charAt(at) == c;
            at += there ? 1 : 0;
            return there;
        }

        private Optional<String> quoted() {
            if (!take('"')) {
                return Optional.empty();
            }
            StringBuilder text = new StringBuilder();
            while (at < line.length()) {
                char c = line.charAt(at++);
                if (c == '"') {
                    return Optional.of(text.toString());
                }
                if (c == '\\' && at < line.length()) {
                    char escaped = line.charAt(at++);
                    switch (escaped) {
                        case 'n' -> text.append('\n');
                        case '"', '\\' -> text.append(escaped);
                        default -> text.append('\\').append(escaped);
                    }
                } else {
                    text.append(c);
                }
            }
            return Optional.empty();
        }
    }
}
