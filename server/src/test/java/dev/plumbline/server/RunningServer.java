package dev.plumbline.server;

import dev.plumbline.report.format.JsonValue;
import dev.plumbline.server.command.ConfinedCommand;
import dev.plumbline.server.data.ReadReplica;
import dev.plumbline.server.hook.Network;
import dev.plumbline.server.http.HttpSettings;
import dev.plumbline.server.identity.IdentitySettings;
import dev.plumbline.server.people.PasswordCost;
import dev.plumbline.store.postgres.PostgresAddress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A server on a free port of loopback, whose time a test sets, and callers of it. */
public final class RunningServer implements AutoCloseable {
    /** Held, so that its level stays. */
    private static final Logger LOG = Logger.getLogger("");

    /** More than any test makes. */
    private static final int REQUESTS = 10_000;

    /** Nobody guesses the passwords of a test. */
    private static final PasswordCost CHEAP = new PasswordCost(8, 1);

    /** Receivers of messages in tests listen there. */
    private static final List<Network> LOOPBACK = List.of(Network.parse("127.0.0.0/8"));

    public static final String PASSWORD = "correct horse battery";

    /** Added to the clock that only goes forward. */
    final AtomicLong nanos = new AtomicLong();

    public final MovingClock clock = new MovingClock();
    private final PlumblineServer server;
    private final HttpClient http = HttpClient.newHttpClient();

    /** A server that runs no commands. */
    RunningServer(Path folder, Optional<PostgresAddress> database) throws IOException {
        this(folder, database, command -> {
            throw new AssertionError("no command is run in these tests");
        });
    }

    /** A server that takes the word of others, and runs no commands. */
    RunningServer(Path folder, Optional<PostgresAddress> database, IdentitySettings identity) throws IOException {
        this(folder, database, identity, command -> {
            throw new AssertionError("no command is run in these tests");
        });
    }

    /** @param program what answers command lines */
    public RunningServer(Path folder, Optional<PostgresAddress> database, ConfinedCommand.Program program)
            throws IOException {
        this(folder, database, IdentitySettings.NONE, program);
    }

    /**
     * @param identity whose word counts
     * @param program what answers command lines
     */
    public RunningServer(
            Path folder, Optional<PostgresAddress> database, IdentitySettings identity, ConfinedCommand.Program program)
            throws IOException {
        this(folder, database, Optional.empty(), identity, program);
    }

    /** A server that reads histories from a replica of its database. */
    public RunningServer(
            Path folder, PostgresAddress database, ReadReplica.Settings replica, ConfinedCommand.Program program)
            throws IOException {
        this(folder, Optional.of(database), Optional.of(replica), IdentitySettings.NONE, program);
    }

    private RunningServer(
            Path folder,
            Optional<PostgresAddress> database,
            Optional<ReadReplica.Settings> replica,
            IdentitySettings identity,
            ConfinedCommand.Program program)
            throws IOException {
        LOG.setLevel(Level.WARNING);
        server = PlumblineServer.start(
                new ServerSettings(
                        folder,
                        database,
                        replica,
                        new HttpSettings(
                                "127.0.0.1",
                                0,
                                Optional.empty(),
                                List.of(),
                                true,
                                REQUESTS,
                                identity,
                                CHEAP,
                                LOOPBACK,
                                Duration.ZERO),
                        Map.of()),
                program,
                clock,
                () -> System.nanoTime() + nanos.get());
    }

    /** The time, as long as a test does not move it. */
    public static final class MovingClock extends Clock {
        private volatile Instant now = Instant.parse("2026-06-01T12:00:00Z");

        public void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    public URI address() {
        return server.address();
    }

    public Optional<URI> firstLink() {
        return server.firstLink();
    }

    /** Somebody, or nobody, who makes requests. */
    public final class Client {
        private final Optional<String> cookie;
        private final Optional<String> token;

        private Client(Optional<String> cookie, Optional<String> token) {
            this.cookie = cookie;
            this.token = token;
        }

        public Answer get(String path) {
            return send("GET", path, "");
        }

        public Answer post(String path, String body) {
            return send("POST", path, body);
        }

        public Answer send(String method, String path, String body, String... headers) {
            HttpRequest.Builder request = HttpRequest.newBuilder(address().resolve(path));
            if (body.isEmpty()) {
                request.method(method, HttpRequest.BodyPublishers.noBody());
            } else {
                request.method(method, HttpRequest.BodyPublishers.ofString(body));
            }
            cookie.ifPresent(text -> request.header("Cookie", text));
            token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
            Map<String, String> own = new TreeMap<>();
            if (!body.isEmpty()) {
                own.put("Content-Type", "application/json");
            }
            cookie.ifPresent(text -> own.put("Origin", address().toString()));
            for (int i = 0; i < headers.length; i += 2) {
                own.put(headers[i], headers[i + 1]);
            }
            own.forEach((name, value) -> {
                if (!value.isEmpty()) {
                    request.header(name, value);
                }
            });
            return answer(request.build());
        }

        /** Sends bytes of an encoding, as a program with a token. */
        public Answer upload(String path, byte[] body, String encoding) {
            return answer(HttpRequest.newBuilder(address().resolve(path))
                    .header("Authorization", "Bearer " + token.orElseThrow())
                    .header("Content-Encoding", encoding)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build());
        }

        /** Sends a form, with names and values in turn. */
        public Answer form(String path, String... fields) {
            StringBuilder body = new StringBuilder();
            for (int i = 0; i < fields.length; i += 2) {
                body.append(i == 0 ? "" : "&")
                        .append(fields[i])
                        .append('=')
                        .append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
            }
            HttpRequest.Builder request = HttpRequest.newBuilder(address().resolve(path))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
            cookie.ifPresent(text ->
                    request.header("Cookie", text).header("Origin", address().toString()));
            return answer(request.build());
        }

        String cookie() {
            return cookie.orElseThrow();
        }

        /** The token of a program. */
        public String token() {
            return token.orElseThrow();
        }
    }

    Answer answer(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            Specification.INSTANCE.check(request.method(), response);
            return new Answer(response);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What came back. */
    public record Answer(HttpResponse<byte[]> response) {
        public int status() {
            return response.statusCode();
        }

        public String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        public JsonValue json() {
            try {
                return JsonValue.read(new ByteArrayInputStream(response.body()));
            } catch (IOException e) {
                throw new IllegalStateException(text(), e);
            }
        }

        public String member(String name) {
            return json().get(name).text().orElseThrow(() -> new AssertionError("no " + name + " in " + text()));
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    public Client nobody() {
        return new Client(Optional.empty(), Optional.empty());
    }

    public Client withToken(String token) {
        return new Client(Optional.empty(), Optional.of(token));
    }

    public Client withCookie(String cookie) {
        return new Client(Optional.of(cookie), Optional.empty());
    }

    /** The first account. */
    public Client administrator() {
        String fragment = firstLink().orElseThrow().getFragment();
        return accepted(fragment, "root");
    }

    /** Somebody who accepts an invitation. */
    public Client accepted(String invitation, String account) {
        return session(nobody().post(
                        "/api/v1/invitations/accept",
                        "{\"invitation\":\"" + invitation + "\",\"account\":\"" + account + "\",\"password\":\""
                                + PASSWORD + "\"}"));
    }

    public Client signedIn(String account, String password) {
        return session(nobody().post(
                        "/api/v1/sessions", "{\"account\":\"" + account + "\",\"password\":\"" + password + "\"}"));
    }

    private Client session(Answer answer) {
        if (answer.status() != 201) {
            throw new AssertionError(answer.status() + " " + answer.text());
        }
        return withCookie(answer.header("Set-Cookie").split(";", 2)[0]);
    }

    /** Somebody with a role in an organisation, invited by an owner. */
    public Client member(Client owner, String organisation, String account, String role) {
        Answer invitation =
                owner.post("/api/v1/organisations/" + organisation + "/invitations", "{\"role\":\"" + role + "\"}");
        return accepted(invitation.member("invitation"), account);
    }

    /** A program with a token. */
    public Client token(Client owner, String project, String role) {
        return withToken(owner.post(
                        "/api/v1/projects/" + project + "/tokens",
                        "{\"name\":\"" + role + " of CI\",\"role\":\"" + role + "\"}")
                .member("token"));
    }

    /** What the server does by itself every minute. */
    public void keepHouse() {
        server.keepHouse();
    }

    @Override
    public void close() {
        server.close();
    }
}
