package dev.plumbline.report;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.SeriesWarning;
import dev.plumbline.core.model.Unit;
import dev.plumbline.report.evidence.ByKind;
import dev.plumbline.report.terminal.TerminalText;
import java.util.List;
import java.util.Optional;

/** The anomalies of a series' points, in sentences. */
public final class SeriesWords {
    /** The number of characters of a run's id that are shown. */
    private static final int SHORT = 10;

    public static final ByKind<SeriesWarning, String> WORDS = new ByKind<SeriesWarning, String>()
            .with(
                    SeriesWarning.ForeignUnit.class,
                    foreign -> (foreign.isForAWhile()
                                    ? other(foreign.before(), foreign.now(), foreign.since())
                                    : changed(foreign.before(), foreign.now(), foreign.since()))
                            + (foreign.isForAWhile() ? "; the two" : "; they") + " cannot be converted, so "
                            + Words.count(foreign.leftOut(), "point", "points")
                            + " in " + quoted(foreign.before()) + " or another incompatible unit "
                            + (foreign.leftOut() == 1 ? "is" : "are") + " left out")
            .with(
                    SeriesWarning.Converted.class,
                    converted -> converted.isForAWhile()
                            ? other(converted.before(), converted.now(), converted.since())
                                    + "; these values are converted"
                            : changed(converted.before(), converted.now(), converted.since())
                                    + "; earlier values are converted")
            .with(SeriesWarning.Contradicted.class, SeriesWords::contradicted)
            .with(
                    SeriesWarning.Turned.class,
                    turned -> "the direction changed with " + name(turned.since()) + ": "
                            + (turned.now() == Better.LOWER ? "less" : "more")
                            + " is better now, and all points are judged that way")
            .with(
                    SeriesWarning.Pooled.class,
                    pooled -> Words.count(pooled.points(), "point pools", "points pool")
                            + " several measurements of one run, the newest " + pooled.measurements() + " of "
                            + name(pooled.newest()))
            .with(
                    SeriesWarning.ExplainedBySwing.class,
                    explained -> Words.count(explained.points(), "point", "points") + " that checks judged "
                            + (explained.points() == 1 ? "a regression is" : "regressions are")
                            + " explained by seasonality")
            .with(
                    SeriesWarning.NewestByRecording.class,
                    one -> revision(one.newest()) + " sorts before "
                            + Words.count(one.before(), "recorded run", "recorded runs")
                            + (one.byGit() ? " among its git ancestors" : ", with no sign that it is older")
                            + "; it is shown as the newest, as it was judged");

    /** A label that is longer would fill the line of a command, so the id of the series takes its place. */
    private static final int LONGEST_LABEL = 100;

    private SeriesWords() {}

    /**
     * The operand that names this benchmark in a command: its label, or the id of the series where that is too long to
     * read.
     */
    public static String operand(SeriesKey key) {
        String label = key.benchmark().label();
        return label.length() <= LONGEST_LABEL ? label : key.id();
    }

    /** The notes on the order of runs in some series, each once. */
    public static List<String> order(List<Series> all) {
        return all.stream()
                .flatMap(series -> series.warnings().stream())
                .filter(SeriesWarning.NewestByRecording.class::isInstance)
                .map(WORDS::of)
                .distinct()
                .toList();
    }

    /** The run that is the newest of some series although others have later dates; empty where the dates show it. */
    public static Optional<RunInfo> newestByRecording(List<Series> all) {
        return all.stream()
                .flatMap(series -> series.warnings().stream())
                .filter(SeriesWarning.NewestByRecording.class::isInstance)
                .map(one -> ((SeriesWarning.NewestByRecording) one).newest())
                .findFirst();
    }

    /** All of them, in their order. */
    public static List<String> of(Series series) {
        return series.warnings().stream().map(WORDS::of).toList();
    }

    private static String contradicted(SeriesWarning.Contradicted one) {
        return (one.isOfUnit()
                        ? "the unit is " + quoted(one.unit()) + " since " + name(one.since()) + ", and "
                                + quoted(one.established()) + " before"
                        : "since " + name(one.since()) + " " + word(one.better()) + " is better, and "
                                + word(one.direction()) + " before")
                + ": " + Words.count(one.leftOut(), "point is", "points are") + " left out. If the change is"
                + " intended, rename the benchmark or its metric to start a new"
                + " series; under the old name, the series changes after 5 commits in a row, and then plumb accept has the"
                + " gate pass; --on-incomparable pass keeps it from holding until then";
    }

    private static String revision(RunInfo run) {
        return run.header().revision().isKnown()
                ? "commit " + run.header().revision().shortCommit()
                : "this run";
    }

    private static String word(Better better) {
        return better == Better.LOWER ? "less" : "more";
    }

    private static String changed(Unit before, Unit now, RunInfo since) {
        return "the unit changed from " + quoted(before) + " to " + quoted(now) + " with " + name(since);
    }

    private static String other(Unit unit, Unit usual, RunInfo since) {
        return "the unit was " + quoted(unit) + " in place of " + quoted(usual) + " for a while, from " + name(since)
                + " on";
    }

    private static String quoted(Unit unit) {
        return unit.symbol().isEmpty() ? "no unit" : '"' + unit.symbol() + '"';
    }

    /** The run by its revision and time, as people find it in their logs. */
    private static String name(RunInfo run) {
        return "run " + TerminalText.start(run.id(), SHORT) + " (revision "
                + run.header().revision().shortCommit() + ", "
                + RunWords.time(run.header().time()) + ")";
    }
}
