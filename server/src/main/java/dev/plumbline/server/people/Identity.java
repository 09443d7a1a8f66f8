package dev.plumbline.server.people;

import java.util.Optional;

/**
 * The identity behind a request.
 *
 * @param account the account that signed in or issued the token; empty if there is none
 * @param token what a program sent; the rights are its own
 * @param address of the network peer
 */
public record Identity(Optional<Account> account, Optional<ApiToken> token, String address) {
    public static Identity anonymous(String address) {
        return new Identity(Optional.empty(), Optional.empty(), address);
    }

    /** The name in the audit log and in acceptances. */
    public String actor() {
        return account.map(known -> known.name().text()).orElse("anonymous")
                + token.map(known -> " (token " + known.name() + ")").orElse("");
    }

    /** Whether a person signed in, who acts with all of their rights. */
    public boolean isPerson() {
        return account.isPresent() && token.isEmpty();
    }

    public boolean isAdministrator() {
        return isPerson() && account.get().isAdministrator();
    }
}
