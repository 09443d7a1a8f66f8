package dev.plumbline.ingest;

import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.UnreadableInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the format of a file by its content: the first that recognises the file's beginning. */
final class FormatDetector {
    private static final Pattern EMPTY_LIST = Pattern.compile("\\s*\\[\\s*\\]\\s*");

    private FormatDetector() {}

    /**
     * The format that a source has.
     *
     * @param forced the one that a person gave; the content is not asked then
     * @throws UnreadableInput if no format recognises the source, or it is an empty list, as JMH writes it where no
     *     benchmark matched
     */
    static Format formatOf(Source source, Optional<Format> forced) throws IOException {
        Head head = source.head();
        boolean isJmh = forced.isEmpty() || forced.get() == Format.JMH_JSON;
        if (isJmh && EMPTY_LIST.matcher(head.text()).matches()) { // no other known tool writes just this
            throw UnreadableInput.noResult(source.name(), "JMH wrote no results: did the filter match?");
        }
        if (forced.isPresent()) {
            return forced.get();
        }
        return first(head).orElseThrow(() -> {
            String what = "unknown format: it is " + head.description() + ". List the formats: plumb formats."
                    + " Force one: --format NAME. Write a table of your own as plumbline-csv; for other JSON or"
                    + " CSV files, define a mapping in plumbline.yaml";
            return head.isDamagedJson()
                    ? new UnreadableInput(source.name(), what)
                    : UnreadableInput.noResult(source.name(), what);
        });
    }

    private static Optional<Format> first(Head head) {
        return Arrays.stream(Format.values())
                .filter(format -> format.recognises(head))
                .findFirst();
    }
}
