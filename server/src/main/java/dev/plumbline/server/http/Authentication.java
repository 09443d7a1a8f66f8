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
public final class Authentication {
    /** The prefix makes browsers refuse it for other paths, other hosts, and without TLS. */
    static final String COOKIE = "__Host-plumbline";

    private static final String IDENTITY = "plumbline.identity";
    private static final String BEARER = "bearer ";
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final Services services;
    private final PeerAddress peers;

    public Authentication(Services services, PeerAddress peers) {
        this.services = services;
        this.peers = peers;
    }

    /** Before every request. */
    public void identify(Context context) {
        String address = peers.of(context);
        context.attribute(IDENTITY, Identity.anonymous(address));
        if (context.queryParam("token") != null || context.queryParam("access_token") != null) {
            throw Problem.invalid("send the token in the header Authorization, because addresses end up in logs");
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
                    "the token is invalid: it has expired, was revoked, or belongs to another server");
        }
        return new Identity(token.map(ApiToken::account), token, address);
    }

    /** Browsers send the header with every request that changes something, and no script can set it. */
    public void requireOwnOrigin(Context context) {
        if (SAFE.contains(context.req().getMethod())) {
            return;
        }
        String origin = context.header("Origin");
        if (origin == null || !origin.equals(origin(services.publicAddress()))) {
            throw Problem.of(Problem.Kind.FORBIDDEN, "the request comes from a page of another site");
        }
    }

    public static String origin(URI address) {
        return address.getScheme() + "://" + address.getAuthority();
    }

    /** The identity of the caller. */
    public static Identity identity(Context context) {
        Identity identity = context.attribute(IDENTITY);
        if (identity == null) {
            throw new IllegalStateException("no request is answered before it is known who makes it");
        }
        return identity;
    }
}
