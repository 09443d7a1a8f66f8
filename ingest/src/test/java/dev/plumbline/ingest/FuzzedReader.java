package dev.plumbline.ingest;

import dev.plumbline.core.model.Run;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.ingest.neutral.NeutralJsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What any bytes may do to a reader: be refused with place and reason, or give runs that come out of Plumbline JSON as
 * they went in.
 *
 * <p>The two static methods are what the fuzzer Jazzer calls; {@code scripts/fuzz} starts it, and
 * {@link FuzzCorpusTest} replays what it kept.
 */
public final class FuzzedReader {
    /** The word for files whose format is found out, archives among them. */
    static final String RECOGNISED = "recognised";

    private static final String NAME = "fuzzed.json";

    private static FuzzedReader fuzzed;

    private final Optional<Format> format;

    /** The reader of one format, or with {@link #RECOGNISED} whichever the content asks for. */
    FuzzedReader(String id) {
        this.format = id.equals(RECOGNISED)
                ? Optional.empty()
                : Optional.of(Format.withId(id)
                        .orElseThrow(() -> new IllegalArgumentException("no format has the id " + id)));
    }

    /** Prints what can be fuzzed. */
    public static void main(String[] arguments) {
        ids().forEach(System.out::println);
    }

    /** All formats, and the word for files whose format is found out. */
    static List<String> ids() {
        return Stream.concat(Stream.of(Format.values()).map(Format::id), Stream.of(RECOGNISED))
                .toList();
    }

    /** Called once by the fuzzer. */
    public static void fuzzerInitialize(String[] arguments) {
        fuzzed = new FuzzedReader(arguments[0]);
    }

    /** Called by the fuzzer for every input it invents. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        fuzzed.read(input);
    }

    /**
     * Reads an input.
     *
     * @throws AssertionError if it is refused without a place or a reason, or is not what it was when it comes back
     */
    void read(byte[] input) throws IOException {
        Gathered gathered = new Gathered();
        try {
            if (format.isPresent()) {
                Results.with(ImportContext.unknown(Gathered.NOW)).read(Source.of(NAME, input), format, gathered);
            } else {
                readFile(input, gathered);
            }
        } catch (UnreadableInput e) {
            if (e.what().isBlank() || !e.where().contains(NAME)) {
                throw new AssertionError("refused without a place or a reason: " + e, e);
            }
            return;
        }
        comesBackAsItWent(gathered.runs());
    }

    /** Archives are told from files, so there has to be one. */
    private static void readFile(byte[] input, Gathered gathered) throws IOException {
        Path folder = Files.createTempDirectory("plumbline-fuzz");
        Path file = folder.resolve(NAME);
        try {
            Files.write(file, input);
            Results.with(ImportContext.unknown(Gathered.NOW)).read(file, gathered);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    private static void comesBackAsItWent(List<Run> runs) throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (NeutralJsonWriter writer = new NeutralJsonWriter(written)) {
            runs.forEach(writer::write);
        }
        List<Run> back = runs.isEmpty()
                ? runs
                : Gathered.of("copy.json", written.toByteArray()).runs();
        if (!back.equals(runs)) {
            throw new AssertionError("went in as " + runs + "\nand came back as " + back);
        }
    }
}
