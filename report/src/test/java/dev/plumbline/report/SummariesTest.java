package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.incident.Case;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.model.name.NamePattern;
import dev.plumbline.core.role.Role;
import dev.plumbline.core.role.RoleRule;
import dev.plumbline.core.role.Roles;
import dev.plumbline.core.stats.steps.StepScan;
import dev.plumbline.report.answer.IncidentsReport;
import dev.plumbline.report.content.SeriesCourse;
import dev.plumbline.report.format.MarkdownText;
import dev.plumbline.report.html.HtmlPagesTest;
import dev.plumbline.report.period.Balance;
import dev.plumbline.report.period.CourseWords;
import dev.plumbline.report.period.JsonPeriodReport;
import dev.plumbline.report.period.MarkdownPeriodReport;
import dev.plumbline.report.period.PeriodReport;
import dev.plumbline.report.period.PeriodReport.Event;
import dev.plumbline.report.period.PeriodReport.Standing;
import dev.plumbline.report.period.PeriodSummary;
import dev.plumbline.report.period.TextPeriodReport;
import dev.plumbline.report.terminal.TextStyle;
import dev.plumbline.report.text.CiSummary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The short forms: a job's summary, and a period on one page. */
class SummariesTest {
    private static String ci(Report report) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CiSummary.write(report, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String json(PeriodReport periodReport) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonPeriodReport.write(periodReport, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static void assertValid(String schema, String json) throws IOException {
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(Files.readString(Path.of("..", "docs", schema)), InputFormat.JSON)
                        .validate(json, InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void every_summary_is_valid() throws IOException {
        for (Report report : List.of(Examples.everything(), Examples.healthy(), Examples.empty(), Examples.hostile())) {
            assertValid("ci-schema.json", ci(report));
        }
        assertValid("chronicle-schema.json", json(HtmlPagesTest.periodReport(12, 60)));
        assertValid("chronicle-schema.json", json(HtmlPagesTest.periodReport(0, 0)));
    }

    @Test
    void a_closed_gate_blocks_and_tells_why_and_what_to_do() throws IOException {
        String text = CiSummary.text(Examples.everything(), TextStyle.DEFAULT);

        assertThat(text.lines().toList())
                .anyMatch(line -> line.matches("blocking +yes"))
                .anyMatch(line -> line.startsWith("why "))
                .anyMatch(line -> line.startsWith("worst "))
                .anyMatch(line -> line.startsWith("next "));
        assertThat(ci(Examples.everything())).contains("\"blocking\": true");
        assertThat(ci(Examples.healthy())).contains("\"blocking\": false");
    }

    @Test
    void a_benchmark_that_lacks_two_metrics_counts_once_as_in_the_headline_and_twice_among_the_findings()
            throws IOException {
        Report report = Examples.report(
                List.of(Situation.unchanged("Sort")),
                List.of(Missing.metric(Examples.key("Csv", "time")), Missing.metric(Examples.key("Csv", "allocated"))),
                List.of());

        JsonNode summary = new ObjectMapper().readTree(ci(report));

        assertThat(summary.path("benchmarks").path("MISSING").asInt()).isEqualTo(1);
        assertThat(summary.path("counts").path("MISSING").asInt()).isEqualTo(2);
        assertThat(Headline.counts(report)).contains("1 missing");
        assertThat(described("counts", "MISSING"))
                .as("what the schema has to say of the difference")
                .contains("in each environment");
    }

    private static String described(String object, String member) throws IOException {
        return new ObjectMapper()
                .readTree(Files.readString(Path.of("..", "docs", "ci-schema.json")))
                .path("properties")
                .path(object)
                .path("properties")
                .path(member)
                .path("description")
                .asString();
    }

    @Test
    void nothing_from_outside_breaks_a_line_or_the_markdown() {
        assertThat(CiSummary.text(Examples.hostile(), TextStyle.DEFAULT)).doesNotContain("\u001b", "\u202e", "\r");
        assertThat(CiSummary.markdown(Examples.hostile())).doesNotContain("<script>", "](javascript", "@everyone");
    }

    @Test
    void a_period_counts_its_steps_and_what_was_not_won_back() {
        PeriodReport periodReport = HtmlPagesTest.periodReport(12, 80);

        assertThat(periodReport.standing(Standing.WORSE)).hasSize(3);
        assertThat(periodReport.standing(Standing.LEVEL)).hasSize(9);
        assertThat(periodReport.events()).hasSize(3).allMatch(Event::worse);
        assertThat(periodReport.indebted()).hasSize(3).allSatisfy(course -> assertThat(
                        course.debtSince(periodReport.since()))
                .isBetween(0.23, 0.27));
        assertThat(periodReport.weeks().stream()
                        .mapToInt(PeriodReport.Week::worse)
                        .sum())
                .isEqualTo(3);
        assertThat(PeriodSummary.line(periodReport)).contains("12 benchmarks: 3 worse", "9 level");
    }

    @Test
    void a_change_has_the_interval_of_its_step_and_a_level_that_of_its_noise() {
        PeriodReport periodReport = HtmlPagesTest.periodReport(12, 80);
        for (SeriesCourse course : periodReport.courses()) {
            boolean moved = periodReport.standing(course) == Standing.WORSE;
            assertThat(course.changeInterval(periodReport.since()).isPresent()).isEqualTo(moved);
            course.changeInterval(periodReport.since()).ifPresent(interval -> {
                assertThat(interval.contains(course.changeSince(periodReport.since())))
                        .isTrue();
                assertThat(interval.contains(0)).isFalse();
            });
            // noise of 1 % over 40 or 80 values: 1.96 * 1 % / sqrt(n) is 0.2 or 0.3 %
            assertThat(CourseWords.levelError(course)).matches("±0\\.[1-5] %");
        }
        SeriesCourse few = HtmlPagesTest.periodReport(1, 5).courses().get(0);
        assertThat(CourseWords.levelError(few)).isEmpty();
    }

    @Test
    void several_steps_have_an_interval_around_what_they_come_to() {
        SeriesCourse course = HtmlPagesTest.twice();

        double change = course.changeSince(java.time.Instant.EPOCH);
        assertThat(course.steps().steps()).hasSize(2);
        // 1.25 * 1.25 - 1
        assertThat(change).isBetween(0.55, 0.58);
        assertThat(course.changeInterval(java.time.Instant.EPOCH)).hasValueSatisfying(interval -> {
            assertThat(interval.low()).isBetween(0.53, change);
            assertThat(interval.high()).isBetween(change, 0.6);
        });
    }

    @Test
    void facts_and_pages_count_the_same_incidents_as_open_and_say_what_is_known_of_them() {
        PeriodReport periodReport = HtmlPagesTest.periodReport(5, 40);
        List<Case> cases = HtmlPagesTest.withIncidents(periodReport).cases();
        Case one = cases.get(0);
        List<Case> three = Stream.of(Case.State.NEW, Case.State.ACKNOWLEDGED, Case.State.FALSE_ALARM)
                .map(state -> standing(one, state))
                .toList();

        Balance balance = new Balance(periodReport.with(new PeriodReport.Happened(three, List.of(), List.of())));

        assertThat(balance.openWords()).isEqualTo("1 open, 1 acknowledged");
        assertThat(balance.sentences())
                .anyMatch(sentence -> sentence.startsWith(
                        "open: 1 incident: " + one.incident().id()))
                .anyMatch(sentence -> sentence.startsWith(
                        "acknowledged: 1 incident: " + one.incident().id()));
        assertThat(first(periodReport, three).get(0))
                .startsWith("suite1.Group.bench4 is 25.4 % slower and 1 more series is worse since ");
        assertThat(first(periodReport, three).subList(1, 3))
                .containsExactly("next: plumb incidents " + one.incident().id(), "1 acknowledged");
        assertThat(first(periodReport, three.subList(1, 3)).subList(0, 2))
                .containsExactly("No open incident", "1 acknowledged");
        assertThat(new Balance(periodReport.with(PeriodReport.Happened.NOTHING)).openWords())
                .isEmpty();
    }

    /** The lines below the title and the period. */
    private static List<String> first(PeriodReport periodReport, List<Case> cases) {
        return TextPeriodReport.of(
                        periodReport.with(new PeriodReport.Happened(cases, List.of(), List.of())),
                        false,
                        TextStyle.DEFAULT.withWidth(120))
                .lines()
                .skip(2)
                .toList();
    }

    @Test
    void bars_show_the_whole_period_beside_its_change() {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < 160; i++) {
            points.add(new Point(Examples.run(i, "c%07x".formatted(i)), i < 80 ? 100 : 150, 1, 0, false));
        }
        Series series = new Series(
                Examples.key("org.example.Once.slower", "time"),
                Examples.MILLISECONDS,
                Better.LOWER,
                points,
                List.of());
        PeriodReport periodReport = new PeriodReport(
                "0.1.0",
                "once",
                Instant.EPOCH,
                Instant.parse("2028-01-01T00:00:00Z"),
                List.of(new SeriesCourse(series, StepScan.analyze(series.values()))),
                Policy.DEFAULT);

        assertThat(TextPeriodReport.of(periodReport, true, TextStyle.DEFAULT.withWidth(120)))
                .contains("+50.0 %", "▁".repeat(12) + "█".repeat(12));
        assertThat(MarkdownPeriodReport.of(periodReport, true)).contains("▁".repeat(10) + "█".repeat(10));
        Instant late = points.get(120).run().time();
        PeriodReport quiet =
                new PeriodReport("0.1.0", "late", late, periodReport.until(), periodReport.courses(), Policy.DEFAULT);
        assertThat(MarkdownPeriodReport.of(quiet, true)).contains("▄".repeat(20));
    }

    @Test
    void a_context_metric_is_never_behind_its_best() {
        List<SeriesCourse> courses = Stream.of("time", "gc.alloc.rate.norm", "gc.count")
                .map(metric -> {
                    List<Point> points = new ArrayList<>();
                    for (int i = 0; i < 80; i++) {
                        points.add(new Point(Examples.run(i, "c%07x".formatted(i)), i < 40 ? 100 : 150, 1, 0, false));
                    }
                    Series series = new Series(
                            Examples.key("org.example.Once.slower", metric),
                            Examples.MILLISECONDS,
                            Better.LOWER,
                            points,
                            List.of());
                    return new SeriesCourse(series, StepScan.analyze(series.values()));
                })
                .toList();
        RoleRule counters = new RoleRule("counters", Optional.empty(), new NamePattern("gc.count"), Role.CONTEXT, true);
        Policies policies = new Policies() {
            @Override
            public Policy of(SeriesKey key, Unit unit) {
                return Policy.DEFAULT;
            }

            @Override
            public Policy general() {
                return Policy.DEFAULT;
            }

            @Override
            public Roles roles() {
                return new Roles(List.of(counters), List.of());
            }
        };
        PeriodReport periodReport = new PeriodReport(
                "0.1.0", "once", Instant.EPOCH, Instant.parse("2028-01-01T00:00:00Z"), courses, policies);

        assertThat(periodReport.indebted())
                .extracting(course -> course.series().key().metric())
                .containsExactlyInAnyOrder("time", "gc.alloc.rate.norm");
    }

    /** A case as if it stood elsewhere. */
    static Case standing(Case one, Case.State state) {
        return new Case(one.incident(), List.of(), Optional.empty(), Optional.empty(), state, Map.of());
    }

    @Test
    void incidents_that_wait_for_nobody_are_counted_by_why() {
        Case one = HtmlPagesTest.withIncidents(HtmlPagesTest.periodReport(5, 40))
                .cases()
                .get(0);
        List<Case> untold = Stream.of(
                        Case.State.FALSE_ALARM,
                        Case.State.FIXED,
                        Case.State.ACCEPTED,
                        Case.State.RECOVERED,
                        Case.State.ACCEPTED)
                .map(state -> standing(one, state))
                .toList();

        assertThat(new IncidentsReport("0.1.0", "main", List.of(one), untold, Instant.EPOCH)
                        .list(TextStyle.DEFAULT.withWidth(200)))
                .startsWith("1 open incident on main: ")
                .contains("\nnot open: 2 accepted, 1 fix promised, 1 recovered, 1 a false alarm; list"
                        + " them with --all\nnext: plumb incidents i51c24a37 ");
        assertThat(new IncidentsReport("0.1.0", "main", List.of(), untold.subList(1, 2), Instant.EPOCH)
                        .list(TextStyle.DEFAULT))
                .contains("not open: 1 fix promised; list it with --all");
    }

    @Test
    void sentences_are_whole_in_markdown() {
        PeriodReport several = HtmlPagesTest.periodReport(5, 40);
        Case one = HtmlPagesTest.withIncidents(several).cases().get(0);
        PeriodReport periodReport =
                several.with(new PeriodReport.Happened(List.of(one, one, one, one), List.of(), List.of()));

        List<String> facts = PeriodSummary.facts(periodReport);

        assertThat(facts).anyMatch(fact -> fact.length() > 150);
        assertThat(MarkdownPeriodReport.of(periodReport, false).lines().filter(line -> line.startsWith("- ")))
                .containsAll(facts.stream()
                        .map(fact -> "- " + MarkdownText.escape(fact, Integer.MAX_VALUE))
                        .toList())
                .noneMatch(fact -> fact.contains("…"));
    }

    @Test
    void what_happened_before_the_period_is_no_event_of_it() {
        PeriodReport whole = HtmlPagesTest.periodReport(4, 80);
        PeriodReport late = new PeriodReport(
                whole.version(),
                whole.title(),
                java.time.Instant.parse("2027-01-05T00:00:00Z"),
                whole.until(),
                whole.courses(),
                whole.policies());

        assertThat(late.courses()).hasSize(4);
        assertThat(late.events()).isEmpty();
        assertThat(late.standing(Standing.WORSE)).isEmpty();
        assertThat(late.indebted()).isEmpty();
    }

    @Test
    void few_runs_are_too_short_to_tell() {
        PeriodReport periodReport = HtmlPagesTest.periodReport(3, 5);

        assertThat(periodReport.standing(Standing.UNKNOWN)).hasSize(3);
        assertThat(TextPeriodReport.of(periodReport, true, TextStyle.DEFAULT))
                .containsIgnoringWhitespaces("3 too short to judge");
    }

    @Test
    void a_sentence_names_three_and_counts_the_others() {
        assertThat(Balance.more(7, "; ")).isEqualTo("; and 4 more");
        assertThat(Balance.more(3, "; ")).isEmpty();
        assertThat(Balance.more(0, ", ")).isEmpty();
    }
}
