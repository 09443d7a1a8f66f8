package dev.plumbline.store.sqlite;

import dev.plumbline.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The first bytes of a history's file, looked at before SQLite sees it.
 *
 * <p>SQLite may write to a file merely because it is opened (to finish a transaction, to fold in the log). A file
 * that is not ours, or that a later Plumbline wrote, is not to be touched at all. The layout is that of "The Database
 * Header" in SQLite's file format.
 */
final class FileHeader {
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int SIZE = 100;
    private static final int USER_VERSION = 60;
    private static final int APPLICATION_ID = 68;

    private FileHeader() {}

    /** @throws StoreException if the file is there and no history that this version can work with */
    static void check(Path file) {
        if (Files.notExists(file)) {
            return;
        }
        if (Files.isDirectory(file)) {
            throw new StoreException(
                    "the history " + file + " is a directory; name a file, for example " + file.resolve("history.db"));
        }
        byte[] header;
        try (InputStream stream = Files.newInputStream(file)) {
            header = stream.readNBytes(SIZE);
        } catch (IOException e) {
            throw new StoreException("the history " + file + " cannot be read; change its permissions", e);
        }
        if (header.length == 0) {
            return;
        }
        if (header.length < SIZE || !Arrays.equals(MAGIC, 0, MAGIC.length, header, 0, MAGIC.length)) {
            throw new StoreException("the file " + file
                    + " is not a SQLite database and was left unchanged; choose another path for the history");
        }
        int applicationId = ByteBuffer.wrap(header).getInt(APPLICATION_ID);
        int version = ByteBuffer.wrap(header).getInt(USER_VERSION);
        if (applicationId == Schema.APPLICATION_ID) {
            Schema.checkVersion(file.toString(), version);
        } else if (applicationId != 0) {
            throw Schema.foreign(file.toString());
        }
    }
}
