package dev.plumbline.server.hook;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * All addresses that begin with the same bits.
 *
 * @param first of them
 * @param bits how many are the same
 */
public record Network(InetAddress first, int bits) {
    /**
     * Reads {@code 10.0.0.0/8}, {@code fd00::/8}, or one address.
     *
     * @throws IllegalArgumentException if it is none; names are none
     */
    public static Network parse(String text) {
        String[] parts = text.split("/", 2);
        boolean isAddress =
                parts[0].matches("(\\d{1,3}\\.){3}\\d{1,3}") || parts[0].matches("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
        if (isAddress && (parts.length == 1 || parts[1].matches("\\d{1,3}"))) {
            try {
                InetAddress address = InetAddress.getByName(parts[0]);
                int most = address.getAddress().length * Byte.SIZE;
                int bits = parts.length == 1 ? most : Integer.parseInt(parts[1]);
                if (bits <= most) {
                    return new Network(address, bits);
                }
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(wrong(text), e);
            }
        }
        throw new IllegalArgumentException(wrong(text));
    }

    private static String wrong(String text) {
        return "\"" + text + "\" is no network; write it like 10.0.0.0/8 or fd00::/8";
    }

    /** Whether an address is one of these. */
    public boolean contains(InetAddress address) {
        byte[] one = first.getAddress();
        byte[] other = address.getAddress();
        if (one.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            if ((one[bit / Byte.SIZE] & mask) != (other[bit / Byte.SIZE] & mask)) {
                return false;
            }
        }
        return true;
    }
}
