package dev.plumbline.server.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.RunningServer;
import dev.plumbline.server.people.Name;
import dev.plumbline.server.people.Organisation;
import dev.plumbline.server.people.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptAnswersTest {
    private static final List<String> QUESTION = List.of("report");

    @TempDir
    private Path folder;

    private final RunningServer.MovingClock clock = new RunningServer.MovingClock();
    private final Project project = new Project(
            "abcdefghijkl",
            new Organisation("mnopqrstuvwx", new Name("acme"), Instant.EPOCH),
            new Name("fast"),
            false,
            false,
            Instant.EPOCH);
    private KeptAnswers kept;
    private int computed;

    @BeforeEach
    void make() {
        kept = new KeptAnswers(new Histories(folder), clock);
    }

    private String ask(List<String> question) throws IOException {
        return Files.readString(kept.of(
                        project,
                        question,
                        (into, history) -> Files.writeString(into.resolve("out"), "answer " + ++computed))
                .resolve("out"));
    }

    private Optional<String> last() throws IOException {
        Optional<KeptAnswers.Answer> last = kept.last(project, QUESTION);
        return last.isEmpty()
                ? Optional.empty()
                : Optional.of(Files.readString(last.get().folder().resolve("out")));
    }

    @Test
    void an_answer_is_computed_once_and_again_when_it_is_old() throws IOException {
        assertThat(kept.known(project, QUESTION)).isEmpty();
        assertThat(ask(QUESTION)).isEqualTo("answer 1");
        assertThat(ask(QUESTION)).isEqualTo("answer 1");
        assertThat(kept.known(project, QUESTION)).isPresent();

        clock.pass(Duration.ofMinutes(10));
        assertThat(kept.known(project, QUESTION)).isEmpty();
        assertThat(last()).contains("answer 1");
        assertThat(kept.last(project, QUESTION).orElseThrow().asOf()).isEqualTo("2026-06-01T12:00:00Z");
        assertThat(ask(QUESTION)).isEqualTo("answer 2");
        assertThat(last()).contains("answer 2");
    }

    @Test
    void who_decided_something_is_shown_nothing_from_before() throws IOException {
        ask(QUESTION);
        clock.pass(Duration.ofSeconds(1));
        kept.changed(project);
        assertThat(kept.known(project, QUESTION)).isEmpty();
        assertThat(last()).isEmpty();
        clock.pass(Duration.ofSeconds(1));
        assertThat(ask(QUESTION)).isEqualTo("answer 2");
        assertThat(last()).contains("answer 2");
    }

    @Test
    void of_each_question_the_two_last_answers_stay_and_of_all_those_that_are_looked_at() throws IOException {
        for (int i = 0; i < 5; i++) {
            ask(QUESTION);
            clock.pass(Duration.ofMinutes(10));
        }
        try (var files = Files.list(folder.resolve("projects/abcdefghijkl/pages"))) {
            assertThat(files).hasSize(2);
        }
        for (int i = 0; i < 200; i++) {
            ask(List.of("explain", "series " + i));
            assertThat(last()).contains("answer 5");
        }
        try (var files = Files.list(folder.resolve("projects/abcdefghijkl/pages"))) {
            assertThat(files).hasSize(60);
        }
    }
}
