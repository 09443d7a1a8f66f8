package dev.plumbline.server.forge;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/** The credentials of the server at a forge. It prints itself without its secret. */
public sealed interface Credential {
    /** A token of a person or of a project. */
    record AccessToken(String token) implements Credential {
        private static final int LONGEST = 1_000;

        /** @throws IllegalArgumentException if it cannot be one */
        public AccessToken {
            if (!token.matches("[!-~]{1," + LONGEST + "}")) {
                throw new IllegalArgumentException("a token has 1 to " + LONGEST + " characters without spaces");
            }
        }

        @Override
        public String toString() {
            return "a token";
        }
    }

    /**
     * An app of GitHub.
     *
     * @param id its number, or its client id
     * @param privateKey in PEM
     */
    record App(String id, String privateKey) implements Credential {
        private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,60}");

        /** @throws IllegalArgumentException if there can be no such app, or the key cannot be read */
        public App {
            if (!ID.matcher(id).matches()) {
                throw new IllegalArgumentException("the id of an app is a number, or its client id");
            }
            requireNonNull(privateKey, "privateKey");
            AppKey.of(privateKey);
        }

        AppKey key() {
            return AppKey.of(privateKey);
        }

        @Override
        public String toString() {
            return "app " + id;
        }
    }
}
