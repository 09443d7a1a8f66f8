package dev.plumbline.server.people;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * A random secret: 160 bits from the given generator, after a prefix by which scanners for leaked secrets find it. Only
 * its digest is stored; SHA-256 is enough for a text that cannot be guessed.
 */
public record Secret(String text) {
    /** The prefix of a program's token. */
    public static final String TOKEN = "plb_";

    /** The prefix of a browser's session. */
    static final String SESSION = "pls_";

    /** The prefix of an invitation, sent once. */
    static final String INVITATION = "pli_";

    /** The prefix of the state that goes to a provider and comes back. */
    static final String STATE = "plq_";

    /** The prefix of the secret that a browser keeps meanwhile. */
    static final String BROWSER = "plw_";

    /** The prefix of a device's code. */
    static final String DEVICE = "pld_";

    private static final int CHARACTERS = 32;
    private static final int SHOWN = 8;
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    static Secret random(String prefix, RandomGenerator random) {
        StringBuilder text = new StringBuilder(prefix);
        for (int i = 0; i < CHARACTERS; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new Secret(text.toString());
    }

    /** A text that identifies and opens nothing. */
    public static String id(RandomGenerator random) {
        return random("", random).text().substring(0, 12);
    }

    String digest() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Its first characters. */
    String beginning() {
        return text.substring(0, Math.min(SHOWN, text.length()));
    }

    /** An empty text, so that no log has the secret by accident. */
    @Override
    public String toString() {
        return "secret";
    }
}
