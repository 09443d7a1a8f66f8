package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.baseline.Establishment.Reason;
import dev.plumbline.core.baseline.LeftOut;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EstablishmentWordsTest {
    static Stream<Arguments> reasons() {
        return Stream.of(
                Arguments.of(new Reason.NoStableRun(false), "no stable run"),
                Arguments.of(new Reason.NoStableRun(true), "no stable run for a baseline"),
                Arguments.of(new Reason.NotMeasured(), "these runs did not measure it"),
                Arguments.of(new Reason.First(1), "1 run"),
                Arguments.of(new Reason.UnitChanged(12), "the unit changed; 12 runs"),
                Arguments.of(new Reason.NothingNew(0), "no new runs"),
                Arguments.of(new Reason.NothingNew(3), "no new runs but 3 judged regressions, which do not count"),
                Arguments.of(new Reason.Accepted(0.2), "accepted at +20.0 %"),
                Arguments.of(new Reason.NotAccepted(0.2), "+20.0 % against its anchor, not accepted"),
                Arguments.of(new Reason.HeldTooShort(-0.2, 3, 10), "-20.0 %, held for 3 of 10 runs"),
                Arguments.of(new Reason.Held(-0.2, 10), "-20.0 %, held for 10 runs"),
                Arguments.of(new Reason.TooFewSince(2), "the runs since are too few for a baseline, 2"),
                Arguments.of(new Reason.SameLevel(20), "20 runs at the same level"));
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void a_reason_is_told_with_its_numbers(Reason reason, String words) {
        assertThat(EstablishmentWords.WORDS.of(reason).replace('\u2212', '-')).isEqualTo(words);
    }

    @Test
    void what_is_left_out_is_told_with_why() {
        assertThat(Arrays.stream(LeftOut.Why.values()).map(why -> EstablishmentWords.leftOut(new LeftOut(why, 2))))
                .containsExactly(
                        "2 runs judged regressions and not accepted",
                        "2 runs before an accepted change",
                        "2 runs before the last change point",
                        "2 runs that may start a new level",
                        "2 runs outside the window");
    }
}
