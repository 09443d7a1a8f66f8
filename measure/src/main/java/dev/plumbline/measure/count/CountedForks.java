package dev.plumbline.measure.count;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.measure.process.CommandFailure;
import dev.plumbline.measure.subject.Subject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The forks of a JMH jar, counted by JMH's profiler {@code perfnorm}, which divides by operations. Under Valgrind a
 * Java machine would be another one: its compilers get so little done that mostly the interpreter is counted.
 */
public final class CountedForks {
    private static final Set<Count> COUNTED = EnumSet.of(Count.INSTRUCTIONS, Count.BRANCHES, Count.CACHE_MISSES);

    private final List<String> words;

    /** @throws CommandFailure if it cannot be counted here; the message says why */
    public CountedForks(Counting counting, Counters counters) throws IOException, InterruptedException {
        for (Count count : counting.counts()) {
            if (!COUNTED.contains(count)) {
                throw new CommandFailure("JMH does not count " + count.word()
                        + "; it counts instructions, branches and cache-misses"
                        + (count == Count.ALLOCATIONS ? "; for allocations use --prof gc" : ""));
            }
        }
        Optional<String> closed = counters.perfRefusal();
        if (closed.isPresent()) {
            throw new CommandFailure("JMH counts through perf events, which are not open here (" + closed.get()
                    + "); on a machine with hardware counters set kernel.perf_event_paranoid to 2 or less, in a"
                    + " container add --cap-add=PERFMON; Valgrind counts commands only");
        }
        words = counting.counts().stream().map(Count::word).toList();
    }

    /** The options of JMH that make it count. */
    public List<String> options() {
        return List.of("-prof", "perfnorm");
    }

    /** A subject of the jar whose counts come first and so decide how long it is measured. */
    public Subject leading(Subject subject) {
        requireNonNull(subject, "subject");
        return new Subject() {
            @Override
            public String name() {
                return subject.name();
            }

            @Override
            public void measure(RunSink sink) throws IOException, InterruptedException {
                List<Taken> all = new ArrayList<>();
                subject.measure(new RunSink() {
                    @Override
                    public void accept(RunHeader header, Measurement measurement) {
                        all.add(new Taken(header, measurement));
                    }

                    @Override
                    public void problem(Problem problem) {
                        sink.problem(problem);
                    }
                });
                all.sort(Comparator.comparingInt(
                        taken -> place(taken.measurement.metric().name())));
                all.forEach(taken -> sink.accept(taken.header, taken.measurement));
            }
        };
    }

    private record Taken(RunHeader header, Measurement measurement) {}

    /** JMH writes {@code instructions:u} where it may count those of user mode only. */
    private int place(String metric) {
        String name = metric.replaceFirst(":.*$", "");
        int place = words.indexOf(name);
        return place < 0 ? words.size() : place;
    }
}
