package dev.plumbline.server.people;

import java.util.regex.Pattern;

/**
 * The name of an organisation, a project or an account: lower-case letters, digits and single hyphens within, at most
 * 39 characters, so that it needs no escaping in an address.
 */
public record Name(String text) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9](?:-?[a-z0-9]){0,38}");

    /** @throws IllegalArgumentException if it is not a valid name; the message has the rule */
    public Name {
        if (text.length() > 39 || !FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "a name must have 1 to 39 lower-case letters, digits and single hyphens, with no hyphen at"
                            + " either end");
        }
    }

    /** Whether a text could be one. */
    static boolean isOne(String text) {
        return text.length() <= 39 && FORM.matcher(text).matches();
    }

    @Override
    public String toString() {
        return text;
    }
}
