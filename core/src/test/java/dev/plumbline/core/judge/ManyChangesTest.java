package dev.plumbline.core.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.annotation.CommitOrder;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.history.SegmentedSeries;
import dev.plumbline.core.history.SeriesChange;
import dev.plumbline.core.incident.IncidentAnnotations;
import dev.plumbline.core.incident.Shift;
import dev.plumbline.core.incident.Track;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.Timeline;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes that follow one another after a few runs each: the history keeps what its checks said of every one. */
class ManyChangesTest {
    private static final double MARGIN = 0.02;

    /** A change as somebody reports it. */
    private record Reported(String commit, double size) {
        static Reported of(CalledRegression one) {
            return new Reported(one.since().header().revision().commit(), one.relativeChange());
        }

        boolean isSame(Reported other) {
            return commit.equals(other.commit) && Math.abs(size - other.size) <= 0.3 * other.size;
        }
    }

    private static final class Walk extends CheckedWalk {
        private final Set<String> checked = new HashSet<>();

        /** What checks have said last of each change. */
        private final List<Reported> called = new ArrayList<>();

        private int asked;
        private int kept;

        Walk(long seed, double noise) {
            super(seed, noise, "ms", 16);
        }

        Annotations annotations() {
            return new Annotations(new Annotations.Facts(accepted, taken, List.of()), now(), CommitOrder.UNKNOWN);
        }

        Finding check(String commit, double level) {
            Judgement judgement = judge(measure(commit, level), annotations(), checked);
            checked.addAll(judgement.facts().checked());
            Finding finding = first(judgement);
            if (finding.verdict() instanceof Verdict.Regressed) {
                called.removeIf(one -> one.commit.equals(finding.since()));
                called.add(new Reported(finding.since(), change(finding)));
            }
            compare();
            return finding;
        }

        void checks(String commit, double level, int runs) {
            for (int run = 0; run < runs; run++) {
                check(commit + run, level);
            }
        }

        /** Whether history and incidents have every change that a check has called, with its commit and size. */
        private void compare() {
            SegmentedSeries segmented = SegmentedSeries.of(series(0), MARGIN, annotations());
            Series series = segmented.series();
            List<Reported> history = new ArrayList<>(segmented.changes().stream()
                    .map(change -> reported(series, change))
                    .toList());
            List<Reported> incidents = new ArrayList<>(Track.of(segmented, Timeline.of(runs)).shifts().stream()
                    .map(shift -> reported(series, shift.change()))
                    .toList());
            for (CalledRegression one : segmented.called()) {
                history.add(Reported.of(one));
                incidents.add(Reported.of(one));
            }
            for (CalledRegression one : segmented.accepted(annotations())) {
                history.add(Reported.of(one));
                incidents.add(Reported.of(one));
            }
            for (Reported one : called) {
                asked += 2;
                kept += history.stream().anyMatch(other -> other.isSame(one)) ? 1 : 0;
                kept += incidents.stream().anyMatch(other -> other.isSame(one)) ? 1 : 0;
            }
        }

        List<Shift> shifts() {
            return Track.of(SegmentedSeries.of(series(0), MARGIN, annotations()), Timeline.of(runs))
                    .shifts();
        }

        List<Reported> changes() {
            SegmentedSeries segmented = SegmentedSeries.of(series(0), MARGIN, annotations());
            return segmented.changes().stream()
                    .map(change -> reported(segmented.series(), change))
                    .toList();
        }

        private static Reported reported(Series series, SeriesChange change) {
            return new Reported(commit(series.points().get(change.index())), change.relativeChange());
        }

        private static String commit(Point point) {
            return point.run().header().revision().commit();
        }

        void accept(Finding finding) {
            List<Point> points = series(0).points();
            accept(finding, Acceptance.Scope.ENV, now(), points.subList(points.size() - 1, points.size()));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 1, 2", "3, 3, 3, 3", "4, 2, 2, 4"})
    void what_was_accepted_lost_fixed_taken_back_and_lost_again_keeps_its_commits_and_sizes(
            int accepted, int lost, int fixed, int back) {
        int asked = 0;
        int kept = 0;
        for (long seed = 1; seed <= 20; seed++) {
            Walk walk = new Walk(100 * seed + accepted, 0.01);
            Finding first = walk.check("strict", 120);
            walk.accept(first);
            walk.checks("more", 120, accepted);
            walk.checks("log", 140, lost);
            walk.checks("nolog", 120, fixed);
            walk.checks("lax", 100, back);
            walk.checks("again", 117, 2);

            assertThat(walk.called.stream().map(Reported::commit))
                    .as("seed %d", seed)
                    .contains("strict", "log0", "again0");
            asked += walk.asked;
            kept += walk.kept;
        }
        assertThat(kept / (double) asked).isGreaterThanOrEqualTo(0.97);
    }

    @Test
    void accepted_levels_of_two_runs_leave_the_next_loss_as_clear_as_the_first() {
        int losses = 0;
        int found = 0;
        int clear = 0;
        int suites = 20;
        for (long seed = 1; seed <= suites; seed++) {
            Walk walk = new Walk(300 + seed, 0.01);
            double before = walk.check("none", 100).detectableChange().orElseThrow();
            for (double level : new double[] {120, 144, 173}) {
                Finding loss = walk.check("first at " + level, level);
                losses++;
                if (loss.verdict() instanceof Verdict.Regressed) {
                    found++;
                    walk.accept(loss);
                }
                walk.check("second at " + level, level);
            }
            double after = walk.check("last", 173).detectableChange().orElseThrow();
            clear += after < 2 * before ? 1 : 0;
        }
        assertThat(found / (double) losses).isGreaterThanOrEqualTo(0.95);
        assertThat(clear / (double) suites).isGreaterThanOrEqualTo(0.9);
    }

    @ParameterizedTest
    @CsvSource({"1", "3"})
    void what_was_accepted_on_top_of_an_open_loss_leaves_that_open(int runsOfLower) {
        int lowers = 0;
        int suites = 20;
        for (long seed = 1; seed <= suites; seed++) {
            Walk walk = new Walk(700L * runsOfLower + seed, 0.01);
            walk.checks("lower", 120, runsOfLower);
            Finding upper = walk.check("upper", 144);
            assertThat(upper.since()).isEqualTo("upper");
            walk.accept(upper);
            walk.checks("more", 144, 4);

            for (Shift shift : walk.shifts()) {
                boolean isLower = shift.since().equals("lower0");
                lowers += isLower ? 1 : 0;
                assertThat(new IncidentAnnotations(walk.annotations())
                                .of(shift)
                                .holding()
                                .isPresent())
                        .as("seed %d, since %s", seed, shift.since())
                        .isEqualTo(!isLower);
            }
        }
        assertThat(lowers / (double) suites).isGreaterThanOrEqualTo(0.95);
    }

    /** From its third run on, the history confirms a loss on top of another one, and never takes it back. */
    @ParameterizedTest
    @CsvSource({"2", "3", "4", "8"})
    void losses_on_top_of_each_other_are_two_changes_of_the_history_however_long_they_stand(int runsOfLower) {
        int asked = 0;
        int kept = 0;
        int lapsed = 0;
        for (long seed = 1; seed <= 20; seed++) {
            Walk walk = new Walk(500L * runsOfLower + seed, 0.01);
            walk.checks("lower", 120, runsOfLower);
            walk.checks("upper", 144, 2);
            boolean isBoth = false;
            for (int run = 2; run < 24; run++) {
                walk.check("upper" + run, 144);
                List<Reported> changes = walk.changes();
                boolean hasBoth = List.of(new Reported("lower0", 0.2), new Reported("upper0", 0.2)).stream()
                        .allMatch(one -> changes.stream().anyMatch(other -> other.isSame(one)));
                asked++;
                kept += hasBoth ? 1 : 0;
                lapsed += isBoth && !hasBoth ? 1 : 0;
                isBoth = hasBoth;
            }
        }
        assertThat(kept / (double) asked)
                .as("%d of %d, %d lapsed", kept, asked, lapsed)
                .isGreaterThanOrEqualTo(0.94);
        assertThat(lapsed).isLessThanOrEqualTo(3);
    }

    /** The accepted loss is undone, and the open one that it came on is still there. */
    @ParameterizedTest
    @CsvSource({"156, 2", "156, 5", "180, 1", "180, 4"})
    void what_is_open_below_an_accepted_loss_is_reported_again_once_that_is_undone(double upper, int runsOfUpper) {
        int reported = 0;
        int asked = 0;
        for (long seed = 1; seed <= 20; seed++) {
            Walk walk = new Walk(900L * runsOfUpper + seed, 0.01);
            walk.checks("lower", 120, 2);
            walk.accept(walk.check("upper", upper));
            walk.checks("more", upper, runsOfUpper);
            for (int run = 0; run < 6; run++) {
                Finding undone = walk.check("undone" + run, 120);
                asked++;
                boolean isLower = undone.verdict() instanceof Verdict.Regressed
                        && undone.since().equals("lower0");
                reported += isLower ? 1 : 0;
            }
        }
        assertThat(reported / (double) asked).as("%d of %d", reported, asked).isGreaterThanOrEqualTo(0.95);
    }

    /** The open loss is fixed, and the accepted one that came on it is still there. */
    @ParameterizedTest
    @CsvSource({"3", "6"})
    void what_was_accepted_is_no_loss_once_the_open_one_below_it_is_fixed(int runsOfUpper) {
        int failed = 0;
        int asked = 0;
        for (long seed = 1; seed <= 20; seed++) {
            Walk walk = new Walk(1200L * runsOfUpper + seed, 0.01);
            walk.checks("lower", 120, 2);
            walk.accept(walk.check("upper", 180));
            walk.checks("more", 180, runsOfUpper);
            for (int run = 0; run < 6; run++) {
                asked++;
                failed += walk.check("fixed" + run, 150).verdict() instanceof Verdict.Regressed ? 1 : 0;
            }
        }
        assertThat(failed / (double) asked).as("%d of %d", failed, asked).isLessThanOrEqualTo(0.02);
    }
}
