package dev.plumbline.measure.subject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.measure.Collected;
import dev.plumbline.measure.FakeSubject;
import dev.plumbline.measure.process.Command;
import dev.plumbline.measure.process.Execution;
import dev.plumbline.measure.process.ProcessRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CommandSubjectTest {
    @Test
    void a_time_has_the_digits_that_the_clock_showed() throws Exception {
        Collected collected = new Collected();

        taking(21_357_875).measure(collected);

        assertThat(collected.runs().get(0).measurements().get(0).sample().location())
                .isEqualTo(0.021357875);
    }

    /** A command of which every execution takes so long. */
    private static CommandSubject taking(long nanos) {
        ProcessRunner runner = new ProcessRunner() {
            @Override
            public Execution run(Command command, Path output, Duration limit) {
                return new Execution(0, nanos, Optional.empty());
            }

            @Override
            public void cancel() {
                // nothing runs
            }
        };
        return new CommandSubject(
                Benchmark.of("b"),
                Command.shell("true", Path.of("."), Map.of()),
                CommandSubject.Surround.NOTHING,
                new CommandSubject.Conditions(
                        runner, FakeSubject.HEADER, Path.of("output.txt"), Duration.ofMinutes(1), Set.of(0)));
    }
}
