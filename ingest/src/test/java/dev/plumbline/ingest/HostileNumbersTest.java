package dev.plumbline.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Sample;
import dev.plumbline.ingest.input.UnreadableInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real files in which numbers were replaced by what no tool should write. */
class HostileNumbersTest {
    /** Larger files hold more of the same. */
    private static final long LARGEST = 9_000;

    /** Files of one format that are changed. */
    private static final long MOST_FILES = 3;

    private static final Pattern MEMBER = Pattern.compile("\"([^\"]{1,60})\"\\s*:\\s*(-?[0-9][0-9.eE+-]*)");

    /** A number that stands alone, and not one that is a part of a name or of a date. */
    private static final Pattern NUMBER =
            Pattern.compile("(?<![\\w.:/#$@%+-])-?[0-9]+(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?(?![\\w.:/-])");

    static List<Path> fixtures() throws IOException {
        return Arrays.stream(Format.values())
                .flatMap(format -> Fixtures.of(format).stream()
                        .filter(file -> size(file) <= LARGEST)
                        .limit(MOST_FILES))
                .toList();
    }

    static List<Path> json() throws IOException {
        return fixtures().stream().filter(HostileNumbersTest::isJson).toList();
    }

    private static boolean isJson(Path file) {
        String start = text(file).stripLeading();
        return start.startsWith("{") || start.startsWith("[");
    }

    private static long size(Path file) {
        return text(file).length();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource("json")
    void a_stated_number_that_is_none_never_takes_a_measurement_away_in_silence(Path file) throws IOException {
        String text = text(file);
        Gathered whole = Gathered.of(file);
        Set<String> keys = new HashSet<>();
        Matcher member = MEMBER.matcher(text);
        while (member.find()) {
            if (!keys.add(member.group(1)) || keys.size() > 60) {
                continue;
            }
            for (String none : List.of("NaN", "1e999")) {
                String hostile = text.substring(0, member.start(2)) + none + text.substring(member.end(2));
                try {
                    Gathered gathered = Gathered.of(file.toString(), hostile);
                    if (gathered.measurements().size() < whole.measurements().size()) {
                        assertThat(gathered.problems())
                                .as("%s = %s", member.group(1), none)
                                .hasSizeGreaterThan(whole.problems().size());
                    }
                } catch (UnreadableInput e) {
                    assertThat(e.what()).isNotBlank();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void whatever_stands_for_numbers_only_what_can_be_measured_is_kept(Path file) throws IOException {
        String text = text(file);
        for (String hostile : List.of("-1", "NaN", "-Infinity", "1e999", "1e-999", "9007199254740993", "1.7e308", "")) {
            int[] seen = {0};
            String changed = NUMBER.matcher(text)
                    .replaceAll(number -> ++seen[0] % 2 == 0 ? hostile : Matcher.quoteReplacement(number.group()));
            try {
                Gathered gathered = Gathered.of(file.toString(), changed);
                gathered.measurements().forEach(HostileNumbersTest::isPossible);
                assertThat(gathered.problems())
                        .allSatisfy(problem ->
                                assertThat(problem).startsWith(file.toString()).doesNotContain("\n", "\u001b"));
            } catch (UnreadableInput e) {
                assertThat(e.where()).startsWith(file.toString());
                assertThat(e.what()).isNotBlank();
            }
        }
    }

    private static void isPossible(Measurement measurement) {
        Sample sample = measurement.sample();
        assertThat(sample.location()).as("%s", measurement).isFinite();
        if (measurement.metric().unit().isDuration()) {
            assertThat(sample.location()).as("%s", measurement).isNotNegative();
        }
    }

    @ParameterizedTest
    @MethodSource("json")
    void the_first_key_that_is_there_twice_is_reported_once(Path file) throws IOException {
        String text = text(file);
        int open = text.indexOf('{');
        Matcher key = Pattern.compile("\\{\\s*(\"[^\"]+\")\\s*:").matcher(text);
        if (open < 0 || !key.find() || key.start() != open) {
            return; // an empty object
        }
        String twice = text.substring(0, open + 1) + key.group(1) + ": null, " + text.substring(open + 1);
        try {
            List<String> problems = Gathered.of(file.toString(), twice).problems();
            assertThat(problems.stream().filter(one -> one.contains("the key " + key.group(1) + " is repeated")))
                    .hasSizeLessThanOrEqualTo(1);
            assertThat(problems).doesNotHaveDuplicates();
        } catch (UnreadableInput e) {
            assertThat(e.what()).isNotBlank();
        }
    }
}
