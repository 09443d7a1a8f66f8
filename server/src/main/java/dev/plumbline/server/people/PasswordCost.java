package dev.plumbline.server.people;

/**
 * The cost of computing a password hash, which makes guessing passwords expensive.
 *
 * @param kibibytes memory, 8 at least
 * @param passes over that memory
 */
public record PasswordCost(int kibibytes, int passes) {
    /** Memory and passes of the second recommended choice of RFC 9106, section 4: 64 MiB, three times. */
    public static final PasswordCost DEFAULT = new PasswordCost(64 * 1024, 3);

    public PasswordCost {
        if (kibibytes < 8 || passes < 1) {
            throw new IllegalArgumentException("a hash needs at least 8 KiB and one pass");
        }
    }
}
