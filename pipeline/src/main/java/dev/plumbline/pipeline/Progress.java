package dev.plumbline.pipeline;

/** Receives the progress of a use case; invoked often, so it decides itself what to show. */
@FunctionalInterface
public interface Progress {
    /** Ignores progress. */
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
