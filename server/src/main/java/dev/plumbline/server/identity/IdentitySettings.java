package dev.plumbline.server.identity;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The providers that the operator of a server trusts.
 *
 * @param providers at which people sign in, in the order of their buttons
 * @param ciIssuers the issuers of CI job tokens that owners of projects may trust
 */
public record IdentitySettings(List<Provider> providers, Set<String> ciIssuers) {
    /** No providers: such a server opens no connection. */
    public static final IdentitySettings NONE = new IdentitySettings(List.of(), Set.of());

    public IdentitySettings {
        providers = List.copyOf(providers);
        ciIssuers = Set.copyOf(ciIssuers);
    }

    /** The provider of that id. */
    public Optional<Provider> provider(String id) {
        return providers.stream().filter(one -> one.id().equals(id)).findFirst();
    }
}
