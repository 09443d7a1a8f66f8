package dev.plumbline.server.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.people.Name;
import dev.plumbline.server.people.Organisation;
import dev.plumbline.server.people.Project;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AfterChangesTest {
    private long nanos;
    private final List<String> done = new ArrayList<>();
    private final AfterChanges changes = new AfterChanges(() -> nanos);

    @AfterEach
    void close() {
        changes.close();
    }

    private static Project project(String name) {
        return new Project(
                name,
                new Organisation("mnopqrstuvwx", new Name("acme"), Instant.EPOCH),
                new Name(name),
                false,
                false,
                Instant.EPOCH);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private List<String> run(Duration each) {
        done.clear();
        changes.run(project -> {
            done.add(project.id());
            pass(each);
        });
        return List.copyOf(done);
    }

    @Test
    void it_is_done_once_when_it_is_quiet() {
        changes.changed(project("one"));
        changes.changed(project("one"));
        assertThat(run(Duration.ZERO)).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(run(Duration.ZERO)).containsExactly("one");
        assertThat(run(Duration.ZERO)).isEmpty();
    }

    @Test
    void who_changes_all_the_time_waits_half_a_minute_and_no_longer() {
        int second = 0;
        for (; run(Duration.ZERO).isEmpty(); second++) {
            assertThat(second).isLessThan(100);
            changes.changed(project("one"));
            pass(Duration.ofMillis(500));
        }
        assertThat(second).isEqualTo(60);
    }

    @Test
    void what_takes_long_is_not_done_again_at_once_and_others_are() {
        changes.changed(project("large"));
        pass(Duration.ofSeconds(1));
        assertThat(run(Duration.ofSeconds(20))).containsExactly("large");
        changes.changed(project("large"));
        changes.changed(project("small"));
        pass(Duration.ofSeconds(1));
        assertThat(run(Duration.ZERO)).containsExactly("small");
        pass(Duration.ofSeconds(58));
        assertThat(run(Duration.ZERO)).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(run(Duration.ZERO)).containsExactly("large");
    }

    @Test
    void what_fails_keeps_nothing_else_from_being_done() {
        changes.changed(project("one"));
        changes.changed(project("two"));
        pass(Duration.ofSeconds(1));
        changes.run(project -> {
            done.add(project.id());
            throw new IllegalStateException("no");
        });
        assertThat(done).containsExactly("one", "two");
    }
}
