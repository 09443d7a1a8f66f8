package dev.plumbline.server.http;

import io.javalin.http.Context;
import java.util.Set;

/**
 * The address of who makes a request. What the header {@code X-Forwarded-For} says counts only from a proxy that was
 * named: anybody else could write there what they like.
 *
 * @param proxies their addresses
 */
public record PeerAddress(Set<String> proxies) {
    public PeerAddress {
        proxies = Set.copyOf(proxies);
    }

    String of(Context context) {
        String peer = context.req().getRemoteAddr();
        String forwarded = context.header("X-Forwarded-For");
        if (forwarded == null || !proxies.contains(peer)) {
            return peer;
        }
        // the last one is what the proxy itself saw
        String last = forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
        return last.matches("[0-9a-fA-F.:]{2,45}") ? last : peer;
    }
}
