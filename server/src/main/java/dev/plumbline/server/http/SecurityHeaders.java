package dev.plumbline.server.http;

import io.javalin.http.Context;

/** The security headers of every response. */
public final class SecurityHeaders {
    private SecurityHeaders() {}

    /** @param origin of the server's own pages: those of no other one may read answers */
    public static void add(Context context, String origin) {
        context.header("Access-Control-Allow-Origin", origin);
        context.header("X-Content-Type-Options", "nosniff");
        context.header("Referrer-Policy", "no-referrer");
        context.header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        context.header("Strict-Transport-Security", "max-age=31536000");
        context.header("Cache-Control", "no-store");
        context.header("Cross-Origin-Resource-Policy", "same-origin");
    }
}
