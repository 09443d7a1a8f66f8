package dev.plumbline.pipeline.check;

import static dev.plumbline.pipeline.ResultFiles.finding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.finding.Verdict.Kind;
import dev.plumbline.core.gate.GateDecision.State;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.pipeline.GitFolder;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sides of a comparison may be, and what is the same whichever they are. */
class CompareSidesTest {
    private static final int RUNS = 6;

    @TempDir
    private Path folder;

    private ResultFiles files;

    @BeforeEach
    void aFolder() {
        files = new ResultFiles(folder);
    }

    /** A folder of runs of one benchmark at a level, with 0.5 % of noise. */
    private String side(String name, double level) throws IOException {
        Path side = Files.createDirectory(folder.resolve(name));
        Random random = new Random(name.hashCode());
        for (int i = 0; i < RUNS; i++) {
            Files.writeString(
                    side.resolve("run" + i + ".csv"),
                    "benchmark,metric,unit,better,value,environment\nfast,time,ms,lower,"
                            + level * (1 + 0.005 * random.nextGaussian()) + ",lab\n");
        }
        return name;
    }

    private static Kind fast(Report report) {
        return finding(report, "fast").verdict().kind();
    }

    @Test
    void swapping_the_sides_turns_a_regression_into_an_improvement() throws IOException {
        String base = side("base", 100);
        String slow = side("slow", 120);

        Report there = files.compare(base, slow);
        Report back = files.compare(slow, base);

        assertThat(fast(there)).isEqualTo(Kind.REGRESSED);
        assertThat(there.gate().state()).isEqualTo(State.CLOSED);
        assertThat(fast(back)).isEqualTo(Kind.IMPROVED);
        assertThat(back.gate().state()).isEqualTo(State.OPEN);
        assertThat(files.historyFile()).doesNotExist();
    }

    @Test
    void a_side_is_not_worse_than_itself() throws IOException {
        String base = side("base", 100);

        Report report = files.compare(base, base);

        assertThat(fast(report)).isNotIn(Kind.REGRESSED, Kind.IMPROVED);
        assertThat(report.gate().state()).isEqualTo(State.OPEN);
    }

    @Test
    void a_folder_and_a_link_to_it_are_the_same_side() throws IOException {
        String base = side("base", 100);
        side("slow", 120);
        Files.createSymbolicLink(folder.resolve("latest"), folder.resolve("slow"));

        assertThat(files.compare(base, "latest").findings().get(0).verdict())
                .isEqualTo(files.compare(base, "slow").findings().get(0).verdict());
    }

    @Test
    void revisions_are_named_by_commit_by_the_beginning_of_it_by_a_tag_or_by_a_run() throws IOException {
        GitFolder repository = new GitFolder(folder);
        String first = repository.commit("a", "1");
        repository.git("tag", "v1");
        String second = repository.commit("a", "2");
        for (int i = 0; i < RUNS; i++) {
            files.record(revision(first, 100 + 0.1 * i), revision(second, 120 + 0.1 * i));
        }

        Report whole = files.compare(first, second);

        assertThat(fast(whole)).isEqualTo(Kind.REGRESSED);
        for (String base : new String[] {first.substring(0, 8), "v1", "HEAD~1"}) {
            assertThat(files.compare(base, "HEAD").findings()).as(base).isEqualTo(whole.findings());
        }
        String run = whole.candidates().get(0).id();
        assertThat(files.compare("v1", run).candidates()).hasSize(1);
    }

    private Path revision(String commit, double value) {
        return files.write(
                commit.substring(0, 6) + value + ".csv",
                "benchmark,metric,unit,better,value,commit,branch,environment\nfast,time,ms,lower," + value + ","
                        + commit + ",main,lab\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none.csv", "0123456789", "no such thing", "--all"})
    void what_is_neither_a_file_nor_a_revision_is_named(String wrong) throws IOException {
        String base = side("base", 100);

        assertThatThrownBy(() -> files.compare(base, wrong))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(wrong)
                .hasMessageContaining("is not a result file, nor a revision or run in the history");
        assertThatThrownBy(() -> files.compare("", base)).isInstanceOf(NothingFound.class);
    }

    @Test
    void a_file_that_breaks_off_is_named_and_another_thing_in_a_folder_is_a_problem() throws IOException {
        String base = side("base", 100);
        Files.writeString(folder.resolve("base/readme.txt"), "these are results\n");
        Path broken = files.write("broken.csv", "benchmark,value,unit\nhalf,\"2");

        assertThatThrownBy(() -> files.compare(base, broken.toString()))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageContaining("broken.csv");
        assertThat(files.compare(base, side("other", 100)).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.where()).contains("readme.txt"));
    }

    @ParameterizedTest
    @CsvSource({"1.2,UNDECIDED", "1.0,OPEN"})
    void sides_of_two_environments_are_compared_and_what_got_worse_holds_and_fails_nothing(double factor, State state)
            throws IOException {
        String base = side("base", 100);
        Path other = Files.createDirectory(folder.resolve("other"));
        for (int i = 0; i < RUNS; i++) {
            Files.writeString(
                    other.resolve("run" + i + ".csv"),
                    "benchmark,metric,unit,better,value,environment\nfast,time,ms,lower," + (100 + 0.1 * i) * factor
                            + ",laptop\n");
        }

        Report report = files.compare(base, "other");

        assertThat(report.gate().state()).isEqualTo(state);
        assertThat(report.notes())
                .contains("the two sides were measured in different environments (lab and laptop): what differs may be"
                        + " the machine");
    }

    @Test
    void what_only_one_side_has_is_missing_or_new() throws IOException {
        Path one = files.write("one.csv", "benchmark,unit,value\nshared,ms,5\nold,ms,7\n");
        Path two = files.write("two.csv", "benchmark,unit,value\nshared,ms,5\nnew1,ms,700\nnew2,s,9\n");

        Report report = files.compare(one.toString(), two.toString());

        assertThat(report.missing())
                .extracting(missing -> missing.key().benchmark().name())
                .containsExactly("old");
        assertThat(report.notes()).contains("2 new benchmarks: new1, new2");
    }
}
