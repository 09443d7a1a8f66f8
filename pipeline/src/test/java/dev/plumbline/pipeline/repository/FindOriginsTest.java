package dev.plumbline.pipeline.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.pipeline.MeasuredRepository;
import dev.plumbline.report.CommitAuthors.Origin;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which commit a change began with where not every commit is measured. */
class FindOriginsTest {
    @TempDir
    private Path folder;

    private MeasuredRepository repository;
    private String before;

    @BeforeEach
    void aMeasuredCommit() throws IOException {
        repository = new MeasuredRepository(folder);
        before = repository.recorded(100);
    }

    private SeriesKey fast(String branch) {
        return repository.fast(branch).key();
    }

    private Map<String, Origin> found(String since, SeriesKey key, String... others) {
        try (RunStore store = repository.workspace().open()) {
            FindOrigins origins = new FindOrigins(new Git(folder), store);
            origins.add(since, key, Set.of(others));
            return origins.found();
        }
    }

    @Test
    void a_commit_that_was_measured_by_itself_brought_no_others() throws IOException {
        String since = repository.recorded(130);

        assertThat(found(since, fast("main"))).isEmpty();
        assertThat(found(before, fast("main")))
                .as("before the first measured one nothing is known")
                .isEmpty();
    }

    @Test
    void commits_that_were_not_measured_count_with_the_next_that_was() throws IOException {
        repository.git().commit("docs", "unmeasured");
        repository.git().commit("fast.c", "unmeasured");
        String since = repository.recorded(130);

        Map<String, Origin> found = found(since, fast("main"));

        assertThat(found).containsOnlyKeys(since);
        assertThat(found.get(since).commits()).isEqualTo(3);
    }

    @Test
    void of_several_the_one_that_names_the_benchmark_is_the_origin() throws IOException {
        repository.git().commit("docs", "unmeasured");
        String named = repository.git().commit("fast.c", "unmeasured");
        repository.git().commit("other.c", "unmeasured");
        String since = repository.recorded(130);

        assertThat(found(since, fast("main")).get(since).suspect().revision()).isEqualTo(named);
    }

    @Test
    void a_merge_brought_the_commits_of_its_branch() throws IOException {
        repository.checkOut("-b", "feature");
        String named = repository.git().commit("fast.c", "unmeasured");
        repository.checkOut("main");
        repository.git().git("merge", "-q", "--no-ff", "-m", "merge of feature", "feature");
        String merge = repository.git().head();
        repository.files().record(repository.result(130));

        Origin origin = found(merge, fast("main")).get(merge);

        assertThat(origin.suspect().revision()).isEqualTo(named);
    }

    @Test
    void what_was_measured_on_the_other_branch_is_known_not_to_show_it() throws IOException {
        repository.git().commit("docs", "unmeasured");
        repository.checkOut("-b", "feature");
        String ofFeature = repository.recorded(100);
        repository.checkOut("main");
        repository.git().git("merge", "-q", "--ff-only", "feature");
        String since = repository.recorded(130);

        assertThat(found(since, fast("main")).get(since).commits())
                .as("of main alone, back to its own last measured one")
                .isEqualTo(3);
        assertThat(found(since, fast("main"), "feature"))
                .as("%s was measured on feature", ofFeature)
                .isEmpty();
    }

    @Test
    void changes_without_a_commit_or_with_uncommitted_changes_have_no_origin() throws IOException {
        repository.git().commit("docs", "unmeasured");
        String since = repository.recorded(130);

        assertThat(found("", fast("main"))).isEmpty();
        assertThat(found(since + "-dirty", fast("main"))).isEmpty();
    }

    @Test
    void a_commit_that_the_repository_does_not_have_has_no_origin() {
        assertThat(found("feedbeef00".repeat(4), fast("main"))).isEmpty();
        assertThat(found("--all", fast("main"))).isEmpty();
    }
}
