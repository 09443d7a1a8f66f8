package dev.plumbline.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.report.Examples;
import dev.plumbline.report.Report;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.format.MarkdownText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownReportTest {
    private static final String HIDDEN = "\u200B";

    @ParameterizedTest
    @CsvSource(
            delimiter = '⇒',
            value = {
                "<b> ⇒ &#60;b&#62;",
                "a|b ⇒ a&#124;b",
                "`x` ⇒ &#96;x&#96;",
                "a*b_c~d ⇒ a&#42;b&#95;c&#126;_d",
                "[a](b) ⇒ &#91;a&#93;(b)",
                "![a](b) ⇒ &#33;&#91;a&#93;(b)",
                "a&lt;b ⇒ a&#38;_lt;b",
                "x @name ⇒ x @_name",
                "@name ⇒ &#64;_name",
                "x #12 !34 %5 ^6 ⇒ x #_12 !_34 %_5 ^_6",
                "x $12 ⇒ x &#36;_12",
                "see http://a.b ⇒ see http:_//a.b",
                "www.a.b ⇒ www_.a.b",
                "mailto:me@a.b ⇒ mailto:_me@_a.b",
                "x :smile: :100: ⇒ x :_smile: :_100:",
                "x :+1: ⇒ x :_+1:",
                "Foo::bar(x) test.py::test ⇒ Foo::bar(x) test.py::test",
                "a::b::c ⇒ a::_b::c",
                "line 12:34, 14 % of it ⇒ line 12:34, 14 % of it",
                "# title ⇒ &#35; title",
                "- item ⇒ &#45; item",
                "1. item ⇒ &#49;. item",
                "/close ⇒ &#47;close",
                "=cmd() ⇒ &#61;cmd()",
                "c:\\\\x ⇒ c:\\\\x"
            })
    void makes_text_from_outside_harmless(String text, String expected) {
        // an underline stands for the zero-width space; what is escaped itself stands as it is
        String hidden = expected.replace("_", HIDDEN).replace("\\", "&#92;");
        assertThat(MarkdownText.escape(text, 200)).isEqualTo(hidden);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.b.Sort.quick {n=1000}",
                "test.py::test[x-1]",
                "BM_sort/8/real_time",
                "Ring@2 #12 :smile:",
                "![x](y) **z** ~a~",
                "/close"
            })
    void a_name_in_code_is_copied_as_it_is(String name) {
        assertThat(MarkdownText.code(name, 200)).isEqualTo("`" + name + "`");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '⇒',
            quoteCharacter = '"',
            value = {
                "a`b ⇒ a&#96;b",
                "a|b ⇒ a&#124;b",
                "a\\ ⇒ a&#92;",
                "x @name ⇒ x @_name",
                "see http://a.b ⇒ see http:_//a.b",
                "sort<int> ⇒ sort&#60;int&#62;",
                "$x$ ⇒ &#36;_x&#36;"
            })
    void what_could_end_a_code_span_or_a_cell_is_escaped(String name, String expected) {
        assertThat(MarkdownText.code(name, 200)).isEqualTo("<code>" + expected.replace("_", HIDDEN) + "</code>");
    }

    @Test
    void blanks_around_a_name_do_not_end_in_a_span_that_loses_them() {
        assertThat(MarkdownText.code(" a ", 200)).isEqualTo("<code>&#32;a </code>");
        assertThat(MarkdownText.code("", 200)).isEqualTo("<code></code>");
    }

    @Test
    void no_string_from_outside_breaks_out() {
        String markdown = MarkdownReport.of(Examples.hostile());
        assertThat(markdown).doesNotContain("http://", "https://", "www.").doesNotContainPattern("@[A-Za-z]");
        // a code span ends at the next backtick and holds none, so that nothing in it means anything
        markdown = markdown.replaceAll("(?m)`[^`\n|]*`", "");
        String withoutOurs = markdown.replaceAll("</?(code|strong|details|summary|sub)>|<br>", "");
        assertThat(withoutOurs).doesNotContain("<", ">", "`", "http://", "https://", "www.", "](", "\u001b", "\u202e");
        assertThat(withoutOurs).doesNotContainPattern("@[A-Za-z]");
        assertThat(withoutOurs).doesNotContainPattern("(?<!&)#[0-9]");
        assertThat(withoutOurs).doesNotContainPattern("(?m)^/");
    }

    @Test
    void every_row_has_as_many_cells_as_the_table() {
        for (Report report : List.of(Examples.hostile(), Examples.everything(), Examples.large(300))) {
            MarkdownReport.of(report)
                    .lines()
                    .filter(line -> line.startsWith("|"))
                    .forEach(line -> assertThat(line.chars()
                                    .filter(character -> character == '|')
                                    .count())
                            .as(line)
                            .isEqualTo(10));
        }
    }

    @Test
    void every_fold_is_closed() {
        for (Report report :
                List.of(Examples.hostile(), Examples.everything(), Examples.large(1000), Examples.empty())) {
            String markdown = MarkdownReport.of(report);
            assertThat(markdown.split("<details>", -1)).hasSameSizeAs(markdown.split("</details>", -1));
        }
    }

    @Test
    void never_grows_beyond_the_limit_and_counts_what_is_left_out() {
        for (int count : new int[] {100, 300, 1000, 3000}) {
            String markdown = MarkdownReport.of(Examples.large(count));
            assertThat(markdown).hasSizeLessThanOrEqualTo(MarkdownReport.MAX_LENGTH);
        }
        assertThat(MarkdownReport.of(Examples.large(3000))).contains("… and 1,", "Plumbline 0.1.0");
    }

    @Test
    void tells_the_true_number_of_rows_left_out() {
        Report report = Examples.large(3000);
        String markdown = MarkdownReport.of(report);
        int rows = (int) markdown.lines()
                .takeWhile(line -> !line.startsWith("<details>"))
                .filter(line -> line.startsWith("| 🔴") || line.startsWith("| 🟢"))
                .count();
        assertThat(markdown).contains("\n… and " + Quantity.plain(1200 - rows, 3) + " more\n");
    }

    @Test
    void stays_within_the_limit_when_every_string_is_as_long_and_as_hostile_as_can_be() {
        String worst = "|".repeat(4096);
        List<Finding> findings = new ArrayList<>();
        for (Finding finding : Examples.everyVerdict()) {
            for (int i = 0; i < 40; i++) {
                findings.add(Examples.withWarnings(finding, worst + i, worst));
            }
        }
        Report report = Examples.report(findings, List.of(), List.of());
        List<String> notes = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            notes.add(worst);
        }
        Report hostile = new Report(
                worst,
                report.kind(),
                List.of(Examples.run(1, worst)),
                worst,
                findings,
                List.of(Missing.benchmark(Examples.key(worst, worst))),
                report.gate(),
                List.of(new dev.plumbline.core.model.Problem(worst, worst)),
                notes,
                report.policy());
        assertThat(MarkdownReport.of(hostile)).hasSizeLessThanOrEqualTo(MarkdownReport.MAX_LENGTH);
    }

    @Test
    void rows_tell_only_what_differs_between_them() {
        List<Finding> findings = new ArrayList<>();
        for (String environment : List.of("lab", "phone")) {
            findings.add(Examples.finding(
                    new SeriesKey(
                            Benchmark.of("Sort.quick", Map.of("mode", "avgt", "n", environment)),
                            "time",
                            environment,
                            "main"),
                    Examples.MILLISECONDS,
                    Better.LOWER,
                    new Verdict.Unchanged(Examples.effect(100, 100, 0.01))));
        }

        String markdown = MarkdownReport.of(Examples.report(findings, List.of(), List.of()));

        assertThat(markdown)
                .contains("`Sort.quick {n=lab} in lab`", "`Sort.quick {n=phone} in phone`")
                .containsOnlyOnce("mode=avgt")
                .contains("all benchmarks have mode=avgt");
    }

    @Test
    void notes_beyond_the_limit_are_counted_and_the_last_line_stays() {
        List<String> notes = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            notes.add("note " + i + " of a run that has many of them, each with some words of its own");
        }
        Report plain = Examples.healthy();
        Report report = new Report(
                plain.version(),
                plain.kind(),
                plain.candidates(),
                plain.base(),
                plain.findings(),
                plain.missing(),
                plain.gate(),
                plain.problems(),
                notes,
                plain.policy());

        String markdown = MarkdownReport.of(report);

        assertThat(markdown.length()).isLessThanOrEqualTo(MarkdownReport.MAX_LENGTH);
        long written =
                markdown.lines().filter(line -> line.startsWith("<sub>note ")).count();
        assertThat(markdown).containsPattern("<sub>… and [0-9,]+ more</sub><br>\\n<sub>Changes below");
        assertThat(written).isBetween(500L, 900L);
    }
}
