package dev.plumbline.core.finding;

/**
 * The bounds between severities, as relative changes for the worse (0.05 is five per cent).
 *
 * @param minor the smallest minor change
 * @param major the smallest major change, more than {@code minor}
 * @param critical the smallest critical change, more than {@code major}
 */
public record Severities(double minor, double major, double critical) {
    /** 2, 5 and 10 per cent. */
    public static final Severities DEFAULT = new Severities(0.02, 0.05, 0.10);

    public Severities {
        if (!(minor > 0 && minor < major && major < critical && critical < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "severities rise: 0 < minor < major < critical, not " + minor + ", " + major + ", " + critical);
        }
    }

    /**
     * The severity of a change for the worse.
     *
     * @param size the size of the change without its sign; not negative, may be infinite
     */
    public Severity of(double size) {
        if (size >= critical) {
            return Severity.CRITICAL;
        }
        if (size >= major) {
            return Severity.MAJOR;
        }
        return size >= minor ? Severity.MINOR : Severity.NONE;
    }
}
