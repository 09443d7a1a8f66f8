package dev.plumbline.ingest.jmeter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.model.Sample;
import dev.plumbline.ingest.Gathered;
import dev.plumbline.ingest.input.UnreadableInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Tables of JMeter, which are read as bytes. */
class JmeterTableTest {
    private static final String HEAD = "timeStamp,elapsed,label,success\n";

    private static Map<Double, Long> times(Gathered gathered, String label) {
        Sample.Histogram histogram =
                (Sample.Histogram) gathered.measurement(label, "time").sample();
        Map<Double, Long> times = new TreeMap<>();
        double[] values = histogram.groups().get(0).values();
        for (int i = 0; i < values.length; i++) {
            times.put(values[i], histogram.groups().get(0).counts()[i]);
        }
        return times;
    }

    @Test
    void every_row_is_counted_whatever_its_label_holds_and_wherever_the_buffer_ends() throws IOException {
        String[] pieces = {"a", "b", "größe", ",", "\n", "\"", " ", "x", "/items?id=1", "\r\n", "€", "😀"};
        for (long seed = 1; seed <= 5; seed++) {
            Random random = new Random(seed);
            List<String> labels = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                StringBuilder label = new StringBuilder("L" + i);
                for (int part = random.nextInt(6); part > 0; part--) {
                    label.append(pieces[random.nextInt(pieces.length)]);
                }
                labels.add(label.append('.').toString());
            }
            Map<String, Map<Double, Long>> expected = new HashMap<>();
            StringBuilder table = new StringBuilder(HEAD);
            while (table.length() < 700_000) {
                String label = labels.get(random.nextInt(labels.size()));
                long elapsed = random.nextInt(10) == 0 ? random.nextInt(1 << 30) : random.nextInt(500);
                boolean quoted = random.nextBoolean() || !label.matches("[^,\n\r\"]*");
                table.append(1_700_000_000_000L + random.nextInt(1000))
                        .append(',')
                        .append(elapsed)
                        .append(',');
                table.append(quoted ? '"' + label.replace("\"", "\"\"") + '"' : label);
                table.append(",true").append(random.nextBoolean() ? "\r\n" : "\n");
                expected.computeIfAbsent(label, name -> new TreeMap<>()).merge((double) elapsed, 1L, Long::sum);
            }

            Gathered gathered = Gathered.of("seed-" + seed + ".jtl", table.toString());

            expected.forEach((label, counts) ->
                    assertThat(times(gathered, label)).as(label).isEqualTo(counts));
            assertThat(gathered.problems()).as("seed " + seed).isEmpty();
        }
    }

    @Test
    void rows_that_are_no_samples_are_told_with_their_line() throws IOException {
        Gathered gathered = Gathered.of(
                "x.jtl", HEAD + "1,5,\"two\nlines\",true\n2,fast,a,true\n\n3,7,a\n4,-1,a,true\n5,9,a,false\n");

        assertThat(gathered.problems())
                .containsExactly(
                        "x.jtl:4: \"fast\" is not a time in milliseconds; the sample is skipped",
                        "x.jtl:6: the row has 3 of 4 fields; it is skipped",
                        "x.jtl:7: \"-1\" is not a time in milliseconds; the sample is skipped");
        assertThat(times(gathered, "a")).isEqualTo(Map.of(9.0, 1L));
        assertThat(gathered.measurement("a", "failures").sample().location()).isEqualTo(100);
    }

    @Test
    void a_quoted_label_that_never_ends_is_refused_with_its_line() {
        assertThatThrownBy(() -> Gathered.of("x.jtl", HEAD + "1,5,a,true\n2,6,\"b,true\n3,7,c,true\n"))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageStartingWith("x.jtl:3: has a quoted field that never ends");
    }

    @Test
    void a_label_in_latin_1_is_refused_with_its_line() {
        byte[] bytes = (HEAD + "1,5,a,true\n2,6,größe,true\n").getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> Gathered.of("x.jtl", bytes))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageStartingWith("x.jtl:3: is not UTF-8 text");
    }

    @Test
    void a_quoted_and_an_unquoted_label_of_the_same_text_are_one() throws IOException {
        Gathered gathered = Gathered.of("x.jtl", HEAD + "1,5,a,true\n2,6,\"a\",true\n");

        assertThat(times(gathered, "a")).isEqualTo(Map.of(5.0, 1L, 6.0, 1L));
    }
}
