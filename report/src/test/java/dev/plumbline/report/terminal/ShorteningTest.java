package dev.plumbline.report.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShorteningTest {
    private static List<String> shortened(int columns, String... texts) {
        Shortening shortening = new Shortening(List.of(texts), columns, TextStyle.DEFAULT);
        return List.of(texts).stream().map(shortening::of).toList();
    }

    @Test
    void a_text_that_is_alone_is_cut_in_its_middle() {
        assertThat(shortened(11, "abcdefghijklmnopqrstuvwxyz", "short")).containsExactly("abc…tuvwxyz", "short");
    }

    @Test
    void texts_are_cut_where_they_are_alike_and_not_where_they_differ() {
        assertThat(shortened(14, "encodeLargeJsonBenchmark", "encodeSmallJsonBenchmark"))
                .containsExactly("encodeLarge…rk", "encodeSmall…rk");
        assertThat(shortened(
                        24,
                        "CsvLineBenchmark.split {fields=10}",
                        "CsvLineBenchmark.join {fields=100}",
                        "EditBenchmark.between {fields=1}"))
                .allSatisfy(text -> assertThat(text).containsAnyOf("split", "join", "between"))
                .doesNotHaveDuplicates();
    }

    @Test
    void what_all_have_goes_before_anything_that_tells_one_from_another() {
        assertThat(shortened(
                        28,
                        "http2_parallel_10_empty {suite=end_to_end} time",
                        "http2_parallel_10_large {suite=end_to_end} time",
                        "http2_consecutive_10_empty {suite=end_to_end} time"))
                .allSatisfy(text -> assertThat(text).containsAnyOf("empty", "large"))
                .allSatisfy(text -> assertThat(text).containsAnyOf("parallel", "consecutive"));
    }

    @Test
    void where_no_cut_tells_two_apart_what_differs_stands_between_two_cuts() {
        assertThat(shortened(
                        10, "aaaaaaaaaaaaaaaaaaaaxaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaayaaaaaaaaaaaaaaaaaaaa"))
                .containsExactly("…xaaaaaaa…", "…yaaaaaaa…");
    }

    @Test
    void what_is_alike_before_the_difference_is_what_goes() {
        assertThat(shortened(14, "aaaaaaaaaaaaaaaXbbbbbbbbbb", "aaaaaaaaaaaaaaaYbbbbbbbbbb"))
                .containsExactly("aa…Xbbbbbbbbbb", "aa…Ybbbbbbbbbb");
    }

    @Test
    void none_is_wider_than_it_may_be_and_no_character_is_torn() {
        List<String> all =
                shortened(9, "漢字漢字漢字一漢字漢字漢字漢字", "漢字漢字漢字二漢字漢字漢字漢字", "🙂🙂🙂🙂🙂🙂a🙂🙂🙂🙂", "🙂🙂🙂🙂🙂🙂b🙂🙂🙂🙂");

        assertThat(all).doesNotHaveDuplicates().allSatisfy(text -> {
            assertThat(TerminalText.width(text)).isLessThanOrEqualTo(9);
            assertThat(text.codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff))
                    .isTrue();
        });
    }

    @Test
    void in_hardly_any_columns_something_is_shown() {
        assertThat(shortened(2, "aaaaXbbbb", "aaaaYbbbb"))
                .allSatisfy(text -> assertThat(text).hasSize(2));
        assertThat(shortened(0, "a")).containsExactly("");
    }

    @Test
    void a_number_is_not_cut_to_another_one() {
        assertThat(shortened(22, "WordCount.count {n=1000, threads=4}", "Sort.merge", "Sort.quick"))
                .allSatisfy(text -> assertThat(text).doesNotContainPattern("n=10{0,2}…|…0"));
    }
}
