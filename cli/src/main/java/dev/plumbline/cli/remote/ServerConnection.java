package dev.plumbline.cli.remote;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.Scratch;
import dev.plumbline.pipeline.Version;
import dev.plumbline.pipeline.repository.Checkout;
import dev.plumbline.pipeline.repository.CommitPack;
import dev.plumbline.pipeline.repository.CommitStore;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.format.JsonValue;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.server.command.CommandAnswer;
import dev.plumbline.server.command.CommitExchange;
import dev.plumbline.server.command.MalformedPacket;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Requests to a project on a server. The token goes to that address and nowhere else: redirects are not followed. A
 * server that asks to be left alone for some seconds is waited for.
 */
public final class ServerConnection {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofMinutes(10);
    private static final long MOST_ANSWER_BYTES = 2L << 30;
    private static final int MOST_PROBLEM_BYTES = 64 << 10;
    private static final int MOST_JSON_BYTES = 64 << 20;
    private static final String JSON = "application/json";

    /** The beginnings of a message that does not name the missing thing, from this server and from earlier ones. */
    private static final List<String> UNNAMED = List.of("not found, or you have no access", "there is nothing here");

    private static final int NO_CONTENT = 204;
    private static final int NOT_FOUND = 404;
    private static final int MOST_TRIES = 4;
    private static final int LONGEST_WAIT_SECONDS = 30;
    private static final Set<Integer> NOT_NOW = Set.of(500, 502, 503, 504);

    private final ServerProject project;
    private final HttpClient client;
    private Optional<String> token = Optional.empty();

    /** The cookie of a person who signed in, in place of a token. */
    private Optional<String> cookie = Optional.empty();

    ServerConnection(ServerProject project) {
        this.project = requireNonNull(project, "project");
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .build();
    }

    /**
     * Runs a command on the server.
     *
     * @param packet the call
     * @param key names the call
     * @param folder an empty folder, which gets what is answered
     */
    CommandAnswer run(Path packet, String key, Path folder) throws IOException {
        try (InputStream answer = post("commands", "application/zip", packet, Optional.of(key))) {
            return read(answer, folder);
        }
    }

    /** Reads an answer; one that breaks off, or is something else, such as the page of a proxy, is no answer. */
    private CommandAnswer read(InputStream answer, Path folder) throws IOException {
        try {
            return CommandAnswer.read(answer, folder, MOST_ANSWER_BYTES);
        } catch (MalformedPacket e) {
            throw new ServerUnreachable(
                    project.server() + " gave an answer that is incomplete or not that of a Plumbline server: it "
                            + e.getMessage(),
                    e);
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            throw new ServerUnreachable(project.server() + " cut off its answer: " + e.getMessage(), e);
        }
    }

    /**
     * Asks whether the server knows the token.
     *
     * @throws ServerRefusal if it does not, or is no Plumbline server
     */
    void requireKnown() throws IOException {
        URI address = URI.create(project.server() + "/api/v1/projects");
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(CONNECT)
                .header("Authorization", "Bearer " + token())
                .header("User-Agent", "plumbline/" + Version.TEXT)
                .GET()
                .build();
        HttpResponse<InputStream> response = send(request);
        try (InputStream body = response.body()) {
            byte[] text = body.readNBytes(MOST_PROBLEM_BYTES);
            String type = response.headers().firstValue("Content-Type").orElse("");
            if (type.startsWith("text/")) {
                throw notOurs(type);
            }
            if (response.statusCode() / 100 != 2) {
                throw refusal(response, text);
            }
        }
    }

    /** Sends the commits of a working copy that the server lacks. */
    void sendCommits(Path directory, Checkout checkout) throws IOException {
        CommitPack pack = new CommitPack(directory, checkout);
        try (Scratch scratch = Scratch.create()) {
            CommitStore.Known known = known(pack.asked(), scratch);
            Path file = scratch.folder().resolve("pack");
            if (!pack.isNothing(known) && pack.write(known, file)) {
                post("repository/packs", "application/x-git-packed-objects", file, Optional.empty())
                        .close();
            }
        }
    }

    private CommitStore.Known known(List<String> asked, Scratch scratch) throws IOException {
        ByteArrayOutputStream question = new ByteArrayOutputStream();
        CommitExchange.ask(asked, question);
        Path file = java.nio.file.Files.write(scratch.folder().resolve("question"), question.toByteArray());
        try (InputStream answer = post("repository/known", "application/json", file, Optional.empty())) {
            return CommitExchange.readAnswer(answer);
        }
    }

    private InputStream post(String path, String type, Path body, Optional<String> key) throws IOException {
        HttpRequest.Builder request =
                request(inProject(path)).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofFile(body));
        key.ifPresent(name -> request.header("Idempotency-Key", name));
        return answered(send(request.build()));
    }

    private HttpRequest.Builder request(URI address) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(ANSWER).header("User-Agent", "plumbline/" + Version.TEXT);
        if (cookie.isPresent()) {
            request.header("Cookie", cookie.get()).header("Origin", origin(project.server()));
        } else {
            request.header("Authorization", "Bearer " + token());
        }
        return request;
    }

    private static String origin(URI address) {
        return address.getScheme() + "://" + address.getRawAuthority();
    }

    /** The body of an answer that is none of an error. */
    private InputStream answered(HttpResponse<InputStream> response) throws IOException {
        if (response.statusCode() / 100 == 2) {
            requireOurs(response);
            return response.body();
        }
        try (InputStream problem = response.body()) {
            throw refusal(response, problem.readNBytes(MOST_PROBLEM_BYTES));
        }
    }

    /** The same of something in the project, where the server may know what is not there. */
    private InputStream ofProject(HttpRequest request) throws IOException {
        HttpResponse<InputStream> response = send(request);
        if (response.statusCode() != NOT_FOUND) {
            return answered(response);
        }
        try (InputStream problem = response.body()) {
            byte[] body = problem.readNBytes(MOST_PROBLEM_BYTES);
            String detail = detail(body);
            throw detail.isEmpty() || UNNAMED.stream().anyMatch(detail::startsWith)
                    ? refusal(response, body)
                    : new ServerRefusal(NOT_FOUND, detail);
        }
    }

    /** An address of the project, as others may be given it. */
    public URI address(String path) {
        return inProject(path);
    }

    private URI inProject(String path) {
        return URI.create(project.server() + "/api/v1/projects/" + project.project() + "/" + path);
    }

    /** The JSON at an address of the project. */
    public JsonValue get(String path) throws IOException {
        return json(request(inProject(path)).GET().build());
    }

    /** The project's answer to a JSON object. */
    public JsonValue post(String path, String body) throws IOException {
        return json(request(inProject(path))
                .header("Content-Type", JSON)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /** Replaces something of the project by a JSON object; the answer is what it is then. */
    public JsonValue put(String path, String body) throws IOException {
        return json(request(inProject(path))
                .header("Content-Type", JSON)
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /** Posts nothing to an address of the project, which answers with nothing. */
    public void postNothing(String path) throws IOException {
        ofProject(request(inProject(path))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build())
                .close();
    }

    /** Deletes something of the project. */
    public void delete(String path) throws IOException {
        ofProject(request(inProject(path)).DELETE().build()).close();
    }

    /** Writes the bytes at an address of the project; the stream stays open. */
    void download(String path, OutputStream out) throws IOException {
        try (InputStream in = ofProject(request(inProject(path)).GET().build())) {
            byte[] piece = new byte[1 << 16];
            for (int read = read(in, piece); read >= 0; read = read(in, piece)) {
                out.write(piece, 0, read);
            }
        }
    }

    private int read(InputStream in, byte[] piece) throws IOException {
        try {
            return in.read(piece);
        } catch (IOException e) {
            throw new ServerUnreachable(project.server() + " cut off its answer: " + e.getMessage(), e);
        }
    }

    private JsonValue json(HttpRequest request) throws IOException {
        byte[] body;
        try (InputStream in = ofProject(request)) {
            body = in.readNBytes(MOST_JSON_BYTES);
        }
        try {
            return JsonValue.read(new ByteArrayInputStream(body));
        } catch (IOException e) {
            throw new ServerUnreachable(
                    project.server() + " gave an answer that is incomplete or not that of a Plumbline server: it "
                            + e.getMessage(),
                    e);
        }
    }

    /** From now on requests are those of a person, until {@link #signOut}. */
    void signIn(String account, String password) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(project.server() + "/api/v1/sessions"))
                .timeout(ANSWER)
                .header("User-Agent", "plumbline/" + Version.TEXT)
                .header("Origin", origin(project.server()))
                .header("Content-Type", JSON)
                .POST(HttpRequest.BodyPublishers.ofString(JsonText.ascii(json -> json.object(() -> {
                    json.text("account", account);
                    json.text("password", password);
                }))))
                .build();
        HttpResponse<InputStream> response = send(request);
        try (InputStream in = response.body()) {
            byte[] body = in.readNBytes(MOST_PROBLEM_BYTES);
            if (response.statusCode() == 401) {
                throw new ServerRefusal(401, project.server() + " does not know this account with this password");
            }
            if (response.statusCode() / 100 != 2) {
                throw refusal(response, body);
            }
            requireOurs(response);
        }
        cookie = Optional.of(response.headers()
                .firstValue("Set-Cookie")
                .map(text -> text.split(";", 2)[0])
                .orElseThrow(() -> new ServerRefusal(200, project.server() + " began no session")));
    }

    /** Ends the session of a person. */
    void signOut() throws IOException {
        answered(send(request(URI.create(project.server() + "/api/v1/sessions/current"))
                        .DELETE()
                        .build()))
                .close();
        cookie = Optional.empty();
    }

    /** Asked for once, when the first request needs it. */
    private String token() throws IOException {
        if (token.isEmpty()) {
            token = Optional.of(project.token().text());
        }
        return token.get();
    }

    /** A page that answers to everything is none of a Plumbline server. */
    private void requireOurs(HttpResponse<InputStream> response) throws IOException {
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (response.statusCode() != NO_CONTENT && type.startsWith("text/")) {
            response.body().close();
            throw notOurs(type);
        }
    }

    private ServerRefusal notOurs(String type) {
        String given = type.isEmpty() ? "something else" : type.split(";", 2)[0];
        return new ServerRefusal(
                200,
                project.server() + " is not a Plumbline server: it answers with " + TerminalText.escape(given)
                        + "; look at the address");
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
        try {
            for (int tries = 1; ; tries++) {
                HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
                Optional<Integer> wait = waiting(response);
                if (tries == MOST_TRIES || wait.isEmpty()) {
                    return response;
                }
                response.body().close();
                Thread.sleep(1_000L * wait.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for " + project.server());
        } catch (IOException e) {
            throw new ServerUnreachable(project.server() + " " + reason(e), e);
        }
    }

    /** The seconds after which a server that is too busy, or at work on the same call, wants to be asked again. */
    private static Optional<Integer> waiting(HttpResponse<InputStream> response) {
        return Set.of(409, 429).contains(response.statusCode())
                ? response.headers()
                        .firstValue("Retry-After")
                        .filter(text -> text.matches("[0-9]{1,4}"))
                        .map(Integer::valueOf)
                        .filter(seconds -> seconds <= LONGEST_WAIT_SECONDS)
                : Optional.empty();
    }

    private static String reason(IOException e) {
        if (e instanceof ConnectException || e instanceof java.net.http.HttpConnectTimeoutException) {
            return "cannot be reached";
        }
        if (e instanceof java.net.http.HttpTimeoutException) {
            return "gave no answer in " + ANSWER.toMinutes() + " minutes";
        }
        return "cannot be reached: " + e.getMessage();
    }

    private IOException refusal(HttpResponse<InputStream> response, byte[] body) {
        int status = response.statusCode();
        String detail = detail(body);
        boolean isUnderWay =
                status == 409 && response.headers().firstValue("Retry-After").isPresent();
        if (NOT_NOW.contains(status) || isUnderWay) {
            return new ServerUnreachable(project.server() + " cannot work now (HTTP " + status + ")"
                    + (detail.isEmpty() ? "" : ": " + detail));
        }
        String words =
                switch (status) {
                    case 401 ->
                        project.server()
                                + " does not know the token; get a new one with plumb login, or make one there"
                                + " and set PLUMBLINE_TOKEN";
                    case 403 -> detail.isEmpty() ? "the token may not do this in " + project : detail;
                    case 404 ->
                        "there is no project " + project
                                + " for this token; look for its name, and whether your account is a member";
                    case 413 -> "the results are larger than " + project.server() + " accepts in one call";
                    case 429 ->
                        project.server() + " is at its limit now; try again"
                                + response.headers()
                                        .firstValue("Retry-After")
                                        .filter(text -> text.matches("[0-9]{1,6}"))
                                        .map(text -> " in " + text + " s")
                                        .orElse(" later");
                    default -> project.server() + " answers with HTTP " + status;
                };
        boolean isSaid = detail.isEmpty() || words.equals(detail);
        return new ServerRefusal(status, isSaid ? words : words + " (" + detail + ")");
    }

    /** The server's error message; at most a line. */
    private static String detail(byte[] body) {
        try {
            JsonValue json = JsonValue.read(new ByteArrayInputStream(body));
            String text =
                    json.get("detail").text().or(() -> json.get("title").text()).orElse("");
            return TerminalText.shorten(TerminalText.escape(text), 500, "…");
        } catch (IOException e) {
            return "";
        }
    }
}
