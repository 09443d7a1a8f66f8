package dev.plumbline.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.stats.NoisyBisection.Look;
import dev.plumbline.core.stats.NoisyBisection.Position;
import dev.plumbline.core.stats.NoisyBisection.State;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one look at a bisection says, in numbers; how searches go is told by {@link NoisyBisectionTest}. */
class NoisyBisectionNumbersTest {
    private static final Offset<Double> CLOSE = within(1e-12);

    /** Four positions, of which only the outer ones have runs: the prior alone decides between the inner ones. */
    private static final double[][] ENDS = {{0, 0.1}, {}, {}, {1, 1.1}};

    private static List<Position> positions(double[]... runs) {
        return Arrays.stream(runs)
                .map(values -> new Position(values, values.length > 0 ? State.READY : State.UNTRIED))
                .toList();
    }

    private static Look look(double[]... runs) {
        return NoisyBisection.withDefaults().look(positions(runs));
    }

    private static Look look(double first, double second, double third) {
        return NoisyBisection.withDefaults().look(positions(ENDS), new double[] {1, first, second, third});
    }

    @Test
    void a_look_tells_the_posterior_and_what_follows_from_it() {
        Look look = look(new double[][] {{5, 5.3}, {5.1}, {}, {6.2}, {5.9, 6.1}});

        // numpy, for c from 1 to 4 with x the runs before c and y those from c on, and s the squares about both means:
        // log p = -log(len(x) * len(y)) / 2 - 2 * log(s); p /= p.sum()
        double[] posterior = {0, 0.00726259242415203, 0.49367416423027316, 0.49367416423027316, 0.00538907911530167};
        assertThat(look.posterior()).containsExactly(posterior, CLOSE);
        // p.cumsum(), p @ means of x, p @ means of y, p @ sqrt(s / 4)
        assertThat(look.bad())
                .containsExactly(
                        new double[] {0, 0.00726259242415203, 0.5009367566544252, 0.9946109208846983, 1}, CLOSE);
        assertThat(look.before()).isCloseTo(5.134891464304484, CLOSE);
        assertThat(look.after()).isCloseTo(6.064552268223144, CLOSE);
        assertThat(look.deviation()).isCloseTo(0.15663712951293907, CLOSE);
        assertThat(look.next()).hasValue(2);
        assertThat(look.culprits()).isEmpty();
        assertThat(look.credible()).containsExactlyInAnyOrder(2, 3);
    }

    /** Means that differ by a step, and a deviation of 1 / sqrt 2. */
    @ParameterizedTest
    @CsvSource({"0.6, 1", "0.45, 5", "-0.45, 5", "0.3, 12", "0.1, 25", "0, 25"})
    void small_steps_take_so_many_runs_at_once_that_their_mean_shows_them(double step, int repeats) {
        // two over the square of the step in deviations, 25 at the most; one for a step of more than 0.7
        assertThat(look(new double[][] {{0, 1}, {}, {step, 1 + step}}).repeats())
                .isEqualTo(repeats);
    }

    @Test
    void the_credible_positions_are_the_most_probable_ones_first_and_no_more_than_it_takes() {
        // 0.1, 0.75 and 0.15
        assertThat(look(2, 15, 3).credible()).containsExactly(2, 3, 1);
        // 1 / 30, 25 / 30 and 4 / 30: the last two are 97 %
        assertThat(look(1, 25, 4).credible()).containsExactly(2, 3);
        assertThat(look(1, 1, 98).credible()).containsExactly(3);
    }

    @Test
    void the_search_ends_at_its_confidence() {
        NoisyBisection bisection = NoisyBisection.withDefaults().withConfidence(0.7);
        double[] prior = {1, 2, 15, 3};

        assertThat(bisection.look(positions(ENDS), prior).culprits()).containsExactly(2);
        assertThat(bisection.look(positions(ENDS), prior).next()).isEmpty();
        assertThat(look(2, 15, 3).culprits()).isEmpty();
        assertThat(bisection.withConfidence(0.8).look(positions(ENDS), prior).culprits())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 0, Double.NaN})
    void a_confidence_that_two_commits_could_have_or_none_ever_is_refused(double confidence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NoisyBisection.withDefaults().withConfidence(confidence));
    }

    @Test
    void what_is_built_is_measured_only_where_hardly_less_can_be_learnt() {
        // a run is open by bad * (1 - bad): 0.3 * 0.7 is less than 95 % of 0.5 * 0.5, and 0.45 * 0.55 is more
        assertThat(next(30, 20, 50)).isEqualTo(2);
        assertThat(next(45, 5, 50)).isEqualTo(1);
    }

    private static int next(double first, double second, double third) {
        List<Position> positions = List.of(
                new Position(new double[] {0, 0.1}, State.READY),
                new Position(new double[0], State.READY),
                new Position(new double[0], State.UNTRIED),
                new Position(new double[] {1, 1.1}, State.READY));
        return NoisyBisection.withDefaults()
                .look(positions, new double[] {1, first, second, third})
                .next()
                .orElseThrow();
    }

    @Test
    void three_runs_are_enough_and_two_are_not() {
        assertThat(look(new double[][] {{1}, {}, {2, 3}}).posterior())
                .containsExactly(new double[] {0, 0.5, 0.5}, CLOSE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> look(new double[][] {{1}, {}, {2}}))
                .withMessageContaining("not 3 positions with 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> look(new double[][] {{1, 2, 3}}))
                .withMessageContaining("not 1 positions with 3");
        assertThatIllegalArgumentException().isThrownBy(() -> look(new double[][] {{1, 2}, {3}, {}}));
    }

    /** The likelihoods themselves are beyond any number. */
    @Test
    void runs_may_be_many() {
        double[] good = new double[1_000];
        double[] bad = new double[1_000];
        Arrays.setAll(good, i -> i % 2 * 1e-3);
        Arrays.setAll(bad, i -> 1 + i % 2 * 1e-3);

        assertThat(look(new double[][] {good, {}, bad}).posterior()).containsExactly(new double[] {0, 0.5, 0.5}, CLOSE);
    }

    @Test
    void every_position_has_a_weight_above_zero() {
        assertThatIllegalArgumentException().isThrownBy(() -> look(1, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> look(1, Double.NaN, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NoisyBisection.withDefaults().look(positions(ENDS), new double[] {1, 1, 1}));
    }

    @Test
    void a_position_does_not_change_with_the_arrays_it_was_made_from_or_gave() {
        double[] values = {1, 2};
        Position position = new Position(values, State.READY);

        values[0] = 9;
        position.values()[1] = 9;

        assertThat(position.values()).containsExactly(1, 2);
    }

    @Test
    void commits_that_cannot_be_measured_are_never_next() {
        List<Position> positions = List.of(
                new Position(new double[] {0, 0.1}, State.READY),
                new Position(new double[0], State.UNMEASURABLE),
                new Position(new double[0], State.UNTRIED),
                new Position(new double[] {1, 1.1}, State.READY));
        double[] prior = {1, 50, 40, 10};

        Look look = NoisyBisection.withDefaults().look(positions, prior);

        assertThat(look.next()).hasValue(2);
        assertThat(look.culprits()).isEmpty();
        // the one that cannot be measured and the one behind it are told together
        assertThat(NoisyBisection.withDefaults()
                        .withConfidence(0.85)
                        .look(positions, prior)
                        .culprits())
                .containsExactly(1, 2);
    }
}
