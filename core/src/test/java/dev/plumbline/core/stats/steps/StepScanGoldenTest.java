package dev.plumbline.core.stats.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Whole answers of the scan, so that no change of its numbers goes unseen. The series use exact arithmetic only. */
class StepScanGoldenTest {
    private static final Offset<Double> CLOSE = within(1e-9);

    private record Expected(
            int index, int first, int last, double before, double change, double low, double high, double pValue) {}

    @Test
    void a_history_with_eight_steps_spikes_and_autocorrelation() {
        Steps steps = StepScan.analyze(series(2, 700, 83));

        List<Expected> expected = List.of(
                new Expected(
                        85,
                        85,
                        85,
                        100.45060002763668,
                        0.07035085822190963,
                        0.0628468384042614,
                        0.0779078586868054,
                        6.412781330805911E-31),
                new Expected(
                        166,
                        166,
                        166,
                        107.51738594848669,
                        -0.10278762774377254,
                        -0.10846565139767486,
                        -0.09707344176739234,
                        3.317600287008606E-36),
                new Expected(
                        249,
                        249,
                        250,
                        96.46592890563012,
                        0.03748233722058221,
                        0.03187631974322802,
                        0.043118811285954836,
                        1.5245859968421476E-23),
                new Expected(
                        332,
                        332,
                        332,
                        100.08169738316766,
                        0.06940650743918338,
                        0.06401600363944343,
                        0.0748243205379523,
                        4.0816026017464886E-35),
                new Expected(
                        415,
                        415,
                        415,
                        107.02232053695303,
                        -0.09919003426407252,
                        -0.10540601811369435,
                        -0.09293085936241915,
                        3.014295304051676E-49),
                new Expected(
                        498,
                        498,
                        498,
                        96.40677289587211,
                        0.04031869729245607,
                        0.03289254906938359,
                        0.04779823701058845,
                        2.3054899269259295E-16),
                new Expected(
                        581,
                        581,
                        581,
                        100.29376838920334,
                        0.07341858081026552,
                        0.06615236922971213,
                        0.08073431423427878,
                        4.402021253546289E-27),
                new Expected(
                        664,
                        664,
                        664,
                        107.65719452845211,
                        -0.10764281854812646,
                        -0.11507314537297657,
                        -0.10015010266090876,
                        1.3018938998934967E-38));
        assertThat(steps.steps()).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            Expected e = expected.get(i);
            Step step = steps.steps().get(i);
            assertThat(step.index()).isEqualTo(e.index());
            assertThat(step.firstIndex()).isEqualTo(e.first());
            assertThat(step.lastIndex()).isEqualTo(e.last());
            assertThat(step.before()).isCloseTo(e.before(), CLOSE);
            assertThat(step.after()).isCloseTo(e.before() * (1 + e.change()), CLOSE);
            assertThat(step.relativeChange()).isCloseTo(e.change(), CLOSE);
            assertThat(step.low()).isCloseTo(e.low(), CLOSE);
            assertThat(step.high()).isCloseTo(e.high(), CLOSE);
            assertThat(step.pValue() / e.pValue()).isCloseTo(1, within(1e-6));
        }
        assertThat(steps.negligible()).isEmpty();
        assertThat(steps.suspect()).isEmpty();
        Regime regime = steps.regime().orElseThrow();
        assertThat(regime.start()).isEqualTo(664);
        assertThat(regime.count()).isEqualTo(36);
        assertThat(regime.level()).isCloseTo(96.06867067242558, CLOSE);
        assertThat(regime.relativeNoise()).isCloseTo(0.01386046761014618, CLOSE);
        assertThat(regime.autocorrelation()).isCloseTo(0.38002305340984155, CLOSE);
        assertThat(regime.degrees()).isEqualTo(134);
        assertThat(regime.expected()).isCloseTo(4.570051416649974, CLOSE);
    }

    @Test
    void the_ladder_of_an_inner_step() {
        List<Check> trace = StepScan.analyze(series(2, 700, 83)).steps().get(1).checks();

        check(trace.get(0), Check.Kind.STATISTIC, 17.334869385964723, 4.119891738588929);
        check(trace.get(1), Check.Kind.LOCAL_NOISE, 17.334869385964723, 4.119891738588929);
        check(trace.get(2), Check.Kind.SCATTER, 32.577193269724404, 2.2075783685898824);
        check(trace.get(3), Check.Kind.COUNT, 81, 3);
        check(trace.get(4), Check.Kind.RANKS, 1.3770042151281532E-24, 1.0E-4);
        check(trace.get(5), Check.Kind.EFFECT, 0.10846565139767486, 0.02);
        assertThat(trace).hasSize(6);
    }

    private static void check(Check check, Check.Kind kind, double value, double limit) {
        assertThat(check.kind()).isEqualTo(kind);
        assertThat(check.value()).isCloseTo(value, within(1e-6));
        assertThat(check.limit()).isCloseTo(limit, within(1e-6));
        assertThat(check.passed()).isTrue();
    }

    /** Autocorrelated noise of 1.2 %, spikes of 40 %, a step after {@code every} values; exact on every machine. */
    private static double[] series(long seed, int length, int every) {
        long state = seed;
        double[] values = new double[length];
        double level = 100;
        double previous = 0;
        for (int i = 0; i < length; i++) {
            if (i > 0 && i % every == 0) {
                int turn = i / every % 3;
                level *= turn == 1 ? 1.07 : turn == 2 ? 0.90 : 1.04;
            }
            double gaussian = -6;
            for (int j = 0; j < 12; j++) {
                state = state * 6364136223846793005L + 1442695040888963407L;
                gaussian += (state >>> 11) * 0x1.0p-53;
            }
            previous = 0.4 * previous + gaussian;
            values[i] = level * (1 + 0.012 * previous);
            state = state * 6364136223846793005L + 1442695040888963407L;
            if ((state >>> 11) * 0x1.0p-53 < 0.03) {
                values[i] *= 1.4;
            }
        }
        return values;
    }
}
