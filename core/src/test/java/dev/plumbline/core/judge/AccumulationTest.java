package dev.plumbline.core.judge;

import static dev.plumbline.core.judge.trial.Trials.DURATION;
import static dev.plumbline.core.judge.trial.Trials.THROUGHPUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Rung;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.judge.Accumulation.Question;
import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.judge.trial.Trials;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.distribution.Interval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccumulationTest {
    private static final Effect NOTHING = new Effect(100, 100, 0, new Interval(-0.01, 0.01, 0.95));
    private static final Rung OWN = Rung.decided(new HistoryEvidence.Standing(1));
    private static final Warning DOUBT = new Warning.Text("a doubt");

    /** Levels one after the other, each of so many runs, with hardly any noise. */
    private static List<Point> stairs(int before, int each, double... levels) {
        double[] values = Trials.noisy(5, before + each * levels.length, 1, 0.0002);
        Arrays.setAll(values, i -> values[i] * (i < before ? 100 : levels[(i - before) / each]));
        return Trials.points(values);
    }

    private static Question question(Trials series, List<Point> points, int before, int candidate) {
        int judged = points.size() - candidate;
        return new Question(
                series.series(points.subList(0, before)),
                points.subList(before, judged),
                points.subList(judged, points.size()),
                "v1.2");
    }

    private static Finding finding(Series series, Verdict verdict) {
        return new Finding(
                series.key(),
                series.unit(),
                series.better(),
                Policy.DEFAULT,
                verdict,
                Severity.NONE,
                OptionalDouble.of(1),
                Optional.empty(),
                OptionalDouble.of(1),
                OptionalDouble.of(1),
                "",
                List.of(OWN),
                List.of(DOUBT),
                List.of(1.0, 2.0),
                Optional.empty());
    }

    private static Finding judged(Question question) {
        return new Accumulation(Policy.DEFAULT)
                .judge(
                        List.of(finding(question.before(), new Verdict.Unchanged(NOTHING))),
                        List.of(Optional.of(question)))
                .get(0);
    }

    private static HistoryEvidence.Cumulative reported(Finding finding) {
        HistoryEvidence.Cumulative reported = Trials.decisive(finding, HistoryEvidence.Cumulative.class);
        assertThat(finding.warnings()).containsExactly(DOUBT, reported);
        return reported;
    }

    private static double mean(List<Point> points, int from, int to) {
        return points.subList(from, to).stream()
                .mapToDouble(Point::value)
                .average()
                .orElseThrow();
    }

    @Test
    void small_losses_that_add_up_are_one_regression_since_the_reference() {
        List<Point> points = stairs(30, 5, 101, 102, 103, 104);
        Question question = question(DURATION, points, 30, 1);

        Finding finding = judged(question);

        assertThat(finding.verdict()).isInstanceOf(Verdict.Regressed.class);
        assertThat(finding.verdict().effect().orElseThrow().relativeChange()).isEqualTo(0.04, within(0.002));
        assertThat(finding.severity()).isEqualTo(Severity.MINOR);
        assertThat(finding.since()).isEqualTo("c30");
        HistoryEvidence.Cumulative reported = reported(finding);
        assertThat(reported.reference()).isEqualTo("v1.2");
        assertThat(reported.change())
                .isEqualTo(finding.verdict().effect().orElseThrow().relativeChange());
        assertThat(reported.runsBefore()).isEqualTo(30);
        assertThat(reported.runsSince()).isEqualTo(20);
        assertThat(reported.runsNow()).isEqualTo(5);
        assertThat(reported.losses())
                .extracting(loss -> loss.revision().commit())
                .containsExactly("c30", "c35", "c40", "c45");
        assertThat(reported.losses().get(0).change())
                .isEqualTo(mean(points, 30, 35) / mean(points, 0, 30) - 1, within(1e-12));
        assertThat(reported.losses().get(3).change())
                .isEqualTo(mean(points, 45, 50) / mean(points, 40, 45) - 1, within(1e-12));
        assertThat(finding.trace().get(0)).isEqualTo(OWN);
        assertThat(finding.trace().subList(1, 5))
                .isEqualTo(reported.losses().stream().map(Rung::noted).toList());
        assertThat(finding.trace()).hasSize(6);
    }

    @Test
    void its_numbers_are_those_of_the_newest_runs_judged_against_the_history_up_to_the_reference() {
        List<Point> points = stairs(30, 5, 101, 102, 103, 104);
        Question question = question(DURATION, points, 30, 1);

        Finding finding = judged(question);

        Finding since = Trials.judge(new Trial(question.before(), points.subList(45, 50), List.of()));
        assertThat(finding.key()).isEqualTo(since.key());
        assertThat(finding.verdict()).isEqualTo(since.verdict());
        assertThat(finding.candidate()).isEqualTo(since.candidate());
        assertThat(finding.baseline()).isEqualTo(since.baseline());
        assertThat(finding.pValue()).isEqualTo(since.pValue());
        assertThat(finding.detectableChange()).isEqualTo(since.detectableChange());
        assertThat(finding.history())
                .as("the forty runs before the candidate")
                .isEqualTo(points.subList(9, 49).stream().map(Point::value).toList());
    }

    @ParameterizedTest
    @CsvSource({"2, 1, 3", "3, 2, 5", "20, 1, 5", "20, 7, 7"})
    void at_most_five_runs_are_judged_unless_the_candidate_has_more(int after, int candidate, int judged) {
        Question question = question(DURATION, stairs(30, after + candidate, 104), 30, candidate);

        assertThat(reported(judged(question)).runsNow()).isEqualTo(judged);
    }

    @Test
    void only_runs_on_the_newest_level_are_judged() {
        List<Point> points = stairs(30, 4, 110, 110, 110, 110, 110, 104);

        HistoryEvidence.Cumulative reported = reported(judged(question(DURATION, points, 30, 1)));

        assertThat(reported.runsNow()).isEqualTo(4);
        assertThat(reported.change()).isEqualTo(0.04, within(0.002));
        assertThat(reported.losses()).hasSize(1);
        assertThat(reported.losses().get(0).change()).isEqualTo(0.1, within(0.002));
        assertThat(reported.losses().get(0).revision().commit()).isEqualTo("c30");
    }

    @Test
    void a_step_before_the_reference_adds_no_runs_to_those_since() {
        double[] levels = {90, 90, 90, 90, 90, 90, 100, 100, 100, 100, 100, 100, 104};
        List<Point> points = stairs(0, 3, levels).subList(0, 37);

        HistoryEvidence.Cumulative reported = reported(judged(question(DURATION, points, 36, 1)));

        assertThat(reported.runsSince()).isOne();
        assertThat(reported.runsNow()).isOne();
    }

    @Test
    void where_less_is_worse_steps_down_are_losses() {
        Finding finding = judged(question(THROUGHPUT, stairs(30, 5, 99, 100, 98, 96), 30, 1));

        assertThat(reported(finding).losses()).hasSize(3);
        assertThat(finding.verdict().effect().orElseThrow().relativeChange()).isEqualTo(-0.04, within(0.002));
        assertThat(judged(question(DURATION, stairs(30, 5, 99, 98, 97, 96), 30, 1))
                        .verdict()
                        .kind())
                .isEqualTo(Verdict.Kind.UNCHANGED);
    }

    @Test
    void without_a_step_since_the_reference_the_change_begins_with_the_first_run_after_it() {
        List<Point> points = new ArrayList<>(stairs(30, 6, 104));
        List<Point> old = stairs(28, 8, 104);
        points.set(28, old.get(28));
        points.set(29, old.get(29));

        Finding finding = judged(question(DURATION, points, 30, 1));

        assertThat(finding.since()).isEqualTo("c30");
        assertThat(reported(finding).losses()).isEmpty();
        assertThat(reported(finding).runsSince()).isEqualTo(6);
    }

    @Test
    void every_loss_is_told() {
        Finding seven = judged(question(DURATION, stairs(30, 5, 101, 102, 103, 104, 105, 106, 107), 30, 1));

        assertThat(reported(seven).losses()).hasSize(7);
        assertThat(seven.trace()).hasSize(9);
    }

    @Test
    void a_loss_may_be_of_an_unknown_commit() {
        List<Point> points = new ArrayList<>(stairs(30, 5, 102, 104));
        RunInfo unknown = new RunInfo(
                "run30",
                new RunHeader(
                        new Revision("", "main", Optional.empty(), OptionalLong.of(31)),
                        Environment.unknown(),
                        Optional.empty(),
                        Instant.EPOCH,
                        new TreeMap<>()));
        points.set(30, new Point(unknown, points.get(30).value(), 1, 0, false));

        Finding finding = judged(question(DURATION, points, 30, 1));

        assertThat(reported(finding).losses().get(0).revision().isKnown()).isFalse();
        assertThat(finding.since()).isEmpty();
    }

    @Test
    void only_findings_that_saw_nothing_give_way() {
        Question question = question(DURATION, stairs(30, 5, 101, 102, 103, 104), 30, 1);
        Series series = question.before();
        List<Finding> findings = List.of(
                finding(series, new Verdict.Regressed(NOTHING)),
                finding(series, new Verdict.Improved(NOTHING)),
                finding(
                        series,
                        new Verdict.NotComparable(new HistoryEvidence.OtherEnvironment("here", List.of("there")))),
                finding(series, new Verdict.Unchanged(NOTHING)),
                finding(
                        series,
                        new Verdict.Inconclusive(
                                new HistoryEvidence.Doubt(0.2, 0.05),
                                false,
                                OptionalInt.empty(),
                                Optional.of(NOTHING))),
                finding(series, new Verdict.Unchanged(NOTHING)));
        List<Optional<Question>> questions = new ArrayList<>(Collections.nCopies(5, Optional.of(question)));
        questions.add(Optional.empty());

        List<Finding> judged = new Accumulation(Policy.DEFAULT).judge(findings, questions);

        assertThat(judged.subList(0, 3)).isEqualTo(findings.subList(0, 3));
        assertThat(judged.subList(3, 5)).extracting(Finding::since).containsOnly("c30");
        assertThat(judged.get(5)).isEqualTo(findings.get(5));
    }

    @Test
    void what_did_not_add_up_and_what_was_not_asked_stays_as_it_is() {
        Question none = question(DURATION, stairs(30, 5, 100, 100.5), 30, 1);
        Question some = question(DURATION, stairs(100, 5, 102, 104), 100, 1);
        Finding finding = finding(none.before(), new Verdict.Unchanged(NOTHING));

        List<Finding> judged = new Accumulation(Policy.DEFAULT)
                .judge(
                        List.of(finding, finding, finding),
                        List.of(Optional.of(none), Optional.empty(), Optional.of(some)));

        assertThat(judged.subList(0, 2)).containsOnly(finding);
        assertThat(judged.get(2).since()).isEqualTo("c100");
        assertThat(reported(judged.get(2)).losses()).hasSize(2);
    }
}
