package dev.plumbline.ingest;

import dev.plumbline.ingest.input.MalformedUtf8;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.UnreadableInput;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.util.zip.ZipException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/** A failure while a file was read, as an exception with place, problem and remedy. */
final class ReadFailure {
    private ReadFailure() {}

    /** The exception for a failure of decoding or unpacking; one of the file system stays what it is. */
    static IOException of(Source source, IOException cause) {
        if (cause instanceof UnreadableInput) {
            return cause;
        }
        if (cause instanceof CharacterCodingException) {
            return MalformedUtf8.refusal(source, cause);
        }
        if (cause instanceof EOFException || cause instanceof ZipException) {
            return new UnreadableInput(
                    source.name(),
                    "is compressed and cut off or damaged"
                            + (cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")")
                            + "; make or copy it again",
                    cause);
        }
        return cause instanceof FileSystemException
                ? cause
                : new IOException(source.name() + ": cannot be read: " + cause.getMessage(), cause);
    }

    /** The same of what the JSON parser throws, which may be a failure of the file below it. */
    static IOException of(Source source, JacksonException failure) {
        if (failure instanceof JacksonIOException below) {
            return of(source, below.getCause() == null ? new IOException(below) : below.getCause());
        }
        return json(source, failure);
    }

    private static UnreadableInput json(Source source, JacksonException cause) {
        TokenStreamLocation at = cause.getLocation();
        String where = at == null || at.getLineNr() < 1
                ? source.name()
                : source.name() + ":" + at.getLineNr() + ":" + Math.max(at.getColumnNr(), 1);
        String message = cause.getOriginalMessage();
        if (cause instanceof UnexpectedEndOfInputException || message.startsWith("Unexpected end-of-input")) {
            return new UnreadableInput(
                    where, "ends in the middle of a value; the file was cut off: make or copy it again", cause);
        }
        if (cause instanceof StreamConstraintsException) {
            return new UnreadableInput(where, "is beyond what a result file may have: " + firstLine(message), cause);
        }
        if (message.startsWith("Invalid UTF-8")) {
            return new UnreadableInput(
                    where, "is not UTF-8 text (" + message + "); save it as UTF-8 and try again", cause);
        }
        return new UnreadableInput(where, "is not JSON here: " + firstLine(message), cause);
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse(message);
    }
}
