package dev.plumbline.buildtool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnBenchmarksTest {
    @TempDir
    private Path folder;

    private Path listed(String name, String type, String method) throws IOException {
        Path list = folder.resolve(name).resolve(ClassPath.LIST);
        Files.createDirectories(list.getParent());
        Files.writeString(
                list,
                "JMH S %d %s S 9 generated S %d %s S 14 AverageTime\n"
                        .formatted(type.length(), type, method.length(), method));
        return folder.resolve(name);
    }

    @Test
    void a_module_alone_on_its_class_path_needs_no_names() throws IOException {
        Path own = listed("own", "example.Sorts", "quick");

        assertThat(OwnBenchmarks.of(List.of(own)).include(List.of(), List.of(own)))
                .isEmpty();
        assertThat(OwnBenchmarks.of(List.of(own)).include(List.of("qu"), List.of(own)))
                .containsExactly("qu");
    }

    @Test
    void beside_the_benchmarks_of_another_module_its_own_are_named_one_by_one() throws IOException {
        Path own = listed("own", "example.Sorts", "quick");
        Path other = listed("other", "example.Trees", "quick");

        assertThat(OwnBenchmarks.of(List.of(own)).include(List.of(), List.of(own, other)))
                .containsExactly("^example\\.Sorts\\.quick$");
    }

    @Test
    void a_name_as_developers_write_it_means_that_benchmark_alone() throws IOException {
        Path own = listed("own", "example.Sorts", "quick");
        Path more = listed("more", "example.Sorts", "quickest");
        OwnBenchmarks both = OwnBenchmarks.of(List.of(own, more));

        assertThat(both.include(List.of("Sorts.quick"), List.of(own, more)))
                .containsExactly("^example\\.Sorts\\.quick$");
        assertThat(both.include(List.of("Sorts"), List.of(own, more))).containsExactly("Sorts");
        assertThat(both.include(List.of("*.quick?*"), List.of(own, more)))
                .containsExactly("^example\\.Sorts\\.quickest$");
    }

    @Test
    void a_pattern_that_matches_none_is_refused_with_the_names_that_there_are() throws IOException {
        Path own = listed("own", "example.Sorts", "quick");

        assertThatThrownBy(() -> OwnBenchmarks.of(List.of(own)).include(List.of("slow"), List.of(own)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("contains no benchmark whose name matches slow; it has example.Sorts.quick");
    }

    @Test
    void pairs_get_the_options_of_the_run_without_its_forks() {
        assertThat(JmhRun.withoutForks(List.of("-f", "3", "-wi", "2", "-wf=1", "-i", "5", "-f2", "-foe", "true")))
                .containsExactly("-wi", "2", "-i", "5", "-foe", "true");
        assertThat(JmhRun.withoutForks(List.of("-i", "5", "-f"))).containsExactly("-i", "5");
    }

    @Test
    void an_option_of_jmh_that_moves_the_results_is_reserved() {
        assertThat(JmhRun.reserved(List.of("-f", "1", "-rff", "x"))).contains("-rff");
        assertThat(JmhRun.reserved(List.of("-foe=false"))).contains("-foe=false");
        assertThat(JmhRun.reserved(List.of("-f", "1", "-r", "1s", "-prof", "gc")))
                .isEmpty();
    }
}
