package dev.plumbline.server.http;

import dev.plumbline.pipeline.Scratch;
import dev.plumbline.server.people.Identity;
import dev.plumbline.server.upkeep.IdempotencyKeys;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Requests with the header {@code Idempotency-Key}: a repeated request gets the response of the first one, and is not
 * executed twice.
 */
public final class Idempotency {
    private static final String KEY = "Idempotency-Key";
    private static final String GATE = "Plumbline-Gate";
    private static final String CAPTURED = "plumbline.captured";
    private static final long MOST_BYTES = 2L << 30;
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final int UNREADABLE = Problem.Kind.UNREADABLE.status();

    private final Services services;
    private final Access access;

    public Idempotency(Services services) {
        this.services = services;
        access = new Access(services);
    }

    /** The handler; where a request has a key, once for each key. */
    public Handler once(Handler handler) {
        return context -> {
            String key = context.header(KEY);
            if (key == null) {
                handler.handle(context);
            } else if (!key.matches("[\\x21-\\x7e]{8,100}")) {
                throw Problem.invalid(KEY + " must have 8 to 100 printable characters");
            } else {
                access.memberOf(context); // only members may send a body here
                once(context, key, handler);
            }
        };
    }

    private void once(Context context, String key, Handler handler) throws Exception {
        try (Scratch scratch = Scratch.in(services.histories().scratch())) {
            Path body = scratch.folder().resolve("request");
            Bodies.receive(context, body, MOST_BYTES);
            Bodies.is(context, body);
            IdempotencyKeys.Request request = new IdempotencyKeys.Request(caller(context), key, digest(context, body));
            IdempotencyKeys.Known known = services.keys().claim(request);
            if (known instanceof IdempotencyKeys.Known.Done done) {
                answer(context, done.answer());
            } else if (known instanceof IdempotencyKeys.Known.Other) {
                throw Problem.of(
                        Problem.Kind.REUSED_KEY,
                        "the key was used for another request; use a new key for each request, and the same key"
                                + " only to repeat one");
            } else if (known instanceof IdempotencyKeys.Known.UnderWay) {
                throw Problem.underWay("the same request is still running; ask again", SOON);
            } else {
                first(context, request, handler, scratch.folder().resolve("answer"));
            }
        }
    }

    private void first(Context context, IdempotencyKeys.Request request, Handler handler, Path file) throws Exception {
        boolean isKept = false;
        context.attribute(CAPTURED, file);
        try {
            try {
                handler.handle(context);
            } catch (Problem problem) {
                if (problem.kind() != Problem.Kind.UNREADABLE) {
                    throw problem;
                }
                Answers.problem(context, problem);
            }
            if (!Files.exists(file)) {
                try (InputStream result = context.resultInputStream()) {
                    Files.write(file, result == null ? new byte[0] : result.readAllBytes());
                }
            }
            int status = context.statusCode();
            if ((status / 100 == 2 || status == UNREADABLE) && Files.size(file) <= IdempotencyKeys.MOST_BYTES) {
                services.keys()
                        .finish(
                                request,
                                new IdempotencyKeys.Answer(
                                        status,
                                        Optional.ofNullable(context.res().getContentType())
                                                .orElse(""),
                                        Optional.ofNullable(context.res().getHeader(GATE))
                                                .orElse(""),
                                        Files.readAllBytes(file)));
                isKept = true;
            }
        } finally {
            if (!isKept) {
                services.keys().release(request);
            }
        }
        send(context, file);
    }

    private static void send(Context context, Path file) throws IOException {
        if (Files.size(file) <= IdempotencyKeys.MOST_BYTES) {
            context.result(Files.readAllBytes(file));
        } else {
            try (OutputStream out = context.outputStream()) {
                Files.copy(file, out);
            }
        }
    }

    private static void answer(Context context, IdempotencyKeys.Answer answer) {
        context.header("Idempotency-Replayed", "true");
        if (!answer.gate().isEmpty()) {
            context.header(GATE, answer.gate());
        }
        context.status(answer.status()).contentType(answer.type()).result(answer.body());
    }

    private static String caller(Context context) {
        Identity identity = Authentication.identity(context);
        return identity.token()
                .map(token -> "token " + token.id())
                .orElseGet(() -> "account " + identity.account().orElseThrow().id());
    }

    private static String digest(Context context, Path body) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        String query = Optional.ofNullable(context.queryString()).orElse("");
        digest.update((context.req().getMethod() + ' ' + context.path() + '?' + query + '\n')
                .getBytes(StandardCharsets.UTF_8));
        try (InputStream in = Files.newInputStream(body)) {
            byte[] piece = new byte[1 << 16];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                digest.update(piece, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The stream for a handler that writes an answer that it does not hold in memory. */
    public static OutputStream output(Context context) throws IOException {
        Path file = context.attribute(CAPTURED);
        return new BufferedOutputStream(file == null ? context.outputStream() : Files.newOutputStream(file), 1 << 16);
    }
}
