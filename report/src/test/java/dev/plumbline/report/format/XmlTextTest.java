package dev.plumbline.report.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.report.Examples;
import java.io.StringReader;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class XmlTextTest {
    private static Element root(XmlText xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml.toString())))
                .getDocumentElement();
    }

    @Test
    void elements_are_indented_and_closed() {
        XmlText xml = new XmlText();
        xml.element("a", Map.of("x", "1"), () -> {
            xml.element("b", Map.of());
            xml.element("c", Map.of(), "text");
        });

        assertThat(xml.toString()).isEqualTo("""
                <?xml version="1.0" encoding="UTF-8"?>
                <a x="1">
                  <b/>
                  <c>text</c>
                </a>
                """);
    }

    private static Stream<String> hostile() {
        return Stream.concat(
                Examples.HOSTILE.stream(),
                Stream.of(
                        "]]>", "<![CDATA[", "&amp;", "&#x1b;", "\u0000\u0001\uFFFE", "' onload='x", "\" x=\"y", "-->"));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void a_hostile_text_is_a_text_in_an_attribute_and_in_an_element(String text) throws Exception {
        XmlText xml = new XmlText();
        xml.element("a", Map.of("x", text), () -> xml.element("b", Map.of(), text));
        Element root = root(xml);

        assertThat(root.getAttributes().getLength()).isEqualTo(1);
        assertThat(root.getElementsByTagName("*").getLength()).isEqualTo(1);
        String shown = root.getAttribute("x");
        assertThat(shown).doesNotContain("\u001b", "\n", "\u202e");
        assertThat(root.getElementsByTagName("b").item(0).getTextContent().replace("\n", "\\n"))
                .isEqualTo(shown);
    }

    @Test
    void line_feeds_of_an_element_s_text_stay() throws Exception {
        XmlText xml = new XmlText();
        xml.element("a", Map.of(), "one\ntwo\n\nthree\n");

        assertThat(root(xml).getTextContent()).isEqualTo("one\ntwo\n\nthree\n");
    }
}
