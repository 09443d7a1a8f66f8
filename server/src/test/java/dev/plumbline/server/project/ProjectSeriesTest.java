package dev.plumbline.server.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.Run;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.server.RunningServer;
import dev.plumbline.server.people.Name;
import dev.plumbline.server.people.Organisation;
import dev.plumbline.server.people.Project;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.SeriesQuery;
import dev.plumbline.store.naming.Renaming;
import dev.plumbline.store.sqlite.SqliteRunStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProjectSeriesTest {
    private static final Instant TIME = Instant.parse("2026-03-01T12:00:00Z");

    private final RunningServer.MovingClock clock = new RunningServer.MovingClock();
    private final SqliteRunStore store = SqliteRunStore.inMemory();
    private final ProjectSeries series = new ProjectSeries(clock);
    private final Project project = project("abcdefghijkl");

    @AfterEach
    void close() {
        store.close();
    }

    private static Project project(String id) {
        return new Project(
                id,
                new Organisation("mnopqrstuvwx", new Name("acme"), Instant.EPOCH),
                new Name("fast"),
                false,
                false,
                Instant.EPOCH);
    }

    private void record(String commit, String branch, String metric, String... benchmarks) {
        RunHeader header = new RunHeader(
                new Revision(commit, branch, Optional.empty(), OptionalLong.empty()),
                Environment.of(Map.of("cpu", commit.startsWith("b") ? "other" : "one")),
                Optional.of(TIME),
                TIME,
                new TreeMap<>());
        store.record(new Run(
                header,
                Stream.of(benchmarks)
                        .map(name -> new Measurement(
                                Benchmark.of(name),
                                new Metric(metric, Unit.of("ns"), Better.LOWER),
                                Sample.Summary.of(1)))
                        .toList()));
    }

    private List<String> names(SeriesQuery query) {
        return series.of(project, store, query).stream()
                .map(key -> key.benchmark().name())
                .toList();
    }

    @Test
    void a_query_finds_what_it_finds_in_the_history() {
        record("a1", "main", "time", "Sort.quick", "Sort.merge", "Json.parse");
        record("a2", "topic", "memory", "Sort.quick", "Hash.of");
        record("b1", "main", "time", "Sort.quick", "Json.write");
        SeriesKey one = store.keys(SeriesQuery.all()).get(0);
        List<SeriesQuery> queries = List.of(
                SeriesQuery.all(),
                SeriesQuery.all().ofBenchmark(new BenchmarkPattern("*Sort*")),
                SeriesQuery.all().ofBenchmark(new BenchmarkPattern("quick")),
                SeriesQuery.all().ofBenchmark(new BenchmarkPattern("Sort.quick · time")),
                SeriesQuery.all().ofBenchmark(new BenchmarkPattern(one.id())),
                SeriesQuery.all().ofMetric("memory"),
                SeriesQuery.all().onBranch("topic"),
                SeriesQuery.all().inEnvironment(one.environment()).onBranch("main"),
                SeriesQuery.all().ofBenchmark(new BenchmarkPattern("nothing")));
        for (int repeated = 0; repeated < 2; repeated++) {
            assertThat(queries).allSatisfy(query -> assertThat(series.of(project, store, query))
                    .isEqualTo(store.keys(query)));
        }
        assertThat(names(queries.get(1)))
                .containsOnly("Sort.merge", "Sort.quick")
                .hasSize(4);
    }

    @Test
    void what_is_recorded_or_removed_is_seen_at_once() {
        record("a1", "main", "time", "Sort.quick");
        assertThat(names(SeriesQuery.all())).containsExactly("Sort.quick");
        record("a2", "main", "time", "Json.parse");
        assertThat(names(SeriesQuery.all())).containsExactly("Json.parse", "Sort.quick");
        String newest = store.recordedLast(run -> true).get(0).id();
        store.remove(Set.of(newest), true);
        assertThat(names(SeriesQuery.all()))
                .isEqualTo(store.keys(SeriesQuery.all()).stream()
                        .map(key -> key.benchmark().name())
                        .toList());
    }

    @Test
    void a_renamed_series_is_found_by_both_names() {
        record("a1", "main", "time", "Sort.quick", "Json.parse");
        names(SeriesQuery.all());
        store.rename(new Renaming.OfName("Sort.quick", "Sort.fast"), "somebody", "", TIME);
        assertThat(names(SeriesQuery.all())).containsExactly("Json.parse", "Sort.fast");
        for (String name : List.of("Sort.quick", "Sort.fast")) {
            assertThat(names(SeriesQuery.all().ofBenchmark(new BenchmarkPattern(name))))
                    .containsExactly("Sort.fast");
        }
    }

    @Test
    void a_series_is_found_by_its_id_and_a_foreign_id_finds_none() {
        record("a1", "main", "time", "Sort.quick", "Json.parse");
        SeriesKey key = store.keys(SeriesQuery.all()).get(1);
        assertThat(series.find(project, store, key.id())).contains(key);
        assertThat(series.find(project, store, "000000000000")).isEmpty();
    }

    @Test
    void projects_that_were_not_asked_about_lately_are_read_again() {
        ProjectSeries few = new ProjectSeries(clock, 3);
        record("a1", "main", "time", "Sort.quick", "Json.parse");
        List<SeriesKey> first = few.of(project, store, SeriesQuery.all());
        assertThat(few.of(project, store, SeriesQuery.all())).isSameAs(first);
        few.of(project("zzzzzzzzzzzz"), store, SeriesQuery.all());
        assertThat(few.of(project, store, SeriesQuery.all())).isNotSameAs(first).isEqualTo(first);
    }

    @Test
    void nothing_is_remembered_for_long() {
        record("a1", "main", "time", "Sort.quick");
        List<SeriesKey> first = series.of(project, store, SeriesQuery.all());
        clock.pass(Duration.ofMinutes(11));
        assertThat(series.of(project, store, SeriesQuery.all())).isNotSameAs(first);
        List<SeriesKey> second = series.of(project, store, SeriesQuery.all());
        series.forget(project);
        assertThat(series.of(project, store, SeriesQuery.all()))
                .isNotSameAs(second)
                .isEqualTo(second);
    }
}
