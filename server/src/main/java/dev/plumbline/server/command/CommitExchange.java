package dev.plumbline.server.command;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.repository.CommitStore;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.format.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Transfers the commits of a repository to a server: it reports which of the given commits it has, and receives the
 * missing ones.
 */
public final class CommitExchange {
    private static final int MOST_BYTES = 4 << 20;

    private final CommitStore commits;

    public CommitExchange(CommitStore commits) {
        this.commits = requireNonNull(commits, "commits");
    }

    /** Writes the question that {@link #answer} answers. */
    public static void ask(Collection<String> ids, OutputStream out) throws IOException {
        JsonText.line(out, json -> json.object(() -> json.array("commits", ids, json::text)));
    }

    /**
     * Answers which commits are here, as {@link #readAnswer} reads it.
     *
     * @throws MalformedPacket if that is not asked, or too much
     */
    public void answer(InputStream question, OutputStream answer) throws IOException {
        CommitStore.Known known = commits.known(texts(read(question).get("commits")));
        JsonText.line(
                answer,
                json -> json.object(() -> {
                    json.array("commits", new TreeSet<>(known.commits()), json::text);
                    json.array("complete", new TreeSet<>(known.complete()), json::text);
                }));
    }

    /** Reads the answer. */
    public static CommitStore.Known readAnswer(InputStream answer) throws IOException {
        JsonValue json = read(answer);
        return new CommitStore.Known(texts(json.get("commits")), texts(json.get("complete")));
    }

    /**
     * Takes what {@link dev.plumbline.pipeline.repository.CommitPack} wrote.
     *
     * @throws MalformedPacket if it is something else, has contents of files in it, or is too large
     */
    public void add(InputStream pack, long mostBytes) throws IOException {
        try {
            commits.add(pack, mostBytes);
        } catch (WrongRequest e) {
            throw new MalformedPacket(e.getMessage());
        }
    }

    private static JsonValue read(InputStream in) throws IOException {
        byte[] text = in.readNBytes(MOST_BYTES + 1);
        if (text.length > MOST_BYTES) {
            throw MalformedPacket.tooLarge("has more than " + MOST_BYTES + " bytes");
        }
        try {
            return JsonValue.read(new java.io.ByteArrayInputStream(text));
        } catch (IOException e) {
            throw new MalformedPacket(e.getMessage());
        }
    }

    private static Set<String> texts(JsonValue json) {
        List<JsonValue> elements = json.elements();
        return elements.stream().flatMap(one -> one.text().stream()).collect(Collectors.toSet());
    }
}
