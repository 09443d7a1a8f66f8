package dev.plumbline.store.naming;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Unit;

/** The renaming of one name. Series of the old name and of the new one are read as one. */
public sealed interface Renaming {
    /** The old one as people see it. */
    String oldLabel();

    /** The new one as people see it. */
    String newLabel();

    /** Every benchmark of a name, with whatever parameters, which it keeps. */
    record OfName(String from, String to) implements Renaming {
        public OfName {
            from = Benchmark.of(from).name();
            to = Benchmark.of(to).name();
            checkDifferent(from, to);
        }

        @Override
        public String oldLabel() {
            return from;
        }

        @Override
        public String newLabel() {
            return to;
        }
    }

    /** One benchmark with exactly its parameters. */
    record OfBenchmark(Benchmark from, Benchmark to) implements Renaming {
        public OfBenchmark {
            requireNonNull(from, "from");
            requireNonNull(to, "to");
            checkDifferent(from, to);
        }

        @Override
        public String oldLabel() {
            return from.label();
        }

        @Override
        public String newLabel() {
            return to.label();
        }
    }

    /** A metric of every benchmark. */
    record OfMetric(String from, String to) implements Renaming {
        public OfMetric {
            from = metric(from);
            to = metric(to);
            checkDifferent(from, to);
        }

        /** The name, if a metric may have it. */
        private static String metric(String name) {
            return new Metric(name, Unit.of(""), Better.LOWER).name();
        }

        @Override
        public String oldLabel() {
            return from;
        }

        @Override
        public String newLabel() {
            return to;
        }
    }

    private static void checkDifferent(Object from, Object to) {
        if (from.equals(to)) {
            throw new IllegalArgumentException("the old name and the new one are the same");
        }
    }
}
