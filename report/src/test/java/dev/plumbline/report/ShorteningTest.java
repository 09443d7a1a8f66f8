package dev.plumbline.report;

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
    void texts_that_differ_where_they_would_be_cut_are_cut_before_that() {
        assertThat(shortened(14, "encodeLargeJsonBenchmark", "encodeSmallJsonBenchmark"))
                .containsExactly("…LargeJsonBen…", "…SmallJsonBen…");
    }

    @Test
    void where_the_rest_fits_as_much_as_fits_stands_before_it() {
        assertThat(shortened(14, "aaaaaaaaaaaaaaaXbbbbbbbbbb", "aaaaaaaaaaaaaaaYbbbbbbbbbb"))
                .containsExactly("…aaXbbbbbbbbbb", "…aaYbbbbbbbbbb");
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
}
