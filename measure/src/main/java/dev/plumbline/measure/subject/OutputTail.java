package dev.plumbline.measure.subject;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The last output of a command, shown if it failed. */
public final class OutputTail {
    private static final int BYTES = 16384;
    private static final int LINES = 12;

    /**
     * A Java machine's message about classes that were compiled for a later one; the trace around it has no more
     * information.
     */
    private static final Pattern NEWER_CLASSES =
            Pattern.compile("UnsupportedClassVersionError: (\\S+) .*class file version"
                    + " ([0-9]{1,5}).*class file versions up to ([0-9]{1,5})");

    /** Java N has class files of version N + 44. */
    private static final int FIRST_VERSION = 44;

    /** Two JMH on one machine would measure each other. */
    private static final Pattern LOCKED = Pattern.compile("Unable to acquire the JMH lock \\(([^)\n]*)\\)");

    /** Frames of a trace that are not the measured code's: they would take the lines of its exception. */
    private static final Pattern FRAME = Pattern.compile(
            "^\\s+(at (java\\.base/|jdk\\.|org\\.openjdk\\.jmh\\.)|at .*jmh_generated|\\.\\.\\. \\d+ more)");

    private OutputTail() {}

    /** Whether JMH reports that another one measures on this machine. */
    static boolean isLocked(Path output) {
        try {
            return LOCKED.matcher(end(output)).find();
        } catch (IOException e) {
            return false;
        }
    }

    private static String end(Path output) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(output.toFile(), "r")) {
            long from = Math.max(0, file.length() - BYTES);
            byte[] bytes = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** A colon and the last lines, or a remark that there were none; one sentence for a cause that is known. */
    public static String of(Path output) {
        try {
            String text = end(output);
            Matcher newer = NEWER_CLASSES.matcher(text);
            if (newer.find()) {
                return ": " + newer.group(1).replace('/', '.') + " was compiled for Java " + version(newer.group(2))
                        + ", but the measuring Java is version " + version(newer.group(3))
                        + "; set JAVA_HOME to a newer one, or compile with --release " + version(newer.group(3));
            }
            Matcher locked = LOCKED.matcher(text);
            if (locked.find()) {
                return ": another JMH on this machine holds the lock " + locked.group(1)
                        + "; measure again when it has ended";
            }
            List<String> lines = text.replace("\t", "    ")
                    .lines()
                    .filter(line -> !line.isBlank() && !FRAME.matcher(line).find())
                    .toList();
            return lines.isEmpty()
                    ? " and printed nothing"
                    : ":\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
        } catch (IOException e) {
            return "; what it printed cannot be read (" + e.getMessage() + ")";
        }
    }

    private static int version(String classFile) {
        return Integer.parseInt(classFile) - FIRST_VERSION;
    }
}
