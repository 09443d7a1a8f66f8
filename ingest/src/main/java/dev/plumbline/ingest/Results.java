package dev.plumbline.ingest;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Pipe;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.ingest.input.archive.Archive;
import dev.plumbline.ingest.mapping.MappedReader;
import dev.plumbline.ingest.mapping.Mapping;
import dev.plumbline.ingest.mapping.Mappings;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
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
 * Reading reading = Results.with(ImportContext.unknown(now)).read(Path.of("jmh-result.json"), sink);
 * }</pre>
 */
public final class Results {
    private static final Pattern EMPTY_LIST = Pattern.compile("\\s*\\[\\s*\\]\\s*");

    private final ImportContext surroundings;
    private final Mappings mappings;
    private final Map<Path, String> names;

    private Results(ImportContext surroundings, Mappings mappings, Map<Path, String> names) {
        this.surroundings = requireNonNull(surroundings, "surroundings");
        this.mappings = requireNonNull(mappings, "mappings");
        this.names = Map.copyOf(names);
    }

    /** Reads results for which the surroundings hold where the results say nothing. */
    public static Results with(ImportContext surroundings) {
        return new Results(surroundings, Mappings.NONE, Map.of());
    }

    /** Also reads files of any other JSON or CSV that a mapping is for. */
    public Results withMappings(Mappings declared) {
        return new Results(surroundings, declared, names);
    }

    /** Calls a file by another name: what came from standard input is kept in a file that nobody knows. */
    public Results withName(Path file, String name) {
        Map<Path, String> more = new HashMap<>(names);
        more.put(file, name);
        return new Results(surroundings, mappings, more);
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
        try (Source source = source(file)) {
            Optional<Archive> archive = Archive.of(source);
            if (archive.isPresent()) {
                return read(
                        source, archive.get(), forced, forced.isPresent() ? Optional.empty() : mappings.of(file), sink);
            }
            Optional<Mapping> mapping = forced.isPresent() ? Optional.empty() : mappings.of(file);
            return read(source, forced, mapping, sink);
        }
    }

    /** A pipe can be read only once, and is kept for that; a file is read where it is. */
    private Source source(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            return Pipe.source(file);
        }
        String name = names.get(file);
        return name == null ? Source.of(file) : Source.of(file, name);
    }

    /** Reads every entry; what is no result is told of, for an archive may well hold something else. */
    private Reading read(
            Source source, Archive archive, Optional<Format> forced, Optional<Mapping> mapping, RunSink sink)
            throws IOException {
        long[] counts = new long[3];
        try {
            archive.forEach(entry -> {
                try {
                    Reading reading = read(entry, forced, mapping, sink);
                    counts[0] += reading.measurements();
                    counts[1] += reading.problems();
                    counts[2]++;
                } catch (UnreadableInput e) {
                    if (!e.isNoResult()) {
                        throw e; // half of a result is no result
                    }
                    counts[1]++;
                    sink.problem(new Problem(e.where(), e.what()));
                }
            });
        } catch (EOFException | ZipException e) {
            throw unreadable(source, e);
        }
        if (counts[2] == 0) {
            throw UnreadableInput.noResult(source.name(), "is an archive in which no result file was found");
        }
        return new Reading(Optional.empty(), counts[0], counts[1]);
    }

    /** Reads any source that is no archive, for example standard input: {@code Source.of("<stdin>", System.in)}. */
    public Reading read(Source source, Optional<Format> forced, RunSink sink) throws IOException {
        return read(source, forced, Optional.empty(), sink);
    }

    private Reading read(Source source, Optional<Format> forced, Optional<Mapping> mapping, RunSink sink)
            throws IOException {
        CheckedSink checked = new CheckedSink(source.name(), sink);
        try {
            Optional<Format> format = Optional.empty();
            if (mapping.isPresent()) {
                new MappedReader(mapping.get()).read(source, surroundings, checked);
                tell(openEnd(source), checked);
            } else {
                format = Optional.of(recognised(source, forced));
                format.get().read(source, surroundings, checked);
                switch (format.get().lastLine()) {
                    case OPEN -> {}
                    case AS_WRITTEN -> tell(openEnd(source), checked);
                    case ENDED -> refuse(openEnd(source));
                }
            }
            checked.end();
            return new Reading(format, checked.measurements(), checked.problems());
        } catch (JacksonIOException e) {
            throw unreadable(source, e.getCause() == null ? new IOException(e) : e.getCause());
        } catch (JacksonException e) {
            throw unreadable(source, e);
        } catch (IOException e) {
            throw unreadable(source, e);
        }
    }

    private static void tell(Optional<String> openEnd, CheckedSink sink) {
        openEnd.ifPresent(where -> sink.problem(new Problem(
                where,
                "the last line has no end and is read as it is; if the file was cut off, digits may be missing")));
    }

    private static void refuse(Optional<String> openEnd) throws UnreadableInput {
        if (openEnd.isPresent()) {
            throw new UnreadableInput(
                    openEnd.get(),
                    "the last line has no end, as in a file that was cut off: make or copy it again, or end the line if"
                            + " it is whole");
        }
    }

    /**
     * Where a last line has no end, which may be cut off, {@code 1420} to {@code 142}. JSON and XML tell by themselves
     * when they are not whole.
     */
    private static Optional<String> openEnd(Source source) throws IOException {
        Optional<String> end = source.openEnd();
        if (end.isEmpty()) {
            return end;
        }
        Head head = source.head();
        return head.isObject() || head.isList() || head.text().stripLeading().startsWith("<") ? Optional.empty() : end;
    }

    /** The format that a source has. */
    private static Format recognised(Source source, Optional<Format> forced) throws IOException {
        Head head = source.head();
        boolean isJmh = forced.isEmpty() || forced.get() == Format.JMH_JSON;
        if (isJmh && EMPTY_LIST.matcher(head.text()).matches()) { // no other known tool writes just this
            throw UnreadableInput.noResult(source.name(), "JMH wrote no results: did the filter match?");
        }
        if (forced.isPresent()) {
            return forced.get();
        }
        return Format.of(head).orElseThrow(() -> {
            String what = "is not in a known format: it is " + head.description() + ". \"plumb formats\" lists the "
                    + Format.values().length + " that are read; --format NAME reads it as one of them, a"
                    + " table of your own can be written as plumbline-csv, and a"
                    + " mapping in plumbline.yaml reads any other JSON or CSV";
            return head.isDamagedJson()
                    ? new UnreadableInput(source.name(), what)
                    : UnreadableInput.noResult(source.name(), what);
        });
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
                    "is compressed and cut off or damaged"
                            + (cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")")
                            + "; make or copy it again",
                    cause);
        }
        return cause instanceof FileSystemException
                ? cause
                : new IOException(source.name() + ": cannot be read: " + cause.getMessage(), cause);
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
