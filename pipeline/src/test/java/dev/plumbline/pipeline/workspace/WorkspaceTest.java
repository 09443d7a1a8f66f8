package dev.plumbline.pipeline.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.pipeline.GitFolder;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.config.ConfigurationFile;
import dev.plumbline.pipeline.config.yaml.WrongConfiguration;
import dev.plumbline.pipeline.record.ReadingSettings;
import dev.plumbline.pipeline.record.RecordResults;
import dev.plumbline.store.RetentionPolicy;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where things are: the root, the history, and which branch is the main one, as the documentation lists it. */
class WorkspaceTest {
    private static final Map<String, String> PULL_REQUEST =
            Map.of("GITHUB_ACTIONS", "true", "GITHUB_HEAD_REF", "topic", "GITHUB_BASE_REF", "release/1");

    @TempDir
    private Path folder;

    private Workspace workspace(Path directory, Map<String, String> variables, String yaml) throws IOException {
        Files.writeString(folder.resolve(Configuration.FILE), yaml);
        return Workspace.of(
                directory,
                variables,
                Clock.fixed(ResultFiles.NOON, ZoneOffset.UTC),
                Optional.empty(),
                ConfigurationFile.find(folder, folder));
    }

    private Workspace workspace() throws IOException {
        return workspace(folder, Map.of(), "");
    }

    /** A history with a number of runs of each branch. */
    private void history(String... branches) throws IOException {
        ResultFiles files = new ResultFiles(folder);
        for (int i = 0; i < branches.length; i++) {
            files.record(files.healthy(i).on(branches[i]).file());
        }
    }

    private void assertMain(String branch) throws IOException {
        Workspace workspace = workspace();
        assertThat(workspace.mainBranch()).isEqualTo(branch);
        assertThat(workspace.baseBranch()).isEqualTo(branch);
        if (workspace.hasHistory()) {
            try (RunStore store = workspace.openExisting()) {
                assertThat(workspace.baseBranch(store)).isEqualTo(branch);
            }
        }
    }

    // ---- the main branch

    @Test
    void the_configured_branch_is_the_main_one_whatever_is_there() throws IOException {
        history("main", "main");

        assertThat(workspace(folder, Map.of(), "branch: develop\n").mainBranch())
                .isEqualTo("develop");
    }

    @ParameterizedTest(name = "a history of {0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
        main other other                | main
        master trunk trunk              | master
        trunk work work                 | trunk
        work work other                 | work
        detached-0123456789 x           | x
        """)
    void without_a_repository_usual_names_come_first_and_then_the_branch_with_the_most_runs(
            String branches, String main) throws IOException {
        history(branches.split(" "));

        assertMain(main);
    }

    @Test
    void main_in_the_repository_wins_over_what_the_history_has() throws IOException {
        new GitFolder(folder).commit("a", "1");
        history("master", "master");

        assertMain("main");
    }

    @Test
    void what_the_remote_calls_its_main_branch_wins_over_usual_names() throws IOException {
        GitFolder remote = new GitFolder(folder.resolve("remote"));
        remote.commit("a", "1");
        remote.git("checkout", "-q", "-b", "develop");
        remote.git("branch", "-q", "-m", "main", "master");
        Path clone = folder.resolve("clone");
        remote.git("clone", "-q", remote.folder().toString(), clone.toString());

        assertThat(Workspace.of(clone, Map.of(), Clock.systemUTC(), Optional.empty())
                        .mainBranch())
                .isEqualTo("develop");
    }

    @Test
    void the_branch_that_is_checked_out_is_the_main_one_only_where_the_history_has_it() throws IOException {
        GitFolder repository = new GitFolder(folder);
        repository.commit("a", "1");
        repository.git("branch", "-q", "-m", "main", "work");
        history("other", "other", "work");

        assertMain("work");

        repository.git("checkout", "-q", "-b", "elsewhere");
        assertMain("other");
    }

    @Test
    void where_nothing_is_known_it_is_main() throws IOException {
        assertMain("main");
    }

    @Test
    void the_target_of_a_pull_request_is_what_others_are_judged_against_and_not_the_main_branch() throws IOException {
        Workspace workspace = workspace(folder, PULL_REQUEST, "branch: develop\n");

        assertThat(workspace.baseBranch()).isEqualTo("release/1");
        assertThat(workspace.mainBranch()).isEqualTo("develop");
    }

    // ---- places

    @Test
    void the_history_is_at_the_root_of_the_repository_or_where_an_option_or_the_configuration_says()
            throws IOException {
        new GitFolder(folder);
        Path deep = Files.createDirectories(folder.resolve("a/b"));

        assertThat(workspace(deep, Map.of(), "").store())
                .isEqualTo(new StoreLocation.InFile(folder.resolve(".plumbline/history.db")));
        assertThat(workspace(deep, Map.of(), "store: x/y.db\n").store())
                .isEqualTo(new StoreLocation.InFile(folder.resolve("x/y.db")));
        assertThat(Workspace.of(
                                deep,
                                Map.of(),
                                Clock.systemUTC(),
                                Optional.of("own.db"),
                                ConfigurationFile.find(folder, folder))
                        .store())
                .isEqualTo(new StoreLocation.InFile(deep.resolve("own.db")));
        assertThat(workspace(deep, Map.of(), "").root()).isEqualTo(folder);
    }

    @Test
    void the_project_of_the_configuration_is_that_of_addresses_without_one() throws IOException {
        String project = "project: parser\n";
        assertThat(workspace(folder, Map.of(), "store: postgresql://db/perf\n" + project)
                        .store())
                .hasToString("postgresql://db/perf?project=parser");
        assertThat(workspace(folder, Map.of(), "store: postgresql://db/perf?project=own\n" + project)
                        .store())
                .hasToString("postgresql://db/perf?project=own");
        assertThat(workspace(folder, Map.of(), "store: postgresql://db/perf\n").store())
                .hasToString("postgresql://db/perf?project=default");
        assertThat(workspace(folder, Map.of(), "store: postgresql://db/perf\n" + project)
                        .folder())
                .isEqualTo(folder.resolve(".plumbline"));
        assertThatThrownBy(() -> workspace(folder, Map.of(), "project: Parser\n"))
                .isInstanceOf(WrongConfiguration.class)
                .hasMessageContaining("must have 1 to 50 characters");
    }

    @Test
    void links_of_a_repository_do_not_lead_the_history_out_of_it() throws IOException {
        Path repository =
                Files.createDirectories(folder.resolve("repository/.git")).getParent();
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(repository.resolve(".plumbline"), elsewhere);
        assertThatThrownBy(() -> workspace(repository, Map.of(), ""))
                .isInstanceOf(StoreException.class)
                .hasMessage(repository.resolve(".plumbline/history.db")
                        + ": a link leads out of the repository; delete the link, or use --store FILE");

        Files.delete(link);
        Files.createDirectory(link);
        Files.createSymbolicLink(link.resolve("history.db"), elsewhere.resolve("new.db"));
        assertThatThrownBy(() -> workspace(repository, Map.of(), "")).isInstanceOf(StoreException.class);

        Files.delete(link.resolve("history.db"));
        assertThat(workspace(repository, Map.of(), "").store())
                .isEqualTo(new StoreLocation.InFile(repository.resolve(".plumbline/history.db")));
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void a_history_outside_of_the_repository_is_used_only_where_an_option_names_it() throws IOException {
        assertThatThrownBy(() -> workspace(folder, Map.of(), "store: ../outside.db\n"))
                .isInstanceOf(WrongConfiguration.class)
                .hasMessageContaining("lies outside the folder of this file");
        assertThat(Workspace.of(
                                folder,
                                Map.of(),
                                Clock.systemUTC(),
                                Optional.of("../outside.db"),
                                ConfigurationFile.find(folder, folder))
                        .store())
                .isEqualTo(new StoreLocation.InFile(folder.resolve("../outside.db")));
    }

    @Test
    void a_history_that_is_not_there_is_answered_with_what_begins_one() throws IOException {
        Workspace workspace = workspace();

        assertThatThrownBy(workspace::openExisting)
                .isInstanceOf(NothingFound.class)
                .hasMessage("there is no history " + workspace.store() + " yet; create one with plumb record RESULT");
        assertThatThrownBy(() -> workspace.requireHistory("do this"))
                .hasMessage("there is no history " + workspace.store() + " yet; do this");
        workspace.openCopy().close();
        workspace.inMemory().close();
        assertThat(workspace.folder()).doesNotExist();
    }

    @Test
    void a_copy_of_a_history_has_its_runs_and_takes_nothing_back() throws IOException {
        history("main", "main");
        Workspace workspace = workspace();

        try (RunStore copy = workspace.openCopy()) {
            assertThat(copy.runs(RunQuery.all())).hasSize(2);
            copy.prune(new RetentionPolicy(ResultFiles.NOON, 0), true);
            assertThat(copy.runs(RunQuery.all())).isEmpty();
        }
        try (RunStore store = workspace.openExisting()) {
            assertThat(store.runs(RunQuery.all())).hasSize(2);
        }
    }

    @Test
    void the_configured_environment_is_that_of_results_that_name_none() throws IOException {
        ResultFiles files = new ResultFiles(folder);
        Path named = files.healthy(0).in("lab").file();
        Path nameless = files.write("plain.csv", "benchmark,value,unit,commit\nfast,1,ms,c9\n");
        Workspace workspace = workspace(folder, Map.of(), "environment: ci-linux\n");

        List<String> environments = new RecordResults(workspace, ReadingSettings.DEFAULT, Progress.SILENT)
                .record(List.of(named, nameless)).runs().stream()
                        .map(one -> one.run().header().environment().key())
                        .toList();

        assertThat(environments).containsExactly("lab", "ci-linux");
    }
}
