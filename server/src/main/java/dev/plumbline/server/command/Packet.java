package dev.plumbline.server.command;

import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.format.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A ZIP stream with one JSON document and then files; what is received is not trusted. */
final class Packet implements Closeable {
    /** The folder of the files in the archive, and where they are unpacked. */
    static final String FILES = "files";

    private static final int MOST_ENTRIES = 50_000;
    private static final int MOST_JSON_BYTES = 8 << 20;
    private static final int LONGEST_NAME = 4_000;
    private static final int LONGEST_PART = 250;

    private final ZipOutputStream zip;

    /** Writes one; the stream stays open. */
    Packet(OutputStream out) {
        zip = new ZipOutputStream(out);
    }

    void json(String name, Consumer<JsonText> document) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        JsonText.line(bytes, document);
        zip.putNextEntry(new ZipEntry(name));
        bytes.writeTo(zip);
        zip.closeEntry();
    }

    void file(String name, Path content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        Files.copy(content, zip);
        zip.closeEntry();
    }

    /** A file whose content is changed on the way. */
    void file(String name, Path content, NamesOfCaller names) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        names.copy(content, zip);
        zip.closeEntry();
    }

    void folder(String name) throws IOException {
        zip.putNextEntry(new ZipEntry(name + "/"));
        zip.closeEntry();
    }

    @Override
    public void close() throws IOException {
        zip.finish();
        zip.flush();
    }

    /**
     * Unpacks one.
     *
     * @param document the name of the document, which comes first
     * @param others names of further single files
     * @param folder an empty folder, which gets the files
     * @param mostBytes of everything, unpacked
     * @return the document
     * @throws MalformedPacket if it is none
     */
    static JsonValue unpack(InputStream in, String document, Set<String> others, Path folder, long mostBytes)
            throws IOException {
        try (ZipInputStream zip = new ZipInputStream(in)) {
            ZipEntry first = zip.getNextEntry();
            if (first == null || !first.getName().equals(document)) {
                throw new MalformedPacket("is not a ZIP archive that begins with " + document);
            }
            byte[] text = zip.readNBytes(MOST_JSON_BYTES + 1);
            if (text.length > MOST_JSON_BYTES) {
                throw MalformedPacket.tooLarge(document + " has more than " + MOST_JSON_BYTES + " bytes");
            }
            JsonValue json = json(document, text);
            long left = mostBytes - text.length;
            Set<String> seen = new HashSet<>();
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = entry.getName();
                if (!seen.add(name) || seen.size() > MOST_ENTRIES) {
                    throw new MalformedPacket("has an entry twice, or more than " + MOST_ENTRIES + " entries");
                }
                left -= unpack(zip, name, others, folder, left);
            }
            return json;
        } catch (java.util.zip.ZipException | java.io.EOFException | IllegalArgumentException e) {
            throw new MalformedPacket("is a damaged ZIP archive");
        }
    }

    private static JsonValue json(String document, byte[] text) throws MalformedPacket {
        try {
            return JsonValue.read(new ByteArrayInputStream(text));
        } catch (IOException e) {
            throw new MalformedPacket(document + " " + e.getMessage());
        }
    }

    private static long unpack(ZipInputStream zip, String name, Set<String> others, Path folder, long mostBytes)
            throws IOException {
        boolean isFolder = name.endsWith("/");
        String path = isFolder ? name.substring(0, name.length() - 1) : name;
        if (!others.contains(name)) {
            if (!path.startsWith(FILES + "/")) {
                throw new MalformedPacket("has an entry that does not belong there");
            }
            checkName(path.substring(FILES.length() + 1));
            if (!isFolder && path.toLowerCase(Locale.ROOT).endsWith("/head")) {
                // git takes a folder with it for a repository, which may refer to any other on this machine
                throw new MalformedPacket("has a file of the name HEAD, which is not allowed");
            }
        }
        try {
            Path target = folder.resolve(path);
            if (isFolder) {
                Files.createDirectories(target);
                return 0;
            }
            Files.createDirectories(target.getParent());
            return copy(zip, target, mostBytes);
        } catch (FileAlreadyExistsException | NotDirectoryException | InvalidPathException e) {
            throw new MalformedPacket("has an entry that is a file and a folder");
        }
    }

    private static long copy(InputStream from, Path target, long mostBytes) throws IOException {
        long total = 0;
        try (OutputStream out = Files.newOutputStream(target, java.nio.file.StandardOpenOption.CREATE_NEW)) {
            byte[] buffer = new byte[1 << 16];
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                total += read;
                if (total > mostBytes) {
                    throw MalformedPacket.tooLarge("has more bytes than the server accepts");
                }
                out.write(buffer, 0, read);
            }
        }
        return total;
    }

    /**
     * Checks the name of a file or folder, from the root on with slashes.
     *
     * @throws MalformedPacket if it could lead anywhere else, or be something to git
     */
    static void checkName(String name) throws MalformedPacket {
        boolean isWrong = name.isEmpty()
                || name.length() > LONGEST_NAME
                || name.indexOf('\\') >= 0
                || name.chars().anyMatch(c -> c < ' ' || c == 0x7f || Character.isSurrogate((char) c));
        for (String part : name.split("/", -1)) {
            String lower = part.toLowerCase(Locale.ROOT);
            isWrong |= part.isEmpty()
                    || part.length() > LONGEST_PART
                    || part.equals(".")
                    || part.equals("..")
                    || lower.equals(".git");
        }
        if (isWrong) {
            throw new MalformedPacket("has a name that is not allowed: '" + shown(name) + "'");
        }
    }

    private static String shown(String name) {
        String safe = name.replaceAll("[^\\p{L}\\p{N}./_ -]", "?");
        return safe.length() > 100 ? safe.substring(0, 100) + "…" : safe;
    }
}
