package dev.plumbline.core.model;

import static java.util.Objects.requireNonNull;

/** The rule for untrusted names: not blank, and not absurdly long. */
final class Names {
    static final int MAX_LENGTH = 4096;

    private Names() {}

    static void check(String what, String name) {
        requireNonNull(name, what);
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of a " + what + " is empty");
        }
        if (name.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("the name of a " + what + " may have " + MAX_LENGTH
                    + " characters, this one has " + name.length() + ": " + name.substring(0, 40) + "…");
        }
    }
}
