package dev.plumbline.publish.http;

import dev.plumbline.publish.PublishFailure;
import java.util.regex.Pattern;

/** A secret from the environment, which prints itself as dots. */
public final class Token {
    private static final String HIDDEN = "•••";
    private static final Pattern ADDRESS_PARTS = Pattern.compile("[?&]");

    /** A shorter part is a word that messages have anyway. */
    private static final int LEAST_PART = 8;

    private final String secret;

    private Token(String secret) {
        this.secret = secret;
    }

    /**
     * @param variable the environment variable that holds it, for messages
     * @throws PublishFailure if it is blank or could not be a header's value
     */
    public static Token of(String variable, String value) throws PublishFailure {
        String secret = value.strip();
        if (secret.isEmpty()) {
            throw new PublishFailure(variable + " is empty");
        }
        if (!secret.chars().allMatch(character -> character > 0x20 && character < 0x7f)) {
            throw new PublishFailure(variable + " has characters that are not valid in a token");
        }
        return new Token(secret);
    }

    /** As a header or an address needs it; for nothing else. */
    String secret() {
        return secret;
    }

    /** The text without the secret, should a service have repeated it, or a part of one that is an address. */
    String hiddenIn(String text) {
        String hidden = text.replace(secret, HIDDEN);
        for (String part : ADDRESS_PARTS.split(secret)) {
            hidden = part.length() < LEAST_PART ? hidden : hidden.replace(part, HIDDEN);
        }
        return hidden;
    }

    /** Whether GitHub gave it to an app or a workflow and not to a person. */
    public boolean isOfInstallation() {
        return secret.startsWith("ghs_");
    }

    @Override
    public String toString() {
        return HIDDEN;
    }
}
