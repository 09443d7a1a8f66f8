package dev.plumbline.ingest.scalameter;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Values as ScalaMeter's picklers write them: big-endian bytes in Base64. */
final class Pickled {
    private Pickled() {}

    /** The value as people write it; the Base64 itself when the pickler is not known or the bytes are too few. */
    static String text(String pickler, String base64) {
        try {
            ByteBuffer bytes = bytes(base64);
            String name = pickler.substring(pickler.lastIndexOf('.') + 1);
            return switch (name) {
                case "IntPickler$" -> String.valueOf(bytes.getInt());
                case "LongPickler$" -> String.valueOf(bytes.getLong());
                case "DoublePickler$" -> String.valueOf(bytes.getDouble());
                case "FloatPickler$" -> String.valueOf(bytes.getFloat());
                case "BooleanPickler$" -> String.valueOf(bytes.get() != 0);
                case "StringPickler$" -> string(bytes);
                case "StringListPickler$" -> String.join(" ", strings(bytes));
                default -> base64;
            };
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            return base64;
        }
    }

    /** The texts of a list; none when the bytes are no list. */
    static List<String> list(String base64) {
        try {
            return strings(bytes(base64));
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            return List.of();
        }
    }

    /** A number; NaN when the bytes are none of this pickler. */
    static double number(String pickler, String base64) {
        try {
            ByteBuffer bytes = bytes(base64);
            return switch (pickler.substring(pickler.lastIndexOf('.') + 1)) {
                case "DoublePickler$" -> bytes.getDouble();
                case "FloatPickler$" -> bytes.getFloat();
                case "IntPickler$" -> bytes.getInt();
                case "LongPickler$" -> (double) bytes.getLong();
                default -> Double.NaN;
            };
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            return Double.NaN;
        }
    }

    private static ByteBuffer bytes(String base64) {
        return ByteBuffer.wrap(Base64.getDecoder().decode(base64));
    }

    private static String string(ByteBuffer bytes) {
        int length = bytes.getInt();
        if (length < 0 || length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] text = new byte[length];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static List<String> strings(ByteBuffer bytes) {
        int count = bytes.getInt();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(string(bytes));
        }
        return texts;
    }
}
