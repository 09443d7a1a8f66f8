package dev.plumbline.core.baseline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.AcceptedLevel;
import dev.plumbline.core.baseline.Establishment.Outcome;
import dev.plumbline.core.baseline.Establishment.Reason;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.sample.RelativeChange;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;

/**
 * Computes a baseline of a series, and decides whether it may replace the previous one.
 *
 * <p>A baseline follows its series where that is harmless: newer runs at the same level renew it, an improvement that
 * is certain and has held moves it. Worse runs never do, however many there are, unless a person accepted the change;
 * and the level that later ones are compared with, the anchor, stays where it was, so that no chain of small losses
 * wears it down.
 */
public final class Establisher {
    private final BaselineSettings settings;
    private final ToDoubleBiFunction<SeriesKey, Unit> margins;
    private final Provenance provenance;

    /** With the margin of the settings for every series. */
    public Establisher(BaselineSettings settings, Provenance provenance) {
        this(settings, (key, unit) -> settings.margin(), provenance);
    }

    /** @param margins of each series, in the place of the one margin of the settings */
    public Establisher(BaselineSettings settings, ToDoubleBiFunction<SeriesKey, Unit> margins, Provenance provenance) {
        this.settings = requireNonNull(settings, "settings");
        this.margins = requireNonNull(margins, "margins");
        this.provenance = requireNonNull(provenance, "provenance");
    }

    /**
     * Establishes the baseline of a series from its stable stretch.
     *
     * @param previous the baseline that the series has
     * @param accepted the newest level that was accepted; nothing before it counts
     */
    public Establishment fromHistory(
            Series series, Optional<EstablishedBaseline> previous, Optional<AcceptedLevel> accepted) {
        double margin = margins.applyAsDouble(series.key(), series.unit());
        StableStretch stretch =
                StableStretch.of(series, accepted.map(AcceptedLevel::runId), settings.withMargin(margin));
        if (stretch.size() == 0) {
            Reason none = new Reason.NoStableRun(!stretch.leftOut().isEmpty());
            return previous.map(kept -> kept(kept, none, stretch)).orElseGet(() -> none(series, none, stretch));
        }
        EstablishedBaseline fresh = baseline(series, stretch, Double.NaN);
        if (previous.isEmpty()) {
            return established(fresh, Outcome.NEW, new Reason.First(stretch.size()), stretch);
        }
        if (!previous.get().unit().isComparableWith(series.unit())) {
            return established(fresh, Outcome.NEW, new Reason.UnitChanged(stretch.size()), stretch);
        }
        boolean follows = accepted.isPresent() && follows(series, previous.get(), fresh, accepted.get());
        return successor(series, previous.get(), fresh, stretch, margin, follows);
    }

    /**
     * Whether the acceptance still moves the baseline: it was made after the baseline, or the baseline has runs of
     * before, or it has too few runs of the accepted level to determine it. Afterwards what was accepted once accepts
     * nothing that comes later.
     */
    private boolean follows(Series series, EstablishedBaseline before, EstablishedBaseline fresh, AcceptedLevel level) {
        List<String> ids =
                series.points().stream().map(point -> point.run().id()).toList();
        int begin = ids.indexOf(level.runId());
        if (begin < 0) {
            return false;
        }
        BaselineRun first = before.first();
        int known = ids.indexOf(first.id());
        boolean isSince = known >= 0
                ? known >= begin
                : !first.time()
                        .isBefore(BaselineRun.time(series.points().get(begin).run()));
        if (!isSince || before.provenance().at().isBefore(level.at())) {
            return true;
        }
        double factor = before.unit().factor() / series.unit().factor();
        return known == begin && before.statistics().runs() < settings.holdRuns() && !isApart(before, fresh, factor);
    }

    /**
     * Establishes a baseline on exactly these points, as a person asked; what was there before does not count.
     *
     * @param points of the series; empty gives no baseline
     */
    public Establishment fromPoints(Series series, List<Point> points) {
        StableStretch stretch = StableStretch.ofAll(points);
        return stretch.size() == 0
                ? none(series, new Reason.NotMeasured(), stretch)
                : established(
                        baseline(series, stretch, Double.NaN), Outcome.NEW, new Reason.First(stretch.size()), stretch);
    }

    private Establishment successor(
            Series series,
            EstablishedBaseline before,
            EstablishedBaseline fresh,
            StableStretch stretch,
            double margin,
            boolean accepted) {
        double factor = before.unit().factor() / series.unit().factor();
        double anchor = before.anchor() * factor;
        double change = RelativeChange.of(anchor, fresh.statistics().median());
        if (accepted) {
            return fresh.standsOnTheSameAs(before)
                    ? nothingNew(before, stretch)
                    : established(fresh, Outcome.ACCEPTED, new Reason.Accepted(change), stretch);
        }
        boolean worse = series.better().isWorse(change);
        if (worse && Math.abs(change) >= margin) {
            return kept(before, new Reason.NotAccepted(change), stretch);
        }
        if (!worse && Math.abs(change) >= margin && isApart(before, fresh, factor)) {
            return stretch.size() < settings.holdRuns()
                    ? kept(before, new Reason.HeldTooShort(change, stretch.size(), settings.holdRuns()), stretch)
                    : established(fresh, Outcome.IMPROVED, new Reason.Held(change, stretch.size()), stretch);
        }
        if (stretch.size()
                < Math.min(settings.minimumRuns(), before.statistics().runs())) {
            return kept(before, new Reason.TooFewSince(stretch.size()), stretch);
        }
        EstablishedBaseline renewed = baseline(series, stretch, anchor);
        return renewed.standsOnTheSameAs(before)
                ? nothingNew(before, stretch)
                : established(renewed, Outcome.RENEWED, new Reason.SameLevel(stretch.size()), stretch);
    }

    private static Establishment nothingNew(EstablishedBaseline before, StableStretch stretch) {
        return kept(before, new Reason.NothingNew(stretch.judgedBad()), stretch);
    }

    /** An improvement is certain when the two intervals of 95 % lie apart. */
    private static boolean isApart(EstablishedBaseline before, EstablishedBaseline fresh, double factor) {
        double low = before.statistics().interval().low() * factor;
        double high = before.statistics().interval().high() * factor;
        return fresh.statistics().interval().high() < low
                || fresh.statistics().interval().low() > high;
    }

    private EstablishedBaseline baseline(Series series, StableStretch stretch, double anchor) {
        BaselineStatistics statistics = BaselineStatistics.of(stretch.runs());
        return new EstablishedBaseline(
                series.key(),
                series.unit(),
                series.better(),
                stretch.runs(),
                statistics,
                Double.isNaN(anchor) ? statistics.median() : anchor,
                provenance.withSetting("margin", Double.toString(margins.applyAsDouble(series.key(), series.unit()))));
    }

    private static Establishment established(
            EstablishedBaseline baseline, Outcome outcome, Reason reason, StableStretch stretch) {
        return new Establishment(baseline.key(), outcome, Optional.of(baseline), reason, stretch.leftOut());
    }

    private static Establishment kept(EstablishedBaseline before, Reason reason, StableStretch stretch) {
        return new Establishment(before.key(), Outcome.KEPT, Optional.of(before), reason, stretch.leftOut());
    }

    private static Establishment none(Series series, Reason reason, StableStretch stretch) {
        return new Establishment(series.key(), Outcome.NONE, Optional.empty(), reason, stretch.leftOut());
    }
}
