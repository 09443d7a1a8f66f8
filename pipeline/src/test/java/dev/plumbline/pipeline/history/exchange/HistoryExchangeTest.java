package dev.plumbline.pipeline.history.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.model.Series;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.pipeline.history.CopyHistory;
import dev.plumbline.pipeline.workspace.StoreLocation;
import dev.plumbline.store.StoreException;
import dev.plumbline.store.copy.HistoryCopy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Histories as lines: what is written, what comes back, and what is refused with its line. */
class HistoryExchangeTest {
    private static final String HOSTILE = "a\"b\\c{d: 1}\u2028ü\u0001'; DROP TABLE run; --";

    @TempDir
    private static Path shared;

    private static ResultFiles original;
    private static List<String> lines;

    @TempDir
    private Path folder;

    /** Of two environments and branches, with a name that means something in JSON, SQL and terminals. */
    @BeforeAll
    static void aHistory() throws IOException {
        original = new ResultFiles(shared);
        List<ResultFiles.Run> runs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            runs.add(original.healthy(i));
            runs.add(original.healthy(i).in("rack").on("feature/x"));
        }
        original.record(original.together(runs));
        original.record(original.write(
                "hostile.csv", "benchmark,value,unit,commit\n\"" + HOSTILE.replace("\"", "\"\"") + "\",1,ms,c9\n"));
        lines = exported(in(original.historyFile())).lines().toList();
    }

    private static StoreLocation in(Path file) {
        return StoreLocation.of(file.toString(), shared, Map.of(), Optional.empty());
    }

    private static String exported(StoreLocation from) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new ExportHistory(Progress.SILENT).export(from, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private Path target() {
        return folder.resolve("target.db");
    }

    private HistoryCopy.Copied load(List<String> all) throws IOException {
        return load(String.join("\n", all) + "\n");
    }

    private HistoryCopy.Copied load(String text) throws IOException {
        return new ImportHistory(Progress.SILENT)
                .load("rows.ndjson", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), in(target()));
    }

    private static List<String> changed(String table, UnaryOperator<String> change) {
        List<String> all = new ArrayList<>(lines);
        all.set(lineOf(table) - 1, change.apply(all.get(lineOf(table) - 1)));
        return all;
    }

    /** The first line of a table, counted from 1. */
    private static int lineOf(String table) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("{\"table\":\"" + table + "\"")) {
                return i + 1;
            }
        }
        throw new AssertionError("no line of " + table);
    }

    private void assertRefused(List<String> all, int line, String why) throws IOException {
        assertThatThrownBy(() -> load(all))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageStartingWith("rows.ndjson:" + line + ": ")
                .hasMessageContaining(why);
        assertThat(load(lines).runs())
                .as("nothing was kept, so that the whole can still be imported")
                .isEqualTo(9);
    }

    // ---- there and back

    @Test
    void what_comes_back_is_the_same_to_the_byte_and_has_the_same_digest() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        HistoryCopy.Copied written = new ExportHistory(Progress.SILENT).export(in(original.historyFile()), out);

        HistoryCopy.Copied read = load(out.toString(StandardCharsets.UTF_8));

        assertThat(read).isEqualTo(written);
        assertThat(read.runs()).isEqualTo(9);
        assertThat(read.measurements()).isEqualTo(17);
        assertThat(read.rows()).isEqualTo(lines.size() - 2);
        assertThat(exported(in(target()))).isEqualTo(out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void series_and_names_of_any_kind_come_back() throws IOException {
        Path copy = Files.createDirectories(folder.resolve("copy/.plumbline"));
        new ImportHistory(Progress.SILENT)
                .load(
                        "rows.ndjson",
                        new ByteArrayInputStream(String.join("\n", lines).getBytes(StandardCharsets.UTF_8)),
                        in(copy.resolve("history.db")));

        List<Series> series = new ResultFiles(folder.resolve("copy")).series();

        assertThat(series).isEqualTo(original.series());
        assertThat(series).anyMatch(one -> one.key().benchmark().name().equals(HOSTILE));
    }

    @Test
    void each_row_is_one_line_of_ascii_or_escaped_characters() {
        assertThat(lines.get(0)).isEqualTo("{\"schema\":\"plumbline-rows/1\"}");
        assertThat(lines.get(lines.size() - 1))
                .startsWith("{\"end\":{\"rows\":" + (lines.size() - 2) + ",\"digest\":\"");
        assertThat(lines.subList(1, lines.size() - 1)).allMatch(line -> line.startsWith("{\"table\":\""));
        assertThat(lines).noneMatch(line -> line.chars().anyMatch(character -> character < ' '));
    }

    @Test
    void an_empty_history_is_a_head_and_an_end_and_comes_back_empty() throws IOException {
        Path empty = folder.resolve("empty.db");
        in(empty).openAsItIs().close();

        List<String> none = exported(in(empty)).lines().toList();

        assertThat(none).hasSize(2);
        assertThat(load(none).rows()).isZero();
    }

    @Test
    void a_copy_from_file_to_file_has_the_digest_of_the_export() throws IOException {
        HistoryCopy.Copied copied = new CopyHistory(Progress.SILENT).copy(in(original.historyFile()), in(target()));

        assertThat(lines.get(lines.size() - 1)).contains("\"digest\":\"" + copied.digest() + "\"");
        assertThat(exported(in(target())).lines()).isEqualTo(lines);
    }

    // ---- what is not there, or in the way

    @Test
    void a_history_that_is_not_there_is_neither_exported_nor_copied_nor_begun() {
        Path none = folder.resolve("none.db");
        OutputStream untouched = OutputStream.nullOutputStream();

        assertThatThrownBy(() -> new ExportHistory(Progress.SILENT).export(in(none), untouched))
                .isInstanceOf(NothingFound.class)
                .hasMessage("there is no history " + none + " to export");
        assertThatThrownBy(() -> new CopyHistory(Progress.SILENT).copy(in(none), in(target())))
                .isInstanceOf(NothingFound.class)
                .hasMessage("there is no history " + none + " to copy");
        assertThat(none).doesNotExist();
        assertThat(target()).doesNotExist();
    }

    @Test
    void a_history_with_something_in_it_is_left_as_it_is() throws IOException {
        load(lines);
        String before = exported(in(target()));

        assertThatThrownBy(() -> load(lines))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is not empty and was left unchanged");
        assertThatThrownBy(() -> new CopyHistory(Progress.SILENT).copy(in(original.historyFile()), in(target())))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is not empty and was left unchanged");
        assertThat(exported(in(target()))).isEqualTo(before);
    }

    @Test
    void a_full_disk_ends_an_export_with_its_own_error_and_without_an_end() {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        OutputStream full = new FilterOutputStream(kept) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                if (kept.size() + length > 1_000) {
                    throw new IOException("no space left on device");
                }
                super.write(bytes, from, length);
            }
        };

        assertThatThrownBy(() -> new ExportHistory(Progress.SILENT).export(in(original.historyFile()), full))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("no space left on device");
        assertThat(kept.toString(StandardCharsets.UTF_8)).doesNotContain("\"end\"");
    }

    @Test
    void what_cannot_be_read_on_is_the_error_of_the_stream_and_nothing_is_kept() throws IOException {
        byte[] text = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        InputStream broken = new FilterInputStream(new ByteArrayInputStream(text, 0, text.length / 2)) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int read = super.read(target, offset, length);
                if (read < 0) {
                    throw new IOException("connection reset");
                }
                return read;
            }
        };

        assertThatThrownBy(() -> new ImportHistory(Progress.SILENT).load("rows", broken, in(target())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("connection reset");
        assertThat(load(lines).runs()).isEqualTo(9);
    }

    // ---- lines that are not as they should be

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"schema\":\"plumbline-rows/2\"}", "{\"schema\":1}", "[]", "\"plumbline-rows/1\""})
    void the_first_line_says_what_the_others_are(String head) throws IOException {
        List<String> all = new ArrayList<>(lines);
        all.set(0, head);

        assertRefused(all, 1, "is no history that plumb store export wrote, or one of a newer form");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run | \"measurements\":[0-9]+ | \"measurements\":\"many\" | has no whole number in measurements",
                "run | \"measurements\":[0-9]+ | \"measurements\":1.5 | has no whole number in measurements",
                "run | \"content_id\":\"[^\"]*\" | \"content_id\":7 | has no text in content_id",
                "metric | \"factor\":[^,]+ | \"factor\":\"much\" | has no number in factor",
                "metric | \"factor\":[^,]+ | \"factor\":[] | has no number in factor",
                "measurement | \"sample\":\\[[^]]*] | \"sample\":[\"%%%\"] | has no bytes in base 64 in sample",
                "measurement | \"sample\":\\[[^]]*] | \"sample\":[1] | has no pieces of bytes in sample",
                "branch | \"name\": | \"more\":1,\"name\": | has other members than the columns of the table branch",
                "branch | \"name\": | \"nome\": | has other members than the columns of the table branch",
            })
    void a_member_that_is_not_as_it_should_be_is_named_with_its_line(
            String table, String part, String other, String why) throws IOException {
        List<String> all = changed(table, line -> line.replaceFirst(part, other.replace("\\", "\\\\")));

        assertRefused(all, lineOf(table), why);
    }

    @Test
    void a_row_of_a_table_that_is_over_or_of_none_is_refused() throws IOException {
        List<String> late = new ArrayList<>(lines);
        late.add(lines.size() - 1, lines.get(lineOf("branch") - 1));
        assertRefused(late, lines.size(), "is neither a row of the next table nor the end");

        Files.delete(target());
        assertRefused(
                changed("run", line -> line.replaceFirst("\"run\"", "\"sqlite_master\"")),
                lineOf("run"),
                "is neither a row of the next table nor the end");
    }

    @ParameterizedTest
    @CsvSource({"1, breaks off: the end is missing", "0.5, breaks off: the end is missing"})
    void what_breaks_off_is_refused_in_the_line_behind_the_last(double share, String why) throws IOException {
        int kept = (int) ((lines.size() - 1) * share);

        assertRefused(lines.subList(0, kept), kept + 1, why);
    }

    @Test
    void a_number_of_rows_that_is_not_theirs_is_refused() throws IOException {
        List<String> all = new ArrayList<>(lines);
        all.remove(lineOf("measurement") - 1);

        assertRefused(all, lines.size() - 1, "says that there are other rows than " + (lines.size() - 3));
    }

    @Test
    void a_value_that_was_changed_is_found_by_the_digest() throws IOException {
        List<String> all =
                changed("branch", line -> line.replace("main", "mine").replace("feature/x", "feature/y"));

        assertThatThrownBy(() -> load(all))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("the rows are not those that were exported")
                .hasMessageEndingWith("nothing was changed");
        assertThat(load(lines).runs()).isEqualTo(9);
    }

    @Test
    void nothing_follows_the_end() throws IOException {
        List<String> all = new ArrayList<>(lines);
        all.add(lines.get(1));

        assertRefused(all, lines.size() + 1, "follows the end");
    }
}
