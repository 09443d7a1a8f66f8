package dev.plumbline.core.baseline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.history.SegmentedSeries;
import dev.plumbline.core.stats.MannKendall;
import dev.plumbline.core.stats.TheilSen;
import dev.plumbline.core.stats.steps.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Whether a baseline can be trusted, check by check.
 *
 * @param baseline which
 * @param checks what was looked at, in the order of {@link QualityCheck.Kind}
 */
public record BaselineQuality(EstablishedBaseline baseline, List<QualityCheck> checks) {
    /** A slope is reported when chance makes one this rarely. */
    private static final double DRIFT_LEVEL = 0.01;

    /** With fewer runs no slope can be distinguished from noise. */
    private static final int ENOUGH_FOR_DRIFT = 10;

    public BaselineQuality {
        requireNonNull(baseline, "baseline");
        checks = List.copyOf(checks);
    }

    /** Whether every check passed. */
    public boolean isValid() {
        return checks.stream().allMatch(QualityCheck::passed);
    }

    /** The checks that did not pass. */
    public List<QualityCheck> failures() {
        return checks.stream().filter(check -> !check.passed()).toList();
    }

    /**
     * The time and revisions since a baseline was established.
     *
     * @param now the time
     * @param revisions how many revisions of its series were measured after its newest run; empty when there is no
     *     history of them
     * @param environmentSeen when its environment measured anything last; empty when no history has it
     */
    public record Since(Instant now, OptionalInt revisions, Optional<Instant> environmentSeen) {
        public Since {
            requireNonNull(now, "now");
            requireNonNull(revisions, "revisions");
            requireNonNull(environmentSeen, "environmentSeen");
        }
    }

    /** Looks at a baseline; checks for which nothing is known are left out. */
    public static BaselineQuality of(EstablishedBaseline baseline, Since since, BaselineSettings settings) {
        List<QualityCheck> checks = new ArrayList<>();
        checks.add(runs(baseline, settings));
        checks.add(interval(baseline, settings));
        List<BaselineRun> counted =
                baseline.runs().stream().filter(run -> !run.anomaly()).toList();
        double[] values = counted.stream().mapToDouble(BaselineRun::value).toArray();
        checks.add(steps(counted, values, settings));
        checks.add(drift(values, baseline, settings));
        checks.add(age(baseline, since, settings));
        since.revisions().ifPresent(count -> checks.add(revisions(count, settings)));
        since.environmentSeen().ifPresent(seen -> checks.add(environment(baseline, seen, since, settings)));
        return new BaselineQuality(baseline, checks);
    }

    private static QualityCheck runs(EstablishedBaseline baseline, BaselineSettings settings) {
        int runs = baseline.statistics().runs();
        return new QualityCheck.Runs(
                runs,
                baseline.runs().size() - runs,
                settings.minimumRuns(),
                baseline.provenance().origin().equals("history"));
    }

    private static QualityCheck interval(EstablishedBaseline baseline, BaselineSettings settings) {
        BaselineStatistics statistics = baseline.statistics();
        double width = statistics.relativeWidth();
        return new QualityCheck.MeanInterval(
                width,
                settings.widestInterval(),
                width < settings.widestInterval() ? OptionalDouble.empty() : runsNeeded(statistics, settings));
    }

    /** The width falls with the square root of the number of runs. */
    private static OptionalDouble runsNeeded(BaselineStatistics statistics, BaselineSettings settings) {
        double ratio = statistics.relativeWidth() / settings.widestInterval();
        double needed = Math.ceil(statistics.runs() * ratio * ratio);
        return needed < 10_000 ? OptionalDouble.of(Math.max(needed, statistics.runs() + 1.0)) : OptionalDouble.empty();
    }

    private static QualityCheck steps(List<BaselineRun> runs, double[] values, BaselineSettings settings) {
        List<Step> steps = SegmentedSeries.steps(values, settings.margin()).steps();
        if (steps.isEmpty()) {
            return new QualityCheck.Steps(0, Optional.empty());
        }
        Step newest = steps.get(steps.size() - 1);
        BaselineRun first = runs.get(newest.index());
        return new QualityCheck.Steps(
                steps.size(),
                Optional.of(new QualityCheck.Steps.Newest(newest.relativeChange(), first.commit(), first.time())));
    }

    private static QualityCheck drift(double[] values, EstablishedBaseline baseline, BaselineSettings settings) {
        if (values.length < ENOUGH_FOR_DRIFT) {
            return new QualityCheck.Drift(false, OptionalDouble.empty(), settings.margin());
        }
        // most have none, and the whole test takes longer than all the rest
        if (MannKendall.leastPValue(values) > DRIFT_LEVEL
                || MannKendall.test(values).pValue() > DRIFT_LEVEL) {
            return new QualityCheck.Drift(true, OptionalDouble.empty(), settings.margin());
        }
        double slope = TheilSen.of(values, 0.95).slope();
        double rise =
                slope * (values.length - 1) / Math.abs(baseline.statistics().median());
        return new QualityCheck.Drift(true, OptionalDouble.of(rise), settings.margin());
    }

    private static QualityCheck age(EstablishedBaseline baseline, Since since, BaselineSettings settings) {
        return new QualityCheck.Age(days(baseline.newest(), since.now()), settings.maximumAgeDays());
    }

    private static QualityCheck revisions(int count, BaselineSettings settings) {
        return new QualityCheck.Revisions(count, settings.maximumRevisions());
    }

    private static QualityCheck environment(
            EstablishedBaseline baseline, Instant seen, Since since, BaselineSettings settings) {
        return new QualityCheck.EnvironmentAge(
                baseline.key().environment(), days(seen, since.now()), settings.maximumAgeDays());
    }

    private static long days(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toDays());
    }
}
