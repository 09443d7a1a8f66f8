package dev.plumbline.publish.alert;

import dev.plumbline.publish.PublishFailure;
import java.net.URI;
import java.net.URISyntaxException;

/** An address from an environment variable that is no secret. */
final class PlainAddress {
    private PlainAddress() {}

    /** @throws PublishFailure if it is no address of http or https */
    static URI of(String variable, String value) throws PublishFailure {
        try {
            URI address = new URI(value.strip().replaceAll("/+$", ""));
            String scheme = String.valueOf(address.getScheme());
            if (address.getHost() != null && (scheme.equals("https") || scheme.equals("http"))) {
                return address;
            }
        } catch (URISyntaxException e) {
            // as one without a host
        }
        throw new PublishFailure(variable + " is not a URL that starts with https:// and names a host");
    }
}
