package dev.plumbline.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ChartTest {
    private static Chart chart() {
        Chart chart = new Chart("a < b & c");
        Chart.Axis across = Chart.Axis.percent("x & y", 0.01, 1, true, 0.01, 0.1, 1);
        Chart.Panel panel = chart.panel("<title>", across, Chart.Axis.numbers("y", 0, 2, 0, 1, 2))
                .withDiagonal()
                .withLevel(1);
        panel.add("one", List.of(new Chart.Dot(0.1, new Scores.Share(5, 10))), true);
        panel.add("two", List.of(new Chart.Dot(5, new Scores.Share(10, 10))), false);
        return chart;
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    @Test
    void is_well_formed_whatever_the_words() throws Exception {
        Document document = parsed(chart().svg());

        assertThat(document.getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo("a < b & c");
        assertThat(document.getElementsByTagName("polyline").getLength()).isEqualTo(1);
    }

    @Test
    void gives_the_same_bytes_in_every_locale() {
        String here = chart().svg();
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(chart().svg()).isEqualTo(here).doesNotContain("\r");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void knows_light_and_dark_pages() {
        assertThat(chart().svg()).contains("prefers-color-scheme: dark");
    }

    @Test
    void places_values_on_their_axis_and_those_outside_on_its_edge() {
        Chart.Axis logarithmic = Chart.Axis.percent("x", 0.01, 1, true, 0.01, 1);
        assertThat(logarithmic.place(0.1)).isCloseTo(0.5, within(1e-12));
        assertThat(logarithmic.place(0)).isZero();
        assertThat(logarithmic.place(7)).isOne();
        assertThat(Chart.Axis.numbers("x", -1, 3, 0).place(0)).isEqualTo(0.25);
        assertThat(Chart.Axis.categories("x", List.of("a", "b")).place(0)).isEqualTo(0.25);
        assertThat(logarithmic.names()).containsExactly("1 %", "100 %");
        assertThat(Chart.Axis.percent("x", 0.002, 1, true, 0.002).names()).containsExactly("0.2 %");
    }
}
