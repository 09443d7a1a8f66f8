package dev.plumbline.server.http;

import static java.util.Objects.requireNonNull;

import dev.plumbline.server.hook.Network;
import dev.plumbline.server.identity.IdentitySettings;
import dev.plumbline.server.people.PasswordCost;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings for requests.
 *
 * @param host the address that is listened on
 * @param port 0 takes any that is free
 * @param publicAddress the address that people use; where the server listens when empty
 * @param proxies networks of the proxies whose word on where a request comes from counts
 * @param showsMetrics whether {@code /metrics} is answered
 * @param requestsASecond what one caller may make in the long run
 * @param identity whose word counts besides passwords and tokens
 * @param passwordCost what signing in takes
 * @param webhookNetworks networks of the operator's that webhooks may reach besides public addresses
 * @param grace how long requests that have begun may take when the server is closed
 */
public record HttpSettings(
        String host,
        int port,
        Optional<URI> publicAddress,
        List<Network> proxies,
        boolean showsMetrics,
        int requestsASecond,
        IdentitySettings identity,
        PasswordCost passwordCost,
        List<Network> webhookNetworks,
        Duration grace) {
    /** The default rate of requests without waiting. */
    public static final int DEFAULT_REQUESTS = 50;

    /** Enough for a check of a large suite. */
    public static final Duration DEFAULT_GRACE = Duration.ofSeconds(20);

    public HttpSettings {
        requireNonNull(host, "host");
        requireNonNull(publicAddress, "publicAddress");
        requireNonNull(identity, "identity");
        requireNonNull(passwordCost, "passwordCost");
        requireNonNull(grace, "grace");
        proxies = List.copyOf(proxies);
        webhookNetworks = List.copyOf(webhookNetworks);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a port must be a number from 0 to 65535");
        }
        if (requestsASecond < 1) {
            throw new IllegalArgumentException("the limit must be one request per second or more");
        }
    }
}
