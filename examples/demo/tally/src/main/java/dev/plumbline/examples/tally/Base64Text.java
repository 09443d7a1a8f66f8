package dev.plumbline.examples.tally;

/** Bytes as base 64 text (RFC 4648, with padding). */
public final class Base64Text {
    private static final byte[] ALPHABET = alphabet();

    private Base64Text() {}

    private static byte[] alphabet() {
        String characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        byte[] alphabet = new byte[characters.length()];
        for (int index = 0; index < alphabet.length; index++) {
            alphabet[index] = (byte) characters.charAt(index);
        }
        return alphabet;
    }

    public static byte[] encode(byte[] bytes) {
        byte[] text = new byte[(bytes.length + 2) / 3 * 4];
        int out = 0;
        int in = 0;
        for (; in + 2 < bytes.length; in += 3) {
            int bits = (bytes[in] & 0xff) << 16 | (bytes[in + 1] & 0xff) << 8 | bytes[in + 2] & 0xff;
            text[out++] = ALPHABET[bits >>> 18];
            text[out++] = ALPHABET[bits >>> 12 & 63];
            text[out++] = ALPHABET[bits >>> 6 & 63];
            text[out++] = ALPHABET[bits & 63];
        }
        if (in < bytes.length) {
            boolean two = in + 1 < bytes.length;
            int bits = (bytes[in] & 0xff) << 16 | (two ? (bytes[in + 1] & 0xff) << 8 : 0);
            text[out++] = ALPHABET[bits >>> 18];
            text[out++] = ALPHABET[bits >>> 12 & 63];
            text[out++] = two ? ALPHABET[bits >>> 6 & 63] : (byte) '=';
            text[out] = (byte) '=';
        }
        return text;
    }
}
