package dev.plumbline.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.finding.AlreadyOpen;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Rung;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.SeriesWarning;
import dev.plumbline.report.CommitAuthors;
import dev.plumbline.report.Examples;
import dev.plumbline.report.Golden;
import dev.plumbline.report.Report;
import dev.plumbline.report.Situation;
import dev.plumbline.report.evidence.NamedNumber;
import dev.plumbline.report.evidence.Quotation;
import dev.plumbline.report.terminal.Ansi;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.report.terminal.TextStyle;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FirstScreenTest {
    private static final TextStyle WIDE = TextStyle.DEFAULT.withWidth(120);

    @Test
    void says_what_happened_how_bad_since_when_and_what_to_type_next() {
        Finding slower = finding("CsvLine.split", 133, 196);
        Report report = Examples.report(List.of(slower), List.of(), List.of());

        assertThat(FirstScreen.of(report, WIDE).lines().toList())
                .contains("FAIL  1 regression in this change")
                .contains("  ✗ critical  CsvLine.split  time  133 → 196 ms  +47.4 %  (+45.4 % to +49.4 %)")
                .endsWith("next: plumb explain CsvLine.split · all details: -v");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void measuring_again_is_advised_only_where_more_runs_of_the_commit_can_settle_it(boolean canSettle) {
        Finding suspect = Examples.finding(
                Examples.key("parse", "time"),
                Examples.MILLISECONDS,
                Better.LOWER,
                new Verdict.Inconclusive(
                        Quotation.of("it may be chance"),
                        true,
                        canSettle ? OptionalInt.of(1) : OptionalInt.empty(),
                        Optional.of(Examples.effect(100, 130, 0.05))));
        Report report = Examples.report(List.of(suspect), List.of(), List.of());

        assertThat(FirstScreen.of(report, WIDE).contains("measure this commit again"))
                .isEqualTo(canSettle);
        assertThat(FirstScreen.of(report, WIDE).contains("only a longer history can decide"))
                .isEqualTo(!canSettle);
        assertThat(CiSummary.nextSteps(report).toString().contains("Measure the same commit once more"))
                .isEqualTo(canSettle);
    }

    @Test
    void a_file_that_measures_a_benchmark_several_times_in_one_run_is_pointed_out() {
        Report once = Examples.report(List.of(finding("CsvLine.split", 133, 196)), List.of(), List.of());
        Finding pooled = once.findings()
                .get(0)
                .withWarning(new Warning.OfSeries(
                        new SeriesWarning.Pooled(1, 5, once.candidates().get(0))));

        assertThat(FirstScreen.of(Examples.report(List.of(pooled), List.of(), List.of()), WIDE)
                        .replaceAll("\\s+", " "))
                .contains(", 5 measurements of each benchmark as one run, against ");
        assertThat(FirstScreen.of(once, WIDE)).doesNotContain("measurements of each");
    }

    private static final String DEEP = "org.example." + "deep.".repeat(30);
    private static final String HEBREW = "מאוד.".repeat(30);

    @ParameterizedTest
    @CsvSource({"40, false", "80, false", "120, false", "400, false", "80, true", "120, true"})
    void long_names_are_shortened_where_they_are_alike_and_move_no_numbers_out_of_sight(int width, boolean whole) {
        List<Finding> findings = new ArrayList<>();
        List<String> names = List.of(
                DEEP + "Sort.quick",
                DEEP + "Sort.merge",
                DEEP.replace("deep", "duup") + "Sort.quick",
                HEBREW + "א",
                HEBREW + "ב");
        for (int i = 0; i < names.size(); i++) {
            findings.add(finding(names.get(i), 100, 150 + i));
        }
        Report report = Examples.report(findings, List.of(), List.of());
        for (boolean unicode : new boolean[] {true, false}) {
            TextStyle style =
                    TextStyle.DEFAULT.withWidth(width).withWhole(whole).withUnicode(unicode);

            List<String> rows = FirstScreen.of(report, style)
                    .lines()
                    .filter(line -> line.matches("  [✗X] .*"))
                    .toList();

            assertThat(rows).hasSize(names.size());
            assertThat(rows.stream()
                            .map(row -> row.replaceFirst(" time .*|  \\+.*", "").strip())
                            .distinct())
                    .as("%s", rows)
                    .hasSize(names.size());
            if (width < 400 || whole) {
                assertThat(rows).anyMatch(row -> row.contains(style.ellipsis()));
            }
            int columns = whole ? 170 : width;
            assertThat(rows)
                    .allSatisfy(row -> assertThat(TerminalText.width(row)).isLessThanOrEqualTo(columns));
            if (!whole && width == 400 && unicode) {
                assertThat(String.join("\n", rows)).contains(names);
            }
        }
    }

    @Test
    void what_no_command_does_stands_before_the_commands_as_a_sentence() {
        Finding suspect = Examples.everything().findings().stream()
                .filter(Finding::isSuspect)
                .findFirst()
                .orElseThrow();
        Report once = Examples.report(List.of(suspect), List.of(), List.of());
        Report disturbed = new Report(
                        once.version(),
                        once.kind(),
                        once.candidates(),
                        once.base(),
                        List.of(finding("CsvLine.split", 133, 196)),
                        List.of(),
                        once.gate(),
                        List.of(),
                        List.of(),
                        once.policy())
                .withOdd(Optional.of("much of the suite is off at once"));

        assertThat(FirstScreen.of(once, WIDE))
                .endsWith("\nnext: measure this commit again, or give --confirm 'COMMAND' · plumb explain"
                        + " dev.example.tally.Cache.hit · all details: -v\n");
        assertThat(FirstScreen.of(disturbed, WIDE))
                .endsWith("\nnext: measure this commit again, on an idle machine · all details: -v\n");
    }

    @Test
    void the_note_of_a_comparison_stays_where_regressions_fill_the_screen() {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            findings.add(finding("Sort.b" + i, 100, 120 + i));
        }
        findings.add(open("Csv.parse", 1.01, 0.08));
        Report check = Examples.report(findings, List.of(), List.of());
        Report comparison = new Report(
                check.version(),
                Report.Kind.COMPARISON,
                check.candidates(),
                "base.json",
                findings,
                List.of(),
                check.gate(),
                List.of(),
                List.of("each side is a single run, so noise between runs is not in the intervals; compare folders of 3"
                        + " runs or more"),
                check.policy());

        assertThat(FirstScreen.of(comparison, TextStyle.DEFAULT.withWidth(100)))
                .contains(
                        "note: each side is a single run", "and 2 more regressions", "next: start with Sort.b6 time · ")
                .doesNotContain("more runs of this commit");
        assertThat(FirstScreen.of(comparison, TextStyle.DEFAULT.withWidth(100)).lines())
                .hasSizeLessThanOrEqualTo(FirstScreen.LINES);
    }

    @Test
    void what_is_back_has_a_line_of_its_own_above_the_notes() {
        String back = "recovered: Csv.parse time back at 10.1 ms since 4e2b1c9d00 (this commit), after 7 runs at"
                + " +25.0 % from commit 3f2a1c9d00";
        Report report = Examples.report(List.of(open("Csv.parse", 1.01, 0.08)), List.of(), List.of())
                .withNote("one")
                .withNote("two")
                .withNote(back);

        assertThat(FirstScreen.of(report, TextStyle.DEFAULT.withWidth(160)))
                .contains("\n  " + back + "\n", "note: one", "note: two")
                .doesNotContain("note: recovered", "more note");
        assertThat(MarkdownReport.of(report)).contains("\n🟢 " + back + "\n").containsOnlyOnce("recovered: ");
    }

    @Test
    void a_narrow_screen_wraps_what_a_usual_one_has_room_for() {
        String odd =
                "this run is odd: most of 40 benchmarks are 12 % slower, which looks like the machine; run it again";
        Report report = Examples.report(List.of(open("Csv.parse", 1.01, 0.08)), List.of(), List.of())
                .withOdd(Optional.of(odd));
        TextStyle narrow = TextStyle.DEFAULT.withWidth(40).withWhole(false);

        assertThat(FirstScreen.of(report, narrow).replaceAll("\\s+", " ")).contains(odd);
        assertThat(FirstScreen.of(report, narrow).lines().count()).isLessThanOrEqualTo(FirstScreen.LINES);
    }

    @Test
    void a_narrow_screen_has_the_sizes_of_runs_that_disagree() {
        TextStyle narrow = TextStyle.DEFAULT.withWidth(40).withWhole(false);

        assertThat(FirstScreen.of(Situation.RUNS_DISAGREE.report(), narrow).replaceAll("\\s+", " "))
                .contains("apart (100 ms, 124 ms): 1 of 2 shows the regression", "0.0 %, +24.0 %");
    }

    @Test
    void a_sentence_takes_the_lines_that_are_left_where_they_do_not_hold_all_of_it() {
        String odd = "this run is odd: most of 40 benchmarks are 12 % slower, which looks like the machine,"
                + " so measure again on a machine that nobody else uses";
        ScreenParts parts = new ScreenParts(TextStyle.DEFAULT.withWidth(40).withWhole(false));
        parts.paragraph(ScreenParts.Urgency.HIGH, "", odd, Ansi.PLAIN);

        assertThat(parts.within(2)).hasLineCount(2).contains("\u2026");
        assertThat(parts.within(3)).hasLineCount(3).contains("which looks like", "\u2026");
        assertThat(parts.within(4).replaceAll("\\s+", " ").strip()).isEqualTo(odd);
    }

    @Test
    void a_check_that_passes_asks_for_no_more_runs() {
        Report passing = Examples.report(List.of(open("Csv.parse", 1.01, 0.08)), List.of(), List.of());

        assertThat(CiSummary.nextSteps(passing)).containsExactly("No action needed.");
    }

    @Test
    void commits_with_which_regressions_began_are_shown_with_their_authors() {
        Report report = Examples.report(List.of(finding("CsvLine.split", 133, 196)), List.of(), List.of());
        String judged = report.candidates().get(0).header().revision().commit();
        String since = report.findings().get(0).since();

        assertThat(FirstScreen.of(report.withAuthors(new CommitAuthors(Map.of(judged, "Ada\u202e Lovelace"))), WIDE))
                .contains(" by Ada\\u202e Lovelace, against ");
        assertThat(FirstScreen.of(
                        report.withAuthors(new CommitAuthors(Map.of(since, "Grace Hopper <grace@example.org>"))), WIDE))
                .contains("Grace Hopper")
                .doesNotContain("example.org");
    }

    @Test
    void commands_are_given_the_history_that_they_would_not_find_and_are_left_out_without_one() {
        Report report = Examples.report(List.of(finding("CsvLine.split", 133, 196)), List.of(), List.of());

        assertThat(FirstScreen.of(report, WIDE, Optional.of("my demo/history.db"), Optional.empty()))
                .endsWith("\nnext: plumb explain CsvLine.split --store 'my demo/history.db' · all details: -v\n");
        assertThat(FirstScreen.of(report, WIDE, Optional.empty(), Optional.of("feature/x y")))
                .endsWith("\nnext: plumb explain CsvLine.split --branch 'feature/x y' · all details: -v\n");
        assertThat(FirstScreen.withoutHistory(report, WIDE)).endsWith(")\nall details: -v\n");
    }

    @Test
    void a_rerun_that_is_larger_than_what_was_accepted_shows_both_sizes() {
        Finding larger = finding("CsvLine.split", 100, 170).withWarning(new Warning.BeyondAccepted(0.204, 0.7));

        assertThat(FirstScreen.of(Examples.report(List.of(larger), List.of(), List.of()), WIDE))
                .contains("  CsvLine.split is larger than accepted: +20.4 % accepted, +70.0 % measured\n");
    }

    @Test
    void a_regression_that_stands_shows_what_this_run_measured_where_that_is_nearer_to_the_level_before() {
        assertThat(FirstScreen.of(Examples.report(List.of(standing(102)), List.of(), List.of()), WIDE))
                .contains(
                        "  CsvLine.split: this run alone measured 102 ms, nearer to the level before: measure again to see"
                                + " whether it is back\n");
        assertThat(FirstScreen.of(Examples.report(List.of(standing(118)), List.of(), List.of()), WIDE))
                .doesNotContain("this run alone");
    }

    private static Finding standing(double measured) {
        Finding plain = finding("CsvLine.split", 100, 120);
        return new Finding(
                plain.key(),
                plain.unit(),
                plain.better(),
                plain.policy(),
                plain.verdict(),
                plain.severity(),
                OptionalDouble.of(measured),
                plain.baseline(),
                plain.pValue(),
                plain.detectableChange(),
                plain.since(),
                List.of(Rung.decided(new HistoryEvidence.Standing(3))),
                plain.warnings(),
                plain.history(),
                plain.statement(),
                plain.alreadyOpen());
    }

    @Test
    void what_main_had_before_is_told_by_its_commit_and_fails_nothing() {
        Finding open =
                finding("Crc.update", 100, 108).with(new AlreadyOpen("main", "d93df76a00", Optional.of("i4f2a")));
        Report none = Examples.healthy();
        Report report = new Report(
                none.version(),
                none.kind(),
                none.candidates(),
                none.base(),
                List.of(open),
                List.of(),
                none.gate(),
                List.of(),
                List.of(),
                none.policy());

        assertThat(FirstScreen.of(report, WIDE))
                .startsWith("PASS  no new regression · 1 already open on main\n")
                .contains(
                        "  already open on main since d93df76a00 (major): Crc.update +8.0 %; plumb incidents i4f2a\n");
        assertThat(FirstScreen.of(report, WIDE, Optional.of("demo.db"), Optional.empty()))
                .contains("; plumb incidents i4f2a --store demo.db\n");
        assertThat(FirstScreen.withoutHistory(report, WIDE)).contains("(major): Crc.update +8.0 %\n");
    }

    @Test
    void on_forty_columns_what_is_open_on_main_keeps_its_size_and_its_incident() {
        Finding open = finding("org.acme.bench.SortBenchmark.radix", 100, 108)
                .with(new AlreadyOpen("main", "d93df76a00", Optional.of("i4f2a")));
        Report report = Examples.report(List.of(open), List.of(), List.of());

        assertThat(FirstScreen.of(report, TextStyle.DEFAULT.withWidth(40)).replaceAll("\\s+", " "))
                .contains("on main: ", ".radix +8.0 %, i4f2a, d93df76");
    }

    @Test
    void the_comment_accepts_nothing_that_main_brought_and_names_its_commit() {
        Finding open =
                finding("Crc.update", 100, 108).with(new AlreadyOpen("main", "d93df76a00", Optional.of("i4f2a")));
        String comment = MarkdownReport.of(Examples.report(List.of(open), List.of(), List.of()));

        assertThat(comment)
                .contains("already open on main since d93df76a00", "i4f2a")
                .doesNotContain("plumb accept");
    }

    @Test
    void what_main_has_fixed_since_the_branch_began_says_merge() {
        Finding open = finding("Crc.update", 100, 108)
                .with(new AlreadyOpen("main", "d93df76a00", Optional.of("i4f2a")).fixedWith("c0ffee1234"));
        Report report = Examples.report(List.of(open), List.of(), List.of());

        assertThat(FirstScreen.of(report, WIDE))
                .contains(
                        "  open on main when this branch started, fixed on main since: merge main (Crc.update +8.0 %,")
                .contains("since d93df76a00)\n")
                .doesNotContain("already open", "plumb incidents");
        assertThat(TextReport.of(report, WIDE))
                .contains(
                        "open on main when this branch started (since d93df76a00), fixed on main since with c0ffee1234");
    }

    @Test
    void names_of_what_main_had_before_give_way_to_the_command_on_one_line() {
        AlreadyOpen place = new AlreadyOpen("main", "d93df76a00", Optional.of("i4f2a"));
        Report none = Examples.healthy();
        List<Finding> open = List.of(
                finding("Codec.a_rather_long_name", 100, 108).with(place),
                finding("Codec.another_long_name", 100, 130).with(place),
                finding("Codec.the_third_name", 100, 104).with(place));
        Report report = new Report(
                none.version(),
                none.kind(),
                none.candidates(),
                none.base(),
                open,
                List.of(),
                none.gate(),
                List.of(),
                List.of(),
                none.policy());

        assertThat(FirstScreen.of(report, WIDE).lines())
                .anyMatch(line -> line.matches("  already open on main since d93df76a00 \\(critical\\): \\S+ \\+30.0 %"
                        + " and 2 more; plumb incidents i4f2a|  already open on main since d93df76a00 \\(critical\\):"
                        + " \\S+ \\+30.0 %, \\S+ \\+8.0 % and 1 more; plumb incidents i4f2a"))
                .allMatch(line -> line.length() <= 120);
    }

    @Test
    void what_is_missing_and_what_was_odd_in_the_input_is_never_left_out() {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            findings.add(finding("Sort.b" + i, 100, 120 + i));
        }
        Report report = Examples.report(
                findings,
                List.of(Missing.benchmark(Examples.key("Sort.gone", "time"))),
                List.of(new Problem("a.json", "score is NaN"), new Problem("b.json", "cut off")));

        assertThat(FirstScreen.of(report, WIDE))
                .startsWith("FAIL  40 regressions in this change · 1 missing\n")
                .contains(
                        "and 35 more regressions",
                        "Sort.gone is missing from this run",
                        "problem: a.json: score is NaN")
                .contains("next: plumb explain b39 · all details: -v");
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 48, 60, 80, 120, 200, 400})
    void never_takes_more_than_twelve_lines_nor_a_line_more_than_the_width(int width) {
        for (boolean unicode : new boolean[] {true, false}) {
            TextStyle style = new TextStyle(width, false, unicode, false, false);
            for (Report report : List.of(
                    Examples.everything(),
                    Examples.hostile(),
                    Examples.severalMetrics(),
                    Examples.healthy(),
                    Examples.empty(),
                    Examples.large(10_000))) {
                List<String> lines = FirstScreen.of(report, style).lines().toList();
                assertThat(lines).hasSizeLessThanOrEqualTo(FirstScreen.LINES);
                assertThat(lines.stream()
                                .mapToInt(line -> Math.max(1, (TerminalText.width(line) + width - 1) / width))
                                .sum())
                        .as("lines as the terminal breaks them: %s", lines)
                        .isLessThanOrEqualTo(FirstScreen.LINES);
                assertThat(lines)
                        .as("all but the commands, which are there to be copied")
                        .filteredOn(line -> !line.contains("plumb "))
                        .allMatch(line -> TerminalText.width(line) <= style.width());
                assertThat(lines.get(0)).matches("(PASS|FAIL|HOLD)  .+");
                if (!unicode) {
                    assertThat(String.join("", lines)).matches("\\p{ASCII}*");
                }
            }
        }
    }

    @Test
    void colours_say_nothing_that_the_words_do_not() {
        for (Report report : List.of(Examples.everything(), Examples.hostile())) {
            assertThat(FirstScreen.of(report, WIDE.withColour(true)).replaceAll("\u001b\\[[0-9;]*m", ""))
                    .isEqualTo(FirstScreen.of(report, WIDE));
        }
    }

    @Test
    void looks_like_this() throws IOException {
        Golden.assertMatches("first-80.txt", FirstScreen.of(Examples.everything(), TextStyle.DEFAULT));
        Golden.assertMatches("first-120.txt", FirstScreen.of(Examples.everything(), WIDE));
        Golden.assertMatches("first-several-120.txt", FirstScreen.of(Examples.severalMetrics(), WIDE));
        Golden.assertMatches(
                "first-hostile-100.txt", FirstScreen.of(Examples.hostile(), TextStyle.DEFAULT.withWidth(100)));
    }

    @Test
    void reassures_only_where_nothing_moved_much_and_one_run_detects_enough() {
        assertThat(screen(open("Csv.parse", 1.015, 0.08), open("Csv.split", 1.001, 0.06)))
                .contains(
                        "within noise: this run looks normal; minimum detectable change 6.0 % typical, 8.0 % for parse");
        assertThat(screen(open("Csv.parse", 1.03, 0.08)))
                .as("below half of what one run detects")
                .contains("within noise: this run looks normal; minimum detectable change 8.0 %")
                .contains("8.0 %. Largest, within noise: Csv.parse +3.0 %");
        assertThat(screen(open("Csv.parse", 1.05, 0.08)))
                .contains("inconclusive: possible change Csv.parse +5.0 %; noise hides changes below 8.0 % in one run."
                        + " Rerun this commit")
                .doesNotContain("this run looks normal");
        assertThat(screen(open("Csv.parse", 1.293, 0.62)))
                .contains(
                        "inconclusive: possible change Csv.parse +29.3 %; noise hides changes below 62.0 % in one run."
                                + " Rerun this commit")
                .doesNotContain("this run looks normal");
        assertThat(screen(open("Csv.parse", 1.148, 2.706, OptionalInt.empty())))
                .as("explain says that rerunning this commit will not decide")
                .contains(
                        "possible change Csv.parse +14.8 %; noise hides changes below 270.6 % in one run; only a longer history can decide")
                .doesNotContain("Rerun this commit");
        assertThat(screen(Examples.withoutDetectable(open("Csv.parse", 4.6, 0)), open("Csv.split", 1.001, 0.47)))
                .as("what others would show says nothing of it")
                .contains(
                        "inconclusive: possible change parse +360.0 %; no single run can confirm it. Rerun this commit");
        assertThat(screen(open("Csv.parse", 1.024, 0.15)))
                .as("of several healthy benchmarks one is always that far off")
                .contains("within noise: minimum detectable change 15.0 %", "Largest, within noise: Csv.parse +2.4 %")
                .doesNotContain("possible change", "this run looks normal");
        assertThat(screen(open("Csv.parse", 1.001, 0.62))).contains("inconclusive: minimum detectable change 62.0 %");
        assertThat(screen(
                        open("Csv.parse", 1.001, 0.08),
                        finding("Csv.split", 100, 150)
                                .with(new Annotation.Acknowledged(
                                        new Annotation.Origin("i4f2a", "ann", Instant.EPOCH, "")))))
                .contains("within noise: minimum detectable change 8.0 %")
                .doesNotContain("this run looks normal");
        assertThat(screen(open("Csv.parse", 1.001, 0.08), finding("Csv.split", 100, 150)))
                .doesNotContain("this run looks normal");
    }

    @Test
    void what_looks_worse_is_named_beside_what_got_better() {
        Finding worse = doubtful("Csv.parse", 100, 109, 0.05);
        Finding better = doubtful("Csv.split", 100, 80, 0.05);

        assertThat(screen(worse, better, improved("Sort.quick")))
                .contains("PASS", "improved", "Looks worse, not certain: Csv.parse +9.0 %")
                .doesNotContain("within noise");
        assertThat(screen(better, improved("Sort.quick"))).doesNotContain("Looks worse");
        assertThat(screen(doubtful("Csv.parse", 100, 109, 0.08), improved("Sort.quick")))
                .as("less than the margin is possible")
                .doesNotContain("Looks worse");
        assertThat(screen(
                        doubtful("Csv.a", 100, 108, 0.03),
                        doubtful("Csv.b", 100, 107, 0.03),
                        doubtful("Csv.c", 100, 106, 0.03)))
                .contains("+8.0 %, ", "+7.0 %")
                .doesNotContain("+6.0 %");
    }

    private static Finding improved(String name) {
        return Examples.finding(
                Examples.key(name, "time"),
                Examples.MILLISECONDS,
                Better.LOWER,
                new Verdict.Improved(Examples.effect(100, 70, 0.02)));
    }

    private static Finding doubtful(String name, double before, double after, double half) {
        return Examples.withDetectable(
                Examples.finding(
                        Examples.key(name, "time"),
                        Examples.MILLISECONDS,
                        Better.LOWER,
                        new Verdict.Inconclusive(
                                Quotation.of("it may be chance"),
                                false,
                                OptionalInt.empty(),
                                Optional.of(Examples.effect(before, after, half)))),
                0.3);
    }

    @Test
    void the_few_runs_of_a_young_history_hide_changes_and_not_its_noise_alone() {
        assertThat(screen(Examples.withBaseline(open("Csv.parse", 1.52, 0.989), 6, 0.06)))
                .contains("with only 6 earlier runs, changes below 98.9 % can hide in one run")
                .doesNotContain("noise hides");
        assertThat(screen(Examples.withBaseline(open("Csv.parse", 1.52, 0.989), 40, 0.06)))
                .contains("noise hides changes below 98.9 % in one run");
    }

    @Test
    void a_short_quiet_history_is_no_noise() {
        Finding quiet = Examples.withBaseline(open("Csv.parse", 1.03, 0.22), 7, 0.015);

        assertThat(screen(quiet))
                .contains("no change seen; with 7 earlier runs, minimum detectable change 22.0 %; more runs make"
                        + " this figure more certain. Largest, within noise: Csv.parse +3.0 %")
                .doesNotContain("possible change");
        assertThat(screen(Examples.withBaseline(open("Csv.parse", 1.12, 0.22), 7, 0.015)))
                .as("more than half of what one run detects")
                .contains("possible change");
        assertThat(screen(Examples.withBaseline(open("Csv.parse", 1.03, 0.22), 7, 0.1)))
                .as("a noisy machine")
                .doesNotContain("no change seen");
        assertThat(screen(quiet, finding("Csv.split", 100, 150)))
                .as("a regression beside it")
                .doesNotContain("no change seen");
    }

    @Test
    void the_headline_counts_as_inconclusive_only_what_asks_for_something() {
        assertThat(screen(open("Csv.parse", 1.015, 0.08), open("Csv.split", 1.001, 0.06)))
                .startsWith("PASS  no regression · 2 within noise\n");
        assertThat(screen(open("Csv.parse", 1.05, 0.08), open("Csv.split", 1.001, 0.06)))
                .as("one may have changed")
                .startsWith("PASS  no regression · 1 inconclusive · 1 within noise\n")
                .contains("inconclusive: possible change parse +5.0 %");
        assertThat(screen(Examples.withBaseline(open("Csv.parse", 1.01, 0.3), 40, 0.08)))
                .as("noise hides what most people look for")
                .startsWith("PASS  no regression · 1 inconclusive\n")
                .contains("inconclusive: minimum detectable change 30.0 %")
                .contains("plumb doctor shows how to reduce noise");
        assertThat(screen(Examples.withBaseline(open("Csv.parse", 1.01, 0.9), 7, 0.02)))
                .as("more runs make a short history sharper")
                .startsWith("PASS  no regression · 1 within noise\n")
                .doesNotContain("doctor");
        assertThat(screen(Examples.withBaseline(open("Csv.parse", 1.01, 0.45), 40, 0.04)))
                .as("a long history that shows little")
                .startsWith("PASS  no regression · 1 inconclusive\n");
        assertThat(screen(open("Csv.parse", 1.015, 0.08), finding("Csv.split", 100, 150)))
                .startsWith("FAIL  1 regression in this change · 1 within noise\n");
    }

    @Test
    void a_young_benchmark_is_shown_with_how_far_it_is_from_its_few_values() {
        assertThat(screen(young("Csv.parse", 125))).contains("measured: Csv.parse time ", " → 125 ms  +25 %");
        assertThat(screen(young("Csv.parse", 103))).contains(" → 103 ms  +3.0 %");
    }

    @Test
    void a_young_benchmark_that_is_far_worse_than_all_its_values_is_pointed_at() {
        assertThat(screen(young("Csv.parse", 125))).contains("+25 %  looks worse: run it again");
        assertThat(screen(young("Csv.parse", 103))).doesNotContain("looks worse");
        assertThat(screen(young("Csv.parse", 75))).doesNotContain("looks worse");
    }

    @Test
    void one_young_benchmark_stands_for_all_and_it_is_the_one_that_looks_worse() {
        assertThat(screen(young("Csv.split", 60), young("Csv.parse", 125), young("Csv.join", 103)))
                .containsOnlyOnce("measured:")
                .contains("measured: parse time ", "looks worse: run it again · 2 more: -v");
        assertThat(screen(young("Csv.split", 98), young("Csv.join", 103)))
                .contains("measured: join time ", " → 103 ms  +3.0 % · 1 more: -v");
        assertThat(screen(young("Csv.join", 103))).doesNotContain("more: -v");
    }

    @Test
    void without_a_commit_the_headline_says_what_is_unknown_and_the_next_line_how_to_give_it() {
        assertThat(FirstScreen.of(Situation.FAIL_WITHOUT_A_COMMIT.report(), TextStyle.DEFAULT.withWidth(80)))
                .contains(
                        "FAIL  1 regression · order and commit unknown: set --commit",
                        "\nrun 0011223344 (name its commit with --commit), against the history of main (30\nruns)\n");
    }

    @Test
    void what_is_not_judged_yet_is_not_called_noise() {
        Report report = Examples.report(List.of(young("Csv.parse", 125)), List.of(), List.of());

        assertThat(MarkdownReport.of(report))
                .contains("**Not judged yet (needs 2 more runs); largest differences**")
                .doesNotContain("within noise");
    }

    private static String screen(Finding... findings) {
        return FirstScreen.of(
                Examples.report(List.of(findings), List.of(), List.of()), TextStyle.DEFAULT.withWidth(200));
    }

    private static Finding open(String name, double factor, double detectable) {
        return open(name, factor, detectable, OptionalInt.of(8));
    }

    private static Finding open(String name, double factor, double detectable, OptionalInt runsNeeded) {
        return Examples.withDetectable(
                Examples.finding(
                        Examples.key(name, "time"),
                        Examples.MILLISECONDS,
                        Better.LOWER,
                        new Verdict.Inconclusive(
                                Quotation.of("it may be chance"),
                                false,
                                runsNeeded,
                                Optional.of(Examples.effect(100, 100 * factor, 0.5)))),
                detectable);
    }

    private static Finding young(String name, double after) {
        return Examples.withLadder(
                Examples.finding(
                        Examples.key(name, "time"),
                        Examples.MILLISECONDS,
                        Better.LOWER,
                        new Verdict.Inconclusive(
                                Quotation.of("only 3 earlier runs"),
                                false,
                                OptionalInt.of(2),
                                Optional.of(Examples.effect(100, after, 0.5)))),
                Rung.decided(new Quotation(
                        "enough-history", "3 runs, at least 5 are needed", List.of(new NamedNumber("runs", 3)))));
    }

    private static Finding finding(String name, double before, double after) {
        return Examples.finding(
                Examples.key(name, "time"),
                Examples.MILLISECONDS,
                Better.LOWER,
                new Verdict.Regressed(Examples.effect(before, after, 0.02)));
    }
}
