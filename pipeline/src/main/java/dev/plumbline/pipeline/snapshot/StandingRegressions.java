package dev.plumbline.pipeline.snapshot;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Annotated;
import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.finding.AlreadyOpen;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.gate.Gate;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.history.AnalysisWarning;
import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.history.SeriesAnalysis;
import dev.plumbline.core.judge.Judgement;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.shape.feature.Shape;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.report.Report;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Regressions that checks have detected and that are still open, with the numbers of the newest run's judgement. */
public final class StandingRegressions {
    /** A check compares with the level of the history, which may be this much nearer than its median. */
    private static final double LEEWAY = 2;

    /** The number of runs up to which the course of the values shows little. */
    private static final int YOUNG = 20;

    private final RunStore store;
    private final Snapshots snapshots;
    private final Annotations annotations;
    private final Policies policies;
    private final Map<String, Map<SeriesKey, Finding>> judged = new HashMap<>();

    public StandingRegressions(RunStore store, Snapshots snapshots, Annotations annotations, Policies policies) {
        this.store = requireNonNull(store, "store");
        this.snapshots = requireNonNull(snapshots, "snapshots");
        this.annotations = requireNonNull(annotations, "annotations");
        this.policies = requireNonNull(policies, "policies");
    }

    /** Takes judgements of newest runs that are there already. */
    public StandingRegressions knowing(BranchHistory history) {
        for (Judgement judgement : history.judgements()) {
            for (RunInfo run : judgement.runs()) {
                judged.put(run.id(), findings(judgement.findings(), run));
            }
        }
        return this;
    }

    /** Takes reports of newest runs that are there already. */
    public StandingRegressions knowing(List<Report> reports) {
        for (Report report : reports) {
            for (RunInfo run : report.candidates()) {
                judged.put(run.id(), findings(report.findings(), run));
            }
        }
        return this;
    }

    /**
     * The same regressions with the numbers that the judgement of their newest run gives, where it still does,
     * and with their triages; the largest first.
     */
    public List<CalledRegression> reported(List<CalledRegression> called, Function<SeriesKey, Series> seriesOf)
            throws IOException {
        List<CalledRegression> reported = new ArrayList<>();
        for (CalledRegression one : called) {
            List<Point> points = seriesOf.apply(one.key()).points();
            RunInfo newest = points.get(points.size() - 1).run();
            Optional<Finding> finding = Optional.ofNullable(findings(newest).get(one.key()));
            if (finding.filter(now -> isOneLevel(one, now)).isEmpty()) {
                reported.add(reported(one, newest, finding));
            }
        }
        reported.sort(Comparator.<CalledRegression>comparingDouble(one -> -Math.abs(one.relativeChange()))
                .thenComparing(CalledRegression::key));
        return reported;
    }

    /** Whether the newest run shows no further loss any more: all of it is the regression that it came on top of. */
    private static boolean isOneLevel(CalledRegression called, Finding newest) {
        return called.isFurther()
                && newest.verdict() instanceof Verdict.Regressed
                && newest.since().equals(called.begun().header().revision().commit())
                && newest.warnings().stream().noneMatch(Warning.OnOpenLevel.class::isInstance);
    }

    private CalledRegression reported(CalledRegression called, RunInfo newest, Optional<Finding> finding) {
        Optional<Finding> same = finding.filter(one -> one.verdict() instanceof Verdict.Regressed
                && one.since().equals(called.since().header().revision().commit()));
        Annotated triaged = annotations.of(called.observed(), called.findingId(), newest);
        Annotated known = called.stated().map(triaged::and).orElse(triaged);
        Annotated stated = same.flatMap(Finding::statement).map(known::and).orElse(known);
        CalledRegression numbers = same.flatMap(one -> one.verdict().effect())
                .filter(effect -> Double.isFinite(effect.relativeChange()))
                .map(called::with)
                .orElse(called);
        OptionalDouble onBase =
                same.flatMap(Finding::alreadyOpen).map(AlreadyOpen::change).orElse(OptionalDouble.empty());
        if (onBase.isPresent()) {
            numbers = numbers.sized(onBase.getAsDouble());
        }
        return numbers.with(stated);
    }

    /**
     * The finding of a series' newest run that a gate takes for too good to be true; empty where it is accepted. A run
     * is judged only where its value is that good.
     */
    public Optional<Finding> tooGood(Series series, GatePolicy gate) throws IOException {
        List<Point> points = series.points();
        if (points.size() < 2 || !series.unit().isSpeed()) {
            return Optional.empty();
        }
        Point newest = points.get(points.size() - 1);
        double[] before = points.subList(0, points.size() - 1).stream()
                .mapToDouble(Point::value)
                .toArray();
        double factor = newest.value() / Location.median(before);
        boolean isGood =
                series.better() == Better.LOWER ? factor * gate.tooGood() < LEEWAY : factor * LEEWAY > gate.tooGood();
        return isGood
                ? Optional.ofNullable(findings(newest.run()).get(series.key()))
                        .filter(finding -> !finding.isKnown() && new Gate(gate).isAnyTooGood(List.of(finding)))
                : Optional.empty();
    }

    /**
     * The finding of a series' newest run that is better, or possibly worse, where the history shows no more than an
     * outlier or a suspicion. A run is judged only where there is one, or the series is young.
     */
    public Optional<AnalysisWarning> unconfirmed(Series series, SeriesAnalysis analysis) throws IOException {
        List<Point> points = series.points();
        int last = points.size() - 1;
        boolean standsOut = points.size() <= YOUNG
                || analysis.shape().shapes().stream().anyMatch(shape -> shape.word() == Shape.Word.SUSPECTED)
                || analysis.shape().anomalies().stream().anyMatch(one -> one.end() == points.size());
        if (!standsOut) {
            return Optional.empty();
        }
        return Optional.ofNullable(findings(points.get(last).run()).get(series.key()))
                .filter(finding -> finding.verdict() instanceof Verdict.Improved || finding.isSuspect())
                .flatMap(finding -> finding.verdict().effect().map(effect -> {
                    int index = IntStream.rangeClosed(0, last)
                            .filter(place -> points.get(place)
                                    .run()
                                    .header()
                                    .revision()
                                    .commit()
                                    .equals(finding.since()))
                            .findFirst()
                            .orElse(last);
                    return finding.isSuspect()
                            ? new AnalysisWarning.Possible(finding.unit(), effect, index)
                            : new AnalysisWarning.Improved(finding.unit(), effect, index);
                }));
    }

    /** The findings of a run, judged with its whole suite, as in a check; each run is judged once. */
    private Map<SeriesKey, Finding> findings(RunInfo run) throws IOException {
        Map<SeriesKey, Finding> known = judged.get(run.id());
        if (known == null) {
            known = store.runs(RunQuery.all().withId(run.id())).isEmpty()
                    ? Map.of()
                    : findings(snapshots.judge(List.of(run), policies).findings(), run);
            judged.put(run.id(), known);
        }
        return known;
    }

    /** By the series of the run's own branch, regardless of its base. */
    private static Map<SeriesKey, Finding> findings(List<Finding> all, RunInfo run) {
        String branch = run.header().revision().branch();
        return all.stream()
                .collect(Collectors.toMap(
                        finding -> finding.key().on(branch), Function.identity(), (first, second) -> first));
    }
}
