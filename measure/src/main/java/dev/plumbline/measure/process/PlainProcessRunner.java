package dev.plumbline.measure.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs commands with what Java offers everywhere: wall time only. */
final class PlainProcessRunner implements ProcessRunner {
    private final Object lock = new Object();
    private Process running;
    private boolean cancelled;

    @Override
    public Execution run(Command command, Path output, Duration limit) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command.words())
                .directory(command.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(command.variables());
        Process process;
        long begin;
        synchronized (lock) {
            if (cancelled) {
                throw new InterruptedException("measuring was stopped");
            }
            begin = System.nanoTime();
            try {
                process = builder.start();
            } catch (IOException e) {
                throw new CommandFailure(command.words().get(0) + ": cannot be started: " + e.getMessage(), e);
            }
            running = process;
        }
        try {
            process.getOutputStream().close();
            boolean ended = process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
            long wall = System.nanoTime() - begin;
            if (!ended) {
                kill(process);
                throw CommandFailure.killed(command, limit);
            }
            synchronized (lock) {
                if (cancelled) {
                    throw new InterruptedException("measuring was stopped");
                }
            }
            return new Execution(process.exitValue(), wall, Optional.empty());
        } finally {
            kill(process);
        }
    }

    @Override
    public void cancel() {
        synchronized (lock) {
            cancelled = true;
            if (running != null) {
                kill(running);
            }
        }
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
