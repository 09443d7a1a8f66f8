package dev.plumbline.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.report.format.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server process that is killed in the middle of uploads, and started again. */
class KilledServerTest {
    private static final int UPLOADS = 200;
    private static final int CLIENTS = 8;
    private static final int ENOUGH = 60;
    private static final int BENCHMARKS = 20;
    private static final String PROJECT = "/api/v1/projects/acme/fast";
    private static final Pattern ADDRESS = Pattern.compile("serving (http://\\S+)");
    private static final Pattern LINK = Pattern.compile("pli_[a-z2-7]{32}");

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private Process process;
    private URI address;
    private String printed = "";
    private String token;

    private void start() throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.plumbline.cli.Plumb",
                        "serve",
                        "--data",
                        folder.resolve("data").toString(),
                        "--listen",
                        "127.0.0.1:0",
                        "--requests-per-second",
                        "10000")
                .redirectError(folder.resolve("log").toFile())
                .start();
        InputStream out = process.getInputStream();
        StringBuilder text = new StringBuilder();
        byte[] piece = new byte[1024];
        while (!text.toString().contains("serving")
                || !Files.exists(folder.resolve("token")) && !LINK.matcher(text).find()) {
            int read = out.read(piece);
            assertThat(read).as(Files.readString(folder.resolve("log"))).isPositive();
            text.append(new String(piece, 0, read, StandardCharsets.UTF_8));
        }
        printed = text.toString();
        Matcher matcher = ADDRESS.matcher(printed);
        assertThat(matcher.find()).isTrue();
        address = URI.create(matcher.group(1));
    }

    @AfterEach
    void stop() {
        process.destroyForcibly();
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String path, String body, String type)
            throws IOException, InterruptedException {
        return http.send(
                request.uri(address.resolve(path))
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private void makeProject() throws IOException, InterruptedException {
        Matcher link = LINK.matcher(printed);
        assertThat(link.find()).isTrue();
        HttpResponse<String> accepted = send(
                HttpRequest.newBuilder(),
                "/api/v1/invitations/accept",
                "{\"invitation\":\"" + link.group() + "\",\"account\":\"root\",\"password\":\"correct horse battery\"}",
                "application/json");
        String cookie =
                accepted.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
        as(cookie, "/api/v1/organisations", "{\"name\":\"acme\"}");
        as(cookie, "/api/v1/organisations/acme/projects", "{\"name\":\"fast\"}");
        token = json(as(cookie, PROJECT + "/tokens", "{\"name\":\"ci\",\"role\":\"contributor\"}"))
                .get("token")
                .text()
                .orElseThrow();
        Files.createFile(folder.resolve("token"));
    }

    private String as(String cookie, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(
                HttpRequest.newBuilder().header("Cookie", cookie).header("Origin", address.toString()),
                path,
                body,
                "application/json");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return answer.body();
    }

    private static JsonValue json(String text) throws IOException {
        return JsonValue.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String commit(int upload) {
        return String.format("%040x", 0xabcdef00L + upload);
    }

    /** Whether the server says that the upload is recorded. */
    private boolean upload(int upload) {
        StringBuilder csv = new StringBuilder("benchmark,value,unit\n");
        for (int i = 0; i < BENCHMARKS; i++) {
            csv.append("bench")
                    .append(i)
                    .append(',')
                    .append(1000 + upload)
                    .append('.')
                    .append(i)
                    .append(",ns\n");
        }
        try {
            return send(
                                    HttpRequest.newBuilder().header("Authorization", "Bearer " + token),
                                    PROJECT + "/runs?name=r.csv&environment=lab&branch=main&commit=" + commit(upload)
                                            + "&time=2026-01-01T00:00:" + String.format("%02d", upload % 60) + "Z",
                                    csv.toString(),
                                    "application/octet-stream")
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false; // it was killed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Set<String> commits() throws IOException, InterruptedException {
        HttpResponse<String> runs = http.send(
                HttpRequest.newBuilder(address.resolve(PROJECT + "/runs?limit=1000"))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        Set<String> commits = new TreeSet<>();
        for (JsonValue run : json(runs.body()).get("items").elements()) {
            assertThat(commits.add(run.get("commit").text().orElseThrow())).isTrue();
        }
        return commits;
    }

    private long points() throws IOException, InterruptedException {
        HttpResponse<String> series = http.send(
                HttpRequest.newBuilder(address.resolve(PROJECT + "/series?limit=1000"))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        long points = 0;
        for (JsonValue one : json(series.body()).get("items").elements()) {
            HttpResponse<String> found = http.send(
                    HttpRequest.newBuilder(address.resolve(PROJECT + "/series/"
                                    + one.get("series").text().orElseThrow()))
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            points += json(found.body()).get("points").integer().orElseThrow();
        }
        return points;
    }

    @Test
    void what_was_acknowledged_is_whole_and_what_is_sent_again_counts_once() throws Exception {
        start();
        makeProject();
        Set<String> acknowledged = new ConcurrentSkipListSet<>();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        for (int i = 0; i < UPLOADS; i++) {
            int upload = i;
            clients.execute(() -> {
                if (upload(upload)) {
                    acknowledged.add(commit(upload));
                }
            });
        }
        clients.shutdown();
        while (acknowledged.size() < ENOUGH) {
            assertThat(clients.awaitTermination(20, TimeUnit.MILLISECONDS)).isFalse();
        }
        process.destroyForcibly().waitFor();
        assertThat(clients.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(acknowledged.size()).isLessThan(UPLOADS);

        start();
        Set<String> kept = commits();
        assertThat(kept).containsAll(acknowledged);
        assertThat(points()).isEqualTo((long) kept.size() * BENCHMARKS);
        assertThat(runsWithFiles().size()).isBetween(acknowledged.size(), kept.size());

        for (int i = 0; i < UPLOADS; i++) {
            assertThat(upload(i)).isTrue();
        }
        assertThat(commits()).hasSize(UPLOADS);
        assertThat(points()).isEqualTo((long) UPLOADS * BENCHMARKS);
        assertThat(runsWithFiles()).hasSize(UPLOADS);
    }

    private JsonValue read(String path) throws IOException, InterruptedException {
        return json(http.send(
                        HttpRequest.newBuilder(address.resolve(PROJECT + path))
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body());
    }

    /** The runs whose file is kept; every file that is listed is there, and none is there beside those. */
    private Set<String> runsWithFiles() throws IOException, InterruptedException {
        Set<String> runs = new TreeSet<>();
        Set<String> listed = new TreeSet<>();
        for (JsonValue file : read("/originals?limit=1000").get("items").elements()) {
            String digest = file.get("digest").text().orElseThrow();
            listed.add(digest + ".zst");
            JsonValue one = read("/originals/" + digest);
            assertThat(one.get("isHere").isTrue()).isTrue();
            one.get("runs").elements().forEach(run -> runs.add(run.text().orElseThrow()));
        }
        Set<String> files = new TreeSet<>();
        try (Stream<Path> all = Files.walk(folder.resolve("data/projects"))) {
            all.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".zst"))
                    .forEach(files::add);
        }
        assertThat(files).isEqualTo(listed);
        return runs;
    }
}
