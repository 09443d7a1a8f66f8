package dev.plumbline.core.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.model.Benchmark;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuspectsTest {
    private static final int BEGUN = 60;

    private static Commit commit(int place, String subject, String file) {
        return new Commit(Histories.commit(place), "Ann", Instant.EPOCH, subject, List.of(file), 0);
    }

    /** One noisy series that got worse, and what each revision brought. */
    private static List<Suspect> ranked(Histories histories, int special, String subject, String file) {
        Incident incident = histories.incidents().get(0);
        Map<Integer, List<Commit>> brought = new HashMap<>();
        for (int place = 0; place < 120; place++) {
            brought.put(
                    place,
                    List.of(
                            place == special
                                    ? commit(place, subject, file)
                                    : commit(place, "work " + place, "src/main/java/a/Util.java")));
        }
        return Suspects.rank(incident, histories.timeline(), brought);
    }

    private static Histories noisy() {
        return new Histories(17).step("dev.example.JsonParserBenchmark.parse", "ci", 120, 0.03, BEGUN, 0.06);
    }

    private static List<Integer> window(Histories histories) {
        ChangeLocation.Stretch credible = histories.incidents().get(0).where().credible();
        return List.of(credible.first(), credible.last());
    }

    @ParameterizedTest
    @ValueSource(strings = {"src/main/java/dev/example/parse/JsonParser.java", "json-parser/build.txt"})
    void a_commit_that_names_the_benchmark_ranks_first_wherever_in_the_range_it_is(String file) {
        Histories histories = noisy();
        List<Integer> window = window(histories);
        assertThat(window.get(1) - window.get(0)).isGreaterThan(3);
        int least = histories.incidents().get(0).where().at(window.get(0))
                        < histories.incidents().get(0).where().at(window.get(1))
                ? window.get(0)
                : window.get(1);

        List<Suspect> suspects = ranked(histories, least, "work", file);

        assertThat(suspects.get(0).revision()).isEqualTo(Histories.commit(least));
        assertThat(suspects.get(0).clues()).anyMatch(Clue.RankedByName.class::isInstance);
        assertThat(suspects.get(0).probability())
                .isGreaterThanOrEqualTo(suspects.get(1).probability());
        assertThat(suspects.stream().mapToDouble(Suspect::probability).sum()).isBetween(0.999, 1.001);
    }

    @Test
    void a_message_is_enough_and_a_name_outside_the_range_is_none() {
        Histories histories = noisy();
        List<Integer> window = window(histories);

        List<Suspect> named = ranked(histories, window.get(0), "the JSON parser reads quotes", "a/B.java");
        assertThat(named.get(0).revision()).isEqualTo(Histories.commit(window.get(0)));
        assertThat(named.get(0).clues()).contains(new Clue.NamedInMessage("JsonParserBenchmark"));

        int outside = window.get(1) + 1;
        assertThat(ranked(histories, outside, "work", "src/JsonParser.java"))
                .noneMatch(suspect -> suspect.revision().equals(Histories.commit(outside)));
    }

    @Test
    void documents_and_tests_beside_the_code_rank_nobody_first() {
        Histories histories = noisy();
        int first = window(histories).get(0);

        for (String file : List.of("docs/json-parser.md", "src/test/java/dev/example/parse/JsonWriterTest.java")) {
            assertThat(ranked(histories, first, "the JSON parser", file).get(0).revision())
                    .as(file)
                    .isNotEqualTo(Histories.commit(first));
        }
    }

    @Test
    void commits_that_no_run_separates_are_ranked_by_what_they_touch_alone() {
        Commit work = commit(1, "work", "src/main/java/a/Util.java");
        Commit namesake = commit(2, "work", "src/main/java/dev/example/parse/JsonParser.java")
                .mergedWith(Histories.commit(3));

        List<Suspect> suspects =
                Suspects.among(List.of(work, namesake), Set.of(Benchmark.of("dev.example.JsonParserBenchmark.parse")));

        assertThat(suspects).extracting(Suspect::revision).containsExactly(namesake.id(), work.id());
        assertThat(suspects.get(0).probability()).isGreaterThan(0.5);
        assertThat(suspects.get(0).probability() + suspects.get(1).probability())
                .isCloseTo(1, within(1e-12));
        assertThat(suspects.get(0).clues()).contains(new Clue.MergedWith(Histories.commit(3)));
        assertThat(Suspects.among(List.of(), Set.of())).isEmpty();
    }
}
