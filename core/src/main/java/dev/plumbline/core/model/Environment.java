package dev.plumbline.core.model;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The facts that numbers depend on besides the code.
 *
 * <p>Two runs are comparable when their environments have the same {@link #key}. The key is computed from the facts
 * that affect measurements ({@code cpu}, {@code cores}, {@code jvm} …); facts under {@code info.} (host name, kernel
 * build, load) are kept for information and do not split a history.
 *
 * @param facts the facts, by name
 */
public record Environment(SortedMap<String, String> facts) {
    /** The prefix of facts that are not part of the key. */
    public static final String INFO = "info.";

    /** The fact by which a user names an environment, regardless of its other facts. */
    public static final String NAME = "name";

    public Environment {
        for (Map.Entry<String, String> fact : facts.entrySet()) {
            Names.check("environment fact", fact.getKey());
            int length = fact.getValue().length();
            if (length > Names.MAX_LENGTH) {
                throw new IllegalArgumentException(
                        "the environment fact " + fact.getKey() + " has " + length + " characters");
            }
        }
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    public static Environment of(Map<String, String> facts) {
        return new Environment(new TreeMap<>(facts));
    }

    /** The environment of numbers of unknown origin. */
    public static Environment unknown() {
        return new Environment(Collections.emptySortedMap());
    }

    /** The same facts with a name given by a user: the name alone becomes the key. */
    public Environment named(String name) {
        Names.check("environment", name);
        TreeMap<String, String> named = new TreeMap<>(facts);
        named.put(NAME, name);
        return new Environment(named);
    }

    /** These facts, completed by those of the other. */
    public Environment orElse(Environment other) {
        TreeMap<String, String> merged = new TreeMap<>(other.facts);
        merged.putAll(facts);
        return new Environment(merged);
    }

    /**
     * The key that makes runs comparable: the given name unless it is blank, else a digest of the facts that affect
     * measurements.
     */
    public String key() {
        String name = facts.get(NAME);
        if (name != null && !name.isBlank()) {
            return name;
        }
        Digest digest = null;
        for (Map.Entry<String, String> fact : facts.entrySet()) {
            if (!fact.getKey().startsWith(INFO) && !fact.getKey().equals(NAME)) {
                digest = (digest == null ? new Digest() : digest)
                        .text(fact.getKey())
                        .text(fact.getValue());
            }
        }
        return digest == null ? "unknown" : digest.hex(6);
    }

    // equals and hashCode are written out because what the compiler makes for records is linked when first called,
    // which
    // takes a cold process long, and these are called for every measurement.
    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Environment that && facts.equals(that.facts);
    }

    @Override
    public int hashCode() {
        return facts.hashCode();
    }
}
