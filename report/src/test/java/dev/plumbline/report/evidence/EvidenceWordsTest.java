package dev.plumbline.report.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.plumbline.core.baseline.Establishment;
import dev.plumbline.core.baseline.QualityCheck;
import dev.plumbline.core.finding.Evidence;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.PairEvidence;
import dev.plumbline.core.finding.ProcessEvidence;
import dev.plumbline.core.finding.Quoted;
import dev.plumbline.core.finding.TailEvidence;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.gate.Cause;
import dev.plumbline.core.history.AnalysisWarning;
import dev.plumbline.core.incident.Clue;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.SeriesWarning;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.Flag;
import dev.plumbline.report.EstablishmentWords;
import dev.plumbline.report.GateWords;
import dev.plumbline.report.QualityWords;
import dev.plumbline.report.SeriesWords;
import dev.plumbline.report.WarningWords;
import dev.plumbline.report.shape.AnalysisWords;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That everything a finding and a gate may tell has words. */
class EvidenceWordsTest {
    /** The kinds of a sealed type, those of sealed ones below it among them; what is quoted is of this module. */
    private static Set<Class<?>> kinds(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses())
                .flatMap(kind -> kind.isSealed() ? kinds(kind).stream() : Stream.of(kind))
                .map(kind ->
                        kind == Quoted.class ? Quotation.class : kind == Cause.Quoted.class ? QuotedCause.class : kind)
                .collect(Collectors.toSet());
    }

    private static Set<Class<?>> together(List<ByKind<?, ?>> words) {
        return words.stream().flatMap(one -> one.kinds().stream()).collect(Collectors.toSet());
    }

    @Test
    void every_kind_has_words() {
        assertThat(HistoryWords.TOLD.kinds()).isEqualTo(kinds(HistoryEvidence.class));
        assertThat(ProcessWords.TOLD.kinds()).isEqualTo(kinds(ProcessEvidence.class));
        assertThat(TailWords.TOLD.kinds()).isEqualTo(kinds(TailEvidence.class));
        assertThat(PairWords.TOLD.kinds()).isEqualTo(kinds(PairEvidence.class));
        assertThat(together(List.of(
                        HistoryWords.TOLD, ProcessWords.TOLD, TailWords.TOLD, PairWords.TOLD, CommonWords.TOLD)))
                .isEqualTo(kinds(Evidence.class));
        assertThat(WarningWords.WORDS.kinds()).isEqualTo(kinds(Warning.class));
        assertThat(SeriesWords.WORDS.kinds()).isEqualTo(kinds(SeriesWarning.class));
        assertThat(AnalysisWords.WORDS.kinds()).isEqualTo(kinds(AnalysisWarning.class));
        assertThat(ClueWords.WORDS.kinds()).isEqualTo(kinds(Clue.class));
        assertThat(EstablishmentWords.WORDS.kinds()).isEqualTo(kinds(Establishment.Reason.class));
        assertThat(QualityWords.FOUND.kinds()).isEqualTo(kinds(QualityCheck.class));
        assertThat(QualityWords.REMEDIES.kinds()).isEqualTo(kinds(QualityCheck.class));
        assertThat(GateWords.CAUSES.kinds()).isEqualTo(kinds(Cause.class));
        assertThat(GateWords.FACTS.kinds()).isEqualTo(kinds(Cause.Fact.class));
        assertThat(GateWords.LENIENCES.kinds()).isEqualTo(kinds(Cause.Lenience.class));
    }

    @Test
    void what_has_no_words_is_a_mistake() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ByKind<Evidence, String>().of(new HistoryEvidence.Standing(1)))
                .withMessageStartingWith("there are no words for Standing");
    }

    @Test
    void numbers_keep_their_order_and_are_finite_where_that_is_asked() {
        EvidenceWords reported = EvidenceWords.of("a", () -> "words")
                .with("z", 1)
                .withFinite("b", Double.NEGATIVE_INFINITY)
                .withFinite("c", 2);

        assertThat(reported.numbers())
                .containsExactly(
                        new NamedNumber("z", 1.0), new NamedNumber("b", -Double.MAX_VALUE), new NamedNumber("c", 2.0));
    }

    @Test
    void what_is_quoted_is_told_as_it_was() {
        EvidenceWords reported =
                EvidenceWords.of(new Quotation("prediction", "as before", List.of(new NamedNumber("low", -0.5))));

        assertThat(reported.name()).isEqualTo("prediction");
        assertThat(reported.words()).isEqualTo("as before");
        assertThat(reported.numbers()).containsExactly(new NamedNumber("low", -0.5));
        assertThat(ReasonWords.of(Quotation.of("nobody knows"))).isEqualTo("nobody knows");
    }

    @Test
    void a_floor_larger_than_the_margin_is_told_with_its_share_of_the_level() {
        Evidence floor = new Evidence.LargeFloor(10, Unit.of("allocations"), 100, 0.02, 0.1);

        assertThat(EvidenceWords.of(floor).name()).isEqualTo("floor");
        assertThat(EvidenceWords.of(floor).words())
                .isEqualTo("changes below 10 allocations are not relevant; that is 10.0 % of the level, more"
                        + " than the margin of 2.0 %");
        assertThat(EvidenceWords.of(floor).numbers())
                .containsExactly(new NamedNumber("floor", 10.0), new NamedNumber("margin", 0.1));
        assertThat(EvidenceWords.of(new Evidence.LargeFloor(7, Unit.of("ms"), -100, 0.02, 0.07))
                        .words())
                .startsWith("changes below 7 ms are not relevant; that is 7.0 % of the level");
        assertThat(EvidenceWords.of(new Evidence.LargeFloor(0.25, Unit.of(""), 0, 0.02, 0.99))
                        .words())
                .isEqualTo("changes below 0.25 are not relevant");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1000 | 1000",
                "1200 | 1200",
                "10000 | 10000",
                "12345678 | 12350000",
                "1e10 | 10000000000",
                "0.0005 | 0.0005",
                "0.00001 | 0.00001",
                "0.25 | 0.25",
                "2.50 | 2.5",
            })
    void a_floor_keeps_the_zeros_before_its_point(double floor, String amount) {
        assertThat(EvidenceWords.of(new Evidence.LargeFloor(floor, Unit.of("B/op"), 0, 0.02, 0.99))
                        .words())
                .isEqualTo("changes below " + amount + " B/op are not relevant");
    }

    @Test
    void a_foreign_unit_is_told_with_what_it_cannot_be_converted_to() {
        Optional<Unit> bytes = Optional.of(Unit.of("B"));
        Optional<Unit> bare = Optional.of(Unit.of(""));

        assertThat(foreign(Optional.empty(), new Evidence.ForeignUnit.NewerRuns(), bytes))
                .isEqualTo("its unit cannot be converted to that of newer runs, B");
        assertThat(foreign(bytes, new Evidence.ForeignUnit.EarlierRuns(1), Optional.empty()))
                .isEqualTo("its unit, B, cannot be converted to that of its earlier run");
        assertThat(foreign(bytes, new Evidence.ForeignUnit.EarlierRuns(30), Optional.empty()))
                .isEqualTo("its unit, B, cannot be converted to that of its 30 earlier runs");
        assertThat(foreign(bytes, new Evidence.ForeignUnit.Branch("main"), bare))
                .isEqualTo("its unit, B, cannot be converted to that of main, a bare number");
        assertThat(foreign(bare, new Evidence.ForeignUnit.Established(), bytes))
                .isEqualTo("its unit, a bare number, cannot be converted to that of its baseline, B");
        assertThat(foreign(bytes, new Evidence.ForeignUnit.Base(), bare))
                .isEqualTo("its unit, B, cannot be converted to that of the base, a bare number");
    }

    @Test
    void a_direction_that_is_turned_round_is_told_with_both() {
        Evidence.OtherDirection turned = new Evidence.OtherDirection(Better.HIGHER, Better.LOWER);

        assertThat(EvidenceWords.of(turned).name()).isEqualTo("direction");
        assertThat(ReasonWords.of(turned))
                .isEqualTo("its results state that more is better, while in the history less is");
    }

    private static String foreign(Optional<Unit> own, Evidence.ForeignUnit.Against against, Optional<Unit> other) {
        Evidence.ForeignUnit unit = new Evidence.ForeignUnit(own, against, other);
        assertThat(EvidenceWords.of(unit).name()).isEqualTo("unit");
        assertThat(EvidenceWords.of(unit).numbers()).isEmpty();
        return ReasonWords.of(unit);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NOISE_CHANGED | the noise of the two sides is very different",
                "SHAPE | the forks are far from normal: a permutation of forks does not confirm the t test",
                "FEW_FORKS | fewer than three processes on a side: their noise is poorly known",
                "WITHIN_FORK_ONLY | a single process on each side: the interval does not include differences"
                        + " between processes",
                "BORROWED_ONLY | a single process on each side: the noise is estimated from the rest of the suite",
                "WILD_FORKS | a few forks are outliers: compared by ranks",
                "NOT_LOGARITHMIC | zero or negative values: compared relative to the base's mean",
                "NO_RATIO | the base is zero: there is a difference but no ratio",
            })
    void every_doubt_of_a_test_is_told(Flag flag, String words) {
        assertThat(WarningWords.WORDS.of(new Warning.Flagged(flag))).isEqualTo(words);
    }

    @Test
    void doubts_of_what_was_stated_are_told() {
        assertThat(WarningWords.WORDS.of(new Warning.SummariesOnly()))
                .isEqualTo("only summaries are available: differences between processes are unknown");
        assertThat(WarningWords.WORDS.of(new Warning.StatedPercentiles()))
                .isEqualTo("percentiles as reported by the tool; the number of executions beyond them is unknown");
        assertThat(WarningWords.WORDS.of(new Warning.Text("as it is"))).isEqualTo("as it is");
    }
}
