package dev.plumbline.report;

import dev.plumbline.core.calibrate.Calibration;
import dev.plumbline.core.calibrate.Sensitivity;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.distribution.Proportion;
import dev.plumbline.core.threshold.ThresholdRule;
import dev.plumbline.core.threshold.Thresholds;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** What can be detected in series that were made up, and the rules that hold for them. */
public final class Sensitivities {
    /** Of what size "needed" speaks. */
    public static final double ASKED = 0.05;

    private Sensitivities() {}

    /** @param runs that detect 5 %; 0 where twenty are not enough */
    public static Sensitivity of(SeriesKey key, double noise, OptionalDouble detectable, int runs) {
        return new Sensitivity(
                key,
                Examples.MILLISECONDS,
                Policy.DEFAULT,
                30,
                noise,
                12,
                detectable,
                List.of(new Sensitivity.Needed(ASKED, runs == 0 ? OptionalInt.empty() : OptionalInt.of(runs))),
                Optional.empty());
    }

    /** The same of another history and suite. */
    public static Sensitivity in(Sensitivity one, int runs, int suite) {
        return new Sensitivity(
                one.key(),
                one.unit(),
                one.policy(),
                runs,
                one.noise(),
                suite,
                one.detectable(),
                one.needed(),
                one.replay());
    }

    /** The same with what became of injected regressions. */
    public static Sensitivity replayed(Sensitivity one, Sensitivity.Replayed replay) {
        return new Sensitivity(
                one.key(),
                one.unit(),
                one.policy(),
                one.runs(),
                one.noise(),
                one.suiteSize(),
                one.detectable(),
                one.needed(),
                Optional.of(replay));
    }

    /** @param healthy runs that were replayed; 5 of them false alarms where there are so many */
    public static Sensitivity.Replayed replay(int healthy, Optional<Proportion> atDetectable, OptionalDouble found99) {
        return new Sensitivity.Replayed(
                new Proportion(Math.min(5, healthy), healthy),
                new Proportion(0, healthy),
                List.of(
                        new Calibration.Detection(
                                0.025,
                                List.of(
                                        new Calibration.Within(1, new Proportion(0, 100)),
                                        new Calibration.Within(5, new Proportion(5, 100))),
                                OptionalDouble.empty()),
                        new Calibration.Detection(
                                0.1,
                                List.of(
                                        new Calibration.Within(1, new Proportion(95, 100)),
                                        new Calibration.Within(5, new Proportion(100, 100))),
                                OptionalDouble.of(1.25))),
                atDetectable,
                found99);
    }

    /** What rules make of a series; the last one wins. */
    public static Thresholds.Resolution resolved(SeriesKey key, ThresholdRule... rules) {
        return new Thresholds(Policy.DEFAULT, List.of(rules)).resolve(key, Examples.MILLISECONDS);
    }
}
