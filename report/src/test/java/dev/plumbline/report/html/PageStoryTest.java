package dev.plumbline.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.core.role.Role;
import dev.plumbline.report.BenchmarkAnswer;
import dev.plumbline.report.CommitTitle;
import dev.plumbline.report.DoubtWords;
import dev.plumbline.report.Examples;
import dev.plumbline.report.GateWords;
import dev.plumbline.report.Harmless;
import dev.plumbline.report.Headline;
import dev.plumbline.report.MeasuredChange;
import dev.plumbline.report.MissingWords;
import dev.plumbline.report.RandomReports;
import dev.plumbline.report.Report;
import dev.plumbline.report.Report.Group;
import dev.plumbline.report.Situation;
import dev.plumbline.report.WarningWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.terminal.TextStyle;
import dev.plumbline.report.text.CiSummary;
import dev.plumbline.report.text.TextReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a browser gets of a report is what every other form of it says. */
class PageStoryTest {
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);
    private static final Pattern SUMMARY = Pattern.compile("<noscript><pre>(.*?)</pre></noscript>", Pattern.DOTALL);

    private static String page(Report report, HtmlReport.View view) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            HtmlReport.write(DetailedReport.bare(report), view, PageFrame.NONE, out);
        } catch (IOException e) {
            throw new AssertionError("memory does not fail", e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_page_of_ten_thousand_benchmarks_takes_seconds() {
        assertTimeout(
                Duration.ofSeconds(60), () -> assertThat(data(page(Examples.large(10_000), HtmlReport.View.DASHBOARD))
                                .path("benchmarks")
                                .size())
                        .isEqualTo(10_000));
    }

    @Test
    void a_held_page_has_the_next_step_of_the_terminal_and_counts_noise_as_the_headline_does() {
        for (Situation situation : Situation.values()) {
            Report report = situation.report();
            JsonNode data = data(page(report, HtmlReport.View.REPORT));
            String next = data.path("gate").path("next").asString("");
            int quiet = data.path("counts").path("WITHIN_NOISE").asInt();

            assertThat(next.isEmpty())
                    .as("%s", situation)
                    .isEqualTo(report.gate().state() == GateDecision.State.OPEN);
            if (quiet > 0) {
                assertThat(data.path("counted").asString()).contains(quiet + " within noise");
            }
        }
    }

    private static JsonNode data(String page) {
        Matcher data = DATA.matcher(page);
        assertThat(data.find()).isTrue();
        return JsonMapper.builder().build().readTree(data.group(1));
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    private static void assertSameStory(Report report) {
        JsonNode data = data(page(report, HtmlReport.View.REPORT));

        assertThat(data.path("counted").asString()).isEqualTo(Headline.counts(report));
        assertThat(data.path("gate").path("state").asString())
                .isEqualTo(report.gate().state().name());
        assertThat(data.path("gate").path("words").asString()).isEqualTo(Headline.status(report.gate()));
        assertThat(texts(data.path("gate").path("reasons"))).isEqualTo(GateWords.reasons(report));
        assertThat(data.path("gate").path("reason").asString())
                .isEqualTo(Words.gateReason(report).orElse(""));
        assertThat(texts(data.path("next"))).isEqualTo(CiSummary.nextSteps(report));
        assertThat(texts(data.path("missing"))).isEqualTo(MissingWords.lines(report));
        assertThat(texts(data.path("notes"))).isEqualTo(report.notes());
        assertThat(texts(data.path("problems")))
                .isEqualTo(report.problems().stream().map(Object::toString).toList());
        report.benchmarkCounts()
                .forEach((group, count) ->
                        assertThat(data.path("counts").path(group).asInt()).isEqualTo(count));
        assertThat(data.path("odd").asString("")).isEqualTo(report.odd().orElse(""));
        assertThat(data.path("series").size()).isEqualTo(report.findings().size());
        for (int i = 0; i < report.findings().size(); i++) {
            assertSame(report.findings().get(i), data.path("series").path(i), report);
        }
        assertBenchmarks(report, data);
    }

    private static void assertSame(Finding finding, JsonNode whole, Report report) {
        JsonNode series = whole.path("finding");
        assertThat(whole.path("label").asString()).isEqualTo(Words.label(finding.key()));
        assertThat(whole.path("metric").asString()).isEqualTo(finding.key().metric());
        assertThat(series.path("group").asString()).isEqualTo(Group.of(finding).name());
        assertThat(series.path("severity").asString())
                .isEqualTo(finding.severity().name());
        assertThat(series.path("why").asString()).isEqualTo(DoubtWords.why(finding));
        assertThat(series.has("effect")).isEqualTo(finding.verdict().effect().isPresent());
        finding.verdict().effect().ifPresent(effect -> {
            MeasuredChange measured = MeasuredChange.of(finding).orElseThrow();
            assertThat(series.path("effect").path("text").asString()).isEqualTo(measured.change());
            assertThat(series.path("effect").path("interval").asString()).isEqualTo(measured.interval());
            assertThat(series.path("effect").path("worse").asBoolean())
                    .isEqualTo(finding.better().isWorse(effect.relativeChange()));
            // a number that is drawn is a number
            assertThat(series.path("effect").has("relative")).isEqualTo(Double.isFinite(effect.relativeChange()));
        });
        assertThat(texts(series.path("warnings"))).isEqualTo(WarningWords.of(finding));
        assertThat(series.path("ladder").size()).isEqualTo(finding.trace().size());
        assertThat(series.path("blocks").asString(""))
                .isEqualTo(report.against().of(finding.key()).orElse(""));
        assertThat(series.path("secondary").asBoolean(false))
                .isEqualTo(report.gate().role(finding.key()) == Role.SECONDARY);
        assertThat(series.path("since").asString("")).isEqualTo(finding.since());
    }

    /** Each series belongs to exactly one benchmark, the one that stands for it first. */
    private static void assertBenchmarks(Report report, JsonNode data) {
        List<BenchmarkAnswer> answers =
                report.benchmarks().stream().filter(answer -> !answer.isGone()).toList();
        Set<Integer> places = new HashSet<>();
        assertThat(data.path("benchmarks").size()).isEqualTo(answers.size());
        for (int i = 0; i < answers.size(); i++) {
            JsonNode benchmark = data.path("benchmarks").path(i);
            BenchmarkAnswer answer = answers.get(i);
            assertThat(benchmark.path("group").asString())
                    .isEqualTo(answer.group().name());
            List<Integer> series =
                    benchmark.path("series").valueStream().map(JsonNode::asInt).toList();
            assertThat(series.stream().map(report.findings()::get)).isEqualTo(answer.findings());
            places.addAll(series);
        }
        assertThat(places)
                .isEqualTo(Set.copyOf(
                        IntStream.range(0, report.findings().size()).boxed().toList()));
    }

    @ParameterizedTest
    @EnumSource
    void every_situation_is_told_as_elsewhere(Situation situation) {
        assertSameStory(situation.report());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 13, 19, 30})
    void every_mixture_is_told_as_elsewhere(int seed) {
        assertSameStory(RandomReports.of(seed));
    }

    @ParameterizedTest
    @EnumSource
    void both_views_have_the_same_rows(HtmlReport.View view) {
        Report report = Examples.everything();
        JsonNode data = data(page(report, view));

        assertThat(data.path("view").asString()).isEqualToIgnoringCase(view.name());
        assertThat(data.path("series"))
                .isEqualTo(data(page(report, HtmlReport.View.REPORT)).path("series"));
    }

    @ParameterizedTest
    @EnumSource
    void who_runs_no_scripts_reads_the_report_of_a_terminal(Situation situation) {
        Report report = situation.report();
        Matcher summary = SUMMARY.matcher(page(report, HtmlReport.View.REPORT));

        assertThat(summary.find()).isTrue();
        assertThat(summary.group(1)
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&quot;", "\"")
                        .replace("&amp;", "&"))
                .isEqualTo(TextReport.of(report, TextStyle.DEFAULT.withWidth(100)));
    }

    @Test
    void a_page_says_its_language_its_width_and_its_title_and_loads_nothing() {
        String page = page(Examples.everything(), HtmlReport.View.REPORT);

        assertThat(page)
                .startsWith("<!doctype html>\n<html lang=\"en\">")
                .contains(
                        "<meta charset=\"utf-8\">",
                        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
                        "<meta name=\"color-scheme\" content=\"light dark\">",
                        "<title>Plumbline: FAIL commit cccccccccc on main</title>",
                        "default-src 'none'");
        assertThat(page).doesNotContain(" src=\"", "<iframe", "javascript:", "@import");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 11, 29})
    void no_name_ends_the_title_the_summary_or_the_data(int seed) {
        Report report = RandomReports.hostile(seed);
        String page = page(report, HtmlReport.View.REPORT);

        assertThat(page.split("<title>", -1)).hasSize(2);
        assertThat(page.split("</pre>", -1)).hasSize(2);
        // the data, the bundle, and nothing from outside
        assertThat(page.split("</script>", -1)).hasSize(3);
        Matcher data = DATA.matcher(page);
        assertThat(data.find()).isTrue();
        assertThat(data.group(1)).doesNotContain("<");
        assertThat(data.group(1).chars()).allMatch(character -> character < 0x7f);
        Matcher summary = SUMMARY.matcher(page);
        assertThat(summary.find()).isTrue();
        assertThat(summary.group(1).codePoints()).noneMatch(Harmless::isDangerous);
    }

    @Test
    void a_frame_names_its_project_and_its_pages_and_no_file_outside_its_folder() throws IOException {
        PageFrame frame = new PageFrame(
                Forge.ofRemote("https://github.com/acme/tally.git"),
                "tally <b>\u202e",
                Map.of(),
                List.of(new PageFrame.Link("Runs", "runs.html")));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        HtmlReport.write(DetailedReport.bare(Examples.healthy()), HtmlReport.View.REPORT, frame, out);
        String page = out.toString(StandardCharsets.UTF_8);
        JsonNode data = data(page);

        assertThat(data.path("forge").asString()).isEqualTo("https://github.com/acme/tally/commit/");
        assertThat(data.path("links").path(0).path(1).asString()).isEqualTo("runs.html");
        assertThat(page).contains("<title>tally &lt;b&gt;\\u202e: PASS");
        for (String file : List.of("../x.html", "x.htm", "X.html", "a/b.html", "", "x.html?", "javascript:x.html")) {
            assertThatIllegalArgumentException().isThrownBy(() -> new PageFrame.Link("x", file));
        }
    }

    @Test
    void a_frame_shows_the_first_line_of_a_message_and_no_address_of_its_author() {
        PageFrame frame = new PageFrame(
                Optional.empty(),
                "",
                Map.of(
                        "cccccccccccccccccccc",
                        new CommitTitle("Ada <ada@example.org>", "first\nsecond\n"),
                        "dddddddddddddddddddd",
                        new CommitTitle("", "x".repeat(500))),
                List.of());

        assertThat(frame.title(Examples.run(1, "cccccccccccccccccccc")).author())
                .isEqualTo("Ada");
        assertThat(frame.title(Examples.run(1, "cccccccccccccccccccc")).subject())
                .isEqualTo("first");
        assertThat(frame.title(Examples.run(1, "dddddddddddddddddddd")).subject())
                .hasSize(201)
                .endsWith("…");
        assertThat(frame.title(Examples.run(1, "nowhere")).subject()).isEmpty();
    }
}
