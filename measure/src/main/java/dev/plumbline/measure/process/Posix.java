package dev.plumbline.measure.process;

import com.sun.jna.Native;
import com.sun.jna.Pointer;

/** The few functions of the C library that start a process and report its resources. */
final class Posix {
    static final short SPAWN_SETPGROUP = 2;
    static final short SPAWN_SETSIGDEF = 4;
    static final short SPAWN_SETSIGMASK = 8;
    static final int SIGKILL = 9;
    static final int EINTR = 4;
    static final int O_RDONLY = 0;
    static final int O_WRONLY = 1;
    /** Larger than posix_spawn_file_actions_t, posix_spawnattr_t and sigset_t are anywhere. */
    static final int STRUCTURE_BYTES = 1024;

    private Posix() {}

    static native int posix_spawnp(
            Pointer pid, Pointer file, Pointer actions, Pointer attributes, Pointer arguments, Pointer environment);

    static native int posix_spawn_file_actions_init(Pointer actions);

    static native int posix_spawn_file_actions_destroy(Pointer actions);

    static native int posix_spawn_file_actions_addopen(
            Pointer actions, int descriptor, String path, int flags, int mode);

    static native int posix_spawn_file_actions_adddup2(Pointer actions, int from, int to);

    static native int posix_spawn_file_actions_addchdir_np(Pointer actions, String path);

    static native int posix_spawn_file_actions_addclosefrom_np(Pointer actions, int from);

    static native int posix_spawnattr_init(Pointer attributes);

    static native int posix_spawnattr_destroy(Pointer attributes);

    static native int posix_spawnattr_setflags(Pointer attributes, short flags);

    static native int posix_spawnattr_setpgroup(Pointer attributes, int group);

    static native int posix_spawnattr_setsigmask(Pointer attributes, Pointer signals);

    static native int posix_spawnattr_setsigdefault(Pointer attributes, Pointer signals);

    static native int sigemptyset(Pointer signals);

    static native int sigfillset(Pointer signals);

    static native int wait4(int pid, Pointer status, int options, Pointer usage);

    static native int getrusage(int who, Pointer usage);

    static native int unlink(Pointer path);

    static native int creat(Pointer path, int mode);

    static native int close(int descriptor);

    static native int kill(int pid, int signal);

    static native String strerror(int error);

    /** @throws UnsatisfiedLinkError if the C library lacks one of the functions */
    static void link() {
        Native.register(Posix.class, com.sun.jna.Platform.C_LIBRARY_NAME);
    }
}
