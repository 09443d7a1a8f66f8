package dev.plumbline.ingest.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Finds the bytes of a file that are not valid UTF-8.
 *
 * <p>Readers decode ahead in large blocks, so that a failure has no exact place. The file is read once more to find it.
 */
public final class MalformedUtf8 {
    private static final int BLOCK = 1 << 13;

    private MalformedUtf8() {}

    /** The refusal of a file, with line and column where they can be found. */
    public static UnreadableInput refusal(Source source, Exception cause) {
        return new UnreadableInput(where(source), "is not UTF-8 text; save it as UTF-8 and try again", cause);
    }

    /** The first malformed bytes: file, line and column; the file alone where its text is of another encoding. */
    private static String where(Source source) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.allocate(BLOCK);
        CharBuffer characters = CharBuffer.allocate(BLOCK);
        long line = 1;
        long column = 1;
        try (InputStream in = source.open()) {
            boolean end = false;
            while (!end) {
                int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
                end = count < 0;
                bytes.position(bytes.position() + Math.max(0, count)).flip();
                CoderResult result = decoder.decode(bytes, characters.clear(), end);
                characters.flip();
                while (characters.hasRemaining()) {
                    boolean next = characters.get() == '\n';
                    line += next ? 1 : 0;
                    column = next ? 1 : column + 1;
                }
                if (result.isError()) {
                    return source.name() + ":" + line + ":" + column;
                }
                bytes.compact();
            }
        } catch (IOException e) {
            return source.name(); // UTF-16 that breaks off, or the file can no longer be read
        }
        return source.name();
    }
}
