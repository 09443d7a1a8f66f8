package dev.plumbline.pipeline.history.exchange;

import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.format.JsonValue;
import dev.plumbline.store.copy.HistoryCopy;
import dev.plumbline.store.sql.dialect.HistoryTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A history as a folder: a Parquet file for each table, and a document with the digest of all rows. */
record ParquetFolder(Path folder) {
    /** The form of the folder. */
    private static final String SCHEMA = "plumbline-parquet/1";

    Path file(HistoryTable table) {
        return folder.resolve(table.name() + ".parquet");
    }

    private Path document() {
        return folder.resolve("history.json");
    }

    /** Comes last: a folder without it is a part. */
    void describe(HistoryCopy.Copied all) throws IOException {
        try (OutputStream out = Files.newOutputStream(document())) {
            JsonText.write(
                    out,
                    json -> json.object(() -> {
                        json.text("schema", SCHEMA);
                        json.integer("rows", all.rows());
                        json.text("digest", all.digest());
                    }));
        }
    }

    /**
     * The digest that the document states.
     *
     * @throws UnreadableInput if there is none, or a file is missing
     */
    String digest() throws IOException {
        if (!Files.isRegularFile(document())) {
            throw new UnreadableInput(
                    folder.toString(), "is no history that plumb store export wrote: it has no history.json");
        }
        JsonValue stated;
        try (InputStream in = Files.newInputStream(document())) {
            stated = JsonValue.read(in);
        }
        if (!stated.get("schema").text().orElse("").equals(SCHEMA)) {
            throw new UnreadableInput(document().toString(), "is of another form than " + SCHEMA);
        }
        for (HistoryTable table : HistoryTable.ALL) {
            if (!Files.isRegularFile(file(table))) {
                throw new UnreadableInput(folder.toString(), "has no " + table.name() + ".parquet");
            }
        }
        return stated.get("digest")
                .text()
                .orElseThrow(() -> new UnreadableInput(document().toString(), "has no digest"));
    }
}
