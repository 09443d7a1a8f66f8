package dev.plumbline.store.naming;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An old name, or a pattern of old names, and the new one.
 *
 * <p>A star in the old name matches any text, as little as possible from the left. The new name has no star, and then
 * all matching names become this one; or as many as the old name, and then each is replaced by the same text:
 * {@code com.old.*} becomes {@code com.example.*}. Names are compared exactly, capitals included.
 *
 * @param from the old name or pattern; not empty
 * @param to the new name; not empty
 */
public record Alias(String from, String to) {
    private static final char STAR = '*';

    /** @throws IllegalArgumentException if the stars do not fit, or the new name is an old name again */
    public Alias {
        if (from.isBlank() || to.isBlank()) {
            throw new IllegalArgumentException("a name must not be blank");
        }
        long stars = stars(to);
        if (stars != 0 && stars != stars(from)) {
            throw new IllegalArgumentException("the new name " + to + " has " + stars + " stars and the old one "
                    + stars(from) + "; it must have none or the same number");
        }
        if (captures(from, to).isPresent()) {
            throw new IllegalArgumentException(
                    "the new name " + to + " is itself an old name, because " + from + " matches it");
        }
    }

    private static long stars(String text) {
        return text.chars().filter(c -> c == STAR).count();
    }

    boolean matches(String name) {
        return captures(from, name).isPresent();
    }

    /** The new name; empty when this is not about the name. */
    Optional<String> apply(String name) {
        return captures(from, name).map(this::fill);
    }

    private String fill(List<String> captures) {
        StringBuilder filled = new StringBuilder();
        int next = 0;
        for (int i = 0; i < to.length(); i++) {
            if (to.charAt(i) == STAR) {
                filled.append(captures.get(next++));
            } else {
                filled.append(to.charAt(i));
            }
        }
        return filled.toString();
    }

    /** The texts that match each star of the pattern; empty when it does not match. */
    private static Optional<List<String>> captures(String pattern, String name) {
        int star = pattern.indexOf(STAR);
        if (star < 0) {
            return pattern.equals(name) ? Optional.of(List.of()) : Optional.empty();
        }
        if (!name.startsWith(pattern.substring(0, star))) {
            return Optional.empty();
        }
        List<String> captures = new ArrayList<>();
        int at = star;
        while (star >= 0) {
            int next = pattern.indexOf(STAR, star + 1);
            String literal = pattern.substring(star + 1, next < 0 ? pattern.length() : next);
            int found = next < 0 ? name.length() - literal.length() : name.indexOf(literal, at);
            if (found < at || !name.startsWith(literal, found)) {
                return Optional.empty();
            }
            captures.add(name.substring(at, found));
            at = found + literal.length();
            star = next;
        }
        return Optional.of(captures);
    }
}
