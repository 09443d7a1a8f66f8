package dev.plumbline.pipeline.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.pipeline.MeasuredRepository;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.report.Report;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which run a report is of. */
class ReportRunTest {
    @TempDir
    private static Path shared;

    private static MeasuredRepository template;
    private static String onMain;
    private static String onFeature;

    @TempDir
    private Path folder;

    private MeasuredRepository repository;

    /** Main and a branch, both measured in the lab, main once in the rack and the branch once in the attic. */
    @BeforeAll
    static void twoBranches() throws IOException {
        template = new MeasuredRepository(shared.resolve("repository"));
        template.healthy(6);
        template.in("rack");
        template.recorded(200);
        template.in("lab");
        onMain = template.recorded(100);
        template.checkOut("-b", "feature");
        template.in("attic");
        template.recorded(300);
        template.in("lab");
        onFeature = template.recorded(100.1);
        template.checkOut("main");
    }

    @BeforeEach
    void aCopy() throws IOException {
        repository = template.copyTo(folder.resolve("repository"));
    }

    private Report report(ReportRun.Wanted wanted, String... named) throws IOException {
        return new ReportRun(repository.workspace(), Policy.DEFAULT, GatePolicy.DEFAULT, Optional.empty(), wanted)
                .report(List.of(named).stream().findFirst(), false)
                .report();
    }

    private static String commit(Report report) {
        return report.candidates().get(0).header().revision().commit();
    }

    private static List<String> environments(Report report) {
        return report.candidates().stream()
                .map(RunInfo::header)
                .map(header -> header.environment().key())
                .distinct()
                .toList();
    }

    @Test
    void who_names_none_gets_the_last_run_of_the_branch_that_is_checked_out_and_hears_of_the_others()
            throws IOException {
        Report main = report(new ReportRun.Wanted.Last());
        repository.checkOut("feature");
        Report feature = report(new ReportRun.Wanted.Last());

        assertThat(commit(main)).isEqualTo(onMain);
        assertThat(main.notes())
                .contains("this is the last recorded run of main, the checked-out branch; choose another branch with"
                        + " --branch: feature");
        assertThat(commit(feature)).isEqualTo(onFeature);
        assertThat(feature.notes()).anyMatch(note -> note.endsWith("choose another branch with --branch: main"));
    }

    @Test
    void a_branch_that_is_checked_out_and_was_never_measured_gets_the_last_run_of_main() throws IOException {
        repository.checkOut("-b", "unmeasured");

        Report report = report(new ReportRun.Wanted.Last());

        assertThat(commit(report)).isEqualTo(onMain);
        assertThat(report.notes()).anyMatch(note -> note.startsWith("this is the last recorded run of main; choose"));
    }

    @Test
    void who_names_a_branch_gets_its_last_run_and_hears_of_no_others() throws IOException {
        Report report = report(new ReportRun.Wanted.OfBranch("feature"));

        assertThat(commit(report)).isEqualTo(onFeature);
        assertThat(report.notes()).noneMatch(note -> note.contains("choose another branch"));
    }

    @Test
    void a_branch_that_is_not_there_is_answered_with_those_that_are_even_with_a_commit() {
        for (String[] named : List.of(new String[0], new String[] {onMain})) {
            assertThatThrownBy(() -> report(new ReportRun.Wanted.OfBranch("mian"), named))
                    .isInstanceOf(NothingFound.class)
                    .hasMessage("nothing on mian; the history has main, feature: --branch main");
        }
    }

    @Test
    void a_commit_is_named_by_its_beginning_and_a_run_by_that_of_its_id() throws IOException {
        Report byCommit = report(new ReportRun.Wanted.Last(), onFeature.substring(0, 8));
        String id = byCommit.candidates().get(0).id();

        assertThat(commit(byCommit)).isEqualTo(onFeature);
        assertThat(commit(report(new ReportRun.Wanted.Last(), id.substring(0, 8))))
                .isEqualTo(onFeature);
        assertThat(byCommit.notes()).noneMatch(note -> note.contains("choose another branch"));
    }

    @Test
    void a_commit_of_another_branch_than_the_one_that_is_named_is_not_there() {
        assertThatThrownBy(() -> report(new ReportRun.Wanted.OfBranch("feature"), onMain))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("is not a run or a commit in the history of feature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"feedbeef", "--all", "%", "main..feature"})
    void a_name_that_is_none_is_answered_by_its_name(String name) {
        assertThatThrownBy(() -> report(new ReportRun.Wanted.Last(), name))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("is not a run or a commit in the history");
    }

    @Test
    void the_newest_of_an_environment_is_that_of_main_unless_a_branch_is_named() throws IOException {
        assertThat(commit(report(new ReportRun.Wanted.Newest(Optional.empty(), "lab"))))
                .isEqualTo(onMain);
        assertThat(commit(report(new ReportRun.Wanted.Newest(Optional.of("feature"), "lab"))))
                .isEqualTo(onFeature);
        assertThat(environments(report(new ReportRun.Wanted.Newest(Optional.empty(), "rack"))))
                .containsExactly("rack");
    }

    @Test
    void the_newest_of_an_environment_that_a_branch_was_not_measured_in_is_the_newest_of_the_branch()
            throws IOException {
        Report report = report(new ReportRun.Wanted.Newest(Optional.of("feature"), "rack"));

        assertThat(commit(report)).isEqualTo(onFeature);
        assertThat(environments(report)).containsExactly("lab");
    }

    @Test
    void the_newest_of_an_environment_that_main_was_not_measured_in_is_that_of_any_branch() throws IOException {
        assertThat(environments(report(new ReportRun.Wanted.Newest(Optional.empty(), "attic"))))
                .containsExactly("attic");
    }

    @Test
    void only_a_page_has_the_details() throws IOException {
        ReportRun run = new ReportRun(
                repository.workspace(),
                Policy.DEFAULT,
                GatePolicy.DEFAULT,
                Optional.empty(),
                new ReportRun.Wanted.Last());

        assertThat(run.report(Optional.empty(), false).exhibits()).isEmpty();
        assertThat(run.report(Optional.empty(), true).exhibits()).hasSize(2);
        assertThat(run.report(Optional.empty(), true).report())
                .isEqualTo(run.report(Optional.empty(), false).report());
    }
}
