package dev.plumbline.measure.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Starts commands, one at a time, and measures their time. */
public interface ProcessRunner {
    /**
     * Runs a command and waits for it. It reads nothing: its standard input is empty.
     *
     * @param output the file that takes what it prints, both streams; it is emptied first
     * @param limit after which the command and all it started are killed
     * @throws CommandFailure if the program cannot be started, or was killed at the limit
     * @throws InterruptedException if the runner was {@link #cancel cancelled}
     */
    Execution run(Command command, Path output, Duration limit) throws IOException, InterruptedException;

    /** Kills what is running and lets nothing more start. May be called from any thread, more than once. */
    void cancel();

    /** The most exact runner this machine offers. */
    static ProcessRunner forThisMachine() {
        return PosixProcessRunner.isSupported() ? new PosixProcessRunner() : new PlainProcessRunner();
    }
}
