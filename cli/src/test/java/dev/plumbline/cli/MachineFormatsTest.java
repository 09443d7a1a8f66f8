package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.pipeline.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TimeZone;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every command that answers in JSON, and every other form for programs, in places where letters, numbers and days are
 * others: the answer is that of a file, to the byte. On a mismatch the actual answer lies beside the file, named
 * {@code .actual}.
 */
class MachineFormatsTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "dev", "plumbline", "cli", "golden")
            .toAbsolutePath();

    /** What is asked, in this order: some of it changes the history. The first word is the file's name. */
    private static final List<String> CALLS = List.of(
            "record record results.csv",
            "report report --json",
            "report-against report --json --run COMMIT39 --against COMMIT5",
            "report-csv report --as csv",
            "report-junit report --run COMMIT20 --as junit",
            "report-sarif report --run COMMIT20 --as sarif",
            "report-codequality report --run COMMIT20 --as codequality",
            "ci report --kind ci --json",
            "executive-csv report --kind executive --days 90 --as csv",
            "executive report --kind executive --days 90 --json",
            "history-report report --kind history --days 90 --json",
            "history-list history --json",
            "history-one history Sort.quick --json",
            "incidents incidents --all --json",
            "triage-acknowledge triage acknowledge INCIDENT --by Ada --reason why --json",
            "triage-show triage show INCIDENT --json",
            "triage-list triage list --json",
            "baseline-establish baseline establish --days 90 --by Ada --reason why --json",
            "baseline-show baseline show --json",
            "baseline-show-one baseline show Sort.quick --json",
            "baseline-list baseline list --json",
            "baseline-validate baseline validate --json",
            "baseline-versions baseline versions --json",
            "threshold-show threshold show Sort.quick --json",
            "threshold-validate threshold validate Sort.quick --json",
            "threshold-tune threshold tune --replays 40 --json",
            "threshold-export threshold export",
            "calibrate calibrate --replays 40 --series 3 --json",
            "analyze analyze results.csv --json",
            "compare compare COMMIT5 COMMIT39 --json",
            "config config --json",
            "formats formats --json",
            "series-rename series rename Sort.slow Sort.stable --by Ada --reason why",
            "series-list series list --json",
            "prune prune --days 30 --keep-runs 20 --json",
            "check check next.csv --json",
            "check-again check next.csv -o report.json",
            "publish publish report.json --to github-summary,gitlab,slack --json",
            "suites run --list --json");

    private static final String SUITES = """
        suites:
          I.\u0130\u0131i:
            command: [sh, -c, 'exit 0']
            tags: [quick]
          build:
            command: make all
            runs: 12
        """;

    private static final Pattern KEPT_FORMAT = Pattern.compile(",?\\{\"id\":\"(asv|jmh|plumbline-json|hyperfine)\"");

    private static final Pattern INCIDENT = Pattern.compile("\\bi[0-9a-f]{8}\\b");

    @TempDir
    private Path temporary;

    private Locale locale = Locale.ROOT;
    private TimeZone zone = TimeZone.getTimeZone("UTC");

    @BeforeEach
    void remembers_the_place() {
        locale = Locale.getDefault();
        zone = TimeZone.getDefault();
    }

    @AfterEach
    void returns_to_the_place() {
        Locale.setDefault(locale);
        TimeZone.setDefault(zone);
    }

    @ParameterizedTest
    @CsvSource({"tr-TR, Pacific/Auckland", "ar-EG-u-nu-arab, America/Los_Angeles"})
    void every_answer_is_the_same_everywhere(String language, String timeZone) throws IOException {
        Locale.setDefault(Locale.forLanguageTag(language));
        TimeZone.setDefault(TimeZone.getTimeZone(timeZone));
        Path folder = Files.createDirectories(temporary.resolve("work")).toRealPath();
        Files.writeString(folder.resolve("results.csv"), table(0, 40));
        Files.writeString(folder.resolve("next.csv"), table(40, 41));

        Map<String, String> job = Map.of(
                "GITHUB_STEP_SUMMARY", folder.resolve("summary").toString(),
                "GITHUB_OUTPUT", folder.resolve("output").toString());

        List<String> others = new ArrayList<>();
        String incident = "";
        for (String call : CALLS) {
            String name = call.substring(0, call.indexOf(' '));
            String arguments = call.substring(name.length() + 1)
                    .replace("COMMIT39", commit(39))
                    .replace("COMMIT5", commit(5))
                    .replace("COMMIT20", commit(20))
                    .replace("INCIDENT", incident);
            if (name.equals("suites")) {
                Files.writeString(folder.resolve("plumbline.yaml"), SUITES);
            }
            CapturedRun run = CapturedRun.of(folder, job, arguments.split(" "));
            if (name.equals("incidents")) {
                incident = INCIDENT.matcher(run.out())
                        .results()
                        .findFirst()
                        .orElseThrow()
                        .group();
            }
            String answer =
                    run.out().replace(folder.toString(), "FOLDER").replace('"' + Version.TEXT + '"', "\"VERSION\"");
            if (!matches(name + ".txt", name.equals("formats") ? someFormats(answer) : answer)) {
                others.add(call + (run.err().isEmpty() ? "" : ": " + run.err()));
            }
        }
        assertThat(others).as("the actual answers lie in %s", FOLDER).isEmpty();
    }

    /** The list without most of its entries, so that a new reader changes nothing here. */
    private static String someFormats(String answer) {
        return answer.lines()
                .filter(line ->
                        !line.contains("\"id\":") || KEPT_FORMAT.matcher(line).lookingAt())
                .map(line -> line.startsWith(",") ? line.substring(1) : line)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String commit(int place) {
        return String.format(Locale.ROOT, "%08x%032x", 0x9e3779b1 * (place + 1), place);
    }

    private static boolean matches(String name, String actual) throws IOException {
        Path file = FOLDER.resolve(name);
        Path beside = FOLDER.resolve(name + ".actual");
        if (Files.exists(file) && Files.readString(file).equals(actual)) {
            Files.deleteIfExists(beside);
            return true;
        }
        Files.createDirectories(FOLDER);
        Files.writeString(beside, actual);
        return false;
    }

    /** Three benchmarks on one machine; one gets slower in the middle, names and units are awkward. */
    private static String table(int begin, int end) {
        StringBuilder table = new StringBuilder(
                "benchmark,metric,unit,better,value,commit,branch,commit_time,position,environment,param:size\n");
        for (int commit = begin; commit < end; commit++) {
            Random random = new Random(commit);
            Instant time = Instant.parse("2025-12-01T23:30:00Z").plusSeconds(86_400L * commit);
            for (String benchmark : List.of("Sort.quick", "Sort.slow", "I.İıi")) {
                for (int fork = 0; fork < 3; fork++) {
                    double level = benchmark.equals("Sort.quick") && commit >= 20 ? 1.2 : 1;
                    table.append(String.format(
                            Locale.ROOT,
                            "%s,time,ms,lower,%.4f,%s,main,%s,%d,box,1000%n",
                            benchmark,
                            1234.5 * level * (1 + 0.01 * random.nextGaussian()),
                            commit(commit),
                            time,
                            commit));
                }
            }
        }
        return table.toString();
    }
}
