package dev.plumbline.pipeline.check;

import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.Sample;
import java.util.ArrayList;
import java.util.List;

/** The relation between the repeated values of a tool, where a comparison has to know it. */
enum Executions {
    /** Each is a process of its own, though the file lists them in one row. */
    PROCESSES,
    /**
     * Each is an average over many executions in the one process that made them all. They are compared as if each had
     * its own process, as users of the tool expect, and the report notes this.
     */
    REPETITIONS,
    /** They belong to the process in which they were measured. */
    OF_ONE_PROCESS;

    /** The warning about {@link #REPETITIONS}. */
    static final String ASSUMED = "repetitions of go test -count count as independent although one process made"
            + " them, so differences between processes are missing; give the results of several go test runs as"
            + " a folder to include them";

    static Executions of(RunHeader header) {
        String tool = header.context().getOrDefault("tool", "");
        if (tool.equals("hyperfine") || tool.startsWith("hyperfine ")) {
            return PROCESSES;
        }
        return tool.equals("go test") || tool.startsWith("go test ") ? REPETITIONS : OF_ONE_PROCESS;
    }

    /** Whether taking the sample's values apart assumes what is not known. */
    boolean isAssumedOf(Sample sample) {
        return this == REPETITIONS && sample instanceof Sample.Values values && values.size() > values.groupCount();
    }

    /** The sample with each value as a group of its own, if that is what they are. */
    Sample apart(Sample sample) {
        if (this == OF_ONE_PROCESS
                || !(sample instanceof Sample.Values values)
                || values.groupCount() == values.size()) {
            return sample;
        }
        List<double[]> groups = new ArrayList<>(values.size());
        for (int group = 0; group < values.groupCount(); group++) {
            for (double value : values.group(group)) {
                groups.add(new double[] {value});
            }
        }
        return Sample.Values.of(values.center(), groups);
    }
}
