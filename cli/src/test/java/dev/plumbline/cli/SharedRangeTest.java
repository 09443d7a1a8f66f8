package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two regressions that share a range of commits, or nearly so: what people decide on one is not said of the other. */
class SharedRangeTest {
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<String> BENCHMARKS =
            List.of("Codec.parse", "Codec.decode", "Sort.quick", "Sort.merge", "Map.get", "Map.scan");
    private static final int COMMITS = 28;

    @TempDir
    private Path temporary;

    private Path folder;

    /** Each commit is measured, but for some before the first change. */
    private void recorded(long seed, int parse, int decode, int unmeasured, String... subjects) throws Exception {
        folder = Files.createDirectories(temporary.resolve("repository"));
        StringBuilder script = new StringBuilder();
        for (int i = 0; i < COMMITS; i++) {
            int stated = i - (parse - unmeasured);
            String subject = stated >= 0 && stated < subjects.length ? subjects[stated] : "work " + i;
            script.append(ScriptedRepository.commit(i, FIRST.plusSeconds(3600L * i), subject, "src/Help.java"));
        }
        List<String> commits = ScriptedRepository.imported(folder, script.toString());
        StringBuilder table =
                new StringBuilder("benchmark,metric,unit,better,value,commit,branch,commit_time,position\n");
        Random random = new Random(seed);
        for (int i = 0; i < COMMITS; i++) {
            for (String benchmark : BENCHMARKS) {
                double level = benchmark.equals("Codec.parse") && i >= parse
                        ? 1.3
                        : benchmark.equals("Codec.decode") && i >= decode ? 1.5 : 1;
                double value = 100 * level * Math.exp(0.01 * random.nextGaussian());
                if (i < parse - unmeasured || i >= parse) {
                    table.append(String.format(
                            Locale.ROOT,
                            "%s,time,ms,lower,%.4f,%s,main,%s,%d%n",
                            benchmark,
                            value,
                            commits.get(i),
                            FIRST.plusSeconds(3600L * i),
                            i + 1));
                }
            }
        }
        Path file = Files.writeString(temporary.resolve("results.csv"), table);
        CapturedRun recorded = CapturedRun.wide(folder, "record", file.toString());
        assertThat(recorded.exitCode()).as(recorded.err()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void neighbouring_commits_are_two_incidents(long seed) throws Exception {
        recorded(seed, 20, 21, 0, "slow down parse", "slow down decode");

        TreeSet<String> found = new TreeSet<>();
        for (JsonNode incident : incidents()) {
            TreeSet<String> names = new TreeSet<>();
            incident.get("changes")
                    .forEach(change -> names.add(change.get("benchmark").asString()));
            found.add(names + " " + incident.at("/suspects/0/subject").asString());
        }
        assertThat(found)
                .as("seed %d", seed)
                .containsExactlyInAnyOrder("[Codec.parse] slow down parse", "[Codec.decode] slow down decode");
    }

    @Test
    void equal_suspects_share_the_probability_and_cannot_be_distinguished() throws Exception {
        recorded(1, 20, 20, 1, "read lazily", "use a tree");

        JsonNode suspects = incidents().get(0).get("suspects");
        assertThat(suspects.size()).isEqualTo(2);
        suspects.forEach(one -> assertThat(one.get("probability").asDouble()).isBetween(0.499, 0.501));
        assertThat(CapturedRun.wide(folder, "incidents").out()).contains("50 % ", ", or 1 other as likely");
        assertThat(CapturedRun.wide(
                                folder,
                                "incidents",
                                incidents().get(0).get("id").asString())
                        .out()
                        .replaceAll("\\s+", " "))
                .contains("2 suspects are equally likely", "cannot distinguish them", "no run separates them")
                .doesNotContain("100 % likely to have begun here");
    }

    @Test
    void an_accepted_change_in_the_range_of_an_open_one_reads_as_accepted_and_names_no_suspect_of_it()
            throws Exception {
        recorded(1, 20, 20, 1, "slow down parse", "use a tree to decode");
        CapturedRun accepted = CapturedRun.wide(folder, "accept", "Codec.parse", "--reason", "agreed");
        assertThat(accepted.exitCode()).as(accepted.err()).isZero();

        assertThat(CapturedRun.wide(folder, "incidents").out())
                .contains("Codec.decode time (1 other accepted)", "use a tree to decode")
                .doesNotContain("slow down parse");
    }

    private JsonNode incidents() throws Exception {
        return JsonMapper.builder()
                .build()
                .readTree(CapturedRun.wide(folder, "incidents", "--json").out())
                .get("incidents");
    }
}
