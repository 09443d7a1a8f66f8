package dev.plumbline.publish;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.report.Report;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A report on its way out.
 *
 * @param report the published report
 * @param name distinguishes the comments, checks and statuses of several suites of one repository
 * @param link to where the whole report can be read
 * @param sources the source locations of benchmarks in the repository, as far as known
 */
public record Publication(Report report, String name, Optional<URI> link, Map<SeriesKey, SourceLine> sources) {
    /** The default name. */
    public static final String DEFAULT_NAME = "Plumbline";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._/]{0,59}");
    private static final Pattern LINK = Pattern.compile("https?://[A-Za-z0-9._~:/?#@!$&'+,;=%-]+");

    /** @throws IllegalArgumentException as {@link #check} does */
    public Publication {
        requireNonNull(report, "report");
        check(name, link);
        sources = Map.copyOf(sources);
    }

    /**
     * @throws IllegalArgumentException if the name has characters that could end a hidden marker, or the link those
     *     that could end a link in Markdown
     */
    public static void check(String name, Optional<URI> link) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a name must have 1 to 60 letters, digits, spaces, dots, slashes and underscores, and start"
                            + " with a letter or digit");
        }
        link.filter(uri -> !LINK.matcher(uri.toString()).matches()).ifPresent(uri -> {
            throw new IllegalArgumentException("a link must be a plain http or https URL");
        });
    }
}
