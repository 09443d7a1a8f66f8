package dev.plumbline.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Run;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.ingest.neutral.NeutralJsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for every format: real files are told apart and read, and nothing a file holds can do more than be
 * refused.
 */
class EveryFormatTest {

    static List<Path> fixtures() {
        return Fixtures.all();
    }

    /** The folder right below the root of all fixtures. */
    private static String formatOf(Path file) {
        return Fixtures.file("").relativize(file).getName(0).toString();
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void has_files_to_be_tested_with(Format format) {
        assertThat(Fixtures.of(format)).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void is_recognised_by_its_content_and_by_no_other_format(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Head head = Source.of("results.dat", bytes).head();
        List<String> recognising = Arrays.stream(Format.values())
                .filter(format -> format.recognises(head))
                .map(Format::id)
                .toList();

        assertThat(recognising).containsExactly(formatOf(file));
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void gives_measurements(Path file) throws IOException {
        assertThat(Gathered.of(file).measurements()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void comes_out_of_plumbline_json_as_it_went_in(Path file) throws IOException {
        List<Run> runs = Gathered.of(file).runs();
        ByteArrayOutputStream written = new ByteArrayOutputStream();

        try (NeutralJsonWriter writer = new NeutralJsonWriter(written)) {
            runs.forEach(writer::write);
        }

        assertThat(Gathered.of("copy.json", written.toByteArray()).runs()).isEqualTo(runs);
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void cut_off_anywhere_it_is_read_in_part_or_refused_but_never_breaks_the_reader(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int step = Math.max(1, bytes.length / 80) | 1;
        Format format = Format.withId(formatOf(file)).orElseThrow();
        for (int length = 0; length < bytes.length; length += length < 120 || bytes.length - length < 40 ? 1 : step) {
            readOrRefuse(Arrays.copyOf(bytes, length), format);
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void read_as_another_format_it_is_refused_or_gives_problems_but_never_breaks_the_reader(Path file)
            throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        for (Format format : Format.values()) {
            readOrRefuse(bytes, format);
        }
    }

    private static void readOrRefuse(byte[] bytes, Format format) throws IOException {
        try {
            Results.with(ImportContext.unknown(Gathered.NOW))
                    .read(Source.of("cut.json", bytes), Optional.of(format), new Gathered());
        } catch (UnreadableInput e) {
            assertThat(e.where()).startsWith("cut.json");
            assertThat(e.what()).isNotBlank();
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void is_read_alike_in_every_locale(Path file) throws IOException {
        List<Run> runs = Gathered.of(file).runs();
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(Gathered.of(file).runs()).isEqualTo(runs);
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            assertThat(Gathered.of(file).runs()).isEqualTo(runs);
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void is_read_alike_in_utf_16_and_with_a_byte_order_mark(Path file) throws IOException {
        String text = Files.readString(file);
        List<Run> runs = Gathered.of(file).runs();
        String name = file.toString();

        assertThat(Gathered.of(name, "\uFEFF" + text).runs()).isEqualTo(runs);
        assertThat(Gathered.of(name, ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE))
                        .runs())
                .isEqualTo(runs);
        assertThat(Gathered.of(name, ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16BE))
                        .runs())
                .isEqualTo(runs);
        if (text.charAt(0) < 128) { // without a mark, ASCII at the beginning tells UTF-16
            assertThat(Gathered.of(name, text.getBytes(StandardCharsets.UTF_16LE))
                            .runs())
                    .isEqualTo(runs);
        }
    }

    @Test
    void ids_are_unique_and_find_their_format() {
        for (Format format : Format.values()) {
            assertThat(Format.withId(format.id())).contains(format);
        }
        assertThat(Format.withId("nonsense")).isEmpty();
    }
}
