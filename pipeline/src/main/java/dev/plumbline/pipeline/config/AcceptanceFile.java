package dev.plumbline.pipeline.config;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.pipeline.config.yaml.LineEnds;
import dev.plumbline.pipeline.config.yaml.Mistake;
import dev.plumbline.pipeline.config.yaml.Mistakes;
import dev.plumbline.pipeline.config.yaml.Node;
import dev.plumbline.pipeline.config.yaml.Position;
import dev.plumbline.pipeline.config.yaml.WrongConfiguration;
import dev.plumbline.pipeline.config.yaml.Yaml;
import dev.plumbline.pipeline.config.yaml.YamlText;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Acceptances as a YAML file: how they are read, and how one is added.
 *
 * <p>The file is a list, sorted by id, so that two branches rarely add at the same place. What people wrote in it,
 * comments and an order of their own, is left as it is.
 */
public final class AcceptanceFile {
    private static final int MAX_TEXT = 4096;
    private static final String HEADER = """
            # Intended changes, and benchmarks that were removed on purpose.
            # plumb accept adds to this file; review it like code. See docs/baselines.md.
            """;

    /** The beginnings of the lines that git leaves where two branches changed the same place. */
    private static final List<String> CONFLICT = List.of("<<<<<<< ", "||||||| ", ">>>>>>> ");

    private AcceptanceFile() {}

    /**
     * An acceptance with its line.
     *
     * @param line counted from 1
     */
    public record Listed(Acceptance acceptance, int line) {
        public Listed {
            requireNonNull(acceptance, "acceptance");
        }
    }

    /**
     * Reads a list of acceptances, in the order of the file; an empty file has none.
     *
     * @param name the file as messages name it
     * @throws WrongConfiguration if it has a mistake, or one acceptance twice
     */
    public static List<Listed> list(Path file, String name) throws IOException {
        return list(Yaml.text(file, name), name);
    }

    /**
     * The ids of a file as an earlier commit had it; none where it has a mistake, since the past cannot be corrected.
     */
    public static Set<String> ids(String text, String name) {
        try {
            return list(text, name).stream().map(one -> one.acceptance().id()).collect(Collectors.toSet());
        } catch (WrongConfiguration e) {
            return Set.of();
        }
    }

    private static List<Listed> list(String text, String name) throws WrongConfiguration {
        refuseConflict(text, name);
        Mistakes mistakes = new Mistakes();
        List<Node> nodes = nodes(Yaml.parse(text, name, mistakes), mistakes);
        List<Listed> all = new ArrayList<>();
        Map<String, Integer> lines = new HashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            Section section = Section.of("acceptances[" + (i + 1) + "]", nodes.get(i), mistakes);
            int line = section.position().line();
            acceptance(section, mistakes).ifPresent(one -> {
                Integer earlier = lines.putIfAbsent(one.id(), line);
                if (earlier != null) {
                    section.mistake("the acceptance " + one.id() + " is already in line " + earlier);
                }
                all.add(new Listed(one, line));
            });
        }
        mistakes.throwIfAny();
        return all;
    }

    private static List<Node> nodes(Node root, Mistakes mistakes) {
        if (root instanceof Node.Items items) {
            return items.nodes();
        }
        boolean isNothing = root instanceof Node.Scalar scalar && scalar.isNothing()
                || root instanceof Node.Entries entries && entries.entries().isEmpty();
        if (!isNothing) {
            mistakes.add(
                    root.position(),
                    "this file is a list of acceptances, each with a dash before it, not " + root.kind());
        }
        return List.of();
    }

    /** Refuses a merge conflict before the YAML parser complains about the same place in unhelpful words. */
    private static void refuseConflict(String text, String name) throws WrongConfiguration {
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (CONFLICT.stream().anyMatch(line::startsWith)) {
                throw new WrongConfiguration(List.of(new Mistake(
                        new Position(name, i + 1, 1),
                        "a merge conflict is not resolved here: keep the acceptances of both sides, and delete the"
                                + " lines that begin with <<<<<<<, ======= and >>>>>>>")));
            }
        }
    }

    /**
     * Reads a file that is one acceptance.
     *
     * @param name the file as messages name it
     * @throws WrongConfiguration if it has a mistake
     */
    public static Acceptance read(Path file, String name) throws IOException {
        Mistakes mistakes = new Mistakes();
        Optional<Acceptance> acceptance = acceptance(Section.root(Yaml.read(file, name, mistakes), mistakes), mistakes);
        mistakes.throwIfAny();
        return acceptance.orElseThrow();
    }

    /** Empty, and a mistake, if it is none. */
    private static Optional<Acceptance> acceptance(Section section, Mistakes mistakes) {
        Optional<String> id = section.value("id", text());
        Optional<String> benchmark = section.required("benchmark", text());
        Map<String, String> parameters = new TreeMap<>();
        section.map("parameters", anyText()).forEach((key, placed) -> parameters.put(key, placed.value()));
        Optional<String> metric = section.value("metric", text());
        Optional<String> environment = section.value("environment", text());
        Optional<String> since = section.value("since", text());
        boolean isOfMissing = section.value("missing", yes()).isPresent();
        Optional<Double> change =
                isOfMissing ? section.value("change", change()) : section.required("change", change());
        Optional<String> reason = section.required("reason", text());
        Optional<String> by = section.required("by", text());
        Optional<Instant> at = section.required("at", time());
        Optional<Instant> until = section.value("until", time());
        section.done();
        if (benchmark.isEmpty() || reason.isEmpty() || by.isEmpty() || at.isEmpty()) {
            return Optional.empty();
        }
        try {
            if (isOfMissing && change.isPresent()) {
                throw new IllegalArgumentException("a missing benchmark has no change; give only one of the two");
            }
            return Optional.of(Acceptance.of(
                    id,
                    Benchmark.of(benchmark.get(), parameters),
                    metric,
                    environment,
                    since.orElse(""),
                    change.orElse(Acceptance.MISSING),
                    reason.get(),
                    by.get(),
                    at.get(),
                    until));
        } catch (IllegalArgumentException e) {
            mistakes.add(section.position(), e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * A file's text with one acceptance more, before the first whose id comes behind it; the same text where it has
     * one of this id.
     *
     * @param file as it is; empty where there is none yet
     * @param name the file as messages name it
     * @throws WrongConfiguration as {@link #list}
     */
    public static String with(Acceptance more, Optional<Path> file, String name) throws IOException {
        return with(more, file.isPresent() ? Yaml.text(file.get(), name) : "", name);
    }

    private static String with(Acceptance more, String text, String name) throws WrongConfiguration {
        List<Listed> before = list(text, name);
        if (before.stream().anyMatch(one -> one.acceptance().id().equals(more.id()))) {
            return text;
        }
        List<Acceptance> wanted = Stream.concat(before.stream().map(Listed::acceptance), Stream.of(more))
                .sorted(Comparator.comparing(Acceptance::id))
                .toList();
        LineEnds ends = LineEnds.of(text);
        String added = added(more, ends.unified(text), before);
        return ends.in(sorted(added, name).equals(Optional.of(wanted)) ? added : whole(wanted));
    }

    /** The acceptances of a text by their ids; empty where it cannot be read, as where a list is in brackets. */
    private static Optional<List<Acceptance>> sorted(String text, String name) {
        try {
            return Optional.of(list(text, name).stream()
                    .map(Listed::acceptance)
                    .sorted(Comparator.comparing(Acceptance::id))
                    .toList());
        } catch (WrongConfiguration e) {
            return Optional.empty();
        }
    }

    private static String whole(List<Acceptance> all) {
        return HEADER + all.stream().map(one -> "\n" + entry(one, "")).collect(Collectors.joining());
    }

    private static String added(Acceptance more, String text, List<Listed> before) {
        if (before.isEmpty()) {
            return (text.isBlank() ? HEADER : withEnd(text)) + "\n" + entry(more, "");
        }
        List<String> lines = text.lines().toList();
        if (before.stream().anyMatch(one -> one.line() > lines.size())) {
            return ""; // YAML knows other ends of lines too
        }
        String first = lines.get(before.get(0).line() - 1);
        String indent = first.substring(0, first.length() - first.stripLeading().length());
        Optional<Listed> behind = before.stream()
                .filter(one -> one.acceptance().id().compareTo(more.id()) > 0)
                .findFirst();
        if (behind.isEmpty()) {
            return withEnd(text) + "\n" + entry(more, indent);
        }
        int place = behind.get().line() - 1;
        int comment = place;
        while (comment > 0 && lines.get(comment - 1).stripLeading().startsWith("#")) {
            comment--;
        }
        place = comment > 0 ? comment : place; // comments from the first line on are of the whole file
        return Stream.of(
                        lines.subList(0, place).stream(),
                        (entry(more, indent) + "\n").lines(),
                        lines.subList(place, lines.size()).stream())
                .flatMap(part -> part)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String withEnd(String text) {
        return text.endsWith("\n") ? text : text + "\n";
    }

    private static Kind<String> text() {
        return kind(value -> {
            if (value.isBlank() || value.length() > MAX_TEXT) {
                throw new IllegalArgumentException("expected a text of 1 to " + MAX_TEXT + " characters");
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
                throw new IllegalArgumentException("expected true, or nothing");
            }
            return true;
        });
    }

    private static Kind<Double> change() {
        return kind(value -> {
            String number = value.strip();
            boolean percent = number.endsWith("%");
            double change = number(percent ? number.substring(0, number.length() - 1) : number);
            if (!Double.isNaN(change) && change != 0) {
                return percent ? change / 100 : change;
            }
            throw new IllegalArgumentException("expected a change other than 0, such as 0.125");
        });
    }

    /** A decimal number, or the infinity of a change from zero; NaN for anything else. */
    private static double number(String text) {
        String number = text.strip();
        return number.equals("Infinity") || number.equals("-Infinity")
                ? Double.parseDouble(number)
                : Kind.Share.decimal(number).map(BigDecimal::doubleValue).orElse(Double.NaN);
    }

    private static Kind<Instant> time() {
        return kind(value -> {
            try {
                return value.length() == 10
                        ? LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant()
                        : Instant.parse(value);
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException("expected a time such as 2026-01-31 or 2026-01-31T12:00:00Z", e);
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

    /** The lines of an acceptance in the list. */
    private static String entry(Acceptance acceptance, String indent) {
        StringBuilder yaml = new StringBuilder();
        line("id", acceptance.id(), yaml);
        line("benchmark", acceptance.benchmark().name(), yaml);
        if (!acceptance.benchmark().parameters().isEmpty()) {
            yaml.append("parameters:\n");
            acceptance.benchmark().parameters().forEach((name, value) -> {
                line("  " + YamlText.quoted(name), value, yaml);
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
        return yaml.toString().lines().collect(Collectors.joining("\n" + indent + "  ", indent + "- ", "\n"));
    }

    private static void line(String key, String value, StringBuilder yaml) {
        yaml.append(key).append(": ").append(YamlText.quoted(value)).append('\n');
    }
}
