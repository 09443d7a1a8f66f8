package dev.plumbline.core.baseline;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A version of named baselines without the baselines.
 *
 * @param name under which name; never blank, at most 100 characters, none of them a control character or a slash
 * @param change what brought it about
 * @param provenance who made it, when and why; holds its number
 * @param series how many series have a baseline in it
 * @param validated when its quality was last looked at
 */
public record VersionInfo(
        String name, BaselineChange change, Provenance provenance, int series, Optional<Instant> validated) {
    /** The default name of baselines. */
    public static final String DEFAULT_NAME = "default";

    private static final int MAX_NAME = 100;

    /** The form of a versioned name: {@code NAME@3} is the third version of it. */
    private static final Pattern VERSIONED = Pattern.compile(".+@[0-9]+");

    public VersionInfo {
        checkCharacters(name);
        requireNonNull(change, "change");
        requireNonNull(provenance, "provenance");
        requireNonNull(validated, "validated");
        if (series < 0) {
            throw new IllegalArgumentException("a version of " + series + " series");
        }
    }

    /** @throws IllegalArgumentException if new baselines cannot have the name */
    public static void checkName(String name) {
        checkCharacters(name);
        if (VERSIONED.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is a version of baselines, not a name: leave out the part from @ on");
        }
    }

    private static void checkCharacters(String name) {
        requireNonNull(name, "name");
        boolean fits = !name.isBlank()
                && name.length() <= MAX_NAME
                && name.chars().noneMatch(c -> Character.isISOControl(c) || c == '/' || c == '\\')
                && !name.equals("none")
                && !name.startsWith(".");
        if (!fits) {
            throw new IllegalArgumentException("baselines have a name of 1 to " + MAX_NAME
                    + " characters without slashes, not beginning with a dot, and other than \"none\"");
        }
    }

    /** Counted from 1 for each name. */
    public int number() {
        return provenance.version();
    }
}
