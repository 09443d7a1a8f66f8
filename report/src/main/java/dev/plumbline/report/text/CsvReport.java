package dev.plumbline.report.text;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.report.DoubtWords;
import dev.plumbline.report.MissingWords;
import dev.plumbline.report.Report;
import dev.plumbline.report.TriageWords;
import dev.plumbline.report.WarningWords;
import dev.plumbline.report.format.CsvText;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A report as a table for spreadsheets and data frames: one record for each finding, worst first, then one for each
 * missing series, with the verdict {@code MISSING}. RFC 4180, UTF-8, a header line; see {@code docs/report-format.md}.
 */
public final class CsvReport {
    private static final List<String> HEADER = List.of(
            "verdict",
            "severity",
            "benchmark",
            "parameters",
            "metric",
            "unit",
            "better",
            "before",
            "after",
            "change",
            "change_low",
            "change_high",
            "confidence",
            "p_value",
            "detectable_change",
            "baseline_runs",
            "baseline_deviation",
            "runs_needed",
            "since",
            "environment",
            "branch",
            "id",
            "why",
            "warnings",
            "state",
            "role");

    private CsvReport() {}

    /** The whole table; every record ends in a carriage return and a line feed. */
    public static String of(Report report) {
        CsvText csv = new CsvText().names(HEADER);
        report.findings().forEach(finding -> finding(finding, report, csv));
        report.missing().forEach(one -> missing(one, report, csv));
        return csv.toString();
    }

    private static void finding(Finding finding, Report report, CsvText csv) {
        csv.text(finding.verdict().kind().name()).text(finding.severity().name());
        series(finding.key(), csv);
        csv.text(finding.unit().symbol()).text(finding.better().name());
        Optional<Effect> effect = finding.verdict().effect();
        csv.number(effect.map(Effect::before).orElse(Double.NaN))
                .number(effect.map(Effect::after).orElse(Double.NaN))
                .number(effect.map(Effect::relativeChange).orElse(Double.NaN))
                .number(effect.map(change -> change.interval().low()).orElse(Double.NaN))
                .number(effect.map(change -> change.interval().high()).orElse(Double.NaN))
                .number(effect.map(change -> change.interval().confidence()).orElse(Double.NaN));
        number(finding.pValue(), csv);
        number(finding.detectableChange(), csv);
        csv.number(finding.baseline().map(baseline -> (double) baseline.runs()).orElse(Double.NaN))
                .number(finding.baseline().map(baseline -> baseline.deviation()).orElse(Double.NaN));
        csv.number(
                finding.verdict() instanceof Verdict.Inconclusive inconclusive
                                && inconclusive.runsNeeded().isPresent()
                        ? inconclusive.runsNeeded().getAsInt()
                        : Double.NaN);
        csv.text(finding.since());
        place(finding.key(), csv);
        csv.text(finding.id())
                .text(DoubtWords.why(finding))
                .text(Stream.concat(
                                finding
                                        .statement()
                                        .map(TriageWords::stated)
                                        .or(() -> finding.alreadyOpen().map(TriageWords::alreadyOpen))
                                        .stream(),
                                WarningWords.of(finding).stream())
                        .collect(Collectors.joining("; ")))
                .text(finding.statement()
                        .map(statement -> statement.kind().name())
                        .orElse(finding.alreadyOpen().isPresent() ? "ALREADY_OPEN" : ""))
                .text(report.gate().role(finding.key()).name())
                .end();
    }

    private static void missing(Missing missing, Report report, CsvText csv) {
        SeriesKey key = missing.key();
        csv.text("MISSING").text("NONE");
        series(key, csv);
        for (int column = HEADER.indexOf("unit"); column < HEADER.indexOf("environment"); column++) {
            csv.empty();
        }
        place(key, csv);
        csv.text(key.id())
                .text(MissingWords.why(missing, report))
                .empty()
                .empty()
                .text(report.gate().role(key).name())
                .end();
    }

    private static void series(SeriesKey key, CsvText csv) {
        csv.text(key.benchmark().name())
                .text(
                        key.benchmark().parameters().isEmpty()
                                ? ""
                                : key.benchmark().parameters().toString())
                .text(key.metric());
    }

    private static void place(SeriesKey key, CsvText csv) {
        csv.text(key.environment()).text(key.branch());
    }

    private static void number(OptionalDouble number, CsvText csv) {
        csv.number(number.orElse(Double.NaN));
    }
}
