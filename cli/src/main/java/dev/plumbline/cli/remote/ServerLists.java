package dev.plumbline.cli.remote;

import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.report.format.JsonValue;
import dev.plumbline.report.terminal.TerminalText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Lists of a project on a server, page after page. */
final class ServerLists {
    private static final int PAGE = 1_000;

    /** An id has 32 digits, the digest of a file 64. */
    private static final String ID = "[0-9a-f]{4,64}";

    private final ServerConnection connection;

    ServerLists(ServerConnection connection) {
        this.connection = connection;
    }

    /** Takes elements until it has enough. */
    private void forEach(String path, Predicate<JsonValue> wantsMore) throws IOException {
        Optional<String> cursor = Optional.empty();
        do {
            String from = cursor.map(next -> "&cursor=" + next).orElse("");
            JsonValue page = connection.get(path + "?limit=" + PAGE + from);
            for (JsonValue element : page.get("items").elements()) {
                if (!wantsMore.test(element)) {
                    return;
                }
            }
            cursor = page.get("next").text().filter(next -> next.matches("[A-Za-z0-9_-]{1,100}"));
        } while (cursor.isPresent());
    }

    /** The first elements of a list. */
    List<JsonValue> first(String path, int most) throws IOException {
        List<JsonValue> all = new ArrayList<>();
        forEach(path, element -> {
            all.add(element);
            return all.size() < most;
        });
        return all;
    }

    /**
     * The only element whose id begins with the given text.
     *
     * @param member the id's name
     * @param what what an element is called
     * @throws WrongRequest if there is none, or several
     */
    String only(String path, String member, String what, String prefix) throws IOException {
        if (!prefix.matches(ID)) {
            throw new WrongRequest(TerminalText.escape(prefix) + " is not an id of a " + what
                    + ": it has 4 or more of the digits 0-9 and a-f");
        }
        List<String> found = new ArrayList<>();
        forEach(path, element -> {
            element.get(member).text().filter(id -> id.startsWith(prefix)).ifPresent(found::add);
            return found.size() < 2;
        });
        if (found.size() > 1) {
            throw new WrongRequest("several " + what + "s begin with " + prefix + ", such as"
                    + " " + found.get(0) + " and "
                    + found.get(1) + "; write more digits");
        }
        return found.stream()
                .findFirst()
                .orElseThrow(() -> new WrongRequest("no " + what + " of the project begins with " + prefix));
    }

    /** The id of the run that begins so. */
    String run(String prefix) throws IOException {
        return only("runs", "id", "run", prefix);
    }
}
