package dev.plumbline.ingest.input.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.ingest.input.UnreadableInput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers of tar archives, of which programs write several kinds and others none that is right. */
class TarTest {
    private final ByteArrayOutputStream archive = new ByteArrayOutputStream();

    private static void put(byte[] block, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }

    /** Adds an entry whose header was changed before its checksum was made. */
    private TarTest entry(String name, char type, String content, Consumer<byte[]> change) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        byte[] block = new byte[Tar.BLOCK];
        put(block, 0, name);
        put(block, 124, String.format(Locale.ROOT, "%011o", bytes.length));
        put(block, 148, "        ");
        block[156] = (byte) type;
        put(block, 257, "ustar\00000");
        change.accept(block);
        int sum = 0;
        for (byte each : block) {
            sum += each & 0xFF;
        }
        put(block, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
        archive.writeBytes(block);
        archive.writeBytes(Arrays.copyOf(bytes, (bytes.length + Tar.BLOCK - 1) / Tar.BLOCK * Tar.BLOCK));
        return this;
    }

    private TarTest entry(String name, char type, String content) {
        return entry(name, type, content, block -> {});
    }

    private TarTest file(String name, String content) {
        return entry(name, '0', content);
    }

    private Map<String, String> read() throws IOException {
        return read(archive.toByteArray());
    }

    /** The entries that are files, by their names. */
    private static Map<String, String> read(byte[] bytes) throws IOException {
        Tar tar = new Tar(new ByteArrayInputStream(bytes), "results.tar");
        Map<String, String> entries = new LinkedHashMap<>();
        for (Optional<String> name = tar.next(); name.isPresent(); name = tar.next()) {
            try (InputStream content = tar.content()) {
                entries.put(name.get(), new String(content.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return entries;
    }

    /** A record of pax, whose length counts its own digits. */
    private static String record(String key, String value) {
        String rest = " " + key + "=" + value + "\n";
        int length = rest.getBytes(StandardCharsets.UTF_8).length + 1;
        while ((length + rest).getBytes(StandardCharsets.UTF_8).length != length) {
            length++;
        }
        return length + rest;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 513, 1024})
    void a_file_of_any_length_is_read_to_its_end_and_the_next_one_begins_there(int length) throws IOException {
        file("a", "x".repeat(length)).file("b", "behind");

        assertThat(read()).containsExactly(Map.entry("a", "x".repeat(length)), Map.entry("b", "behind"));
    }

    @Test
    void content_that_nobody_read_or_that_was_read_in_part_is_passed_over() throws IOException {
        file("a", "x".repeat(700)).file("b", "y".repeat(700)).file("c", "z");
        Tar tar = new Tar(new ByteArrayInputStream(archive.toByteArray()), "results.tar");

        assertThat(tar.next()).contains("a");
        assertThat(tar.next()).contains("b");
        assertThat(tar.content().read()).isEqualTo('y');
        assertThat(tar.next()).contains("c");
        assertThat(tar.content().readAllBytes()).isEqualTo(new byte[] {'z'});
        assertThat(tar.content().read()).isEqualTo(-1);
        assertThat(tar.next()).isEmpty();
    }

    @Test
    void folders_links_and_devices_are_no_files() throws IOException {
        entry("folder/", '5', "").entry("link", '2', "").entry("hard", '1', "").entry("device", '3', "");
        file("a", "1").entry("old", '\0', "2");

        assertThat(read()).containsExactly(Map.entry("a", "1"), Map.entry("old", "2"));
    }

    @Test
    void a_prefix_stands_before_the_name() throws IOException {
        entry("run.json", '0', "1", block -> put(block, 345, "a/long/folder"));

        assertThat(read()).containsOnlyKeys("a/long/folder/run.json");
    }

    @Test
    void what_gnu_keeps_in_the_place_of_a_prefix_is_no_part_of_a_name() throws IOException {
        entry("run.json", '0', "1", block -> {
            put(block, 257, "ustar  \0");
            put(block, 345, "14712345670");
        });

        assertThat(read()).containsOnlyKeys("run.json");
    }

    @Test
    void a_long_name_is_that_of_the_next_file_alone() throws IOException {
        String gnu = "g/".repeat(100) + "run.json";
        String pax = "ü/".repeat(100) + "run.json ";
        entry("././@LongLink", 'L', gnu + "\0").file("short", "1").file("b", "2");
        entry("PaxHeader", 'x', record("mtime", "1.5") + record("path", pax))
                .file("short", "3")
                .file("d", "4");

        assertThat(read())
                .containsExactly(Map.entry(gnu, "1"), Map.entry("b", "2"), Map.entry(pax, "3"), Map.entry("d", "4"));
    }

    @Test
    void a_path_inside_of_another_record_is_no_name() throws IOException {
        entry("PaxHeader", 'x', record("comment", "see path=other")).file("a", "1");
        entry("PaxHeader", 'x', record("comment", "1\n13 path=other")).file("b", "2");
        entry("PaxHeader", 'x', record("linkpath", "other")).file("c", "3");

        assertThat(read()).containsOnlyKeys("a", "b", "c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "path=x",
                "x path=x\n",
                "99 path=x\n",
                "0 path=x\n",
                "99999999999 path=x\n",
                "9 path=xy",
                "7",
                "1 "
            })
    void a_record_that_is_none_leaves_the_name_as_it_is(String record) throws IOException {
        entry("PaxHeader", 'x', record).file("a", "1");

        assertThat(read()).containsExactly(Map.entry("a", "1"));
    }

    @Test
    void of_two_paths_the_last_one_counts() throws IOException {
        entry("PaxHeader", 'x', record("path", "one") + record("path", "other")).file("a", "1");

        assertThat(read()).containsOnlyKeys("other");
    }

    @Test
    void a_long_name_of_a_folder_is_not_that_of_the_file_behind_it() throws IOException {
        entry("././@LongLink", 'L', "g/".repeat(100)).entry("folder", '5', "").file("run.json", "1");

        assertThat(read()).containsOnlyKeys("run.json");
    }

    @Test
    void a_size_may_be_binary() throws IOException {
        entry("a", '0', "12345", block -> {
            Arrays.fill(block, 124, 136, (byte) 0);
            block[124] = (byte) 0x80;
            block[135] = 5;
        });

        assertThat(read()).containsExactly(Map.entry("a", "12345"));
    }

    @Test
    void nothing_behind_the_end_is_read_and_an_end_may_be_missing() throws IOException {
        file("a", "1");
        byte[] withoutEnd = archive.toByteArray();
        archive.writeBytes(new byte[2 * Tar.BLOCK]);
        file("behind", "2");

        assertThat(read()).containsOnlyKeys("a");
        assertThat(read(withoutEnd)).containsOnlyKeys("a");
        assertThat(read(new byte[0])).isEmpty();
    }

    // ---- what is damaged

    @ParameterizedTest
    @CsvSource({"0, name", "124, size", "156, type", "345, prefix"})
    void a_byte_of_a_header_that_was_changed_is_found(int at, String what) {
        file("a", "1").file("b", "2");
        byte[] bytes = archive.toByteArray();
        bytes[2 * Tar.BLOCK + at] ^= 1;

        assertThatThrownBy(() -> read(bytes))
                .as(what)
                .isInstanceOf(UnreadableInput.class)
                .hasMessage("results.tar: is a tar archive that is cut off or damaged; make or copy it again");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 511, 513, 600, 1023})
    void what_is_cut_off_is_an_error_and_no_shorter_file(int length) {
        file("a", "x".repeat(500));
        byte[] bytes = Arrays.copyOf(archive.toByteArray(), length);

        assertThatThrownBy(() -> {
                    Map<String, String> entries = read(bytes);
                    assertThat(entries.get("a")).as("read in whole").isNotEqualTo("x".repeat(500));
                })
                .isInstanceOf(UnreadableInput.class)
                .hasMessageContaining("is a tar archive that is cut off");
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999", "-0000000001", "1 x"})
    void a_size_that_is_no_number_is_impossible(String size) {
        entry("a", '0', "1", block -> {
            Arrays.fill(block, 124, 136, (byte) 0);
            put(block, 124, size);
        });

        assertThatThrownBy(this::read).isInstanceOf(UnreadableInput.class).hasMessageContaining("impossible size");
    }

    @Test
    void a_binary_size_below_zero_is_impossible() {
        entry("a", '0', "1", block -> Arrays.fill(block, 124, 136, (byte) 0xFF));

        assertThatThrownBy(this::read).isInstanceOf(UnreadableInput.class).hasMessageContaining("impossible size");
    }

    @Test
    void a_name_that_needs_much_memory_is_refused_before_it_is_read() {
        entry("././@LongLink", 'L', "", block -> put(block, 124, "00077777777"));

        assertThatThrownBy(this::read)
                .isInstanceOf(UnreadableInput.class)
                .hasMessageContaining("an entry whose name is absurdly long");
    }
}
