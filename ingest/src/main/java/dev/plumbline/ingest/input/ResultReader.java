package dev.plumbline.ingest.input;

import dev.plumbline.core.model.RunSink;
import java.io.IOException;

/** Reads the result files of one tool. */
@FunctionalInterface
public interface ResultReader {
    /**
     * Hands every measurement of the file to the sink, in the order of the file.
     *
     * <p>A record that cannot be used becomes a problem in the sink, and reading goes on.
     *
     * @throws UnreadableInput if the file cannot be read completely; what the sink received so far must be discarded
     * @throws IOException if the file system fails
     */
    void read(Source source, ImportContext importContext, RunSink sink) throws IOException;
}
