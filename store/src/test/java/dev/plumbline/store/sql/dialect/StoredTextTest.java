package dev.plumbline.store.sql.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "C:\\x\\u0000", "\"quoted\"", "line\nbreak", "\ud83d\ude00", "é"})
    void text_that_sql_tools_can_show_stays_as_it_is(String text) {
        assertThat(StoredText.encode(text)).isEqualTo(text);
        assertThat(StoredText.decode(text)).isEqualTo(text);
    }

    @Test
    void nul_half_pairs_and_the_escape_are_written_in_hexadecimal() {
        assertThat(StoredText.encode("a\u0000b")).isEqualTo("a\u00100000b");
        assertThat(StoredText.encode("\ud83dx\ude00")).isEqualTo("\u0010d83dx\u0010de00");
        assertThat(StoredText.encode("\u0010")).isEqualTo("\u00100010");
    }

    @Test
    void random_text_comes_back_and_needs_no_bytes_that_utf8_has_not() {
        for (int seed = 0; seed < 5_000; seed++) {
            String text = random(new SplittableRandom(seed));
            String stored = StoredText.encode(text);

            assertThat(new String(stored.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                    .isEqualTo(stored)
                    .doesNotContain("\u0000");
            assertThat(StoredText.decode(stored)).isEqualTo(text);
        }
    }

    @Test
    void random_maps_come_back() {
        for (int seed = 0; seed < 5_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            TreeMap<String, String> map = new TreeMap<>();
            for (int i = random.nextInt(5); i > 0; i--) {
                map.put(random(random), random(random));
            }
            String stored = StoredText.encode(map);

            assertThat(new String(stored.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                    .isEqualTo(stored);
            assertThat(StoredText.decodeMap(stored)).isEqualTo(map);
        }
    }

    private static String random(SplittableRandom random) {
        String alphabet = "\u0000\u0010\ud83d\ude00\\\"{}:,u0010dé\n ";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    @Test
    void maps_are_json() {
        assertThat(StoredText.encode(new TreeMap<>(Map.of("b", "x\"y\\", "a", "1\n"))))
                .isEqualTo("{\"a\":\"1\\u000a\",\"b\":\"x\\\"y\\\\\"}");
        assertThat(StoredText.encode(new TreeMap<>())).isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "{}x", "[]", "{\"a\"}", "{\"a\":1}", "{\"a\":\"b\"", "{\"a\":\"\\u00", "{\"a\":\"b\",}"
            })
    void other_text_is_no_map(String text) {
        assertThatThrownBy(() -> StoredText.decodeMap(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
