package dev.plumbline.store.sql.dialect;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Converts untrusted text for the database and back, without loss.
 *
 * <p>SQLite ends text at a NUL in many of its functions, and UTF-8 has no bytes for half of a surrogate pair. Both are
 * written as the control character "data link escape" and four hexadecimal digits, and so is that character itself. All
 * other text stays as it is.
 */
public final class StoredText {
    private static final char ESCAPE = '\u0010';

    private StoredText() {}

    public static String encode(String text) {
        int length = text.length();
        int at = 0;
        while (at < length && !needsEscape(text, at)) {
            at++;
        }
        if (at == length) {
            return text;
        }
        StringBuilder encoded = new StringBuilder(length + 16).append(text, 0, at);
        for (; at < length; at++) {
            char character = text.charAt(at);
            if (needsEscape(text, at)) {
                appendHex(encoded.append(ESCAPE), character);
            } else {
                encoded.append(character);
            }
        }
        return encoded.toString();
    }

    private static boolean needsEscape(String text, int at) {
        char character = text.charAt(at);
        if (character == 0 || character == ESCAPE) {
            return true;
        }
        if (Character.isHighSurrogate(character)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(character) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }

    public static String decode(String stored) {
        int escape = stored.indexOf(ESCAPE);
        if (escape < 0) {
            return stored;
        }
        StringBuilder text = new StringBuilder(stored.length());
        int from = 0;
        while (escape >= 0) {
            text.append(stored, from, escape);
            text.append((char) Integer.parseInt(stored, escape + 1, escape + 5, 16));
            from = escape + 5;
            escape = stored.indexOf(ESCAPE, from);
        }
        return text.append(stored, from, stored.length()).toString();
    }

    /**
     * A JSON object whose values are all strings; equal maps give equal text.
     *
     * <p>Written by hand: rows are found by this text, so that it has to stay the same to the byte whatever a library
     * changes, and halves of surrogate pairs have to come back.
     */
    public static String encode(SortedMap<String, String> map) {
        if (map.isEmpty()) {
            return "{}";
        }
        StringBuilder json = new StringBuilder(map.size() * 32).append('{');
        for (Map.Entry<String, String> entry : map.entrySet()) {
            if (json.length() > 1) {
                json.append(',');
            }
            appendQuoted(json, entry.getKey());
            appendQuoted(json.append(':'), entry.getValue());
        }
        return json.append('}').toString();
    }

    private static void appendQuoted(StringBuilder json, String text) {
        json.append('"');
        int from = 0; // most texts have nothing to escape and are appended whole
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            if (character == '"' || character == '\\') {
                json.append(text, from, at).append('\\').append(character);
                from = at + 1;
            } else if (character < ' ' || Character.isSurrogate(character)) {
                appendHex(json.append(text, from, at).append("\\u"), character);
                from = at + 1;
            }
        }
        json.append(text, from, text.length()).append('"');
    }

    private static void appendHex(StringBuilder text, char character) {
        for (int shift = 12; shift >= 0; shift -= 4) {
            text.append(Character.forDigit(character >> shift & 0xF, 16));
        }
    }

    /** @throws IllegalArgumentException if this is not what {@link #encode(SortedMap)} writes */
    public static SortedMap<String, String> decodeMap(String json) {
        SortedMap<String, String> map = new TreeMap<>();
        if (json.equals("{}")) {
            return map;
        }
        MapText text = new MapText(json);
        text.expect('{');
        do {
            String name = text.quoted();
            text.expect(':');
            map.put(name, text.quoted());
        } while (text.goesOn(',', '}'));
        return map;
    }

    /** Reads what {@link #encode(SortedMap)} writes from left to right. */
    private static final class MapText {
        private final String json;
        private int at;

        MapText(String json) {
            this.json = json;
        }

        char next() {
            if (at >= json.length()) {
                throw new IllegalArgumentException("not an object of strings: " + json);
            }
            return json.charAt(at++);
        }

        void expect(char character) {
            if (next() != character) {
                throw new IllegalArgumentException("not an object of strings, see character " + (at - 1) + ": " + json);
            }
        }

        /** Whether the next character is the one that goes on, and not the one that ends. */
        boolean goesOn(char separator, char end) {
            if (next() == separator) {
                return true;
            }
            at--;
            expect(end);
            return false;
        }

        String quoted() {
            expect('"');
            StringBuilder text = new StringBuilder();
            for (char character = next(); character != '"'; character = next()) {
                if (character == '\\') {
                    character = next();
                    if (character == 'u') {
                        at += 4;
                        if (at > json.length()) {
                            throw new IllegalArgumentException("not an object of strings: " + json);
                        }
                        character = (char) Integer.parseInt(json, at - 4, at, 16);
                    }
                }
                text.append(character);
            }
            return text.toString();
        }
    }
}
