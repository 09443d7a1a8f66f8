package dev.plumbline.pipeline.repository;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A repository on another machine, with the access data.
 *
 * @param address over HTTPS, or HTTP
 * @param host the one address that is connected to
 * @param port of it
 * @param user the name that goes with the secret
 * @param secret a token; this prints itself without it
 */
public record RemoteCommits(URI address, InetAddress host, int port, String user, String secret) {
    public RemoteCommits {
        requireNonNull(address, "address");
        requireNonNull(host, "host");
        requireNonNull(user, "user");
        requireNonNull(secret, "secret");
        if (!"https".equals(address.getScheme()) && !host.isLoopbackAddress()) {
            throw new IllegalArgumentException("a secret travels encrypted, or on this machine");
        }
    }

    /** The settings of git: the address of the host, the secret, and no way elsewhere. */
    Map<String, String> settings() {
        String numbers = host.getHostAddress().replaceFirst("%.*", "");
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(
                "http.curloptResolve",
                address.getHost() + ":" + port + ":" + (numbers.contains(":") ? "[" + numbers + "]" : numbers));
        settings.put(
                "http.extraHeader",
                "Authorization: Basic "
                        + Base64.getEncoder().encodeToString((user + ":" + secret).getBytes(StandardCharsets.UTF_8)));
        settings.put("http.followRedirects", "false");
        settings.put("http.proxy", "");
        settings.put("credential.helper", "");
        settings.put("fetch.unpackLimit", "1");
        settings.put("fetch.fsckObjects", "false");
        return settings;
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
