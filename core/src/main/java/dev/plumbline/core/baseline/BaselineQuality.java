package dev.plumbline.core.baseline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.baseline.QualityCheck.Kind;
import dev.plumbline.core.history.SegmentedSeries;
import dev.plumbline.core.model.Percent;
import dev.plumbline.core.stats.MannKendall;
import dev.plumbline.core.stats.TheilSen;
import dev.plumbline.core.stats.steps.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Whether a baseline can be trusted, check by check.
 *
 * @param baseline which
 * @param checks what was looked at, in the order of {@link Kind}
 */
public record BaselineQuality(EstablishedBaseline baseline, List<QualityCheck> checks) {
    /** A slope is told of when so rare a one comes from chance. */
    private static final double DRIFT_LEVEL = 0.01;

    /** So many characters of a commit's id are told. */
    private static final int SHORT = 10;

    /** With fewer runs no slope can be told from noise. */
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
     * What has happened since a baseline was established.
     *
     * @param now the time
     * @param revisions how many revisions of its series were measured after its newest run; empty when no history
     *     tells it
     * @param environmentSeen when its environment measured anything last; empty when no history tells it
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
        int missing = settings.minimumRuns() - runs;
        int odd = baseline.runs().size() - runs;
        String words = runs
                + (runs == 1 ? " run" : " runs")
                + (odd == 0
                        ? ""
                        : ", " + odd + " more " + (odd == 1 ? "lies" : "lie") + " so far from the others that "
                                + (odd == 1 ? "it does" : "they do") + " not count");
        return missing <= 0
                ? passed(Kind.RUNS, words)
                : failed(
                        Kind.RUNS,
                        words + (odd == 0 ? ", " : "; ") + "at least " + settings.minimumRuns() + " are needed",
                        "measure " + missing + " more " + (missing == 1 ? "run" : "runs")
                                + (baseline.provenance().origin().equals("history") ? ", or widen the window" : ""));
    }

    private static QualityCheck interval(EstablishedBaseline baseline, BaselineSettings settings) {
        BaselineStatistics statistics = baseline.statistics();
        double width = statistics.relativeWidth();
        if (width < settings.widestInterval()) {
            return passed(Kind.INTERVAL, "the 95 % interval of the mean is " + percent(width) + " wide");
        }
        String words = Double.isInfinite(width)
                ? "the mean is not known to any share of it"
                : "the 95 % interval of the mean is " + percent(width) + " wide, less than "
                        + percent(settings.widestInterval()) + " is needed";
        OptionalDouble needed = runsNeeded(statistics, settings);
        return failed(
                Kind.INTERVAL,
                words,
                needed.isPresent()
                        ? "about " + Math.round(needed.getAsDouble()) + " runs at this noise, or quieter hardware"
                        : "more runs, or quieter hardware");
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
            return passed(Kind.STEPS, "no change of level inside");
        }
        Step newest = steps.get(steps.size() - 1);
        BaselineRun first = runs.get(newest.index());
        String commit =
                first.commit().substring(0, Math.min(SHORT, first.commit().length()));
        return failed(
                Kind.STEPS,
                steps.size() + (steps.size() == 1 ? " change" : " changes") + " of level inside, the newest "
                        + signed(newest.relativeChange()) + " with "
                        + (commit.isEmpty() ? "the run" : "commit " + commit)
                        + " of " + LocalDate.ofInstant(first.time(), ZoneOffset.UTC),
                "establish it from the history, which begins after the last change, or from newer runs");
    }

    private static QualityCheck drift(double[] values, EstablishedBaseline baseline, BaselineSettings settings) {
        if (values.length < ENOUGH_FOR_DRIFT) {
            return passed(Kind.DRIFT, "too few runs to see a slope");
        }
        // most have none, and the whole test takes longer than all the rest
        if (MannKendall.leastPValue(values) > DRIFT_LEVEL
                || MannKendall.test(values).pValue() > DRIFT_LEVEL) {
            return passed(Kind.DRIFT, "no slope");
        }
        double slope = TheilSen.of(values, 0.95).slope();
        double total = Math.abs(slope * (values.length - 1))
                / Math.abs(baseline.statistics().median());
        return total < settings.margin()
                ? passed(Kind.DRIFT, "a slope of " + percent(total) + " over all runs, below the margin")
                : failed(
                        Kind.DRIFT,
                        "its runs " + (slope > 0 ? "rise" : "fall") + " by " + percent(total) + " from first to last",
                        "find out what drifts, or establish it from fewer runs");
    }

    private static QualityCheck age(EstablishedBaseline baseline, Since since, BaselineSettings settings) {
        long days = days(baseline.newest(), since.now());
        String words = "its newest run is " + days + (days == 1 ? " day" : " days") + " old";
        return days <= settings.maximumAgeDays()
                ? passed(Kind.AGE, words)
                : failed(
                        Kind.AGE,
                        words + ", more than " + settings.maximumAgeDays(),
                        "measure again and establish it anew");
    }

    private static QualityCheck revisions(int count, BaselineSettings settings) {
        String words = count + (count == 1 ? " revision" : " revisions") + " measured since";
        return count <= settings.maximumRevisions()
                ? passed(Kind.REVISIONS, words)
                : failed(
                        Kind.REVISIONS,
                        words + ", more than " + settings.maximumRevisions(),
                        "establish it anew; what keeps it from moving is told then");
    }

    private static QualityCheck environment(
            EstablishedBaseline baseline, Instant seen, Since since, BaselineSettings settings) {
        long days = days(seen, since.now());
        String words = "environment " + baseline.key().environment() + " last measured " + days
                + (days == 1 ? " day" : " days") + " ago";
        return days <= settings.maximumAgeDays()
                ? passed(Kind.ENVIRONMENT, words)
                : failed(
                        Kind.ENVIRONMENT,
                        words + ", more than " + settings.maximumAgeDays(),
                        "measure there again, or reset the baseline if the machine is gone");
    }

    private static long days(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toDays());
    }

    private static QualityCheck passed(Kind kind, String words) {
        return new QualityCheck(kind, true, words, "");
    }

    private static QualityCheck failed(Kind kind, String words, String remedy) {
        return new QualityCheck(kind, false, words, remedy);
    }

    private static String percent(double share) {
        return Double.isInfinite(share) ? "any share" : Percent.of(share);
    }

    private static String signed(double share) {
        return Double.isInfinite(share) ? "out of zero" : Percent.change(share);
    }
}
