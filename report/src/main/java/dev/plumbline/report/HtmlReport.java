package dev.plumbline.report;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.role.Role;
import dev.plumbline.report.Report.Group;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report as one self-contained page: to be opened, searched, sorted, printed, and sent to somebody. */
public final class HtmlReport {
    /** What is shown first; the rows and their details are the same in both. */
    public enum View {
        /** The table of all series. */
        REPORT,
        /** Charts of all changes, then the table. */
        DASHBOARD
    }

    private final Dossier dossier;
    private final Report report;
    private final JsonText json;
    private final PageRuns runs;
    private final PageData data;

    private HtmlReport(Dossier dossier, JsonText json, PageRuns runs) {
        this.dossier = dossier;
        this.report = dossier.report();
        this.json = json;
        this.runs = runs;
        this.data = new PageData(json, runs);
    }

    /**
     * Writes the page.
     *
     * @param out is flushed and left open
     * @throws IOException when the stream fails
     * @throws IllegalStateException when this Plumbline was built without its pages
     */
    public static void write(Dossier dossier, View view, PageFrame frame, OutputStream out) throws IOException {
        Report report = dossier.report();
        HtmlPage.write(
                "Plumbline: " + Headline.counts(report),
                TextReport.of(report, TextStyle.DEFAULT.withWidth(100)),
                json -> new HtmlReport(dossier, json, new PageRuns()).write(view, frame),
                out);
    }

    /** Whether pages can be written: a Plumbline that was built without Node has none. */
    public static boolean isAvailable() {
        return HtmlPage.isBuilt();
    }

    private void write(View view, PageFrame frame) {
        json.text("form", PageData.FORM);
        json.text("page", "run");
        json.text("version", report.version());
        frame.write(json);
        json.text("view", view.name().toLowerCase(Locale.ROOT));
        json.text("kind", report.kind().name());
        json.text("counted", Headline.counts(report));
        json.object("gate", () -> {
            json.text("state", report.gate().state().name());
            json.text("words", gateWords());
            json.text("reason", Words.gateReason(report).orElse(""));
            json.array("reasons", GateWords.reasons(report), json::text);
        });
        report.odd().ifPresent(words -> json.text("odd", words));
        json.object("counts", () -> report.benchmarkCounts().forEach(json::integer));
        json.object("policy", this::policy);
        json.array(
                "candidates",
                report.candidates(),
                run -> json.object(() -> {
                    json.integer("run", data.run(run));
                    json.text("measured", Words.time(run.header().time()));
                    json.text("environment", run.header().environment().key());
                }));
        json.text("base", report.base());
        report.findings().forEach(this::nameRuns);
        runs.whileClosed(() -> json.pieces(
                "series", report.findings(), (finding, piece) -> new HtmlReport(dossier, piece, runs).series(finding)));
        benchmarks();
        json.array("missing", MissingWords.lines(report), json::text);
        json.array("problems", report.problems(), problem -> json.text(problem.toString()));
        json.array("notes", report.notes(), json::text);
        json.array("next", CiSummary.nextSteps(report), json::text);
        data.environments(dossier.reference(), report.candidates());
        data.tables();
    }

    /** The benchmarks by the places of their series, the one that stands for each of them first. */
    private void benchmarks() {
        Map<SeriesKey, Integer> places = new HashMap<>();
        for (int i = 0; i < report.findings().size(); i++) {
            places.put(report.findings().get(i).key(), i);
        }
        Map<BenchmarkAnswer.Place, List<ContextMetric>> context = new HashMap<>();
        report.context().forEach(metric -> context.computeIfAbsent(
                        BenchmarkAnswer.Place.of(metric.key()), place -> new ArrayList<>())
                .add(metric));
        json.array(
                "benchmarks",
                report.benchmarks().stream().filter(answer -> !answer.isGone()).toList(),
                answer -> json.object(() -> {
                    json.text("group", answer.group().name());
                    json.integers(
                            "series",
                            answer.findings().stream()
                                    .mapToLong(finding -> places.get(finding.key()))
                                    .toArray());
                    List<ContextMetric> beside =
                            context.getOrDefault(BenchmarkAnswer.Place.of(answer.place()), List.of());
                    if (!beside.isEmpty()) {
                        json.array("context", beside, metric -> {
                            json.startArray();
                            json.text(metric.key().metric());
                            json.text(Quantity.of(metric.value(), metric.unit()));
                            json.endArray();
                        });
                    }
                }));
    }

    private String gateWords() {
        return switch (report.gate().state()) {
            case OPEN -> "Gate open";
            case CLOSED -> "Gate closed";
            case UNDECIDED -> "Gate undecided";
        };
    }

    private void policy() {
        json.text("margin", report.margins());
        json.text(
                "unchangedMargin",
                new Margins(report.policy().margin())
                        .with(report.benchmarks(Group.UNCHANGED).stream()
                                .flatMap(answer -> answer.counting().stream())
                                .toList())
                        .words("±"));
        json.number("marginShare", report.policy().margin());
        json.text("minor", Words.percentShort(report.policy().severities().minor()));
        json.text("major", Words.percentShort(report.policy().severities().major()));
        json.text("critical", Words.percentShort(report.policy().severities().critical()));
        json.text("confidence", Words.confidence(report.policy().confidence()));
        json.text("suiteErrorRate", Words.percentShort(report.policy().suiteErrorRate()));
        json.integer("minimumRuns", report.policy().minimumRuns());
    }

    /** The runs of a series get their places before the series are written all at once. */
    private void nameRuns(Finding finding) {
        finding.baseline().ifPresent(baseline -> {
            runs.run(baseline.first());
            runs.run(baseline.last());
        });
        Exhibit exhibit = dossier.exhibits().get(finding.key());
        if (exhibit != null) {
            runs.axis(exhibit.course());
        }
    }

    private void series(Finding finding) {
        json.text("id", finding.key().id());
        data.series(finding.key(), finding.unit(), finding.better() == Better.LOWER);
        json.object("finding", () -> {
            data.finding(finding);
            if (report.gate().role(finding.key()) == Role.SECONDARY) {
                json.truth("secondary", true);
            }
            json.number("margin", Margins.of(finding, report.policy().margin()));
            report.reasonAgainst(finding.key()).ifPresent(reason -> json.truth("blocks", true));
        });
        Exhibit exhibit = dossier.exhibits().get(finding.key());
        if (exhibit != null) {
            data.course(exhibit.course(), exhibit.steps(), exhibit.judged());
            json.array(
                    "distributions",
                    exhibit.distributions(),
                    distribution -> json.object(() -> data.distribution(distribution)));
        }
    }
}
