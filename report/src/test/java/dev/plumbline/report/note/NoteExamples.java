package dev.plumbline.report.note;

import dev.plumbline.core.model.Revision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** What the notes of these tests are about. */
final class NoteExamples {
    /** A commit of usual length, of which ten characters are shown. */
    static final Revision COMMIT = Revision.of("0123456789abcdef0123456789abcdef01234567", "main");

    /** The same with changes that were not committed. */
    static final Revision DIRTY = Revision.of("0123456789abcdef0123456789abcdef01234567-dirty", "main");

    /** An id that is shorter than what is shown of one. */
    static final Revision SHORT = Revision.of("v1.2", "main");

    static final Revision UNKNOWN = Revision.unknown();

    private NoteExamples() {}

    static Revision at(Instant time) {
        return new Revision(COMMIT.commit(), "main", Optional.of(time), OptionalLong.empty());
    }

    /** {@code n1}, {@code n2} and so on. */
    static List<String> names(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "n" + i).toList();
    }
}
