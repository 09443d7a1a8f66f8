package dev.plumbline.measure.process;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A command with everything made ready that can be, to be started again and again: what this program does between two
 * executions puts other things into the caches of the processor than the command left there.
 */
final class Spawn implements AutoCloseable {
    private static final int FOR_OWNER_ONLY = 0600;

    private final Command command;
    private final List<Memory> texts = new ArrayList<>();
    private final Memory actions = new Memory(Posix.STRUCTURE_BYTES);
    private final Memory attributes = new Memory(Posix.STRUCTURE_BYTES);
    private final Memory pid = new Memory(Integer.BYTES);
    private final Path output;
    private final Memory outputName;
    private final Pointer program;
    private final Memory arguments;
    private final Memory environment;

    Spawn(Command command, Path output) throws CommandFailure {
        this.command = command;
        this.output = output;
        String name = output.toAbsolutePath().toString();
        outputName = text(name);
        arguments = pointers(command.words());
        program = arguments.getPointer(0);
        environment = pointers(command.variables().entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList());
        Posix.posix_spawn_file_actions_init(actions);
        Posix.posix_spawnattr_init(attributes);
        must(Posix.posix_spawn_file_actions_addchdir_np(
                actions, command.directory().toAbsolutePath().toString()));
        must(Posix.posix_spawn_file_actions_addopen(actions, 0, "/dev/null", Posix.O_RDONLY, 0));
        // not truncated: a file of ext4 that was is written to the disk when it is closed, in the command's time
        must(Posix.posix_spawn_file_actions_addopen(actions, 1, name, Posix.O_WRONLY, 0));
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

    /** A new, empty file for what it prints, in place of the one of the last time. */
    void renewOutput() throws CommandFailure {
        Posix.unlink(outputName);
        int descriptor = Posix.creat(outputName, FOR_OWNER_ONLY);
        if (descriptor < 0) {
            throw new CommandFailure(output + ": cannot be written: " + Posix.strerror(Native.getLastError()));
        }
        Posix.close(descriptor);
    }

    /** Starts it, and returns its process. */
    int start() throws CommandFailure {
        int error = Posix.posix_spawnp(pid, program, actions, attributes, arguments, environment);
        if (error != 0) {
            String name = command.words().get(0);
            throw new CommandFailure(
                    Files.isDirectory(command.directory())
                            ? name + ": cannot be started: " + Posix.strerror(error)
                            : command.directory() + ": no such folder to run " + name + " in");
        }
        return pid.getInt(0);
    }

    @Override
    public void close() {
        Posix.posix_spawn_file_actions_destroy(actions);
        Posix.posix_spawnattr_destroy(attributes);
    }

    /** An array of C strings with NULL at its end. */
    private Memory pointers(List<String> strings) {
        Memory array = new Memory((strings.size() + 1L) * Native.POINTER_SIZE);
        for (int i = 0; i < strings.size(); i++) {
            array.setPointer((long) i * Native.POINTER_SIZE, text(strings.get(i)));
        }
        array.setPointer((long) strings.size() * Native.POINTER_SIZE, Pointer.NULL);
        return array;
    }

    /** A C string, which lives as long as this. */
    private Memory text(String string) {
        byte[] bytes = string.getBytes(StandardCharsets.UTF_8);
        Memory text = new Memory(bytes.length + 1L);
        text.write(0, bytes, 0, bytes.length);
        text.setByte(bytes.length, (byte) 0);
        texts.add(text);
        return text;
    }

    private static void must(int error) throws CommandFailure {
        if (error != 0) {
            throw new CommandFailure("a command cannot be prepared: " + Posix.strerror(error));
        }
    }
}
