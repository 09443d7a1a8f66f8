package dev.plumbline.pipeline.workspace;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A recorded result file, unchanged.
 *
 * @param file where it is until the command ends
 * @param name what the caller calls it
 * @param format the id of the format that it was read as; empty for an archive, and for what a mapping is for
 * @param headers the number of runs in it, recorded or not
 * @param runs the runs that have measurements from it
 */
public record RecordedFile(Path file, String name, Optional<String> format, int headers, List<OfRun> runs) {
    public RecordedFile {
        requireNonNull(file, "file");
        requireNonNull(name, "name");
        requireNonNull(format, "format");
        runs = List.copyOf(runs);
    }

    /**
     * A run of the history and its part of the file.
     *
     * @param id of the run
     * @param isNew whether the history did not have it before
     * @param places the indexes, from 0, of the runs in the file that became this one, in their order;
     *     several where an option made them one
     */
    public record OfRun(String id, boolean isNew, List<Integer> places) {
        public OfRun {
            requireNonNull(id, "id");
            places = List.copyOf(places);
        }
    }

    /** Keeps files unchanged. */
    @FunctionalInterface
    public interface Keeper {
        /** @param files those of one recording, in the order in which they were read */
        void keep(List<RecordedFile> files);
    }
}
