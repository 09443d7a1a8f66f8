package dev.plumbline.junit.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.model.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineStoreTest {
    private static final Instant NOW = Instant.parse("2026-11-29T08:00:00Z");

    @TempDir
    private Path project;

    private StoreLock lock;
    private BaselineStore store;
    private Path root;

    @BeforeEach
    void open() throws Exception {
        root = project.resolve("store");
        lock = StoreLock.take(root, Duration.ofSeconds(1));
        store = new BaselineStore(lock);
    }

    @AfterEach
    void close() {
        lock.close();
    }

    private Path file(String name, String content) throws IOException {
        Path file = project.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private static Baseline baseline(String test, List<Baseline.Entry> entries) {
        return new Baseline(test, NOW, Environment.of(Map.of("cpu", "A\tB", "cores", "2")), 12.5, 0.01, entries);
    }

    private long copies(String kind) throws IOException {
        try (Stream<Path> all = Files.walk(root.resolve(kind))) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void a_folder_comes_back_as_it_was_when_it_was_kept() throws Exception {
        file("classes/a/A.class", "old");
        file("classes/B.class", "same");
        List<Baseline.Entry> kept = store.keep(List.of(project.resolve("classes")));
        file("classes/a/A.class", "new");
        Files.delete(project.resolve("classes/B.class"));

        Path copy = store.locate(kept).get(0);

        assertThat(copy.resolve("a/A.class")).hasContent("old");
        assertThat(copy.resolve("B.class")).hasContent("same");
    }

    @Test
    void the_same_content_has_the_same_digest_and_is_kept_once() throws Exception {
        file("one/A.class", "same");
        file("two/A.class", "same");
        file("three/A.class", "same");
        file("three/B.class", "other");

        List<Baseline.Entry> kept =
                store.keep(List.of(project.resolve("one"), project.resolve("two"), project.resolve("three")));

        assertThat(kept.get(0).digest())
                .isEqualTo(kept.get(1).digest())
                .isNotEqualTo(kept.get(2).digest());
        assertThat(copies("files")).isEqualTo(2);
    }

    @Test
    void a_jar_of_a_repository_stays_where_it_is_and_one_that_was_built_is_copied() throws Exception {
        Path ofRepository = file(".m2/repository/x/1/x-1.jar", "x");
        Path snapshot = file(".m2/repository/y/1-SNAPSHOT/y-1-SNAPSHOT.jar", "y");
        Path built = file("target/z.jar", "z");

        List<Baseline.Entry> kept = store.keep(List.of(ofRepository, snapshot, built));

        assertThat(kept)
                .extracting(Baseline.Entry::kind)
                .containsExactly(Baseline.Kind.REPOSITORY, Baseline.Kind.JAR, Baseline.Kind.JAR);
        assertThat(store.locate(kept).get(0)).isEqualTo(ofRepository);
        assertThat(store.locate(kept).get(1)).startsWith(root).hasContent("y");
    }

    @Test
    void a_jar_that_is_not_there_is_named_and_a_folder_without_classes_is_not_missed() throws Exception {
        assertThat(store.keep(List.of(project.resolve("no-classes")))).isEmpty();
        assertThatThrownBy(() -> store.keep(List.of(project.resolve("gone.jar"))))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("gone.jar has vanished; build the project again");
    }

    @Test
    void what_a_baseline_needs_and_is_gone_is_named_with_the_remedy() throws Exception {
        Path jar = file(".m2/repository/x/1/x-1.jar", "x");
        List<Baseline.Entry> kept = store.keep(List.of(jar));
        Files.delete(jar);

        assertThatThrownBy(() -> store.locate(kept))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("x-1.jar, which has vanished")
                .hasMessageContaining("-Dplumbline.baseline=update");
    }

    @Test
    void a_jar_of_a_repository_that_is_another_one_now_is_not_taken_for_it() throws Exception {
        Path jar = file(".m2/repository/x/1/x-1.jar", "x");
        List<Baseline.Entry> kept = store.keep(List.of(jar));
        Files.writeString(jar, "something longer");

        assertThatThrownBy(() -> store.locate(kept))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("which is another file now");
    }

    @Test
    void a_baseline_is_read_as_it_was_written() throws Exception {
        file("classes/A.class", "a");
        List<Baseline.Entry> kept = store.keep(List.of(project.resolve("classes")));
        store.put(baseline("T.parses", kept), NOW);

        Baseline read = store.find("T.parses").orElseThrow();

        assertThat(read.classPath()).isEqualTo(kept);
        assertThat(read.nanos()).isEqualTo(12.5);
        assertThat(read.recordedAt()).isEqualTo(NOW);
        assertThat(read.environment().facts()).containsEntry("cpu", "A B").containsEntry("cores", "2");
        assertThat(store.find("T.prints")).isEmpty();
    }

    @Test
    void a_baseline_that_was_cut_off_is_refused_with_the_remedy() throws Exception {
        store.put(baseline("T.parses", List.of()), NOW);
        try (Stream<Path> all = Files.list(root.resolve("tests"))) {
            Path written = all.findFirst().orElseThrow();
            List<String> lines = Files.readAllLines(written);
            Files.write(written, lines.subList(0, lines.size() - 1));
        }

        assertThatThrownBy(() -> store.find("T.parses"))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("is damaged")
                .hasMessageContaining("-Dplumbline.baseline=update");
    }

    @Test
    void what_no_baseline_needs_is_removed_when_one_is_written() throws Exception {
        file("classes/A.class", "old");
        file("classes/B.class", "stays");
        Path classes = project.resolve("classes");
        store.put(baseline("T.parses", store.keep(List.of(classes))), NOW);
        file("classes/A.class", "new");
        List<Baseline.Entry> newer = store.keep(List.of(classes));

        store.put(baseline("T.parses", newer), NOW);

        assertThat(copies("files")).isEqualTo(2);
        assertThat(store.locate(newer).get(0).resolve("A.class")).hasContent("new");
        try (Stream<Path> folders = Files.list(root.resolve("folders"))) {
            assertThat(folders).hasSize(1);
        }
    }

    @Test
    void a_baseline_that_no_test_used_for_half_a_year_is_forgotten() throws Exception {
        store.put(baseline("T.gone", List.of()), NOW.minus(Duration.ofDays(181)));
        store.put(baseline("T.used", List.of()), NOW.minus(Duration.ofDays(181)));
        store.used("T.used", NOW.minus(Duration.ofDays(1)));

        store.put(baseline("T.new", List.of()), NOW);

        assertThat(store.find("T.gone")).isEmpty();
        assertThat(store.find("T.used")).isPresent();
    }

    @Test
    void nothing_unfinished_is_left() throws Exception {
        file("classes/A.class", "a");
        store.put(baseline("T.parses", store.keep(List.of(project.resolve("classes")))), NOW);

        try (Stream<Path> all = Files.list(root)) {
            assertThat(all.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder(".gitignore", "files", "folders", "lock", "tests");
        }
    }

    @Test
    void a_store_in_the_place_of_a_file_is_refused_with_the_remedy() throws Exception {
        lock.close();
        Path taken = file("taken", "");
        try {
            assertThatThrownBy(() -> StoreLock.take(taken, Duration.ofSeconds(1)))
                    .isInstanceOf(StoreFailure.class)
                    .hasMessageContaining("cannot be written")
                    .hasMessageContaining("-Dplumbline.store=FOLDER");
        } finally {
            open();
        }
    }

    @Test
    void a_second_build_waits_and_then_says_that_another_one_measures() {
        Thread[] other = new Thread[1];
        Throwable[] thrown = new Throwable[1];
        other[0] = new Thread(() -> {
            try {
                StoreLock.take(root, Duration.ofMillis(50)).close();
            } catch (StoreFailure | InterruptedException e) {
                thrown[0] = e;
            }
        });
        other[0].start();
        try {
            other[0].join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }

        assertThat(thrown[0]).isInstanceOf(StoreFailure.class).hasMessageContaining("another build has measured");
    }
}
