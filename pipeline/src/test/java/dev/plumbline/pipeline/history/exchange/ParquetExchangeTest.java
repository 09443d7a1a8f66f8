package dev.plumbline.pipeline.history.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.model.Series;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.pipeline.workspace.StoreLocation;
import dev.plumbline.store.StoreException;
import dev.plumbline.store.copy.HistoryCopy;
import dev.plumbline.store.parquet.DuckDbDriver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Histories as Parquet files, with the driver that users download: what comes back, and what is refused. */
class ParquetExchangeTest {
    private static final Path DRIVER = Path.of("target/duckdb/duckdb_jdbc-1.5.6.0.jar");
    private static final String HOSTILE = "a\"b\\c{d: 1}\u2028ü\u0001'; DROP TABLE run; --";

    @TempDir
    private static Path shared;

    /** Found once: each time its 85 MB are read for their digest. */
    private static DuckDbDriver driver;

    private static ResultFiles original;
    private static Path exported;
    private static HistoryCopy.Copied written;

    @TempDir
    private Path folder;

    /** Of two environments and branches, with a hostile name, and a sample larger than one piece of a line. */
    @BeforeAll
    static void aHistory() throws IOException {
        driver = DuckDbDriver.find(Map.of(DuckDbDriver.VARIABLE, DRIVER.toString()));
        original = new ResultFiles(shared);
        original.record(original.together(
                List.of(original.healthy(0), original.healthy(1).in("rack").on("feature/x"), original.healthy(2))));
        original.record(original.write(
                "hostile.csv", "benchmark,value,unit,commit\n\"" + HOSTILE.replace("\"", "\"\"") + "\",1,ms,c9\n"));
        SplittableRandom random = new SplittableRandom(7);
        String many = random.doubles(60_000).mapToObj(Double::toString).collect(Collectors.joining(","));
        original.record(original.write(
                "many.json", "{\"results\":[{\"command\":\"many\",\"mean\":0.5,\"times\":[" + many + "]}]}"));
        exported = shared.resolve("it's here.parquet");
        written = new ExportParquet(driver, Progress.SILENT).export(in(original.historyFile()), exported);
    }

    private static StoreLocation in(Path file) {
        return StoreLocation.of(file.toString(), shared, Map.of(), Optional.empty());
    }

    private static String lines(Path store) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new ExportHistory(Progress.SILENT).export(in(store), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private HistoryCopy.Copied load(Path from) throws IOException {
        return new ImportParquet(driver, Progress.SILENT).load(from, in(folder.resolve("target.db")));
    }

    /** A copy of the export, to be damaged. */
    private Path copy() throws IOException {
        Path copy = Files.createDirectory(folder.resolve("copy.parquet"));
        try (Stream<Path> files = Files.list(exported)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    private void assertNothingKept() throws IOException {
        assertThat(load(exported)).as("an import is still possible").isEqualTo(written);
    }

    // ---- there and back

    @Test
    void what_comes_back_is_the_same_to_the_byte_and_has_the_same_digest() throws IOException {
        HistoryCopy.Copied read = load(exported);

        assertThat(read).isEqualTo(written);
        assertThat(read.runs()).isEqualTo(5);
        assertThat(lines(folder.resolve("target.db"))).isEqualTo(lines(original.historyFile()));
        assertThat(lines(original.historyFile())
                        .lines()
                        .mapToInt(String::length)
                        .max()
                        .orElse(0))
                .as("a sample in more than one piece")
                .isGreaterThan(2 * RowLines.MOST_BYTES);
    }

    @Test
    void series_and_names_of_any_kind_come_back() throws IOException {
        Path copy = Files.createDirectories(folder.resolve("copy/.plumbline"));
        new ImportParquet(driver, Progress.SILENT).load(exported, in(copy.resolve("history.db")));

        List<Series> series = new ResultFiles(folder.resolve("copy")).series();

        assertThat(series).isEqualTo(original.series());
        assertThat(series).anyMatch(one -> one.key().benchmark().name().equals(HOSTILE));
    }

    @Test
    void each_table_is_a_file_and_nothing_else_is_left() throws IOException {
        try (Stream<Path> files = Files.list(exported)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains("run.parquet", "measurement.parquet", "acceptance.parquet", "history.json")
                    .allMatch(name -> name.endsWith(".parquet") || name.equals("history.json"));
        }
        assertThat(Arrays.copyOf(Files.readAllBytes(exported.resolve("run.parquet")), 4))
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("PAR1");
        try (Stream<Path> beside = Files.list(shared)) {
            assertThat(beside.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("plumb"));
        }
    }

    @Test
    void an_empty_history_comes_back_empty() throws IOException {
        Path empty = folder.resolve("empty.db");
        in(empty).openAsItIs().close();
        Path none = folder.resolve("none.parquet");

        new ExportParquet(driver, Progress.SILENT).export(in(empty), none);

        assertThat(load(none).rows()).isZero();
    }

    // ---- what is not there, or in the way

    @Test
    void without_the_driver_it_is_said_how_to_get_it() {
        assertThatThrownBy(() -> DuckDbDriver.find(Map.of("XDG_CACHE_HOME", folder.toString())))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("Parquet needs DuckDB's driver (85 MB), and there is no file "
                        + folder.resolve("plumbline/duckdb_jdbc-1.5.6.0.jar"))
                .hasMessageContaining("curl -fL --create-dirs -o '" + folder)
                .hasMessageEndingWith(
                        "https://repo1.maven.org/maven2/org/duckdb/duckdb_jdbc/1.5.6.0/duckdb_jdbc-1.5.6.0.jar");
    }

    @Test
    void another_file_is_not_loaded_as_the_driver() throws IOException {
        Path other = Files.writeString(folder.resolve("duckdb.jar"), "not the driver");

        assertThatThrownBy(() -> DuckDbDriver.find(Map.of(DuckDbDriver.VARIABLE, other.toString())))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith(other + " is not DuckDB's driver 1.5.6.0: its SHA-256 is ");
    }

    @Test
    void a_folder_that_exists_is_left_as_it_is() throws IOException {
        Path there = Files.createDirectory(folder.resolve("there.parquet"));
        Path mine = Files.writeString(there.resolve("mine.txt"), "mine");

        assertThatThrownBy(() -> new ExportParquet(driver, Progress.SILENT).export(in(original.historyFile()), there))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("name a folder that does not");
        assertThat(mine).hasContent("mine");
    }

    @Test
    void a_history_that_is_not_there_is_not_begun() {
        Path none = folder.resolve("none.db");
        Path to = folder.resolve("none.parquet");

        assertThatThrownBy(() -> new ExportParquet(driver, Progress.SILENT).export(in(none), to))
                .isInstanceOf(NothingFound.class);
        assertThat(none).doesNotExist();
        assertThat(to).doesNotExist();
    }

    @Test
    void a_name_that_stands_for_many_files_is_refused_and_nothing_is_left() throws IOException {
        Path star = Files.createDirectory(folder.resolve("many[1]"));

        assertThatThrownBy(() -> new ExportParquet(driver, Progress.SILENT)
                        .export(in(original.historyFile()), star.resolve("h.parquet")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("its name has one of * ? [ ] { }");
        assertThat(star).isEmptyDirectory();
    }

    @Test
    void a_history_with_something_in_it_is_left_as_it_is() throws IOException {
        load(exported);
        String before = lines(folder.resolve("target.db"));

        assertThatThrownBy(() -> load(exported))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is not empty and was left unchanged");
        assertThat(lines(folder.resolve("target.db"))).isEqualTo(before);
    }

    // ---- damaged folders

    @Test
    void a_folder_without_its_description_is_no_export() {
        assertThatThrownBy(() -> load(folder))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageContaining("it has no history.json");
    }

    @Test
    void a_missing_file_is_named() throws IOException {
        Path damaged = copy();
        Files.delete(damaged.resolve("point.parquet"));

        assertThatThrownBy(() -> load(damaged))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageContaining("has no point.parquet");
        assertNothingKept();
    }

    @Test
    void a_file_that_is_cut_off_is_named() throws IOException {
        Path damaged = copy();
        Path file = damaged.resolve("measurement.parquet");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));

        assertThatThrownBy(() -> load(damaged))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("DuckDB could not read " + file);
        assertNothingKept();
    }

    @Test
    void a_file_of_another_table_is_refused_by_its_columns() throws IOException {
        Path damaged = copy();
        Files.copy(
                damaged.resolve("branch.parquet"),
                damaged.resolve("environment.parquet"),
                StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> load(damaged))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("environment.parquet has the columns [branch_id BIGINT, name VARCHAR]");
        assertNothingKept();
    }

    @Test
    void rows_of_another_history_have_another_digest() throws IOException {
        Path damaged = copy();
        Path document = damaged.resolve("history.json");
        Files.writeString(
                document,
                Files.readString(document)
                        .replace(written.digest(), "0".repeat(written.digest().length())));

        assertThatThrownBy(() -> load(damaged))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the rows are not those that were exported");
        assertNothingKept();
    }
}
