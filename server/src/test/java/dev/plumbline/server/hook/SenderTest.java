package dev.plumbline.server.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.publish.http.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests over sockets, against servers that behave badly. */
class SenderTest {
    private static final List<Network> LOOPBACK = List.of(Network.parse("127.0.0.0/8"));
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path folder;

    /** What a server does with a connection, after it has read a whole request. */
    private interface Conversation {
        void answer(OutputStream out) throws Exception;
    }

    private static CompletableFuture<String> serve(ServerSocket listening, Conversation conversation) {
        return CompletableFuture.supplyAsync(() -> {
            try (Socket socket = listening.accept()) {
                InputStream in = socket.getInputStream();
                StringBuilder request = new StringBuilder();
                while (!request.toString().matches("(?s).*\r\n\r\n\\{.*}")) {
                    int next = in.read();
                    if (next < 0) {
                        throw new IOException("the request breaks off");
                    }
                    request.append((char) next);
                }
                conversation.answer(socket.getOutputStream());
                return request.toString();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** The same where nobody looks at the request. */
    private static void answer(ServerSocket listening, Conversation conversation) {
        Thread thread = new Thread(() -> {
            try {
                serve(listening, conversation).join();
            } catch (CompletionException e) {
                // the sender hangs up on what is no answer; what it made of that is what the tests look at
                assertThat(e).hasCauseInstanceOf(IllegalStateException.class);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static Conversation text(String answer) {
        return out -> out.write(answer.getBytes(StandardCharsets.US_ASCII));
    }

    private static Destinations here() {
        return new Destinations(LOOPBACK, host -> List.of(InetAddress.getLoopbackAddress()));
    }

    private static int post(Conversation conversation, Duration whole) throws IOException {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Sender sender = new Sender(here(), (SSLSocketFactory) SSLSocketFactory.getDefault(), whole)) {
            answer(listening, conversation);
            return sender.post(
                    URI.create("http://hooks.test:" + listening.getLocalPort() + "/a?b=c"), "{\"x\":1}", Map.of());
        }
    }

    @Test
    void a_request_is_whole_and_has_the_name_of_the_host() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Sender sender = new Sender(here())) {
            CompletableFuture<String> request = serve(listening, text("HTTP/1.1 204 No Content\r\n\r\n"));
            int status = sender.post(
                    URI.create("http://hooks.test:" + listening.getLocalPort() + "/a?b=c"),
                    "{\"x\":1}",
                    Map.of("webhook-id", "msg_1"));
            assertThat(status).isEqualTo(204);
            assertThat(request.get())
                    .isEqualTo("POST /a?b=c HTTP/1.1\r\nHost: hooks.test:" + listening.getLocalPort()
                            + "\r\nUser-Agent: Plumbline\r\nContent-Type: application/json\r\nContent-Length: 7\r\n"
                            + "Connection: close\r\nwebhook-id: msg_1\r\n\r\n{\"x\":1}");
        }
    }

    @Test
    void a_redirection_is_an_answer_and_is_not_followed() throws IOException {
        Duration whole = Duration.ofSeconds(5);
        assertThat(post(text("HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\n\r\n"), whole))
                .isEqualTo(302);
        assertThat(post(text("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 201 Created\r\n\r\n"), whole))
                .isEqualTo(201);
    }

    @Test
    void what_is_no_answer_or_never_ends_is_a_failure_in_limited_time_and_memory() {
        Duration whole = Duration.ofSeconds(1);
        assertThatThrownBy(() -> post(text("SSH-2.0-OpenSSH_9.2\r\n"), whole))
                .hasMessage("no answer: the answer is not HTTP/1.1");
        assertThatThrownBy(() -> post(text("HTTP/1.1 099 x\r\n"), whole)).hasMessageContaining("not HTTP/1.1");
        assertThatThrownBy(() -> post(text(""), whole)).hasMessage("no answer: the answer is cut off");
        assertThatThrownBy(() -> post(text("x".repeat(1 << 20)), whole))
                .hasMessage("no answer: the header of the answer is too long");
        assertThatThrownBy(() -> post(
                        out -> {
                            while (true) { // headers without an end, until the sender hangs up
                                out.write("HTTP/1.1 100 Continue\r\nx: y\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                            }
                        },
                        whole))
                .hasMessage("no answer: the header of the answer is too long");
        long began = System.nanoTime();
        assertThatThrownBy(() -> post(
                        out -> {
                            for (int i = 0; i < 200; i++) {
                                out.write('H');
                                out.flush();
                                Thread.sleep(50);
                            }
                        },
                        whole))
                .hasMessage("no answer within 1 s");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(whole, Duration.ofSeconds(5));
    }

    private static Transport.Response whole(String answer, int mostBytes) throws IOException {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Sender sender = new Sender(here(), Duration.ofSeconds(5))) {
            answer(listening, text(answer));
            return sender.exchange(
                    "PUT",
                    URI.create("http://forge.test:" + listening.getLocalPort() + "/"),
                    Optional.of("{}"),
                    Map.of(),
                    mostBytes);
        }
    }

    @Test
    void a_whole_answer_is_read_however_its_end_is_told() throws IOException {
        for (String answer : List.of(
                "HTTP/1.1 200 OK\r\nX-A: b\r\nContent-Length: 7\r\n\r\n{\"x\":1}more",
                "HTTP/1.1 200 OK\r\nX-A: b\r\n\r\n{\"x\":1}",
                String.join(
                        "\r\n",
                        "HTTP/1.1 100 Continue",
                        "",
                        "HTTP/1.1 200 OK",
                        "X-A: b",
                        "Transfer-Encoding: chunked",
                        "",
                        "3;e=f",
                        "{\"x",
                        "4",
                        "\":1}",
                        "0",
                        "",
                        ""))) {
            Transport.Response response = whole(answer, 1_000);
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.headers()).containsEntry("x-a", "b");
            assertThat(new String(response.body(), StandardCharsets.UTF_8)).isEqualTo("{\"x\":1}");
        }
        assertThat(whole("HTTP/1.1 204 No Content\r\n\r\n", 1_000).body()).isEmpty();
    }

    @Test
    void a_whole_answer_that_is_too_large_or_cut_off_is_a_failure() {
        int most = 1 << 20;
        assertThatThrownBy(() -> whole("HTTP/1.1 200 OK\r\nContent-Length: 1048577\r\n\r\n", most))
                .hasMessageContaining("more than 1 MiB");
        assertThatThrownBy(() -> whole("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(most + 1), most))
                .hasMessageContaining("more than 1 MiB");
        assertThatThrownBy(() -> whole("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n", most))
                .hasMessageContaining("more than 1 MiB");
        assertThatThrownBy(() -> whole("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nx", most))
                .hasMessageContaining("unknown encoding");
        assertThatThrownBy(() -> whole("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx", most))
                .hasMessageContaining("cut off");
        assertThatThrownBy(() -> whole("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n", most))
                .hasMessageContaining("has no length");
    }

    @Test
    void a_name_is_resolved_once_so_that_no_later_answer_leads_elsewhere() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Destinations changing = new Destinations(
                LOOPBACK,
                host -> List.of(InetAddress.getByName(asked.getAndIncrement() == 0 ? "127.0.0.1" : "169.254.169.254")));
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Sender sender = new Sender(changing)) {
            answer(listening, text("HTTP/1.1 200 OK\r\n\r\n"));
            URI address = URI.create("http://hooks.test:" + listening.getLocalPort() + "/");
            assertThat(sender.post(address, "{}", Map.of())).isEqualTo(200);
            assertThat(asked.get()).isEqualTo(1);
            assertThatThrownBy(() -> sender.post(address, "{}", Map.of())).hasMessageContaining("private network");
        }
    }

    @Test
    void a_header_cannot_be_ended_by_its_value() {
        try (Sender sender = new Sender(here())) {
            assertThatThrownBy(() -> post(out -> {}, Duration.ofSeconds(1))).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> {
                        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                            sender.post(
                                    URI.create("http://x:" + listening.getLocalPort() + "/"),
                                    "{}",
                                    Map.of("a", "b\r\nc: d"));
                        }
                    })
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private SSLContext certified(String name) throws Exception {
        Path file = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "x",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=dns:" + name,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .start();
        keytool.getInputStream().readAllBytes();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("x", store.getCertificate("x"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    @Test
    void a_certificate_has_to_be_trusted_and_of_the_host() throws Exception {
        SSLContext context = certified("hooks.test");
        try (ServerSocket listening =
                        context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Sender trusting = new Sender(here(), context.getSocketFactory(), Duration.ofSeconds(10));
                Sender usual = new Sender(here())) {
            String port = ":" + listening.getLocalPort() + "/";
            CompletableFuture<String> request = serve(listening, text("HTTP/1.1 200 OK\r\n\r\n"));
            assertThat(trusting.post(URI.create("https://hooks.test" + port), "{}", Map.of()))
                    .isEqualTo(200);
            assertThat(request.get()).startsWith("POST / HTTP/1.1");
            answer(listening, text("HTTP/1.1 200 OK\r\n\r\n"));
            assertThatThrownBy(() -> trusting.post(URI.create("https://other.test" + port), "{}", Map.of()))
                    .hasMessageContaining("No subject alternative DNS name matching other.test");
            answer(listening, text("HTTP/1.1 200 OK\r\n\r\n"));
            assertThatThrownBy(() -> usual.post(URI.create("https://hooks.test" + port), "{}", Map.of()))
                    .hasMessageContaining("unable to find valid certification path");
        }
    }
}
