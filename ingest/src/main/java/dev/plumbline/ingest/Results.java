package dev.plumbline.ingest;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.RunSink;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.ZipException;
import tools.jackson.core.JacksonException;

/**
 * Reads benchmark results in any supported format, detected from the content and not from the file name.
 *
 * <pre>{@code
 * Reading reading = Results.with(ImportContext.unknown(now)).read(Path.of("jmh-result.json"), sink);
 * }</pre>
 */
public final class Results {
    private final ImportContext importContext;
    private final Mappings mappings;
    private final Map<Path, String> names;
    private final Function<Path, String> naming;

    private Results(
            ImportContext importContext, Mappings mappings, Map<Path, String> names, Function<Path, String> naming) {
        this.importContext = requireNonNull(importContext, "surroundings");
        this.mappings = requireNonNull(mappings, "mappings");
        this.names = Map.copyOf(names);
        this.naming = requireNonNull(naming, "naming");
    }

    /** Results with surroundings for the facts that the results lack. */
    public static Results with(ImportContext importContext) {
        return new Results(importContext, Mappings.NONE, Map.of(), Path::toString);
    }

    /** Also reads files of any other JSON or CSV that a mapping is for. */
    public Results withMappings(Mappings declared) {
        return new Results(importContext, declared, names, naming);
    }

    /** Gives a file another name: standard input is kept in a file whose name is unknown to the user. */
    public Results withName(Path file, String name) {
        Map<Path, String> more = new HashMap<>(names);
        more.put(file, name);
        return new Results(importContext, mappings, more, naming);
    }

    /** Gives all files other names: they have other places on the machine that they come from. */
    public Results withNames(Function<Path, String> shown) {
        return new Results(importContext, mappings, names, shown);
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
            throw new UnreadableInput(naming.apply(file), "is a folder; name the result files in it");
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
        return name == null ? Source.of(file).shownAs(naming.apply(file)) : Source.of(file, name);
    }

    /** Reads every entry; what is no result is reported and skipped, since an archive may hold other files. */
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
            throw ReadFailure.of(source, e);
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
                new MappedReader(mapping.get()).read(source, importContext, checked);
                LastLine.AS_WRITTEN.check(source, checked);
            } else {
                format = Optional.of(FormatDetector.formatOf(source, forced));
                format.get().read(source, importContext, checked);
                format.get().lastLine().check(source, checked);
            }
            checked.end();
            return new Reading(format, checked.measurements(), checked.problems());
        } catch (JacksonException e) {
            throw ReadFailure.of(source, e);
        } catch (IOException e) {
            throw ReadFailure.of(source, e);
        }
    }
}
