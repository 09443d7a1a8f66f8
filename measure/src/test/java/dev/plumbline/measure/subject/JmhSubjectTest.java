package dev.plumbline.measure.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.measure.FakeSubject;
import dev.plumbline.measure.RunSinks;
import dev.plumbline.measure.process.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JmhSubjectTest {
    private static final Metric TIME = new Metric("time", Unit.of("ns"), Better.LOWER);

    @TempDir
    private Path folder;

    private int waits;

    private final JmhSubject.Patience patience =
            new JmhSubject.Patience(Duration.ofMinutes(1), Duration.ZERO, () -> waits++);

    private final List<OptionalInt> asked = new ArrayList<>();
    private final Random random = new Random(7);

    @Test
    void noisy_iterations_in_equal_forks_ask_for_three_times_as_many_at_most() throws Exception {
        JmhSubject subject = subject("# Measurement: 4 iterations, 10 ns each", 4, 0, 0.1);

        measure(subject, 5);

        assertThat(asked.subList(0, 3)).containsOnly(OptionalInt.empty());
        assertThat(asked.subList(3, 5)).containsOnly(OptionalInt.of(12));
    }

    @Test
    void forks_that_differ_more_than_what_is_inside_of_them_get_shorter() throws Exception {
        JmhSubject subject = subject("# Measurement: 20 iterations, 10 ns each", 20, 0.2, 0.0001);

        measure(subject, 4);

        assertThat(asked.get(3)).isEqualTo(OptionalInt.of(2));
    }

    @Test
    void single_shots_and_forks_of_one_iteration_stay_as_they_are() throws Exception {
        measure(subject("# Measurement: 4 iterations, single-shot each", 4, 0, 0.1), 5);
        measure(subject("# Measurement: 1 iterations, 10 ns each", 1, 0, 0.1), 5);
        measure(subject("no such line", 4, 0, 0.1), 5);

        assertThat(asked).hasSize(15).containsOnly(OptionalInt.empty());
    }

    @Test
    void a_plan_says_how_many_iterations_unless_an_option_does() throws Exception {
        JmhSubject free = subject("# Measurement: 4 iterations, 10 ns each", 4, 0, 0.1);
        JmhSubject fixed = new JmhSubject(
                identity(), length(true), ForkLength.SAME, folder.resolve("output.txt"), patience, reported -> free);

        free.plan(6);
        fixed.plan(6);
        measure(free, 5);

        assertThat(asked).containsOnly(OptionalInt.of(6));
        assertThat(fixed.iterations()).isEmpty();
    }

    @Test
    void waits_while_another_jmh_measures_on_the_machine() throws Exception {
        int[] attempts = {0};

        locked(attempts, patience).measure(RunSinks.NOWHERE);

        assertThat(attempts[0]).isEqualTo(4);
        assertThat(waits).isEqualTo(3);
    }

    @Test
    void another_jmh_that_does_not_end_is_a_failure() {
        JmhSubject.Patience none = new JmhSubject.Patience(Duration.ZERO, Duration.ofMillis(1), () -> waits++);

        assertThatThrownBy(() -> locked(new int[1], none).measure(RunSinks.NOWHERE))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("locked");
        assertThat(waits).isZero();
    }

    private JmhSubject locked(int[] attempts, JmhSubject.Patience how) {
        return new JmhSubject(
                identity(),
                length(true),
                ForkLength.SAME,
                folder.resolve("output.txt"),
                how,
                reported -> new Subject() {
                    @Override
                    public String name() {
                        return "sum";
                    }

                    @Override
                    public void measure(RunSink sink) throws IOException {
                        if (++attempts[0] <= 3) {
                            throw new JmhLock("locked");
                        }
                    }
                });
    }

    private static void measure(JmhSubject subject, int times) throws IOException, InterruptedException {
        for (int i = 0; i < times; i++) {
            subject.measure(RunSinks.NOWHERE);
        }
    }

    /** Forks whose levels lie {@code between} apart, of iterations that lie {@code within} apart. */
    private JmhSubject subject(String line, int iterations, double between, double within) {
        Path output = folder.resolve("output.txt");
        return new JmhSubject(
                identity(), length(false), ForkLength.BALANCED, output, patience, reported -> new Subject() {
                    @Override
                    public String name() {
                        return "sum";
                    }

                    @Override
                    public void measure(RunSink sink) throws IOException {
                        asked.add(reported);
                        Files.writeString(output, "# Warmup: 5 iterations, 1 s each\n" + line + "\n");
                        double level = 1 + between * random.nextGaussian();
                        double[] values = random.doubles(reported.orElse(iterations))
                                .map(u -> level + within * (u - 0.5))
                                .toArray();
                        sink.accept(FakeSubject.HEADER, measurement(TIME, values));
                        sink.accept(
                                FakeSubject.HEADER,
                                measurement(new Metric("bytes", Unit.of("B"), Better.LOWER), new double[] {1}));
                    }
                });
    }

    private static JmhSubject.Identity identity() {
        return new JmhSubject.Identity(
                Path.of("b.jar"), new JmhBenchmark("a.B.sum", Map.of(), Optional.empty()), Map.of());
    }

    private static JmhLength length(boolean areIterationsFixed) {
        return JmhLength.of(Optional.empty(), areIterationsFixed ? List.of("-i", "7") : List.of(), 1);
    }

    private static Measurement measurement(Metric metric, double[] values) {
        return new Measurement(Benchmark.of("sum"), metric, Sample.Values.of(Sample.Center.MEAN, List.of(values)));
    }
}
