package dev.plumbline.ingest;

import java.io.IOException;
import java.io.OutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/** The list of formats for programs: {@code {"schema": "plumbline-formats/1", "formats": [{"id": …}]}}. */
public final class FormatsJson {
    private static final JsonFactory FACTORY =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private FormatsJson() {}

    /**
     * Writes the list, one format in a line.
     *
     * @param out is flushed and left open
     * @throws IOException when the stream fails
     */
    public static void write(OutputStream out) throws IOException {
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("schema", "plumbline-formats/1");
            json.writeName("formats");
            json.writeStartArray();
            for (Format format : Format.sorted()) {
                json.writeRaw('\n');
                write(format, json);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
        out.flush();
    }

    private static void write(Format format, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("id", format.id());
        json.writeStringProperty("title", format.title());
        json.writeName("checkedWith");
        json.writeStartArray();
        format.checkedWith().forEach(json::writeString);
        json.writeEndArray();
        json.writeStringProperty("kept", format.kept());
        json.writeStringProperty("example", format.example());
        json.writeEndObject();
    }
}
