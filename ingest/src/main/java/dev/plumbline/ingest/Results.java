package dev.plumbline.ingest;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Surroundings;
import dev.plumbline.ingest.input.UnreadableInput;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/**
 * Reads benchmark results of any known format, from the content and not from the file's name.
 *
 * <pre>{@code
 * Reading reading = Results.with(Surroundings.unknown(now)).read(Path.of("jmh-result.json"), sink);
 * }</pre>
 */
public final class Results {
    private final Surroundings surroundings;

    private Results(Surroundings surroundings) {
        this.surroundings = requireNonNull(surroundings, "surroundings");
    }

    /** Reads results for which the surroundings hold where the results say nothing. */
    public static Results with(Surroundings surroundings) {
        return new Results(surroundings);
    }

    /** Reads a file of whatever format it is found to be. */
    public Reading read(Path file, RunSink sink) throws IOException {
        return read(file, Optional.empty(), sink);
    }

    /**
     * Reads a file.
     *
     * @param forced the format to read it as, whatever it looks like
     * @throws UnreadableInput if the format is not known, or the file is cut off, binary, in a wrong encoding or too
     *     deep; what the sink took of it is to be thrown away
     * @throws IOException if the file system fails
     */
    public Reading read(Path file, Optional<Format> forced, RunSink sink) throws IOException {
        if (Files.isDirectory(file)) {
            throw new UnreadableInput(file.toString(), "is a folder; name the result files in it");
        }
        try (Source source = Source.of(file)) {
            return read(source, forced, sink);
        }
    }

    /** Reads any source, for example standard input: {@code Source.of("<stdin>", System.in)}. */
    public Reading read(Source source, Optional<Format> forced, RunSink sink) throws IOException {
        CheckedSink checked = new CheckedSink(source.name(), sink);
        try {
            Format format = recognised(source, forced);
            format.read(source, surroundings, checked);
            checked.end();
            return new Reading(format, checked.measurements(), checked.problems());
        } catch (JacksonIOException e) {
            throw unreadable(source, e.getCause() == null ? new IOException(e) : e.getCause());
        } catch (JacksonException e) {
            throw unreadable(source, e);
        } catch (CharacterCodingException | EOFException | ZipException e) {
            throw unreadable(source, e);
        }
    }

    /** The format that a source has. */
    private static Format recognised(Source source, Optional<Format> forced) throws IOException {
        Head head = source.head();
        if (forced.isPresent()) {
            return forced.get();
        }
        return Format.of(head)
                .orElseThrow(() -> new UnreadableInput(
                        source.name(),
                        "is of no known format: it is " + head.description() + ". \"plumb formats\" lists the "
                                + Format.values().length + " that are read; --format NAME reads it as one of them,"
                                + " and a table of your own can be written as plumbline-csv"));
    }

    private static IOException unreadable(Source source, IOException cause) {
        if (cause instanceof UnreadableInput) {
            return cause;
        }
        if (cause instanceof CharacterCodingException) {
            return new UnreadableInput(source.name(), "is not UTF-8 text; save it as UTF-8 and try again", cause);
        }
        if (cause instanceof EOFException || cause instanceof ZipException) {
            return new UnreadableInput(
                    source.name(),
                    "is compressed and cut off or damaged (" + cause.getMessage() + "); make or copy it again",
                    cause);
        }
        return cause;
    }

    private static UnreadableInput unreadable(Source source, JacksonException cause) {
        TokenStreamLocation at = cause.getLocation();
        String where = at == null || at.getLineNr() < 1
                ? source.name()
                : source.name() + ":" + at.getLineNr() + ":" + Math.max(at.getColumnNr(), 1);
        String said = cause.getOriginalMessage();
        if (cause instanceof UnexpectedEndOfInputException || said.startsWith("Unexpected end-of-input")) {
            return new UnreadableInput(
                    where, "ends in the middle of a value; the file was cut off: make or copy it again", cause);
        }
        if (cause instanceof StreamConstraintsException) {
            return new UnreadableInput(where, "is beyond what a result file may have: " + firstSentence(said), cause);
        }
        if (said.startsWith("Invalid UTF-8")) {
            return new UnreadableInput(
                    where, "is not UTF-8 text (" + said + "); save it as UTF-8 and try again", cause);
        }
        return new UnreadableInput(where, "is not JSON here: " + firstSentence(said), cause);
    }

    private static String firstSentence(String said) {
        return said.lines().findFirst().orElse(said);
    }
}
