package dev.plumbline.publish;

import dev.plumbline.report.format.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The result of a publication in words and as JSON. */
public final class DeliveryReport {
    /** The name and version of the JSON form ({@code docs/publish-schema.json}). */
    public static final String SCHEMA = "plumbline-publish/1";

    private DeliveryReport() {}

    /** A line for each thing done or not done; it contains the services' answers unescaped: escape the result. */
    public static String text(Map<String, Delivery> deliveries) {
        List<String> lines = new ArrayList<>();
        deliveries.forEach((channel, delivery) -> {
            delivery.done().forEach(words -> lines.add(channel + ": " + words));
            delivery.failed().forEach(words -> lines.add(channel + ": not published: " + words));
        });
        return String.join("\n", lines);
    }

    /**
     * The same for programs.
     *
     * @param out is flushed and left open
     * @throws IOException when the stream fails
     */
    public static void writeJson(Map<String, Delivery> deliveries, OutputStream out) throws IOException {
        JsonText.write(
                out,
                json -> json.object(() -> {
                    json.text("schema", SCHEMA);
                    json.array(
                            "channels",
                            deliveries.entrySet(),
                            one -> json.object(() -> {
                                json.text("name", one.getKey());
                                json.array("done", one.getValue().done(), json::text);
                                json.array("failed", one.getValue().failed(), json::text);
                            }));
                }));
    }
}
