package dev.plumbline.server.forge;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The services that keep repositories. */
public enum Forge {
    GITHUB("GitHub"),
    GITLAB("GitLab");

    private final String title;

    Forge(String title) {
        this.title = title;
    }

    /** The display name. */
    public String title() {
        return title;
    }

    /** As requests have it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one of this text. */
    public static Optional<Forge> of(String text) {
        return Stream.of(values()).filter(forge -> forge.text().equals(text)).findFirst();
    }
}
