package dev.plumbline.server.http;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** An error response (RFC 9457). */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Kind kind;
    private final transient Optional<Duration> retryAfter;

    /** The kinds of problem, with the status and the words of each. */
    public enum Kind {
        INVALID(400, "Invalid request"),
        UNAUTHENTICATED(401, "Not signed in"),
        FORBIDDEN(403, "Not allowed"),
        NOT_FOUND(404, "Not found"),
        WRONG_METHOD(405, "Method not allowed"),
        TOO_SLOW(408, "Too slow"),
        CONFLICT(409, "Conflict"),
        TOO_LARGE(413, "Too large"),
        WRONG_TYPE(415, "Unsupported media type"),
        UNREADABLE(422, "Unreadable results"),
        REUSED_KEY(422, "Idempotency key of another request"),
        TOO_MANY(429, "Too many requests"),
        BROKEN(500, "Internal error"),
        UNAVAILABLE(503, "Unavailable");

        private final int status;
        private final String title;

        Kind(int status, String title) {
            this.status = status;
            this.title = title;
        }

        public int status() {
            return status;
        }

        public String title() {
            return title;
        }

        /** An identifier that programs can compare. */
        String type() {
            return "urn:plumbline:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private Problem(Kind kind, String detail, Optional<Duration> retryAfter) {
        super(detail, null, false, false);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    public static Problem of(Kind kind, String detail) {
        return new Problem(kind, detail, Optional.empty());
    }

    public static Problem invalid(String detail) {
        return of(Kind.INVALID, detail);
    }

    /** The problem of a resource that is absent, or invisible to the caller. */
    public static Problem notFound() {
        return of(Kind.NOT_FOUND, "not found, or you have no access");
    }

    public static Problem tooMany(Duration wait) {
        return new Problem(
                Kind.TOO_MANY, "too many requests; wait " + seconds(wait) + " s and try again", Optional.of(wait));
    }

    public static Problem underWay(String detail, Duration wait) {
        return new Problem(Kind.CONFLICT, detail, Optional.of(wait));
    }

    public static Problem unavailable(String detail, Duration wait) {
        return new Problem(Kind.UNAVAILABLE, detail, Optional.of(wait));
    }

    public Kind kind() {
        return kind;
    }

    /** For the header {@code Retry-After}. */
    public Optional<Long> retryAfterSeconds() {
        return retryAfter.map(Problem::seconds);
    }

    private static long seconds(Duration wait) {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }
}
