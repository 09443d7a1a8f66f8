package dev.plumbline.report.shape;

import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.history.AnalysisWarning;
import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.history.EarlyLoss;
import dev.plumbline.core.history.SeriesAnalysis;
import dev.plumbline.core.history.SeriesChange;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.role.Role;
import dev.plumbline.core.shape.feature.Advice;
import dev.plumbline.core.shape.feature.Anomaly;
import dev.plumbline.core.shape.feature.Segment;
import dev.plumbline.core.shape.feature.Shape;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.report.SeriesWords;
import dev.plumbline.report.TriageWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.content.AnalyzedSeries;
import dev.plumbline.report.evidence.Percent;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.terminal.ShellText;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The headline of a series: its state, its outliers, and whether there is anything to do. */
public final class SeriesHeadline {
    /** The line above a list in which nothing is to be done. */
    public static final String NOTHING = "No series needs attention.";

    /** The end of the sentence about a series with which nothing is to be done. */
    public static final String NO_ACTION = " No action needed.";

    /** Series that the sentence above a list names. */
    private static final int NAMED = 2;

    /** Context metrics that the sentence above a list names. */
    private static final int METRICS = 4;

    /** By how much a value is worse than all others to be pointed at. */
    private static final double LOOK = 0.1;

    /** The minimum number of values for a check to judge the newest, by default. */
    private static final int JUDGED = Policy.DEFAULT.minimumRuns() + 1;

    /**
     * The order of a list: missing or too good first, then open changes, of primary metrics before others and the
     * largest first, then possible losses. The rest follows by health; context metrics, which are not judged, come
     * last.
     */
    public static final Comparator<AnalyzedSeries> WORST_FIRST = Comparator.comparing(
                    (AnalyzedSeries one) -> !one.isJudged())
            .thenComparing(one -> tooGood(one.analysis()).isEmpty() && !isMissing(one.analysis()))
            .thenComparing(one -> !needsAction(one) && !failedLast(one))
            .thenComparing(one -> openSize(one) > 0 && one.role() != Role.PRIMARY)
            .thenComparingDouble(one -> -openSize(one))
            .thenComparing(one -> !mayBeWorse(one))
            .thenComparing(AnalyzedSeries::analysis, AnalyzedSeries.ANALYSIS_WORST_FIRST);

    private SeriesHeadline() {}

    /** The size of the largest untriaged change for the worse; 0 where there is none. */
    private static double openSize(AnalyzedSeries one) {
        return one.analysis().summary().advice().stream()
                .filter(advice -> isOpen(advice, one.analysis()))
                .mapToDouble(advice -> {
                    if (advice instanceof Advice.LookInto look) {
                        return look.behind();
                    }
                    return Math.abs(
                            advice instanceof Advice.Called called
                                    ? called.change()
                                    : ((Advice.StopSlope) advice).total());
                })
                .max()
                .orElse(0);
    }

    /** Whether something that is not certain may have made it worse. */
    private static boolean mayBeWorse(AnalyzedSeries one) {
        return possible(one.analysis()).isPresent()
                || one.analysis().early().isPresent()
                || isSuspectedWorse(one.analysis())
                || one.analysis().shape().main().word() == Shape.Word.UNKNOWN && looksWorse(one);
    }

    /** {@code stable at 24.0 ms (noise 1.0 %). One outlier: 33.6 ms (+40 %) at 9c6b59a. No action needed.} */
    public static String of(AnalyzedSeries one) {
        SeriesAnalysis analysis = one.analysis();
        Optional<String> tooGood =
                tooGood(analysis).map(warning -> AnalysisWords.tooGoodWithLevels(warning, by(analysis, warning)) + ".");
        String gone = unmeasured(analysis)
                .map(warning -> AnalysisWords.unmeasuredSince(warning) + "; before that ")
                .orElse("");
        return gone
                + tooGood.or(() -> standing(analysis).map(called -> standing(analysis, called)))
                        .or(() -> improved(analysis).map(warning -> improved(analysis, warning)))
                        .or(() -> possible(analysis).map(warning -> possible(analysis, warning)))
                        .or(() -> analysis.early().map(loss -> early(analysis, loss)))
                        .or(() -> lost(one).map(change -> lost(analysis, change)))
                        .orElseGet(() -> state(analysis) + stated(analysis) + ".")
                + (tooGood.isPresent() ? "" : outliers(analysis, isNormalSince(one)))
                + action(one);
    }

    /**
     * The regression that a check has detected and the history does not confirm yet: the newest that is open, else the
     * newest.
     */
    public static Optional<CalledRegression> standing(SeriesAnalysis analysis) {
        List<CalledRegression> standing =
                analysis.called().stream().filter(one -> !one.isFalseAlarm()).toList();
        return standing.stream()
                .filter(CalledRegression::isOpen)
                .reduce((earlier, later) -> later)
                .or(() -> standing.stream().reduce((earlier, later) -> later));
    }

    private static String by(SeriesAnalysis analysis, int index) {
        return Words.by(analysis, analysis.revisions().get(index));
    }

    private static String by(SeriesAnalysis analysis, AnalysisWarning.TooGood warning) {
        return analysis.revisions().stream()
                .filter(revision -> !revision.isEmpty() && revision.startsWith(warning.since()))
                .findFirst()
                .map(revision -> Words.by(analysis, revision))
                .orElse("");
    }

    private static String standing(SeriesAnalysis analysis, CalledRegression called) {
        double[] since = since(analysis, called);
        double level = Location.median(since);
        Quantity.Pair levels = Quantity.pair(
                called.before(), called.isAccepted() ? level : called.after(), analysis.unit(), Double.NaN);
        String change = Quantity.change(called.relativeChange());
        boolean isAlone = isNewestAlone(analysis, called);
        String size = called.isAccepted()
                ? change + " accepted " + ShapeWords.place(analysis, called)
                        + called.stated()
                                .map(stated -> " (" + stated.by()
                                        + (stated.reason().isBlank() ? "" : ": " + stated.reason()) + ")")
                                .orElse("")
                : "regression " + change + (isAlone ? " in the newest run," : "") + " since "
                        + Words.placeName(analysis, called.index())
                        + by(analysis, called.index())
                        + (called.isFurther() ? onTop(analysis, called.index()) : "") + ", "
                        + called.stated()
                                .map(stated -> TriageWords.state(stated.kind()) + " by " + stated.by())
                                .orElse("detected by a check");
        return size + ": now " + levels.after() + ", before " + levels.alone() + ", "
                + Words.count(since.length, "run", "runs") + " so far"
                + (isAlone ? ", " + Quantity.change(Effect.relativeChange(called.before(), level)) + " together" : "")
                + ".";
    }

    /** The newest change, if it is a confirmed regression that needs action. */
    private static Optional<SeriesChange> lost(AnalyzedSeries one) {
        SeriesAnalysis analysis = one.analysis();
        return newestLoss(analysis)
                .filter(change -> needsAction(one)
                        && !isMissing(analysis)
                        && Math.abs(change.relativeChange()) >= analysis.margin()
                        && !ShapeWords.isKnown(analysis, change.index()));
    }

    private static String lost(SeriesAnalysis analysis, SeriesChange change) {
        Quantity.Pair levels = Quantity.pair(change.before(), change.after(), analysis.unit(), Double.NaN);
        return "regression " + Quantity.change(change.relativeChange()) + since(analysis, change.index())
                + onTop(analysis, change.index()) + ": now " + levels.after()
                + analysis.current()
                        .flatMap(current ->
                                current.relativeNoise().stream().boxed().findFirst())
                        .filter(noise -> Double.isFinite(noise) && noise > 0)
                        .map(noise -> " (noise " + Percent.of(noise) + ")")
                        .orElse("")
                + ", before " + levels.alone() + soFar(analysis, change.index());
    }

    /** {@code , on top of +10.9 % since commit 0abc000f00}: the open regression that a further one began from. */
    private static String onTop(SeriesAnalysis analysis, int index) {
        return analysis.confirmed().stream()
                .filter(change -> change.index() < index)
                .reduce((earlier, later) -> later)
                .filter(change -> analysis.better().isWorse(change.relativeChange())
                        && Math.abs(change.relativeChange()) >= analysis.margin()
                        && !ShapeWords.isKnown(analysis, change.index()))
                .map(change ->
                        ", on top of " + Quantity.change(change.relativeChange()) + since(analysis, change.index()))
                .orElse("");
    }

    private static double[] since(SeriesAnalysis analysis, CalledRegression called) {
        List<Double> values = analysis.values();
        return values.subList(called.index(), values.size()).stream()
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .toArray();
    }

    /** Whether the size of a detected regression is that of the newest run, and that of all runs since differs. */
    static boolean isNewestAlone(SeriesAnalysis analysis, CalledRegression called) {
        double[] since = since(analysis, called);
        double level = Location.median(since);
        return since.length > 1
                && !called.isAccepted()
                && !Quantity.change(called.relativeChange())
                        .equals(Quantity.change(Effect.relativeChange(called.before(), level)))
                && Math.abs(called.after() - since[since.length - 1]) < Math.abs(called.after() - level);
    }

    private static String action(AnalyzedSeries one) {
        if (!one.isJudged()) {
            return " A context metric: no check judges it.";
        }
        if (needsAction(one)) {
            return " Action needed, see below.";
        }
        Optional<AnalysisWarning.Unmeasured> gone = unmeasured(one.analysis());
        if (gone.isPresent()) {
            return gone.get()
                    .environment()
                    .map(key -> " See plumb history "
                            + ShellText.quoted(SeriesWords.operand(one.series().key())) + " --environment "
                            + ShellText.quoted(key))
                    .orElse(" No action needed: checks do not expect it.");
        }
        if (possible(one.analysis()).isPresent()) {
            return " Run it again.";
        }
        if (one.analysis().early().isPresent()) {
            return " Run the commit before it again, see below.";
        }
        if (one.analysis().shape().main() instanceof Shape.Suspected suspected
                && !isAccepted(one.analysis(), suspected.index())
                && !failedLast(one)) {
            return " A few more runs decide.";
        }
        if (one.analysis().shape().main().word() == Shape.Word.UNKNOWN && !failedLast(one)) {
            return looksWorse(one) ? " It looks worse than all before: run it again." : "";
        }
        return failedLast(one)
                ? " A check found the newest run worse: plumb explain "
                        + ShellText.quoted(SeriesWords.operand(one.series().key()))
                : NO_ACTION;
    }

    /**
     * {@code 1 of 14 series needs attention: Sort.quick time}; of short ones what the newest check found. Context
     * metrics don't count, unless there is nothing else.
     *
     * @param stored at least one
     */
    public static String of(List<AnalyzedSeries> stored) {
        List<AnalyzedSeries> judged =
                stored.stream().filter(AnalyzedSeries::isJudged).toList();
        if (judged.isEmpty()) {
            return "Only context metrics: no check judges them.";
        }
        List<SeriesAnalysis> all = judged.stream().map(AnalyzedSeries::analysis).toList();
        List<SeriesAnalysis> some = judged.stream()
                .filter(SeriesHeadline::needsAction)
                .map(AnalyzedSeries::analysis)
                .toList();
        List<AnalyzedSeries> failed =
                judged.stream().filter(SeriesHeadline::failsNow).toList();
        if (some.isEmpty()) {
            if (all.stream().allMatch(SeriesAnalysis::few)) {
                int most =
                        all.stream().mapToInt(one -> one.values().size()).max().orElse(0);
                String few = Words.count(most, "run", "runs")
                        + (most < JUDGED ? ": too few to judge" : ": too few to show a shape");
                return Stream.of(failed.isEmpty() ? "" : failed(failed), unconfirmed(judged))
                        .filter(words -> !words.isEmpty())
                        .collect(Collectors.joining(
                                "; ",
                                few + (failed.isEmpty() && unconfirmed(judged).isEmpty() ? "." : "; "),
                                ""));
            }
            if (failed.isEmpty()) {
                return moved(all).orElse(unconfirmed(judged).isEmpty() ? NOTHING : unconfirmed(judged));
            }
            return failed(failed);
        }
        // one series of each branch has the name
        List<String> names = some.stream()
                .map(one -> Words.inSentence(one.key()) + (some.size() == 1 ? since(one) : ""))
                .distinct()
                .toList();
        return Quantity.plain(some.size(), Quantity.DIGITS) + " of " + Words.count(all.size(), "series", "series")
                + (some.size() == 1 ? " needs" : " need") + " attention: "
                + names.stream().limit(NAMED).collect(Collectors.joining(", "))
                + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "")
                + ". Details: plumb history NAME" + (failed.isEmpty() ? "" : ". " + failed(failed));
    }

    /** {@code 2 series with a possible regression: Sort.quick time and 1 more; …}; empty where none has. */
    private static String unconfirmed(List<AnalyzedSeries> judged) {
        List<String> names = judged.stream()
                .filter(SeriesHeadline::mayBeWorse)
                .map(one -> Words.inSentence(one.series().key()))
                .distinct()
                .toList();
        return names.isEmpty()
                ? ""
                : Words.count(names.size(), "series", "series") + " with a possible regression: " + names.get(0)
                        + (names.size() > 1 ? " and " + (names.size() - 1) + " more" : "") + "; plumb history NAME";
    }

    /** Whether the level that begins at a position was accepted: it is never suspected. */
    public static boolean isAccepted(SeriesAnalysis analysis, int index) {
        return analysis.called().stream().anyMatch(one -> one.isAccepted() && one.index() == index);
    }

    /** Whether the headline reports the change of a shape and its acceptance. */
    public static boolean isToldAsAccepted(SeriesAnalysis analysis, Shape shape) {
        return shape instanceof Shape.Suspected suspected
                ? isAccepted(analysis, suspected.index())
                : shape.word() == Shape.Word.STEPPED
                        && shape.equals(analysis.shape().main())
                        && newestLoss(analysis)
                                .flatMap(change -> analysis.saidOf(change).holding())
                                .filter(said -> said.kind() == Annotation.Kind.ACCEPTED)
                                .isPresent();
    }

    private static boolean isSuspectedWorse(SeriesAnalysis analysis) {
        return analysis.shape().main() instanceof Shape.Suspected suspected
                && !isAccepted(analysis, suspected.index())
                && analysis.better().isWorse(suspected.after() - suspected.before())
                && Math.abs(Effect.relativeChange(suspected.before(), suspected.after())) >= analysis.margin();
    }

    /** Whether the newest value is worse than all before it, by as much as would be critical. */
    private static boolean looksWorse(AnalyzedSeries one) {
        List<Double> values = one.analysis().values();
        int last = values.size() - 1;
        return last >= 0
                && looksWorse(
                        values.subList(0, last), values.get(last), one.series().better());
    }

    /**
     * Whether a new value is worse than each of two or more before it, by as much as would be critical: a person should
     * look, also where no judgement is possible yet.
     */
    public static boolean looksWorse(List<Double> before, double newest, Better better) {
        return before.size() > 1
                && before.stream().allMatch(value -> {
                    double change = Effect.relativeChange(value, newest);
                    return better.isWorse(change) && Math.abs(change) >= LOOK;
                });
    }

    /** {@code  (+27.6 % with commit 20b6294b28 by Jane Doe)}: of what got worse; empty where no author is known. */
    private static String since(SeriesAnalysis analysis) {
        return standing(analysis)
                .map(one -> since(analysis, one.relativeChange(), one.index()))
                .or(() -> newestLoss(analysis).map(one -> since(analysis, one.relativeChange(), one.index())))
                .orElse("");
    }

    private static String since(SeriesAnalysis analysis, double change, int index) {
        return by(analysis, index).isEmpty()
                ? ""
                : " (" + Quantity.change(change) + " " + Words.placeBy(analysis, index) + ")";
    }

    /** {@code 6 series are measured in another environment since commit 0abc000c00 on main (2026-01-13)}. */
    private static Optional<String> moved(List<SeriesAnalysis> all) {
        List<AnalysisWarning.Unmeasured> moved = all.stream()
                .flatMap(analysis -> unmeasured(analysis).stream())
                .filter(warning -> warning.environment().isPresent())
                .toList();
        return moved.isEmpty()
                ? Optional.empty()
                : Optional.of(Words.count(moved.size(), "series is ", "series are ")
                        + AnalysisWords.unmeasuredSince(moved.get(0)) + ", which is not comparable.");
    }

    /**
     * The number of context metrics among the series, with their names: {@code The last 30 are context metrics
     * (gc.count, gc.time): kept, not judged}; empty where none is, or all are.
     *
     * @param last whether they come after the others
     */
    public static Optional<String> context(List<AnalyzedSeries> stored, boolean last) {
        List<AnalyzedSeries> context =
                stored.stream().filter(one -> !one.isJudged()).toList();
        if (context.isEmpty() || context.size() == stored.size()) {
            return Optional.empty();
        }
        List<String> metrics = context.stream()
                .map(one -> one.series().key().metric())
                .distinct()
                .sorted()
                .toList();
        boolean one = context.size() == 1;
        return Optional.of((last ? one ? "The last" : "The last " + context.size() : String.valueOf(context.size()))
                + (one ? " is a context metric" : " are context metrics")
                + " (" + String.join(", ", metrics.subList(0, Math.min(METRICS, metrics.size())))
                + (metrics.size() > METRICS ? ", …" : "") + "): shown, never judged.");
    }

    /** Whether a check judged the newest run bad, and the series is too short to show it itself. */
    public static boolean failedLast(AnalyzedSeries one) {
        return one.isJudged() && failsNow(one) && one.analysis().called().isEmpty();
    }

    /** The same whether the series shows it itself or not: the check of the newest run fails because of it. */
    private static boolean failsNow(AnalyzedSeries one) {
        List<Point> points = one.series().points();
        return !points.isEmpty()
                && points.get(points.size() - 1).judgedBad()
                && known(one.analysis()).isEmpty()
                && one.analysis().called().stream().allMatch(CalledRegression::isOpen);
    }

    /** The annotation of the newest change for the worse that the history confirms and that lasts. */
    private static Optional<Annotation> known(SeriesAnalysis analysis) {
        return newestLoss(analysis).flatMap(change -> analysis.saidOf(change).holding());
    }

    private static Optional<SeriesChange> newestLoss(SeriesAnalysis analysis) {
        return analysis.confirmed().stream().reduce((earlier, later) -> later).filter(change -> analysis.better()
                .isWorse(change.relativeChange()));
    }

    /** {@code fast-parse: 1 regression in the newest run, Sort.quick time; plumb explain Sort.quick}. */
    private static String failed(List<AnalyzedSeries> failed) {
        Map<String, List<AnalyzedSeries>> byBranch = failed.stream()
                .collect(Collectors.groupingBy(
                        one -> one.series().key().branch(), TreeMap::new, Collectors.toUnmodifiableList()));
        return byBranch.entrySet().stream()
                .map(branch -> {
                    SeriesKey first = branch.getValue().get(0).series().key();
                    return branch.getKey() + ": "
                            + Words.count(benchmarks(branch.getValue()), "regression", "regressions")
                            + " in the newest run; plumb explain "
                            + ShellText.quoted(SeriesWords.operand(first));
                })
                .collect(Collectors.joining("; "));
    }

    /** The number of benchmarks, each once whatever its metrics and environments, as a check counts them. */
    private static int benchmarks(List<AnalyzedSeries> some) {
        return (int) some.stream()
                .map(one -> one.series().key().benchmark())
                .distinct()
                .count();
    }

    /** Whether checks judge it, it is worse than it was, too good to be true or missing, and not triaged. */
    public static boolean needsAction(AnalyzedSeries one) {
        SeriesAnalysis analysis = one.analysis();
        if (one.isJudged() && (tooGood(analysis).isPresent() || isMissing(analysis))) {
            return true;
        }
        return one.isJudged() && analysis.summary().advice().stream().anyMatch(advice -> isOpen(advice, analysis));
    }

    /** A result that a gate stops until it is accepted. */
    public static Optional<AnalysisWarning.TooGood> tooGood(SeriesAnalysis analysis) {
        return analysis.warnings().stream()
                .filter(AnalysisWarning.TooGood.class::isInstance)
                .map(AnalysisWarning.TooGood.class::cast)
                .findFirst();
    }

    /** The improvement that a check of the newest run finds and the history does not confirm. */
    public static Optional<AnalysisWarning.Improved> improved(SeriesAnalysis analysis) {
        return analysis.warnings().stream()
                .filter(AnalysisWarning.Improved.class::isInstance)
                .map(AnalysisWarning.Improved.class::cast)
                .findFirst();
    }

    private static String improved(SeriesAnalysis analysis, AnalysisWarning.Improved warning) {
        return AnalysisWords.improved(warning, since(analysis, warning.index())) + soFar(analysis, warning.index());
    }

    /** The possible regression that a check of the newest run finds, and no other run has confirmed. */
    public static Optional<AnalysisWarning.Possible> possible(SeriesAnalysis analysis) {
        return analysis.warnings().stream()
                .filter(AnalysisWarning.Possible.class::isInstance)
                .map(AnalysisWarning.Possible.class::cast)
                .findFirst();
    }

    private static String possible(SeriesAnalysis analysis, AnalysisWarning.Possible warning) {
        return AnalysisWords.possible(warning, since(analysis, warning.index())) + soFar(analysis, warning.index());
    }

    private static String early(SeriesAnalysis analysis, EarlyLoss loss) {
        Quantity.Pair levels = Quantity.pair(loss.first(), loss.later(), loss.unit(), Double.NaN);
        return "possible regression " + Quantity.change(loss.relativeChange()) + since(analysis, loss.before())
                + ", not certain: now " + levels.after() + ", the first " + loss.before() + " runs " + levels.alone()
                + soFar(analysis, loss.before());
    }

    private static String since(SeriesAnalysis analysis, int index) {
        return " since " + Words.placeName(analysis, index) + by(analysis, index);
    }

    private static String soFar(SeriesAnalysis analysis, int index) {
        return ", " + Words.count(analysis.values().size() - index, "run", "runs") + " so far.";
    }

    /** The missing result of the newest runs. */
    public static Optional<AnalysisWarning.Unmeasured> unmeasured(SeriesAnalysis analysis) {
        return analysis.warnings().stream()
                .filter(AnalysisWarning.Unmeasured.class::isInstance)
                .map(AnalysisWarning.Unmeasured.class::cast)
                .findFirst();
    }

    /** Whether a check of the newest run misses it. */
    private static boolean isMissing(SeriesAnalysis analysis) {
        return unmeasured(analysis).flatMap(AnalysisWarning.Unmeasured::missing).isPresent();
    }

    private static boolean isOpen(Advice advice, SeriesAnalysis analysis) {
        return advice instanceof Advice.LookInto look && !ShapeWords.isKnown(analysis, look.index())
                || advice instanceof Advice.Called
                || advice instanceof Advice.StopSlope;
    }

    private static String state(SeriesAnalysis analysis) {
        Shape.Word word = analysis.shape().main().word();
        // as the sentence of the shape has it, where it has a level
        List<Segment> segments = analysis.shape().segments();
        Optional<Segment> segment =
                segments.isEmpty() ? Optional.empty() : Optional.of(segments.get(segments.size() - 1));
        String level = segment.filter(Segment::isLevel)
                .map(last -> level(analysis, last.startLevel(), last.noise()))
                .or(() -> analysis.current()
                        .map(current -> level(
                                analysis,
                                current.level(),
                                current.relativeNoise().orElse(Double.NaN))))
                .orElse("");
        if (analysis.shape().main() instanceof Shape.Suspected suspected) {
            Quantity.Pair levels = Quantity.pair(suspected.before(), suspected.after(), analysis.unit(), Double.NaN);
            return "suspected" + since(analysis, suspected.index()) + ": now " + levels.after() + ", before "
                    + levels.alone();
        }
        if (word == Shape.Word.UNKNOWN) {
            int values = analysis.values().size();
            String newest = values == 0 || !Double.isFinite(analysis.values().get(values - 1))
                    ? ""
                    : ", newest " + Quantity.of(analysis.values().get(values - 1), analysis.unit());
            return (values < JUDGED ? "too few values to judge" : "too few values to show a shape") + newest;
        }
        return switch (word) {
                    case STABLE, CONSTANT, QUANTISED, SPIKED -> "stable at ";
                    case RECOVERED -> isFirstBack(analysis) ? "back at " : "recovered, back at ";
                    case STEPPED, TRENDING, MULTIMODAL, VOLATILE, SEASONAL, SUSPECTED, DRIFTING, UNKNOWN ->
                        word.text() + ", now ";
                }
                + level
                + (word == Shape.Word.RECOVERED ? firstBack(analysis) : "");
    }

    private static boolean isFirstBack(SeriesAnalysis analysis) {
        return analysis.shape().excursions().stream()
                .anyMatch(one -> one.end() == analysis.values().size() - 1);
    }

    /** {@code  with the newest run, the level before commit 91ed74e20a; one more run confirms it}. */
    private static String firstBack(SeriesAnalysis analysis) {
        return analysis.shape().excursions().stream()
                .filter(one -> one.end() == analysis.values().size() - 1)
                .findFirst()
                .map(one -> " with the newest run, the level before " + Words.placeName(analysis, one.first())
                        + "; one more run confirms it")
                .orElse("");
    }

    /** {@code , +21.2 % with commit 1c0ffee000, accepted by Ann}: of a step that people know of. */
    private static String stated(SeriesAnalysis analysis) {
        if (analysis.shape().main().word() != Shape.Word.STEPPED) {
            return "";
        }
        return newestLoss(analysis)
                .flatMap(change -> analysis.saidOf(change)
                        .holding()
                        .map(said -> ", " + Quantity.change(change.relativeChange()) + " "
                                + Words.placeBy(analysis, change.index()) + ", "
                                + TriageWords.state(said.kind())
                                + " by " + said.by()))
                .orElse("");
    }

    /** One value has no noise that could be shown. */
    private static String level(SeriesAnalysis analysis, double level, double noise) {
        return Quantity.of(level, analysis.unit(), noise)
                + (Double.isFinite(noise) && analysis.values().size() > 1 ? " (noise " + Percent.of(noise) + ")" : "");
    }

    /**
     * Whether the runs behind the newest outlier are as before it: not where the newest one shows something else, or is
     * of the same commit, and disagrees with it.
     */
    private static boolean isNormalSince(AnalyzedSeries one) {
        SeriesAnalysis analysis = one.analysis();
        List<Anomaly> odd = analysis.shape().anomalies();
        int last = analysis.values().size() - 1;
        if (odd.isEmpty() || odd.get(odd.size() - 1).end() > last) {
            return false;
        }
        String revision = analysis.revisions().get(odd.get(odd.size() - 1).end() - 1);
        boolean isOfNewest =
                !revision.isEmpty() && revision.equals(analysis.revisions().get(last));
        return !isOfNewest
                && !failedLast(one)
                && standing(analysis).isEmpty()
                && possible(analysis).isEmpty()
                && !isSuspectedWorse(analysis);
    }

    private static String outliers(SeriesAnalysis analysis, boolean isNormalSince) {
        List<Anomaly> all = analysis.shape().anomalies();
        if (all.isEmpty()) {
            return "";
        }
        Anomaly newest = all.get(all.size() - 1);
        double change = Effect.relativeChange(newest.expected(), newest.value());
        return (all.size() == 1 ? " One outlier: " : " " + all.size() + " outliers, the newest ")
                + Quantity.of(newest.value(), analysis.unit())
                + (Double.isFinite(change) ? " (" + Quantity.change(change) + ")" : "") + " "
                + Words.place(analysis, newest.first())
                + (isNormalSince ? "; later runs are normal." : ".");
    }
}
