package dev.plumbline.report.answer;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.annotation.KnownAcceptance;
import dev.plumbline.core.baseline.BaselineDifference;
import dev.plumbline.core.baseline.BaselineQuality;
import dev.plumbline.core.baseline.BaselineRun;
import dev.plumbline.core.baseline.BaselineStatistics;
import dev.plumbline.core.baseline.BaselineVersion;
import dev.plumbline.core.baseline.EstablishedBaseline;
import dev.plumbline.core.baseline.Establishment;
import dev.plumbline.core.baseline.Provenance;
import dev.plumbline.core.baseline.QualityCheck;
import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.report.EstablishmentWords;
import dev.plumbline.report.QualityWords;
import dev.plumbline.report.RunWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.evidence.Percent;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.terminal.Ansi;
import dev.plumbline.report.terminal.Paragraph;
import dev.plumbline.report.terminal.SharedNames;
import dev.plumbline.report.terminal.Sparkline;
import dev.plumbline.report.terminal.Table;
import dev.plumbline.report.terminal.Table.Cell;
import dev.plumbline.report.terminal.Table.Column;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.report.terminal.TextStyle;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Established baselines and acceptances for a terminal. */
public final class BaselineText {
    private static final int SPARK = 30;

    /** The form of a number; files of baselines come from elsewhere. */
    private static final Pattern SHARE = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,20})?([eE]-?[0-9]{1,2})?");

    private BaselineText() {}

    /** Versions, one on a line: the newest of every name, or all of one name. */
    public static String versions(List<VersionInfo> versions, TextStyle style) {
        StringBuilder out = new StringBuilder();
        if (versions.isEmpty()) {
            return "no baselines; create them with plumb baseline establish\n";
        }
        Table table = new Table(
                style,
                List.of(
                        new Column("name", false, 0, 12, 6),
                        Column.whole("version", true, 0),
                        Column.whole("series", true, 3),
                        Column.whole("made", false, 4),
                        new Column("by", false, 5, 8, 4),
                        Column.whole("change", false, 2),
                        new Column("from", false, 6, 14, 8),
                        new Column("why", false, 7, 16, 8),
                        Column.whole("validated", false, 8)));
        for (VersionInfo info : versions) {
            Provenance provenance = info.provenance();
            table.add(List.of(
                    Cell.of(style.safe(info.name())),
                    new Cell(Integer.toString(info.number()), Ansi.BOLD),
                    Cell.of(Quantity.plain(info.series(), Quantity.DIGITS)),
                    new Cell(RunWords.time(provenance.at()), Ansi.DIM),
                    Cell.of(style.safe(provenance.by())),
                    Cell.of(Words.lower(info.change())),
                    Cell.of(style.safe(provenance.origin())),
                    Cell.of(style.safe(provenance.reason())),
                    new Cell(info.validated().map(RunWords::time).orElse("never"), Ansi.DIM)));
        }
        table.appendTo(out);
        return out.toString();
    }

    private static String head(VersionInfo info) {
        return "baselines " + info.name() + ", version " + info.number();
    }

    /** The baselines of a version, one on a line. */
    public static String version(BaselineVersion version, TextStyle style) {
        StringBuilder out = new StringBuilder();
        VersionInfo info = version.info();
        Paragraph.append(
                "",
                style.safe(head(info) + ": " + Words.count(version.baselines().size(), "series", "series")),
                Ansi.BOLD,
                style,
                out);
        Paragraph.append("", style.safe(made(info.provenance(), Words.lower(info.change()))), Ansi.DIM, style, out);
        info.validated()
                .ifPresent(at -> Paragraph.append("", "last validated " + RunWords.time(at), Ansi.DIM, style, out));
        if (version.baselines().isEmpty()) {
            return out.toString();
        }
        Names names = new Names(
                version.baselines().stream().map(EstablishedBaseline::key).toList(), style);
        names.say(out);
        out.append('\n');
        List<Column> columns = new ArrayList<>(names.columns());
        columns.addAll(List.of(
                Column.whole("median", true, 0),
                Column.whole("noise", true, 2),
                Column.whole("95 % interval", true, 4),
                Column.whole("runs", true, 3),
                Column.whole("newest run", false, 5),
                Column.whole("from version", true, 7),
                Column.whole("", false, 6)));
        Table table = new Table(style, columns);
        for (EstablishedBaseline baseline : version.baselines()) {
            BaselineStatistics statistics = baseline.statistics();
            List<Cell> row = new ArrayList<>(names.cells(baseline.key()));
            row.add(Cell.of(style.safe(Quantity.of(statistics.median(), baseline.unit(), statistics.relativeNoise()))));
            row.add(Cell.of(statistics.runs() < 2 ? "unknown" : style.safe(Percent.of(statistics.relativeNoise()))));
            row.add(Cell.of(style.safe(
                    Double.isInfinite(statistics.interval().width())
                            ? "unknown"
                            : "±" + Percent.of(statistics.relativeWidth() / 2))));
            row.add(Cell.of(Quantity.plain(statistics.runs(), Quantity.DIGITS)));
            row.add(new Cell(RunWords.time(baseline.last().time()), Ansi.DIM));
            row.add(Cell.of(Integer.toString(baseline.provenance().version())));
            row.add(new Cell(spark(baseline, SPARK, style), Ansi.CYAN));
            table.add(row);
        }
        table.appendTo(out);
        return out.toString();
    }

    private static String spark(EstablishedBaseline baseline, int most, TextStyle style) {
        List<Double> values = baseline.runs().stream().map(BaselineRun::value).toList();
        return Sparkline.of(values.subList(Math.max(0, values.size() - most), values.size()), most, style.unicode());
    }

    private static String made(Provenance provenance, String change) {
        return change + " " + RunWords.time(provenance.at()) + " by " + provenance.by() + ", from "
                + provenance.origin() + ", with Plumbline " + provenance.tool()
                + (provenance.reason().isEmpty() ? "" : ": " + provenance.reason());
    }

    /** Everything that there is of one baseline. */
    public static String baseline(EstablishedBaseline baseline, Optional<Instant> validated, TextStyle style) {
        StringBuilder out = new StringBuilder();
        BaselineStatistics statistics = baseline.statistics();
        SeriesKey key = baseline.key();
        Paragraph.append("", style.safe(Words.label(key) + " · " + key.metric()), Ansi.BOLD, style, out);
        Paragraph.append(
                "",
                style.safe(Words.lower(baseline.better()) + " is better, branch " + key.branch() + ", environment "
                        + key.environment() + ", id " + key.id()),
                Ansi.DIM,
                style,
                out);
        out.append('\n');
        double noise = statistics.relativeNoise();
        Function<Double, String> value = number -> Quantity.of(number, baseline.unit(), noise);
        fact("median", value.apply(statistics.median()) + ", mean " + value.apply(statistics.mean()), style, out);
        fact(
                "interval",
                Double.isInfinite(statistics.interval().width())
                        ? "unknown from a single run"
                        : value.apply(statistics.interval().low()) + " to "
                                + value.apply(statistics.interval().high()) + " (95 % of the mean, "
                                + Percent.of(statistics.relativeWidth()) + " wide)",
                style,
                out);
        fact(
                "noise",
                "standard deviation " + value.apply(statistics.standardDeviation()) + ", robust "
                        + value.apply(statistics.robustDeviation()) + " (" + Percent.of(noise)
                        + "), autocorrelation " + Quantity.plain(statistics.autocorrelation(), 2),
                style,
                out);
        StringJoiner quantiles = new StringJoiner(" · ");
        statistics
                .quantiles()
                .forEach((share, number) -> quantiles.add(Percent.exact(share) + " " + value.apply(number)));
        fact("quantiles", quantiles.toString(), style, out);
        long anomalies = baseline.runs().stream().filter(BaselineRun::anomaly).count();
        fact(
                "runs",
                Words.count(statistics.runs(), "run", "runs") + " of "
                        + Words.count(statistics.groups(), "group", "groups")
                        + (anomalies > 0
                                ? ", and " + Words.count((int) anomalies, "anomaly", "anomalies") + " left out"
                                : ""),
                style,
                out);
        fact("from", run(baseline.first()) + " to " + run(baseline.last()), style, out);
        if (baseline.anchor() != statistics.median()) {
            fact(
                    "anchor",
                    value.apply(baseline.anchor()) + ", "
                            + Quantity.change(Effect.relativeChange(baseline.anchor(), statistics.median()))
                            + " since",
                    style,
                    out);
        }
        fact(
                "version",
                baseline.provenance().version() + ", " + made(baseline.provenance(), "established"),
                style,
                out);
        fact("validated", validated.map(RunWords::time).orElse("never"), style, out);
        fact("settings", settings(baseline.provenance()), style, out);
        out.append(TerminalText.padRight("history", 11))
                .append(style.paint(spark(baseline, Math.min(60, style.width() - 12), style), Ansi.CYAN))
                .append('\n');
        if (style.verbose()) {
            out.append('\n');
            runs(baseline, style).appendTo(out);
        }
        return out.toString();
    }

    private static String run(BaselineRun run) {
        return commit(run) + " (" + RunWords.time(run.time()) + ")";
    }

    private static String commit(BaselineRun run) {
        return run.commit().isEmpty()
                ? "an unknown commit"
                : "commit "
                        + run.commit().substring(0, Math.min(10, run.commit().length()));
    }

    private static Table runs(EstablishedBaseline baseline, TextStyle style) {
        Table table = new Table(
                style,
                List.of(
                        Column.whole("run", false, 3),
                        new Column("commit", false, 0, 10, 6),
                        Column.whole("time", false, 2),
                        Column.whole("value", true, 0),
                        Column.whole("groups", true, 4),
                        Column.whole("", false, 1)));
        for (BaselineRun run : baseline.runs()) {
            table.add(List.of(
                    new Cell(style.safe(RunWords.shortId(run.id())), Ansi.DIM),
                    Cell.of(style.safe(
                            run.commit().substring(0, Math.min(10, run.commit().length())))),
                    new Cell(RunWords.time(run.time()), Ansi.DIM),
                    Cell.of(style.safe(Quantity.of(
                            run.value(), baseline.unit(), baseline.statistics().relativeNoise()))),
                    Cell.of(Integer.toString(run.groups())),
                    new Cell(run.anomaly() ? "anomaly" : "", Ansi.YELLOW)));
        }
        return table;
    }

    private static String settings(Provenance provenance) {
        return provenance.settings().entrySet().stream()
                .map(setting -> setting.getKey() + "="
                        + (setting.getKey().equals("margin")
                                        && SHARE.matcher(setting.getValue()).matches()
                                ? Percent.exact(Double.parseDouble(setting.getValue()))
                                : setting.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static void fact(String name, String words, TextStyle style, StringBuilder out) {
        Paragraph.append(TerminalText.padRight(name, 11), style.safe(words), Ansi.PLAIN, style, out);
    }

    /** The outcome for each series when baselines were established; the unremarkable ones are summed up. */
    public static String establishments(VersionInfo version, boolean isNew, List<Establishment> all, TextStyle style) {
        StringBuilder out = new StringBuilder();
        Map<Establishment.Outcome, Integer> counts = new EnumMap<>(Establishment.Outcome.class);
        all.forEach(one -> counts.merge(one.outcome(), 1, Integer::sum));
        StringJoiner words = new StringJoiner(", ");
        counts.forEach((outcome, count) -> words.add(count + " " + word(outcome)));
        Paragraph.append(
                "", style.safe(head(version) + (isNew ? "" : ", unchanged") + ": " + words), Ansi.BOLD, style, out);
        List<Establishment> shown =
                all.stream().filter(one -> style.verbose() || isRemarkable(one)).toList();
        if (!shown.isEmpty()) {
            Names names = new Names(shown.stream().map(Establishment::key).toList(), style);
            names.say(out);
            out.append('\n');
            List<Column> columns = new ArrayList<>(names.columns());
            columns.addAll(List.of(
                    Column.whole("", false, 0), Column.whole("median", true, 2), new Column("why", false, 0, 30, 12)));
            Table table = new Table(style, columns);
            for (Establishment one : shown) {
                List<Cell> row = new ArrayList<>(names.cells(one.key()));
                row.add(new Cell(word(one.outcome()), look(one.outcome())));
                row.add(Cell.of(one.baseline()
                        .map(baseline -> style.safe(Quantity.of(
                                baseline.statistics().median(),
                                baseline.unit(),
                                baseline.statistics().relativeNoise())))
                        .orElse("")));
                String leftOut = one.leftOut().isEmpty() || !style.verbose()
                        ? ""
                        : "; without "
                                + one.leftOut().stream()
                                        .map(EstablishmentWords::leftOut)
                                        .collect(Collectors.joining(", "));
                row.add(Cell.of(style.safe(EstablishmentWords.of(one) + leftOut)));
                table.add(row);
            }
            table.appendTo(out);
        }
        int hidden = all.size() - shown.size();
        if (hidden > 0 && !shown.isEmpty()) {
            out.append(style.paint("and " + Words.count(hidden, "more", "more") + "; --verbose lists them", Ansi.DIM))
                    .append('\n');
        }
        return out.toString();
    }

    private static String acceptance(KnownAcceptance.State state) {
        return state == KnownAcceptance.State.HOLDS ? "active" : Words.lower(state);
    }

    private static boolean isRemarkable(Establishment one) {
        return switch (one.outcome()) {
            case NEW, RENEWED -> false;
            case KEPT -> !one.reason().equals(new Establishment.Reason.NothingNew(0));
            case IMPROVED, ACCEPTED, NONE -> true;
        };
    }

    private static String word(Establishment.Outcome outcome) {
        return outcome == Establishment.Outcome.NONE ? "without" : Words.lower(outcome);
    }

    private static Ansi look(Establishment.Outcome outcome) {
        return switch (outcome) {
            case IMPROVED -> Ansi.GREEN;
            case KEPT, NONE, ACCEPTED -> Ansi.YELLOW;
            case NEW, RENEWED -> Ansi.PLAIN;
        };
    }

    /** The differences between two versions. */
    public static String differences(
            VersionInfo before, VersionInfo after, List<BaselineDifference> all, TextStyle style) {
        StringBuilder out = new StringBuilder();
        List<BaselineDifference> shown = all.stream()
                .filter(one -> style.verbose() || one.kind() != BaselineDifference.Kind.SAME)
                .toList();
        long same = all.stream()
                .filter(one -> one.kind() == BaselineDifference.Kind.SAME)
                .count();
        Paragraph.append(
                "",
                style.safe(head(before) + " and " + (before.name().equals(after.name()) ? "" : after.name() + " ")
                        + "version " + after.number() + ": " + (all.size() - same) + " of "
                        + Words.count(all.size(), "series", "series") + " "
                        + (all.size() - same == 1 ? "differs" : "differ")),
                Ansi.BOLD,
                style,
                out);
        if (shown.isEmpty()) {
            return out.toString();
        }
        Names names = new Names(shown.stream().map(BaselineDifference::key).toList(), style);
        names.say(out);
        out.append('\n');
        List<Column> columns = new ArrayList<>(names.columns());
        columns.addAll(List.of(
                Column.whole("", false, 0),
                Column.whole("before", true, 2),
                Column.whole("after", true, 1),
                Column.whole("change", true, 0),
                Column.whole("runs", true, 4)));
        Table table = new Table(style, columns);
        for (BaselineDifference one : shown) {
            List<Cell> row = new ArrayList<>(names.cells(one.key()));
            row.add(Cell.of(Words.lower(one.kind())));
            row.add(Cell.of(median(one.before(), style)));
            row.add(Cell.of(median(one.after(), style)));
            row.add(change(one, style));
            row.add(Cell.of(runs(one.before()) + style.safe(" → ") + runs(one.after())));
            table.add(row);
        }
        table.appendTo(out);
        return out.toString();
    }

    private static String median(Optional<EstablishedBaseline> baseline, TextStyle style) {
        return baseline.map(known -> style.safe(Quantity.of(
                        known.statistics().median(),
                        known.unit(),
                        known.statistics().relativeNoise())))
                .orElse("");
    }

    private static String runs(Optional<EstablishedBaseline> baseline) {
        return baseline.map(known -> Integer.toString(known.statistics().runs()))
                .orElse("0");
    }

    private static Cell change(BaselineDifference one, TextStyle style) {
        if (one.change().isEmpty()) {
            return Cell.EMPTY;
        }
        double change = one.change().getAsDouble();
        Ansi look = Math.abs(change) < 0.02
                ? Ansi.PLAIN
                : one.after().orElseThrow().better().isWorse(change) ? Ansi.RED : Ansi.GREEN;
        return new Cell(style.safe(Quantity.change(change)), look);
    }

    /** Whether the baselines of a version can be trusted: what fails, and how to fix it. */
    public static String qualities(VersionInfo version, List<BaselineQuality> all, TextStyle style) {
        StringBuilder out = new StringBuilder();
        int valid = (int) all.stream().filter(BaselineQuality::isValid).count();
        Paragraph.append(
                "",
                style.safe(head(version) + ": " + valid + " of " + Words.count(all.size(), "baseline", "baselines")
                        + " can be trusted"),
                valid == all.size() ? Ansi.BOLD_GREEN : Ansi.BOLD_YELLOW,
                style,
                out);
        for (BaselineQuality quality : all) {
            if (!quality.isValid() || style.verbose()) {
                quality(quality, style, out);
            }
        }
        return out.toString();
    }

    private static void quality(BaselineQuality quality, TextStyle style, StringBuilder out) {
        SeriesKey key = quality.baseline().key();
        out.append('\n');
        Paragraph.append(
                "",
                style.safe(Words.label(key) + " · " + key.metric() + " · " + key.environment()
                        + (quality.isValid() ? "" : " · not valid")),
                Ansi.BOLD,
                style,
                out);
        for (QualityCheck check : quality.checks()) {
            if (!check.passed() || style.verbose()) {
                Paragraph.append(
                        "  " + TerminalText.padRight(check.passed() ? "passed" : "failed", 8)
                                + TerminalText.padRight(Words.lower(check.kind()), 13),
                        style.safe(QualityWords.found(check)
                                + (check.passed() ? "" : ". To fix it: " + QualityWords.remedy(check))),
                        check.passed() ? Ansi.PLAIN : Ansi.YELLOW,
                        style,
                        out);
            }
        }
    }

    /** Acceptances, one on a line, each with its reason below. */
    public static String acceptances(List<KnownAcceptance> all, Instant now, TextStyle style) {
        if (all.isEmpty()) {
            return "nothing is accepted\n";
        }
        StringBuilder out = new StringBuilder();
        Table table = new Table(
                style,
                List.of(
                        new Column("id", false, 0, 9, 5),
                        Column.whole("state", false, 0),
                        new Column("benchmark", false, 0, 20, 8),
                        new Column("metric", false, 3, 8, 6),
                        new Column("environment", false, 5, 8, 6),
                        Column.whole("change", true, 1),
                        Column.whole("since", false, 4),
                        Column.whole("until", false, 2),
                        new Column("by", false, 6, 8, 4),
                        new Column("why", false, 0, 16, 8)));
        for (KnownAcceptance one : all) {
            Acceptance acceptance = one.acceptance();
            KnownAcceptance.State state = one.stateAt(now);
            table.add(List.of(
                    Cell.of(style.safe(acceptance.id())),
                    new Cell(acceptance(state), state == KnownAcceptance.State.HOLDS ? Ansi.GREEN : Ansi.DIM),
                    Cell.of(style.safe(acceptance.benchmark().label())),
                    Cell.of(style.safe(acceptance.metric().orElse("all"))),
                    Cell.of(style.safe(acceptance.environment().orElse("all"))),
                    Cell.of(style.safe(acceptance.isOfMissing() ? "missing" : acceptedChange(acceptance.change()))),
                    new Cell(
                            style.safe(acceptance
                                    .since()
                                    .substring(
                                            0, Math.min(10, acceptance.since().length()))),
                            Ansi.DIM),
                    Cell.of(acceptance.until().map(BaselineText::end).orElse("")),
                    Cell.of(style.safe(acceptance.by())),
                    Cell.of(style.safe(acceptance.reason()
                            + one.revocation()
                                    .map(end -> " (revoked by " + end.by()
                                            + (end.reason().isEmpty() ? "" : ": " + end.reason()) + ")")
                                    .orElse("")))));
        }
        table.appendTo(out);
        return out.toString();
    }

    /** A day means its beginning; an end inside one is shown with its time. */
    private static String end(Instant until) {
        String time = RunWords.time(until);
        return until.equals(until.truncatedTo(ChronoUnit.DAYS)) ? time.substring(0, "2026-12-31".length()) : time;
    }

    /** {@code +12.3 %}; {@code this one} for a change of unknown size. */
    static String acceptedChange(double change) {
        return Math.abs(change) < 1e-12 ? "this one" : Quantity.change(change);
    }

    /** The columns that name the series of a row; values that all rows share are left out. */
    private static final class Names {
        private final TextStyle style;
        private final SharedNames shared;
        private final boolean oneEnvironment;
        private final boolean oneBranch;

        Names(List<SeriesKey> keys, TextStyle style) {
            this.style = style;
            shared = SharedNames.of(keys.stream().map(SeriesKey::benchmark).toList());
            oneEnvironment =
                    keys.stream().map(SeriesKey::environment).distinct().count() == 1;
            oneBranch = keys.stream().map(SeriesKey::branch).distinct().count() == 1;
        }

        /** Writes the values that all rows share, in lines of their own. */
        void say(StringBuilder out) {
            for (String line : shared.lines()) {
                Paragraph.append("", style.safe(line), Ansi.DIM, style, out);
            }
        }

        List<Column> columns() {
            return List.of(
                    new Column("benchmark", false, 0, 24, 8),
                    new Column("metric", false, 1, 10, 6),
                    new Column("environment", false, 6, 10, 6),
                    new Column("branch", false, 7, 10, 6));
        }

        List<Cell> cells(SeriesKey key) {
            return List.of(
                    Cell.of(style.safe(shared.label(key.benchmark()))),
                    Cell.of(style.safe(key.metric())),
                    oneEnvironment ? Cell.EMPTY : Cell.of(style.safe(key.environment())),
                    oneBranch ? Cell.EMPTY : Cell.of(style.safe(key.branch())));
        }
    }
}
