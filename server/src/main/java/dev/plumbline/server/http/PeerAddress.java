package dev.plumbline.server.http;

import dev.plumbline.server.hook.Network;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/**
 * The address of the client of a request. The header {@code X-Forwarded-For} counts only from a configured proxy:
 * anyone else could write anything into it.
 *
 * @param proxies the networks in which they are
 */
public record PeerAddress(List<Network> proxies) {
    public PeerAddress {
        proxies = List.copyOf(proxies);
    }

    String of(Context context) {
        return of(context.req().getRemoteAddr(), Optional.ofNullable(context.header("X-Forwarded-For")));
    }

    /**
     * @param peer who is connected
     * @param forwarded the addresses that proxies wrote, each the one that it saw, the last proxy's last
     */
    String of(String peer, Optional<String> forwarded) {
        String[] seen = forwarded.orElse("").split(",");
        String address = peer;
        for (int i = seen.length - 1; i >= 0 && isProxy(address); i--) {
            String before = seen[i].strip();
            if (Network.address(before).isEmpty()) {
                return address;
            }
            address = before;
        }
        return address;
    }

    private boolean isProxy(String address) {
        return Network.address(address)
                .filter(known -> proxies.stream().anyMatch(proxy -> proxy.contains(known)))
                .isPresent();
    }
}
