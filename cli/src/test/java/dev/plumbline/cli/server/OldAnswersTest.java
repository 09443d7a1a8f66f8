package dev.plumbline.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.Plumb;
import dev.plumbline.server.RunningServer;
import dev.plumbline.server.RunningServer.Client;
import dev.plumbline.server.command.ConfinedCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages of histories so large that to judge them takes long. */
class OldAnswersTest {
    private static final String PROJECT = "/api/v1/projects/acme/fast";
    private static final String PAGE = "/p/acme/fast/";
    private static final String OLD = "it is being updated";

    @TempDir
    private Path folder;

    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile long millis;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private RunningServer server;
    private Client root;

    private int run(ConfinedCommand command) {
        asked.add(String.join(" ", command.arguments()));
        if (!command.arguments().get(0).equals("record")) {
            try {
                Thread.sleep(millis);
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return Plumb.answer(command);
    }

    @BeforeEach
    void start() throws IOException {
        server = new RunningServer(folder, Optional.empty(), this::run);
        root = server.administrator();
        root.post("/api/v1/organisations", "{\"name\":\"acme\"}");
        root.post("/api/v1/organisations/acme/projects", "{\"name\":\"fast\"}");
    }

    @AfterEach
    void stop() {
        gate.countDown();
        server.close();
    }

    private void record(int run) {
        assertThat(root.send(
                                "POST",
                                PROJECT + "/runs?environment=lab&branch=main&name=r.csv&commit=abcdef0" + run,
                                "benchmark,value,unit\nsort,1" + run + ".5,ns\n",
                                "Content-Type",
                                "application/octet-stream")
                        .status())
                .isEqualTo(200);
        server.clock.pass(Duration.ofSeconds(1));
    }

    private String page(String path) {
        return root.send("GET", path, "", "Accept", "text/html").text();
    }

    private void awaitCurrent(String path) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        for (String page = page(path);
                page.contains(OLD) || page.contains("being computed") || page.contains("http-equiv=\"refresh\"");
                page = page(path)) {
            assertThat(System.nanoTime()).as(path).isLessThan(end);
            Thread.sleep(100);
        }
    }

    @Test
    void what_was_computed_last_is_shown_at_once_with_its_time_while_newer_results_are_judged() throws Exception {
        millis = 2_100; // what is quicker is waited for
        record(1);
        awaitCurrent(PAGE);
        awaitCurrent(PAGE + "incidents");
        awaitCurrent("/");
        millis = 0;
        gate = new CountDownLatch(1);
        record(2);

        long began = System.nanoTime();
        assertThat(page(PAGE)).contains("This page is as of 2026-06-01 12:00 UTC; " + OLD);
        assertThat(page(PAGE + "run.html")).contains(OLD);
        assertThat(page(PAGE + "incidents")).contains(OLD);
        assertThat(page("/")).contains("acme/fast").doesNotContain("http-equiv=\"refresh\"");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));

        gate.countDown();
        awaitCurrent(PAGE);
        awaitCurrent(PAGE + "incidents");
    }

    @Test
    void nobody_has_to_look_for_a_page_to_be_brought_up_to_date() throws Exception {
        record(1);
        Thread.sleep(4_000); // it is quiet for a second, and judged
        gate = new CountDownLatch(1); // no command answers any more

        assertThat(page(PAGE)).contains("abcdef01").doesNotContain(OLD);
        assertThat(page(PAGE + "incidents")).contains("Incidents").doesNotContain(OLD);
        assertThat(page("/")).doesNotContain("http-equiv=\"refresh\"");
        assertThat(root.get(PROJECT + "/incidents").status()).isEqualTo(200);
    }

    @Test
    void pages_and_webhooks_tell_of_one_judgement_of_a_change() throws Exception {
        assertThat(root.post(PROJECT + "/webhooks", "{\"address\":\"http://127.0.0.1:9/hook\"}")
                        .status())
                .isEqualTo(201);
        record(1);
        server.keepHouse();
        asked.clear();

        record(2);
        server.keepHouse(); // the webhooks' look
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!asked.contains("report -o report.json")) { // the pages are brought up to date
            assertThat(System.nanoTime()).as(asked.toString()).isLessThan(end);
            Thread.sleep(50);
        }
        assertThat(page(PAGE + "incidents")).contains("Incidents");

        assertThat(asked).contains("accept --list --json").containsOnlyOnce("incidents --json");
    }
}
