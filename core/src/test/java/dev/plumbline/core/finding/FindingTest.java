package dev.plumbline.core.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.distribution.Interval;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FindingTest {
    private static final SeriesKey KEY = new SeriesKey(Benchmark.of("a"), "time", "lab", "main");
    private static final Effect EFFECT = new Effect(100, 110, 0.1, Interval.unbounded(0.95));
    private static final Verdict REGRESSED = new Verdict.Regressed(EFFECT);
    private static final Verdict UNCHANGED = new Verdict.Unchanged(EFFECT);
    private static final HistoryEvidence.TooFewRuns TOO_FEW = new HistoryEvidence.TooFewRuns(2, 5);
    private static final Warning DOUBT = new Warning.Text("a doubt");
    private static final Warning ANOTHER = new Warning.SummariesOnly();

    private static Finding finding(Verdict verdict, Severity severity, String since, Rung... trace) {
        return new Finding(
                KEY,
                Unit.of("ms"),
                Better.LOWER,
                Policy.DEFAULT,
                verdict,
                severity,
                OptionalDouble.of(110),
                Optional.empty(),
                OptionalDouble.of(0.01),
                OptionalDouble.of(0.03),
                since,
                List.of(trace),
                List.of(DOUBT),
                List.of(99.0, 101.0),
                Optional.empty());
    }

    @Test
    void a_commit_in_an_id_is_short_and_means_nothing_to_a_shell() {
        assertThat(Finding.shortened("9ef08a8f4912")).isEqualTo("9ef08a8f");
        assertThat(Finding.shortened("v1.2")).isEqualTo("v1.2");
        assertThat(Finding.shortened("a;rm -rf")).isEqualTo("a_rm__rf");
        assertThat(Finding.shortened("$(x)`'é")).isEqualTo("__x____");
    }

    @Test
    void its_id_is_that_of_the_series_and_the_commit_with_which_the_change_began() {
        assertThat(finding(REGRESSED, Severity.MAJOR, "9ef08a8f4912").id()).isEqualTo(KEY.id() + "-9ef08a8f");
        assertThat(finding(UNCHANGED, Severity.NONE, "").id()).isEqualTo(KEY.id());
    }

    @Test
    void what_is_said_of_it_and_one_more_doubt_leave_the_rest_as_it_is() {
        Finding finding = finding(REGRESSED, Severity.MAJOR, "9ef08a8f4912", Rung.decided(TOO_FEW));
        Annotation statement = Annotation.of(
                Annotation.Kind.ACKNOWLEDGED,
                new Annotation.Origin("id", "Ann", Instant.EPOCH, ""),
                Optional.empty(),
                "");

        Finding both = finding.with(statement).withWarning(ANOTHER);

        assertThat(finding.statement()).isEmpty();
        assertThat(both.statement()).contains(statement);
        assertThat(both.warnings()).containsExactly(DOUBT, ANOTHER);
        assertThat(both)
                .usingRecursiveComparison()
                .ignoringFields("statement", "warnings")
                .isEqualTo(finding);
        assertThat(finding.withWarning(ANOTHER).statement()).isEmpty();
    }

    @Test
    void only_a_regression_has_a_severity() {
        assertThat(finding(REGRESSED, Severity.NONE, "").severity()).isEqualTo(Severity.NONE);
        assertThatThrownBy(() -> finding(UNCHANGED, Severity.MINOR, ""))
                .hasMessage("only a regression has a severity, not UNCHANGED");
        assertThatThrownBy(() -> finding(new Verdict.Improved(EFFECT), Severity.CRITICAL, ""))
                .hasMessage("only a regression has a severity, not IMPROVED");
    }

    @Test
    void its_evidence_is_found_by_its_kind_in_the_order_of_the_ladder() {
        HistoryEvidence.Standing one = new HistoryEvidence.Standing(1);
        HistoryEvidence.Standing two = new HistoryEvidence.Standing(2);
        Finding finding =
                finding(UNCHANGED, Severity.NONE, "", Rung.noted(one), Rung.decided(TOO_FEW), Rung.passed(two));

        assertThat(finding.evidence(HistoryEvidence.Standing.class)).containsExactly(one, two);
        assertThat(finding.evidence(HistoryEvidence.class)).containsExactly(one, TOO_FEW, two);
        assertThat(finding.evidence(PairEvidence.class)).isEmpty();
        assertThat(finding.isDecidedBy(HistoryEvidence.TooFewRuns.class)).isTrue();
        assertThat(finding.isDecidedBy(HistoryEvidence.Standing.class)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            names = {"REGRESSED", "UNCHANGED", "IMPROVED", "NOT_COMPARABLE"},
            value = Verdict.Kind.class)
    void only_what_is_not_certain_is_a_suspect(Verdict.Kind kind) {
        Verdict verdict =
                switch (kind) {
                    case REGRESSED -> REGRESSED;
                    case IMPROVED -> new Verdict.Improved(EFFECT);
                    case NOT_COMPARABLE -> new Verdict.NotComparable(new ProcessEvidence.ZeroBase());
                    case UNCHANGED, INCONCLUSIVE -> UNCHANGED;
                };

        assertThat(finding(verdict, Severity.NONE, "").isSuspect()).isFalse();
        for (boolean suspect : new boolean[] {false, true}) {
            Verdict open = new Verdict.Inconclusive(TOO_FEW, suspect, OptionalInt.empty(), Optional.of(EFFECT));
            assertThat(finding(open, Severity.NONE, "").isSuspect()).isEqualTo(suspect);
        }
    }
}
