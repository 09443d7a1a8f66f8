package dev.plumbline.ingest;

import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.UnreadableInput;
import java.io.IOException;
import java.util.Optional;

/**
 * The ways in which the last line of a format ends. A file that was cut off in it looks whole: {@code 1420} becomes
 * {@code 142}. JSON and XML need no such rule, as they are not well-formed before their end.
 */
enum LastLine {
    /** By a line end, always: without it the file was cut off. */
    ENDED,
    /** By a line end, lines of JSON too: each is read by itself, half of one as well. */
    EACH_ENDED,
    /** As the person or the script wrote it. */
    AS_WRITTEN,
    /** By a line end, or by the bracket that ends each row. */
    BRACKETED,
    /** Without a line end, always. */
    OPEN;

    /**
     * Looks at the last line of a source that was read completely.
     *
     * @throws UnreadableInput if it has no end and must have one
     */
    void check(Source source, RunSink problems) throws IOException {
        Optional<String> where = this == OPEN ? Optional.empty() : openEnd(source, this == EACH_ENDED);
        if (where.isEmpty() || this == BRACKETED && source.isEndingIn(')')) {
            return;
        }
        if (this != AS_WRITTEN) {
            throw new UnreadableInput(
                    where.get(),
                    "the last line has no end, as in a file that was cut off: make or copy it again, or end the line if"
                            + " it is whole");
        }
        problems.problem(new Problem(
                where.get(),
                "the last line has no end and is read as it is; if the file was cut off, digits may be missing"));
    }

    private static Optional<String> openEnd(Source source, boolean isJsonOfLines) throws IOException {
        Optional<String> end = source.openEnd();
        if (end.isEmpty() || isJsonOfLines) {
            return end;
        }
        Head head = source.head();
        return head.isObject() || head.isList() || head.text().stripLeading().startsWith("<") ? Optional.empty() : end;
    }
}
