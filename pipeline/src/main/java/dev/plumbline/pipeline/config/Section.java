package dev.plumbline.pipeline.config;

import dev.plumbline.ingest.input.Excerpt;
import dev.plumbline.pipeline.config.yaml.Mistakes;
import dev.plumbline.pipeline.config.yaml.Node;
import dev.plumbline.pipeline.config.yaml.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A map of known keys while it is read. What is wrong with a value becomes a mistake, and the default is read on with,
 * so that all mistakes are found at once. A key that was not requested is unknown: {@link #done} reports it.
 */
final class Section {
    private final String path;
    private final Position position;
    private final Map<String, Node.Entry> entries = new LinkedHashMap<>();
    private final Set<String> known = new LinkedHashSet<>();
    private final Mistakes mistakes;

    private Section(String path, Position position, List<Node.Entry> entries, Mistakes mistakes) {
        this.path = path;
        this.position = position;
        this.mistakes = mistakes;
        entries.forEach(entry -> this.entries.put(entry.key(), entry));
    }

    /** The whole file. */
    static Section root(Node node, Mistakes mistakes) {
        return of("", node, mistakes);
    }

    /** One of several that a file holds. */
    static Section of(String path, Node node, Mistakes mistakes) {
        if (node instanceof Node.Entries map) {
            return new Section(path, map.position(), map.entries(), mistakes);
        }
        boolean nothing = node instanceof Node.Scalar scalar && scalar.isNothing();
        if (!nothing || !path.isEmpty()) {
            mistakes.add(
                    node.position(),
                    (path.isEmpty() ? "a configuration" : path) + " must be a map of keys, not " + node.kind());
        }
        return new Section(path, node.position(), List.of(), mistakes);
    }

    /** A setting of one value. */
    <T> Setting<T> setting(String key, Kind<T> kind, T fallback) {
        return entry(key)
                .flatMap(entry -> read(key, entry.value(), kind)
                        .map(value -> new Setting<>(
                                path(key),
                                value,
                                kind,
                                new Origin.File(entry.value().position()))))
                .orElseGet(() -> new Setting<>(path(key), fallback, kind, new Origin.Default()));
    }

    /** One value without a default. */
    <T> Optional<T> value(String key, Kind<T> kind) {
        return entry(key).flatMap(entry -> read(key, entry.value(), kind));
    }

    /** One value that has to be there; empty, and a mistake, if it is not. */
    <T> Optional<T> required(String key, Kind<T> kind) {
        if (entry(key).isEmpty()) {
            mistakes.add(position, (path.isEmpty() ? "the configuration" : path) + " needs the key \"" + key + "\"");
        }
        return value(key, kind);
    }

    /** Several values; a single value is a list of one. Empty when the key is not there. */
    <T> List<T> values(String key, Kind<T> kind) {
        List<T> values = new ArrayList<>();
        entry(key).ifPresent(entry -> {
            List<Node> nodes = entry.value() instanceof Node.Items items ? items.nodes() : List.of(entry.value());
            nodes.forEach(node -> read(key, node, kind).ifPresent(values::add));
        });
        return values;
    }

    /** The section below a key; one without keys when it is not there. */
    Section section(String key) {
        return entry(key)
                .map(entry -> of(path(key), entry.value(), mistakes))
                .orElseGet(() -> new Section(path(key), position, List.of(), mistakes));
    }

    /** The sections below a key whose names the user chooses, by name in the order of the file. */
    Map<String, Section> sections(String key) {
        Map<String, Section> sections = new LinkedHashMap<>();
        entry(key).ifPresent(entry -> {
            Section named = of(path(key), entry.value(), mistakes);
            named.entries.forEach((name, below) -> sections.put(name, of(named.path(name), below.value(), mistakes)));
        });
        return sections;
    }

    /** The sections that a list below a key holds, in order; a map is a list of one. */
    List<Section> listed(String key) {
        List<Section> sections = new ArrayList<>();
        entry(key).ifPresent(entry -> {
            List<Node> nodes = entry.value() instanceof Node.Items items ? items.nodes() : List.of(entry.value());
            for (int i = 0; i < nodes.size(); i++) {
                sections.add(of(path(key) + "[" + (i + 1) + "]", nodes.get(i), mistakes));
            }
        });
        return sections;
    }

    /** The values of a map whose keys the user chooses, in the order of the file. */
    <T> Map<String, Placed<T>> map(String key, Kind<T> kind) {
        Map<String, Placed<T>> values = new LinkedHashMap<>();
        entry(key).ifPresent(entry -> {
            Section named = of(path(key), entry.value(), mistakes);
            named.entries.forEach((name, below) -> named.read(name, below.value(), kind)
                    .ifPresent(value -> values.put(name, new Placed<>(value, below.position()))));
        });
        return values;
    }

    /** The values of a map whose keys the user chooses; a single value is a list of one. */
    <T> Map<String, List<T>> lists(String key, Kind<T> kind) {
        Map<String, List<T>> lists = new LinkedHashMap<>();
        entry(key).ifPresent(entry -> {
            Section named = of(path(key), entry.value(), mistakes);
            named.entries.keySet().forEach(name -> lists.put(name, named.values(name, kind)));
        });
        return lists;
    }

    /** A value with the place of its key. */
    record Placed<T>(T value, Position position) {}

    /** The position of the section's begin. */
    Position position() {
        return position;
    }

    /** The path of the section: {@code policy.severities}. */
    String path() {
        return path;
    }

    /** Something is wrong with the section as a whole. */
    void mistake(String what) {
        mistakes.add(position, what);
    }

    boolean has(String key) {
        return entry(key).isPresent();
    }

    /** The value of a key is wrong for a reason that shows only beside others. */
    void mistakeAt(String key, String what) {
        mistakes.add(entry(key).map(Node.Entry::position).orElse(position), what);
    }

    /** Reports a mistake at a key that the user chose. */
    void mistakeAt(Position where, String what) {
        mistakes.add(where, what);
    }

    /** Reports the keys that were not read. */
    void done() {
        for (Node.Entry entry : entries.values()) {
            if (!known.contains(entry.key())) {
                mistakes.add(
                        entry.position(),
                        "unknown key " + Excerpt.quoted(entry.key()) + (path.isEmpty() ? "" : " in " + path)
                                + Suggestion.of(entry.key(), known));
            }
        }
    }

    private Optional<Node.Entry> entry(String key) {
        known.add(key);
        return Optional.ofNullable(entries.get(key));
    }

    private String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private <T> Optional<T> read(String key, Node node, Kind<T> kind) {
        if (!(node instanceof Node.Scalar scalar)) {
            mistakes.add(node.position(), path(key) + " must be a single value, not " + node.kind());
            return Optional.empty();
        }
        if (scalar.isNothing()) {
            mistakes.add(node.position(), path(key) + " has no value; remove the key or give it one");
            return Optional.empty();
        }
        try {
            return Optional.of(kind.read(scalar.text()));
        } catch (IllegalArgumentException e) {
            mistakes.add(node.position(), path(key) + ": " + e.getMessage());
            return Optional.empty();
        }
    }
}
