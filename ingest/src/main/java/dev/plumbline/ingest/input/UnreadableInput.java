package dev.plumbline.ingest.input;

import static java.util.Objects.requireNonNull;

import java.io.IOException;

/**
 * A file that cannot be read completely: truncated, binary, in another encoding, nested too deeply, or in no known
 * format.
 *
 * <p>Whatever was read of it before must be thrown away.
 */
public final class UnreadableInput extends IOException {
    private static final long serialVersionUID = 1L;

    private final String where;
    private final String what;
    private final boolean noResult;

    /**
     * @param where the file and, if known, the position in it: {@code results/jmh.json:12:7}
     * @param what what is wrong and what helps
     */
    public UnreadableInput(String where, String what) {
        this(where, what, false);
    }

    private UnreadableInput(String where, String what, boolean noResult) {
        super(where + ": " + what);
        this.where = requireNonNull(where, "where");
        this.what = requireNonNull(what, "what");
        this.noResult = noResult;
    }

    /**
     * The error for a file that is something else than a result, such as a picture or a page beside the results in a
     * folder.
     */
    public static UnreadableInput noResult(String where, String what) {
        return new UnreadableInput(where, what, true);
    }

    /** The same with the cause. */
    public UnreadableInput(String where, String what, Throwable cause) {
        this(where, what);
        initCause(cause);
    }

    /** Whether the file is something else than a result, and not a result that is damaged. */
    public boolean isNoResult() {
        return noResult;
    }

    public String where() {
        return where;
    }

    public String what() {
        return what;
    }
}
