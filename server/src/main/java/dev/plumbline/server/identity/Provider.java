package dev.plumbline.server.identity;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A service at which people sign in, by OpenID Connect.
 *
 * @param id used in addresses
 * @param name shown on the button
 * @param issuer as its tokens name it, letter for letter
 * @param clientSecret none for a public client, which PKCE alone protects
 * @param groupsClaim the name of the claim with a person's groups
 * @param createsAccounts whether an unknown person gets an account
 * @param mailDomains whose verified mail addresses may sign in, in lower case; everybody when empty
 */
public record Provider(
        String id,
        String name,
        URI issuer,
        String clientId,
        Optional<String> clientSecret,
        List<String> scopes,
        String groupsClaim,
        boolean createsAccounts,
        Set<String> mailDomains,
        List<GroupRule> groups) {
    public Provider {
        requireNonNull(id, "id");
        requireNonNull(name, "name");
        requireNonNull(issuer, "issuer");
        requireNonNull(clientId, "clientId");
        requireNonNull(clientSecret, "clientSecret");
        scopes = List.copyOf(scopes);
        requireNonNull(groupsClaim, "groupsClaim");
        mailDomains = Set.copyOf(mailDomains);
        groups = List.copyOf(groups);
    }

    /** Whether this mail address is allowed to sign in. */
    boolean takes(Optional<String> verifiedMail) {
        return mailDomains.isEmpty()
                || verifiedMail
                        .map(mail -> mail.substring(mail.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT))
                        .filter(mailDomains::contains)
                        .isPresent();
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return id + " (" + issuer + ")";
    }
}
