package dev.plumbline.ingest.neutral;

import dev.plumbline.core.model.Sample;
import java.util.Arrays;
import java.util.Optional;

/** The names of the centres of raw values. */
final class Centers {
    private Centers() {}

    /** The center of that name, in any case of its letters; empty where there is none. */
    static Optional<Sample.Center> of(String name) {
        return Arrays.stream(Sample.Center.values())
                .filter(center -> center.name().equalsIgnoreCase(name))
                .findFirst();
    }
}
