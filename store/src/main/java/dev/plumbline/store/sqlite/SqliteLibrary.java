package dev.plumbline.store.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/** The machine code of SQLite, which its driver otherwise unpacks, and compares byte for byte, at every start. */
public final class SqliteLibrary {
    private SqliteLibrary() {}

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
