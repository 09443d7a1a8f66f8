package dev.plumbline.publish.gitlab;

import dev.plumbline.publish.CommentText;
import dev.plumbline.publish.Publication;
import dev.plumbline.publish.PublishFailure;
import dev.plumbline.publish.http.Refusal;
import dev.plumbline.publish.http.Service;
import dev.plumbline.report.format.JsonValue;
import java.util.List;
import java.util.OptionalLong;

/**
 * The one note of a publication on a merge request, written once and then changed. A note is ours when it begins with
 * the marker and the token's owner wrote it.
 */
final class StickyNote {
    private static final int MOST_PAGES = 30;
    private static final int PAGE = 100;
    private static final int ATTEMPTS = 3;

    private final Service gitlab;
    private final String notes;

    /** @param notes the path of the merge request's notes */
    StickyNote(Service gitlab, String notes) {
        this.gitlab = gitlab;
        this.notes = notes;
    }

    /** @return what was done, in words */
    String publish(Publication publication) throws PublishFailure, InterruptedException {
        String marker = CommentText.marker(publication);
        try {
            return write(marker, CommentText.full(publication));
        } catch (Refusal e) {
            if (e.isTooLong()) {
                return write(marker, CommentText.brief(publication)) + ", shortened";
            }
            throw e;
        }
    }

    private String write(String marker, String body) throws PublishFailure, InterruptedException {
        OptionalLong owner = gitlab.get("/user").get("id").integer();
        for (int attempt = 1; ; attempt++) {
            OptionalLong known = find(marker, owner);
            try {
                if (known.isEmpty()) {
                    gitlab.post(notes, json -> json.text("body", body));
                    return "wrote a note on the merge request";
                }
                gitlab.put("PUT", notes + "/" + known.getAsLong(), json -> json.text("body", body));
                return "updated the note on the merge request";
            } catch (Refusal e) {
                boolean gone = e.status() == 404 && known.isPresent();
                if (attempt == ATTEMPTS || !gone && e.status() < 500) {
                    throw e;
                }
                // perhaps it was written all the same: look before writing again
            }
        }
    }

    private OptionalLong find(String marker, OptionalLong owner) throws PublishFailure, InterruptedException {
        for (int page = 1; page <= MOST_PAGES; page++) {
            List<JsonValue> all = gitlab.get(notes + "?sort=asc&order_by=created_at&per_page=" + PAGE + "&page=" + page)
                    .elements();
            for (JsonValue note : all) {
                boolean marked = note.get("body")
                        .text()
                        .filter(text -> text.startsWith(marker))
                        .isPresent();
                if (marked
                        && owner.isPresent()
                        && note.get("author").get("id").integer().equals(owner)) {
                    return note.get("id").integer();
                }
            }
            if (all.size() < PAGE) {
                break;
            }
        }
        return OptionalLong.empty();
    }
}
