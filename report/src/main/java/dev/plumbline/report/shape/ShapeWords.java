package dev.plumbline.report.shape;

import dev.plumbline.core.annotation.Annotated;
import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.history.SeriesAnalysis;
import dev.plumbline.core.history.SeriesChange;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.shape.SeriesSummary;
import dev.plumbline.core.shape.feature.Advice;
import dev.plumbline.core.shape.feature.Anomaly;
import dev.plumbline.core.shape.feature.DriftWindow;
import dev.plumbline.core.shape.feature.Excursion;
import dev.plumbline.core.shape.feature.Modes;
import dev.plumbline.core.shape.feature.NoiseChange;
import dev.plumbline.core.shape.feature.Seasonality;
import dev.plumbline.core.shape.feature.Segment;
import dev.plumbline.core.shape.feature.Shape;
import dev.plumbline.core.shape.feature.Trend;
import dev.plumbline.core.stats.sample.RelativeChange;
import dev.plumbline.report.DoubtWords;
import dev.plumbline.report.TriageWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.evidence.Percent;
import dev.plumbline.report.evidence.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The shape of a series, in sentences with their numbers. Nothing is escaped here. */
public final class ShapeWords {
    private static final List<String> DAYS =
            List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");

    /** Gives four digits. */
    private static final double EXACT = 0.001;

    /** A slope that chance makes more often is reported as a possible one. */
    private static final double SURE = 0.05;

    /** The shape may have a step a few places from where the change is listed. */
    private static final int NEARBY = 5;

    private final SeriesAnalysis analysis;
    private final Unit unit;

    private ShapeWords(SeriesAnalysis analysis) {
        this.analysis = analysis;
        unit = analysis.unit();
    }

    /** One sentence for each shape, the most important first. */
    public static List<String> sentences(SeriesAnalysis analysis) {
        ShapeWords words = new ShapeWords(analysis);
        return analysis.shape().shapes().stream().map(words::sentence).toList();
    }

    /** The same below the {@linkplain SeriesHeadline#of headline}: without what that reports already. */
    public static List<String> furtherSentences(SeriesAnalysis analysis) {
        ShapeWords words = new ShapeWords(analysis);
        return analysis.shape().shapes().stream()
                .filter(shape -> !SeriesHeadline.isToldAsAccepted(analysis, shape) && !isCalled(analysis, shape))
                .map(words::sentence)
                .toList();
    }

    /** Whether a check has detected what the newest values of a shape may be. */
    private static boolean isCalled(SeriesAnalysis analysis, Shape shape) {
        return shape instanceof Shape.Suspected suspected
                && analysis.called().stream().anyMatch(one -> one.index() == suspected.index());
    }

    /** One sentence for each advice, the worst first. */
    public static List<String> advice(SeriesAnalysis analysis) {
        ShapeWords words = new ShapeWords(analysis);
        return analysis.summary().advice().stream().map(words::advice).toList();
    }

    public static String anomaly(SeriesAnalysis analysis, Anomaly anomaly) {
        return new ShapeWords(analysis).anomaly(anomaly);
    }

    /** Health, scores and noise on one line. */
    public static String summary(SeriesSummary summary) {
        List<String> parts = new ArrayList<>();
        parts.add("health " + summary.health().text() + behind(summary));
        parts.add("stability " + Math.round(summary.stability()) + " of 100");
        summary.variation().ifPresent(variation -> parts.add("total variation " + Percent.of(variation)));
        summary.detectable()
                .ifPresent(size -> parts.add(DoubtWords.detects("the next run detects", summary.detectable())));
        return String.join(", ", parts);
    }

    /**
     * The relative distance of a series from its best level, for which one clean step is enough; empty when there is
     * none.
     */
    private static String behind(SeriesSummary summary) {
        Optional<String> behind = summary.advice().stream()
                .filter(Advice.LookInto.class::isInstance)
                .map(Advice.LookInto.class::cast)
                .findFirst()
                .map(look -> worse(look.behind(), " worse than at its best", " its best level"));
        Optional<String> called = called(summary).map(one -> Quantity.change(one.change()) + " detected by a check");
        String both = Stream.concat(behind.stream(), called.stream()).collect(Collectors.joining(", and "));
        return both.isEmpty() ? "" : " (" + both + ")";
    }

    private static Optional<Advice.Called> called(SeriesSummary summary) {
        return summary.advice().stream()
                .filter(Advice.Called.class::isInstance)
                .map(Advice.Called.class::cast)
                .findFirst();
    }

    /** The regressions that checks have detected and the history does not confirm yet, with their triage. */
    public static String called(SeriesAnalysis analysis, CalledRegression called) {
        Quantity.Pair levels = Quantity.pair(called.before(), called.after(), analysis.unit(), Double.NaN);
        String accepted = analysis.better().isWorse(called.relativeChange()) ? "regression " : "improvement ";
        return (called.isAccepted() ? accepted : "a check detected a regression ")
                + place(analysis, called)
                + (called.isFurther() ? ", on top of the previous one" : "") + ": " + levels.before() + " → "
                + levels.after() + ", " + Quantity.change(called.relativeChange())
                + (SeriesHeadline.isNewestAlone(analysis, called) ? " in the newest run" : "") + "; "
                + (called.statements().equals(Annotated.NONE)
                        ? "not accepted"
                        : TriageWords.stated(called.statements()))
                + "; the history has too few runs of it to confirm it";
    }

    /** The commit with which it began; an accepted one may not have been measured on this branch. */
    static String place(SeriesAnalysis analysis, CalledRegression called) {
        Revision since = called.since().header().revision();
        return called.isAccepted() && since.isKnown()
                ? "with commit " + since.shortCommit() + Words.by(analysis, since.commit())
                : Words.placeBy(analysis, called.index());
    }

    /** Whether the change at a position was accepted or triaged. */
    static boolean isKnown(SeriesAnalysis analysis, int index) {
        return new ShapeWords(analysis).known(index).isPresent();
    }

    private Optional<Annotation> known(int index) {
        return analysis.confirmed().stream()
                .filter(change -> Math.abs(change.index() - index) <= NEARBY
                        && analysis.called().stream()
                                .noneMatch(one -> Math.abs(one.index() - index) < Math.abs(change.index() - index)))
                .min(Comparator.comparingInt(change -> Math.abs(change.index() - index)))
                .flatMap(change -> analysis.saidOf(change).holding());
    }

    private String sentence(Shape shape) {
        return shape.word().text() + ": " + reported(shape);
    }

    // a chain, as Java 17 has no switch over types; the interface is sealed and the last branch is its last type
    private String reported(Shape shape) {
        if (shape instanceof Shape.Stepped stepped) {
            return stepped(stepped);
        }
        if (shape instanceof Shape.Trending trending) {
            return trending(trending.trend());
        }
        if (shape instanceof Shape.Multimodal multimodal) {
            return modes(multimodal.modes());
        }
        if (shape instanceof Shape.Volatile noisy) {
            return noise(noisy.change());
        }
        if (shape instanceof Shape.Seasonal seasonal) {
            return season(seasonal.seasonality());
        }
        if (shape instanceof Shape.Recovered recovered) {
            return excursion(recovered.excursion());
        }
        if (shape instanceof Shape.Spiked spiked) {
            return Words.count(spiked.count(), "outlier stands", "outliers stand") + " out from the noise, "
                    + String.format(Locale.ROOT, "%.1f", Math.abs(spiked.worst().deviations()))
                    + " deviations at most, " + place(spiked.worst().first());
        }
        if (shape instanceof Shape.Suspected suspected) {
            return "the newest values may be on a new level, " + place(suspected.index()) + ": "
                    + change(suspected.before(), suspected.after()) + ", " + probability(suspected.pValue())
                    + "; a few more runs decide";
        }
        if (shape instanceof Shape.SuspectedEarly early) {
            return "the first " + early.index() + " values may be of another level, until "
                    + Words.placeName(analysis, early.index()) + ": " + change(early.before(), early.after());
        }
        if (shape instanceof Shape.Drifting drifting) {
            return drift(drifting.window());
        }
        if (shape instanceof Shape.Quantised quantised) {
            return "only " + Words.count(quantised.distinct(), "distinct value", "distinct values") + ", "
                    + Quantity.of(quantised.tick(), unit) + " apart";
        }
        if (shape instanceof Shape.Stable) {
            return stable(analysis.shape().segments());
        }
        if (shape instanceof Shape.Constant) {
            return "every value is "
                    + Quantity.of(analysis.shape().segments().get(0).startLevel(), unit);
        }
        Shape.Unknown unknown = (Shape.Unknown) shape;
        return Words.count(unknown.values(), "value", "values") + "; a shape needs " + unknown.needed() + " values";
    }

    private String stable(List<Segment> segments) {
        Segment newest = segments.get(segments.size() - 1);
        String noise = ", with noise of " + Percent.of(newest.noise());
        if (segments.size() == 1) {
            boolean isLeft = SeriesHeadline.standing(analysis).isPresent()
                    || SeriesHeadline.possible(analysis).isPresent();
            return (isLeft ? "one level until then, " : "one level, ")
                    + Quantity.of(newest.startLevel(), unit, newest.noise())
                    + noise;
        }
        double before = segments.get(segments.size() - 2).endLevel();
        double size = Math.abs(RelativeChange.of(before, newest.startLevel()));
        String moved = place(newest.first()) + ": " + change(before, newest.startLevel());
        // a fitted level that no test confirmed may lie far from the one before it
        return size < analysis.margin()
                ? "the level moved " + moved + ", less than the margin of " + Percent.of(analysis.margin()) + noise
                : "the level may have moved " + moved + ", which noise of " + Percent.of(newest.noise())
                        + " may explain";
    }

    private String stepped(Shape.Stepped stepped) {
        List<Segment> segments = analysis.shape().segments();
        int i = 1;
        while (i + 1 < segments.size() && segments.get(i).first() < stepped.index()) {
            i++;
        }
        double before = segments.get(i - 1).endLevel();
        double after = segments.get(i).startLevel();
        String change = analysis.changes().stream()
                .filter(one -> one.index() == stepped.index())
                .findFirst()
                .map(this::change)
                .orElseGet(() -> change(before, after));
        boolean isListed = analysis.confirmed().stream().anyMatch(one -> one.index() == stepped.index());
        int listed = analysis.confirmed().size() + (isListed ? 0 : 1);
        String how = stepped.steps() == 1
                ? "the level changed once and stayed, "
                : "the level changed " + stepped.steps() + " times and stayed, last ";
        if (listed > stepped.steps()) {
            how = stepped.steps() + " of its " + listed + " changes "
                    + (stepped.steps() == 1
                            ? "is a lasting change of level, "
                            : "are lasting changes of level, the" + " last ");
        }
        return how + place(stepped.index()) + ": " + change;
    }

    /** A change that is listed has the same numbers in its sentence. */
    private String change(SeriesChange change) {
        Quantity.Pair levels = levels(change, unit);
        return levels.before() + " → " + levels.after() + ", " + Quantity.change(change.relativeChange())
                + worse(change.relativeChange());
    }

    /** The levels around a change, as exact as they are known. */
    public static Quantity.Pair levels(SeriesChange change, Unit unit) {
        double uncertainty = change.confidenceInterval()
                .map(interval -> interval.width() / 2)
                .orElse(Double.NaN);
        return Quantity.pair(
                change.before(), change.after(), unit, Double.isFinite(uncertainty) ? uncertainty : Double.NaN);
    }

    private String change(double before, double after) {
        Quantity.Pair levels = Quantity.pair(before, after, unit, Double.NaN);
        double relative = Effect.relativeChange(before, after);
        return levels.before() + " → " + levels.after() + ", " + Quantity.change(relative) + worse(relative);
    }

    private String worse(double relative) {
        if (relative == 0) {
            return "";
        }
        return analysis.better().isWorse(relative) ? " (worse)" : " (better)";
    }

    private String trending(Trend trend) {
        // the line describes the course best; whether it is more than chance is another question
        boolean isSure = trend.pValue() < SURE;
        StringBuilder words = new StringBuilder(
                trend.total() < 0
                        ? (isSure ? "falling by " : "possibly falling by ")
                        : isSure ? "rising by " : "possibly rising by ");
        words.append(fine(Math.abs(trend.slope()))).append(" per run");
        trend.slopePerDay()
                .ifPresent(
                        day -> words.append(" or ").append(fine(Math.abs(day))).append(" per day"));
        words.append(", ")
                .append(Quantity.change(trend.total()))
                .append(worse(trend.total()))
                .append(" over ")
                .append(Words.count(trend.end() - trend.first(), "run", "runs"))
                .append(since(trend.first()))
                .append(" (95 %: ")
                .append(Words.range(trend.totalInterval()))
                .append("), robust slope ")
                .append(fine(trend.robustSlope()))
                .append(" per run, R² ")
                .append(String.format(Locale.ROOT, "%.2f", trend.determination()))
                .append(", ")
                .append(probability(trend.pValue()))
                .append(", confidence ")
                .append(Percent.of(Math.min(0.999, trend.confidence())));
        return words.toString();
    }

    /** A small share with enough digits: {@code 0.0123 %}. */
    private static String fine(double share) {
        return Math.abs(share) >= 0.01 ? Percent.of(share) : Quantity.plain(100 * share, 2) + " %";
    }

    private static String probability(double value) {
        String probability = Quantity.probability(value);
        return "p " + (probability.startsWith("<") ? "" : "= ") + probability;
    }

    private String modes(Modes modes) {
        String around = "values cluster around "
                + modes.modes().stream()
                        .map(mode -> Quantity.of(mode.level(), unit) + " (" + Math.round(100 * mode.weight()) + " %)")
                        .collect(Collectors.joining(" and "));
        return around
                + switch (modes.change()) {
                    case NONE -> "";
                    case APPEARED ->
                        "; one of them appeared " + place(modes.index().orElseThrow());
                    case WEIGHT_MOVED ->
                        "; the levels stayed and their shares changed "
                                + place(modes.index().orElseThrow());
                    case LEVEL_MOVED -> moved(modes);
                };
    }

    private String moved(Modes modes) {
        return modes.modes().stream()
                .filter(mode -> mode.level() != mode.levelBefore())
                .map(mode -> "; that at " + Quantity.of(mode.level(), unit) + " was at "
                        + Quantity.of(mode.levelBefore(), unit) + " before, it moved "
                        + place(modes.index().orElseThrow()) + " while the others stayed")
                .collect(Collectors.joining());
    }

    private String noise(NoiseChange change) {
        return "noise " + (change.ratio() > 1 ? "grew" : "fell") + " from " + Percent.of(change.before()) + " to "
                + Percent.of(change.after()) + " " + place(change.index()) + ", " + probability(change.pValue());
    }

    private String season(Seasonality season) {
        List<Double> phases = season.phases();
        int highest = 0;
        for (int i = 1; i < phases.size(); i++) {
            highest = phases.get(i) > phases.get(highest) ? i : highest;
        }
        String when = season.period() == Seasonality.Period.WEEKLY
                ? "on " + DAYS.get(highest)
                : String.format(Locale.ROOT, "from %02d:00 UTC", highest * 24 / phases.size());
        return Words.lower(season.period()) + " variation of ±" + Percent.of(season.amplitude()) + ", highest "
                + when
                + ", strength " + String.format(Locale.ROOT, "%.2f", season.strength()) + ", "
                + probability(season.pValue());
    }

    private String excursion(Excursion excursion) {
        return Quantity.change(excursion.relativeChange()) + " " + Words.placeBy(analysis, excursion.first())
                + ", recovered " + Words.placeBy(analysis, excursion.end()) + ", back at "
                + Quantity.of(excursion.after(), unit);
    }

    private String drift(DriftWindow window) {
        String length = window.length() + (window.inDays() ? " days" : " runs");
        return "the last " + length + " against the " + length + " before: " + change(window.early(), window.late())
                + ", " + probability(window.pValue());
    }

    private String anomaly(Anomaly anomaly) {
        int length = anomaly.end() - anomaly.first();
        return anomaly.kind().text() + " " + place(anomaly.first())
                + (length > 1 ? " over " + Words.count(length, "value", "values") : "") + ": "
                + Quantity.of(anomaly.value(), unit) + " where " + Quantity.of(anomaly.expected(), unit)
                + " was expected, off by " + String.format(Locale.ROOT, "%.1f", Math.abs(anomaly.deviations()))
                + " times the noise";
    }

    private String place(int index) {
        return Words.place(analysis, index);
    }

    private String since(int index) {
        return index == 0 ? " since the beginning" : " since " + Words.placeName(analysis, index);
    }

    private String advice(Advice advice) {
        if (advice instanceof Advice.MeasureMore more) {
            return "measure more: " + Words.count(more.values(), "value", "values") + " so far; its shape shows from "
                    + more.needed() + " on";
        }
        if (advice instanceof Advice.LookInto look) {
            // with enough digits to compute the share
            return (known(look.index()).isPresent() ? "the change " : "investigate the change ") + place(look.index())
                    + ": " + Quantity.of(look.now(), unit, EXACT) + " now, "
                    + worse(look.behind(), " worse than the best level of ", " the best level of ")
                    + Quantity.of(look.best(), unit, EXACT)
                    + known(look.index())
                            .map(stated -> "; " + TriageWords.stated(stated))
                            .orElse("; or accept it");
        }
        if (advice instanceof Advice.Called called) {
            return "a check detected " + Quantity.change(called.change()) + " " + place(called.index())
                    + ": measure that commit again, fix it, or accept it: plumb accept " + called.id()
                    + " --reason WHY";
        }
        if (advice instanceof Advice.StopSlope slope) {
            return "it gets worse gradually, " + Quantity.change(slope.total()) + since(slope.index())
                    + ": no single run is the cause; compare the ends";
        }
        if (advice instanceof Advice.CalmNoise noise) {
            return "the noise grew "
                    + (Double.isInfinite(noise.ratio())
                            ? "out of none"
                            : String.format(Locale.ROOT, "%.1f times", noise.ratio()))
                    + " " + place(noise.index()) + ": check the machine, or look for a race or cache effect in"
                    + " the benchmark";
        }
        if (advice instanceof Advice.RepeatRuns repeat) {
            return "minimum detectable change " + Percent.of(repeat.detectable())
                    + (repeat.runs() > 0
                            ? "; " + repeat.runs() + " runs per commit would detect " + Percent.of(repeat.margin())
                            : ", above the margin of " + Percent.of(repeat.margin()));
        }
        if (advice instanceof Advice.WidenMargin widen) {
            return (widen.alarms() == 1 ? "1 report of " : widen.alarms() + " reports of up to ")
                    + Percent.of(widen.largest()) + " that later runs did not confirm: if "
                    + (widen.alarms() == 1 ? "it was a false alarm" : "they were false alarms") + ", a margin of "
                    + Percent.of(widen.wide())
                    + " instead of " + Percent.of(widen.margin()) + " would have avoided "
                    + (widen.alarms() == 1 ? "it" : "them");
        }
        if (advice instanceof Advice.FindDisturbance disturbance) {
            return Percent.of(disturbance.share()) + " of the values are outliers: something disturbs the machine";
        }
        if (advice instanceof Advice.MoreForks forks) {
            return forks.modes() + " levels " + Percent.of(forks.distance())
                    + " apart: more forks per run show which share is on which level";
        }
        Advice.FixHour hour = (Advice.FixHour) advice;
        return "it varies by ±" + Percent.of(hour.amplitude()) + " "
                + (hour.period() == Seasonality.Period.WEEKLY
                        ? "with the day of the week: compare the same weekdays"
                        : "with the time of day: measure at a fixed hour");
    }

    /** Per cent up to ten times as much, like a change; a multiple beyond. */
    private static String worse(double behind, String percent, String multiple) {
        return behind >= 10 ? Quantity.change(behind) + multiple : Percent.of(behind) + percent;
    }
}
