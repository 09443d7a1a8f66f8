package dev.plumbline.ingest.input.archive;

import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Unpacking;
import dev.plumbline.ingest.input.UnreadableInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The files inside a zip or tar archive, one after the other; a tar may be packed with gzip or Zstandard.
 *
 * <p>Nothing is ever written under an entry's name: a small entry is kept in memory, a large one in a temporary file.
 * Entries that are compressed themselves are unpacked, archives inside archives are not. Hidden entries are passed
 * over.
 */
public final class Archive {
    private static final int MOST_ENTRIES = 20_000;
    private static final int IN_MEMORY = 1 << 20;
    private static final int LONGEST_NAME = 200;

    private enum Kind {
        ZIP,
        TAR
    }

    private final Source source;
    private final Kind kind;

    private Archive(Source source, Kind kind) {
        this.source = source;
        this.kind = kind;
    }

    /** Takes one entry. */
    @FunctionalInterface
    public interface Visitor {
        void visit(Source entry) throws IOException;
    }

    /** The archive that a source is by its first bytes; empty if it is none. */
    public static Optional<Archive> of(Source source) throws IOException {
        byte[] start;
        try (InputStream in = source.bytes()) {
            start = in.readNBytes(Tar.BLOCK);
        }
        if (start.length >= 4
                && start[0] == 'P'
                && start[1] == 'K'
                && (start[2] == 3 && start[3] == 4 || start[2] == 5)) {
            return Optional.of(new Archive(source, Kind.ZIP));
        }
        return Tar.isHeader(start) ? Optional.of(new Archive(source, Kind.TAR)) : Optional.empty();
    }

    /**
     * Visits every file in the archive, in its order.
     *
     * @throws UnreadableInput if the archive is damaged, or unpacks to more than any genuine archive contains
     */
    public void forEach(Visitor visitor) throws IOException {
        Unpacking.Counted packed = new Unpacking.Counted(source.bytes());
        Unpacking.Allowance allowance = new Unpacking.Allowance(source.name(), packed);
        int entries = 0;
        try (InputStream in = packed) {
            Entries all = kind == Kind.ZIP ? new Zip(in, source.name()) : new Tar(in, source.name());
            Optional<String> name = all.next();
            while (name.isPresent()) {
                if (++entries > MOST_ENTRIES) {
                    throw new UnreadableInput(source.name(), "has more than " + MOST_ENTRIES + " entries");
                }
                if (!isHidden(name.get())) {
                    visit(name.get(), new Metered(all.content(), allowance), visitor);
                }
                name = all.next();
            }
        }
    }

    private void visit(String name, InputStream content, Visitor visitor) throws IOException {
        String shown = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name;
        byte[] start = content.readNBytes(IN_MEMORY);
        if (start.length < IN_MEMORY) {
            try (Source entry = Source.entry(source.name(), shown, start)) {
                visitor.visit(entry);
            }
        } else {
            InputStream whole = new SequenceInputStream(new ByteArrayInputStream(start), content);
            try (Source entry = Source.entry(source.name(), shown, whole)) {
                visitor.visit(entry);
            }
        }
    }

    private static boolean isHidden(String name) {
        for (String part : name.split("[/\\\\]", -1)) {
            if (part.startsWith(".") && !part.equals(".") && !part.equals("..") || part.equals("__MACOSX")) {
                return true;
            }
        }
        return false;
    }

    /** The entries of an archive in turn. */
    interface Entries {
        /** The name of the next file; empty after the last. Folders, links and devices are passed over. */
        Optional<String> next() throws IOException;

        /** The contents of the file; ends where the file does. */
        InputStream content();
    }

    /** A zip file, read from its beginning. */
    private static final class Zip implements Entries {
        private final ZipInputStream zip;
        private final String name;

        Zip(InputStream in, String name) {
            this.zip = new ZipInputStream(in, StandardCharsets.UTF_8);
            this.name = name;
        }

        @Override
        public Optional<String> next() throws IOException {
            try {
                ZipEntry entry = zip.getNextEntry();
                while (entry != null && entry.isDirectory()) {
                    entry = zip.getNextEntry();
                }
                return Optional.ofNullable(entry).map(ZipEntry::getName);
            } catch (IllegalArgumentException e) {
                throw new UnreadableInput(name, "has an entry whose name is not UTF-8; unpack it yourself", e);
            }
        }

        @Override
        public InputStream content() {
            return zip;
        }
    }

    /** Counts against the allowance, and leaves the archive open. */
    private static final class Metered extends InputStream {
        private final InputStream content;
        private final Unpacking.Allowance allowance;

        Metered(InputStream content, Unpacking.Allowance allowance) {
            this.content = content;
            this.allowance = allowance;
        }

        @Override
        public int read() throws IOException {
            int value = content.read();
            allowance.took(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = content.read(target, offset, length);
            allowance.took(Math.max(0, read));
            return read;
        }
    }
}
