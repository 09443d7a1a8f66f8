package dev.plumbline.server.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The style and the script of all pages. A name has a digest of the content, so that a browser keeps it permanently.
 */
public final class Assets {
    /** The folder of the assets. */
    public static final String FOLDER = "/assets/";

    static final Asset STYLE = asset("server", "css", "text/css");
    static final Asset SCRIPT = asset("server", "js", "text/javascript");

    /** The style of the bar above pages that bring everything else along. */
    static final Asset BAR = asset("bar", "css", "text/css");

    private Assets() {}

    /**
     * A file.
     *
     * @param name with the digest
     * @param type its media type
     */
    public record Asset(String name, String type, String content) {
        String address() {
            return FOLDER + name;
        }

        /** As a policy names it. */
        String hash() {
            return "sha256-" + Base64.getEncoder().encodeToString(digest(content));
        }
    }

    /** The one of that name. */
    public static Optional<Asset> named(String name) {
        return Stream.of(STYLE, SCRIPT).filter(one -> one.name().equals(name)).findFirst();
    }

    private static Asset asset(String name, String extension, String type) {
        String file = name + "." + extension;
        try (InputStream in = Assets.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing in this build");
            }
            String content = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            String digest = HexFormat.of().formatHex(digest(content), 0, 8);
            return new Asset(name + "-" + digest + "." + extension, type, content);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }

    private static byte[] digest(String content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
