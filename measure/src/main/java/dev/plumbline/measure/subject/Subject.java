package dev.plumbline.measure.subject;

import dev.plumbline.core.model.RunSink;
import java.io.IOException;

/** Something that can be measured repeatedly. */
public interface Subject {
    /** The name for people; for progress and errors. */
    String name();

    /**
     * Measures once more: one execution, one fork. Every metric gets one more group of values.
     *
     * @param sink takes what was measured; of every benchmark the metric that matters most comes first
     * @throws IOException if it cannot be measured; its message says why and what helps
     * @throws InterruptedException if measuring was stopped
     */
    void measure(RunSink sink) throws IOException, InterruptedException;
}
