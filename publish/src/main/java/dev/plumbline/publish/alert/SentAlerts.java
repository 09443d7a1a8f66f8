package dev.plumbline.publish.alert;

import dev.plumbline.publish.PublishFailure;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.format.JsonValue;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The reasons that channels have received already, by channel and branch. A small file beside the history keeps them;
 * without it everything is sent again, which is the safe side.
 */
final class SentAlerts implements Closeable {
    private static final String SCHEMA = "plumbline-published/2";

    /** Knew Slack alone. */
    private static final String FIRST_SCHEMA = "plumbline-published/1";

    private static final String ACKNOWLEDGED = "acknowledged";
    private static final int MOST_BYTES = 16 << 20;
    private static final int MOST_BRANCHES = 1_000;

    private final Path file;
    private final FileChannel lock;
    private final Map<String, Map<String, Sent>> channels = new LinkedHashMap<>();

    /**
     * The messages about a branch since its gate failed.
     *
     * @param thread identifies them; empty where none was sent
     * @param ids of the reasons that were sent and are not over; none where the gate passes
     * @param isAcknowledged whether the gate passes nevertheless, because they are triaged
     */
    record Sent(String thread, Set<String> ids, boolean isAcknowledged) {
        static final Sent NOTHING = new Sent("", Set.of(), false);

        Sent {
            ids = Set.copyOf(ids);
        }
    }

    private SentAlerts(Path file, FileChannel lock) {
        this.file = file;
        this.lock = lock;
    }

    /**
     * Reads the file and keeps other processes from it until this is closed. A file that is missing or not ours counts
     * as empty.
     */
    static SentAlerts locked(Path file) throws PublishFailure {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            FileChannel lock = FileChannel.open(
                    file.resolveSibling("." + file.getFileName() + ".lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            lock.lock(); // until the channel is closed
            return read(file, lock);
        } catch (IOException e) {
            throw new PublishFailure("cannot read or write " + file.getFileName()
                    + ", which records what was reported; nothing was sent");
        }
    }

    private static SentAlerts read(Path file, FileChannel lock) {
        SentAlerts sent = new SentAlerts(file, lock);
        if (!Files.isRegularFile(file)) {
            return sent;
        }
        try (InputStream in = Files.newInputStream(file)) {
            JsonValue json = JsonValue.read(new ByteArrayInputStream(in.readNBytes(MOST_BYTES)));
            String schema = json.get("schema").text().orElse("");
            if (schema.equals(SCHEMA)) {
                json.get("channels").members().forEach((channel, branches) -> branches.members()
                        .forEach((branch, one) -> sent.branchesOf(channel)
                                .put(
                                        branch,
                                        new Sent(
                                                one.get("thread").text().orElse(""),
                                                ids(one.get("reasons")),
                                                one.get("state")
                                                        .text()
                                                        .filter(ACKNOWLEDGED::equals)
                                                        .isPresent()))));
            } else if (schema.equals(FIRST_SCHEMA)) {
                json.get("slack").members().forEach((branch, ids) -> sent.branchesOf("slack")
                        .put(branch, new Sent("", ids(ids), false)));
            }
        } catch (IOException e) {
            sent.channels.clear(); // sent once more is better than never
        }
        return sent;
    }

    private static Set<String> ids(JsonValue json) {
        Set<String> ids = new LinkedHashSet<>();
        json.elements().forEach(id -> id.text().ifPresent(ids::add));
        return ids;
    }

    private Map<String, Sent> branchesOf(String channel) {
        return channels.computeIfAbsent(channel, none -> new LinkedHashMap<>());
    }

    Sent of(String channel, String branch) {
        return channels.getOrDefault(channel, Map.of()).getOrDefault(branch, Sent.NOTHING);
    }

    /** Records what was sent about a branch, and writes the file. */
    void remember(String channel, String branch, Sent now) throws PublishFailure {
        Map<String, Sent> branches = branchesOf(channel);
        branches.remove(branch); // to the end: what was not seen for longest is forgotten first
        if (!now.ids().isEmpty()) {
            branches.put(branch, now);
        }
        while (branches.size() > MOST_BRANCHES) {
            branches.remove(branches.keySet().iterator().next());
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
                    "channels",
                    () -> channels.forEach((channel, branches) -> json.object(
                            channel,
                            () -> branches.forEach((branch, one) -> json.object(branch, () -> {
                                json.text("thread", one.thread());
                                json.text("state", one.isAcknowledged() ? ACKNOWLEDGED : "failing");
                                json.array("reasons", List.copyOf(one.ids()), json::text);
                            })))));
        });
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            // the process ends soon, and its locks with it
        }
    }
}
