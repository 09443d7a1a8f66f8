package dev.plumbline.measure.classfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JmhListTest {
    @TempDir
    private Path folder;

    @Test
    void annotations_are_read_as_jmh_writes_them() throws IOException {
        Map<String, JmhList.Annotated> all =
                read("""
            JMH S 6 demo.A S 11 demo.gen.A1 S 3 one S 11 AverageTime %1$s
            JMH S 6 demo.A S 11 demo.gen.A1 S 3 one S 14 SingleShotTime %1$s
            JMH S 6 demo.A S 11 demo.gen.A2 S 3 two S 10 Throughput I 1 4 A 2 1 3 1 1 L 2 1 a 1 b E E E E E E E E E
            """.formatted("E A 1 1 1 E I 1 2 T 6 100 ms E I 1 3 T 5 2 min E I 1 4 E E"));

        assertThat(all.keySet()).containsExactly("demo.A.one", "demo.A.two");
        assertThat(all.get("demo.A.one"))
                .isEqualTo(new JmhList.Annotated(
                        "demo.gen.A1",
                        2,
                        true,
                        OptionalInt.of(4),
                        OptionalInt.of(2),
                        OptionalDouble.of(0.1),
                        OptionalInt.of(3),
                        OptionalDouble.of(120)));
        assertThat(all.get("demo.A.two"))
                .isEqualTo(new JmhList.Annotated(
                        "demo.gen.A2",
                        1,
                        false,
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalDouble.empty(),
                        OptionalInt.empty(),
                        OptionalDouble.empty()));
    }

    @Test
    void lines_of_another_form_are_left_out() throws IOException {
        assertThat(read("""

            a line of a later version
            JMH X 3 abc
            JMH S 99 demo.A
            JMH S -1 demo.A
            JMH S x demo.A
            JMH S 6 demo.A S 11 demo.gen.A1 S 3 one S 11 AverageTime E A 9
            """)).isEmpty();
    }

    @Test
    void a_jar_without_a_list_has_none() throws IOException {
        Files.createDirectories(folder.resolve("classes"));

        assertThat(JmhList.read(JarPath.of(CompiledJar.jar(folder.resolve("b.jar"), folder.resolve("classes"), ""))))
                .isEmpty();
    }

    private Map<String, JmhList.Annotated> read(String list) throws IOException {
        Path classes = folder.resolve("classes");
        Files.createDirectories(classes.resolve("META-INF"));
        Files.writeString(classes.resolve("META-INF/BenchmarkList"), list);
        return JmhList.read(JarPath.of(CompiledJar.jar(folder.resolve("b.jar"), classes, "")));
    }
}
