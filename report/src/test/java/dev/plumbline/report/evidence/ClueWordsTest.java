package dev.plumbline.report.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.incident.Clue;
import dev.plumbline.core.incident.SteadyFacts;
import dev.plumbline.core.model.Benchmark;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ClueWordsTest {
    private static final SteadyFacts.Change KERNEL = new SteadyFacts.Change("info.kernel", "6.1", "6.8");

    static Stream<Arguments> clues() {
        return Stream.of(
                Arguments.of(new Clue.SameRevision(), "it began between two runs of the same commit: no code changed"),
                Arguments.of(new Clue.FactChanged(KERNEL, "ci"), "info.kernel changed from 6.1 to 6.8 in ci"),
                Arguments.of(
                        new Clue.FactChangedInPart(KERNEL, 2, 6),
                        "info.kernel changed from 6.1 to 6.8 in the runs of 2 of the 6 series"),
                Arguments.of(
                        new Clue.StillElsewhere(List.of("arm", "x86"), 3, 4),
                        "the same revisions did not move in arm and x86 (3 of 4 series)"),
                Arguments.of(new Clue.MovedTogether("ci", 5, 6), "5 of the 6 series of ci moved together"),
                Arguments.of(
                        new Clue.CostMoved(Benchmark.of("parse")),
                        "parse lost what its neighbours gained: their sum changed by less than a quarter of that"),
                Arguments.of(
                        new Clue.OddRunsOnly(List.of(
                                new Clue.OddRunsOnly.OddOne("c1", "ci"), new Clue.OddRunsOnly.OddOne("c2", "arm"))),
                        "only disturbed runs (c1 in ci, c2 in arm): much of the suite was off in these runs and"
                                + " recovered"),
                Arguments.of(new Clue.Gradual(20), "gradual, over 20 runs: probably no single commit caused it"),
                Arguments.of(
                        new Clue.BeganHere(1, 1, 0.804, 1), "80 % likely to have begun here, from the values alone"),
                Arguments.of(
                        new Clue.BeganHere(2, 5, 0.996, 1),
                        "2 of 5 series changed here; 100 % likely to have begun here, from all runs"),
                Arguments.of(
                        new Clue.BeganHere(2, 5, 0.996, 3),
                        "2 of 5 series changed here; 100 % likely to have begun with one of 3 commits,"
                                + " from the values alone; no run separates them"),
                Arguments.of(
                        new Clue.BeganHere(1, 1, 0.804, 2),
                        "80 % likely to have begun with one of 2 commits, from the values alone; no run separates"
                                + " them"),
                Arguments.of(new Clue.TouchedOnly(Clue.Harmless.DOCUMENTS), "only changes documentation"),
                Arguments.of(new Clue.TouchedOnly(Clue.Harmless.TESTS), "only changes tests"));
    }

    @ParameterizedTest
    @MethodSource("clues")
    void a_clue_is_a_sentence_with_its_numbers(Clue clue, String words) {
        assertThat(ClueWords.WORDS.of(clue)).isEqualTo(words);
    }

    @Test
    void a_touched_file_is_named_with_what_it_is() {
        assertThat(ClueWords.of(Stream.of(Clue.Role.values())
                        .<Clue>map(role -> new Clue.Touched(role, "a/F"))
                        .toList()))
                .containsExactly(
                        "changes the benchmark itself, a/F",
                        "changes a/F, which matches the benchmark's name",
                        "changes a/F, in a folder that matches the benchmark's name",
                        "changes a/F, in the benchmark's package",
                        "changes the JDK, the compiler or the image: a/F",
                        "changes the build or a dependency: a/F");
    }
}
