package dev.plumbline.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Rung;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.Cause;
import dev.plumbline.core.gate.FixedRule;
import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.core.history.SegmentedSeries;
import dev.plumbline.core.incident.Case;
import dev.plumbline.core.incident.Incident;
import dev.plumbline.core.incident.Incidents;
import dev.plumbline.core.incident.Suspects;
import dev.plumbline.core.incident.Track;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Timeline;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.steps.StepScan;
import dev.plumbline.report.BranchIncidents;
import dev.plumbline.report.CommitTitle;
import dev.plumbline.report.Examples;
import dev.plumbline.report.Report;
import dev.plumbline.report.Words;
import dev.plumbline.report.answer.IncidentsReport;
import dev.plumbline.report.content.Distribution;
import dev.plumbline.report.content.SeriesCourse;
import dev.plumbline.report.content.SeriesDetail;
import dev.plumbline.report.evidence.Quotation;
import dev.plumbline.report.period.PeriodReport;
import dev.plumbline.report.terminal.TextStyle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Pages of every kind, healthy and odd. Each is left in {@code target/pages}, where {@code scripts/pages-test} opens it
 * in a browser.
 */
public class HtmlPagesTest {
    private static final Path PAGES = Path.of("target", "pages");
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

    /** A course with noise of a per cent, and a step of a quarter in its middle where one is asked for. */
    private static Series course(SeriesKey key, Unit unit, Better better, double level, int count, boolean step) {
        Random random = new Random(key.hashCode() & 0xffff);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double value = level * (1 + 0.01 * random.nextGaussian()) * (step && i >= count / 2 ? 1.25 : 1);
            points.add(new Point(Examples.run(i, "c%07x00".formatted(i)), value, 5, 0.01, step && i == count / 2));
        }
        return new Series(key, unit, better, points, List.of());
    }

    private static SeriesDetail detail(Series series, int judged) {
        return new SeriesDetail(
                series,
                judged,
                StepScan.analyze(series.values()),
                List.of(
                        Distribution.of(
                                "run before",
                                List.of(Sample.Values.of(
                                        Sample.Center.MEAN,
                                        List.of(new double[] {1, 1.01, 1.03}, new double[] {0.99, 1, 1.02}))),
                                1),
                        Distribution.of("judged", List.of(Sample.Summary.of(1.2)), 1)));
    }

    private static DetailedReport detailed(Report report, int count) {
        Map<SeriesKey, SeriesDetail> exhibits = new HashMap<>();
        int place = 0;
        for (Finding finding : report.findings()) {
            double level = finding.candidate().orElse(1);
            exhibits.put(
                    finding.key(),
                    detail(
                            course(
                                    finding.key(),
                                    finding.unit(),
                                    finding.better(),
                                    level == 0 ? 1 : level,
                                    count,
                                    place++ % 3 == 0),
                            Math.min(1, count)));
        }
        return new DetailedReport(report, exhibits, List.of(Examples.run(30, "bbbbbbbbbb")));
    }

    private static DetailedReport constants() {
        Finding finding = Examples.finding(
                Examples.key("org.example.Constant.value", "gc.count"),
                Unit.of("counts"),
                Better.LOWER,
                new Verdict.Unchanged(Examples.effect(7, 7, 0)));
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            points.add(new Point(Examples.run(i, "c" + i), 7, 1, 0, false));
        }
        Series series = new Series(finding.key(), finding.unit(), finding.better(), points, List.of());
        Finding zero = Examples.finding(
                Examples.key("org.example.Constant.zero", "gc.count"),
                Unit.of("counts"),
                Better.LOWER,
                new Verdict.Regressed(Examples.effect(0, 3, 0)));
        Series zeros = new Series(
                zero.key(),
                zero.unit(),
                zero.better(),
                points.stream()
                        .map(point -> new Point(point.run(), 0, 1, 0, false))
                        .toList(),
                List.of());
        return new DetailedReport(
                Examples.report(List.of(finding, zero), List.of(), List.of()),
                Map.of(finding.key(), detail(series, 1), zero.key(), detail(zeros, 1)),
                List.of());
    }

    public static PeriodReport periodReport(int series, int points) {
        List<SeriesCourse> courses = new ArrayList<>();
        for (int i = 0; i < series; i++) {
            Series one = course(
                    Examples.key("org.example.suite" + i % 3 + ".Group.bench" + i, "time"),
                    Examples.MILLISECONDS,
                    Better.LOWER,
                    1 + i,
                    points,
                    i % 4 == 0);
            courses.add(new SeriesCourse(one, StepScan.analyze(one.values())));
        }
        return new PeriodReport(
                "0.1.0",
                "The last 90 days of main",
                Instant.parse("2026-11-01T00:00:00Z"),
                Instant.parse("2027-01-30T00:00:00Z"),
                courses,
                Policy.DEFAULT);
    }

    /** The same with its incidents: what is found in its series, of which one is known to somebody. */
    public static PeriodReport withIncidents(PeriodReport periodReport) {
        Timeline timeline = Timeline.of(periodReport.courses().stream()
                .flatMap(course -> course.series().points().stream())
                .map(Point::run)
                .toList());
        List<Track> tracks = periodReport.courses().stream()
                .map(SeriesCourse::series)
                .map(series -> Track.of(SegmentedSeries.of(series, Policy.DEFAULT.margin()), timeline))
                .toList();
        List<Case> cases = new ArrayList<>();
        for (Incident incident : Incidents.of(tracks, timeline, List.of())) {
            cases.add(Case.of(
                    incident,
                    Suspects.rank(incident, timeline, Map.of()),
                    cases.isEmpty()
                            ? Optional.empty()
                            : Optional.of(Annotation.of(
                                    Annotation.Kind.ACKNOWLEDGED,
                                    new Annotation.Origin(
                                            incident.id(), "Ada", Instant.parse("2026-12-24T00:00:00Z"), "we know"),
                                    Optional.empty(),
                                    ""))));
        }
        return periodReport.with(new PeriodReport.Happened(cases, List.of(), List.of()));
    }

    /** A series that became a quarter slower twice. */
    public static SeriesCourse twice() {
        Random random = new Random(5);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            int steps = i / 30;
            double value = (1 + 0.01 * random.nextGaussian()) * Math.pow(1.25, steps);
            points.add(new Point(Examples.run(i, "c" + i), value, 1, 0, false));
        }
        Series series = new Series(
                Examples.key("org.example.Twice.slower", "time"),
                Examples.MILLISECONDS,
                Better.LOWER,
                points,
                List.of());
        return new SeriesCourse(series, StepScan.analyze(series.values()));
    }

    private interface Page {
        void writeTo(ByteArrayOutputStream out) throws IOException;
    }

    /** The page as text, also kept for the browser. */
    private static String page(String name, Page page) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        page.writeTo(out);
        Files.createDirectories(PAGES);
        Files.write(PAGES.resolve(name + ".html"), out.toByteArray());
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String page(String name, DetailedReport detailed) throws IOException {
        return page(name, out -> HtmlReport.write(detailed, HtmlReport.View.REPORT, PageFrame.NONE, out));
    }

    private static JsonNode data(String page) {
        Matcher matcher = DATA.matcher(page);
        assertThat(matcher.find()).isTrue();
        return JsonMapper.builder().build().readTree(matcher.group(1));
    }

    @Test
    void what_describes_the_commit_is_no_fact_of_the_environment() throws IOException {
        RunHeader header = Examples.run(29, "aaaaaaaaaa").header();
        TreeMap<String, String> context = new TreeMap<>(Map.of("commit.message", "Tidy", "instrument", "clock"));
        RunInfo before = new RunInfo(
                "0011",
                new RunHeader(header.revision(), header.environment(), header.measuredAt(), header.addedAt(), context));
        DetailedReport detailed =
                new DetailedReport(Examples.report(List.of(), List.of(), List.of()), Map.of(), List.of(before));

        assertThat(data(page("environment", detailed)).path("environment").valueStream())
                .extracting(fact -> fact.get(0).asString())
                .contains("tool.instrument")
                .doesNotContain("tool.commit.message");
    }

    private static void assertSelfContained(String page) throws Exception {
        Matcher policy =
                Pattern.compile("content=\"(default-src 'none'[^\"]*)\"").matcher(page);
        assertThat(policy.find()).isTrue();
        assertThat(policy.group(1)).doesNotContain("unsafe", "http:", "https:", "*");
        String script = page.substring(page.lastIndexOf("<script>") + 8, page.lastIndexOf("</script>"));
        assertThat(policy.group(1))
                .contains("script-src 'sha256-"
                        + Base64.getEncoder()
                                .encodeToString(MessageDigest.getInstance("SHA-256")
                                        .digest(script.getBytes(StandardCharsets.UTF_8)))
                        + "'");
        assertThat(page.split("</script", -1))
                .as("the data and the bundle, nothing else")
                .hasSize(3);
        assertThat(page).doesNotContainPattern("<(link|img|iframe|script)[^>]+(src|href)=\"(?!data:)");
        assertThat(data(page).path("form").asString()).isEqualTo(PageData.FORM);
    }

    @Test
    void a_page_of_every_verdict_is_self_contained() throws Exception {
        assertSelfContained(page("everything", detailed(Examples.everything(), 60)));
    }

    @Test
    void a_run_has_a_dashboard_that_leads_to_its_commits_and_to_the_pages_beside_it() throws Exception {
        PageFrame frame = new PageFrame(
                Forge.ofRemote("https://github.com/example/tally.git"),
                "tally",
                Map.of("cccccccccccccccccccc", new CommitTitle("Ada", "Count words twice\nbecause of a test")),
                List.of(new PageFrame.Link("Dashboard", "index.html"), new PageFrame.Link("Newest run", "run.html")));
        String page = page(
                "run-dashboard",
                out -> HtmlReport.write(detailed(Examples.everything(), 60), HtmlReport.View.DASHBOARD, frame, out));

        assertSelfContained(page);
        assertThat(data(page).path("view").asString()).isEqualTo("dashboard");
        assertThat(data(page).path("forge").asString()).isEqualTo("https://github.com/example/tally/commit/");
        assertThat(data(page).path("links").get(1).get(1).asString()).isEqualTo("run.html");
        assertThat(data(page).path("project").asString()).isEqualTo("tally");
        int judged = data(page).path("candidates").get(0).path("run").asInt();
        assertThat(data(page).path("runs").path("subject").get(judged).asString())
                .isEqualTo("Count words twice");
        assertThat(data(page).path("runs").path("author").get(judged).asString())
                .isEqualTo("Ada");
        assertThat(page).contains("<title>tally: FAIL commit cccccccccc on main</title>");
        assertThat(data(page("everything", detailed(Examples.everything(), 60))).has("forge"))
                .isFalse();
    }

    @Test
    void a_comparison_without_a_history_is_a_page() throws Exception {
        Report check = Examples.everything();
        Report comparison = new Report(
                check.version(),
                Report.Kind.COMPARISON,
                check.candidates(),
                "base.json",
                check.findings(),
                check.missing(),
                check.gate(),
                check.problems(),
                check.notes(),
                check.policy());
        assertSelfContained(page("comparison", detailed(comparison, 0)));
    }

    @Test
    void messages_that_came_with_the_results_are_told_where_no_repository_is() throws IOException {
        RunHeader header = Examples.run(31, "aaaaaaaaaa").header();
        TreeMap<String, String> context =
                new TreeMap<>(Map.of("commit.message", "Tidy\n\nmore", "commit.author", "Bo"));
        RunInfo run = new RunInfo(
                "0012",
                new RunHeader(header.revision(), header.environment(), header.measuredAt(), header.addedAt(), context));
        Report report = Examples.healthy();
        Report titled = new Report(
                report.version(),
                report.kind(),
                List.of(run),
                report.base(),
                report.findings(),
                report.missing(),
                report.gate(),
                report.problems(),
                report.notes(),
                report.policy());
        JsonNode runs = data(page("titled", DetailedReport.bare(titled))).path("runs");

        assertThat(runs.path("subject").get(0).asString()).isEqualTo("Tidy");
        assertThat(runs.path("author").get(0).asString()).isEqualTo("Bo");
    }

    @Test
    void a_report_that_passes_names_what_is_open_on_the_branch() throws Exception {
        PeriodReport periodReport = withIncidents(periodReport(12, 80));
        List<Finding> findings = periodReport.courses().stream()
                .map(course -> Examples.finding(
                        course.series().key(),
                        course.series().unit(),
                        Better.LOWER,
                        new Verdict.Unchanged(Examples.effect(1, 1.001, 0.006))))
                .toList();
        Map<SeriesKey, SeriesDetail> exhibits = new HashMap<>();
        periodReport.courses().forEach(course -> exhibits.put(course.series().key(), detail(course.series(), 1)));
        DetailedReport detailed = new DetailedReport(
                        Examples.report(findings, List.of(), List.of()), exhibits, List.of())
                .with(new BranchIncidents("main", periodReport.cases(), List.of()));
        String page = page("passing", detailed);

        assertSelfContained(page);
        JsonNode data = data(page);
        assertThat(data.path("gate").path("words").asString()).isEqualTo("PASS");
        assertThat(data.path("open").asString()).matches("\\d+ open incidents? on main(, \\d+ acknowledged)?");
        assertThat(data.path("incidents").size()).isEqualTo(periodReport.cases().size());
        assertThat(data.path("incidents").get(0).path("members").size()).isEqualTo(3);
        assertThat(data(page("everything", detailed(Examples.everything(), 60))).has("open"))
                .isFalse();
    }

    @Test
    void an_incident_of_which_a_part_was_accepted_begins_with_the_rest() throws Exception {
        PeriodReport periodReport = withIncidents(periodReport(12, 80));
        Case whole = periodReport.cases().get(0);
        SeriesKey largest = whole.incident().largest().key();
        Case one = new Case(
                whole.incident(),
                whole.suspects(),
                Optional.empty(),
                Optional.empty(),
                Case.State.NEW,
                Map.of(largest, Case.State.ACCEPTED));
        PeriodReport part = periodReport.with(new PeriodReport.Happened(List.of(one), List.of(), List.of()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        HtmlPeriodReport.write(part, HtmlPeriodReport.View.EXECUTIVE, PageFrame.NONE, out);

        JsonNode incident = data(out.toString(StandardCharsets.UTF_8)).at("/incidents/0");
        JsonNode members = incident.get("members");
        assertThat(incident.get("others").asString()).isEqualTo("1 other accepted");
        assertThat(members.size()).isEqualTo(3);
        assertThat(members.get(0).get("text")).isEqualTo(incident.get("text"));
        assertThat(members.get(0).has("decided")).isFalse();
        assertThat(members.get(2).get("decided").asBoolean()).isTrue();
        assertThat(members.get(2).get("state").asString()).isEqualTo("ACCEPTED");
        assertThat(new IncidentsReport("0.1.0", "main", List.of(one), List.of(), Instant.EPOCH)
                        .details(TextStyle.DEFAULT.withWidth(120)))
                .containsPattern(
                        "(?s)Series \\(3\\).*" + Words.label(largest) + "[^\\n]*accepted\\n[^\\n]*plumb triage");
    }

    @Test
    void a_series_of_a_pull_request_belongs_to_the_incident_of_its_branch() throws Exception {
        PeriodReport periodReport = withIncidents(periodReport(12, 80));
        List<Finding> findings = periodReport.courses().stream()
                .map(course -> course.series().key())
                .map(key -> Examples.finding(
                        new SeriesKey(key.benchmark(), key.metric(), key.environment(), "feature"),
                        Examples.MILLISECONDS,
                        Better.LOWER,
                        new Verdict.Unchanged(Examples.effect(1, 1.001, 0.006))))
                .toList();
        DetailedReport detailed = DetailedReport.bare(Examples.report(findings, List.of(), List.of()))
                .with(new BranchIncidents("main", periodReport.cases(), List.of()));

        JsonNode incident =
                data(page("pull-request", detailed)).path("incidents").get(0);
        assertThat(incident.path("members").size()).isEqualTo(3);
    }

    @Test
    void a_first_run_tells_its_values_and_how_many_more_are_needed() throws Exception {
        List<Finding> findings = new ArrayList<>();
        for (String name : List.of("Sort.quick", "Sort.merge", "Parse.csv")) {
            Finding young = Examples.finding(
                    Examples.key("dev.example." + name, "time"),
                    Examples.MILLISECONDS,
                    Better.LOWER,
                    new Verdict.Inconclusive(
                            new HistoryEvidence.TooFewRuns(0, 5), false, OptionalInt.of(5), Optional.empty()));
            findings.add(new Finding(
                    young.key(),
                    young.unit(),
                    young.better(),
                    young.policy(),
                    young.verdict(),
                    young.severity(),
                    OptionalDouble.of(1.24),
                    young.baseline(),
                    young.pValue(),
                    young.detectableChange(),
                    young.since(),
                    List.of(Rung.decided(new HistoryEvidence.TooFewRuns(0, 5))),
                    young.warnings(),
                    young.history(),
                    young.statement()));
        }
        String page = page("first-run", detailed(Examples.report(findings, List.of(), List.of()), 1));

        assertSelfContained(page);
        JsonNode finding = data(page).path("series").get(0).path("finding");
        assertThat(finding.path("value").asString()).isEqualTo("1.24 ms");
        assertThat(finding.path("young").path("runs").asInt()).isZero();
        assertThat(finding.path("young").path("more").asInt()).isEqualTo(5);
    }

    @Test
    void what_is_over_a_fixed_limit_is_marked_with_the_change_that_was_compared() throws Exception {
        Finding beyond = Examples.finding(
                Examples.key("dev.example.Sort.quick", "time"),
                Examples.MILLISECONDS,
                Better.LOWER,
                new Verdict.Inconclusive(
                        Quotation.of("too noisy"),
                        false,
                        OptionalInt.empty(),
                        Optional.of(Examples.effect(1, 1.04, 0.08))));
        Cause cause = new Cause.OfSeries(
                beyond.key(),
                new Cause.BeyondFixed(0.061, new FixedRule(FixedRule.Kind.SHARE, 0.05, 10)),
                Optional.empty());
        Report judged = Examples.report(List.of(beyond), List.of(), List.of());
        Report report = new Report(
                judged.version(),
                judged.kind(),
                judged.candidates(),
                judged.base(),
                judged.findings(),
                judged.missing(),
                new GateDecision(
                        GateDecision.State.CLOSED,
                        List.of(new GateReason(
                                GatePolicy.Effect.CLOSE,
                                GateReason.Kind.REGRESSION,
                                beyond.key().id(),
                                beyond.id(),
                                cause))),
                judged.problems(),
                judged.notes(),
                judged.policy());
        String page = page("over-limit", detailed(report, 40));

        assertSelfContained(page);
        JsonNode limit = data(page).path("series").get(0).path("finding").path("limit");
        assertThat(limit.path("words").asString()).isEqualTo("over limit");
        assertThat(limit.path("text").asString()).isEqualTo("+6.1 %");
    }

    @Test
    void a_period_says_what_is_open_and_no_line_of_nothing() throws Exception {
        PeriodReport periodReport = withIncidents(periodReport(12, 80));
        JsonNode data = data(page(
                "period",
                out -> HtmlPeriodReport.write(periodReport, HtmlPeriodReport.View.EXECUTIVE, PageFrame.NONE, out)));

        assertThat(data.path("headline").asString())
                .as("what got worse, by how much and since when, before any count")
                .matches(
                        "suite1\\.Group\\.bench\\d is 25\\.\\d % slower and \\d more series are worse since c[0-9a-f]+");
        assertThat(data.path("next").asString()).matches("plumb incidents i[0-9a-f]{8}");
        assertThat(data.path("tone").asString()).isEqualTo("closed");
        assertThat(data.has("facts")).isFalse();
        assertThat(data.path("remarks").toString()).doesNotContain(": 0 ", "together", "debt");
        JsonNode young = data(page(
                "one-run-dashboard",
                out -> HtmlPeriodReport.write(
                        periodReport(3, 1), HtmlPeriodReport.View.DASHBOARD, PageFrame.NONE, out)));
        assertThat(young.path("headline").asString()).isEqualTo("First run recorded; verdicts need 5 more");
    }

    @Test
    void hostile_names_stay_names() throws Exception {
        String page = page("hostile", detailed(Examples.hostile(), 30));

        assertSelfContained(page);
        assertThat(page).doesNotContain("<script>alert(1)", "\u001b", "\u202e");
        assertThat(data(page).path("series").valueStream().map(series -> series.path("label")
                        .asString()))
                .anyMatch(label -> label.startsWith("<script>alert(1)</script>"));
    }

    @Test
    void a_page_of_nothing_or_of_one_point_is_a_page() throws Exception {
        assertSelfContained(page("empty", DetailedReport.bare(Examples.empty())));
        assertSelfContained(page("one-point", detailed(Examples.everything(), 1)));
        assertSelfContained(page("constants", constants()));
        PeriodReport nothing = periodReport(0, 0);
        assertSelfContained(page(
                "empty-dashboard",
                out -> HtmlPeriodReport.write(nothing, HtmlPeriodReport.View.DASHBOARD, PageFrame.NONE, out)));
    }

    @Test
    void a_page_of_a_period_is_self_contained() throws Exception {
        PeriodReport periodReport = withIncidents(periodReport(40, 80));
        for (HtmlPeriodReport.View view : HtmlPeriodReport.View.values()) {
            assertSelfContained(page(
                    view.name().toLowerCase(java.util.Locale.ROOT),
                    out -> HtmlPeriodReport.write(periodReport, view, PageFrame.NONE, out)));
        }
    }

    @Test
    void an_incident_of_a_page_names_its_series_its_runs_and_where_it_stands() throws Exception {
        PeriodReport periodReport = withIncidents(periodReport(12, 80));
        JsonNode data = data(page(
                "incidents",
                out -> HtmlPeriodReport.write(periodReport, HtmlPeriodReport.View.DASHBOARD, PageFrame.NONE, out)));

        assertThat(data.path("incidents").size()).isEqualTo(periodReport.cases().size());
        JsonNode incident = data.path("incidents").get(0);
        assertThat(incident.path("state").asString()).isEqualTo("NEW");
        assertThat(incident.path("open").asBoolean()).isTrue();
        assertThat(incident.path("count").asInt()).isEqualTo(3);
        assertThat(incident.path("members").valueStream().map(member -> data.path("series")
                        .get(member.path("series").asInt())
                        .path("label")
                        .asString()))
                .containsExactlyInAnyOrder(
                        "org.example.suite0.Group.bench0",
                        "org.example.suite1.Group.bench4",
                        "org.example.suite2.Group.bench8");
        assertThat(data.path("runs")
                        .path("commit")
                        .get(incident.path("run").asInt())
                        .asString())
                .isEqualTo("c%07x00".formatted(40));
        assertThat(data.path("runs")
                        .path("commit")
                        .get(incident.path("after").asInt())
                        .asString())
                .isEqualTo("c%07x00".formatted(39));
    }

    @Test
    void ten_thousand_points_are_a_page() throws Exception {
        PeriodReport periodReport = periodReport(2, 10_000);
        assertSelfContained(page(
                "ten-thousand",
                out -> HtmlPeriodReport.write(periodReport, HtmlPeriodReport.View.HISTORY, PageFrame.NONE, out)));
    }

    @Test
    void a_thousand_series_of_a_thousand_points_are_a_page_within_ten_seconds() throws Exception {
        PeriodReport periodReport = periodReport(1000, 1000);
        long begin = System.nanoTime();
        String page = page(
                "million",
                out -> HtmlPeriodReport.write(periodReport, HtmlPeriodReport.View.DASHBOARD, PageFrame.NONE, out));

        assertThat((System.nanoTime() - begin) / 1e9).isLessThan(10);
        assertSelfContained(page);
    }

    @Test
    void what_is_infinite_or_not_a_number_is_a_page() throws Exception {
        Finding infinite = Examples.finding(
                Examples.key("org.example.Odd.infinite", "time"),
                Examples.MILLISECONDS,
                Better.LOWER,
                new Verdict.Inconclusive(
                        Quotation.of("the interval is unbounded"),
                        false,
                        OptionalInt.empty(),
                        Optional.of(new Effect(0, 1, Double.POSITIVE_INFINITY, Interval.unbounded(0.95)))));
        Finding unknown = Examples.finding(
                Examples.key("org.example.Odd.unknown", "time"),
                Examples.MILLISECONDS,
                Better.LOWER,
                new Verdict.Inconclusive(
                        Quotation.of("there is no scale"), false, OptionalInt.empty(), Optional.empty()));
        double[] odd = {0, Double.MAX_VALUE, Double.MIN_VALUE, -1, 1e-300, -Double.MAX_VALUE, 1e300, 0, 0, 1, 2, 3};
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < odd.length; i++) {
            points.add(new Point(Examples.run(i, "c" + i), odd[i], 1, 0, false));
        }
        Series series = new Series(infinite.key(), infinite.unit(), infinite.better(), points, List.of());
        DetailedReport detailed = new DetailedReport(
                Examples.report(List.of(infinite, unknown), List.of(), List.of()),
                Map.of(infinite.key(), detail(series, 1)),
                List.of());
        assertSelfContained(
                page("odd-numbers", out -> HtmlReport.write(detailed, HtmlReport.View.DASHBOARD, PageFrame.NONE, out)));
        PeriodReport periodReport = new PeriodReport(
                "0.1.0",
                "Odd numbers",
                Instant.EPOCH,
                Instant.parse("2027-01-30T00:00:00Z"),
                List.of(new SeriesCourse(series, StepScan.analyze(series.values()))),
                Policy.DEFAULT);
        assertSelfContained(page(
                "odd-dashboard",
                out -> HtmlPeriodReport.write(periodReport, HtmlPeriodReport.View.DASHBOARD, PageFrame.NONE, out)));
    }

    @Test
    void a_dashboard_of_one_run_or_of_constants_is_a_page() throws Exception {
        assertSelfContained(page(
                "one-run-dashboard",
                out -> HtmlPeriodReport.write(
                        periodReport(3, 1), HtmlPeriodReport.View.DASHBOARD, PageFrame.NONE, out)));
        Series sevens = new Series(
                Examples.key("org.example.Constant.value", "gc.count"),
                Unit.of("counts"),
                Better.LOWER,
                IntStream.range(0, 40)
                        .mapToObj(i -> new Point(Examples.run(i, "c" + i), 7, 1, 0, false))
                        .toList(),
                List.of());
        PeriodReport periodReport = new PeriodReport(
                "0.1.0",
                "Constants",
                Instant.EPOCH,
                Instant.parse("2027-01-30T00:00:00Z"),
                List.of(new SeriesCourse(sevens, StepScan.analyze(sevens.values()))),
                Policy.DEFAULT);
        assertSelfContained(page(
                "constant-dashboard",
                out -> HtmlPeriodReport.write(periodReport, HtmlPeriodReport.View.DASHBOARD, PageFrame.NONE, out)));
    }

    @Test
    void a_dashboard_of_hostile_names_is_a_page() throws Exception {
        List<SeriesCourse> courses = new ArrayList<>();
        for (Finding finding : Examples.hostile().findings()) {
            Series series = course(finding.key(), finding.unit(), finding.better(), 3, 40, courses.size() % 2 == 0);
            courses.add(new SeriesCourse(series, StepScan.analyze(series.values())));
        }
        PeriodReport periodReport = new PeriodReport(
                "<script>alert(1)</script>",
                "<img src=x onerror=alert(1)>",
                Instant.EPOCH,
                Instant.parse("2027-01-30T00:00:00Z"),
                courses,
                Policy.DEFAULT);
        String page = page(
                "hostile-dashboard",
                out -> HtmlPeriodReport.write(periodReport, HtmlPeriodReport.View.DASHBOARD, PageFrame.NONE, out));
        assertSelfContained(page);
        assertThat(page).doesNotContain("<script>alert(1)", "<img src=x", "\u001b", "\u202e");
    }

    @Test
    void a_thousand_benchmarks_with_three_hundred_runs_take_less_than_three_megabytes() throws Exception {
        String page = page("thousand", detailed(Examples.large(1000), 300));

        assertSelfContained(page);
        assertThat(page.length()).isLessThan(3_000_000);
    }

    @Test
    void equal_dossiers_are_equal_bytes() throws IOException {
        assertThat(page("everything", detailed(Examples.everything(), 60)))
                .isEqualTo(page("everything", detailed(Examples.everything(), 60)));
    }
}
