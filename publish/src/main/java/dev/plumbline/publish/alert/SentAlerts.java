package dev.plumbline.publish.slack;

import dev.plumbline.publish.PublishFailure;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.format.JsonValue;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The reasons that a channel has already received: the ids of those that failed the gate, by branch. A small file
 * beside the history stores them; without it everything is sent again, which is the safe side.
 */
final class SlackFindings {
    private static final String SCHEMA = "plumbline-published/1";
    private static final int MOST_BYTES = 16 << 20;
    private static final int MOST_BRANCHES = 1_000;

    private final Path file;
    private final Map<String, Set<String>> reported = new LinkedHashMap<>();

    private SlackFindings(Path file) {
        this.file = file;
    }

    /** Reads the file; one that is missing or not ours counts as empty. */
    static SlackFindings read(Path file) {
        SlackFindings reported = new SlackFindings(file);
        if (!Files.isRegularFile(file)) {
            return reported;
        }
        try (InputStream in = Files.newInputStream(file)) {
            JsonValue json = JsonValue.read(new ByteArrayInputStream(in.readNBytes(MOST_BYTES)));
            if (json.get("schema").text().filter(SCHEMA::equals).isPresent()) {
                json.get("slack").members().forEach((branch, ids) -> {
                    Set<String> known = new LinkedHashSet<>();
                    ids.elements().forEach(id -> id.text().ifPresent(known::add));
                    reported.reported.put(branch, known);
                });
            }
        } catch (IOException e) {
            reported.reported.clear(); // told once more is better than never
        }
        return reported;
    }

    Set<String> of(String branch) {
        return Set.copyOf(reported.getOrDefault(branch, Set.of()));
    }

    /** Remembers what a branch's gate is closed for now, and writes the file. */
    void remember(String branch, Set<String> ids) throws PublishFailure {
        reported.remove(branch); // to the end: what was not seen for longest is forgotten first
        if (!ids.isEmpty()) {
            reported.put(branch, ids);
        }
        while (reported.size() > MOST_BRANCHES) {
            reported.remove(reported.keySet().iterator().next());
        }
        Path temporary = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
                JsonText.write(out, this::write);
            }
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new PublishFailure(
                    "cannot save the reported reasons in " + file.getFileName() + "; they will be reported again");
        }
    }

    private void write(JsonText json) {
        json.object(() -> {
            json.text("schema", SCHEMA);
            json.object(
                    "slack", () -> reported.forEach((branch, ids) -> json.array(branch, List.copyOf(ids), json::text)));
        });
    }
}
