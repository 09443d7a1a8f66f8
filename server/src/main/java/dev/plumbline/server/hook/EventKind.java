package dev.plumbline.server.hook;

import java.util.Optional;
import java.util.stream.Stream;

/** The subjects of messages. */
public enum EventKind {
    CHECK_FINISHED("check.finished"),
    INCIDENT_OPENED("incident.opened"),
    INCIDENT_CLOSED("incident.closed"),
    ACCEPTANCE_RECORDED("acceptance.recorded"),
    ACCEPTANCE_REVOKED("acceptance.revoked"),

    /** A repository that is connected to a project has other commits now. */
    COMMITS_CHANGED("commits.changed"),

    /** The newest commit of a pull request has no results yet. */
    COMMIT_AWAITED("commit.awaited"),

    /** A test message; every webhook receives those created for it. */
    TEST("test");

    private final String text;

    EventKind(String text) {
        this.text = text;
    }

    /** As messages and requests have it. */
    public String text() {
        return text;
    }

    /** The kinds that a webhook chooses between. */
    public static Stream<EventKind> chosen() {
        return Stream.of(values()).filter(kind -> kind.compareTo(COMMITS_CHANGED) < 0);
    }

    /** The one that a webhook can choose by this text. */
    public static Optional<EventKind> of(String text) {
        return chosen().filter(kind -> kind.text.equals(text)).findFirst();
    }
}
