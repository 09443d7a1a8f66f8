package dev.plumbline.pipeline.threshold;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.config.SettingsDocument;
import dev.plumbline.pipeline.workspace.AtomicFile;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.format.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the settings in force as one document. */
public final class ExportSettings {
    private static final String HEAD = "# The settings of Plumbline in force; plumb threshold import reads them.\n";

    private final Workspace workspace;

    public ExportSettings(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace");
    }

    /**
     * Exports.
     *
     * @param file to write the document to, whole or not at all; empty for reading it only
     * @return the document
     */
    public String export(boolean json, Optional<Path> file) throws IOException {
        String text = text(json);
        if (file.isPresent()) {
            AtomicFile.write(workspace.directory().resolve(file.get()), text.getBytes(StandardCharsets.UTF_8));
        }
        return text;
    }

    private String text(boolean json) throws IOException {
        Map<String, Object> document = SettingsDocument.of(workspace.configuration());
        if (!json) {
            return HEAD + SettingsDocument.yaml(document);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonText.write(out, text -> text.object(() -> members(document, text)));
        return out.toString(StandardCharsets.UTF_8);
    }

    private static void members(Map<?, ?> map, JsonText json) {
        map.forEach((key, value) -> member(key.toString(), value, json));
    }

    private static void member(String key, Object value, JsonText json) {
        if (value instanceof Map<?, ?> map) {
            json.object(key, () -> members(map, json));
        } else if (value instanceof List<?> list) {
            json.array(key, list, item -> item(item, json));
        } else if (value instanceof Integer number) {
            json.integer(key, number);
        } else if (value instanceof Double number) {
            json.number(key, number);
        } else {
            json.text(key, value.toString());
        }
    }

    private static void item(Object item, JsonText json) {
        if (item instanceof Map<?, ?> map) {
            json.object(() -> members(map, json));
        } else {
            json.text(item.toString());
        }
    }
}
