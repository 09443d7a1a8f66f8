package dev.plumbline.server.http;

import dev.plumbline.server.people.Account;
import dev.plumbline.server.people.ApiToken;
import dev.plumbline.server.people.Identity;
import dev.plumbline.server.people.Secret;
import io.javalin.http.Context;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out who makes a request: by the token of a program, or by the cookie of a browser. A request that changes
 * something and comes with the cookie has to come from a page of ours.
 */
final class Authentication {
    /** The prefix makes browsers refuse it for other paths, other hosts, and without TLS. */
    static final String COOKIE = "__Host-plumbline";

    private static final String IDENTITY = "plumbline.identity";
    private static final String BEARER = "bearer ";
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final Services services;
    private final Set<String> proxies;

    /** @param proxies addresses of those whose word on where a request comes from counts */
    Authentication(Services services, Set<String> proxies) {
        this.services = services;
        this.proxies = Set.copyOf(proxies);
    }

    /**
     * The address of who makes a request. What the header {@code X-Forwarded-For} says counts only from a proxy that
     * was named: anybody else could write there what they like.
     */
    private String peer(Context context) {
        String peer = context.req().getRemoteAddr();
        String forwarded = context.header("X-Forwarded-For");
        if (forwarded == null || !proxies.contains(peer)) {
            return peer;
        }
        // the last one is what the proxy itself saw
        String last = forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
        return last.matches("[0-9a-fA-F.:]{2,45}") ? last : peer;
    }

    /** Before every request. */
    void identify(Context context) {
        String address = peer(context);
        context.attribute(IDENTITY, Identity.anonymous(address));
        if (context.queryParam("token") != null || context.queryParam("access_token") != null) {
            throw Problem.invalid("send a token in the header Authorization; addresses end up in logs");
        }
        String header = context.header("Authorization");
        if (header != null) {
            context.attribute(IDENTITY, byToken(header, address));
            return;
        }
        String cookie = context.cookie(COOKIE);
        if (cookie != null) {
            Optional<Account> account = services.sessions().account(new Secret(cookie));
            if (account.isPresent()) {
                context.attribute(IDENTITY, new Identity(account, Optional.empty(), address));
                requireOwnOrigin(context);
            }
        }
    }

    private Identity byToken(String header, String address) {
        boolean isBearer = header.regionMatches(true, 0, BEARER, 0, BEARER.length());
        Optional<ApiToken> token = isBearer
                ? services.tokens()
                        .find(new Secret(header.substring(BEARER.length()).strip()))
                : Optional.empty();
        if (token.isEmpty()) {
            services.limits().failed(address);
            throw Problem.of(
                    Problem.Kind.UNAUTHENTICATED,
                    "the token is not valid: it has expired, was revoked, or is not one of this server");
        }
        return new Identity(token.map(ApiToken::account), token, address);
    }

    /** Browsers send the header with every request that changes something, and no script can set it. */
    void requireOwnOrigin(Context context) {
        if (SAFE.contains(context.req().getMethod())) {
            return;
        }
        String origin = context.header("Origin");
        if (origin == null || !origin.equals(origin(services.publicAddress()))) {
            throw Problem.of(Problem.Kind.FORBIDDEN, "the request comes from a page of another origin");
        }
    }

    static String origin(URI address) {
        return address.getScheme() + "://" + address.getAuthority();
    }

    /** Who makes the request. */
    static Identity identity(Context context) {
        Identity identity = context.attribute(IDENTITY);
        if (identity == null) {
            throw new IllegalStateException("no request is answered before it is known who makes it");
        }
        return identity;
    }
}
