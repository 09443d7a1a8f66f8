package dev.plumbline.ingest.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlTest {
    private static List<String> read(String text) throws IOException {
        List<String> seen = new ArrayList<>();
        try (Xml xml = Xml.open(Source.of("a.xml", text.getBytes(StandardCharsets.UTF_8)))) {
            while (xml.next()) {
                seen.add((xml.isStart() ? "<" : "/")
                        + xml.name()
                        + (xml.isStart() && !xml.attribute("v").isEmpty() ? "=" + xml.attribute("v") : ""));
            }
        }
        return seen;
    }

    @Test
    void elements_begin_and_end_and_everything_else_is_passed_over() throws IOException {
        assertThat(
                        read(
                                "<?xml version=\"1.0\"?><!-- c --><a v=\"1 &lt; 2\">text<p:b xmlns:p=\"urn:x\"/><![CDATA[<c/>]]></a>"))
                .containsExactly("<a=1 < 2", "<b", "/b", "/a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<a>", "<a", "<a><b></a>", "<a/><b/>", "<a v=1/>", "<a v=\"&unknown;\"/>", "<a>&#0;</a>", "text"
            })
    void what_is_not_well_formed_is_refused_with_its_place(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageMatching("a\\.xml(:\\d+:\\d+)?: is not well-formed XML here, or was cut off: (?s).*");
    }

    @Test
    void entities_of_a_document_s_own_are_never_expanded() {
        String bomb = "<!DOCTYPE a [<!ENTITY x \"" + "y".repeat(1000) + "\"><!ENTITY z \"" + "&x;".repeat(1000)
                + "\">]>" + "<a v=\"&z;\"/>";

        try {
            assertThat(read(bomb)).allSatisfy(seen -> assertThat(seen).hasSizeLessThan(100));
        } catch (IOException e) {
            assertThat(e).isInstanceOf(UnreadableInput.class);
        }
    }

    @Test
    void a_hundred_levels_are_read_and_one_more_is_refused() throws IOException {
        assertThat(read("<a>".repeat(100) + "</a>".repeat(100))).hasSize(200);
        assertThatThrownBy(() -> read("<a>".repeat(101) + "</a>".repeat(101)))
                .hasMessageMatching("a\\.xml:1:\\d+: is nested more than 100 levels deep");
    }

    @Test
    void an_attribute_that_is_missing_is_empty_and_no_number() throws IOException {
        try (Xml xml = Xml.open(Source.of("a.xml", "<a n=\"1.5\" t=\"x\"/>".getBytes(StandardCharsets.UTF_8)))) {
            assertThat(xml.next()).isTrue();
            assertThat(xml.attribute("missing")).isEmpty();
            assertThat(xml.number("missing")).isNaN();
            assertThat(xml.number("t")).isNaN();
            assertThat(xml.number("n")).isEqualTo(1.5);
            assertThat(xml.where()).startsWith("a.xml:1:");
        }
    }
}
