package dev.plumbline.server.hook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * All addresses that begin with the same bits.
 *
 * @param first of them
 * @param bits how many are the same
 */
public record Network(InetAddress first, int bits) {
    private static final String BYTE = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";

    /**
     * Reads {@code 10.0.0.0/8}, {@code fd00::/8}, or one address.
     *
     * @throws IllegalArgumentException if it is none; names are none
     */
    public static Network parse(String text) {
        String[] parts = text.split("/", 2);
        Optional<InetAddress> address = address(parts[0]);
        if (address.isPresent() && (parts.length == 1 || parts[1].matches("\\d{1,3}"))) {
            int most = address.get().getAddress().length * Byte.SIZE;
            int bits = parts.length == 1 ? most : Integer.parseInt(parts[1]);
            if (bits <= most) {
                return new Network(address.get(), bits);
            }
        }
        throw new IllegalArgumentException("\"" + text + "\" is not a network; use the form 10.0.0.0/8 or fd00::/8");
    }

    /** The address that a text is; empty if it is none. Names are none, so nothing is looked up. */
    public static Optional<InetAddress> address(String text) {
        boolean isAddress =
                text.matches("(" + BYTE + "\\.){3}" + BYTE) || text.matches("[0-9A-Fa-f:.]{0,45}:[0-9A-Fa-f:.]{0,45}");
        try {
            return isAddress ? Optional.of(InetAddress.getByName(text)) : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
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
