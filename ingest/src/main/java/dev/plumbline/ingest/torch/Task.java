package dev.plumbline.ingest.torch;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.ingest.input.Recorder;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The subject of a measurement, as {@code torch.utils.benchmark} names it; every part may be empty.
 *
 * @param label the benchmark, which is the title of a table
 * @param row the sub-label, or the statement where there is none: the row of the table
 * @param description the column of the table
 * @param environment where the same was measured more than once
 * @param threads how many PyTorch used
 */
record Task(String label, String row, String description, String environment, String threads) {

    /** Without a label, the row is the benchmark. */
    Optional<Benchmark> benchmark(String where, Recorder recorder) {
        boolean labelled = !label.isBlank() && !label.equals("None");
        TreeMap<String, String> parameters = new TreeMap<>();
        put(parameters, "sub_label", labelled ? row : "");
        put(parameters, "description", description);
        put(parameters, "env", environment);
        put(parameters, "threads", threads.equals("1") ? "" : threads);
        return recorder.benchmark(where, labelled ? label : row, parameters);
    }

    private static void put(TreeMap<String, String> parameters, String name, String value) {
        if (!value.isBlank() && !value.equals("None")) {
            parameters.put(name, value.strip());
        }
    }
}
