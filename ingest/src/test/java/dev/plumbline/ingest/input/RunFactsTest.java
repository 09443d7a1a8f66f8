package dev.plumbline.ingest.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What of a run's header comes from the file and what from around it. */
class RunFactsTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Instant COMMITTED = Instant.parse("2026-01-01T00:00:00Z");
    private static final ImportContext HERE = new ImportContext(
            new Revision("c0ffee", "topic", Optional.of(COMMITTED), OptionalLong.of(7)),
            new Environment(new TreeMap<>(Map.of("cpu", "local", "os", "Linux"))),
            Optional.empty(),
            ZoneOffset.UTC,
            NOW);

    @Test
    void a_silent_file_has_the_commit_the_branch_and_the_machine_of_its_surroundings() {
        RunHeader header = new RunFacts().in(HERE);

        assertThat(header.revision()).isEqualTo(HERE.revision());
        assertThat(header.environment()).isEqualTo(HERE.environment());
        assertThat(header.addedAt()).isEqualTo(NOW);
        assertThat(header.measuredAt()).isEmpty();
    }

    @Test
    void a_file_that_names_its_machine_gets_no_fact_from_here() {
        assertThat(new RunFacts().machine("cpu", "other").in(HERE).environment().facts())
                .containsOnlyKeys("cpu")
                .containsValue("other");
    }

    @Test
    void software_joins_the_machine_here_and_wins_over_a_fact_of_the_same_name() {
        assertThat(new RunFacts()
                        .software("jvm", "17")
                        .software("os", "Windows")
                        .in(HERE)
                        .environment()
                        .facts())
                .isEqualTo(Map.of("cpu", "local", "os", "Windows", "jvm", "17"));
    }

    @Test
    void a_history_from_elsewhere_has_no_facts_of_here() {
        assertThat(new RunFacts()
                        .elsewhere()
                        .software("jvm", "17")
                        .in(HERE)
                        .environment()
                        .facts())
                .isEqualTo(Map.of("jvm", "17"));
    }

    @Test
    void empty_and_absurdly_long_facts_are_left_out_and_do_not_make_the_machine_another() {
        RunHeader header = new RunFacts()
                .machine("cpu", " ")
                .machine("", "x")
                .machine("os", "x".repeat(5000))
                .context("note", "x".repeat(5000))
                .in(HERE);

        assertThat(header.environment()).isEqualTo(HERE.environment());
        assertThat(header.context()).isEmpty();
    }

    @Test
    void the_commit_of_here_keeps_its_time_and_position_also_with_changes_and_another_has_only_its_own() {
        assertThat(new RunFacts().commit(" c0ffee ").in(HERE).revision()).isEqualTo(HERE.revision());
        assertThat(new RunFacts().commit("c0ffee").dirty().in(HERE).revision().commit())
                .isEqualTo("c0ffee-dirty");
        assertThat(new RunFacts().commit("c0ffee").dirty().in(HERE).revision().position())
                .hasValue(7);
        Revision other = new RunFacts().commit("beef").branch("main").in(HERE).revision();
        assertThat(other).isEqualTo(new Revision("beef", "main", Optional.empty(), OptionalLong.empty()));
    }

    @Test
    void the_file_s_own_time_wins_over_that_of_a_person() {
        ImportContext given =
                new ImportContext(HERE.revision(), HERE.environment(), Optional.of(COMMITTED), ZoneOffset.UTC, NOW);

        assertThat(new RunFacts().in(given).measuredAt()).contains(COMMITTED);
        assertThat(new RunFacts().measuredAt(Optional.of(NOW)).in(given).measuredAt())
                .contains(NOW);
    }

    @Test
    void the_tool_has_its_version_behind_its_name_if_it_tells_one() {
        assertThat(new RunFacts().tool("JMH", "1.37").in(HERE).context()).containsEntry("tool", "JMH 1.37");
        assertThat(new RunFacts().tool("JMH", "").in(HERE).context()).containsEntry("tool", "JMH");
    }
}
