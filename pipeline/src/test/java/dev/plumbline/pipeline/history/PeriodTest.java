package dev.plumbline.pipeline.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.incident.Case;
import dev.plumbline.pipeline.GitFolder;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.report.answer.IncidentsReport;
import dev.plumbline.report.period.PeriodReport;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Periods and incidents of a history in which the 31st run made one of six benchmarks a quarter slower. */
class PeriodTest {
    private static final int RUNS = 50;
    private static final int STEP = 30;

    @TempDir
    private Path folder;

    private ResultFiles files;

    @BeforeEach
    void aPlantedStep() throws IOException {
        files = new ResultFiles(folder);
        Random random = new Random(11);
        List<ResultFiles.Run> runs = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            var run = files.run(i).with("hit", (i < STEP ? 100 : 125) * (1 + 0.003 * random.nextGaussian()));
            for (String calm : List.of("calm1", "calm2", "calm3", "calm4", "calm5")) {
                run.with(calm, 200 * (1 + 0.003 * random.nextGaussian()));
            }
            runs.add(run);
        }
        files.record(files.together(runs));
    }

    private static Instant time(int run) {
        return ResultFiles.NOON.minusSeconds(3600L * (1000 - run));
    }

    private PeriodReport balance(String since, String until) throws IOException {
        return new ReadBalance(files.workspace(), Policy.DEFAULT)
                .read(SeriesQuery.all(), Optional.ofNullable(since), Optional.ofNullable(until), 90);
    }

    private PeriodReport period(SeriesQuery query, OptionalInt days) throws IOException {
        return new ReadPeriod(files.workspace(), Policy.DEFAULT)
                .read(query, List.of(days))
                .get(0);
    }

    private static List<String> benchmarks(List<Case> cases) {
        return cases.stream()
                .flatMap(one -> one.incident().shifts().stream())
                .map(shift -> shift.key().benchmark().name())
                .distinct()
                .toList();
    }

    @Test
    void the_planted_step_is_the_only_incident_and_began_with_its_run() throws IOException {
        IncidentsReport all =
                new ListIncidents(files.workspace(), Policy.DEFAULT).list(SeriesQuery.all(), OptionalInt.empty(), true);

        assertThat(benchmarks(all.cases())).containsExactly("hit");
        assertThat(all.cases().get(0).incident().time()).isEqualTo(time(STEP));
        assertThat(new ShowIncident(files.workspace(), Policy.DEFAULT)
                        .show(all.cases().get(0).incident().id().substring(0, 6), SeriesQuery.all())
                        .cases())
                .extracting(one -> one.incident().id())
                .containsExactly(all.cases().get(0).incident().id());
    }

    @Test
    void an_incident_is_asked_for_by_its_benchmark_metric_and_environment() throws IOException {
        ListIncidents incidents = new ListIncidents(files.workspace(), Policy.DEFAULT);
        SeriesQuery calm = SeriesQuery.all().ofBenchmark(new BenchmarkPattern("calm1"));

        assertThat(incidents.list(calm, OptionalInt.empty(), true).cases()).isEmpty();
        assertThat(incidents
                        .list(
                                SeriesQuery.all()
                                        .ofBenchmark(new BenchmarkPattern("hit"))
                                        .ofMetric("time"),
                                OptionalInt.empty(),
                                true)
                        .cases())
                .hasSize(1);
        assertThat(incidents.list(SeriesQuery.all(), OptionalInt.of(1), true).cases())
                .as("it began weeks ago")
                .isEmpty();
        assertThatThrownBy(() -> incidents.list(
                        SeriesQuery.all().ofBenchmark(new BenchmarkPattern("hitt")), OptionalInt.empty(), true))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("hit");
        assertThatThrownBy(() -> incidents.list(SeriesQuery.all().onBranch("mian"), OptionalInt.empty(), true))
                .isInstanceOf(NothingFound.class);
    }

    @Test
    void a_balance_tells_an_incident_of_the_period_it_began_in() throws IOException {
        String before = time(STEP - 5).toString();
        String after = time(STEP + 5).toString();

        assertThat(benchmarks(balance(before, after).cases())).containsExactly("hit");
        assertThat(balance(null, before).cases()).as("before it").isEmpty();
        assertThat(balance(after, time(RUNS).toString()).cases())
                .as("behind it")
                .isEmpty();
        assertThat(balance(time(STEP).toString(), null).cases())
                .as("from its very time on")
                .hasSize(1);
    }

    @Test
    void nothing_behind_the_end_of_a_balance_is_looked_at() throws IOException {
        PeriodReport until = balance(null, time(9).toString());

        assertThat(until.courses())
                .hasSize(6)
                .allMatch(course -> course.series().points().size() == 10);
    }

    @Test
    void a_period_that_ends_before_it_begins_is_told() {
        assertThatThrownBy(() -> balance("2026-06-02", "2026-06-01"))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("not after its start");
        assertThatThrownBy(() -> balance("2026-02-30", null))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("2026-02-30 is not a day");
        assertThatThrownBy(() -> balance("v1", null)).isInstanceOf(NothingFound.class);
    }

    @Test
    void a_tag_of_the_repository_stands_for_its_time() throws IOException {
        GitFolder repository = new GitFolder(folder);
        repository.commit("file", "1");
        repository.git("tag", "v1");

        assertThat(balance("v1", null).since()).isEqualTo(GitFolder.time(0));
        assertThat(balance("HEAD", null).since()).isEqualTo(GitFolder.time(0));
    }

    @Test
    void a_period_holds_the_incidents_and_every_series() throws IOException {
        PeriodReport whole = period(SeriesQuery.all(), OptionalInt.empty());

        assertThat(whole.hasCases()).isTrue();
        assertThat(benchmarks(whole.cases())).containsExactly("hit");
        assertThat(whole.since()).isEqualTo(time(0));
        assertThat(whole.courses()).hasSize(6);
    }

    @Test
    void days_are_counted_back_from_now() throws IOException {
        assertThat(period(SeriesQuery.all(), OptionalInt.of(3)).since())
                .isEqualTo(ResultFiles.NOON.minus(Duration.ofDays(3)));
    }

    @Test
    void a_run_that_is_dated_after_the_clock_moves_the_end() throws IOException {
        files.record(files.run(1100).with("hit", 125).file());

        PeriodReport period = period(SeriesQuery.all(), OptionalInt.of(3));

        assertThat(period.until()).isEqualTo(time(1100));
        assertThat(period.since()).isEqualTo(time(1100).minus(Duration.ofDays(3)));
        assertThat(balance(null, null).until()).isEqualTo(time(1100));
    }
}
