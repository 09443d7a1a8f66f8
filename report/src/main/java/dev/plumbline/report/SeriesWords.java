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

/** What is odd about the points of a series, in sentences. */
public final class SeriesWords {
    /** The number of characters of a run's id that are shown. */
    private static final int SHORT = 10;

    public static final ByKind<SeriesWarning, String> WORDS = new ByKind<SeriesWarning, String>()
            .with(
                    SeriesWarning.ForeignUnit.class,
                    foreign -> changed(foreign.before(), foreign.now(), foreign.since())
                            + "; they cannot be converted, so " + Words.count(foreign.leftOut(), "point", "points")
                            + " in " + quoted(foreign.before()) + " or another incompatible unit "
                            + (foreign.leftOut() == 1 ? "is" : "are") + " left out")
            .with(
                    SeriesWarning.Converted.class,
                    converted -> changed(converted.before(), converted.now(), converted.since())
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
                            + " explained by seasonality");

    /** A label that is longer would fill the line of a command, so the id of the series takes its place. */
    private static final int LONGEST_LABEL = 100;

    private SeriesWords() {}

    /** How a command names this benchmark: by its label, or by the id of the series where that is too long to read. */
    public static String operand(SeriesKey key) {
        String label = key.benchmark().label();
        return label.length() <= LONGEST_LABEL ? label : key.id();
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
                + " series; under the old name, the series changes after 5 commits in a row, and"
                + " --on-incomparable pass keeps the gate from holding until then";
    }

    private static String word(Better better) {
        return better == Better.LOWER ? "less" : "more";
    }

    private static String changed(Unit before, Unit now, RunInfo since) {
        return "the unit changed from " + quoted(before) + " to " + quoted(now) + " with " + name(since);
    }

    private static String quoted(Unit unit) {
        return unit.symbol().isEmpty() ? "no unit" : '"' + unit.symbol() + '"';
    }

    /** The run by its revision and time, as people find it in their logs. */
    private static String name(RunInfo run) {
        return "run " + TerminalText.start(run.id(), SHORT) + " (revision "
                + run.header().revision().shortCommit() + ", " + run.header().time() + ")";
    }
}
