package dev.plumbline.measure;

import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;

/** Stateless sinks. */
public enum RunSinks implements RunSink {
    /** Takes everything and keeps nothing: for executions that do not count. */
    NOWHERE;

    @Override
    public void accept(RunHeader header, Measurement measurement) {
        // does not count
    }

    @Override
    public void problem(Problem problem) {
        // will come again when it counts
    }
}
