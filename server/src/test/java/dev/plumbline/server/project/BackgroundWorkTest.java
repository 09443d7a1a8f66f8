package dev.plumbline.server.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BackgroundWorkTest {
    private final BackgroundWork<Integer> work = new BackgroundWork<>("test");
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger begun = new AtomicInteger();

    private int waitForEnd() {
        begun.incrementAndGet();
        try {
            return end.await(1, TimeUnit.MINUTES) ? 42 : 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    @Test
    void those_who_ask_for_the_same_wait_for_the_same() throws Exception {
        CompletableFuture<Integer> first = work.of("a", this::waitForEnd);
        CompletableFuture<Integer> second = work.of("a", this::waitForEnd);
        end.countDown();

        assertThat(first.get(1, TimeUnit.MINUTES)).isEqualTo(42);
        assertThat(second.get(1, TimeUnit.MINUTES)).isEqualTo(42);
        assertThat(begun).hasValue(1);
        assertThat(work.of("a", () -> 43).get(1, TimeUnit.MINUTES)).isEqualTo(43);
    }

    @Test
    void what_failed_is_tried_again() throws Exception {
        CompletableFuture<Integer> failed = work.of("a", () -> {
            throw new IllegalStateException("no");
        });
        assertThatThrownBy(() -> failed.get(1, TimeUnit.MINUTES)).hasRootCauseMessage("no");
        assertThat(work.of("a", () -> 43).get(1, TimeUnit.MINUTES)).isEqualTo(43);
    }

    @Test
    void too_much_is_refused_at_once() {
        List<CompletableFuture<Integer>> all = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            all.add(work.of("work " + i, this::waitForEnd));
        }
        assertThat(all.stream().filter(CompletableFuture::isCompletedExceptionally))
                .isNotEmpty()
                .allSatisfy(
                        one -> assertThatThrownBy(one::get).hasRootCauseInstanceOf(RejectedExecutionException.class));
        end.countDown();
    }
}
