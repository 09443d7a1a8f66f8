package dev.plumbline.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.judge.Judge;
import dev.plumbline.core.judge.Judgement;
import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.judge.trial.Trials;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the values of a run are said to be in another unit. */
class UnitFactorTest {
    private static final int RUNS = 20;

    /** A run whose values are so many times the level of their histories. */
    private static Optional<UnitFactor> of(Trials kind, double... factors) {
        return of(List.of(), kind, factors);
    }

    private static Optional<UnitFactor> of(List<Trial> others, Trials kind, double... factors) {
        List<Trial> trials = new ArrayList<>(others);
        for (int i = 0; i < factors.length; i++) {
            trials.add(kind.called("b" + i).trial(Trials.noisy(i, RUNS, 100, 0.01), 100 * factors[i]));
        }
        List<Finding> findings = new Judge(Policy.DEFAULT).judge(trials);
        List<Judgement.Judged> judged = new ArrayList<>();
        for (int i = 0; i < trials.size(); i++) {
            judged.add(new Judgement.Judged(findings.get(i), Optional.of(trials.get(i)), Optional.empty(), List.of()));
        }
        return UnitFactor.of(new Judgement(List.of(Trials.run(RUNS)), judged, List.of(), List.of()));
    }

    @ParameterizedTest
    @CsvSource({"1000, 1", "0.001, -1", "1e6, 2", "1e-9, -3", "1100, 1", "800, 1"})
    void all_of_one_unit_by_a_power_of_a_thousand(double factor, int power) {
        assertThat(of(Trials.DURATION, factor, factor * 1.05, factor * 0.97))
                .contains(new UnitFactor(3, power, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1.2, 1.2, 1.2", "60, 60, 60", "8, 8, 8", "1000, 1000, 1", "500, 500, 500", "1000, 60, 1000"
    })
    void what_no_unit_explains_stays_a_change(double first, double second, double third) {
        assertThat(of(Trials.DURATION, first, second, third)).isEmpty();
    }

    @Test
    void one_noisy_benchmark_of_five_may_be_farther_off_but_not_elsewhere() {
        assertThat(of(Trials.DURATION, 1000, 1010, 990, 1000, 2000)).contains(new UnitFactor(5, 1, Optional.empty()));
        assertThat(of(Trials.DURATION, 2000, 1010, 990, 1000, 1000)).contains(new UnitFactor(5, 1, Optional.empty()));
        assertThat(of(Trials.DURATION, 1000, 1010, 990, 2000, 2000)).isEmpty();
        assertThat(of(Trials.DURATION, 1000, 1010, 990, 1000, 4000)).isEmpty();
    }

    @Test
    void one_benchmark_alone_may_have_become_a_thousand_times_slower() {
        assertThat(of(Trials.DURATION, 1000)).isEmpty();
    }

    @Test
    void what_is_measured_in_other_units_stays() {
        Trial counted = Trials.COUNTER.called("counted").trial(Trials.noisy(9, RUNS, 50, 0.01), 50);

        assertThat(of(List.of(counted), Trials.DURATION, 1000, 1000)).contains(new UnitFactor(2, 1, Optional.of("m")));
    }
}
