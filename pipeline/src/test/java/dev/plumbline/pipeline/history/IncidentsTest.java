package dev.plumbline.pipeline.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.incident.Case;
import dev.plumbline.core.incident.Incident;
import dev.plumbline.core.incident.Shift;
import dev.plumbline.pipeline.MeasuredRepository;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.report.answer.IncidentsReport;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Incidents of a history in which more than one thing happened, and of a repository that knows the commits. */
class IncidentsTest {
    private static final int RUNS = 60;
    private static final int FIRST = 20;
    private static final int SECOND = 40;

    @TempDir
    private static Path shared;

    private static ResultFiles template;

    @TempDir
    private Path folder;

    private ResultFiles files;

    /** {@code a.One} gets 25 % worse at the 20th run, {@code b.Two} and {@code b.Three} 40 % at the 40th. */
    @BeforeAll
    static void twoIncidents() throws IOException {
        template = new ResultFiles(shared);
        List<ResultFiles.Run> runs = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            Random random = new Random(i);
            runs.add(template.run(i)
                    .with("a.One", noisy(100 * (i < FIRST ? 1 : 1.25), random))
                    .with("b.Two", noisy(10 * (i < SECOND ? 1 : 1.4), random))
                    .with("b.Three", noisy(30 * (i < SECOND ? 1 : 1.4), random))
                    .with("c.Quiet", noisy(50, random)));
        }
        template.record(template.together(runs));
    }

    private static double noisy(double level, Random random) {
        return level * (1 + 0.006 * random.nextGaussian());
    }

    @BeforeEach
    void aCopy() throws IOException {
        files = ResultFiles.withHistoryOf(template, folder);
    }

    private IncidentsReport list(SeriesQuery query, OptionalInt days, boolean every) throws IOException {
        return new ListIncidents(files.workspace(), Policy.DEFAULT).list(query, days, every);
    }

    private List<Case> all() throws IOException {
        return list(SeriesQuery.all(), OptionalInt.empty(), true).cases();
    }

    private static SeriesQuery of(String benchmark) {
        return SeriesQuery.all().ofBenchmark(new BenchmarkPattern(benchmark));
    }

    private static List<String> benchmarks(Case one) {
        return one.incident().shifts().stream()
                .map(shift -> shift.key().benchmark().name())
                .sorted()
                .toList();
    }

    @Test
    void each_change_is_an_incident_with_its_series_the_newest_first() throws IOException {
        List<Case> cases = all();

        assertThat(cases).hasSize(2);
        assertThat(benchmarks(cases.get(0))).containsExactly("b.Three", "b.Two");
        assertThat(benchmarks(cases.get(1))).containsExactly("a.One");
        assertThat(cases)
                .extracting(one -> one.incident().begun().header().revision().commit())
                .containsExactly("c" + SECOND, "c" + FIRST);
        assertThat(cases.get(0).incident().shifts())
                .allSatisfy(shift -> assertThat(shift.change().relativeChange()).isEqualTo(0.4, within(0.02)));
        assertThat(cases)
                .allMatch(one -> one.incident().worse()
                        && one.incident().kind() == Incident.Kind.CODE
                        && one.state() == Case.State.NEW);
        assertThat(cases).extracting(one -> one.incident().id()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"a.One,1", "b.*,1", "b.Two,1", "*,2", "c.Quiet,0"})
    void a_benchmark_selects_the_incidents_that_it_is_part_of(String pattern, int count) throws IOException {
        assertThat(list(of(pattern), OptionalInt.empty(), true).cases()).hasSize(count);
    }

    @Test
    void a_period_selects_what_began_in_it() throws IOException {
        int sinceSecond = (int) Duration.ofHours(1000 - SECOND).toDays();
        int sinceFirst = (int) Duration.ofHours(1000 - FIRST).toDays() + 1;

        assertThat(list(SeriesQuery.all(), OptionalInt.of(sinceSecond), true).cases())
                .hasSize(1);
        assertThat(list(SeriesQuery.all(), OptionalInt.of(sinceFirst), true).cases())
                .hasSize(2);
        assertThat(list(SeriesQuery.all(), OptionalInt.of(1), true).cases()).isEmpty();
        assertThat(list(SeriesQuery.all(), OptionalInt.of(Integer.MAX_VALUE), true)
                        .cases())
                .hasSize(2);
    }

    @Test
    void what_is_not_there_is_answered_by_its_name() {
        assertThatThrownBy(() -> list(of("b.Tow"), OptionalInt.empty(), true))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("did you mean b.Two?");
        assertThatThrownBy(() -> list(SeriesQuery.all().ofMetric("tiem"), OptionalInt.empty(), true))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("did you mean \"time\"?");
        assertThatThrownBy(() -> list(SeriesQuery.all().inEnvironment("other"), OptionalInt.empty(), true))
                .isInstanceOf(NothingFound.class);
        assertThatThrownBy(() -> list(SeriesQuery.all().onBranch("other"), OptionalInt.empty(), true))
                .isInstanceOf(NothingFound.class);
    }

    @Test
    void more_runs_of_the_same_levels_change_no_incident_and_no_id() throws IOException {
        List<String> before = all().stream().map(one -> one.incident().id()).toList();
        List<ResultFiles.Run> more = new ArrayList<>();
        for (int i = RUNS; i < RUNS + 20; i++) {
            Random random = new Random(i);
            more.add(files.run(i)
                    .with("a.One", noisy(125, random))
                    .with("b.Two", noisy(14, random))
                    .with("b.Three", noisy(42, random))
                    .with("c.Quiet", noisy(50, random)));
        }
        files.record(files.together(more));

        assertThat(all()).extracting(one -> one.incident().id()).isEqualTo(before);
    }

    @Test
    void what_is_back_at_its_level_has_recovered_with_the_commit_that_brought_it_back_and_is_listed_on_demand()
            throws IOException {
        List<ResultFiles.Run> more = new ArrayList<>();
        for (int i = RUNS; i < RUNS + 20; i++) {
            Random random = new Random(i);
            more.add(files.run(i)
                    .with("a.One", noisy(125, random))
                    .with("b.Two", noisy(10, random))
                    .with("b.Three", noisy(30, random))
                    .with("c.Quiet", noisy(50, random)));
        }
        files.record(files.together(more));

        List<Case> open = list(SeriesQuery.all(), OptionalInt.empty(), false).cases();
        assertThat(open).hasSize(1);
        assertThat(benchmarks(open.get(0))).containsExactly("a.One");
        Case recovered = all().stream()
                .filter(one -> one.incident().worse() && benchmarks(one).contains("b.Two"))
                .findFirst()
                .orElseThrow();
        assertThat(recovered.state()).isEqualTo(Case.State.RECOVERED);
        assertThat(recovered.incident().shifts()).extracting(Shift::recovery).allSatisfy(back -> assertThat(
                        back.orElseThrow().header().revision().commit())
                .isEqualTo("c" + RUNS));
    }

    @Test
    void an_improvement_is_an_incident_that_nobody_has_to_look_at() throws IOException {
        List<ResultFiles.Run> more = new ArrayList<>();
        for (int i = RUNS; i < RUNS + 20; i++) {
            Random random = new Random(i);
            more.add(files.run(i)
                    .with("a.One", noisy(125, random))
                    .with("b.Two", noisy(14, random))
                    .with("b.Three", noisy(42, random))
                    .with("c.Quiet", noisy(30, random)));
        }
        files.record(files.together(more));

        assertThat(list(of("c.Quiet"), OptionalInt.empty(), false).cases()).isEmpty();
        assertThat(list(of("c.Quiet"), OptionalInt.empty(), true).cases())
                .singleElement()
                .satisfies(one -> assertThat(one.incident().worse()).isFalse());
    }

    @Test
    void another_branch_has_incidents_of_its_own() throws IOException {
        for (int i = 0; i < 3; i++) {
            files.record(files.run(RUNS + i).on("topic").with("a.One", 125).file());
        }

        assertThat(list(SeriesQuery.all().onBranch("topic"), OptionalInt.empty(), true)
                        .cases())
                .isEmpty();
        assertThat(list(SeriesQuery.all().onBranch("main"), OptionalInt.empty(), true)
                        .cases())
                .hasSize(2);
    }

    // ---- with a repository

    @Test
    void the_commits_that_were_not_measured_between_two_runs_are_suspects_and_those_before_are_not()
            throws IOException {
        MeasuredRepository repository = new MeasuredRepository(folder.resolve("repository"));
        List<String> healthy = repository.healthy(12);
        String unmeasured = repository.git().commit("src/a/One.java", "slow");
        List<String> slow = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            slow.add(repository.recorded(repository.near(130)));
        }

        List<Case> cases = new ListIncidents(repository.workspace(), Policy.DEFAULT)
                .list(SeriesQuery.all(), OptionalInt.empty(), true)
                .cases();

        assertThat(cases).hasSize(1);
        assertThat(cases.get(0).incident().begun().header().revision().commit()).isEqualTo(slow.get(0));
        assertThat(cases.get(0).suspects().stream()
                        .flatMap(suspect -> suspect.commit().stream())
                        .map(commit -> commit.id())
                        .toList())
                .contains(unmeasured, slow.get(0))
                .doesNotContain(healthy.get(0), slow.get(7));
        assertThat(new ShowIncident(repository.workspace(), Policy.DEFAULT)
                        .show(cases.get(0).incident().id(), SeriesQuery.all())
                        .cases()
                        .get(0)
                        .suspects())
                .isEqualTo(cases.get(0).suspects());
    }
}
