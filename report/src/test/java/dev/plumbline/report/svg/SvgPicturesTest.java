package dev.plumbline.report.svg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Unit;
import dev.plumbline.report.Golden;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class SvgPicturesTest {
    private static final String HOSTILE =
            "<script>alert(1)</script>\"'&]]><!-- \u202egnp.exe \u0000\u0007\ud800 \n<image href=\"x\"/>";

    private static SeriesChart chart(String title, List<Double> values, List<Integer> changes) {
        return new SeriesChart(
                title, "time on main, environment lab", Unit.of("ns/op"), values, changes, "abcdef12", "12fedcba");
    }

    private static List<Double> stepped(int values) {
        Random random = new Random(7);
        List<Double> all = new ArrayList<>();
        for (int i = 0; i < values; i++) {
            all.add((i < values / 2 ? 100 : 130) * (1 + 0.01 * random.nextGaussian()));
        }
        return all;
    }

    @Test
    void a_badge_and_a_chart_are_as_in_their_files_in_every_locale() throws IOException {
        Locale before = Locale.getDefault();
        try {
            for (Locale locale : List.of(Locale.ROOT, Locale.GERMANY, Locale.forLanguageTag("ar-EG-u-nu-arab"))) {
                Locale.setDefault(locale);
                Golden.assertMatches("badge.svg", new Badge("plumbline", "3 open incidents", Badge.Mood.BAD).write());
                Golden.assertMatches(
                        "series.svg",
                        chart("Sort.quick {size=100}", stepped(40), List.of(20)).write());
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void hostile_names_are_text_and_nothing_else() throws Exception {
        for (String svg : List.of(
                new Badge(HOSTILE, HOSTILE, Badge.Mood.GOOD).write(),
                new SeriesChart(HOSTILE, HOSTILE, Unit.of("<b>"), stepped(10), List.of(5), HOSTILE, HOSTILE).write())) {
            Document document = parsed(svg);
            NodeList all = document.getElementsByTagName("*");
            for (int i = 0; i < all.getLength(); i++) {
                Element element = (Element) all.item(i);
                assertThat(element.getTagName()).isIn("svg", "title", "rect", "path", "text", "line", "circle");
                for (int a = 0; a < element.getAttributes().getLength(); a++) {
                    String name = element.getAttributes().item(a).getNodeName();
                    assertThat(name).doesNotStartWith("on").isNotIn("href", "xlink:href", "style");
                }
            }
            assertThat(svg).doesNotContain("\u202e", "\u0000", "<script");
            assertThat(document.getElementsByTagName("title").item(0).getTextContent())
                    .startsWith("<script>alert(1)");
        }
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void every_course_has_a_picture() throws Exception {
        for (List<Double> values : List.of(
                List.<Double>of(),
                List.of(5.0),
                List.of(0.0, 0.0),
                List.of(-3.0, -3.0, 4.0),
                List.of(Double.NaN, Double.POSITIVE_INFINITY, 1.0),
                List.of(Double.NaN),
                List.of(-Double.MAX_VALUE, Double.MAX_VALUE),
                List.of(Double.MIN_VALUE, 0.0),
                List.of(1e300, 1e-300))) {
            for (List<Integer> changes : List.of(List.<Integer>of(), List.of(1), List.of(0, 1, 2, 99))) {
                Document document = parsed(chart("x", values, changes).write());
                long finite = values.stream().filter(Double::isFinite).count();
                assertThat(document.getElementsByTagName("circle").getLength()).isEqualTo((int) finite);
            }
        }
    }

    @Test
    void the_newest_values_keep_their_changes() {
        SeriesChart chart = chart("x", stepped(40), List.of(10, 20, 35)).newest(20, "of these");
        assertThat(chart.values()).hasSize(20).isEqualTo(stepped(40).subList(20, 40));
        assertThat(chart.changes()).containsExactly(15);
        assertThat(chart.first()).isEqualTo("of these");
        assertThat(chart.newest(100, "other")).isEqualTo(chart);
    }
}
