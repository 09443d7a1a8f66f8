package dev.plumbline.publish.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Sends one request to a server and returns its response; does not follow redirects. */
@FunctionalInterface
public interface Transport {
    /** An answer of more bytes is an error; a page of a hundred long comments has fewer. */
    int MOST_BYTES = 32 << 20;

    /**
     * A request.
     *
     * @param body JSON, if the request has a body
     * @param longest how long its answer may take
     */
    record Request(String method, URI address, Map<String, String> headers, Optional<String> body, Duration longest) {
        public Request {
            requireNonNull(method, "method");
            requireNonNull(address, "address");
            headers = Map.copyOf(headers);
            requireNonNull(body, "body");
            requireNonNull(longest, "longest");
        }
    }

    /**
     * Its answer.
     *
     * @param headers by their names in lower case, the first of each name
     */
    record Response(int status, Map<String, String> headers, byte[] body) {
        public Response {
            headers = Map.copyOf(headers);
            requireNonNull(body, "body");
        }
    }

    /**
     * Sends a request.
     *
     * @throws dev.plumbline.publish.PublishFailure if there is no answer, and its message is for people
     * @throws IOException if there is no answer
     */
    Response send(Request request) throws IOException, InterruptedException;

    /** Connections to any address of a host name; for programs whose user chose the address. */
    static Transport direct(Duration connect) {
        return new DirectTransport(connect);
    }
}
