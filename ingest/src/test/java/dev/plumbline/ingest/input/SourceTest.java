package dev.plumbline.ingest.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceTest {
    private static final String TEXT = "größe,\uD83D\uDE00\nzweite Zeile\n";

    private static String read(Source source) throws IOException {
        try (InputStream bytes = source.open()) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void text_is_utf_8_whatever_it_was_with_a_mark_packed_or_not(String charset) throws IOException {
        byte[] bytes = ("\uFEFF" + TEXT).getBytes(Charset.forName(charset));

        assertThat(read(Source.of("a", bytes))).isEqualTo(TEXT);
        assertThat(read(Source.of("a", gzip(bytes)))).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
    void utf_16_without_a_mark_is_known_by_ascii_at_its_beginning(String charset) throws IOException {
        assertThat(read(Source.of("a", ("{\"a\"" + TEXT).getBytes(Charset.forName(charset)))))
                .isEqualTo("{\"a\"" + TEXT);
    }

    @Test
    void a_pair_of_surrogates_is_whole_wherever_a_block_of_utf_16_ends() throws IOException {
        String text = "x" + "\uD83D\uDE00".repeat(10_000);

        assertThat(read(Source.of("a", ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE))))
                .isEqualTo(text);
        assertThat(read(Source.of("a", ("\uFEFFx" + text).getBytes(StandardCharsets.UTF_16BE))))
                .isEqualTo("x" + text);
    }

    @Test
    void half_of_a_character_of_utf_16_is_no_text() {
        byte[] odd = Arrays.copyOf("\uFEFFabc".getBytes(StandardCharsets.UTF_16LE), 7);

        assertThatThrownBy(() -> read(Source.of("a", odd))).isInstanceOf(CharacterCodingException.class);
    }

    @Test
    void a_source_is_read_from_its_start_as_often_as_needed_and_closing_removes_what_was_kept() throws IOException {
        Source once = Source.of("<stdin>", new ByteArrayInputStream(TEXT.getBytes(StandardCharsets.UTF_8)));
        try (once) {
            assertThat(read(once)).isEqualTo(TEXT);
            assertThat(read(once)).isEqualTo(TEXT);
        }

        assertThatThrownBy(() -> read(once)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "latency.hgrm, latency",
        "load.txt.gz, load",
        "a/b\\c.json, c",
        "jmh-2026-01-31.json, jmh-2026-01-31",
        "no-ending, no-ending",
        "a.b.c, a.b.c",
        ".json, .json",
        "archive.tar.zst, archive.tar",
        "x.JSON, x.JSON"
    })
    void the_stem_is_the_last_part_of_the_name_without_known_endings(String name, String stem) {
        assertThat(Source.of(name, new byte[0]).stem()).isEqualTo(stem);
    }

    @Test
    void an_entry_is_called_by_its_archive_and_its_own_name() throws IOException {
        Source entry = Source.entry("a.zip", "x/y.json", new byte[] {'{', '}'});

        assertThat(entry.name()).isEqualTo("a.zip!x/y.json");
        assertThat(entry.fileName()).isEqualTo("y.json");
        assertThat(entry.neighbours()).isEmpty();
    }

    @Test
    void neighbours_are_the_files_of_the_folder_and_none_where_there_is_no_folder(@TempDir Path folder)
            throws IOException {
        Path file = Files.writeString(folder.resolve("b.json"), "{}");
        Files.writeString(folder.resolve("a.json"), "{}");

        assertThat(Source.of(file).neighbours()).containsExactly("a.json", "b.json");
        assertThat(Source.of(file, "other name").neighbours()).isEmpty();
        assertThat(Source.of(folder.resolve("missing/c.json")).neighbours()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'a\nb\n' | ''",
                "'a\nb' | x:2",
                "'a\nb\n   ' | ''",
                "'a' | x:1",
                "'a\r\nb\r\n' | ''",
                "'a\nb\r' | ''"
            })
    void a_last_line_without_an_end_is_known_with_its_number_once_all_was_read(String text, String where)
            throws IOException {
        Source source = Source.of("x", text.getBytes(StandardCharsets.UTF_8));
        assertThat(source.openEnd()).as("before it was read").isEmpty();

        read(source);

        assertThat(source.openEnd().orElse("")).isEqualTo(where);
    }

    @ParameterizedTest
    @CsvSource({
        "'80 04 95 00', is a Python pickle",
        "'7F 45 4C 46 00', is not a text file (a zero byte at offset 4)",
        "'50 4B 00', is not a text file (a zero byte at offset 2)"
    })
    void what_is_no_text_is_told_from_a_damaged_result(String hex, String message) {
        String[] parts = hex.split(" ");
        byte[] bytes = new byte[parts.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(parts[i], 16);
        }

        assertThatThrownBy(() -> Source.of("x.bin", bytes).head())
                .isInstanceOfSatisfying(UnreadableInput.class, refused -> {
                    assertThat(refused.isNoResult()).isTrue();
                    assertThat(refused.where()).isEqualTo("x.bin");
                    assertThat(refused.what()).startsWith(message);
                });
    }

    @Test
    void utf_32_is_refused_as_no_text() {
        assertThatThrownBy(() -> Source.of("x", "\uFEFFabcdef".getBytes(Charset.forName("UTF-32LE")))
                        .head())
                .isInstanceOf(UnreadableInput.class)
                .hasMessageContaining("is not a text file");
    }

    @Test
    void a_damaged_packing_is_refused_where_it_is_damaged() throws IOException {
        String text = IntStream.range(0, 10_000).mapToObj(String::valueOf).collect(Collectors.joining("\n"));
        byte[] packed = gzip(text.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> read(Source.of("x.gz", Arrays.copyOf(packed, packed.length - 8))))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageStartingWith("x.gz: is compressed and cut off or damaged");
        byte[] changed = packed.clone();
        changed[packed.length / 2] ^= 0x55;
        assertThatThrownBy(() -> read(Source.of("x.gz", changed)))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageStartingWith("x.gz: is compressed and cut off or damaged");
    }
}
