package dev.plumbline.measure.count;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The counts to take of commands, instead of times.
 *
 * @param counts what was asked for, the one that matters most first; at least one
 * @param counter which of the two programs counts instructions; the most exact one there is when empty
 */
public record Counting(List<Count> counts, Optional<Counter> counter) {
    /** A program that counts instructions. */
    public enum Counter {
        /** The counters of the processor, where the machine lets programs read them. */
        PERF,
        /** A simulated processor, everywhere and some fifty times slower. */
        VALGRIND;

        /** As it is asked for. */
        public String word() {
            return this == PERF ? "perf" : "valgrind";
        }

        /** The counter that is asked for so. */
        public static Optional<Counter> withWord(String word) {
            return Arrays.stream(values())
                    .filter(counter -> counter.word().equals(word))
                    .findFirst();
        }
    }

    public Counting {
        counts = counts.stream().distinct().toList();
        requireNonNull(counter, "counter");
        if (counts.isEmpty()) {
            throw new IllegalArgumentException("nothing to count");
        }
        if (counter.equals(Optional.of(Counter.PERF)) && counts.contains(Count.CYCLES)) {
            throw new IllegalArgumentException("cycles are modelled by Valgrind; leave out --counter perf");
        }
    }

    /** The metrics in the order of their weight: what was asked for, then all else that was counted on the way. */
    Stream<String> metrics(Stream<String> counted) {
        return Stream.concat(counts.stream().map(Count::metric), counted).distinct();
    }
}
