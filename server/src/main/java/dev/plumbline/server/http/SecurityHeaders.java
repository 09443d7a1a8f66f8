package dev.plumbline.server.http;

import io.javalin.http.Context;
import java.util.Map;

/** The security headers of every response. */
public final class SecurityHeaders {
    private SecurityHeaders() {}

    /** @param origin of the server's own pages: those of no other one may read answers */
    public static void add(Context context, String origin) {
        of(origin).forEach(context::header);
    }

    /** The headers by their names. */
    public static Map<String, String> of(String origin) {
        return Map.of(
                "Access-Control-Allow-Origin", origin,
                "X-Content-Type-Options", "nosniff",
                "Referrer-Policy", "no-referrer",
                "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
                "Strict-Transport-Security", "max-age=31536000",
                "Cache-Control", "no-store",
                "Cross-Origin-Resource-Policy", "same-origin");
    }
}
