package dev.plumbline.pipeline.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.judge.Milestone;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.pipeline.MeasuredRepository;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Since when losses are added up, in a real repository with a tag after its fifth measured commit. */
class FindMilestoneTest {
    private static final int TAGGED = 5;
    private static final int COMMITS = 9;

    @TempDir
    private static Path folder;

    private static MeasuredRepository repository;
    private static List<String> before;

    @BeforeAll
    static void nineCommits() throws IOException {
        repository = new MeasuredRepository(folder.resolve("repository"));
        before = repository.healthy(TAGGED);
        repository.git().git("tag", "v1.0");
        repository.healthy(COMMITS - TAGGED);
    }

    private static List<RunInfo> runs(RunStore store) {
        return store.runs(RunQuery.all());
    }

    private Optional<Milestone> milestone(String text) throws IOException {
        Workspace workspace = repository.workspace();
        try (RunStore store = workspace.open()) {
            List<RunInfo> runs = runs(store);
            return FindMilestone.of(text, runs.get(runs.size() - 1), workspace, store);
        }
    }

    private long reached(Milestone milestone) {
        try (RunStore store = repository.workspace().open()) {
            return runs(store).stream().filter(milestone.isReached()).count();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"release", "v1.0"})
    void a_release_is_the_newest_tag_before_the_judged_commit(String text) throws IOException {
        Milestone milestone = milestone(text).orElseThrow();

        assertThat(milestone.label()).matches("v1\\.0 \\(2026-01-01\\)");
        assertThat(reached(milestone)).isEqualTo(TAGGED);
        assertThat(milestone.baseline()).isEmpty();
    }

    @Test
    void a_commit_is_named_by_its_beginning_in_the_repository() throws IOException {
        Milestone milestone = milestone(before.get(2).substring(0, 10)).orElseThrow();

        assertThat(reached(milestone)).isEqualTo(3);
    }

    @Test
    void a_day_and_an_age_count_by_the_times_of_the_runs() throws IOException {
        assertThat(reached(milestone("2026-01-02").orElseThrow())).isEqualTo(COMMITS);
        assertThat(reached(milestone("2026-01-01").orElseThrow())).isZero();
        Milestone threeHours = milestone("3h").orElseThrow();
        assertThat(threeHours.label()).isEqualTo("3h before it (2026-01-01)");
        assertThat(reached(threeHours)).isEqualTo(COMMITS - 4);
        assertThat(reached(milestone("2 w").orElseThrow())).isZero();
    }

    @Test
    void what_neither_git_nor_the_history_knows_is_no_milestone() throws IOException {
        assertThat(milestone("v9.9")).isEmpty();
        assertThat(milestone("nothing")).isEmpty();
        assertThat(milestone("ffffffffff")).isEmpty();
    }

    @Test
    void without_a_repository_a_commit_of_the_history_is_known_by_its_time() throws IOException {
        Workspace elsewhere = repository.from(folder);
        try (RunStore store = elsewhere.open()) {
            RunInfo newest = runs(store).get(COMMITS - 1);

            Milestone milestone =
                    FindMilestone.of(before.get(2), newest, elsewhere, store).orElseThrow();

            assertThat(runs(store).stream().filter(milestone.isReached())).hasSize(3);
            assertThat(FindMilestone.of("release", newest, elsewhere, store)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-02-30", "2026-13-01", "99999999999999999999 d", "baseline none"})
    void days_ages_and_baselines_that_do_not_exist_are_refused(String text) throws IOException {
        Workspace workspace = repository.workspace();
        try (RunStore store = workspace.open()) {
            assertThatThrownBy(() -> FindMilestone.check(text, workspace, store))
                    .isInstanceOf(IOException.class)
                    .satisfies(e -> assertThat(e.getMessage()).isNotBlank());
            assertThatThrownBy(() -> FindMilestone.of(text, runs(store).get(COMMITS - 1), workspace, store))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_day_that_does_not_exist_says_which() {
        try (RunStore store = repository.workspace().open()) {
            assertThatThrownBy(() -> FindMilestone.check("2026-02-30", repository.workspace(), store))
                    .isInstanceOf(WrongRequest.class)
                    .hasMessage("there is no such day as 2026-02-30");
        }
    }
}
