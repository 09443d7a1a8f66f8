package dev.plumbline.server.http.listen;

import dev.plumbline.server.http.Answers;
import dev.plumbline.server.http.Authentication;
import dev.plumbline.server.http.Problem;
import dev.plumbline.server.http.SecurityHeaders;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Answers requests that are not valid HTTP or have an invalid address, which reach no route. They are answered as all
 * others are; Jetty's own page has neither their form nor their headers.
 */
final class UnreadableRequests extends ErrorHandler {
    private final Supplier<URI> address;

    UnreadableRequests(Supplier<URI> address) {
        this.address = address;
    }

    @Override
    protected void generateResponse(
            Request request, Response response, int code, String message, Throwable cause, Callback callback) {
        HttpFields.Mutable fields = response.getHeaders();
        SecurityHeaders.of(Authentication.origin(address.get())).forEach(fields::put);
        fields.put(HttpHeader.CONTENT_TYPE, Answers.PROBLEM_TYPE);
        Problem problem = code < 500
                ? Problem.invalid("the request is not understood")
                : Problem.of(Problem.Kind.BROKEN, "something is wrong here; the log of the server has it");
        response.write(true, ByteBuffer.wrap(Answers.problem(problem, code)), callback);
    }
}
