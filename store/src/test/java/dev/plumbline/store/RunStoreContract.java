package dev.plumbline.store;

import static dev.plumbline.store.Fixtures.LAPTOP;
import static dev.plumbline.store.Fixtures.NOON;
import static dev.plumbline.store.Fixtures.TIME;
import static dev.plumbline.store.Fixtures.forks;
import static dev.plumbline.store.Fixtures.header;
import static dev.plumbline.store.Fixtures.metric;
import static dev.plumbline.store.Fixtures.number;
import static dev.plumbline.store.Fixtures.onBranch;
import static dev.plumbline.store.Fixtures.run;
import static dev.plumbline.store.Fixtures.time;
import static dev.plumbline.store.Fixtures.withRevision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.PointKey;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.Run;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.SeriesWarning;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.store.naming.KnownRenaming;
import dev.plumbline.store.naming.Renaming;
import dev.plumbline.store.sql.Preparation;
import dev.plumbline.store.sql.SqlRunStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link RunStore} promises; each implementation adds one method. */
public abstract class RunStoreContract {
    private RunStore store;

    /** A new store with nothing in it; closed after the test. */
    protected abstract RunStore emptyStore() throws Exception;

    @BeforeEach
    void open() throws Exception {
        store = emptyStore();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static final SeriesKey SORT = key("Sort", "time");

    private static SeriesKey key(String benchmark, String metric) {
        return new SeriesKey(Benchmark.of(benchmark), metric, LAPTOP.key(), "main");
    }

    private Series only() {
        List<Series> all = store.series(SeriesQuery.all());
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private static List<String> commits(Series series) {
        return series.points().stream()
                .map(point -> point.run().header().revision().commit())
                .toList();
    }

    // ---- adding

    @Test
    void an_empty_store_has_no_runs_and_no_series() {
        assertThat(store.runs(RunQuery.all())).isEmpty();
        assertThat(store.keys(SeriesQuery.all())).isEmpty();
        assertThat(store.series(SeriesQuery.all())).isEmpty();
        assertThat(store.series(SORT)).isEmpty();
        assertThat(store.seriesOf(List.of())).isEmpty();
        assertThat(store.latestRun(LAPTOP.key(), "main")).isEmpty();
        assertThat(store.marks(List.of("none"))).isEmpty();
    }

    @Test
    void gives_a_run_back_as_it_was_recorded() {
        Sample summary = new Sample.Summary(
                5.5,
                100,
                OptionalDouble.of(0.25),
                Optional.of(new Interval(Double.NEGATIVE_INFINITY, 6, 0.95)),
                new TreeMap<>(Map.of(0.0, 1.0, 0.5, 5.0, 0.99, 9.125)));
        Sample histogram = Sample.Histogram.of(List.of(
                new Sample.Histogram.Bins(new double[] {1, 2, 4.5}, new long[] {10, Long.MAX_VALUE / 4, 3}),
                new Sample.Histogram.Bins(new double[] {-1}, new long[] {1})));
        Benchmark withParameters = Benchmark.of("Sort", Map.of("n", "1000", "mode", "avgt"));
        Metric throughput = new Metric("throughput", Unit.of("ops/ms"), Better.HIGHER);
        RunHeader header = new RunHeader(
                new Revision("abc", "feature/x", Optional.of(NOON.plusNanos(123_456_789)), OptionalLong.of(42)),
                LAPTOP,
                Optional.of(NOON.plusNanos(1)),
                NOON.plusNanos(999_999_999),
                new TreeMap<>(Map.of("tool", "JMH", "version", "1.37")));
        Run run = run(
                header,
                new Measurement(withParameters, throughput, forks(new double[] {1.5, 1.25}, new double[] {0.1})),
                new Measurement(withParameters, TIME, histogram),
                new Measurement(Benchmark.of("Other"), TIME, summary),
                new Measurement(Benchmark.of("Alone"), TIME, Sample.Values.of(Sample.Center.MEDIAN, 3, 1, 2)),
                number("Bare", TIME, 7.25));

        Recorded recorded = store.record(run);

        assertThat(recorded.isNew()).isTrue();
        assertThat(recorded.measurements()).isEqualTo(5);
        assertThat(recorded.sameContentAs()).isEmpty();
        assertThat(recorded.run()).isEqualTo(new RunInfo(run.id(), header));
        assertThat(store.run(run.id())).isEqualTo(run);
        assertThat(store.runs(RunQuery.all())).containsExactly(new RunInfo(run.id(), header));
    }

    @Test
    void keeps_headers_of_which_nothing_is_known() {
        Run run = run(Fixtures.bare(NOON), time("Sort", 1));

        store.record(run);

        assertThat(store.run(run.id())).isEqualTo(run);
        assertThat(store.latestRun("unknown", "main")).isPresent();
    }

    @Test
    void recording_the_same_run_twice_changes_nothing() {
        Run run = run(1, time("Sort", 1, 2), time("Search", 3));
        Run added_tomorrow = new Run(
                new RunHeader(
                        run.header().revision(),
                        LAPTOP,
                        run.header().measuredAt(),
                        NOON.plusSeconds(86_400L * 365),
                        new TreeMap<>()),
                List.of(run.measurements().get(1), run.measurements().get(0)));
        store.record(run);
        List<Series> before = store.series(SeriesQuery.all());

        Recorded again = store.record(added_tomorrow);

        assertThat(again.isNew()).isFalse();
        assertThat(again.run()).isEqualTo(new RunInfo(run.id(), run.header()));
        assertThat(again.measurements()).isEqualTo(2);
        assertThat(store.runs(RunQuery.all())).hasSize(1);
        assertThat(store.series(SeriesQuery.all())).isEqualTo(before);
    }

    @Test
    void adds_of_a_half_known_file_only_the_new_half() {
        Run first = run(1, time("Sort", 1));
        Run second = run(2, time("Sort", 2));
        Run third = run(3, time("Sort", 3));
        store.record(List.of(first, second));

        List<Recorded> recorded = store.record(List.of(second, third));

        assertThat(recorded).extracting(Recorded::isNew).containsExactly(false, true);
        assertThat(only().values()).containsExactly(1, 2, 3);
    }

    @Test
    void two_headers_that_make_one_run_id_are_recorded_once() {
        RunHeader header = header(1);
        RunHeader moreContext = new RunHeader(
                header.revision(), LAPTOP, header.measuredAt(), header.addedAt(), new TreeMap<>(Map.of("other", "x")));

        List<Recorded> recorded =
                store.record(List.of(run(header, time("Sort", 1)), run(moreContext, time("Sort", 1))));

        assertThat(recorded).extracting(Recorded::isNew).containsExactly(true, false);
        assertThat(recorded.get(1).run()).isEqualTo(recorded.get(0).run());
        assertThat(only().points()).hasSize(1);
    }

    @Test
    void measurements_with_equal_headers_make_one_run_in_whatever_order_they_come() {
        List<Recorded> recorded;
        try (Recording recording = store.begin()) {
            recording.accept(header(2), time("Sort", 20));
            recording.accept(header(1), time("Sort", 10));
            recording.accept(header(2), time("Search", 21));
            recording.accept(header(1), time("Search", 11));
            recorded = recording.commit();
        }

        assertThat(recorded)
                .extracting(one -> one.run().id())
                .containsExactly(
                        run(2, time("Sort", 20), time("Search", 21)).id(),
                        run(1, time("Sort", 10), time("Search", 11)).id());
        assertThat(store.series(SORT).orElseThrow().values()).containsExactly(10, 20);
    }

    private List<Recorded> files(Measurement[]... files) {
        try (Recording recording = store.begin()) {
            for (Measurement[] file : files) {
                recording.nextFile();
                for (Measurement measurement : file) {
                    recording.accept(header(1), measurement);
                }
            }
            return recording.commit();
        }
    }

    private static Measurement[] file(Measurement... measurements) {
        return measurements;
    }

    @Test
    void files_that_measure_different_benchmarks_are_one_run_and_a_second_measurement_is_another() {
        List<Recorded> recorded = files(
                file(time("Sort", 10)),
                file(time("Sort", 13)),
                file(time("Search", 20), time("New", 5)),
                file(time("Search", 26)));

        assertThat(recorded)
                .extracting(one -> one.run().id())
                .containsExactly(
                        run(1, time("Sort", 10), time("Search", 20), time("New", 5))
                                .id(),
                        run(1, time("Sort", 13), time("Search", 26)).id());
        assertThat(recorded).extracting(Recorded::measurements).containsExactly(3L, 2L);
        assertThat(store.series(SORT).orElseThrow().values()).containsExactly(10, 13);
        assertThat(store.run(recorded.get(0).run().id()).measurements())
                .containsExactly(time("Sort", 10), time("Search", 20), time("New", 5));
    }

    @Test
    void the_same_files_again_change_nothing_in_whatever_order_or_number() {
        List<Recorded> first = files(file(time("Sort", 10)), file(time("Search", 20)), file(time("Sort", 10)));
        List<Recorded> turned = files(file(time("Search", 20)), file(time("Sort", 10)));

        assertThat(first).hasSize(1);
        assertThat(turned).extracting(Recorded::isNew).containsExactly(false);
        assertThat(store.runs(RunQuery.all())).hasSize(1);
    }

    @Test
    void a_file_that_was_recorded_alone_is_not_recorded_again_beside_others() {
        store.record(run(1, time("Sort", 10)));

        List<Recorded> recorded = files(file(time("Sort", 10)), file(time("Search", 20)), file(time("New", 5)));

        assertThat(recorded)
                .extracting(one -> one.run().id(), Recorded::isNew)
                .containsExactly(
                        tuple(run(1, time("Sort", 10)).id(), false),
                        tuple(run(1, time("Search", 20), time("New", 5)).id(), true));
        assertThat(store.series(SORT).orElseThrow().values()).containsExactly(10);
    }

    @Test
    void a_recording_that_is_not_committed_leaves_nothing() {
        store.record(run(1, time("Sort", 1)));
        try (Recording recording = store.begin()) {
            recording.accept(header(2), time("Sort", 2));
            recording.accept(header(3), time("New", 3));
        }

        assertThat(only().values()).containsExactly(1);
        assertThat(store.runs(RunQuery.all())).hasSize(1);
        assertThat(store.record(run(2, time("Sort", 2))).isNew()).isTrue();
    }

    @Test
    void an_empty_recording_records_nothing() {
        try (Recording recording = store.begin()) {
            assertThat(recording.commit()).isEmpty();
        }
        assertThat(store.record(List.of())).isEmpty();
        assertThat(store.runs(RunQuery.all())).isEmpty();
    }

    @Test
    void a_recording_ends_with_its_commit() {
        try (Recording recording = store.begin()) {
            recording.accept(header(1), time("Sort", 1));
            recording.commit();

            assertThatThrownBy(recording::commit).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> recording.accept(header(2), time("Sort", 2)))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThat(only().values()).containsExactly(1);
    }

    @Test
    void a_store_has_one_recording_at_a_time_and_is_not_read_meanwhile() {
        try (Recording recording = store.begin()) {
            recording.accept(header(1), time("Sort", 1));

            assertThatThrownBy(store::begin).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> store.runs(RunQuery.all())).isInstanceOf(IllegalStateException.class);
            recording.commit();
        }
        store.record(run(2, time("Sort", 2)));
        assertThat(only().values()).containsExactly(1, 2);
    }

    @Test
    void series_with_some_keys_are_handed_over_in_order_as_each_of_them_is_read() {
        String id = store.record(run(1, time("Sort", 1), time("Search", 2), time("Old", 3)))
                .run()
                .id();
        store.record(run(2, time("Sort", 4), time("Search", 5), time("Old", 6)));
        List<SeriesKey> keys = store.keysOf(id);
        SeriesKey old = keys.get(0);
        SeriesKey sort = keys.get(2);
        SeriesKey unknown = new SeriesKey(sort.benchmark(), "memory", sort.environment(), sort.branch());
        List<Series> read = new ArrayList<>();

        store.forEachSeries(List.of(sort, unknown, old), read::add);
        assertThat(read)
                .containsExactly(
                        store.series(old).orElseThrow(), store.series(sort).orElseThrow());

        read.clear();
        rename("Old", "Young");
        store.forEachSeries(List.of(old), read::add);
        assertThat(read).containsExactly(store.series(old).orElseThrow());
        assertThat(read.get(0).key().benchmark().name()).isEqualTo("Young");

        read.clear();
        store.forEachSeries(List.of(), read::add);
        assertThat(read).isEmpty();
    }

    @Test
    void a_consumer_of_series_may_read_but_not_record() {
        store.record(run(1, time("Search", 1), time("Sort", 1)));
        List<Integer> read = new ArrayList<>();

        store.forEachSeries(SeriesQuery.all(), series -> {
            read.add(store.seriesOf(List.of(series.points().get(0).run().id())).size());
            assertThatThrownBy(store::begin).isInstanceOf(IllegalStateException.class);
        });

        assertThat(read).containsExactly(2, 2);
        assertThat(store.record(run(2, time("Sort", 2))).isNew()).isTrue();
    }

    @Test
    void a_sample_at_the_edge_of_doubles_is_kept() {
        double[] largest = new double[3];
        Arrays.fill(largest, Double.MAX_VALUE);

        String id = store.record(run(1, time("Sort", largest))).run().id();

        assertThat(store.run(id).measurements().get(0).sample().location()).isEqualTo(Double.MAX_VALUE);
        assertThat(store.series(SeriesQuery.all()).get(0).values()).containsExactly(Double.MAX_VALUE);
    }

    @Test
    void a_run_in_other_words_is_left_out_where_that_is_asked() {
        Run run = run(1, time("Sort", 1.5), time("Search", 2.5));
        RunHeader timeless = new RunHeader(run.header().revision(), LAPTOP, Optional.empty(), NOON, new TreeMap<>());
        Run withoutTime = new Run(timeless, run.measurements());
        Run withoutCommit = new Run(header(1).withRevision(Revision.of("", "main")), run.measurements());
        store.record(run);

        for (Run copy : List.of(run, withoutTime, withoutCommit)) {
            Recorded recorded = recordOnce(copy);
            assertThat(recorded.isNew()).isFalse();
            assertThat(recorded.run().id()).isEqualTo(run.id());
        }
        for (Run other : List.of(
                new Run(header(1).withMeasuredAt(NOON.plusSeconds(5)), run.measurements()),
                new Run(header(2), run.measurements()),
                new Run(Fixtures.onBranch(header(1), "side"), run.measurements()),
                run(header(1), time("Sort", 1.5), time("Search", 2.6)))) {
            assertThat(recordOnce(other).isNew()).isTrue();
        }
        assertThat(store.record(withoutCommit).isNew()).as("as it is").isTrue();
        assertThat(store.runs(RunQuery.all())).hasSize(6);
    }

    @Test
    void one_file_of_several_that_were_recorded_as_one_run_is_no_further_run() {
        Measurement sort = time("Sort", 1.5);
        Measurement search = time("Search", 2.5);
        String whole = recordFiles(List.of(List.of(sort), List.of(search)))
                .get(0)
                .run()
                .id();

        for (List<List<Measurement>> files : List.of(
                List.of(List.of(sort)),
                List.of(List.of(search)),
                List.of(List.of(search), List.of(sort)),
                List.of(List.of(sort), List.of(sort)))) {
            List<Recorded> again = recordFiles(files);
            assertThat(again).as("%s", files).extracting(Recorded::isNew).containsOnly(false);
            assertThat(again)
                    .extracting(recorded -> recorded.run().id())
                    .as("%s", files)
                    .containsOnly(whole);
        }
        assertThat(store.runs(RunQuery.all())).hasSize(1);

        List<Recorded> more = recordFiles(List.of(List.of(sort), List.of(search), List.of(time("Scan", 3.5))));
        assertThat(more).extracting(Recorded::isNew).containsExactly(false, true);
        assertThat(store.series(SeriesQuery.all()))
                .allSatisfy(series -> assertThat(series.points()).hasSize(1));
        assertThat(recordOnce(run(header(1), time("Sort", 1.6))).isNew())
                .as("measured again")
                .isTrue();
        assertThat(recordOnce(run(header(2), sort)).isNew())
                .as("of another commit")
                .isTrue();
    }

    private List<Recorded> recordFiles(List<List<Measurement>> files) {
        try (Recording recording = store.begin()) {
            for (List<Measurement> file : files) {
                file.forEach(measurement -> recording.accept(header(1), measurement));
                recording.nextFile();
            }
            return recording.commit();
        }
    }

    private Recorded recordOnce(Run run) {
        try (Recording recording = store.begin()) {
            recording.leaveOutCopies();
            run.measurements().forEach(measurement -> recording.accept(run.header(), measurement));
            return recording.commit().get(0);
        }
    }

    @Test
    void knows_of_every_run_which_earlier_one_of_another_commit_has_its_numbers() {
        Run run = run(1, time("Sort", 1.5), time("Search", 2.5));
        Run staleFile = new Run(header(2), run.measurements());
        Run sameCommitLater = new Run(header(1).withMeasuredAt(NOON.plusSeconds(5)), run.measurements());
        store.record(run);
        store.record(sameCommitLater);
        store.record(staleFile);
        store.record(staleFile);
        store.record(run(4, time("Sort", 1.5)));

        assertThat(store.copiedFrom(staleFile.id())).contains(new RunInfo(run.id(), run.header()));
        assertThat(store.copiedFrom(run.id())).isEmpty();
        assertThat(store.copiedFrom(sameCommitLater.id())).isEmpty();
        assertThat(store.copiedFrom(run(4, time("Sort", 1.5)).id())).isEmpty();
        assertThat(store.copiedFrom("none")).isEmpty();
    }

    @Test
    void tells_when_the_same_numbers_came_before_for_another_commit() {
        Run run = run(1, time("Sort", 1.5), time("Search", 2.5));
        Run staleFile = new Run(header(2), run.measurements());
        Run sameCommitLater = new Run(header(1).withMeasuredAt(NOON.plusSeconds(5)), run.measurements());
        store.record(run);

        assertThat(store.record(staleFile).sameContentAs()).contains(new RunInfo(run.id(), run.header()));
        assertThat(store.record(new Run(header(3), run.measurements())).sameContentAs())
                .contains(new RunInfo(run.id(), run.header()));
        assertThat(store.record(sameCommitLater).sameContentAs())
                .map(RunInfo::id)
                .contains(staleFile.id());
        assertThat(store.record(run(4, time("Sort", 1.5))).sameContentAs()).isEmpty();
    }

    @Test
    void asking_for_a_run_that_is_not_there_says_so() {
        assertThatThrownBy(() -> store.run("0123"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("0123");
        assertThatThrownBy(() -> store.seriesOf(List.of("0123")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("0123");
    }

    // ---- series

    @Test
    void a_point_has_the_location_the_groups_and_their_deviation() {
        Sample sample = forks(new double[] {100, 102}, new double[] {110, 112}, new double[] {90, 91});
        Run run = run(1, new Measurement(Benchmark.of("Sort"), TIME, sample));

        store.record(run);

        Series series = only();
        assertThat(series)
                .isEqualTo(new Series(
                        SORT,
                        TIME.unit(),
                        Better.LOWER,
                        List.of(Point.of(new RunInfo(run.id(), run.header()), sample)),
                        List.of()));
        assertThat(series.points().get(0).groupCount()).isEqualTo(3);
        assertThat(series.points().get(0).groupDeviation()).isGreaterThan(0.05);
    }

    @Test
    void points_are_in_the_order_of_positions_whatever_the_clocks_and_the_arrival() {
        RunHeader late = header(9);
        store.record(run(withRevision(late, "c", Optional.of(NOON), OptionalLong.of(3)), time("Sort", 3)));
        store.record(run(
                withRevision(header(1), "a", Optional.of(NOON.plusSeconds(99)), OptionalLong.of(1)), time("Sort", 1)));
        store.record(run(withRevision(header(8), "b", Optional.empty(), OptionalLong.of(2)), time("Sort", 2)));
        store.record(run(withRevision(header(10), "a", Optional.empty(), OptionalLong.of(1)), time("Sort", 1.5)));

        assertThat(only().values()).containsExactly(1, 1.5, 2, 3);
    }

    @Test
    void a_run_without_a_position_stands_between_the_others_by_time() {
        store.record(run(withRevision(header(5), "first", Optional.of(NOON), OptionalLong.of(1)), time("Sort", 1)));
        // a clock that was wrong
        store.record(run(
                withRevision(header(9), "third", Optional.of(NOON.minusSeconds(999)), OptionalLong.of(3)),
                time("Sort", 3)));
        store.record(run(
                withRevision(header(9), "second", Optional.of(NOON.plusSeconds(30)), OptionalLong.of(2)),
                time("Sort", 2)));
        // no time of commit: the time of the run stands in
        store.record(run(
                withRevision(
                        header(0).withMeasuredAt(NOON.plusSeconds(10)),
                        "between",
                        Optional.empty(),
                        OptionalLong.empty()),
                time("Sort", 10)));

        assertThat(commits(only())).containsExactly("first", "between", "second", "third");
    }

    @Test
    void runs_alike_in_revision_order_keep_the_order_of_recording() {
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            runs.add(run(header(1), time("Sort", 100 - i)));
        }
        runs.forEach(store::record);

        assertThat(only().values())
                .containsExactly(runs.stream()
                        .mapToDouble(run -> run.measurements().get(0).sample().location())
                        .toArray());
    }

    @Test
    void a_branch_is_in_the_history_once_a_run_of_it_is() {
        store.record(run(onBranch(header(1), "it's \"feature\""), time("Sort", 1.5)));

        assertThat(store.hasBranch("it's \"feature\"")).isTrue();
        assertThat(store.hasBranch("main")).isFalse();
        assertThat(store.hasBranch("it%")).isFalse();
    }

    @Test
    void branches_environments_parameters_and_metrics_are_series_of_their_own() {
        Benchmark small = Benchmark.of("Sort", Map.of("n", "10"));
        Benchmark large = Benchmark.of("Sort", Map.of("n", "1000"));
        Metric memory = new Metric("memory", Unit.of("MB"), Better.LOWER);
        Sample one = Sample.Summary.of(1);
        store.record(run(
                1,
                new Measurement(small, TIME, one),
                new Measurement(large, TIME, one),
                new Measurement(small, memory, one)));
        store.record(run(onBranch(header(2), "feature"), new Measurement(small, TIME, one)));
        store.record(run(header(3).withEnvironment(LAPTOP.named("ci")), new Measurement(small, TIME, one)));
        // facts for people do not split the history
        store.record(run(
                header(4)
                        .withEnvironment(
                                Environment.of(Map.of("cpu", "Test CPU", "cores", "4", "info.host", "andere"))),
                new Measurement(small, TIME, one)));

        assertThat(store.keys(SeriesQuery.all()))
                .containsExactlyInAnyOrder(
                        new SeriesKey(small, "time", LAPTOP.key(), "main"),
                        new SeriesKey(large, "time", LAPTOP.key(), "main"),
                        new SeriesKey(small, "memory", LAPTOP.key(), "main"),
                        new SeriesKey(small, "time", LAPTOP.key(), "feature"),
                        new SeriesKey(small, "time", "ci", "main"))
                .isSorted();
        Series split =
                store.series(new SeriesKey(small, "time", LAPTOP.key(), "main")).orElseThrow();
        assertThat(commits(split)).containsExactly("c1", "c4");
        assertThat(split.points().get(1).run().header().environment().facts()).containsEntry("info.host", "andere");
    }

    @Test
    void queries_find_by_benchmark_metric_environment_and_branch() {
        Metric memory = new Metric("memory", Unit.of("MB"), Better.LOWER);
        store.record(run(1, time("org.Sort", 1), time("org.Search", 1), number("org.Sort", memory, 5)));
        store.record(run(onBranch(header(2), "feature"), time("org.Sort", 2)));
        store.record(run(header(3).withEnvironment(LAPTOP.named("ci")), time("org.Sort", 3)));
        SeriesQuery all = SeriesQuery.all();

        assertThat(store.keys(all)).hasSize(5);
        assertThat(store.keys(all.ofBenchmark(new BenchmarkPattern("sort")))).hasSize(4);
        assertThat(store.keys(all.ofBenchmark(new BenchmarkPattern("*.Search"))))
                .hasSize(1);
        assertThat(store.keys(all.ofMetric("memory"))).containsExactly(key("org.Sort", "memory"));
        assertThat(store.keys(all.onBranch("feature"))).hasSize(1);
        assertThat(store.keys(all.inEnvironment("ci"))).hasSize(1);
        assertThat(store.keys(all.inEnvironment("ci").onBranch("feature"))).isEmpty();
        assertThat(store.series(all.onBranch("feature")))
                .singleElement()
                .satisfies(series -> assertThat(series.values()).containsExactly(2));
    }

    @Test
    void queries_take_the_points_since_a_time_and_the_newest() {
        for (int n : new int[] {4, 1, 3, 2, 5}) {
            store.record(run(n, time("Sort", n)));
        }
        store.record(run(1, time("Old", 1)));
        Instant hourThree = NOON.plusSeconds(3 * 3600);
        SeriesQuery all = SeriesQuery.all();

        assertThat(store.series(all.since(hourThree))).singleElement().satisfies(series -> assertThat(series.values())
                .containsExactly(3, 4, 5));
        assertThat(store.series(all.newest(2).ofBenchmark(new BenchmarkPattern("Sort")))
                        .get(0)
                        .values())
                .containsExactly(4, 5);
        assertThat(store.series(all.newest(99)).get(1).values()).containsExactly(1, 2, 3, 4, 5);
        assertThat(store.series(all.since(hourThree).newest(1)).get(0).values()).containsExactly(5);
        assertThat(store.keys(all.since(hourThree))).hasSize(2);
    }

    @Test
    void gives_all_series_that_runs_extend_whole() {
        Run first = run(1, time("Sort", 1), time("Search", 1), time("Gone", 1));
        Run second = run(2, time("Sort", 2), time("Search", 2));
        Run branch = run(onBranch(header(3), "feature"), time("Sort", 3));
        store.record(List.of(first, second, branch));

        List<Series> series = store.seriesOf(List.of(second.id(), branch.id(), second.id()));

        assertThat(series)
                .extracting(Series::key)
                .containsExactly(
                        key("Search", "time"),
                        new SeriesKey(Benchmark.of("Sort"), "time", LAPTOP.key(), "feature"),
                        key("Sort", "time"));
        assertThat(series.get(2).values()).containsExactly(1, 2);
    }

    // ---- units and directions

    @Test
    void values_in_another_unit_are_converted_to_that_of_the_newest_point() {
        store.record(run(3, number("Sort", metric("us/op", Better.LOWER), 2.5)));
        store.record(run(1, number("Sort", metric("ns/op", Better.LOWER), 2000)));
        store.record(run(2, number("Sort", metric("ms", Better.LOWER), 3)));

        Series series = only();

        assertThat(series.unit().symbol()).isEqualTo("us/op");
        assertThat(series.values()[0]).isCloseTo(2, within(1e-12));
        assertThat(series.values()[1]).isCloseTo(3000, within(1e-9));
        assertThat(series.values()[2]).isEqualTo(2.5);
        assertThat(series.warnings())
                .containsExactly(new SeriesWarning.Converted(
                        Unit.of("ms"), Unit.of("us/op"), series.points().get(2).run()));
    }

    @Test
    void units_written_differently_but_alike_need_no_warning() {
        store.record(run(1, number("Sort", metric("ns/op", Better.LOWER), 2000)));
        store.record(run(2, number("Sort", metric("ns", Better.LOWER), 2100)));

        assertThat(only().values()).containsExactly(2000, 2100);
        assertThat(only().warnings()).isEmpty();
    }

    @Test
    void newest_points_in_a_unit_that_cannot_be_converted_are_left_out_with_a_warning() {
        store.record(run(1, number("Sort", metric("widgets", Better.LOWER), 1)));
        store.record(run(2, number("Sort", metric("widgets", Better.LOWER), 2)));
        store.record(run(3, number("Sort", metric("ns", Better.LOWER), 3)));

        Series series = only();

        assertThat(series.unit()).isEqualTo(Unit.of("widgets"));
        assertThat(series.values()).containsExactly(1, 2);
        assertThat(series.warnings())
                .containsExactly(new SeriesWarning.Contradicted(
                        Unit.of("ns"),
                        Better.LOWER,
                        Unit.of("widgets"),
                        Better.LOWER,
                        store.runs(RunQuery.all()).get(2),
                        1));
        assertThat(store.series(SeriesQuery.all().newest(1)))
                .singleElement()
                .satisfies(one -> assertThat(one.values()).containsExactly(2))
                .satisfies(one -> assertThat(one.warnings()).isEqualTo(series.warnings()));
    }

    @Test
    void five_commits_in_a_row_change_the_unit_of_a_series_and_fewer_do_not() {
        for (int i = 1; i <= 6; i++) {
            store.record(run(i, number("Sort", metric("widgets", Better.LOWER), i)));
        }
        for (int i = 7; i <= 10; i++) {
            store.record(run(i, number("Sort", metric("ns", Better.LOWER), i)));
        }
        assertThat(only().unit()).isEqualTo(Unit.of("widgets"));
        store.record(run(11, number("Sort", metric("widgets", Better.LOWER), 11)));
        store.record(run(12, number("Sort", metric("ns", Better.LOWER), 12)));
        assertThat(only().values()).as("the row was broken").containsExactly(1, 2, 3, 4, 5, 6, 11);
        for (int i = 13; i <= 16; i++) {
            store.record(run(i, number("Sort", metric("ns", Better.LOWER), i)));
        }

        Series series = only();

        assertThat(series.unit()).isEqualTo(Unit.of("ns"));
        assertThat(series.values()).containsExactly(7, 8, 9, 10, 12, 13, 14, 15, 16);
        assertThat(series.warnings())
                .containsExactly(new SeriesWarning.ForeignUnit(
                        Unit.of("widgets"),
                        Unit.of("ns"),
                        store.runs(RunQuery.all()).get(10),
                        7,
                        true));
    }

    @Test
    void no_number_of_commits_turns_the_direction_of_a_series_round_that_five_had() {
        for (int i = 1; i <= 5; i++) {
            store.record(run(i, number("Sort", metric("ns", Better.LOWER), i)));
        }
        for (int i = 6; i <= 20; i++) {
            store.record(run(i, number("Sort", metric("us", Better.HIGHER), i)));
        }

        assertThat(only().better()).isEqualTo(Better.LOWER);
        assertThat(only().values()).containsExactly(1, 2, 3, 4, 5);
        assertThat(only().warnings()).hasOnlyElementsOfType(SeriesWarning.Contradicted.class);
    }

    @Test
    void a_unit_for_a_while_names_the_first_run_that_had_it() {
        for (int i = 1; i <= 6; i++) {
            store.record(run(i, number("Sort", metric("ns", Better.LOWER), i)));
        }
        store.record(run(7, number("Sort", metric("widgets", Better.LOWER), 7)));
        store.record(run(8, number("Sort", metric("us", Better.LOWER), 0.008)));
        store.record(run(9, number("Sort", metric("us", Better.LOWER), 0.009)));
        store.record(run(10, number("Sort", metric("ns", Better.LOWER), 10)));

        List<RunInfo> runs = store.runs(RunQuery.all());
        assertThat(only().values()).containsExactly(1, 2, 3, 4, 5, 6, 8, 9, 10);
        assertThat(only().warnings())
                .containsExactly(
                        new SeriesWarning.ForeignUnit(Unit.of("widgets"), Unit.of("ns"), runs.get(6), 1, true),
                        new SeriesWarning.Converted(Unit.of("us"), Unit.of("ns"), runs.get(7), true));
    }

    @Test
    void a_young_series_is_changed_by_one_commit_more_than_it_has() {
        store.record(run(1, number("Sort", metric("typo", Better.LOWER), 1)));
        store.record(run(2, number("Sort", metric("typo", Better.LOWER), 2)));
        store.record(run(3, number("Sort", metric("ns", Better.LOWER), 3)));
        store.record(run(4, number("Sort", metric("ns", Better.LOWER), 4)));
        assertThat(only().unit()).isEqualTo(Unit.of("typo"));
        store.record(run(5, number("Sort", metric("ns", Better.LOWER), 5)));

        assertThat(only().unit()).isEqualTo(Unit.of("ns"));
        assertThat(only().values()).containsExactly(3, 4, 5);
    }

    @Test
    void a_single_commit_establishes_no_unit_as_it_may_be_the_wrong_one() {
        store.record(run(1, number("Sort", metric("typo", Better.LOWER), 1)));
        store.record(run(2, number("Sort", metric("ns", Better.LOWER), 2)));

        assertThat(only().unit()).isEqualTo(Unit.of("ns"));
        assertThat(only().values()).containsExactly(2);
        assertThat(only().warnings()).hasOnlyElementsOfType(SeriesWarning.ForeignUnit.class);
    }

    @Test
    void a_unit_that_two_of_the_first_three_commits_have_is_kept_whichever_came_second() {
        store.record(run(1, number("Sort", metric("ns", Better.LOWER), 1)));
        store.record(run(2, number("Sort", metric("typo", Better.LOWER), 2)));
        store.record(run(3, number("Sort", metric("ns", Better.LOWER), 3)));
        store.record(run(4, number("Sort", metric("typo", Better.LOWER), 4)));

        assertThat(only().unit()).isEqualTo(Unit.of("ns"));
        assertThat(only().values()).containsExactly(1, 3);
    }

    @Test
    void a_branch_keeps_to_the_unit_of_the_longest_series_elsewhere_whatever_its_first_run_has() {
        for (int i = 1; i <= 3; i++) {
            store.record(run(i, number("Sort", metric("ns", Better.LOWER), i)));
        }
        store.record(run(onBranch(header(4), "feature"), number("Sort", metric("widgets", Better.LOWER), 4)));
        SeriesQuery feature = SeriesQuery.all().onBranch("feature");
        assertThat(store.series(feature).get(0).unit()).isEqualTo(Unit.of("widgets"));
        store.record(run(onBranch(header(5), "feature"), number("Sort", metric("ns", Better.LOWER), 5)));

        Series series = store.series(feature).get(0);

        assertThat(series.unit()).isEqualTo(Unit.of("ns"));
        assertThat(series.values()).containsExactly(5);
        assertThat(series.warnings()).hasOnlyElementsOfType(SeriesWarning.ForeignUnit.class);
        for (int i = 6; i <= 10; i++) {
            store.record(run(onBranch(header(i), "feature"), number("Sort", metric("widgets", Better.LOWER), i)));
        }
        assertThat(store.series(feature).get(0).unit())
                .as("five commits in a row change it, on a branch too")
                .isEqualTo(Unit.of("widgets"));
    }

    @Test
    void runs_of_one_commit_change_no_direction_however_many_they_are() {
        store.record(run(1, number("Sort", metric("points", Better.LOWER), 1)));
        for (int i = 0; i < 7; i++) {
            store.record(run(
                    header(2).withMeasuredAt(NOON.plusSeconds(i)), number("Sort", metric("points", Better.HIGHER), 2)));
        }

        assertThat(only().better()).isEqualTo(Better.LOWER);
        assertThat(only().values()).containsExactly(1);
    }

    @Test
    void a_direction_that_more_commits_turn_is_told_and_holds_for_all() {
        store.record(run(1, number("Sort", metric("points", Better.LOWER), 1)));
        store.record(run(2, number("Sort", metric("points", Better.HIGHER), 2)));
        store.record(run(3, number("Sort", metric("points", Better.HIGHER), 3)));

        Series series = only();

        assertThat(series.better()).isEqualTo(Better.HIGHER);
        assertThat(series.values()).containsExactly(1, 2, 3);
        assertThat(series.warnings())
                .containsExactly(new SeriesWarning.Turned(
                        Better.HIGHER, series.points().get(1).run()));
    }

    @Test
    void knows_what_was_recorded_after_runs_whatever_their_revisions() {
        Run third = run(3, time("Sort", 3));
        Run first = run(1, time("Sort", 1));
        Run second = run(2, time("Sort", 2));
        for (Run one : List.of(third, first, second)) {
            store.record(one);
        }

        assertThat(store.recordedAfter(List.of(third.id()))).containsExactlyInAnyOrder(first.id(), second.id());
        assertThat(store.recordedAfter(List.of(third.id(), first.id()))).containsExactly(second.id());
        assertThat(store.recordedAfter(List.of(second.id()))).isEmpty();
        assertThat(store.recordedAfter(List.of())).isEmpty();
    }

    @Test
    void knows_what_was_recorded_last_whatever_the_revisions() {
        Run third = run(3, time("Sort", 3));
        Run first = run(1, time("Sort", 1));
        store.record(List.of(third, first));
        Run second = addedLater(run(2, time("Search", 2)));
        store.record(second);

        assertThat(store.recordedLast(run -> true)).extracting(RunInfo::id).containsExactly(second.id());
        assertThat(store.recordedLast(run -> !run.id().equals(second.id())))
                .as("those of one recording in the order in which they came")
                .extracting(RunInfo::id)
                .containsExactly(third.id(), first.id());
        assertThat(store.recordedLast(run -> run.id().equals(first.id())))
                .extracting(RunInfo::id)
                .containsExactly(first.id());
        assertThat(store.recordedLast(run -> false)).isEmpty();
    }

    private static Run addedLater(Run run) {
        RunHeader header = run.header();
        return new Run(
                new RunHeader(
                        header.revision(),
                        header.environment(),
                        header.measuredAt(),
                        header.addedAt().plusSeconds(1),
                        header.context()),
                run.measurements());
    }

    @Test
    void several_measurements_of_one_metric_in_one_run_are_kept_and_make_one_pooled_point() {
        Run run = run(1, time("Sort", 10, 12), time("Search", 5), time("Sort", 20));
        store.record(run);
        store.record(run(2, time("Sort", 15)));

        Series series = store.series(SORT).orElseThrow();

        assertThat(store.run(run.id())).isEqualTo(run);
        assertThat(series.values()).containsExactly(14, 15);
        assertThat(series.points().get(0).groupCount()).isEqualTo(2);
        assertThat(series.points().get(0).groupDeviation())
                .isEqualTo(Point.groupDeviation(forks(new double[] {10, 12}, new double[] {20})));
        assertThat(series.warnings())
                .containsExactly(
                        new SeriesWarning.Pooled(1, 2, series.points().get(0).run()));
        assertThat(store.series(key("Search", "time")).orElseThrow().warnings()).isEmpty();
    }

    @Test
    void one_disturbed_line_of_several_hardly_moves_the_pooled_point() {
        Metric metric = metric("ns", Better.LOWER);
        Run run = run(
                1,
                number("Sort", metric, 100),
                number("Sort", metric, 101),
                number("Sort", metric, 180),
                number("Sort", metric, 99),
                number("Sort", metric, 100),
                number("Sort", metric, 102));
        store.record(run);

        assertThat(only().values()).containsExactly(101);
    }

    @Test
    void averages_are_kept_as_averages() {
        Sample sample = Sample.Values.of(
                Sample.Center.PSEUDOMEDIAN, List.of(new double[] {10, 10, 11}, new double[] {10, 30, 31}));
        Run run = run(1, new Measurement(Benchmark.of("Sort"), metric("ns", Better.LOWER), sample));
        store.record(run);

        assertThat(store.run(run.id())).isEqualTo(run);
        assertThat(only().values()).containsExactly(sample.location());
    }

    @Test
    void pooled_measurements_are_brought_to_the_unit_of_the_last() {
        store.record(run(
                1,
                number("Sort", metric("widgets", Better.LOWER), 99),
                number("Sort", metric("us", Better.LOWER), 3),
                number("Sort", metric("ns", Better.LOWER), 1000)));

        assertThat(only().unit().symbol()).isEqualTo("ns");
        assertThat(only().values()).containsExactly(2000);
    }

    // ---- runs

    @Test
    void a_whole_commit_is_not_how_longer_ones_begin() {
        Run eleventh = run(11, time("Sort", 3));
        Run first = run(1, time("Sort", 1));
        store.record(List.of(eleventh, first));
        RunQuery all = RunQuery.all();

        assertThat(ids(all.ofCommit("c1"))).containsExactly(first.id());
        assertThat(ids(all.ofCommit("c11"))).containsExactly(eleventh.id());
        assertThat(ids(all.ofCommit("c"))).hasSize(2);
    }

    @Test
    void runs_are_found_by_id_commit_environment_branch_and_time_in_revision_order() {
        Run third = run(3, time("Sort", 3));
        Run first = run(1, time("Sort", 1));
        Run feature = run(onBranch(header(2), "feature"), time("Sort", 2));
        Run ci = run(header(4).withEnvironment(LAPTOP.named("ci")), time("Sort", 2));
        store.record(List.of(third, first, feature, ci));
        RunQuery all = RunQuery.all();

        assertThat(ids(all)).containsExactly(first.id(), feature.id(), third.id(), ci.id());
        assertThat(ids(all.withId(third.id().substring(0, 9)))).containsExactly(third.id());
        assertThat(ids(all.withId("%"))).isEmpty();
        assertThat(ids(all.ofCommit("c3"))).containsExactly(third.id());
        assertThat(ids(all.ofCommit("c"))).hasSize(4);
        assertThat(ids(all.onBranch("feature"))).containsExactly(feature.id());
        assertThat(ids(all.inEnvironment("ci"))).containsExactly(ci.id());
        assertThat(ids(all.since(NOON.plusSeconds(3 * 3600)))).containsExactly(third.id(), ci.id());
        assertThat(ids(all.newest(1).onBranch("main"))).containsExactly(ci.id());
        assertThat(store.latestRun(LAPTOP.key(), "main")).map(RunInfo::id).contains(third.id());
    }

    private List<String> ids(RunQuery query) {
        return store.runs(query).stream().map(RunInfo::id).toList();
    }

    // ---- marks

    @Test
    void a_point_called_a_regression_is_judged_bad_until_that_is_revoked() {
        Run first = run(1, time("Sort", 1), time("Search", 1));
        Run second = run(2, time("Sort", 2), time("Search", 1));
        store.record(List.of(first, second));
        PointKey point = new PointKey(second.id(), Benchmark.of("Sort"), "time");

        store.markBad(List.of(point), "100 % slower", NOON);

        assertThat(judgedBad(SORT)).containsExactly(false, true);
        assertThat(judgedBad(key("Search", "time"))).containsExactly(false, false);

        store.clearBad(List.of(point), "accepted: safer hashing", NOON.plusSeconds(1));

        assertThat(judgedBad(SORT)).containsExactly(false, false);

        store.markBad(List.of(point), "slower still", NOON.plusSeconds(2));

        assertThat(judgedBad(SORT)).containsExactly(false, true);
        assertThat(store.marks(List.of(first.id(), second.id())))
                .containsExactly(
                        new Mark(point, true, "100 % slower", NOON),
                        new Mark(point, false, "accepted: safer hashing", NOON.plusSeconds(1)),
                        new Mark(point, true, "slower still", NOON.plusSeconds(2)));
        assertThat(store.marks(List.of(first.id()))).isEmpty();
    }

    @Test
    void points_of_a_run_that_was_slow_as_a_whole_are_not_bad_and_the_run_is_known_for_it() {
        Run first = run(1, time("Sort", 1), time("Search", 1));
        Run second = run(2, time("Sort", 2), time("Search", 2));
        store.record(List.of(first, second));
        PointKey sort = new PointKey(second.id(), Benchmark.of("Sort"), "time");
        PointKey search = new PointKey(second.id(), Benchmark.of("Search"), "time");
        store.markBad(List.of(sort), "100 % slower", NOON);
        assertThat(store.offRuns()).isEmpty();

        store.markOff(List.of(sort, search), NOON.plusSeconds(1));
        store.markOff(List.of(), NOON.plusSeconds(1));

        assertThat(store.offRuns()).containsExactly(second.id());
        assertThat(judgedBad(SORT)).containsExactly(false, false);
        assertThat(store.marks(List.of(second.id())))
                .containsExactly(
                        new Mark(sort, true, "100 % slower", NOON),
                        new Mark(sort, false, Mark.OFF, NOON.plusSeconds(1)),
                        new Mark(search, false, Mark.OFF, NOON.plusSeconds(1)));
        PointKey none = new PointKey(first.id(), Benchmark.of("None"), "time");
        assertThatThrownBy(() -> store.markOff(List.of(none), NOON.plusSeconds(2)))
                .isInstanceOf(StoreException.class);
        assertThat(store.offRuns()).containsExactly(second.id());
    }

    private List<Boolean> judgedBad(SeriesKey key) {
        return store.series(key).orElseThrow().points().stream()
                .map(Point::judgedBad)
                .toList();
    }

    @Test
    void its_state_is_another_one_after_each_change_and_the_same_after_reading() {
        SqlRunStore sql = (SqlRunStore) store;
        List<String> states = new ArrayList<>(List.of(sql.state()));
        Run first = run(1, time("Sort", 1));
        store.record(first);
        states.add(sql.state());
        store.record(run(2, time("Sort", 2)));
        states.add(sql.state());
        store.markBad(List.of(new PointKey(first.id(), Benchmark.of("Sort"), "time")), "slower", NOON);
        states.add(sql.state());
        store.remove(List.of(first.id()), true);
        states.add(sql.state());
        store.record(first);
        states.add(sql.state());

        assertThat(states).doesNotHaveDuplicates();
        store.series(SeriesQuery.all());
        store.record(first);
        assertThat(sql.state()).isEqualTo(states.get(states.size() - 1));
    }

    @Test
    void marking_again_and_revoking_what_is_not_marked_add_nothing() {
        Run run = run(1, time("Sort", 1));
        store.record(run);
        PointKey point = new PointKey(run.id(), Benchmark.of("Sort"), "time");

        store.clearBad(List.of(point), "nothing to revoke", NOON);
        store.markBad(List.of(point, point), "first", NOON);
        store.markBad(List.of(point), "second", NOON);

        assertThat(store.marks(List.of(run.id()))).containsExactly(new Mark(point, true, "first", NOON));
    }

    @Test
    void when_one_point_to_be_marked_is_not_there_none_is_marked() {
        Run run = run(1, time("Sort", 1));
        store.record(run);
        PointKey point = new PointKey(run.id(), Benchmark.of("Sort"), "time");
        PointKey none = new PointKey(run.id(), Benchmark.of("Search"), "time");

        assertThatThrownBy(() -> store.markBad(List.of(point, none), "bad", NOON))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("Search");
        assertThat(store.marks(List.of(run.id()))).isEmpty();
    }

    // ---- text from outside

    @Test
    void hostile_text_is_stored_and_found_unchanged() {
        List<String> hostile = List.of(
                "'); DROP TABLE run; --",
                "\" OR 1=1",
                "%_?[a-z]",
                "nul \u0000 inside",
                "\u0000",
                "line\nbreak\r\n\ttab",
                "\u001b[31mred\u001b[0m",
                "<script>alert(1)</script>",
                "../../etc/passwd",
                "\ud83d\ude00 smile",
                "half \ud83d of a pair",
                "\ude00 the other half",
                "\ude00\ud83d",
                "escape \u0010" + "0000 \u0010\u0010",
                "\\u0000 \\ \" {\"a\":\"b\"}",
                "\ufeffmark \u202eright to left",
                "é composed, e\u0301 decomposed",
                "x".repeat(4096));
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < hostile.size(); i++) {
            String text = hostile.get(i);
            String unit = text.length() > Unit.MAX_LENGTH ? "u" : text;
            RunHeader header = new RunHeader(
                    Revision.of(text, text),
                    Environment.of(Map.of(text, text, "name", text)),
                    Optional.empty(),
                    NOON.plusSeconds(i),
                    new TreeMap<>(Map.of(text, text)));
            runs.add(run(
                    header,
                    new Measurement(
                            Benchmark.of(text, Map.of(text, text)),
                            new Metric(text, Unit.of(unit), Better.LOWER),
                            Sample.Summary.of(i))));
        }

        store.record(runs);

        assertThat(store.keys(SeriesQuery.all())).hasSize(hostile.size());
        for (int i = 0; i < hostile.size(); i++) {
            String text = hostile.get(i);
            Run run = runs.get(i);
            Benchmark benchmark = Benchmark.of(text, Map.of(text, text));
            SeriesKey key = new SeriesKey(benchmark, text, text, text);
            assertThat(store.run(run.id())).isEqualTo(run);
            assertThat(store.series(key).orElseThrow().values()).containsExactly(i);
            assertThat(store.keys(
                            SeriesQuery.all().ofMetric(text).inEnvironment(text).onBranch(text)))
                    .containsExactly(key);
            assertThat(store.runs(
                            RunQuery.all().ofCommit(text).inEnvironment(text).onBranch(text)))
                    .extracting(RunInfo::id)
                    .containsExactly(run.id());
            store.markBad(List.of(new PointKey(run.id(), benchmark, text)), text, NOON);
            assertThat(store.marks(List.of(run.id())))
                    .containsExactly(new Mark(new PointKey(run.id(), benchmark, text), true, text, NOON));
        }
    }

    @Test
    void numbers_come_back_bit_for_bit() {
        double[] values = {
            0.0,
            -0.0,
            Double.MIN_VALUE,
            -Double.MIN_VALUE,
            Double.MIN_NORMAL,
            Double.MAX_VALUE,
            -1e-310,
            0.1,
            1 / 3.0,
            1e300
        };
        Run run = run(
                1,
                new Measurement(Benchmark.of("Sort"), TIME, Sample.Values.of(Sample.Center.MEDIAN, values)),
                number("Negative zero", TIME, -0.0),
                number("Subnormal", TIME, Double.MIN_VALUE),
                number("Whole", TIME, 1e15),
                number("Large", TIME, Long.MAX_VALUE));

        store.record(run);

        List<Measurement> stored = store.run(run.id()).measurements();
        assertThat(((Sample.Values) stored.get(0).sample()).group(0))
                .usingElementComparator(
                        (a, b) -> Long.compare(Double.doubleToRawLongBits(a), Double.doubleToRawLongBits(b)))
                .containsExactly(values);
        assertThat(stored).isEqualTo(run.measurements()); // records compare doubles by their bits
    }

    private void rename(String from, String to) {
        store.rename(new Renaming.OfName(from, to), "ann", "clearer", NOON);
    }

    @Test
    void reads_points_of_the_old_name_and_of_the_new_one_as_one_series_after_a_renaming() {
        store.record(run(1, time("Old", 10)));
        store.record(run(3, time("Sort", 12)));
        store.record(run(2, time("Old", 11)));
        rename("Old", "Sort");
        assertThat(only().key()).isEqualTo(SORT);
        assertThat(only().values()).containsExactly(10, 11, 12);
        assertThat(store.series(SORT)).contains(only());
        assertThat(store.series(key("Old", "time"))).contains(only());
        assertThat(store.keys(SeriesQuery.all().ofBenchmark(new BenchmarkPattern("sor*"))))
                .containsExactly(SORT);
        assertThat(store.keys(SeriesQuery.all().ofBenchmark(new BenchmarkPattern("Old"))))
                .containsExactly(SORT);
        String oldRun = store.runs(RunQuery.all()).get(0).id();
        assertThat(store.keysOf(oldRun)).containsExactly(SORT);
        assertThat(store.seriesOf(List.of(oldRun))).containsExactly(only());
        assertThat(store.run(oldRun).measurements()).containsExactly(time("Sort", 10));
    }

    @Test
    void tells_what_each_of_several_runs_measured() {
        store.record(run(1, time("Old", 10), time("Parse", 4)));
        store.record(run(2, time("Parse", 5), time("Sort", 11)));
        store.record(run(3, time("Parse", 6)));
        rename("Old", "Sort");
        List<String> runs = store.runs(RunQuery.all()).stream().map(RunInfo::id).toList();
        SeriesKey parse = key("Parse", "time");
        assertThat(store.keysOf(runs))
                .hasSize(3)
                .containsEntry(runs.get(0), List.of(parse, SORT))
                .containsEntry(runs.get(1), List.of(parse, SORT))
                .containsEntry(runs.get(2), List.of(parse));
        assertThat(store.keysOf(List.of())).isEmpty();
        assertThatThrownBy(() -> store.keysOf(List.of(runs.get(0), "nowhere"))).isInstanceOf(StoreException.class);
    }

    @Test
    void reads_results_that_come_under_the_old_name_later_as_the_new_one() {
        rename("Old", "Sort");
        store.record(run(1, time("Old", 10)));
        assertThat(only().key()).isEqualTo(SORT);
    }

    @Test
    void separates_the_series_again_when_a_renaming_is_undone() {
        store.record(run(1, time("Old", 10)));
        store.record(run(2, time("Sort", 12)));
        long number = store.rename(new Renaming.OfName("Old", "Sort"), "ann", "clearer", NOON);
        assertThat(store.renamings())
                .containsExactly(new KnownRenaming(number, new Renaming.OfName("Old", "Sort"), "ann", "clearer", NOON));
        store.undoRenaming(number, "bob", "", NOON);
        assertThat(store.renamings()).isEmpty();
        assertThat(store.keys(SeriesQuery.all())).containsExactly(key("Old", "time"), SORT);
        assertThatThrownBy(() -> store.undoRenaming(number, "bob", "", NOON))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("no renaming " + number);
    }

    @Test
    void follows_renamings_of_renamings_and_refuses_circles_and_second_ones() {
        store.record(run(1, time("A", 10)));
        rename("A", "B");
        rename("B", "C");
        assertThat(only().key()).isEqualTo(key("C", "time"));
        assertThatThrownBy(() -> rename("C", "A"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("cycle");
        assertThatThrownBy(() -> rename("A", "D"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("has become B already");
        assertThat(store.renamings()).hasSize(2);
    }

    @Test
    void renames_one_benchmark_with_its_parameters_or_all_of_a_name() {
        Benchmark small = Benchmark.of("Old", Map.of("n", "1"));
        Benchmark large = Benchmark.of("Old", Map.of("n", "2"));
        store.record(run(
                1,
                new Measurement(small, Fixtures.TIME, Sample.Summary.of(1)),
                new Measurement(large, Fixtures.TIME, Sample.Summary.of(2))));
        store.rename(new Renaming.OfBenchmark(small, Benchmark.of("Small")), "ann", "", NOON);
        rename("Old", "New");
        assertThat(store.keys(SeriesQuery.all()))
                .extracting(key -> key.benchmark().label())
                .containsExactly("New {n=2}", "Small");
    }

    @Test
    void renames_metrics_and_finds_them_by_both_names() {
        store.record(run(1, time("Sort", 10)));
        store.record(run(2, number("Sort", new Metric("latency", Unit.of("ns/op"), Better.LOWER), 11)));
        store.rename(new Renaming.OfMetric("time", "latency"), "ann", "", NOON);
        assertThat(only().key()).isEqualTo(key("Sort", "latency"));
        assertThat(only().values()).containsExactly(10, 11);
        assertThat(store.keys(SeriesQuery.all().ofMetric("latency"))).hasSize(1);
        assertThat(store.keys(SeriesQuery.all().ofMetric("time"))).hasSize(1);
        assertThat(store.keys(SeriesQuery.all().ofMetric("bytes"))).isEmpty();
    }

    @Test
    void pools_what_one_run_measured_under_both_names() {
        store.record(run(1, time("Old", 10, 12), time("Sort", 20)));
        rename("Old", "Sort");
        assertThat(only().points()).hasSize(1);
        // (10 + 12 + 20) / 3, in two groups
        assertThat(only().values()).containsExactly(14);
        assertThat(only().points().get(0).groupCount()).isEqualTo(2);
        assertThat(only().warnings()).singleElement().isInstanceOf(SeriesWarning.Pooled.class);
    }

    @Test
    void converts_units_inside_a_joined_series_and_leaves_out_those_it_cannot() {
        store.record(run(1, number("Old", metric("us/op", Better.LOWER), 2)));
        store.record(run(2, number("Old", metric("MB", Better.LOWER), 5)));
        store.record(run(3, number("Sort", metric("ns/op", Better.LOWER), 2100)));
        rename("Old", "Sort");
        assertThat(only().values()).containsExactly(2000, 2100);
        assertThat(only().warnings()).hasAtLeastOneElementOfType(SeriesWarning.ForeignUnit.class);
    }

    @Test
    void keeps_marks_through_a_renaming() {
        store.record(run(1, time("Old", 10)));
        String id = store.runs(RunQuery.all()).get(0).id();
        store.markBad(List.of(new PointKey(id, Benchmark.of("Old"), "time")), "slow", NOON);
        rename("Old", "Sort");
        PointKey renamed = new PointKey(id, Benchmark.of("Sort"), "time");
        assertThat(only().points()).allMatch(Point::judgedBad);
        assertThat(store.marks(List.of(id))).extracting(Mark::point).containsExactly(renamed);
        store.clearBad(List.of(renamed), "meant", NOON);
        assertThat(only().points()).noneMatch(Point::judgedBad);
    }

    // ---- other measurements in the place of those of a run

    private Rewritten rewrite(String run, boolean forReal, Measurement... measurements) {
        Preparation preparation = new Preparation();
        try (Rewriting rewriting = store.rewrite(run)) {
            for (Measurement measurement : measurements) {
                rewriting.accept(preparation.prepare(measurement));
            }
            return rewriting.finish(forReal);
        }
    }

    @Test
    void a_run_whose_file_was_read_again_measures_what_was_found_and_keeps_its_id() {
        Run first = run(1, time("Sort", 10), time("Lost", 3));
        Run second = run(2, time("Sort", 20), time("Lost", 4));
        store.record(List.of(first, second));

        Rewritten rewritten = rewrite(second.id(), true, time("Sort", 18, 22, 23), time("Found", 7));

        assertThat(rewritten.isChanged()).isTrue();
        assertThat(rewritten.measurements()).isEqualTo(2);
        assertThat(rewritten.changes())
                .extracting(Rewritten.Change::kind, change -> change.benchmark().name(), Rewritten.Change::metric)
                .containsExactly(
                        tuple(Rewritten.Kind.ADDED, "Found", "time"),
                        tuple(Rewritten.Kind.REMOVED, "Lost", "time"),
                        tuple(Rewritten.Kind.CHANGED, "Sort", "time"));
        assertThat(store.runs(RunQuery.all())).extracting(RunInfo::id).containsExactly(first.id(), second.id());
        assertThat(store.run(second.id()))
                .isEqualTo(new Run(second.header(), List.of(time("Sort", 18, 22, 23), time("Found", 7))));
        assertThat(store.series(SORT).orElseThrow().values()).containsExactly(10, 21);
        assertThat(store.series(key("Lost", "time")).orElseThrow().values()).containsExactly(3);
        assertThat(store.series(key("Found", "time")).orElseThrow().values()).containsExactly(7);
    }

    @Test
    void a_dry_run_of_a_rewriting_says_the_same_and_changes_nothing() {
        Run first = run(1, time("Sort", 10), time("Lost", 3));
        store.record(first);
        String state = ((SqlRunStore) store).state();

        Rewritten dry = rewrite(first.id(), false, time("Sort", 11), time("Found", 7));

        assertThat(store.run(first.id())).isEqualTo(first);
        assertThat(store.keys(SeriesQuery.all())).containsExactly(key("Lost", "time"), SORT);
        assertThat(((SqlRunStore) store).state()).isEqualTo(state);
        assertThat(rewrite(first.id(), true, time("Sort", 11), time("Found", 7)))
                .isEqualTo(dry);
    }

    @Test
    void points_that_were_judged_keep_what_was_said_also_where_nothing_is_measured_for_them_any_more() {
        Run run = run(1, time("Sort", 10), time("Lost", 3), time("Gone", 4));
        store.record(run);
        PointKey sort = new PointKey(run.id(), Benchmark.of("Sort"), "time");
        PointKey lost = new PointKey(run.id(), Benchmark.of("Lost"), "time");
        store.markBad(List.of(sort, lost), "slower", NOON);
        store.markChecked(List.of(run.id()));

        Rewritten rewritten = rewrite(run.id(), true, time("Sort", 12));

        assertThat(rewritten.count(Rewritten.Kind.KEPT)).isEqualTo(1);
        assertThat(rewritten.count(Rewritten.Kind.REMOVED)).isEqualTo(1);
        assertThat(rewritten.measurements()).isEqualTo(2);
        assertThat(store.marks(List.of(run.id()))).extracting(Mark::point).containsExactly(sort, lost);
        assertThat(store.checkedRuns()).containsExactly(run.id());
        assertThat(judgedBad(SORT)).containsExactly(true);
        assertThat(store.keys(SeriesQuery.all())).containsExactly(key("Lost", "time"), SORT);
        assertThat(store.run(run.id()).measurements()).containsExactly(time("Sort", 12), time("Lost", 3));
    }

    @Test
    void recording_what_a_run_measures_since_it_was_read_again_finds_that_run() {
        Run run = run(1, time("Sort", 10));
        store.record(run);
        rewrite(run.id(), true, time("Sort", 12));

        Recorded again = store.record(run(1, time("Sort", 12)));

        assertThat(again.isNew()).isFalse();
        assertThat(again.run().id()).isEqualTo(run.id());
        assertThat(only().values()).containsExactly(12);
    }

    @Test
    void the_same_measurements_change_nothing_and_other_samples_of_the_same_value_are_told() {
        Run run = run(1, time("Sort", 10, 12));
        store.record(run);

        assertThat(rewrite(run.id(), true, time("Sort", 10, 12))).isEqualTo(new Rewritten(false, 1, List.of()));
        Rewritten rewritten = rewrite(
                run.id(),
                true,
                new Measurement(Benchmark.of("Sort"), TIME, forks(new double[] {10, 11}, new double[] {11, 12})));
        assertThat(rewritten.changes()).extracting(Rewritten.Change::kind).containsExactly(Rewritten.Kind.SAMPLE);
        assertThat(only().points().get(0).groupCount()).isEqualTo(2);
    }

    @Test
    void a_rewriting_that_is_not_finished_or_of_no_run_leaves_the_history_as_it_was() {
        Run run = run(1, time("Sort", 10));
        store.record(run);
        Preparation preparation = new Preparation();

        try (Rewriting rewriting = store.rewrite(run.id())) {
            rewriting.accept(preparation.prepare(time("Sort", 11)));
        }
        try (Rewriting rewriting = store.rewrite(run.id())) {
            assertThatThrownBy(() -> rewriting.finish(true)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> rewrite("unknown", true, time("Sort", 11)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("has no run unknown");

        assertThat(store.run(run.id())).isEqualTo(run);
        assertThat(store.record(run(2, time("Sort", 11))).isNew()).isTrue();
    }

    @Test
    void a_run_that_measured_a_series_several_times_is_pooled_again() {
        Run run = run(1, time("Sort", 10), time("Sort", 20));
        store.record(run);

        rewrite(run.id(), true, time("Sort", 30), time("Sort", 40), time("Sort", 50));

        assertThat(only().values()).containsExactly(40);
        assertThat(only().points().get(0).groupCount()).isEqualTo(3);
    }
}
