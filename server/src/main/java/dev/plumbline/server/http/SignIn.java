package dev.plumbline.server.http;

import dev.plumbline.server.people.Account;
import dev.plumbline.server.people.Identity;
import dev.plumbline.server.people.Secret;
import io.javalin.http.Context;
import java.util.Optional;

/** Begins and ends the sessions of browsers, from pages and for programs alike. */
public final class SignIn {
    private final Services services;

    public SignIn(Services services) {
        this.services = services;
    }

    /** Begins a session for the account of that name and password. */
    Account with(Context context, String name, String password) {
        slowDown(context, name);
        Identity identity = Authentication.identity(context);
        Optional<Account> account = services.accounts().signedIn(name, password);
        if (account.isEmpty()) {
            services.audit().refused(identity, Optional.empty(), "session.begin", name, "wrong account or password");
            throw Problem.of(Problem.Kind.UNAUTHENTICATED, "wrong account or password");
        }
        begin(context, account.get());
        services.audit()
                .done(
                        new Identity(account, Optional.empty(), identity.address()),
                        Optional.empty(),
                        "session.begin",
                        name);
        return account.get();
    }

    /** A few attempts a minute, for each account from each address, and from each address for all. */
    void slowDown(Context context, String name) {
        String address = Authentication.identity(context).address();
        services.limits().failed(address + ' ' + name);
        services.limits().failed(address);
    }

    /** Creates the account of an invitation, and begins a session. */
    Account accept(Context context, Secret invitation, String name, String password) {
        Identity identity = Authentication.identity(context);
        services.limits().failed(identity.address());
        Optional<Account> account;
        try {
            account = services.invitations().accept(invitation, Requests.name(name), password);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(e.getMessage());
        }
        if (account.isEmpty()) {
            services.audit().refused(identity, Optional.empty(), "invitation.accept", name, "no such invitation");
            throw Problem.of(Problem.Kind.NOT_FOUND, "the invitation is unknown, was already used, or has expired");
        }
        services.audit()
                .done(
                        new Identity(account, Optional.empty(), identity.address()),
                        services.invitations().organisation(invitation),
                        "invitation.accept",
                        name);
        begin(context, account.get());
        return account.get();
    }

    /** A session with a secret of its own; the one before it ends. */
    void begin(Context context, Account account) {
        end(context);
        Secret secret = services.sessions().begin(account);
        context.res()
                .setHeader(
                        "Set-Cookie",
                        Authentication.COOKIE + "=" + secret.text() + "; Path=/; Secure; HttpOnly; SameSite=Lax");
    }

    void out(Context context) {
        Identity identity = Authentication.identity(context);
        if (identity.isPerson()) {
            services.audit().done(identity, Optional.empty(), "session.end", identity.actor());
        }
        end(context);
        context.res()
                .setHeader(
                        "Set-Cookie", Authentication.COOKIE + "=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0");
    }

    private void end(Context context) {
        String cookie = context.cookie(Authentication.COOKIE);
        if (cookie != null) {
            services.sessions().end(new Secret(cookie));
        }
    }
}
