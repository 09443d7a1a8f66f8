package dev.plumbline.pipeline.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.Results;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.store.PreparedMeasurement;
import dev.plumbline.store.sql.Preparation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReadAheadTest {
    private static final ImportContext AROUND = ImportContext.unknown(ResultFiles.NOON);

    @TempDir
    private Path folder;

    private ResultFiles files;

    @BeforeEach
    void inFolder() {
        files = new ResultFiles(folder);
    }

    /** Keeps all that comes, in its order. */
    private static final class Kept implements RunSink, ReadAhead.Receiver {
        private final Preparation preparation = new Preparation();
        private final List<Object> all = new ArrayList<>();

        @Override
        public void accept(RunHeader header, Measurement measurement) {
            accept(header, preparation.prepare(measurement));
        }

        @Override
        public void accept(RunHeader header, PreparedMeasurement measurement) {
            all.add(List.of(header, measurement.benchmark(), measurement.metric(), measurement.digest()));
        }

        @Override
        public void problem(Problem problem) {
            all.add(problem);
        }
    }

    private static ReadAhead ahead(List<Path> paths) throws IOException {
        return ReadAhead.of(InputFiles.of(paths), List.of(), Optional.empty(), () -> Results.with(AROUND));
    }

    private Path large(String name) {
        StringBuilder text = new StringBuilder("benchmark,unit,value\n");
        for (int i = 0; i < 5_000; i++) {
            text.append("b")
                    .append(i)
                    .append(",ms,")
                    .append(i % 1_000 == 7 ? "?" : "1")
                    .append('\n');
        }
        return files.write(name, text.toString());
    }

    @Test
    void hands_on_what_reading_would_give_in_the_same_order() throws IOException {
        List<Path> paths = List.of(large("a.csv"), large("b.csv"));
        try (ReadAhead reading = ahead(paths)) {
            for (Path path : paths) {
                Kept expected = new Kept();
                Results.with(AROUND).read(path, expected);
                Kept actual = new Kept();
                reading.next(actual);
                assertThat(actual.all).hasSizeGreaterThan(4_990).isEqualTo(expected.all);
            }
        }
    }

    @Test
    void goes_on_behind_a_file_that_cannot_be_read() throws IOException {
        Path broken = files.write("a.json", "[{\"jmhVersion\": \"1.37\", \"benchmark\": \"a.B.c\", \"mode\": ");
        try (ReadAhead reading = ahead(List.of(broken, large("b.csv")))) {
            assertThatThrownBy(() -> reading.next(new Kept()))
                    .isInstanceOf(UnreadableInput.class)
                    .hasMessageContaining("a.json");
            Kept second = new Kept();
            reading.next(second);
            assertThat(second.all).hasSizeGreaterThan(4_990);
        }
    }

    @Test
    void tells_of_a_file_that_went_away() throws IOException {
        Path gone = large("gone.csv");
        List<InputFiles.InputFile> found = InputFiles.of(List.of(gone));
        Files.delete(gone);
        try (ReadAhead reading = ReadAhead.of(found, List.of(), Optional.empty(), () -> Results.with(AROUND))) {
            assertThatThrownBy(() -> reading.next(new Kept())).isInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    void tells_of_surroundings_that_cannot_be_found_out() throws IOException {
        List<InputFiles.InputFile> found = InputFiles.of(List.of(large("a.csv")));
        try (ReadAhead reading = ReadAhead.of(found, List.of(), Optional.empty(), () -> {
            throw new IllegalStateException("no place");
        })) {
            assertThatThrownBy(() -> reading.next(new Kept()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("no place");
        }
    }

    @Test
    void can_be_closed_while_it_waits_for_room() throws IOException {
        List<Path> paths = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            paths.add(large("file" + i + ".csv"));
        }
        ReadAhead reading = ahead(paths);
        reading.next(new Kept());
        reading.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("plumbline reading"));
    }
}
