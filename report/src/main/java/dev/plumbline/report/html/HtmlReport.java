package dev.plumbline.report.html;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.role.Role;
import dev.plumbline.report.BenchmarkAnswer;
import dev.plumbline.report.BranchIncidents;
import dev.plumbline.report.DoubtWords;
import dev.plumbline.report.GateWords;
import dev.plumbline.report.Headline;
import dev.plumbline.report.Margins;
import dev.plumbline.report.MissingWords;
import dev.plumbline.report.OverLimit;
import dev.plumbline.report.Report;
import dev.plumbline.report.Report.Group;
import dev.plumbline.report.RunWords;
import dev.plumbline.report.TriageWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.answer.IncidentWords;
import dev.plumbline.report.content.ContextMetric;
import dev.plumbline.report.content.SeriesDetail;
import dev.plumbline.report.evidence.Percent;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.terminal.TextStyle;
import dev.plumbline.report.text.AcceptLine;
import dev.plumbline.report.text.CiSummary;
import dev.plumbline.report.text.FirstScreen;
import dev.plumbline.report.text.TextReport;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** A report as one self-contained page: to open, search, sort, print and send. */
public final class HtmlReport {
    /** The part shown first; the rows and their details are the same in both. */
    public enum View {
        /** The table of all series. */
        REPORT,
        /** Charts of all changes, then the table. */
        DASHBOARD
    }

    private final DetailedReport detailed;
    private final Report report;
    private final JsonText json;
    private final PageRuns runs;
    private final PageData data;
    private final Judged judged;

    /** The lookups that every series needs, computed once for all of them. */
    private record Judged(
            OverLimit limits, Set<String> closing, Report.Against against, Predicate<Finding> withinNoise) {
        static Judged of(Report report) {
            return new Judged(
                    new OverLimit(report),
                    AcceptLine.closing(report),
                    report.against(),
                    DoubtWords.withinNoise(report));
        }
    }

    private HtmlReport(DetailedReport detailed, JsonText json, PageRuns runs, Judged judged) {
        this.detailed = detailed;
        this.report = detailed.report();
        this.json = json;
        this.runs = runs;
        this.data = new PageData(json, runs, judged.withinNoise());
        this.judged = judged;
    }

    /**
     * Writes the page.
     *
     * @param out is flushed and left open
     * @throws IOException when the stream fails
     * @throws IllegalStateException when this Plumbline was built without its pages
     */
    public static void write(DetailedReport detailed, View view, PageFrame frame, OutputStream out) throws IOException {
        Report report = detailed.report();
        HtmlPage.write(
                title(report, frame),
                TextReport.of(report, TextStyle.DEFAULT.withWidth(100)),
                json -> new HtmlReport(detailed, json, new PageRuns(), Judged.of(report)).write(view, frame),
                out);
    }

    /** {@code tally: FAIL 3f2a1c9d00 on main}, as a browser shows it among other pages. */
    private static String title(Report report, PageFrame frame) {
        return (frame.project().isEmpty() ? "Plumbline" : frame.project()) + ": " + Headline.status(report.gate())
                + report.candidates().stream()
                        .findFirst()
                        .map(run -> " " + RunWords.revision(run))
                        .orElse("");
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
            json.text("words", Headline.status(report.gate()));
            if (Headline.isNothingJudged(report)) {
                json.truth("unjudged", true);
            }
            json.text("reason", Words.gateReason(report).orElse(""));
            json.array("reasons", GateWords.reasons(report), json::text);
            if (report.gate().state() != GateDecision.State.OPEN) {
                json.text("next", FirstScreen.next(report));
            }
        });
        report.odd()
                .or(() -> Words.wholeSuite(report)) // the page has its causes in the place of the reason
                .ifPresent(words -> json.text("odd", words));
        json.object("counts", this::counts);
        json.object("policy", this::policy);
        json.array(
                "candidates",
                report.candidates(),
                run -> json.object(() -> {
                    json.integer("run", data.run(run));
                    json.text("measured", RunWords.time(run.header().time()));
                    json.text("environment", run.header().environment().key());
                }));
        json.text("base", report.base());
        report.findings().forEach(this::nameRuns);
        runs.whileClosed(() -> json.pieces(
                "series", report.findings(), (finding, piece) -> new HtmlReport(detailed, piece, runs, judged)
                        .series(finding)));
        benchmarks();
        json.array("missing", MissingWords.lines(report), json::text);
        json.array("problems", report.problems(), problem -> json.text(problem.toString()));
        json.array("notes", report.notes(), json::text);
        json.array("next", CiSummary.nextSteps(report), json::text);
        data.environments(detailed.reference(), report.candidates());
        incidents();
        data.tables(frame);
    }

    /** As the headline counts: what is within noise is no part of what is inconclusive. */
    private void counts() {
        int quiet = (int) report.benchmarksOnce(Group.INCONCLUSIVE).stream()
                .filter(DoubtWords.isQuiet(report))
                .count();
        report.benchmarkCounts()
                .forEach((group, count) ->
                        json.integer(group, group.equals(Group.INCONCLUSIVE.name()) ? count - quiet : count));
        json.integer("WITHIN_NOISE", quiet);
    }

    /** Writes the incidents of the branch; nothing where they were not searched. */
    private void incidents() {
        BranchIncidents branch = detailed.incidents();
        if (branch.branch().isEmpty()) {
            return;
        }
        Map<SeriesKey, Integer> places = new HashMap<>();
        for (int i = 0; i < report.findings().size(); i++) {
            places.put(onBranch(report.findings().get(i).key(), branch.branch()), i);
        }
        json.text("branch", branch.branch());
        json.text("open", IncidentWords.open(branch, places::containsKey));
        new PageIncidents(json, data, places::get).write(branch.cases());
        json.array(
                "called",
                branch.called().stream()
                        // the page shows it with its own findings
                        .filter(one -> !places.containsKey(one.key()))
                        .toList(),
                one -> json.object(() -> {
                    json.text("text", TriageWords.called(one));
                    json.truth("open", one.isOpen());
                }));
    }

    /** A pull request's series go on from those of the branch. */
    private static SeriesKey onBranch(SeriesKey key, String branch) {
        return new SeriesKey(key.benchmark(), key.metric(), key.environment(), branch);
    }

    /** Writes the benchmarks by the places of their series, the head of each first. */
    private void benchmarks() {
        Map<SeriesKey, Integer> places = new HashMap<>();
        for (int i = 0; i < report.findings().size(); i++) {
            places.put(report.findings().get(i).key(), i);
        }
        Predicate<BenchmarkAnswer> isQuiet = DoubtWords.isQuiet(report);
        Map<BenchmarkAnswer.Place, List<ContextMetric>> context = new HashMap<>();
        report.context().forEach(metric -> context.computeIfAbsent(
                        BenchmarkAnswer.Place.of(metric.key()), place -> new ArrayList<>())
                .add(metric));
        json.array(
                "benchmarks",
                report.benchmarks().stream().filter(answer -> !answer.isGone()).toList(),
                answer -> json.object(() -> {
                    json.text("group", answer.group().name());
                    if (isQuiet.test(answer)) {
                        json.truth("quiet", true);
                    }
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
        json.text("minor", Percent.exact(report.policy().severities().minor()));
        json.text("major", Percent.exact(report.policy().severities().major()));
        json.text("critical", Percent.exact(report.policy().severities().critical()));
        json.text("confidence", Words.confidence(report.policy().confidence()));
        json.text("suiteErrorRate", Percent.exact(report.policy().suiteErrorRate()));
        json.integer("minimumRuns", report.policy().minimumRuns());
    }

    /** The runs of a series get their places before the series are written all at once. */
    private void nameRuns(Finding finding) {
        finding.baseline().ifPresent(baseline -> {
            runs.run(baseline.first());
            runs.run(baseline.last());
        });
        SeriesDetail detail = detailed.exhibits().get(finding.key());
        if (detail != null) {
            runs.axis(detail.course());
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
            judged.against().of(finding.key()).ifPresent(reason -> json.text("blocks", reason));
            overLimit(finding);
            measured(finding);
            commands(finding);
        });
        SeriesDetail detail = detailed.exhibits().get(finding.key());
        if (detail != null) {
            data.course(detail.course(), detail.steps(), detail.judged());
            json.array(
                    "distributions",
                    detail.distributions(),
                    distribution -> json.object(() -> data.distribution(distribution)));
        }
    }

    /**
     * Writes that a fixed limit or a budget fails a change that the judge does not detect, with the reference that it
     * was compared with.
     */
    private void overLimit(Finding finding) {
        judged.limits()
                .verdict(finding)
                .ifPresent(words -> json.object("limit", () -> {
                    json.text("words", words);
                    judged.limits().change(finding).ifPresent(change -> {
                        data.number("relative", change);
                        json.text("text", Quantity.change(change));
                    });
                }));
    }

    /** The value of what has no effect yet, and how many more runs a verdict takes. */
    private void measured(Finding finding) {
        if (finding.verdict().effect().isEmpty()) {
            finding.candidate().ifPresent(value -> json.text("value", Quantity.of(value, finding.unit())));
        }
        if (DoubtWords.isTooEarly(finding) && finding.verdict() instanceof Verdict.Inconclusive inconclusive) {
            json.object("young", () -> {
                finding.evidence(HistoryEvidence.TooFewRuns.class)
                        .findFirst()
                        .ifPresent(why -> json.integer("runs", why.runs()));
                inconclusive.runsNeeded().ifPresent(more -> json.integer("more", more));
            });
        }
    }

    /** Writes what a person needs to triage a change: its id, and the line that accepts it, as a terminal has it. */
    private void commands(Finding finding) {
        Group group = Group.of(finding);
        boolean isChange = group == Group.REGRESSED
                || group == Group.SUSPECT
                || group == Group.KNOWN
                || group == Group.IMPROVED
                || judged.limits().contains(finding);
        if (isChange && report.kind() == Report.Kind.CHECK) {
            json.text("id", finding.id());
            AcceptLine.of(finding, report, judged.closing())
                    .ifPresent(line -> json.text("accept", "plumb accept " + finding.id() + " --reason WHY"));
        }
    }
}
