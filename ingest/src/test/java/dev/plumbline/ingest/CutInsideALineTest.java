package dev.plumbline.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Run;
import dev.plumbline.ingest.input.UnreadableInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A file that was cut off inside a line is refused or reported, or gives no more than the whole lines before. */
class CutInsideALineTest {
    /** Lines of a file that are cut, at its end and elsewhere. */
    private static final int LINES = 12;

    static List<Path> fixtures() {
        return Fixtures.all();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void no_number_of_half_a_line_is_taken_in_silence(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length > 200_000) {
            return;
        }
        List<Integer> begins = new ArrayList<>(List.of(0));
        for (int i = 0; i < bytes.length - 1; i++) {
            if (bytes[i] == '\n') {
                begins.add(i + 1);
            }
        }
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < begins.size(); i++) {
            boolean isNearEnd = begins.size() - i <= LINES;
            if (!isNearEnd && i % Math.max(1, begins.size() / LINES) != 0) {
                continue;
            }
            int begin = begins.get(i);
            int end = i + 1 < begins.size() ? begins.get(i + 1) - 1 : bytes.length;
            Optional<List<Run>> before = silent(file, Arrays.copyOf(bytes, begin));
            // all of the line without its end, where that is how such a line may end
            Optional<List<Run>> line = silent(file, Arrays.copyOf(bytes, Math.min(end + 1, bytes.length)));
            int step = Math.max(1, (end - begin) / 25);
            for (int length = begin + 1; length < end; length += step) {
                Optional<List<Run>> cut = silent(file, Arrays.copyOf(bytes, length));
                boolean isBlank = new String(bytes, begin, length - begin, StandardCharsets.UTF_8).isBlank();
                if (!isBlank && cut.isPresent() && !cut.equals(before) && !cut.equals(line)) {
                    wrong.add("line " + (i + 1) + ": "
                            + new String(bytes, begin, length - begin, StandardCharsets.UTF_8));
                }
            }
        }

        assertThat(wrong).as(file.toString()).isEmpty();
    }

    /** The runs of a file that is read without a problem. */
    private static Optional<List<Run>> silent(Path file, byte[] bytes) throws IOException {
        try {
            Gathered gathered = Gathered.of(file.getFileName().toString(), bytes);
            return gathered.problems().isEmpty() ? Optional.of(gathered.runs()) : Optional.empty();
        } catch (UnreadableInput e) {
            return Optional.empty();
        }
    }
}
