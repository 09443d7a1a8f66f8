package dev.plumbline.pipeline.config.yaml;

import dev.plumbline.ingest.input.Excerpt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML document into {@link Node}s.
 *
 * <p>The parser's events are taken rather than its objects: they have every position, and limits on depth, size and
 * aliases are held while the tree grows, so that no document can grow beyond them.
 */
public final class Yaml {
    private static final int MOST_BYTES = 1 << 20;
    private static final int DEEPEST = 32;
    private static final long MOST_NODES = 200_000;

    private final String file;
    private final Mistakes mistakes;
    private final Deque<Growing> open = new ArrayDeque<>();
    private final Map<String, Node> anchors = new HashMap<>();
    private Optional<Node> root = Optional.empty();
    private long nodes;

    private Yaml(String file, Mistakes mistakes) {
        this.file = file;
        this.mistakes = mistakes;
    }

    /**
     * Reads a file.
     *
     * @param name the file as messages name it
     * @return the document's root; a map without entries when the file is empty
     * @throws WrongConfiguration if it is not YAML, or too large or deep
     */
    public static Node read(Path file, String name, Mistakes mistakes) throws IOException {
        return parse(text(file, name), name, mistakes);
    }

    /**
     * The text of a file, without a byte order mark.
     *
     * @throws WrongConfiguration if it is too large, or no UTF-8
     */
    public static String text(Path file, String name) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "is a folder, not a configuration file");
        }
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        }
        if (bytes.length > MOST_BYTES) {
            throw wrong(new Position(name, 1, 1), "the file is larger than 1 MiB");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw wrong(new Position(name, 1, 1), "the file is not UTF-8; convert it");
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** Like {@link #read}, of a text. */
    public static Node parse(String text, String name, Mistakes mistakes) throws WrongConfiguration {
        Yaml yaml = new Yaml(name, mistakes);
        LoadSettings settings =
                LoadSettings.builder().setLabel(name).setUseMarks(true).build();
        try {
            for (Event event : new Parse(settings).parseString(text)) {
                yaml.take(event);
            }
        } catch (MarkedYamlEngineException e) {
            throw wrong(new YamlComplaint(e).mistake(name, text));
        } catch (ReaderException e) {
            throw wrong(
                    yaml.position(text, e.getPosition()),
                    "the file contains a character that YAML does not" + " allow");
        } catch (YamlEngineException e) {
            throw wrong(new Position(name, 1, 1), "the file cannot be read as YAML");
        }
        return yaml.root.orElse(new Node.Entries(new Position(name, 1, 1), List.of(), 1));
    }

    private static WrongConfiguration wrong(Position where, String what) {
        return wrong(new Mistake(where, what));
    }

    private static WrongConfiguration wrong(Mistake mistake) {
        return new WrongConfiguration(List.of(mistake));
    }

    private Position position(Mark mark) {
        return new Position(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private Position position(String text, int codePoints) {
        int line = 1;
        int column = 1;
        int end = text.offsetByCodePoints(0, Math.min(codePoints, text.codePointCount(0, text.length())));
        for (int i = 0; i < end; i += Character.charCount(text.codePointAt(i))) {
            boolean next = text.charAt(i) == '\n';
            line += next ? 1 : 0;
            column = next ? 1 : column + 1;
        }
        return new Position(file, line, column);
    }

    private void take(Event event) throws WrongConfiguration {
        switch (event.getEventId()) {
            case Scalar -> {
                ScalarEvent scalar = (ScalarEvent) event;
                refuseTag(scalar.getTag(), event);
                add(event, new Node.Scalar(at(event), scalar.getValue(), scalar.isPlain()));
            }
            case MappingStart, SequenceStart -> {
                refuseTag(((CollectionStartEvent) event).getTag(), event);
                if (open.size() >= DEEPEST) {
                    throw wrong(at(event), "this is nested more than " + DEEPEST + " deep");
                }
                open.push(new Growing(event));
            }
            case MappingEnd, SequenceEnd -> {
                Growing done = open.pop();
                add(done.begin, done.node());
            }
            case Alias -> alias((AliasEvent) event);
            case DocumentStart -> {
                if (root.isPresent()) {
                    throw wrong(at(event), "a second document starts here; a configuration has only one");
                }
            }
            case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
        }
    }

    private void alias(AliasEvent event) throws WrongConfiguration {
        String anchor = event.getAlias().getValue();
        Node meant = anchors.get(anchor);
        if (meant == null) {
            throw wrong(at(event), "no anchor above is named &" + anchor);
        }
        nodes += meant.size();
        add(event, meant);
    }

    private void refuseTag(Optional<String> tag, Event event) {
        tag.ifPresent(name ->
                mistakes.add(at(event), "tags such as " + Excerpt.quoted(name) + " are not supported; remove it"));
    }

    private void add(Event event, Node node) throws WrongConfiguration {
        if (++nodes > MOST_NODES) {
            throw wrong(at(event), "the configuration has more than " + MOST_NODES + " values, aliases counted out");
        }
        if (!(event instanceof AliasEvent) && event instanceof NodeEvent begun) {
            begun.getAnchor().map(Anchor::getValue).ifPresent(anchor -> anchors.put(anchor, node));
        }
        if (open.isEmpty()) {
            root = Optional.of(node);
        } else {
            open.peek().take(at(event), node);
        }
    }

    private Position at(Event event) {
        return event.getStartMark().map(this::position).orElse(new Position(file, 1, 1));
    }

    /** A list or map whose end has not come yet. */
    private final class Growing {
        private final Event begin;
        private final List<Node> items = new ArrayList<>();
        private final Map<String, Position> keys = new HashMap<>();
        private final List<Node.Entry> entries = new ArrayList<>();
        private Optional<Node> key = Optional.empty();
        private Position keyPosition;
        private long size = 1;

        Growing(Event begin) {
            this.begin = begin;
        }

        void take(Position where, Node node) {
            size += node.size();
            if (!(begin instanceof MappingStartEvent)) {
                items.add(node);
            } else if (key.isEmpty()) {
                key = Optional.of(node);
                keyPosition = where;
            } else {
                entry(key.get(), node);
                key = Optional.empty();
            }
        }

        private void entry(Node name, Node value) {
            if (!(name instanceof Node.Scalar scalar)) {
                mistakes.add(keyPosition, "a key must be one word, not " + name.kind());
                return;
            }
            Position earlier = keys.putIfAbsent(scalar.text(), keyPosition);
            if (earlier == null) {
                entries.add(new Node.Entry(scalar.text(), keyPosition, value));
            } else {
                mistakes.add(
                        keyPosition,
                        "the key " + Excerpt.quoted(scalar.text()) + " is already in line " + earlier.line());
            }
        }

        Node node() {
            return begin instanceof MappingStartEvent
                    ? new Node.Entries(at(begin), entries, size)
                    : new Node.Items(at(begin), items, size);
        }
    }
}
