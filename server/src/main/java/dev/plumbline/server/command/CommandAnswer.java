package dev.plumbline.server.command;

import static java.util.Objects.requireNonNull;

import dev.plumbline.report.format.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The answer of a command that ran on another machine.
 *
 * @param exitCode of the command
 * @param out what it wrote to standard output
 * @param err what it wrote to the error stream
 * @param files what it wrote, by names from the root of the caller's file system on, with slashes
 * @param removed what of the files that were sent it deleted, named so too
 * @param report of a check or a comparison as JSON, if requested
 */
public record CommandAnswer(
        int exitCode,
        Path out,
        Path err,
        SortedMap<String, Path> files,
        SortedSet<String> removed,
        Optional<Path> report) {
    private static final String DOCUMENT = "answer.json";
    private static final String OUT = "stdout";
    private static final String ERR = "stderr";
    private static final String REPORT = "report";
    private static final int MOST_EXIT_CODE = 255;
    private static final int VERSION = 1;

    public CommandAnswer {
        requireNonNull(out, "out");
        requireNonNull(err, "err");
        files = new TreeMap<>(files);
        removed = new TreeSet<>(removed);
        requireNonNull(report, "report");
    }

    /** Writes the answer with the names that files have on the caller's machine; the stream stays open. */
    void write(OutputStream stream, NamesOfCaller names) throws IOException {
        try (Packet packet = new Packet(stream)) {
            packet.json(
                    DOCUMENT,
                    json -> json.object(() -> {
                        json.text("schema", "plumbline-answer/" + VERSION);
                        json.integer("exitCode", exitCode);
                        json.array("removed", removed, json::text);
                    }));
            packet.file(OUT, out, names);
            packet.file(ERR, err, names);
            if (report.isPresent()) {
                packet.file(REPORT, report.get(), names);
            }
            for (Map.Entry<String, Path> file : files.entrySet()) {
                packet.file(Packet.FILES + "/" + file.getKey(), file.getValue(), names);
            }
        }
    }

    /**
     * Reads an answer.
     *
     * @param folder an empty folder, which gets what is in it
     * @param mostBytes of everything, unpacked
     * @throws MalformedPacket if it is no answer, or too large
     */
    public static CommandAnswer read(InputStream in, Path folder, long mostBytes) throws IOException {
        JsonValue json = Packet.unpack(in, DOCUMENT, Set.of(OUT, ERR, REPORT), folder, mostBytes);
        Optional<String> schema = json.get("schema").text();
        Path out = folder.resolve(OUT);
        Path err = folder.resolve(ERR);
        if (schema.filter(text -> text.equals("plumbline-answer/" + VERSION)).isEmpty()
                || !Files.exists(out)
                || !Files.exists(err)) {
            throw new MalformedPacket("is not an answer to a command, or has a newer format");
        }
        SortedMap<String, Path> files = new TreeMap<>();
        Path unpacked = folder.resolve(Packet.FILES);
        if (Files.isDirectory(unpacked)) {
            try (Stream<Path> all = Files.walk(unpacked)) {
                all.filter(Files::isRegularFile)
                        .forEach(file ->
                                files.put(unpacked.relativize(file).toString().replace('\\', '/'), file));
            }
        }
        int exitCode = (int) json.get("exitCode").integer().orElse(-1);
        if (exitCode < 0 || exitCode > MOST_EXIT_CODE) {
            throw new MalformedPacket("has no exit code");
        }
        SortedSet<String> removed = new TreeSet<>();
        for (JsonValue one : json.get("removed").elements()) {
            String name = one.text().orElse("");
            Packet.checkName(name);
            removed.add(name);
        }
        return new CommandAnswer(
                exitCode,
                out,
                err,
                files,
                removed,
                Optional.of(folder.resolve(REPORT)).filter(Files::exists));
    }
}
