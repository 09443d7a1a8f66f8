package dev.plumbline.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.pipeline.config.yaml.Mistakes;
import dev.plumbline.pipeline.config.yaml.Node;
import dev.plumbline.pipeline.config.yaml.Yaml;
import dev.plumbline.pipeline.config.yaml.YamlText;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTextTest {
    private static String readBack(String text) throws IOException {
        Mistakes mistakes = new Mistakes();
        Node.Entries map = (Node.Entries) Yaml.parse("key: " + YamlText.quoted(text) + "\n", "x.yaml", mistakes);
        mistakes.throwIfAny();
        return ((Node.Scalar) map.entries().get(0).value()).text();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"plain", "größe", "שלום", "日本語", "🚀", "a: b # c", "- x", "<<<<<<< ours", "  two  ", "%&*!|>'@`"
            })
    void letters_of_every_language_stay_as_they_are(String text) throws IOException {
        assertThat(YamlText.quoted(text)).isEqualTo('"' + text + '"');
        assertThat(readBack(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "10,\\u000a",
        "27,\\u001b",
        "0,\\u0000",
        "133,\\u0085",
        "8232,\\u2028",
        "8238,\\u202e",
        "8203,\\u200b",
        "65279,\\ufeff",
        "917569,\\U000e0041",
    })
    void what_ends_a_line_controls_a_terminal_or_turns_the_direction_is_written_as_its_number(int point, String written)
            throws IOException {
        String text = "a" + Character.toString(point) + "b";

        assertThat(YamlText.quoted(text)).isEqualTo("\"a" + written + "b\"");
        assertThat(readBack(text)).isEqualTo(text);
    }

    @Test
    void quotes_and_backslashes_end_no_value() throws IOException {
        assertThat(YamlText.quoted("\"; x: \"\\")).isEqualTo("\"\\\"; x: \\\"\\\\\"");
        assertThat(readBack("\"; x: \"\\")).isEqualTo("\"; x: \"\\");
    }

    @Test
    void whatever_text_it_is_comes_back_from_one_line() throws IOException {
        for (int seed = 0; seed < 2_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                int point = random.nextInt(random.nextBoolean() ? 0x300 : 0x1_2000);
                text.appendCodePoint(Character.getType(point) == Character.SURROGATE ? 'x' : point);
            }
            assertThat(YamlText.quoted(text.toString()).lines())
                    .as("seed %d", seed)
                    .hasSize(1);
            assertThat(readBack(text.toString())).as("seed %d", seed).isEqualTo(text.toString());
        }
    }
}
