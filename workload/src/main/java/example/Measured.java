package example;

import dev.plumbline.measure.api.Implementation;
import java.util.Map;
import java.util.function.Function;

/** The same benchmarks for Plumbline's own measuring, without JMH. */
public abstract class Measured implements Implementation {
    private final String operation;
    private final Function<Inputs, Object> work;
    private Inputs inputs;

    private Measured(String operation, Function<Inputs, Object> work) {
        this.operation = operation;
        this.work = work;
    }

    /** Sorting. */
    public static final class Sort extends Measured {
        public Sort() {
            super("sort", Inputs::sort);
        }
    }

    /** Writing words in one line. */
    public static final class Join extends Measured {
        public Join() {
            super("join", Inputs::join);
        }
    }

    /** Reading numbers. */
    public static final class Parse extends Measured {
        public Parse() {
            super("parse", Inputs::parse);
        }
    }

    /** The hash of bytes. */
    public static final class Hash extends Measured {
        public Hash() {
            super("checksum", Inputs::checksum);
        }
    }

    /** Counting numbers. */
    public static final class Count extends Measured {
        public Count() {
            super("count", Inputs::count);
        }
    }

    @Override
    public String benchmark() {
        return "example.LibraryBenchmark." + operation;
    }

    @Override
    public String name() {
        return "library";
    }

    @Override
    public void setUp(Map<String, String> parameters) {
        inputs = Inputs.make();
    }

    @Override
    public Object run() {
        return work.apply(inputs);
    }
}
