package dev.plumbline.buildtool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A script of a shell stands for JMH. */
@DisabledOnOs(OS.WINDOWS)
class JmhRunTest {
    private static final JmhRun.Log QUIET = new JmhRun.Log() {
        @Override
        public void info(String line) {
            System.out.println(line);
        }

        @Override
        public void debug(String line) {
            // every line of JMH comes here
        }
    };

    @TempDir
    private Path folder;

    private Path results;

    @BeforeEach
    void has_results_of_an_earlier_run() throws IOException {
        results = Files.writeString(folder.resolve("jmh.json"), "[\"earlier\"]");
    }

    private Path measure(String script) throws IOException, InterruptedException {
        Path java = Files.writeString(folder.resolve("java"), "#!/bin/sh\nfor file; do :; done\n" + script);
        assertThat(java.toFile().setExecutable(true)).isTrue();
        return new JmhRun(java, folder, folder, QUIET).measure(folder.resolve("benchmarks.jar"), List.of("-f", "1"));
    }

    @Test
    void whole_results_take_the_place_of_earlier_ones() throws IOException, InterruptedException {
        assertThat(measure("echo \"[{ $* }]\" >\"$file\"")).isEqualTo(results);
        assertThat(results).content().startsWith("[{ -jar " + folder.resolve("benchmarks.jar") + " -f 1 -foe true -rf");
        assertThat(folder.resolve("jmh.json.part")).doesNotExist();
    }

    @Test
    void a_failure_shows_the_end_of_what_jmh_printed_without_its_own_frames_and_leaves_no_result() {
        assertThatThrownBy(() -> measure("""
                        echo '[{' >"$file"
                        echo '# Benchmark: example.A.x'
                        echo '# Parameters: (n = 3)'
                        echo '# Run progress: 0.00% complete, ETA 00:00:01'
                        echo 'java.lang.IllegalStateException: no data'
                        echo '    at example.A.x(A.java:18)'
                        echo '    at example.jmh_generated.A_x_jmhTest.x_avgt_jmhStub(A_x_jmhTest.java:194)'
                        echo '    at java.base/java.lang.reflect.Method.invoke(Method.java:569)'
                        echo '    at org.openjdk.jmh.runner.ForkedMain.main(ForkedMain.java:86)'
                        exit 1
                        """))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(
                        "JMH failed with exit code 1 in example.A.x (n = 3); the end of " + folder.resolve("jmh.log"),
                        "IllegalStateException: no data",
                        "at example.A.x(A.java:18)")
                .message()
                .doesNotContain("jmhStub", "reflect", "ForkedMain");
        assertThat(results).doesNotExist();
        assertThat(folder.resolve("jmh.json.part")).doesNotExist();
    }

    @Test
    void no_result_is_a_failure_too() {
        assertThatThrownBy(() -> measure("echo '[ ]' >\"$file\"; echo 'No matching benchmarks.'"))
                .hasMessageContainingAll("JMH measured nothing", "No matching benchmarks.");
        assertThat(results).doesNotExist();
    }

    @Test
    void a_run_beside_another_waits_for_its_end() throws IOException, InterruptedException {
        assertThat(measure("""
                        if [ -e tried ]; then
                            echo '[{"benchmark": 1}]' >"$file"
                        else
                            touch tried
                            echo 'ERROR: Unable to acquire the JMH lock (/tmp/jmh.lock): already taken'
                            exit 1
                        fi
                        """)).exists();
    }

    @Test
    void the_table_at_the_end_of_the_log_is_shown() throws IOException, InterruptedException {
        measure("""
                echo 'Result "example.A.x":'
                echo
                echo 'Benchmark  Mode  Cnt  Score   Error  Units'
                echo 'A.x        avgt    3  1.000 ± 0.010  ns/op'
                echo
                echo 'Benchmark result is saved to x.json'
                echo '[{"benchmark": 1}]' >"$file"
                """);

        assertThat(JmhRun.table(folder)).hasSize(2).last().asString().startsWith("A.x");
    }
}
