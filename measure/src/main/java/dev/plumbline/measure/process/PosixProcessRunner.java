package dev.plumbline.measure.process;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs commands through {@code posix_spawn} and {@code wait4} on 64-bit Linux.
 *
 * <p>Java's own way starts a helper process before each command and cannot ask what the command used. Here the kernel's
 * account of the very process is read. Each command leads a process group, so that it can be killed with all it
 * started.
 *
 * <p>The kernel lets a process inherit the peak memory of the one that it was spawned from, until it passes that
 * itself. A peak that is not above this program's own is therefore not the command's, and not reported.
 */
final class PosixProcessRunner implements ProcessRunner {
    /** The time for which a program without work is run before the first command. */
    private static final Duration SETTLING = Duration.ofMillis(250);

    private static final int MOST_SETTLING_RUNS = 400;

    /** Whether this process has settled; compiled code belongs to the process. */
    private static final AtomicBoolean SETTLED = new AtomicBoolean();

    /** The most commands that are kept ready to be started again; those of one measurement are few. */
    private static final int MOST_READY = 64;

    private final Object lock = new Object();
    private final Watchdog watchdog = new Watchdog(this::killRunning);
    private final Memory status = new Memory(8);
    private final Memory usage = new Memory(Rusage.BYTES);
    private final Map<Ready, Spawn> ready = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Ready, Spawn> eldest) {
            if (size() > MOST_READY) {
                eldest.getValue().close();
                return true;
            }
            return false;
        }
    };
    /** The group that may be killed; 0 when none runs. Set and cleared under the lock: ids are used again. */
    private int running;

    private boolean cancelled;

    private record Ready(Command command, Path output) {}

    static boolean isSupported() {
        if (!Platform.isLinux() || !Platform.is64Bit()) {
            return false;
        }
        try {
            Posix.link();
            return true;
        } catch (UnsatisfiedLinkError e) {
            return false; // a C library without one of the functions; the plain runner serves
        }
    }

    @Override
    public synchronized Execution run(Command command, Path output, Duration limit)
            throws IOException, InterruptedException {
        if (!SETTLED.getAndSet(true)) {
            settle(output);
        }
        return once(command, output, limit);
    }

    /**
     * Runs {@code true} until the Java machine has compiled what runs commands. While it does so it uses the other
     * processor and the caches: the first hundred executions of a short command would be some tenths of a millisecond
     * slower than the following ones.
     */
    private void settle(Path output) throws IOException, InterruptedException {
        Command nothing = new Command(List.of("true"), Path.of("/"), Map.of());
        long end = System.nanoTime() + SETTLING.toNanos();
        try {
            for (int i = 0; i < MOST_SETTLING_RUNS && System.nanoTime() < end; i++) {
                once(nothing, output, SETTLING);
            }
        } catch (CommandFailure e) {
            return; // there is no such program here; then the commands themselves settle it
        }
    }

    private Execution once(Command command, Path output, Duration limit) throws IOException, InterruptedException {
        Spawn spawn = spawn(command, output);
        spawn.renewOutput();
        long ownPeak = Rusage.ownPeak(usage);
        long begin;
        int pid;
        synchronized (lock) {
            if (cancelled) {
                throw new InterruptedException("measuring was stopped");
            }
            begin = System.nanoTime();
            pid = spawn.start();
            running = pid;
        }
        watchdog.watch(limit);
        int waited;
        do {
            waited = Posix.wait4(pid, status, 0, usage);
        } while (waited < 0 && Native.getLastError() == Posix.EINTR);
        long wall = System.nanoTime() - begin;
        boolean stopped = ended();
        boolean killed = watchdog.relax();
        if (waited < 0) {
            throw new CommandFailure(
                    command.words().get(0) + ": its end cannot be seen: " + Posix.strerror(Native.getLastError()));
        }
        if (stopped) {
            throw new InterruptedException("measuring was stopped");
        }
        if (killed) {
            throw CommandFailure.killed(command, limit);
        }
        return new Execution(exitCode(status.getInt(0)), wall, Optional.of(Rusage.read(usage, ownPeak)));
    }

    private Spawn spawn(Command command, Path output) throws CommandFailure {
        Ready key = new Ready(command, output);
        Spawn known = ready.get(key);
        if (known == null) {
            known = new Spawn(command, output);
            ready.put(key, known);
        }
        return known;
    }

    @Override
    public void cancel() {
        synchronized (lock) {
            cancelled = true;
            killRunning();
        }
    }

    private boolean ended() {
        synchronized (lock) {
            running = 0;
            return cancelled;
        }
    }

    private void killRunning() {
        synchronized (lock) {
            if (running != 0) {
                Posix.kill(-running, Posix.SIGKILL);
            }
        }
    }

    private static int exitCode(int status) {
        int signal = status & 0x7f;
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal;
    }

    /** The layout of the kernel's answer. */
    private static final class Rusage {
        static final int BYTES = 144;
        private static final int OWN = 0;
        private static final int PEAK = 32;
        private static final int VOLUNTARY = 128;
        private static final int INVOLUNTARY = 136;

        private Rusage() {}

        /** The most memory that this program ever held, which its children inherit. */
        static long ownPeak(Pointer usage) {
            return Posix.getrusage(OWN, usage) == 0 ? usage.getLong(PEAK) * 1024 : Long.MAX_VALUE / 2;
        }

        static Execution.Usage read(Pointer usage, long ownPeak) {
            long peak = usage.getLong(PEAK) * 1024;
            return new Execution.Usage(
                    nanos(usage, 0),
                    nanos(usage, 16),
                    // a little above: the own peak may have grown between being read and the start
                    peak > ownPeak + ownPeak / 16 ? OptionalLong.of(peak) : OptionalLong.empty(),
                    usage.getLong(VOLUNTARY),
                    usage.getLong(INVOLUNTARY));
        }

        private static long nanos(Pointer usage, int offset) {
            return usage.getLong(offset) * 1_000_000_000L + usage.getLong(offset + 8) * 1_000L;
        }
    }
}
