package dev.plumbline.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.RunningServer.Answer;
import dev.plumbline.server.RunningServer.Client;
import dev.plumbline.server.command.ConfinedCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a request that is sent again, wherever people are kept. */
class IdempotencyTest extends ServedProject {
    private static final String KEY = "Idempotency-Key";
    private static final String RESULTS = "benchmark,value,unit\nsort,12.5,ns\n";

    private final AtomicInteger commands = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    @Override
    int run(ConfinedCommand command) {
        // after a change the server judges for its pages by itself, in its own time
        if (command.arguments().get(0).equals("check")) {
            commands.incrementAndGet();
        }
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return super.run(command);
    }

    @AfterEach
    void letWaitingCommandsEnd() {
        gate.countDown();
    }

    private Answer check(Client client, String key, String results) {
        return client.send(
                "POST", FAST + "/checks?environment=lab&branch=main&name=r.csv&commit=abcdef12", results, KEY, key);
    }

    @Test
    void the_same_request_under_a_key_is_done_once_and_answered_the_same() {
        Answer first = check(ci, "key-number-1", RESULTS);
        Answer second = check(ci, "key-number-1", RESULTS);

        assertThat(first.status()).isEqualTo(200);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.text()).isEqualTo(first.text()).contains("sort");
        assertThat(second.header("Plumbline-Gate"))
                .isEqualTo(first.header("Plumbline-Gate"))
                .isNotEmpty();
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        assertThat(commands.get()).isEqualTo(1);
    }

    @Test
    void what_could_not_be_read_is_answered_the_same_too_and_what_is_no_key_is_refused() {
        Answer first = check(ci, "key-number-1", "no result\n");
        assertThat(first.status()).isEqualTo(422);
        assertThat(check(ci, "key-number-1", "no result\n").text()).isEqualTo(first.text());
        assertThat(commands.get()).isEqualTo(1);
        assertThat(check(ci, "short", RESULTS).status()).isEqualTo(400);
        assertThat(check(ci, "with a space", RESULTS).status()).isEqualTo(400);
    }

    @Test
    void a_key_of_another_request_is_refused_and_one_of_somebody_else_is_another_one() {
        check(ci, "key-number-1", RESULTS);

        Answer other = check(ci, "key-number-1", RESULTS.replace("12.5", "12.6"));
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.member("type")).isEqualTo("urn:plumbline:problem:reused-key");
        assertThat(check(server.token(root, "acme/fast", "recorder"), "key-number-1", RESULTS.replace("12.5", "12.6"))
                        .status())
                .isEqualTo(200);
        assertThat(check(server.nobody(), "key-number-1", RESULTS).status()).isEqualTo(401);
        assertThat(commands.get()).isEqualTo(2);
    }

    @Test
    void of_many_at_once_one_is_done_and_the_others_are_asked_to_wait() throws Exception {
        gate = new CountDownLatch(1);
        List<CompletableFuture<Answer>> requests = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            requests.add(CompletableFuture.supplyAsync(() -> check(ci, "key-number-1", RESULTS)));
        }
        CompletableFuture<?>[] all = requests.toArray(CompletableFuture<?>[]::new);
        while (requests.stream().filter(CompletableFuture::isDone).count() < 7) {
            assertThat(CompletableFuture.anyOf(all)).succeedsWithin(java.time.Duration.ofSeconds(30));
            Thread.sleep(10);
        }
        gate.countDown();
        CompletableFuture.allOf(all).get();

        List<Answer> done = requests.stream().map(CompletableFuture::join).toList();
        assertThat(done.stream().filter(answer -> answer.status() == 200)).hasSize(1);
        assertThat(done.stream().filter(answer -> answer.status() == 409))
                .hasSize(7)
                .allSatisfy(answer -> assertThat(answer.header("Retry-After")).isEqualTo("2"));
        assertThat(commands.get()).isEqualTo(1);
        assertThat(check(ci, "key-number-1", RESULTS).header("Idempotency-Replayed"))
                .isEqualTo("true");
    }

    @Test
    void a_key_is_forgotten_after_a_day() {
        check(ci, "key-number-1", RESULTS);
        server.clock.pass(Duration.ofHours(23));
        server.keepHouse();
        check(ci, "key-number-1", RESULTS);
        assertThat(commands.get()).isEqualTo(1);
        server.clock.pass(Duration.ofHours(2));
        server.keepHouse();
        assertThat(check(ci, "key-number-1", RESULTS).status()).isEqualTo(200);
        assertThat(commands.get()).isEqualTo(2);
    }
}
