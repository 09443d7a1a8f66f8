package dev.plumbline.measure;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The end of what a command printed, to be shown when it failed. */
final class OutputTail {
    private static final int BYTES = 4096;
    private static final int LINES = 12;

    private OutputTail() {}

    /** A colon and the last lines, or a remark that there were none. */
    static String of(Path output) {
        try (RandomAccessFile file = new RandomAccessFile(output.toFile(), "r")) {
            long from = Math.max(0, file.length() - BYTES);
            byte[] bytes = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            List<String> lines = new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            return lines.isEmpty()
                    ? " and printed nothing"
                    : ":\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
        } catch (IOException e) {
            return "; what it printed cannot be read (" + e.getMessage() + ")";
        }
    }
}
