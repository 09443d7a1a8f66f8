package dev.plumbline.publish.alert;

import dev.plumbline.publish.PublishFailure;
import dev.plumbline.publish.http.Token;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;

/**
 * An address from an environment variable whose path is the secret, as of incoming webhooks.
 *
 * @param host scheme, host and port
 * @param path with the query, if there is one
 * @param token the path, to keep it out of messages
 */
record SecretAddress(URI host, String path, Token token) {
    /**
     * @param variable the environment variable
     * @param isWithQuery whether the service's addresses have a query; of others it is an error
     * @throws PublishFailure if the variable is not set, or is no such address; the message does not repeat it
     */
    static SecretAddress of(Map<String, String> variables, String variable, boolean isWithQuery) throws PublishFailure {
        String value = variables.getOrDefault(variable, "").strip();
        if (value.isEmpty()) {
            throw new PublishFailure(variable + " is not set; set it to the URL of an incoming webhook");
        }
        URI address;
        try {
            address = new URI(value);
        } catch (URISyntaxException e) {
            throw new PublishFailure(variable + " is not a URL"); // neither the secret nor the cause is repeated
        }
        String path = String.valueOf(address.getRawPath());
        if (address.getHost() == null || path.length() < 2 || address.getRawQuery() != null && !isWithQuery) {
            throw new PublishFailure(variable + " is not a webhook URL");
        }
        String whole = address.getRawQuery() == null ? path : path + "?" + address.getRawQuery();
        URI host = URI.create(address.getScheme() + "://" + address.getRawAuthority());
        return new SecretAddress(host, whole, Token.of(variable, whole));
    }
}
