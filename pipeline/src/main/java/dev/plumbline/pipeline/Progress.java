package dev.plumbline.pipeline;

/** Hears how far a use case has come; called often, so it decides itself what to show. */
@FunctionalInterface
public interface Progress {
    /** Nobody listens. */
    Progress SILENT = (what, done, total) -> {};

    /**
     * Something moved on.
     *
     * @param what what is being done: {@code reading jmh.json}
     * @param done how much of it
     * @param total of how much; 0 when that is not known
     */
    void at(String what, long done, long total);
}
