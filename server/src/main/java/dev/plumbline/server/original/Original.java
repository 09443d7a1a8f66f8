package dev.plumbline.server.original;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A file that a run was read from.
 *
 * @param name the file name given by the sender
 * @param format the id of the format that it was read as; empty for an archive, and for what a mapping is for
 * @param reader the version of Plumbline that read it last for this run
 * @param headers the number of runs in it
 * @param places which of them the run is, counted from 0
 */
public record Original(
        File file, String name, Optional<String> format, String reader, int headers, List<Integer> places) {
    public Original {
        requireNonNull(file, "file");
        requireNonNull(name, "name");
        requireNonNull(format, "format");
        requireNonNull(reader, "reader");
        places = List.copyOf(places);
    }

    /**
     * The kept file, once for all runs that were read from it.
     *
     * @param digest SHA-256 of the bytes as they came, in hexadecimal digits
     * @param bytes how many there are
     * @param packedBytes how many it takes here
     * @param keptAt when it came last
     */
    public record File(String digest, long bytes, long packedBytes, Instant keptAt) {
        public File {
            requireNonNull(digest, "digest");
            requireNonNull(keptAt, "keptAt");
        }
    }

    /** A file with one of its names, and the number of runs read from it. */
    public record Listed(File file, String name, long runs) {}

    /** The space in use. */
    public record Room(long files, long bytes, long packedBytes) {}
}
