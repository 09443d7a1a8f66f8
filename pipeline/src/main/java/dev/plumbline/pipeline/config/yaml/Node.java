package dev.plumbline.pipeline.config.yaml;

import java.util.List;

/** A piece of a configuration file: a scalar, a list, or a map. */
public sealed interface Node {
    /** The position of its begin. */
    Position position();

    /** The number of its pieces, itself included; a node behind an alias counts each time it is used. */
    long size();

    /** The kind of the node, for messages: {@code a list}. */
    String kind();

    /**
     * One value. Words and numbers are not distinguished here, for the key decides which of them a value is.
     *
     * @param plain whether it was written without quotes
     */
    record Scalar(Position position, String text, boolean plain) implements Node {
        /** Whether the node is empty. */
        public boolean isNothing() {
            return plain && (text.isEmpty() || text.equals("~") || text.equals("null"));
        }

        @Override
        public long size() {
            return 1;
        }

        @Override
        public String kind() {
            return isNothing() ? "nothing" : "one value";
        }
    }

    /** A list. */
    record Items(Position position, List<Node> nodes, long size) implements Node {
        public Items {
            nodes = List.copyOf(nodes);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** A map, in the order of the file. */
    record Entries(Position position, List<Entry> entries, long size) implements Node {
        public Entries {
            entries = List.copyOf(entries);
        }

        @Override
        public String kind() {
            return "a map";
        }
    }

    /** A key with its value. */
    record Entry(String key, Position position, Node value) {}
}
