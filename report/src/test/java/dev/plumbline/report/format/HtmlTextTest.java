package dev.plumbline.report.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class HtmlTextTest {
    @Test
    void elements_hold_text_and_other_elements() {
        HtmlText html = new HtmlText();
        html.element("p", () -> html.text("a ").element("b", "c").empty("br"), "class", "d");

        assertThat(html).hasToString("<p class=\"d\">a <b>c</b><br></p>");
    }

    @Test
    void text_is_text_whatever_it_says() {
        HtmlText html = new HtmlText();
        html.element("p", "</p><script>alert('1')</script> & co", "title", "\" onclick='x' <");

        assertThat(html)
                .hasToString("<p title=\"&quot; onclick=&#39;x&#39; &lt;\">"
                        + "&lt;/p&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; co</p>");
    }

    @Test
    void what_cannot_be_seen_is_made_visible_and_lines_stay() {
        assertThat(HtmlText.escape("a\u202eb\u0000\nc\n")).isEqualTo("a\\u202eb␀\nc\n");
    }

    @Test
    void an_attribute_without_a_value_is_left_out_and_an_empty_one_has_none() {
        HtmlText html = new HtmlText();
        html.empty("input", "name", "a", "checked", null, "required", "", "value", "");

        assertThat(html).hasToString("<input name=\"a\" required value>");
    }

    @Test
    void what_would_run_is_refused() {
        HtmlText html = new HtmlText();
        assertThatIllegalArgumentException().isThrownBy(() -> html.element("p", "", "onclick", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> html.element("p", "", "style", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> html.element("script", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> html.element("a b", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> html.element("p", "", "a=b", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> html.element("p", "", "title"));
        assertThatIllegalArgumentException().isThrownBy(() -> html.empty("p"));
    }
}
