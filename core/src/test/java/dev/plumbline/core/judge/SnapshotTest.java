package dev.plumbline.core.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.annotation.AcceptedPoint;
import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.annotation.CommitOrder;
import dev.plumbline.core.annotation.KnownAcceptance;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.shape.feature.Seasonality;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs in question with all that is known around them, as every command judges them. */
class SnapshotTest {
    private static final Instant MONDAY = Instant.parse("2026-01-05T03:00:00Z");
    private static final String PLACE = Environment.unknown().key();

    private static RunInfo run(int day) {
        Instant time = MONDAY.plus(Duration.ofDays(day));
        return new RunInfo(
                "r" + day,
                new RunHeader(
                        new Revision(
                                String.format("%08x", 0xabc00000 + day),
                                "main",
                                Optional.of(time),
                                OptionalLong.empty()),
                        Environment.unknown(),
                        Optional.of(time),
                        time,
                        Collections.emptySortedMap()));
    }

    private static Series series(String name, int days, IntToDoubleFunction values) {
        List<Point> points = IntStream.range(0, days)
                .mapToObj(day -> Point.of(run(day), Sample.Values.of(Sample.Center.MEAN, values.applyAsDouble(day))))
                .toList();
        return new Series(
                new SeriesKey(Benchmark.of(name), "time", PLACE, "main"),
                Unit.of("ms"),
                Better.LOWER,
                points,
                List.of());
    }

    /** The newest run in question. */
    private static Snapshot snapshot(List<Series> all, List<Snapshot.Contents> recent) {
        int days = all.get(0).points().size();
        return new Snapshot(
                List.of(run(days - 1)),
                all,
                Map.of(PLACE, new Snapshot.EnvironmentHistory("main", Optional.empty(), Optional.empty(), recent)),
                new Snapshot.Reference("main", Optional.empty(), Optional.empty()),
                new Annotations(new Annotations.Facts(List.of(), List.of(), List.of()), MONDAY, CommitOrder.UNKNOWN),
                Set.of(),
                key -> List.of(),
                false);
    }

    private static Judgement judge(List<Series> all) {
        return new Judge(Policy.DEFAULT).judge(snapshot(all, List.of()));
    }

    @Test
    void runs_that_no_check_judged_do_not_move_the_first_bad_commit_of_a_called_change() {
        Random random = new Random(3);
        List<Series> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            boolean isChanged = i == 0;
            Series series = series(
                    "b" + i,
                    16,
                    day -> 100 * (isChanged && day >= 12 ? 1.25 : 1) * Math.exp(0.003 * random.nextGaussian()));
            List<Point> points = new ArrayList<>(series.points());
            if (isChanged) {
                points.set(12, points.get(12).asJudgedBad());
            }
            all.add(series.withPoints(points));
        }

        Finding finding = judge(all).findings().get(0);

        assertThat(finding.verdict()).isInstanceOf(Verdict.Regressed.class);
        assertThat(finding.since()).isEqualTo(run(12).header().revision().commit());
    }

    /** The newest of some days is judged; those from the tenth on were checked before, and nothing was called. */
    private static boolean isCalled(long seed, int series, double change) {
        Random random = new Random(seed);
        int days = 20;
        List<Series> all = new ArrayList<>();
        for (int i = 0; i < series; i++) {
            boolean isChanged = i == 0;
            all.add(series(
                    "b" + i,
                    days,
                    day -> 100 * (isChanged && day >= 10 ? 1 + change : 1) * Math.exp(0.06 * random.nextGaussian())));
        }
        Set<String> checked =
                IntStream.range(10, days - 1).mapToObj(day -> run(day).id()).collect(Collectors.toSet());
        return new Judge(Policy.DEFAULT)
                        .judge(new Snapshot(
                                List.of(run(days - 1)),
                                all,
                                Map.of(
                                        PLACE,
                                        new Snapshot.EnvironmentHistory(
                                                "main", Optional.empty(), Optional.empty(), List.of())),
                                new Snapshot.Reference("main", Optional.empty(), Optional.empty()),
                                new Annotations(
                                        new Annotations.Facts(List.of(), List.of(), List.of()),
                                        MONDAY,
                                        CommitOrder.UNKNOWN),
                                checked,
                                key -> List.of(),
                                false))
                        .findings()
                        .get(0)
                        .verdict()
                instanceof Verdict.Regressed;
    }

    /** The noise is 6 %: no single run of +18 % is certain, and no step is; ten are. */
    @Test
    void runs_that_the_anchor_of_the_level_kept_out_bear_witness_together() {
        int slower = 0;
        int healthy = 0;
        for (long seed = 1; seed <= 60; seed++) {
            slower += isCalled(seed, 8, 0.18) ? 1 : 0;
            healthy += isCalled(seed, 8, 0) ? 1 : 0;
        }
        assertThat(slower).isGreaterThanOrEqualTo(36);
        assertThat(healthy).isLessThanOrEqualTo(1);
    }

    private static double weekend(int day) {
        return day % 7 >= 5 ? 1.12 : 1;
    }

    private static List<Series> swinging(long seed, int days, double newest, int slower) {
        Random random = new Random(seed);
        List<Series> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            boolean isChanged = i == 0;
            all.add(series(
                    "b" + i,
                    days,
                    day -> 100
                            * weekend(day)
                            * (isChanged && day >= days - slower ? newest : 1)
                            * Math.exp(0.01 * random.nextGaussian())));
        }
        return all;
    }

    /** Ten weeks and some days: the newest run is one of a Wednesday, behind it a weekend. */
    @ParameterizedTest
    @ValueSource(longs = {7_100_001, 7_100_002, 7_100_003, 7_100_004, 7_100_005, 7_100_006})
    void a_loss_is_found_beneath_a_weekly_swing_that_is_larger(long seed) {
        Judgement judgement = judge(swinging(seed, 73, 1.09, 2));

        Finding finding = judgement.findings().get(0);
        assertThat(finding.verdict()).isInstanceOf(Verdict.Regressed.class);
        assertThat(finding.verdict().effect().orElseThrow().relativeChange()).isBetween(0.06, 0.12);
        assertThat(judgement.notes())
                .filteredOn(Note.SwingTakenOut.class::isInstance)
                .map(Note.SwingTakenOut.class::cast)
                .hasSize(6)
                .allSatisfy(note -> {
                    assertThat(note.period()).isEqualTo(Seasonality.Period.WEEKLY);
                    assertThat(note.amplitude()).isBetween(0.04, 0.08);
                });
    }

    @Test
    void no_day_of_the_week_is_a_change() {
        int suites = 0;
        int called = 0;
        for (int days = 75; days < 82; days++) {
            for (long seed = 7_200_001; seed < 7_200_021; seed++) {
                suites++;
                boolean isCalled = false;
                for (Finding finding : judge(swinging(seed, days, 1, 0)).findings()) {
                    if (finding.verdict() instanceof Verdict.Regressed regressed) {
                        isCalled = true;
                        assertThat(regressed.change().relativeChange()).isLessThan(0.05);
                    }
                }
                called += isCalled ? 1 : 0;
            }
        }
        // one healthy suite in twenty may be called; the weekends are 12 % slower
        assertThat(called).as("of %d", suites).isLessThanOrEqualTo(suites / 10);
    }

    private static List<Series> plain(long seed, int days, double newest, int slower) {
        Random random = new Random(seed);
        List<Series> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            boolean isChanged = i == 0;
            all.add(series(
                    "b" + i,
                    days,
                    day -> 100
                            * (isChanged && day >= days - slower ? newest : 1)
                            * Math.exp(0.01 * random.nextGaussian())));
        }
        return all;
    }

    @Test
    void the_same_snapshot_has_the_same_judgement() {
        Snapshot snapshot = snapshot(plain(1, 40, 1.2, 2), List.of());

        assertThat(new Judge(Policy.DEFAULT).judge(snapshot)).isEqualTo(new Judge(Policy.DEFAULT).judge(snapshot));
    }

    @Test
    void what_is_to_be_written_are_the_bad_points_from_the_first_one_on() {
        List<Series> all = plain(2, 40, 1.2, 2);

        Judgement judgement = judge(all);

        Series bad = all.get(0);
        assertThat(judgement.findings().get(0).since())
                .isEqualTo(run(38).header().revision().commit());
        assertThat(new HashSet<>(judgement.facts().bad()))
                .isEqualTo(Set.of(
                        bad.keyOf(bad.points().get(38)), bad.keyOf(bad.points().get(39))));
        assertThat(judgement.facts().checked()).containsExactly("r39");
        assertThat(judgement.facts().taken()).isEmpty();
    }

    @Test
    void what_most_recent_runs_had_and_this_one_has_not_is_missing() {
        List<Series> all = plain(3, 20, 1, 0);
        SeriesKey gone = new SeriesKey(Benchmark.of("gone"), "time", PLACE, "main");
        SeriesKey rare = new SeriesKey(Benchmark.of("rare"), "time", PLACE, "main");
        List<SeriesKey> own = all.stream().map(Series::key).toList();
        List<Snapshot.Contents> recent = new ArrayList<>();
        for (int day = 14; day < 19; day++) {
            List<SeriesKey> keys = new ArrayList<>(own);
            keys.add(gone);
            if (day == 16) {
                keys.add(rare);
            }
            recent.add(new Snapshot.Contents("r" + day, keys));
        }

        assertThat(new Judge(Policy.DEFAULT).judge(snapshot(all, recent)).missing())
                .containsExactly(Missing.benchmark(gone));
    }

    @Test
    void the_newest_commits_count_once_and_the_judged_one_not_at_all() {
        List<Series> all = plain(2, 20, 1, 0);
        SeriesKey one = all.get(0).key();
        SeriesKey other = all.get(1).key();
        List<RunInfo> runs =
                List.of(run(1), run(2), again(2, "a"), again(2, "b"), run(3), again(4, "a"), again(4, "b"));
        Map<String, List<SeriesKey>> keys = Map.of(
                "r1",
                List.of(one),
                "r2",
                List.of(one),
                "r2a",
                List.of(one, other),
                "r2b",
                List.of(other),
                "r3",
                List.of());
        Function<Collection<String>, Map<String, List<SeriesKey>>> known = ids -> {
            Map<String, List<SeriesKey>> asked = new HashMap<>(keys);
            asked.keySet().retainAll(ids);
            return asked;
        };

        assertThat(Snapshot.Contents.newest(runs, run(4), 2, known))
                .containsExactly(
                        new Snapshot.Contents("r2b", List.of(one, other)), new Snapshot.Contents("r3", List.of()));
        assertThat(Snapshot.Contents.newest(runs.subList(5, 7), run(4), 2, known))
                .as("there is no other commit")
                .hasSize(2);
        assertThat(Snapshot.Contents.newest(List.of(), run(4), 2, known)).isEmpty();
    }

    /** A further run of the commit of a day. */
    private static RunInfo again(int day, String which) {
        return new RunInfo(run(day).id() + which, run(day).header());
    }

    @Test
    void counters_of_what_never_happens_are_told_of_only_where_there_is_nothing_else() {
        List<Series> all = new ArrayList<>(plain(4, 20, 1, 0));
        Series zero = series("errors", 20, day -> 0);
        all.add(zero);

        assertThat(judge(all).findings()).extracting(Finding::key).doesNotContain(zero.key());
        assertThat(judge(List.of(zero)).findings()).extracting(Finding::key).containsExactly(zero.key());
    }

    @Test
    void nothing_is_judged_without_a_run_or_its_environment() {
        List<Series> all = plain(5, 20, 1, 0);
        Snapshot snapshot = snapshot(all, List.of());

        assertThatThrownBy(() -> new Snapshot(
                        List.of(),
                        all,
                        snapshot.environments(),
                        snapshot.reference(),
                        snapshot.annotations(),
                        Set.of(),
                        key -> List.of(),
                        false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Snapshot(
                        snapshot.runs(),
                        all,
                        Map.of(),
                        snapshot.reference(),
                        snapshot.annotations(),
                        Set.of(),
                        key -> List.of(),
                        false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static final Annotations NOBODY_SAID_ANYTHING =
            new Annotations(new Annotations.Facts(List.of(), List.of(), List.of()), MONDAY, CommitOrder.UNKNOWN);

    /** That somebody accepted what the first benchmark of main is from a day on. */
    private static Annotations accepted(int day, double change) {
        SeriesKey key = series("b0", 1, other -> 100).key();
        Acceptance acceptance = new Acceptance(
                "a1",
                key.benchmark(),
                Optional.empty(),
                Optional.empty(),
                "c" + day,
                change,
                "it checks its input now",
                "Ann",
                MONDAY,
                Optional.empty());
        return new Annotations(
                new Annotations.Facts(
                        List.of(new KnownAcceptance(acceptance, "command", Optional.empty())),
                        List.of(new AcceptedPoint("a1", key, "r" + day)),
                        List.of()),
                MONDAY,
                CommitOrder.UNKNOWN);
    }

    /** A branch that left main after three runs, before the first benchmark of main changed on a day. */
    private static List<Finding> oldBranch(double level, int day, double factor, Annotations annotations) {
        Random random = new Random(11);
        List<Series> main = new ArrayList<>();
        List<Series> own = new ArrayList<>();
        RunHeader header = run(23).header();
        RunInfo run = new RunInfo(
                "branch",
                new RunHeader(
                        new Revision("fea0", "feature", header.revision().commitTime(), OptionalLong.empty()),
                        header.environment(),
                        header.measuredAt(),
                        header.addedAt(),
                        header.context()));
        for (int i = 0; i < 4; i++) {
            boolean isFirst = i == 0;
            Series series = series(
                    "b" + i,
                    23,
                    date -> 100 * (isFirst && date >= day ? factor : 1) * Math.exp(0.004 * random.nextGaussian()));
            main.add(series);
            own.add(new Series(
                    new SeriesKey(series.key().benchmark(), "time", PLACE, "feature"),
                    series.unit(),
                    series.better(),
                    List.of(Point.of(run, Sample.Values.of(Sample.Center.MEAN, isFirst ? level : 100))),
                    List.of()));
        }
        Set<String> shared = Set.of("r0", "r1", "r2");
        return new Judge(Policy.DEFAULT)
                .judge(new Snapshot(
                        List.of(run),
                        own,
                        Map.of(
                                PLACE,
                                new Snapshot.EnvironmentHistory(
                                        "main",
                                        Optional.of(main),
                                        Optional.of(one -> shared.contains(one.id())),
                                        List.of())),
                        new Snapshot.Reference("main", Optional.empty(), Optional.empty()),
                        annotations,
                        Set.of(),
                        key -> List.of(),
                        false))
                .findings();
    }

    @Test
    void a_branch_with_a_short_base_is_not_held_against_what_main_became_later() {
        assertThat(oldBranch(100, 14, 0.75, NOBODY_SAID_ANYTHING).get(0).verdict())
                .isInstanceOf(Verdict.Unchanged.class);
        assertThat(oldBranch(120, 14, 0.75, NOBODY_SAID_ANYTHING).get(0).verdict())
                .isInstanceOf(Verdict.Regressed.class);
    }

    @Test
    void a_branch_with_a_short_base_is_not_held_against_what_was_accepted_on_main_later() {
        assertThat(oldBranch(100, 21, 1.12, accepted(21, 0.12)).get(0).verdict())
                .isInstanceOf(Verdict.Unchanged.class);
        assertThat(oldBranch(112, 21, 1.12, accepted(21, 0.12)).get(0).verdict())
                .isInstanceOf(Verdict.Regressed.class);
    }
}
