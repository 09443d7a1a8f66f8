package dev.plumbline.pipeline.check.confirm;

import dev.plumbline.core.model.RunInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Measures benchmarks once more. */
public interface Remeasurement {
    /**
     * The benchmarks to measure.
     *
     * @param benchmarks names, each once, sorted; at least one
     * @param runs that measured them before; they have the names of the tools
     * @param files that these runs were read from
     */
    record Request(List<String> benchmarks, List<RunInfo> runs, List<Path> files) {
        public Request {
            benchmarks = List.copyOf(benchmarks);
            runs = List.copyOf(runs);
            files = List.copyOf(files);
        }
    }

    /**
     * Makes one further run.
     *
     * @param limit after which it is stopped
     * @param scratch a folder of this run alone
     * @return the result files that it left, at least one
     * @throws IOException if there is no result; the message says why
     * @throws InterruptedException if measuring was stopped
     */
    List<Path> measure(Request request, Duration limit, Path scratch) throws IOException, InterruptedException;
}
