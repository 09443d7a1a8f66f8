package dev.plumbline.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.AlreadyOpen;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Rung;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.report.BenchmarkAnswer;
import dev.plumbline.report.CommitAuthors;
import dev.plumbline.report.Examples;
import dev.plumbline.report.Report;
import dev.plumbline.report.Report.Group;
import dev.plumbline.report.Situation;
import dev.plumbline.report.terminal.SharedNames;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.report.terminal.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sentences of the first screen that depend on much: what is undecided, what was open before, what comes next. */
class ScreenSentencesTest {
    private static final TextStyle WIDE = TextStyle.DEFAULT.withWidth(200);
    private static final String COMMIT = "3f2a1c9d00aabbccddee";

    private static Finding finding(String name, Verdict verdict) {
        return Examples.finding(Examples.key(name, "time"), Examples.MILLISECONDS, Better.LOWER, verdict);
    }

    private static Finding worse(String name, double change) {
        return finding(name, new Verdict.Regressed(Examples.effect(100, 100 * (1 + change), 0.01)));
    }

    private static Report report(Finding... findings) {
        return Examples.report(List.of(findings), List.of(), List.of());
    }

    private static SharedNames names(Report report) {
        return SharedNames.of(report.findings().stream()
                .map(one -> one.key().benchmark())
                .distinct()
                .toList());
    }

    @Nested
    class Undecided {
        /** An inconclusive finding with a measured change, a minimum detectable change and a number of earlier runs. */
        private Finding open(String name, double change, double detectable, int runs, double noise, boolean settles) {
            HistoryEvidence.Hidden why = new HistoryEvidence.Hidden(
                    false, true, new Interval(-0.02, 0.18, 0.9), OptionalDouble.of(noise), 0.02, settles);
            Finding plain = finding(
                    name,
                    new Verdict.Inconclusive(
                            why,
                            false,
                            settles ? OptionalInt.of(2) : OptionalInt.empty(),
                            Optional.of(Examples.effect(100, 100 * (1 + change), 0.2))));
            return Examples.withDetectable(
                    Examples.withBaseline(Examples.withLadder(plain, Rung.decided(why)), runs, noise), detectable);
        }

        private String words(boolean quiet, Finding... findings) {
            Report report = report(findings);
            List<BenchmarkAnswer> open = report.benchmarks(Group.INCONCLUSIVE);
            double[] detectable = open.stream()
                    .flatMapToDouble(answer -> answer.head().detectableChange().stream())
                    .sorted()
                    .toArray();
            return new UndecidedWords(report, names(report), quiet).of(open, detectable);
        }

        @ParameterizedTest
        @CsvSource({"7, 'with 7 earlier runs, '", "1, 'with 1 earlier run, '"})
        void a_short_and_quiet_history_saw_no_change_and_misses_fewer_when_it_is_longer(int runs, String words) {
            assertThat(words(true, open("a", 0.001, 0.08, runs, 0.01, true)))
                    .startsWith("no change seen; " + words)
                    .contains("8.0 %")
                    .endsWith("; more runs make this figure more certain");
        }

        @Test
        void the_benchmarks_are_named_by_their_group_where_others_are_decided() {
            Finding stable = finding("z", new Verdict.Unchanged(Examples.effect(100, 100.1, 0.005)));

            assertThat(words(true, open("a", 0.001, 0.08, 7, 0.01, true), stable))
                    .startsWith("no change seen in the one within noise; ");
            assertThat(words(
                            true, open("a", 0.001, 0.08, 7, 0.01, true), open("b", 0.001, 0.08, 9, 0.01, true), stable))
                    .startsWith("no change seen in those within noise; with 9 earlier runs, ");
        }

        @Test
        void a_long_history_whose_run_looks_normal_reassures() {
            assertThat(words(true, open("a", 0.001, 0.08, 40, 0.03, true)))
                    .startsWith("within noise: this run looks normal; ")
                    .contains("8.0 %")
                    .doesNotContain("Largest");
        }

        @Test
        void where_something_is_worse_or_noise_hides_much_nothing_reassures() {
            assertThat(words(false, open("a", 0.001, 0.08, 40, 0.03, true))).doesNotContain("looks normal");
            assertThat(words(true, open("a", 0.001, 0.3, 40, 0.1, true))).doesNotContain("looks normal");
        }

        @ParameterizedTest
        @CsvSource({
            "40, true, 'noise hides changes below 25.0 % in one run. Rerun this commit'",
            "40, false, 'noise hides changes below 25.0 % in one run; only a longer history can decide'",
            "7, true, 'with only 7 earlier runs, changes below 25.0 % can hide in one run. Rerun this commit'",
            "1, true, 'with only 1 earlier run, changes below 25.0 % can hide in one run. Rerun this commit'",
        })
        void a_change_that_may_be_real_says_what_hides_it_and_what_decides(int runs, boolean settles, String words) {
            assertThat(words(true, open("a", 0.15, 0.25, runs, 0.02, settles)))
                    .startsWith("inconclusive: possible change a +15.0 %; " + words);
        }
    }

    @Nested
    class Before {
        private final AlreadyOpen main = new AlreadyOpen("main", COMMIT, Optional.empty());

        private List<String> lines(TextStyle style, CommitAuthors authors, Finding... findings) {
            Report report = report(findings).withAuthors(authors);
            return new OpenBefore(report, style, names(report), Optional.of(" --store h"))
                    .lines(report.benchmarks(Group.REGRESSED), report.benchmarks(Group.KNOWN));
        }

        @Test
        void what_is_open_on_the_base_is_told_by_commit_with_its_worst_severity() {
            CommitAuthors jane = new CommitAuthors(Map.of(COMMIT, "Jane Doe"));
            Finding small = worse("p.a", 0.03).with(main);

            assertThat(lines(WIDE, jane, small))
                    .containsExactly("already open on main since 3f2a1c9d00 by Jane Doe (minor): p.a +3.0 %; plumb"
                            + " explain " + small.id() + " --store h");
            assertThat(lines(WIDE, jane, small, worse("p.b", 0.3).with(main)))
                    .singleElement()
                    .asString()
                    .startsWith("already open on main since 3f2a1c9d00 by Jane Doe (critical): ")
                    .contains("a +3.0 %", "b +30.0 %");
        }

        @Test
        void an_incident_is_looked_at_as_one_and_several_commits_have_a_line_each() {
            AlreadyOpen other = new AlreadyOpen("main", "0123456789ab", Optional.of("i1f2e3d4c"));

            assertThat(lines(
                            WIDE,
                            CommitAuthors.UNKNOWN,
                            worse("a", 0.1).with(main),
                            worse("b", 0.1).with(other)))
                    .hasSize(2)
                    .anyMatch(line -> line.endsWith("; plumb incidents i1f2e3d4c --store h"));
        }

        @Test
        void without_a_commit_no_comma_is_left_behind() {
            AlreadyOpen unknown = new AlreadyOpen("main", "", Optional.empty()).unsure();

            assertThat(lines(WIDE, CommitAuthors.UNKNOWN, worse("a", 0.03).with(unknown)))
                    .singleElement()
                    .asString()
                    .startsWith("open on main too (minor): a +3.0 %; plumb explain ");
        }

        @Test
        void what_was_mended_there_is_merged_and_needs_no_look() {
            assertThat(lines(WIDE, CommitAuthors.UNKNOWN, worse("a", 0.3).with(main.fixedWith("5c0ffee123"))))
                    .containsExactly(
                            "open on main when this branch started, fixed on main since: merge main (a +30.0 %,"
                                    + " since 3f2a1c9d00)");
        }

        @Test
        void what_a_regression_came_on_top_of_has_the_change_and_the_id_of_that() {
            Finding both = worse("a", 0.3).withWarning(new Warning.OnOpenLevel(main, 0.06));

            assertThat(lines(WIDE, CommitAuthors.UNKNOWN, both))
                    .containsExactly("already open on main since 3f2a1c9d00 (major): a +6.0 %; plumb explain "
                            + Finding.id(both.key(), COMMIT) + " --store h");
        }

        @Test
        void names_give_way_to_the_width_and_the_author_after_them() {
            List<Finding> many = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                many.add(worse("p." + "n".repeat(12) + i, 0.3).with(main));
            }
            Finding[] all = many.toArray(Finding[]::new);
            CommitAuthors authors = new CommitAuthors(Map.of(COMMIT, "Bartholomew Featherstonehaugh"));

            assertThat(lines(WIDE.withWidth(240), authors, all))
                    .singleElement()
                    .asString()
                    .contains(" and 2 more; ", " by Barth");
            String narrow =
                    lines(TextStyle.DEFAULT.withWidth(140), authors, all).get(0);
            assertThat(narrow).contains(" and 4 more; ").doesNotContain("Barth");
            assertThat(TerminalText.width(narrow)).isLessThanOrEqualTo(138);
        }
    }

    @Nested
    class Next {
        private NextCommands next(Report report) {
            return new NextCommands(
                    report,
                    names(report),
                    new RowWords(report, WIDE),
                    report.benchmarks(Group.REGRESSED),
                    " --branch b");
        }

        @Test
        void the_worst_is_explained_by_its_short_name() {
            Report report = report(worse("org.tally.Sort.quick", 0.3), worse("org.tally.Sort.merge", 0.2));

            assertThat(next(report).commands(" --store 'my history'"))
                    .first()
                    .asString()
                    .matches("plumb explain (Sort\\.)?quick --branch b --store 'my history'");
            assertThat(next(report).advice()).isEmpty();
        }

        @Test
        void a_name_is_quoted_where_a_shell_would_change_it_and_a_long_one_gives_way_to_its_id() {
            assertThat(next(report(worse("it's $(here)", 0.3))).commands(""))
                    .first()
                    .isEqualTo("plumb explain 'it'\\''s $(here)' --branch b");
            Finding longest = worse("n".repeat(48), 0.3);
            Finding longer = worse("n".repeat(1_000), 0.3);
            assertThat(next(report(longest)).commands("").get(0)).contains("n".repeat(48));
            assertThat(next(report(longer)).commands(""))
                    .first()
                    .isEqualTo("plumb explain " + longer.id() + " --branch b");
        }

        @Test
        void a_passing_report_has_nothing_to_type() {
            Report report = Situation.PASS.report();

            assertThat(next(report).commands(" --store h")).isEmpty();
            assertThat(next(report).advice()).isEmpty();
        }

        @Test
        void a_disturbed_machine_is_measured_again_and_a_wrong_unit_checked() {
            assertThat(next(Situation.ODD_RUN.report()).advice())
                    .containsExactly("Measure this commit again, on an idle machine");
            assertThat(next(Situation.RUNS_DISAGREE_FOR_THE_BETTER.report()).advice())
                    .containsExactly("Measure this commit again");
        }

        @Test
        void copied_results_have_nothing_to_explain() {
            assertThat(next(Situation.COPIED.report()).commands(" --store h"))
                    .hasSize(2)
                    .allMatch(command -> command.endsWith(" --store h"))
                    .noneMatch(command -> command.contains("plumb explain"));
        }

        @Test
        void a_benchmark_that_was_renamed_is_joined() {
            SeriesKey old = Examples.key("Old", "time");
            Missing renamed = new Missing(
                    old,
                    true,
                    Optional.of(new Missing.Renamed(Examples.key("New", "time").benchmark(), "Old", "New")));
            Report report = Examples.report(
                    List.of(finding("z", new Verdict.Unchanged(Examples.effect(1, 1, 0.01)))),
                    List.of(renamed),
                    List.of());

            assertThat(next(report).commands(" --store h")).contains("plumb series rename Old New --store h");
        }
    }
}
