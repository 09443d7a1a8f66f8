package dev.plumbline.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.UnreadableInput;
import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
    private static final String CSV = "benchmark,value,unit\ndecode,1.5,ms\n";
    private static final String OTHER = "benchmark,value,unit\nencode,2.5,ms\n";

    @TempDir
    private Path folder;

    private static final class Kept implements RunSink {
        private final List<String> measurements = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();

        @Override
        public void accept(RunHeader header, Measurement measurement) {
            measurements.add(
                    measurement.benchmark().name() + " " + measurement.sample().location());
        }

        @Override
        public void problem(Problem problem) {
            problems.add(problem.toString());
        }
    }

    private record Entry(String name, byte[] content) {
        Entry(String name, String content) {
            this(name, content.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static byte[] zip(Entry... entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Entry entry : entries) {
                zip.putNextEntry(new ZipEntry(entry.name));
                zip.write(entry.content);
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static void header(OutputStream out, String name, char type, long size) throws IOException {
        byte[] block = new byte[512];
        byte[] written = name.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(written, 0, block, 0, Math.min(100, written.length));
        put(block, 100, "0000644\0");
        put(block, 124, String.format(Locale.ROOT, "%011o\0", size));
        put(block, 148, "        ");
        block[156] = (byte) type;
        put(block, 257, "ustar\00000");
        int sum = 0;
        for (byte each : block) {
            sum += each & 0xFF;
        }
        put(block, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
        out.write(block);
    }

    private static void put(byte[] block, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }

    private static byte[] tar(Entry... entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        header(out, "folder/", '5', 0);
        for (Entry entry : entries) {
            if (entry.name.length() > 100) {
                String record = " path=" + entry.name + "\n";
                String whole = (record.length() + 3) + record;
                header(out, "pax", 'x', whole.length());
                out.write(padded(whole.getBytes(StandardCharsets.UTF_8)));
            }
            header(out, entry.name, '0', entry.content.length);
            out.write(padded(entry.content));
        }
        out.write(new byte[1024]);
        return out.toByteArray();
    }

    private static byte[] padded(byte[] content) {
        return Arrays.copyOf(content, (content.length + 511) / 512 * 512);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] zstd(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new ZstdOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private Kept read(String name, byte[] content) throws IOException {
        Kept kept = new Kept();
        Path file = Files.write(folder.resolve(name), content);
        Results.with(ImportContext.unknown(Instant.EPOCH)).read(file, Optional.empty(), kept);
        kept.problems.replaceAll(problem -> problem.replace(folder + "/", ""));
        return kept;
    }

    @Test
    void every_kind_of_archive_gives_what_its_files_give() throws IOException {
        String deep = "deep/".repeat(30) + "b.csv";
        Entry[] entries = {
            new Entry("a.csv", CSV),
            new Entry(deep, gzip(OTHER.getBytes(StandardCharsets.UTF_8))),
            new Entry(".hidden.csv", CSV),
            new Entry("__MACOSX/a.csv", CSV)
        };
        for (byte[] archive : List.of(zip(entries), tar(entries), gzip(tar(entries)), zstd(tar(entries)))) {
            Kept kept = read("results.bin", archive);

            assertThat(kept.measurements).containsExactly("decode 1.5", "encode 2.5");
            assertThat(kept.problems).isEmpty();
        }
        assertThat(read("a.zst", zstd(CSV.getBytes(StandardCharsets.UTF_8))).measurements)
                .containsExactly("decode 1.5");
    }

    @Test
    void what_is_no_result_in_an_archive_is_told_with_archive_and_entry() throws IOException {
        Kept kept = read(
                "a.zip",
                zip(
                        new Entry("../../etc/passwd", "root:x"),
                        new Entry("inner.zip", zip(new Entry("a.csv", CSV))),
                        new Entry("a.csv", CSV)));

        assertThat(kept.measurements).containsExactly("decode 1.5");
        assertThat(kept.problems).hasSize(2);
        assertThat(kept.problems.get(0)).startsWith("a.zip!../../etc/passwd: unknown format");
        assertThat(kept.problems.get(1)).startsWith("a.zip!inner.zip: is not a text file");
        assertThat(folder).isDirectoryContaining("glob:**a.zip").isDirectoryNotContaining("glob:**passwd");
        assertThatThrownBy(() -> read("b.zip", zip(new Entry("readme", "hello"))))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageEndingWith("b.zip: is an archive in which no result file was found");
        assertThatThrownBy(() -> read(
                        "c.zip",
                        zip(new Entry("a.json", "[{\"name\":\"a\",\"unit\":\"ms\",\"value\":1},{\"name\":\"b\","))))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageContaining("c.zip!a.json:1:")
                .hasMessageContaining("cut off");
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void a_bomb_is_refused() throws IOException {
        byte[] zeros = new byte[65 << 20]; // up to 64 MiB anything may unpack
        Arrays.fill(zeros, (byte) '\n');
        byte[] csv = CSV.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(csv, 0, zeros, 0, csv.length);

        assertThatThrownBy(() -> read("a.csv.gz", gzip(zeros))).hasMessageContaining("no honest result file does");
        assertThatThrownBy(() -> read("a.csv.zst", zstd(zeros))).hasMessageContaining("no honest result file does");
        assertThatThrownBy(() -> read("a.zip", zip(new Entry("a.csv", zeros))))
                .hasMessageContaining("a.zip: unpacks to more than")
                .hasMessageContaining("no honest result file does");

        Entry[] many = new Entry[20_001];
        Arrays.fill(many, new Entry("", ""));
        for (int i = 0; i < many.length; i++) {
            many[i] = new Entry(".x" + i, "");
        }
        assertThatThrownBy(() -> read("b.zip", zip(many))).hasMessageContaining("has more than 20000 entries");
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void a_damaged_archive_is_read_or_refused() throws IOException {
        long seed = 7;
        Random random = new Random(seed);
        Entry[] entries = {new Entry("a.csv", CSV), new Entry("b.csv", OTHER)};
        byte[] text = (CSV + OTHER.repeat(50)).getBytes(StandardCharsets.UTF_8);
        for (byte[] whole :
                List.of(zip(entries), tar(entries), gzip(tar(entries)), zstd(tar(entries)), zstd(text), gzip(text))) {
            for (int round = 0; round < 300; round++) {
                byte[] damaged = round % 3 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
                for (int i = 0; round % 3 != 0 && i < 1 + random.nextInt(3); i++) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                }
                try {
                    read("x", damaged);
                } catch (IOException e) {
                    assertThat(e).as("seed %d, round %d", seed, round).isInstanceOf(UnreadableInput.class);
                }
            }
        }
    }
}
