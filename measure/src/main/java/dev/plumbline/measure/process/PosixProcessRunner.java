package dev.plumbline.measure.process;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs commands through {@code posix_spawn} and {@code wait4} on 64-bit Linux.
 *
 * <p>Java's own way starts a helper process before each command and cannot ask what the command used. Here the kernel's
 * account of the very process is read. Each command leads a process group, so that it can be killed with all it
 * started.
 *
 * <p>The kernel lets a process inherit the peak memory of the one that it was spawned from, until it passes that
 * itself. A peak that is not above this program's own is therefore not the command's, and not told.
 */
final class PosixProcessRunner implements ProcessRunner {
    private static final String OUTPUT_MODE = "rw-------";

    /** So long and so often a program that does nothing is run before the first command. */
    private static final Duration SETTLING = Duration.ofMillis(250);

    private static final int MOST_SETTLING_RUNS = 400;

    /** Compiled code belongs to the process, and so does what is said here. */
    private static final AtomicBoolean SETTLED = new AtomicBoolean();

    private final Object lock = new Object();
    private final ScheduledThreadPoolExecutor watch = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "command limit");
        thread.setDaemon(true);
        return thread;
    });
    /** The group that may be killed; 0 when none runs. Set and cleared under the lock: ids are used again. */
    private int running;

    private boolean cancelled;

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
    public Execution run(Command command, Path output, Duration limit) throws IOException, InterruptedException {
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
        try (Prepared prepared = new Prepared(command, output)) {
            Memory status = new Memory(8);
            Memory usage = new Memory(Rusage.BYTES);
            usage.clear();
            long ownPeak = ownPeakBytes();
            long begin;
            int pid;
            synchronized (lock) {
                if (cancelled) {
                    throw new InterruptedException("measuring was stopped");
                }
                begin = System.nanoTime();
                pid = prepared.start();
                running = pid;
            }
            TimeLimit timeLimit = new TimeLimit(limit);
            int waited;
            do {
                waited = Posix.wait4(pid, status, 0, usage);
            } while (waited < 0 && Native.getLastError() == Posix.EINTR);
            long wall = System.nanoTime() - begin;
            boolean stopped = ended();
            timeLimit.disarm();
            if (waited < 0) {
                throw new CommandFailure(
                        command.words().get(0) + ": its end cannot be seen: " + Posix.strerror(Native.getLastError()));
            }
            if (stopped) {
                throw new InterruptedException("measuring was stopped");
            }
            if (timeLimit.passed) {
                throw CommandFailure.killed(command, limit);
            }
            return new Execution(exitCode(status.getInt(0)), wall, Optional.of(Rusage.read(usage, ownPeak)));
        }
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
        if (running != 0) {
            Posix.kill(-running, Posix.SIGKILL);
        }
    }

    /** Kills the running command when its time is over. */
    private final class TimeLimit {
        private final ScheduledFuture<?> task;
        private volatile boolean passed;

        TimeLimit(Duration limit) {
            task = watch.schedule(this::pass, limit.toNanos(), TimeUnit.NANOSECONDS);
        }

        private void pass() {
            synchronized (lock) {
                if (running != 0) {
                    passed = true;
                    killRunning();
                }
            }
        }

        void disarm() {
            task.cancel(false);
        }
    }

    private static int exitCode(int status) {
        int signal = status & 0x7f;
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal;
    }

    /** How much memory this program ever held, which what it spawns inherits. */
    private static long ownPeakBytes() {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> line.replaceAll("[^0-9]", ""))
                    .mapToLong(kilobytes -> Long.parseLong(kilobytes) * 1024)
                    .findFirst()
                    .orElse(Long.MAX_VALUE);
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }

    /** Where the kernel's answer has what. */
    private static final class Rusage {
        static final int BYTES = 144;
        private static final int PEAK = 32;
        private static final int VOLUNTARY = 128;
        private static final int INVOLUNTARY = 136;

        private Rusage() {}

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

    /** Everything that can be made ready before the clock runs. */
    private static final class Prepared implements AutoCloseable {
        private final Command command;
        private final Memory actions = new Memory(Posix.STRUCTURE_BYTES);
        private final Memory attributes = new Memory(Posix.STRUCTURE_BYTES);
        private final Memory pid = new Memory(8);
        private final List<Memory> texts = new ArrayList<>();
        private final Memory arguments;
        private final Memory environment;

        Prepared(Command command, Path output) throws IOException {
            this.command = command;
            Files.deleteIfExists(output);
            Files.createFile(
                    output,
                    java.nio.file.attribute.PosixFilePermissions.asFileAttribute(
                            java.nio.file.attribute.PosixFilePermissions.fromString(OUTPUT_MODE)));
            arguments = pointers(command.words());
            environment = pointers(command.variables().entrySet().stream()
                    .map(variable -> variable.getKey() + "=" + variable.getValue())
                    .toList());
            Posix.posix_spawn_file_actions_init(actions);
            Posix.posix_spawnattr_init(attributes);
            must(Posix.posix_spawn_file_actions_addchdir_np(
                    actions, command.directory().toAbsolutePath().toString()));
            must(Posix.posix_spawn_file_actions_addopen(actions, 0, "/dev/null", Posix.O_RDONLY, 0));
            must(Posix.posix_spawn_file_actions_addopen(
                    actions, 1, output.toAbsolutePath().toString(), Posix.O_WRONLY_CREATE_TRUNCATE, 0600));
            must(Posix.posix_spawn_file_actions_adddup2(actions, 1, 2));
            must(Posix.posix_spawn_file_actions_addclosefrom_np(actions, 3));
            Memory signals = new Memory(Posix.STRUCTURE_BYTES);
            Posix.sigemptyset(signals);
            must(Posix.posix_spawnattr_setsigmask(attributes, signals));
            Posix.sigfillset(signals);
            must(Posix.posix_spawnattr_setsigdefault(attributes, signals));
            must(Posix.posix_spawnattr_setpgroup(attributes, 0));
            must(Posix.posix_spawnattr_setflags(
                    attributes, (short) (Posix.SPAWN_SETPGROUP | Posix.SPAWN_SETSIGDEF | Posix.SPAWN_SETSIGMASK)));
        }

        int start() throws CommandFailure {
            int error = Posix.posix_spawnp(pid, command.words().get(0), actions, attributes, arguments, environment);
            if (error != 0) {
                boolean nowhere = !Files.isDirectory(command.directory());
                throw new CommandFailure(
                        nowhere
                                ? command.directory() + ": there is no such folder to run "
                                        + command.words().get(0) + " in"
                                : command.words().get(0) + ": cannot be started: " + Posix.strerror(error));
            }
            return pid.getInt(0);
        }

        /** An array of C strings with NULL at its end. */
        private Memory pointers(List<String> strings) {
            Memory array = new Memory((strings.size() + 1L) * Native.POINTER_SIZE);
            for (int i = 0; i < strings.size(); i++) {
                byte[] bytes = strings.get(i).getBytes(StandardCharsets.UTF_8);
                Memory text = new Memory(bytes.length + 1L);
                text.write(0, bytes, 0, bytes.length);
                text.setByte(bytes.length, (byte) 0);
                texts.add(text);
                array.setPointer((long) i * Native.POINTER_SIZE, text);
            }
            array.setPointer((long) strings.size() * Native.POINTER_SIZE, Pointer.NULL);
            return array;
        }

        private static void must(int error) throws CommandFailure {
            if (error != 0) {
                throw new CommandFailure("a command cannot be prepared: " + Posix.strerror(error));
            }
        }

        @Override
        public void close() {
            Posix.posix_spawn_file_actions_destroy(actions);
            Posix.posix_spawnattr_destroy(attributes);
        }
    }
}
