package dev.plumbline.ingest.input;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A result file as UTF-8 text that can be read from the start as often as needed.
 *
 * <p>A byte order mark is left out, UTF-16 is turned into UTF-8, and gzip and Zstandard are unpacked, whatever the
 * file is called.
 */
public final class Source implements Closeable {
    private static final int HEAD_BYTES = 1 << 16;
    private static final int LONG_HEAD_BYTES = 1 << 22;
    private static final int BUFFER = 1 << 16;
    private static final int LONGEST_BLANK = 200;

    private static final Pattern ENDINGS =
            Pattern.compile("(?:\\.(?:txt|log|out|json|csv|tsv|xml|hlog|hgrm|prom|gz|zst|zip))+$");

    private final String name;
    private final String fileName;
    private final Optional<Path> folder;
    private final Opener opener;
    private final Cleaner cleaner;

    /** The last byte, after the text was read completely; below 0 before. */
    private int lastByte = -1;

    @FunctionalInterface
    private interface Opener {
        InputStream open() throws IOException;
    }

    @FunctionalInterface
    private interface Cleaner {
        void clean() throws IOException;
    }

    private Source(String name, String fileName, Opener opener, Cleaner cleaner) {
        this(name, fileName, Optional.empty(), opener, cleaner);
    }

    private Source(String name, String fileName, Optional<Path> folder, Opener opener, Cleaner cleaner) {
        this.folder = folder;
        this.name = requireNonNull(name, "name");
        this.fileName = requireNonNull(fileName, "fileName");
        this.opener = opener;
        this.cleaner = cleaner;
    }

    /** A file, shown as the path is written. */
    public static Source of(Path file) {
        Path last = file.getFileName();
        return new Source(
                file.toString(),
                last == null ? file.toString() : last.toString(),
                Optional.ofNullable(file.toAbsolutePath().getParent()),
                () -> Files.newInputStream(file),
                () -> {});
    }

    /** The same under another name in messages. */
    public Source shownAs(String shown) {
        return new Source(shown, fileName, folder, opener, cleaner);
    }

    /** A file under another name, which messages show and formats take for the file's. */
    public static Source of(Path file, String name) {
        return new Source(name, lastPart(name), () -> Files.newInputStream(file), () -> {});
    }

    /** Bytes in memory under a name. */
    public static Source of(String name, byte[] content) {
        byte[] copy = content.clone();
        return new Source(name, lastPart(name), () -> new ByteArrayInputStream(copy), () -> {});
    }

    /** A stream that can be read only once, kept in a temporary file until the source is closed. */
    public static Source of(String name, InputStream once) throws IOException {
        Path kept = Files.createTempFile("plumbline-", ".input");
        try {
            Files.copy(once, kept, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(kept);
            throw e;
        }
        return new Source(name, lastPart(name), () -> Files.newInputStream(kept), () -> Files.deleteIfExists(kept));
    }

    /** An entry of an archive, kept in memory. */
    public static Source entry(String archive, String name, byte[] content) {
        return new Source(archive + "!" + name, lastPart(name), () -> new ByteArrayInputStream(content), () -> {});
    }

    /** An entry of an archive, kept in a temporary file until the source is closed. */
    public static Source entry(String archive, String name, InputStream once) throws IOException {
        Source kept = of(name, once);
        return new Source(archive + "!" + name, lastPart(name), kept.opener, kept.cleaner);
    }

    private static String lastPart(String name) {
        return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    }

    /** The file as people know it, for messages. */
    public String name() {
        return name;
    }

    /** The last part of the name, for formats that keep facts there. */
    public String fileName() {
        return fileName;
    }

    /**
     * The names of the files in its folder, its own among them, for formats that keep facts in the names of a set of
     * files; empty for what is no file of its own, and for a folder that cannot be read.
     */
    public List<String> neighbours() {
        if (folder.isEmpty()) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.get())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of(); // they only help: the file itself can be read
        }
    }

    /** The last part of the name without its endings, for formats that do not name what they measured. */
    public String stem() {
        String stem = ENDINGS.matcher(fileName).replaceFirst("");
        return stem.isBlank() ? name : stem;
    }

    /** The file's text as UTF-8 bytes, unchecked: bytes that are no UTF-8 pass. */
    public InputStream open() throws IOException {
        return new Ending(utf8());
    }

    private InputStream utf8() throws IOException {
        PushbackInputStream bytes = bytes();
        byte[] start = bytes.readNBytes(4);
        Optional<Charset> wide = wideCharset(start);
        if (wide.isPresent()) {
            int mark = isMark(start) ? 2 : 0;
            bytes.unread(start, mark, start.length - mark);
            return new Transcoded(new InputStreamReader(
                    bytes,
                    wide.get()
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)));
        }
        boolean mark =
                start.length >= 3 && start[0] == (byte) 0xEF && start[1] == (byte) 0xBB && start[2] == (byte) 0xBF;
        int skipped = mark ? 3 : 0;
        bytes.unread(start, skipped, start.length - skipped);
        return bytes;
    }

    /** The file's bytes, unpacked. */
    public PushbackInputStream bytes() throws IOException {
        return Unpacking.of(name, opener.open());
    }

    private static Optional<Charset> wideCharset(byte[] start) {
        if (start.length < 4) {
            return Optional.empty();
        }
        if (isMark(start)) {
            return Optional.of(start[0] == (byte) 0xFF ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE);
        }
        if (start[0] != 0 && start[1] == 0 && start[2] != 0 && start[3] == 0) {
            return Optional.of(StandardCharsets.UTF_16LE);
        }
        return start[0] == 0 && start[1] != 0 && start[2] == 0 && start[3] != 0
                ? Optional.of(StandardCharsets.UTF_16BE)
                : Optional.empty();
    }

    private static boolean isMark(byte[] start) {
        return start[0] == (byte) 0xFF && start[1] == (byte) 0xFE || start[0] == (byte) 0xFE && start[1] == (byte) 0xFF;
    }

    /** The file's text; reading fails at the first byte that is no UTF-8. */
    public BufferedReader text() throws IOException {
        return new BufferedReader(
                new InputStreamReader(
                        open(),
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT)),
                BUFFER);
    }

    /** Whether its text was read completely, and this ASCII character is the last one. */
    public boolean isEndingIn(char last) {
        return lastByte == last;
    }

    /**
     * The place of a last line without an end, though all before have one: it may be half a line. Empty if every line
     * is complete, if the last line is empty, and if the text was not read completely.
     */
    public Optional<String> openEnd() throws IOException {
        if (lastByte < 0 || lastByte == '\n' || lastByte == '\r') {
            return Optional.empty();
        }
        long number = 1;
        StringBuilder last = new StringBuilder();
        try (BufferedReader text = text()) {
            for (int c = text.read(); c >= 0; c = text.read()) {
                if (c == '\n') {
                    number++;
                    last.setLength(0);
                } else if (last.length() < LONGEST_BLANK) {
                    last.append((char) c);
                }
            }
        }
        return Lines.withoutEscapes(last.toString()).isBlank() ? Optional.empty() : Optional.of(name + ":" + number);
    }

    /**
     * The first 64 kB, from which the format is recognised.
     *
     * @throws UnreadableInput if the file is empty or binary
     */
    public Head head() throws IOException {
        Head head = head(HEAD_BYTES);
        return head.isStarved() ? head(LONG_HEAD_BYTES) : head; // a very long first text does not identify a format
    }

    private Head head(int length) throws IOException {
        byte[] bytes;
        try (InputStream in = open()) {
            bytes = in.readNBytes(length);
        }
        if (bytes.length > 2 && bytes[0] == (byte) 0x80 && bytes[1] >= 2 && bytes[1] <= 5) {
            throw UnreadableInput.noResult(
                    name,
                    "is a Python pickle, which can run any code when it is read; write the numbers as JSON instead");
        }
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                throw UnreadableInput.noResult(name, notText(bytes, i));
            }
        }
        Head head = new Head(fileName, bytes, bytes.length == length);
        if (head.text().isBlank()) {
            throw new UnreadableInput(
                    name,
                    bytes.length == 0 ? "is empty; did the benchmark write its results?" : "contains only whitespace");
        }
        return head;
    }

    /** Since 3.12 Gatling logs a zero, the length of its version, and its version. */
    private static String notText(byte[] bytes, int zero) {
        int length = bytes.length > 5 ? bytes[4] : 0;
        boolean gatling = zero == 0 && bytes.length > 5 + length && length >= 5 && length < 20 && bytes[3] == 0;
        for (int i = 5; gatling && i < 5 + length; i++) {
            gatling = bytes[i] == '.' || bytes[i] >= '0' && bytes[i] <= '9' || i > 9 && bytes[i] >= '-';
        }
        return gatling
                ? "is the binary log of Gatling " + new String(bytes, 5, length, StandardCharsets.US_ASCII)
                        + ", whose form Gatling does not document; give js/stats.js or js/stats.json of its report"
                : "is not a text file (a zero byte at offset " + zero + "); give the benchmark tool's own result file";
    }

    /** Removes what was kept for this source; the file itself stays. */
    @Override
    public void close() throws IOException {
        cleaner.clean();
    }

    @Override
    public String toString() {
        return name;
    }

    /** Keeps the last byte of what is read to its end. */
    private final class Ending extends FilterInputStream {
        private int last = -1;

        Ending(InputStream bytes) {
            super(bytes);
        }

        @Override
        public int read() throws IOException {
            int read = in.read();
            if (read < 0) {
                lastByte = last;
            } else {
                last = read;
            }
            return read;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = in.read(target, offset, length);
            if (count < 0) {
                lastByte = last;
            } else if (count > 0) {
                last = target[offset + count - 1] & 0xFF;
            }
            return count;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }

    /** Characters as UTF-8 bytes. */
    private static final class Transcoded extends InputStream {
        private final Reader characters;
        private final char[] block = new char[8192];
        private char pending;
        private byte[] bytes = {};
        private int at;

        Transcoded(Reader characters) {
            this.characters = characters;
        }

        @Override
        public int read() throws IOException {
            return fill() ? bytes[at++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int count = Math.min(length, bytes.length - at);
            System.arraycopy(bytes, at, target, offset, count);
            at += count;
            return count;
        }

        private boolean fill() throws IOException {
            while (at == bytes.length) {
                int from = 0;
                if (pending != 0) {
                    block[from++] = pending;
                    pending = 0;
                }
                int count = characters.read(block, from, block.length - from);
                if (count < 0) {
                    return false;
                }
                int end = from + count;
                if (Character.isHighSurrogate(block[end - 1])) {
                    pending = block[--end]; // its second half comes with the next block
                }
                bytes = new String(block, 0, end).getBytes(StandardCharsets.UTF_8);
                at = 0;
            }
            return true;
        }

        @Override
        public void close() throws IOException {
            characters.close();
        }
    }
}
