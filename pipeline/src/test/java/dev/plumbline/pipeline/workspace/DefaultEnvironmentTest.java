package dev.plumbline.pipeline.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.report.content.EnvironmentChoice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which environment commands read when nobody names one. */
class DefaultEnvironmentTest {
    private static final Instant NEWEST = Instant.parse("2026-06-01T12:00:00Z");

    private final List<RunInfo> runs = new ArrayList<>();

    private void run(String environment, String branch, Duration before) {
        String id = "run" + runs.size();
        runs.add(new RunInfo(
                id,
                new RunHeader(
                        new Revision(id, branch, Optional.empty(), OptionalLong.empty()),
                        Environment.unknown().named(environment),
                        Optional.of(NEWEST.minus(before)),
                        NEWEST,
                        new TreeMap<>())));
    }

    private Optional<EnvironmentChoice> choice(Optional<String> configured) {
        Optional<EnvironmentChoice> choice = DefaultEnvironment.of(runs, configured, "main");
        List<RunInfo> reversed = new ArrayList<>(runs);
        Collections.reverse(reversed);
        assertThat(DefaultEnvironment.of(reversed, configured, "main"))
                .as("in another order")
                .isEqualTo(choice);
        return choice;
    }

    private String chosen() {
        return choice(Optional.empty()).orElseThrow().environment();
    }

    @Test
    void one_run_on_a_laptop_does_not_win_over_the_history() {
        for (int day = 1; day <= 5; day++) {
            run("ci", "main", Duration.ofDays(day));
        }
        run("laptop", "main", Duration.ZERO);

        assertThat(choice(Optional.empty())).contains(new EnvironmentChoice("ci", false, 5, List.of("laptop")));
    }

    @Test
    void the_configured_environment_wins_even_without_runs() {
        run("ci", "main", Duration.ofDays(1));
        run("laptop", "main", Duration.ZERO);

        assertThat(choice(Optional.of("lab"))).contains(new EnvironmentChoice("lab", true, 0, List.of("laptop", "ci")));
    }

    @Test
    void only_runs_of_the_90_days_before_the_newest_count() {
        for (int run = 0; run < 5; run++) {
            run("old", "main", Duration.ofDays(90).plusSeconds(1 + run));
        }
        run("new", "main", Duration.ofDays(90));
        run("new", "main", Duration.ZERO);

        assertThat(choice(Optional.empty())).contains(new EnvironmentChoice("new", false, 2, List.of("old")));
    }

    @Test
    void of_equally_many_runs_the_environment_measured_last_wins() {
        run("later", "main", Duration.ZERO);
        run("later", "main", Duration.ofDays(9));
        run("earlier", "main", Duration.ofDays(1));
        run("earlier", "main", Duration.ofDays(2));

        assertThat(chosen()).isEqualTo("later");
    }

    @Test
    void runs_of_other_branches_count_only_where_the_base_branch_has_none() {
        run("ci", "main", Duration.ofDays(1));
        run("laptop", "feature", Duration.ofHours(1));
        run("laptop", "feature", Duration.ZERO);

        assertThat(choice(Optional.empty())).contains(new EnvironmentChoice("ci", false, 1, List.of()));

        runs.remove(0);
        assertThat(chosen()).isEqualTo("laptop");
    }

    @Test
    void an_empty_history_has_none() {
        assertThat(choice(Optional.empty())).isEmpty();
    }
}
