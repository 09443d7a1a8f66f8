package dev.plumbline.pipeline.config;

import dev.plumbline.store.postgres.PostgresAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The address that commands are sent to, and the result of a check where that cannot be reached: the keys {@code
 * server} and {@code on-unreachable}.
 */
public record ServerSection(Setting<Optional<String>> address, Setting<Unreachable> onUnreachable) {
    private static final String NONE = "none";

    private static final Pattern PROJECT =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}/[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    /** The gate's state when the server cannot be reached. */
    public enum Unreachable {
        PASS,
        HOLD,
        FAIL
    }

    static ServerSection read(Section root) {
        ServerSection read = new ServerSection(
                root.setting("server", Kind.optional(new Address(), NONE), Optional.empty()),
                root.setting("on-unreachable", Kind.choice(words()), Unreachable.HOLD));
        if (read.url().isPresent() && root.has("store")) {
            root.mistakeAt("store", "\"server\" and \"store\" exclude each other: the server has the history");
        }
        return read;
    }

    private static Map<String, Unreachable> words() {
        Map<String, Unreachable> words = new LinkedHashMap<>();
        for (Unreachable one : Unreachable.values()) {
            words.put(one.name().toLowerCase(Locale.ROOT), one);
        }
        return words;
    }

    /** The server's address, if there is a server. */
    public Optional<String> url() {
        return address.value().filter(text -> !text.equals(NONE));
    }

    /**
     * The address of a server.
     *
     * @throws IllegalArgumentException if it is no address of HTTP, or has a user or password in it
     */
    public static String checkedAddress(String text) {
        try {
            URI address = URI.create(text.strip());
            boolean isHttp = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
            if (isHttp
                    && address.getHost() != null
                    && address.getUserInfo() == null
                    && address.getQuery() == null
                    && address.getFragment() == null) {
                return text.strip().replaceFirst("/+$", "");
            }
        } catch (IllegalArgumentException e) {
            // reported below, without the text, which may contain a password
        }
        throw new IllegalArgumentException(
                "must be the address of a server, such as https://perf.example.com," + " without user and password");
    }

    /** Reads one; what is none is not shown. */
    private static final class Address implements Kind<String> {
        @Override
        public String read(String text) {
            return text.strip().equals(NONE) ? NONE : checkedAddress(text);
        }

        @Override
        public String write(String text) {
            return text;
        }
    }

    /** Whether a text names a project of a server: an organisation and a name. */
    public static boolean isProject(String text) {
        return PROJECT.matcher(text).matches();
    }

    /** A name of a project, on a server of Plumbline or in a database. */
    static String checkedProject(String text) {
        return isProject(text) ? text : PostgresAddress.checkedProject(text);
    }

    List<Setting<?>> settings() {
        return List.of(address, onUnreachable);
    }
}
