package dev.plumbline.pipeline.measuring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.name.BenchmarkName;
import dev.plumbline.measure.count.Count;
import dev.plumbline.measure.count.Counting;
import dev.plumbline.measure.subject.Subject;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.config.MeasuringSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What settings name to be measured. */
class TargetTest {
    private static MeasuringSettings settings(
            List<String> lines, Map<String, List<String>> parameters, String... artifacts) {
        MeasuringSettings nothing = MeasuringSettings.NOTHING;
        return new MeasuringSettings(
                new MeasuringSettings.What(
                        List.of(),
                        lines,
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of()),
                new MeasuringSettings.Around(
                        new TreeMap<>(parameters),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new MeasuringSettings.Build(Optional.empty(), List.of(artifacts))),
                nothing.length());
    }

    @Test
    void a_parameter_stands_wherever_its_name_does() {
        assertThat(Target.Line.filled("solve {n} {mode} {n} {other}", Map.of("n", "1000", "mode", "fast")))
                .isEqualTo("solve 1000 fast 1000 {other}");
        assertThat(Target.Line.filled("no parameter", Map.of())).isEqualTo("no parameter");
        assertThat(Target.Line.filled("{n", Map.of("n", "1"))).isEqualTo("{n");
        assertThat(Target.Line.filled("{{n}}", Map.of("n", "1"))).isEqualTo("{1}");
    }

    @Test
    void what_a_parameter_s_value_holds_is_text() {
        assertThat(Target.Line.filled("echo {a} {b}", new TreeMap<>(Map.of("a", "{b}", "b", "2"))))
                .isEqualTo("echo {b} 2");
        assertThat(Target.Line.filled("echo {a}", Map.of("a", "$1\\0"))).isEqualTo("echo $1\\0");
    }

    @Test
    void a_benchmark_of_a_jar_is_named_as_tables_show_it() {
        Target jar = new Target.Jmh(Path.of("b.jar"), List.of(), List.of(), Optional.empty());
        BenchmarkName shown = new BenchmarkName("acme.B.mul {mode=avgt}");

        assertThat(new Target.Built(jar, List.of()).of(shown))
                .isEqualTo(new Target.Built(
                        new Target.Jmh(Path.of("b.jar"), List.of(shown.text()), List.of(), Optional.empty()),
                        List.of()));
        assertThat(jar.of(new BenchmarkName("B.mul"))).isEqualTo(jar);
        List<Subject> subjects = List.of(subject("acme.B.mul"), subject("acme.B.cat n=1"), subject("acme.B.cat n=2"));
        assertThat(BisectChange.named(subjects, shown)).containsExactly(subjects.get(0));
        assertThat(BisectChange.named(subjects, new BenchmarkName("B.cat {mode=avgt}")))
                .hasSize(2);
        assertThat(BisectChange.named(subjects, new BenchmarkName("B.dog {mode=avgt}")))
                .isEmpty();
        assertThat(BisectChange.named(List.of(subject("work {n=1}")), new BenchmarkName("work {n=2}")))
                .isEmpty();
    }

    private static Subject subject(String name) {
        return new Subject() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void measure(RunSink sink) {
                throw new AssertionError("nothing is measured");
            }
        };
    }

    @Test
    void one_thing_is_measured_and_only_one() throws WrongRequest {
        assertThat(Target.of(settings(List.of("true", "false"), Map.of()))).isInstanceOf(Target.Commands.class);
        assertThatThrownBy(() -> Target.of(MeasuringSettings.NOTHING))
                .isInstanceOf(WrongRequest.class)
                .hasMessageContaining("nothing to measure");
    }

    @Test
    void a_parameter_without_a_place_is_told() {
        assertThatThrownBy(() -> Target.of(settings(List.of("true"), Map.of("n", List.of("1")))))
                .isInstanceOf(WrongRequest.class)
                .hasMessageContaining("no command uses the parameter n")
                .hasMessageContaining("{n}");
    }

    @Test
    void what_measures_by_itself_cannot_be_counted() {
        MeasuringSettings.What result = new MeasuringSettings.What(
                List.of(),
                List.of("sh bench.sh"),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("out.csv"),
                Optional.empty(),
                List.of());
        Counting counting = new Counting(List.of(Count.INSTRUCTIONS), Optional.empty());
        MeasuringSettings nothing = MeasuringSettings.NOTHING;

        assertThatThrownBy(() -> Target.of(new MeasuringSettings(
                        result.counted(Optional.of(counting)), nothing.around(), nothing.length())))
                .isInstanceOf(WrongRequest.class)
                .hasMessageContaining("--count is for commands and JMH jars")
                .hasMessageContaining("--result measures by itself");
    }

    @Test
    void a_counted_target_is_not_timed() throws WrongRequest {
        MeasuringSettings timed = settings(List.of("true"), Map.of(), "a.out");
        Counting counting = new Counting(List.of(Count.BRANCHES), Optional.empty());
        Target counted = Target.of(
                new MeasuringSettings(timed.what().counted(Optional.of(counting)), timed.around(), timed.length()));

        assertThat(Target.of(timed).isTimed()).isTrue();
        assertThat(counted.isTimed()).isFalse();
        assertThat(counted.counts()).containsExactly(Count.BRANCHES);
        assertThat(new Target.Several(List.of(Target.of(timed), counted)).isTimed())
                .isTrue();
        assertThat(new Target.Several(List.of(Target.of(timed), counted)).counts())
                .containsExactly(Count.BRANCHES);
    }

    @Test
    void artifacts_inside_are_normalized() throws WrongRequest {
        Target target = Target.of(settings(List.of("true"), Map.of(), "target/./a.jar", "lib/../build"));

        assertThat(target.artifacts()).hasValue(List.of(Path.of("target/a.jar"), Path.of("build")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../secret", "a/../../b", "..", "", ".", "nul\u0000"})
    void artifacts_outside_are_refused(String artifact) {
        assertThatThrownBy(() -> Target.of(settings(List.of("true"), Map.of(), artifact)))
                .isInstanceOf(WrongRequest.class)
                .hasMessageContaining("artifact");
    }
}
