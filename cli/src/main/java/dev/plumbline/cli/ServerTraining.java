package dev.plumbline.cli;

import dev.plumbline.cli.option.Terminal;
import dev.plumbline.pipeline.workspace.StoreLocation;
import dev.plumbline.server.PlumblineServer;
import dev.plumbline.server.ServerSettings;
import dev.plumbline.server.http.HttpSettings;
import dev.plumbline.server.identity.IdentitySettings;
import dev.plumbline.server.people.PasswordCost;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts a server once and reads from it, so that a start of a server and its first answers need no other classes. */
final class ServerTraining {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final String PROJECT = "/api/v1/projects/demo/training";

    private ServerTraining() {}

    /**
     * Serves a project, and asks for what people and programs ask first.
     *
     * @param folder an empty one
     * @param results a file to record
     * @throws IOException if nothing can listen or be asked on this machine
     */
    static void run(Terminal terminal, Path folder, Path results) throws IOException {
        HttpSettings http = new HttpSettings(
                InetAddress.getLoopbackAddress().getHostAddress(),
                0,
                Optional.empty(),
                List.of(),
                false,
                HttpSettings.DEFAULT_REQUESTS,
                IdentitySettings.NONE,
                PasswordCost.DEFAULT,
                List.of(),
                Duration.ZERO);
        ServerSettings settings = new ServerSettings(folder, Optional.empty(), Optional.empty(), http, Map.of());
        try (PlumblineServer server =
                PlumblineServer.start(settings, Plumb::answer, Clock.systemUTC(), System::nanoTime)) {
            StoreLocation history = server.publicProject("demo", "training").orElseThrow();
            Plumb.run(terminal, "record", "--store", history.toString(), results.toString());
            for (String path : List.of("/readyz", "/", "/sign-in", "/p/demo/training/", "/p/demo/training/incidents")) {
                get(server.address(), path, "Accept: text/html\r\nAccept-Encoding: gzip\r\n");
            }
            for (String path : List.of("/runs", "/incidents", "/benchmarks")) {
                get(server.address(), PROJECT + path, "");
            }
            String series = get(server.address(), PROJECT + "/series", "");
            String id = series.replaceFirst("(?s).*\"series\": \"([0-9a-f]+)\".*", "$1");
            get(server.address(), PROJECT + "/series/" + id + "/points", "");
        }
    }

    /** The answer, as a socket has it: a client of HTTP is no part of what a server needs. */
    private static String get(URI address, String path, String headers) throws IOException {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: " + address.getHost() + "\r\n" + headers
                                    + "Connection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
