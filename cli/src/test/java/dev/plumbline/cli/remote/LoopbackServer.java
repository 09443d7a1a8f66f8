package dev.plumbline.cli.remote;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plumbline.cli.Plumb;
import dev.plumbline.pipeline.repository.CommitStore;
import dev.plumbline.pipeline.workspace.StoreLocation;
import dev.plumbline.server.command.CommandExecution;
import dev.plumbline.server.command.CommandRefused;
import dev.plumbline.server.command.CommitExchange;
import dev.plumbline.server.command.ConfinedCommand;
import dev.plumbline.server.command.MalformedPacket;
import dev.plumbline.server.command.Right;
import dev.plumbline.server.command.WorkingCopy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server with one project, {@code acme/parser}, and one account, on this machine alone. */
final class LoopbackServer implements AutoCloseable {
    static final String TOKEN = "token-of-ann";
    static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final long MOST_BYTES = 100L << 20;

    private final HttpServer http;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final Path folder;
    private final CommitStore commits;
    private Set<Right> rights = EnumSet.allOf(Right.class);
    final AtomicInteger calls = new AtomicInteger();
    private volatile int answersWith;
    private volatile String retryAfter = "";
    private volatile boolean isSilent;
    private volatile boolean isBreakingOff;
    private volatile Map<Path, String> addition = Map.of();

    LoopbackServer(Path folder) throws IOException {
        this(folder, 0);
    }

    LoopbackServer(Path folder, int port) throws IOException {
        this.folder = Files.createDirectories(folder);
        Files.createDirectories(folder.resolve("scratch"));
        commits = new CommitStore(folder.resolve("commits"));
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        http.setExecutor(threads);
        http.createContext("/api/v1/projects/acme/parser/commands", exchange -> answer(exchange, this::command));
        http.createContext("/api/v1/projects/acme/parser/repository/known", exchange -> answer(exchange, this::known));
        http.createContext("/api/v1/projects/acme/parser/repository/packs", exchange -> answer(exchange, this::pack));
        http.createContext(
                "/api/v1/projects",
                exchange ->
                        answer(exchange, (call, out) -> out.write("{\"items\":[]}".getBytes(StandardCharsets.UTF_8))));
        http.start();
    }

    private interface Route {
        void answer(HttpExchange exchange, OutputStream out) throws IOException, CommandRefused;
    }

    String address() {
        return "http://127.0.0.1:" + port();
    }

    int port() {
        return http.getAddress().getPort();
    }

    /** The variables of somebody who uses the project. */
    Map<String, String> variables() {
        return Map.of(
                "USER",
                "ann",
                "PLUMBLINE_SERVER",
                address(),
                "PLUMBLINE_PROJECT",
                "acme/parser",
                "PLUMBLINE_TOKEN",
                TOKEN);
    }

    LoopbackServer withRights(Right... some) {
        rights = Set.of(some);
        return this;
    }

    /** Answers every call with a status and nothing else; 0 answers as usual. */
    void answerWith(int status, String later) {
        answersWith = status;
        retryAfter = later;
    }

    /** Does what it is asked for and breaks off before it answers. */
    void fallSilent(boolean silent) {
        isSilent = silent;
    }

    /** Ends each connection in the middle of an answer. */
    void breakOff(boolean breaksOff) {
        isBreakingOff = breaksOff;
    }

    /** Answers every command with one more file than it wrote. */
    void alsoWrite(Path file, String content) {
        addition = Map.of(file, content);
    }

    Path folder() {
        return folder;
    }

    StoreLocation history() {
        return new StoreLocation.InFile(folder.resolve("history.db"));
    }

    private void answer(HttpExchange exchange, Route route) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int status = 200;
        try (exchange) {
            if (answersWith != 0) {
                status = answersWith;
                exchange.getRequestBody().readAllBytes();
                if (!retryAfter.isEmpty()) {
                    exchange.getResponseHeaders().add("Retry-After", retryAfter);
                }
                problem(out, "the database is being moved");
            } else if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                status = 401;
                problem(out, "unknown token");
            } else {
                try {
                    route.answer(exchange, out);
                } catch (MalformedPacket e) {
                    status = e.isTooLarge() ? 413 : 400;
                    out.reset();
                    problem(out, e.getMessage());
                } catch (CommandRefused e) {
                    status = 403;
                    problem(out, e.getMessage());
                } catch (IOException | RuntimeException e) {
                    status = 500;
                    problem(out, String.valueOf(e));
                }
            }
            if (isSilent) {
                return;
            }
            exchange.sendResponseHeaders(status, out.size() == 0 ? -1 : out.size());
            byte[] bytes = out.toByteArray();
            exchange.getResponseBody()
                    .write(bytes, 0, isBreakingOff && status == 200 ? bytes.length / 2 : bytes.length);
        }
    }

    private static void problem(OutputStream out, String detail) throws IOException {
        out.write(("{\"title\": \"refused\", \"detail\": \"" + detail.replace("\"", "'") + "\"}")
                .getBytes(StandardCharsets.UTF_8));
    }

    private void command(HttpExchange exchange, OutputStream out) throws IOException, CommandRefused {
        calls.incrementAndGet();
        try (CommandExecution execution = CommandExecution.run(
                exchange.getRequestBody(),
                new CommandExecution.Member("ann", rights),
                new CommandExecution.Project(history(), commits, new WorkingCopy(folder.resolve("copy"))),
                new CommandExecution.Settings(
                        this::runProgram,
                        folder.resolve("scratch"),
                        Clock.fixed(NOW, ZoneOffset.UTC),
                        MOST_BYTES,
                        Optional.empty()))) {
            execution.writeTo(out);
        }
    }

    private int runProgram(ConfinedCommand command) {
        addition.forEach((file, content) -> {
            try {
                Path inside = command.caller().root().resolve(file.getRoot().relativize(file));
                Files.writeString(inside, content);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return Plumb.answer(command);
    }

    private void known(HttpExchange exchange, OutputStream out) throws IOException {
        new CommitExchange(commits).answer(exchange.getRequestBody(), out);
    }

    private void pack(HttpExchange exchange, OutputStream out) throws IOException {
        new CommitExchange(commits).add(exchange.getRequestBody(), MOST_BYTES);
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
