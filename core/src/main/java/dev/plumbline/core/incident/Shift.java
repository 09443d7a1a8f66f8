package dev.plumbline.core.incident;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.PastChange;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.history.SeriesChange;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.shape.feature.Segment;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One change of one series, and where on the timeline it began.
 *
 * @param track the series
 * @param change what changed
 * @param where between which revisions
 * @param slope the stretch over which it came little by little; empty for a step
 */
public record Shift(Track track, SeriesChange change, ChangeLocation where, Optional<Segment> slope) {
    /** The order of changes: the most precise place first, then the largest change, then by name. */
    static final Comparator<Shift> CLEAREST_FIRST = Comparator.<Shift>comparingInt(shift ->
                    shift.where.credible().last() - shift.where.credible().first())
            .thenComparing(shift -> -Math.abs(shift.change.relativeChange()))
            .thenComparing(Shift::key)
            .thenComparing(shift -> shift.change.index());

    public Shift {
        requireNonNull(track, "track");
        requireNonNull(change, "change");
        requireNonNull(where, "where");
        requireNonNull(slope, "slope");
    }

    /** A step. */
    Shift(Track track, SeriesChange change, ChangeLocation where) {
        this(track, change, where, Optional.empty());
    }

    /** For looking up annotations that others recorded. */
    PastChange past() {
        ChangeLocation.Stretch credible = where.credible();
        return new PastChange(
                track.series(),
                change.index(),
                since(),
                change.relativeChange(),
                track.noiseBefore(change.index()),
                credible.first(),
                credible.last(),
                this::lastsFrom);
    }

    /** The last index that belongs to the change itself. */
    private int last() {
        return slope.map(stretch -> stretch.end() - 1).orElse(change.index());
    }

    private Stream<SeriesChange> later() {
        return track.changes().stream().filter(later -> later.index() > last());
    }

    public SeriesKey key() {
        return track.key();
    }

    /** Whether it made things worse. */
    public boolean worse() {
        return track.series().better().isWorse(change.relativeChange());
    }

    /** The first run on the new level, as detected. */
    public RunInfo firstRun() {
        return track.points().get(change.index()).run();
    }

    /** The commit of the first run on the new level; empty text when it is not known. */
    public String since() {
        return firstRun().header().revision().commit();
    }

    /**
     * The first recovered run: of those behind a detected regression; or else of a later level that is where the series
     * was before this change; or else behind an excursion of the series' shape that began with it.
     *
     * <p>Back is: no farther away than the margin, or than a quarter of the change.
     */
    public Optional<RunInfo> recovery() {
        return recoveryIndex().map(index -> track.points().get(index).run());
    }

    private Optional<Integer> recoveryIndex() {
        return track.wentBack(change)
                .or(() -> later().filter(later -> track.isBack(change, later.after()))
                        .findFirst()
                        .map(SeriesChange::index))
                .or(() -> track.returned(change));
    }

    /**
     * The run in which a series recovered, according to its values.
     *
     * @param likeliest the run that was most likely the first one that is back
     * @param earliest the first run that may be that one, with 95 % certainty
     * @param latest the last run that may be
     */
    public record Back(RunInfo likeliest, RunInfo earliest, RunInfo latest) {
        /** Whether no other run comes into question. */
        public boolean isExact() {
            return earliest.id().equals(latest.id());
        }
    }

    /**
     * The run in which it recovered; empty where it has not. The run of {@link #recovery} is where that was detected.
     */
    public Optional<Back> back() {
        return recoveryIndex().map(index -> {
            ChangeLocation place = track.locate(change.index(), index);
            ChangeLocation.Stretch credible = place.credible();
            return new Back(runAt(place.likeliest()), runAt(credible.first()), runAt(credible.last()));
        });
    }

    private RunInfo runAt(int place) {
        return track.points()
                .get(Math.min(track.indexAt(place), track.points().size() - 1))
                .run();
    }

    /**
     * Whether runs that should have recovered still show it: it is not back, and a check has detected the newest of
     * them, or all of them and the newest ones are farther from the level before than noise explains.
     *
     * @param place of the first such run on the timeline
     */
    public boolean lastsFrom(int place) {
        int from = Math.max(change.index(), track.indexAt(place));
        int size = track.points().size();
        return from < size
                && recovery().isEmpty()
                && (track.points().get(size - 1).judgedBad() || track.isFarFrom(change, from));
    }

    /** The index behind the last point of the level that came with it. */
    public int end() {
        return track.wentBack(change)
                .or(() -> later().findFirst().map(SeriesChange::index))
                .or(() -> track.returned(change))
                .orElseGet(() -> track.points().size());
    }

    /** The remaining distance of the newest level from that before this change, in its direction; 0 when it is back. */
    public double left() {
        double now = later().reduce((first, second) -> second).orElse(change).after();
        double left = Effect.relativeChange(change.before(), now);
        return Math.signum(left) == Math.signum(change.relativeChange())
                        && recovery().isEmpty()
                ? left
                : 0;
    }
}
