package dev.plumbline.server.people;

import java.time.Instant;

/**
 * One history with its people.
 *
 * @param id stays the same when the project gets another name; its history is kept under it
 * @param isPublic whether everybody may read it, signed in or not
 * @param hasPublicBadge whether everybody may see its badge, even if it is private
 */
public record Project(
        String id, Organisation organisation, Name name, boolean isPublic, boolean hasPublicBadge, Instant createdAt) {
    /** Its name with that of the organisation, as in addresses. */
    public String path() {
        return organisation.name() + "/" + name;
    }
}
