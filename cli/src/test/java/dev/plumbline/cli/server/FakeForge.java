package dev.plumbline.cli.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.format.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * GitHub and GitLab on this machine, with one repository {@code octo/demo}: their interfaces as far as a server uses
 * them, and what git fetches from. Requests that the services would refuse are refused.
 */
final class FakeForge implements AutoCloseable {
    static final String PERSONAL = "ghp_personal0123456789";
    static final String OF_GITLAB = "glpat-0123456789";
    static final String INSTALLATION = "ghs_installation0123456789";
    static final String APP = "4711";

    private final HttpServer server;
    private final Path repositories;
    private final Optional<PublicKey> key;

    /** Every request to an interface, as {@code METHOD /path}, without what is asked for. */
    final List<String> calls = new CopyOnWriteArrayList<>();

    /** The checks by their ids. */
    final Map<Long, JsonValue> checks = new LinkedHashMap<>();

    /** The checks as they were made. */
    private final Map<Long, JsonValue> created = new LinkedHashMap<>();

    /** When the first token of an installation expires; the next ones each an hour later. */
    private final Instant granted = Instant.parse("2026-06-01T13:00:00Z");

    private int granting;

    /** The statuses, the oldest first, each with its commit. */
    final List<Map.Entry<String, JsonValue>> statuses = new CopyOnWriteArrayList<>();

    /** The comments of the pull request by their ids. */
    final Map<Long, String> comments = new LinkedHashMap<>();

    /** The head of the open pull request 7; none is open where it is empty. */
    volatile String head = "";

    /** What every interface answers with, where it is not 0. */
    volatile int broken;

    /**
     * Starts it.
     *
     * @param repositories the folder in which {@code octo/demo.git} is, if there is one
     * @param key of the app
     */
    FakeForge(Path repositories, Optional<PublicKey> key) throws IOException {
        this.repositories = repositories;
        this.key = key;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "fake-forge");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/api/v3/", exchange -> answer(exchange, this::gitHub));
        server.createContext("/api/v4/", exchange -> answer(exchange, this::gitLab));
        server.createContext("/octo/demo.git/", this::git);
        server.start();
    }

    /** The address of the repository's page. */
    String repository() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/octo/demo";
    }

    private record Request(String method, String path, String query, Map<String, String> headers, String body) {
        JsonValue json() throws IOException {
            return FakeForge.json(body);
        }
    }

    private record Answer(int status, String body) {
        static Answer refused(int status, String message) {
            return new Answer(status, "{\"message\": \"" + message + "\"}");
        }
    }

    private interface Service {
        Answer answer(Request request) throws IOException, GeneralSecurityException;
    }

    private static JsonValue json(String text) throws IOException {
        return JsonValue.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void answer(HttpExchange exchange, Service service) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
        Request request = new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath().replaceFirst("^/api/v[34]", ""),
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""),
                headers,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        calls.add(request.method() + " " + request.path());
        Answer answer;
        try {
            answer = broken == 0 ? service.answer(request) : Answer.refused(broken, "out of order");
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : 0); // in chunks
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private static String object(Consumer<JsonText> members) {
        return JsonText.ascii(json -> json.object(() -> members.accept(json)));
    }

    private Answer gitHub(Request request) throws IOException, GeneralSecurityException {
        String bearer = request.headers().getOrDefault("Authorization", "").replaceFirst("^Bearer ", "");
        if (!"2022-11-28".equals(request.headers().get("X-GitHub-Api-Version"))
                || !"application/vnd.github+json".equals(request.headers().get("Accept"))
                || !request.headers().containsKey("User-Agent")) {
            return Answer.refused(400, "a header is missing");
        }
        String call = request.method() + " " + request.path();
        if (call.equals("GET /repos/octo/demo/installation")) {
            return isOfApp(bearer)
                    ? new Answer(200, "{\"id\": 99}")
                    : Answer.refused(401, "A JSON web token is needed");
        }
        if (call.equals("POST /app/installations/99/access_tokens")) {
            boolean isOne = request.json().get("repositories").elements().stream()
                    .map(name -> name.text().orElse(""))
                    .toList()
                    .equals(List.of("demo"));
            return isOfApp(bearer) && isOne
                    ? new Answer(
                            201,
                            "{\"token\": \"" + INSTALLATION + "\", \"expires_at\": \""
                                    + granted.plus(Duration.ofHours(granting++)) + "\"}")
                    : Answer.refused(401, "Bad credentials");
        }
        if (!List.of(PERSONAL, INSTALLATION).contains(bearer)) {
            return Answer.refused(401, "Bad credentials");
        }
        if (request.path().matches(".*/check-runs(/\\d+)?") && !request.method().equals("GET")) {
            return bearer.equals(INSTALLATION)
                    ? check(request)
                    : Answer.refused(403, "Resource not accessible by personal access token");
        }
        if (call.matches("GET /repos/octo/demo/commits/[0-9a-f]{40}/check-runs")) {
            return new Answer(200, checksOf(request.path().split("/")[5]));
        }
        if (call.matches("GET /repos/octo/demo/commits/[0-9a-f]{40}/status")) {
            String commit = request.path().split("/")[5];
            return new Answer(
                    200,
                    object(json -> json.array(
                            "statuses",
                            statuses.stream()
                                    .filter(one -> one.getKey().equals(commit))
                                    .toList(),
                            one -> json.object(() -> json.text(
                                    "context", one.getValue().get("context").text())))));
        }
        if (call.matches("POST /repos/octo/demo/statuses/[0-9a-f]{40}")) {
            statuses.add(Map.entry(request.path().split("/")[5], request.json()));
            return new Answer(201, "{}");
        }
        return switch (call) {
            case "GET /repos/octo/demo" -> new Answer(200, "{\"default_branch\": \"main\"}");
            case "GET /user" ->
                bearer.equals(PERSONAL)
                        ? new Answer(200, "{\"login\": \"plumber\"}")
                        : Answer.refused(403, "Resource not accessible by integration");
            case "GET /repos/octo/demo/pulls" -> {
                if (!request.query().contains("state=open")) {
                    yield Answer.refused(422, "Validation Failed");
                }
                yield new Answer(200, head.isEmpty() ? "[]" : "[" + pull() + "]");
            }
            case "GET /repos/octo/demo/pulls/7" -> new Answer(200, pull());
            case "GET /repos/octo/demo/issues/7/comments" -> new Answer(200, commented(true));
            case "POST /repos/octo/demo/issues/7/comments" -> comment(request);
            default ->
                call.matches("PATCH /repos/octo/demo/issues/comments/\\d+")
                        ? changed(request)
                        : Answer.refused(404, "Not Found");
        };
    }

    private boolean isOfApp(String token) throws IOException, GeneralSecurityException {
        String[] parts = token.split("\\.");
        if (parts.length != 3 || key.isEmpty()) {
            return false;
        }
        JsonValue head = json(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8));
        JsonValue claims = json(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(key.get());
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        long lasts = claims.get("exp").integer().orElse(0)
                - claims.get("iat").integer().orElse(0);
        return signature.verify(Base64.getUrlDecoder().decode(parts[2]))
                && head.get("alg").text().equals(Optional.of("RS256"))
                && claims.get("iss").text().equals(Optional.of(APP))
                && lasts > 0
                && lasts <= 600;
    }

    private String pull() {
        return "{\"number\": 7, \"merge_commit_sha\": \"" + "e".repeat(40) + "\", \"head\": {\"sha\": \"" + head
                + "\"}}";
    }

    private Answer check(Request request) throws IOException {
        String[] parts = request.path().split("/");
        long id = request.method().equals("POST") ? 500L + checks.size() : Long.parseLong(parts[parts.length - 1]);
        JsonValue body = request.json();
        boolean isWhole = request.method().equals("POST")
                ? body.get("name").text().isPresent()
                        && body.get("head_sha").text().isPresent()
                : checks.containsKey(id);
        boolean isEnded = body.get("status").text().equals(Optional.of("completed"))
                == body.get("conclusion").text().isPresent();
        if (!isWhole || !isEnded) {
            return Answer.refused(422, "Invalid request");
        }
        checks.put(id, body);
        created.putIfAbsent(id, body);
        return new Answer(request.method().equals("POST") ? 201 : 200, "{\"id\": " + id + "}");
    }

    private String checksOf(String commit) {
        return object(json -> json.array(
                "check_runs",
                created.entrySet().stream()
                        .filter(one -> one.getValue().get("head_sha").text().equals(Optional.of(commit)))
                        .toList(),
                one -> json.object(() -> {
                    json.integer("id", one.getKey());
                    json.text("external_id", one.getValue().get("external_id").text());
                })));
    }

    private String commented(boolean isOfGitHub) {
        List<String> all = new ArrayList<>();
        comments.forEach((id, text) -> all.add(object(json -> {
            json.integer("id", id);
            json.text("body", text);
            json.object(isOfGitHub ? "user" : "author", () -> {
                json.text("login", "plumber");
                json.text("type", "Bot");
                json.integer("id", 3);
            });
        })));
        return "[" + String.join(",", all) + "]";
    }

    private Answer comment(Request request) throws IOException {
        long id = 1_000L + comments.size();
        comments.put(id, request.json().get("body").text().orElseThrow());
        return new Answer(201, "{\"id\": " + id + "}");
    }

    private Answer changed(Request request) throws IOException {
        long id = Long.parseLong(request.path().replaceFirst(".*/", ""));
        comments.put(id, request.json().get("body").text().orElseThrow());
        return new Answer(200, "{\"id\": " + id + "}");
    }

    private Answer gitLab(Request request) throws IOException {
        if (!OF_GITLAB.equals(request.headers().get("PRIVATE-TOKEN"))) {
            return Answer.refused(401, "401 Unauthorized");
        }
        String own = "/projects/octo%2Fdemo";
        String call = request.method() + " " + request.path().replace(own, "*");
        if (call.matches("GET \\*/repository/commits/[0-9a-f]{40}/statuses")) {
            String commit = request.path().split("/")[5];
            boolean isThere = statuses.stream().anyMatch(one -> one.getKey().equals(commit));
            return new Answer(200, isThere ? "[{\"name\": \"Plumbline\"}]" : "[]");
        }
        if (call.matches("POST \\*/statuses/[0-9a-f]{40}")) {
            JsonValue body = request.json();
            String state = body.get("state").text().orElse("");
            if (!List.of("pending", "running", "success", "failed", "canceled", "skipped")
                    .contains(state)) {
                return Answer.refused(400, "state does not have a valid value");
            }
            statuses.add(Map.entry(request.path().split("/")[4], body));
            return new Answer(201, "{}");
        }
        return switch (call) {
            case "GET *" -> new Answer(200, "{\"default_branch\": \"main\"}");
            case "GET /user" -> new Answer(200, "{\"id\": 3}");
            case "GET */merge_requests" ->
                new Answer(200, head.isEmpty() ? "[]" : "[{\"iid\": 7, \"sha\": \"" + head + "\"}]");
            case "GET */merge_requests/7/notes" -> new Answer(200, commented(false));
            case "POST */merge_requests/7/notes" -> comment(request);
            default ->
                call.matches("PUT \\*/merge_requests/7/notes/\\d+")
                        ? changed(request)
                        : Answer.refused(404, "404 Not Found");
        };
    }

    /** What git's own program for web servers answers. */
    private void git(HttpExchange exchange) throws IOException {
        String sent = exchange.getRequestHeaders().getFirst("Authorization");
        List<String> known =
                List.of("x-access-token:" + PERSONAL, "x-access-token:" + INSTALLATION, "oauth2:" + OF_GITLAB);
        if (known.stream()
                .noneMatch(one -> ("Basic " + Base64.getEncoder().encodeToString(one.getBytes(StandardCharsets.UTF_8)))
                        .equals(sent))) {
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
            return;
        }
        ProcessBuilder builder = new ProcessBuilder("git", "http-backend");
        Map<String, String> environment = builder.environment();
        environment.put("GIT_PROJECT_ROOT", repositories.toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("PATH_INFO", exchange.getRequestURI().getPath());
        environment.put(
                "QUERY_STRING",
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""));
        environment.put("REQUEST_METHOD", exchange.getRequestMethod());
        header(exchange, "Content-Type").ifPresent(type -> environment.put("CONTENT_TYPE", type));
        header(exchange, "Git-Protocol").ifPresent(protocol -> environment.put("GIT_PROTOCOL", protocol));
        header(exchange, "Content-Encoding").ifPresent(encoding -> environment.put("HTTP_CONTENT_ENCODING", encoding));
        byte[] body = exchange.getRequestBody().readAllBytes();
        environment.put("CONTENT_LENGTH", Integer.toString(body.length));
        Process process = builder.start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(body);
        }
        byte[] out = process.getInputStream().readAllBytes();
        String text = new String(out, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        int status = 200;
        for (String line : text.substring(0, end).split("\r\n")) {
            String[] parts = line.split(": ", 2);
            if (parts[0].equals("Status")) {
                status = Integer.parseInt(parts[1].substring(0, 3));
            } else {
                exchange.getResponseHeaders().add(parts[0], parts[1]);
            }
        }
        exchange.sendResponseHeaders(status, 0);
        try (OutputStream answer = exchange.getResponseBody()) {
            answer.write(out, end + 4, out.length - end - 4);
        }
    }

    private static Optional<String> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
