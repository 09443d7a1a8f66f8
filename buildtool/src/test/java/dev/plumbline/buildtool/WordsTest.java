package dev.plumbline.buildtool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void a_line_is_cut_at_its_blanks() {
        assertThat(Words.of("  -f 3\t-wi  5\n-r 1s ")).containsExactly("-f", "3", "-wi", "5", "-r", "1s");
        assertThat(Words.of("")).isEmpty();
        assertThat(Words.of(null)).isEmpty();
    }

    @Test
    void quotes_keep_blanks_together_and_an_empty_word_is_one() {
        assertThat(Words.of("--reason \"agreed with Ann\" --x='a \"b\"' ''"))
                .containsExactly("--reason", "agreed with Ann", "--x=a \"b\"", "");
    }

    @Test
    void a_backslash_is_an_ordinary_character() {
        assertThat(Words.of("^a\\.b$ C:\\x")).containsExactly("^a\\.b$", "C:\\x");
    }

    @Test
    void an_open_quote_is_refused() {
        assertThatThrownBy(() -> Words.of("--reason 'agreed"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a quote is not closed in: --reason 'agreed");
    }

    @Test
    void what_a_shell_would_cut_or_run_is_quoted_for_it() {
        assertThat(Words.quoted("target/a-b_1.jar")).isEqualTo("target/a-b_1.jar");
        assertThat(Words.quoted("my file")).isEqualTo("'my file'");
        assertThat(Words.quoted("it's $HOME")).isEqualTo("'it'\\''s $HOME'");
        assertThat(Words.quoted("")).isEqualTo("''");
    }
}
