package dev.plumbline.pipeline.config.yaml;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** Thrown if a configuration file has mistakes; the message lists all of them. */
public final class WrongConfiguration extends IOException {
    private final transient List<Mistake> mistakes;

    /** @param mistakes at least one, in the order of their places */
    public WrongConfiguration(List<Mistake> mistakes) {
        super(mistakes.stream().map(Mistake::toString).collect(Collectors.joining("\n")));
        if (mistakes.isEmpty()) {
            throw new IllegalArgumentException("nothing is wrong");
        }
        this.mistakes = List.copyOf(mistakes);
    }

    /** At least one, in the order of their places. */
    public List<Mistake> mistakes() {
        return mistakes;
    }
}
