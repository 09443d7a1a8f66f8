package dev.plumbline.core.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.stats.distribution.Interval;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Reason WHY = new HistoryEvidence.TooFewRuns(2, 5);
    private static final Effect EFFECT = new Effect(100, 105, 0.05, new Interval(0.04, 0.06, 0.95));

    @Test
    void each_is_of_its_kind() {
        assertThat(new Verdict.Regressed(EFFECT).kind()).isEqualTo(Verdict.Kind.REGRESSED);
        assertThat(new Verdict.Improved(EFFECT).kind()).isEqualTo(Verdict.Kind.IMPROVED);
        assertThat(new Verdict.Unchanged(EFFECT).kind()).isEqualTo(Verdict.Kind.UNCHANGED);
        assertThat(new Verdict.Inconclusive(WHY, true, OptionalInt.of(3), Optional.of(EFFECT)).kind())
                .isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(new Verdict.NotComparable(WHY).kind()).isEqualTo(Verdict.Kind.NOT_COMPARABLE);
    }

    @Test
    void what_was_seen_is_told_by_all_that_saw_something() {
        assertThat(new Verdict.Regressed(EFFECT).effect()).contains(EFFECT);
        assertThat(new Verdict.Improved(EFFECT).effect()).contains(EFFECT);
        assertThat(new Verdict.Unchanged(EFFECT).effect()).contains(EFFECT);
        assertThat(new Verdict.Inconclusive(WHY, false, OptionalInt.empty(), Optional.of(EFFECT)).effect())
                .contains(EFFECT);
        assertThat(new Verdict.NotComparable(WHY).effect()).isEmpty();
    }
}
