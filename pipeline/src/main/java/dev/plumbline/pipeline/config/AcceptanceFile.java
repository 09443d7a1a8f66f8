package dev.plumbline.pipeline.config;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.model.Benchmark;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** An acceptance as a YAML file: how it is read, and how it is written. */
public final class AcceptanceFile {
    private static final int MAX_TEXT = 4096;

    private AcceptanceFile() {}

    /**
     * Reads a file.
     *
     * @param name the file as messages name it
     * @throws WrongConfiguration if it says something that is not understood, or too little
     */
    public static Acceptance read(Path file, String name) throws IOException {
        Mistakes mistakes = new Mistakes();
        Section root = Section.root(Yaml.read(file, name, mistakes), mistakes);
        Optional<String> id = root.value("id", text());
        Optional<String> benchmark = root.required("benchmark", text());
        Map<String, String> parameters = new TreeMap<>();
        root.map("parameters", anyText()).forEach((key, placed) -> parameters.put(key, placed.value()));
        Optional<String> metric = root.value("metric", text());
        Optional<String> environment = root.value("environment", text());
        Optional<String> since = root.value("since", text());
        boolean isOfMissing = root.value("missing", yes()).isPresent();
        Optional<Double> change = isOfMissing ? root.value("change", change()) : root.required("change", change());
        Optional<String> reason = root.required("reason", text());
        Optional<String> by = root.required("by", text());
        Optional<Instant> at = root.required("at", time());
        Optional<Instant> until = root.value("until", time());
        root.done();
        mistakes.throwIfAny();
        try {
            if (isOfMissing == change.isPresent()) {
                throw new IllegalArgumentException("what is missing has no change: one of the two stands here");
            }
            Benchmark of = Benchmark.of(benchmark.orElseThrow(), parameters);
            return Acceptance.of(
                    id,
                    of,
                    metric,
                    environment,
                    since.orElse(""),
                    change.orElse(Acceptance.MISSING),
                    reason.orElseThrow(),
                    by.orElseThrow(),
                    at.orElseThrow(),
                    until);
        } catch (IllegalArgumentException e) {
            mistakes.add(root.position(), e.getMessage());
            mistakes.throwIfAny();
            throw e;
        }
    }

    private static Kind<String> text() {
        return kind(value -> {
            if (value.isBlank() || value.length() > MAX_TEXT) {
                throw new IllegalArgumentException("a text of 1 to " + MAX_TEXT + " characters stands here");
            }
            return value;
        });
    }

    private static Kind<String> anyText() {
        return kind(value -> value);
    }

    private static Kind<Boolean> yes() {
        return kind(value -> {
            if (!value.strip().equals("true")) {
                throw new IllegalArgumentException("true stands here, or nothing");
            }
            return true;
        });
    }

    private static Kind<Double> change() {
        return kind(value -> {
            String number = value.strip();
            boolean percent = number.endsWith("%");
            try {
                double change = Double.parseDouble(
                        percent ? number.substring(0, number.length() - 1).strip() : number);
                if (!Double.isNaN(change) && change != 0) {
                    return percent ? change / 100 : change;
                }
            } catch (NumberFormatException e) {
                // told below
            }
            throw new IllegalArgumentException("a change is a share other than 0, such as 0.125");
        });
    }

    private static Kind<Instant> time() {
        return kind(value -> {
            try {
                return value.length() == 10
                        ? LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant()
                        : Instant.parse(value);
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException("a time is written as 2026-01-31 or 2026-01-31T12:00:00Z", e);
            }
        });
    }

    private static <T> Kind<T> kind(Function<String, T> reader) {
        return new Kind<>() {
            @Override
            public T read(String text) {
                return reader.apply(text);
            }

            @Override
            public String write(T value) {
                return String.valueOf(value);
            }
        };
    }

    /** The file's text; {@link #read} gives the same acceptance back. */
    public static String write(Acceptance acceptance) {
        StringBuilder yaml = new StringBuilder(
                acceptance.isOfMissing()
                        ? "# What was removed on purpose. See docs/baselines.md.\n"
                        : "# A change for the worse that is intended. See docs/baselines.md.\n");
        line("id", acceptance.id(), yaml);
        line("benchmark", acceptance.benchmark().name(), yaml);
        if (!acceptance.benchmark().parameters().isEmpty()) {
            yaml.append("parameters:\n");
            acceptance.benchmark().parameters().forEach((name, value) -> {
                yaml.append("  ");
                quote(name, yaml);
                line("", value, yaml);
            });
        }
        acceptance.metric().ifPresent(metric -> line("metric", metric, yaml));
        acceptance.environment().ifPresent(environment -> line("environment", environment, yaml));
        if (!acceptance.since().isEmpty()) {
            line("since", acceptance.since(), yaml);
        }
        yaml.append(acceptance.isOfMissing() ? "missing: true" : "change: " + acceptance.change())
                .append('\n');
        line("reason", acceptance.reason(), yaml);
        line("by", acceptance.by(), yaml);
        line("at", acceptance.at().toString(), yaml);
        acceptance.until().ifPresent(until -> line("until", until.toString(), yaml));
        return yaml.toString();
    }

    private static void line(String key, String value, StringBuilder yaml) {
        yaml.append(key).append(": ");
        quote(value, yaml);
        yaml.append('\n');
    }

    /** Quoted, so that no text from outside is anything but text. */
    private static void quote(String text, StringBuilder yaml) {
        yaml.append('"');
        text.codePoints().forEach(point -> {
            if (point == '"' || point == '\\') {
                yaml.append('\\').appendCodePoint(point);
            } else if (point >= ' ' && point < 0x7F) {
                yaml.appendCodePoint(point);
            } else {
                yaml.append(point > 0xFFFF ? "\\U" : "\\u");
                for (int shift = point > 0xFFFF ? 28 : 12; shift >= 0; shift -= 4) {
                    yaml.append(Character.forDigit(point >> shift & 0xF, 16));
                }
            }
        });
        yaml.append('"');
    }
}
