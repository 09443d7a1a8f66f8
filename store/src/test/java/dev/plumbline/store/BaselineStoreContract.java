package dev.plumbline.store;

import static dev.plumbline.store.Fixtures.LAPTOP;
import static dev.plumbline.store.Fixtures.NOON;
import static dev.plumbline.store.Fixtures.header;
import static dev.plumbline.store.Fixtures.run;
import static dev.plumbline.store.Fixtures.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.annotation.AcceptedPoint;
import dev.plumbline.core.annotation.KnownAcceptance;
import dev.plumbline.core.baseline.BaselineChange;
import dev.plumbline.core.baseline.BaselineRun;
import dev.plumbline.core.baseline.BaselineStatistics;
import dev.plumbline.core.baseline.BaselineVersion;
import dev.plumbline.core.baseline.EstablishedBaseline;
import dev.plumbline.core.baseline.Provenance;
import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.PointKey;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store promises of baselines, acceptances and forgetting. */
public abstract class BaselineStoreContract {
    private static final String HOSTILE = "a\u0000b\u0010c\ud800'; DROP TABLE run; --\n";

    private RunStore store;

    protected abstract RunStore emptyStore() throws Exception;

    @BeforeEach
    void open() throws Exception {
        store = emptyStore();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private BaselineStore baselines() {
        return store.baselines();
    }

    private static Provenance provenance(int version) {
        return new Provenance(
                version,
                NOON.plusSeconds(version).plusNanos(7),
                "ann",
                "because " + HOSTILE,
                "history",
                "0.1",
                new TreeMap<>(Map.of("days", "30")));
    }

    private static SeriesKey key(String benchmark) {
        return new SeriesKey(
                Benchmark.of(benchmark, Map.of("n", "1000", "odd", HOSTILE)), "time", LAPTOP.key(), "main");
    }

    private static EstablishedBaseline baseline(String benchmark, int version, double... values) {
        List<BaselineRun> runs = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            runs.add(new BaselineRun(
                    "run" + i,
                    "c" + i,
                    NOON.plusSeconds(60L * i).plusNanos(i),
                    values[i],
                    1 + i,
                    i * 0.001,
                    values[i] > 1000));
        }
        BaselineStatistics statistics = BaselineStatistics.of(runs);
        return new EstablishedBaseline(
                key(benchmark),
                Unit.of("ns/op"),
                Better.LOWER,
                runs,
                statistics,
                statistics.median() * 1.5,
                provenance(version));
    }

    private static BaselineVersion version(String name, int number, EstablishedBaseline... baselines) {
        return BaselineVersion.of(name, BaselineChange.ESTABLISHED, provenance(number), List.of(baselines));
    }

    @Test
    void an_empty_store_has_no_baselines_and_no_acceptances() {
        assertThat(baselines().newest()).isEmpty();
        assertThat(baselines().versions("default")).isEmpty();
        assertThat(baselines().newest("default")).isEmpty();
        assertThat(baselines().version("default", 1)).isEmpty();
        assertThat(baselines().acceptances()).isEmpty();
        assertThat(baselines().anchors()).isEmpty();
    }

    @Test
    void gives_a_version_back_as_it_was_added() {
        BaselineVersion version = version(
                "default",
                1,
                baseline("Sort", 1, 1.1, 2.25, 1e9, 1.7, 1 / 3.0),
                baseline("Parse", 1, 5),
                baseline(HOSTILE, 1, -0.5, 0));
        baselines().add(version);

        assertThat(baselines().newest("default")).contains(version);
        assertThat(baselines().version("default", 1)).contains(version);
        assertThat(baselines().newest()).containsExactly(version.info());
    }

    @Test
    void versions_of_a_name_count_on_and_names_do_not_mix() {
        baselines().add(version("b", 1, baseline("Sort", 1, 1, 2)));
        baselines().add(version("a", 1));
        BaselineVersion second = version("b", 2, baseline("Sort", 1, 1, 2), baseline("Parse", 2, 3, 4));
        baselines().add(second);

        assertThat(baselines().versions("b")).extracting(VersionInfo::number).containsExactly(1, 2);
        assertThat(baselines().newest()).extracting(VersionInfo::name).containsExactly("a", "b");
        assertThat(baselines().newest("b")).contains(second);
        assertThat(baselines().version("b", 1).orElseThrow().baselines()).hasSize(1);
    }

    @Test
    void a_version_that_does_not_follow_the_newest_is_refused() {
        baselines().add(version("default", 1));

        assertThatThrownBy(() -> baselines().add(version("default", 1)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("try again");
        assertThatThrownBy(() -> baselines().add(version("default", 3))).isInstanceOf(StoreException.class);
        assertThat(baselines().versions("default")).hasSize(1);
    }

    @Test
    void remembers_when_a_version_was_last_validated() {
        baselines().add(version("default", 1));
        baselines().validated("default", 1, NOON, 3, 1);
        baselines().validated("default", 1, NOON.plusSeconds(5).plusNanos(1), 4, 0);

        assertThat(baselines().newest("default").orElseThrow().info().validated())
                .contains(NOON.plusSeconds(5).plusNanos(1));
        assertThatThrownBy(() -> baselines().validated("default", 2, NOON, 0, 0))
                .isInstanceOf(StoreException.class);
    }

    @Test
    void an_acceptance_that_was_edited_says_what_it_says_now() {
        Acceptance before = acceptance("why", Acceptance.Scope.ENV);
        Acceptance after = Acceptance.of(
                Optional.of(before.id()),
                before.benchmark(),
                before.metric(),
                before.environment(),
                before.since(),
                0.25,
                "why not",
                before.by(),
                before.at(),
                Optional.of(NOON.plusSeconds(3600)));
        baselines().accept(before, "command");
        baselines().accept(after, "plumbline/acceptances/x.yaml");

        assertThat(baselines().acceptances())
                .containsExactly(new KnownAcceptance(after, "plumbline/acceptances/x.yaml", Optional.empty()));
    }

    @Test
    void gives_the_acceptance_of_what_is_missing_back() {
        Acceptance missing = Acceptance.of(
                Optional.empty(),
                Benchmark.of("Sort"),
                Optional.empty(),
                Optional.of("box"),
                "",
                Acceptance.MISSING,
                "removed",
                "ann",
                NOON,
                Optional.empty());
        baselines().accept(missing, "command");

        assertThat(baselines().acceptances())
                .extracting(KnownAcceptance::acceptance)
                .containsExactly(missing)
                .allMatch(Acceptance::isOfMissing);
    }

    private static Acceptance acceptance(String reason, Acceptance.Scope scope) {
        return Acceptance.of(
                new SeriesKey(Benchmark.of("Sort"), "time", LAPTOP.key(), "main"),
                scope,
                "c00ffee",
                0.125,
                reason,
                "ann",
                NOON.plusNanos(3),
                scope == Acceptance.Scope.ENV ? Optional.of(NOON.plusSeconds(60)) : Optional.empty());
    }

    @Test
    void gives_acceptances_back_with_their_revocation() {
        Acceptance one = acceptance("why " + HOSTILE, Acceptance.Scope.ENV);
        Acceptance other = acceptance("all", Acceptance.Scope.BENCHMARK);
        KnownAcceptance.Revocation revocation = new KnownAcceptance.Revocation(NOON, "bob", "no");
        baselines().accept(one, "command");
        baselines().accept(one, "again");
        baselines().accept(other, "plumbline/acceptances/x.yaml");
        baselines().revoke(other.id(), revocation);
        baselines().revoke(other.id(), new KnownAcceptance.Revocation(NOON.plusSeconds(1), "eve", "twice"));

        assertThat(baselines().acceptances())
                .containsExactly(
                        new KnownAcceptance(one, "command", Optional.empty()),
                        new KnownAcceptance(other, "plumbline/acceptances/x.yaml", Optional.of(revocation)));
        assertThatThrownBy(() -> baselines().revoke("a0", revocation))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("a0");
    }

    @Test
    void remembers_with_which_points_series_took_an_accepted_level() {
        String id = store.record(run(1, time("Sort", 1))).run().id();
        Acceptance acceptance = acceptance("fine", Acceptance.Scope.ENV);
        baselines().accept(acceptance, "command");
        PointKey point = new PointKey(id, Benchmark.of("Sort"), "time");
        baselines().anchor(acceptance.id(), List.of(point));
        baselines().anchor(acceptance.id(), List.of(point));

        assertThat(baselines().anchors())
                .containsExactly(new AcceptedPoint(
                        acceptance.id(), new SeriesKey(Benchmark.of("Sort"), "time", LAPTOP.key(), "main"), id));
        assertThatThrownBy(() ->
                        baselines().anchor(acceptance.id(), List.of(new PointKey("x", Benchmark.of("Sort"), "time"))))
                .isInstanceOf(StoreException.class);
    }

    @Test
    void remembers_which_runs_were_checked() {
        String id = store.record(run(1, time("Sort", 1))).run().id();
        store.record(run(2, time("Sort", 2)));
        store.markChecked(List.of(id));
        store.markChecked(List.of(id, id));

        assertThat(store.checkedRuns()).containsExactly(id);
        assertThatThrownBy(() -> store.markChecked(List.of("none"))).isInstanceOf(StoreException.class);
        assertThat(store.prune(beforeHour(2), true).runs()).isEqualTo(1);
        assertThat(store.checkedRuns()).isEmpty();
    }

    // ---- forgetting

    /** Runs of hours 0 to 9, of which the last has a benchmark of its own. */
    private List<String> tenRuns() {
        List<String> ids = new ArrayList<>();
        for (int n = 0; n < 10; n++) {
            ids.add(store.record(run(n, time(n == 0 ? "Old" : "Sort", 1 + n)))
                    .run()
                    .id());
        }
        return ids;
    }

    private static RetentionPolicy beforeHour(int hour) {
        return new RetentionPolicy(NOON.plusSeconds(3600L * hour), 0);
    }

    private List<String> runs() {
        return store.runs(RunQuery.all()).stream().map(run -> run.id()).toList();
    }

    @Test
    void forgets_old_runs_and_what_only_they_measured() {
        List<String> ids = tenRuns();
        Pruned pruned = store.prune(beforeHour(4), true);

        assertThat(pruned.runs()).isEqualTo(4);
        assertThat(pruned.measurements()).isEqualTo(4);
        assertThat(pruned.series()).isEqualTo(1);
        assertThat(runs()).containsExactlyElementsOf(ids.subList(4, 10));
        assertThat(store.keys(SeriesQuery.all()))
                .extracting(key -> key.benchmark().name())
                .containsExactly("Sort");
        assertThat(store.series(SeriesQuery.all()).get(0).values()).containsExactly(5, 6, 7, 8, 9, 10);
    }

    @Test
    void a_dry_run_tells_the_same_and_changes_nothing() {
        List<String> ids = tenRuns();
        Pruned dry = store.prune(beforeHour(4), false);

        assertThat(runs()).isEqualTo(ids);
        assertThat(store.prune(beforeHour(4), true))
                .usingRecursiveComparison()
                .ignoringFields("bytesBefore", "bytesAfter")
                .isEqualTo(dry);
    }

    /** What histories and judges read of a run is what they read before. */
    @Test
    void samples_of_old_runs_go_and_their_points_stay() {
        List<String> ids = new ArrayList<>();
        for (int n = 0; n < 6; n++) {
            ids.add(store.record(run(n, time("Sort", 100 + n, 103 + n, 99 + n)))
                    .run()
                    .id());
        }
        List<Series> before = store.series(SeriesQuery.all());
        RetentionPolicy policy = new RetentionPolicy(Instant.MIN, 0, NOON.plusSeconds(3600L * 4), Set.of(ids.get(1)));

        Pruned dry = store.prune(policy, false);
        Pruned pruned = store.prune(policy, true);

        assertThat(dry.samples()).isEqualTo(3);
        assertThat(dry.bytesFreed()).isPositive();
        assertThat(pruned)
                .usingRecursiveComparison()
                .ignoringFields("bytesBefore", "bytesAfter")
                .isEqualTo(dry);
        assertThat(store.series(SeriesQuery.all())).usingRecursiveComparison().isEqualTo(before);
        assertThat(runs()).isEqualTo(ids);
        for (int n = 0; n < 6; n++) {
            Sample sample = store.run(ids.get(n)).measurements().get(0).sample();
            assertThat(sample instanceof Sample.Values).as("run %d", n).isEqualTo(n == 1 || n > 3);
            assertThat(sample.location()).isCloseTo(before.get(0).values()[n], Offset.offset(1e-9));
        }
        assertThat(store.prune(policy, true).samples()).isZero();
    }

    /** A baseline, a mark and an acceptance, each on a run of its own: the second, the third and the fourth. */
    private void standOnThree(List<String> ids) {
        List<BaselineRun> stands = List.of(new BaselineRun(ids.get(1), "c1", NOON, 2, 1, 0, false));
        baselines()
                .add(version(
                        "default",
                        1,
                        new EstablishedBaseline(
                                key("Sort"),
                                Unit.of("ns/op"),
                                Better.LOWER,
                                stands,
                                BaselineStatistics.of(stands),
                                2,
                                provenance(1))));
        store.markBad(List.of(new PointKey(ids.get(2), Benchmark.of("Sort"), "time")), "slow", NOON);
        Acceptance acceptance = acceptance("fine", Acceptance.Scope.ENV);
        baselines().accept(acceptance, "command");
        baselines().anchor(acceptance.id(), List.of(new PointKey(ids.get(3), Benchmark.of("Sort"), "time")));
    }

    @Test
    void never_forgets_what_a_baseline_a_mark_or_an_acceptance_stands_on() {
        List<String> ids = tenRuns();
        standOnThree(ids);

        Pruned pruned = store.prune(new RetentionPolicy(NOON.plusSeconds(3600L * 100), 1), true);

        assertThat(runs()).containsExactly(ids.get(1), ids.get(2), ids.get(3), ids.get(9));
        assertThat(pruned.keptForBaselines()).isEqualTo(1);
        assertThat(pruned.keptForMarks()).isEqualTo(2);
        assertThat(pruned.keptAsNewest()).isEqualTo(1);
        assertThat(baselines().anchors()).hasSize(1);
        assertThat(store.marks(List.of(ids.get(2)))).hasSize(1);
    }

    @Test
    void removes_named_runs_with_their_marks_but_none_that_a_baseline_or_an_acceptance_stands_on() {
        List<String> ids = tenRuns();
        standOnThree(ids);
        List<String> named = List.of(ids.get(0), ids.get(1), ids.get(2), ids.get(2), ids.get(3), "no such run");

        Pruned dry = store.remove(named, false);
        assertThat(runs()).isEqualTo(ids);
        Pruned removed = store.remove(named, true);

        assertThat(removed).isEqualTo(dry);
        assertThat(removed.runs()).isEqualTo(2);
        assertThat(removed.measurements()).isEqualTo(2);
        assertThat(removed.series()).isEqualTo(1);
        assertThat(removed.keptForBaselines()).isEqualTo(1);
        assertThat(removed.keptForMarks()).isEqualTo(1);
        assertThat(runs()).containsExactlyElementsOf(without(ids, ids.get(0), ids.get(2)));
        assertThat(store.marks(List.of(ids.get(2)))).isEmpty();
        assertThat(store.checkedRuns()).doesNotContain(ids.get(2));
    }

    private static List<String> without(List<String> ids, String... removed) {
        return ids.stream().filter(id -> !List.of(removed).contains(id)).toList();
    }

    @Test
    void goes_on_recording_after_forgetting() {
        tenRuns();
        store.prune(beforeHour(100), true);
        assertThat(runs()).isEmpty();

        store.record(run(header(20), time("Sort", 3)));
        assertThat(store.series(SeriesQuery.all()).get(0).values()).containsExactly(3);
    }
}
