package dev.plumbline.server.backup;

import static java.util.Objects.requireNonNull;

import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.format.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The contents of a backup, as it was made. It is written last, so that a folder without it is no backup.
 *
 * @param at when the backup was made
 * @param version of the program that made it
 * @param hasDatabase whether the server's own database is in it; else it is in PostgreSQL
 * @param files by their names in the folder, with slashes
 * @param rows how many rows the tables of the server's own database have
 * @param histories of projects that have results
 */
record Manifest(
        Instant at,
        String version,
        boolean hasDatabase,
        SortedMap<String, Entry> files,
        SortedMap<String, Long> rows,
        List<History> histories) {
    static final String FILE = "backup.json";
    static final String SCHEMA = "plumbline-backup/1";

    /** Enough for a million files. */
    private static final long LARGEST = 256L << 20;

    Manifest {
        requireNonNull(at, "at");
        requireNonNull(version, "version");
        files = new TreeMap<>(files);
        rows = new TreeMap<>(rows);
        histories = List.copyOf(histories);
    }

    /**
     * A file of the backup.
     *
     * @param sha256 in hexadecimal digits
     */
    record Entry(long bytes, String sha256) {}

    /**
     * The contents of a history.
     *
     * @param id of the project
     * @param name as people write it
     * @param digest of all rows, as {@code plumb store export} has it
     * @param report digest of the newest verdicts with their evidence
     * @param verdict the first line of them
     */
    record History(
            String id, String name, long runs, long measurements, String digest, String report, String verdict) {}

    private void write(JsonText json) {
        json.text("schema", SCHEMA);
        json.text("at", at.toString());
        json.text("version", version);
        json.truth("hasDatabase", hasDatabase);
        json.object(
                "files",
                () -> files.forEach((name, entry) -> json.object(name, () -> {
                    json.integer("bytes", entry.bytes());
                    json.text("sha256", entry.sha256());
                })));
        json.object("rows", () -> rows.forEach(json::integer));
        json.array(
                "histories",
                histories,
                one -> json.object(() -> {
                    json.text("id", one.id());
                    json.text("name", one.name());
                    json.integer("runs", one.runs());
                    json.integer("measurements", one.measurements());
                    json.text("digest", one.digest());
                    json.text("report", one.report());
                    json.text("verdict", one.verdict());
                }));
    }

    /** The digest of all contents, which shows any change. */
    private String digest() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            JsonText.line(out, json -> json.object(() -> write(json)));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return Digests.of(out.toByteArray());
    }

    /** Writes it into the folder of the backup. */
    void writeTo(Path folder) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonText.write(
                out,
                json -> json.object(() -> {
                    write(json);
                    json.text("digest", digest());
                }));
        Files.write(folder.resolve(FILE), out.toByteArray(), StandardOpenOption.CREATE_NEW);
    }

    /** @throws IOException if the folder holds no backup, or its manifest was changed; the message says so */
    static Manifest of(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        JsonValue json;
        try {
            if (Files.size(file) > LARGEST) {
                throw damaged(file, "is too large");
            }
            try (InputStream in = Files.newInputStream(file)) {
                json = JsonValue.read(in);
            }
        } catch (NoSuchFileException e) {
            throw new IOException(
                    folder + ": the backup is incomplete: " + FILE + ", which is written last, is missing", e);
        } catch (IOException e) {
            throw damaged(file, String.valueOf(e.getMessage()));
        }
        if (!json.get("schema").text().equals(Optional.of(SCHEMA))) {
            throw damaged(file, "has another format than " + SCHEMA);
        }
        Manifest manifest;
        try {
            manifest = of(json);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw damaged(file, String.valueOf(e.getMessage()));
        }
        if (!json.get("digest").text().equals(Optional.of(manifest.digest()))) {
            throw damaged(file, "does not match its own digest");
        }
        return manifest;
    }

    private static IOException damaged(Path file, String why) {
        return new IOException(file + ": the backup's list of files is damaged: " + why);
    }

    private static Manifest of(JsonValue json) {
        SortedMap<String, Entry> files = new TreeMap<>();
        for (Map.Entry<String, JsonValue> one : json.get("files").members().entrySet()) {
            files.put(one.getKey(), new Entry(number(one.getValue(), "bytes"), text(one.getValue(), "sha256")));
        }
        SortedMap<String, Long> rows = new TreeMap<>();
        for (String table : json.get("rows").members().keySet()) {
            rows.put(table, number(json.get("rows"), table));
        }
        List<History> histories = new ArrayList<>();
        for (JsonValue one : json.get("histories").elements()) {
            histories.add(new History(
                    text(one, "id"),
                    text(one, "name"),
                    number(one, "runs"),
                    number(one, "measurements"),
                    text(one, "digest"),
                    text(one, "report"),
                    text(one, "verdict")));
        }
        return new Manifest(
                Instant.parse(text(json, "at")),
                text(json, "version"),
                json.get("hasDatabase").isTrue(),
                files,
                rows,
                histories);
    }

    private static String text(JsonValue json, String name) {
        return json.get(name).text().orElseThrow(() -> new IllegalArgumentException("has no text \"" + name + "\""));
    }

    private static long number(JsonValue json, String name) {
        OptionalLong number = json.get(name).integer();
        return number.orElseThrow(() -> new IllegalArgumentException("has no number \"" + name + "\""));
    }
}
