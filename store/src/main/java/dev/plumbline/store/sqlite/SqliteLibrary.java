package dev.plumbline.store.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/** The native library of SQLite, which its driver would otherwise unpack and compare at every start. */
public final class SqliteLibrary {
    /** The folder in which the driver unpacks the library. */
    private static final String FOLDER = "org.sqlite.tmpdir";

    private static boolean loaded;

    private SqliteLibrary() {}

    /**
     * Loads the library, once, from a folder of this process alone. In one that it shares, the driver clears away what
     * others have left, or are about to, and prints a stack trace for each file that is gone when its turn comes.
     *
     * <p>If no folder can be created, the driver looks for one, and reports at the first connection why it found none.
     */
    public static synchronized void load() {
        if (loaded || System.getProperty(FOLDER) != null) {
            return;
        }
        try {
            Path own = Files.createTempDirectory("plumb-sqlite");
            own.toFile().deleteOnExit(); // after the library, which is named later
            System.setProperty(FOLDER, own.toString());
            try {
                SQLiteJDBCLoader.initialize();
            } finally {
                System.clearProperty(FOLDER); // of the whole process, which may be that of a build
            }
            loaded = true;
        } catch (Exception e) {
            loaded = false; // the first connection fails, or finds another folder
        }
    }

    /**
     * Puts the library of this machine into a folder, which is made. The driver takes it from there when the system
     * property {@code org.sqlite.lib.path} names the folder, and unpacks its own when it cannot be loaded.
     */
    public static void copyTo(Path folder) throws IOException {
        String name = LibraryLoaderUtil.getNativeLibName();
        Files.createDirectories(folder);
        try (InputStream packed =
                SQLiteJDBCLoader.class.getResourceAsStream(LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name)) {
            if (packed == null) {
                throw new IOException("SQLite does not support this machine");
            }
            Files.copy(packed, folder.resolve(name));
        }
    }
}
