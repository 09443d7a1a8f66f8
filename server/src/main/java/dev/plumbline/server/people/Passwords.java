package dev.plumbline.server.people;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Passwords as Argon2id hashes in one lane. At most two are computed at once, which limits the memory for simultaneous
 * sign-ins.
 */
final class Passwords {
    private static final int BYTES = 32;
    private static final int SALT_BYTES = 16;
    private static final int AT_ONCE = 2;

    private final Argon2Function function;
    private final Semaphore places = new Semaphore(AT_ONCE, true);

    Passwords(PasswordCost cost) {
        function = Argon2Function.getInstance(cost.kibibytes(), cost.passes(), 1, BYTES, Argon2.ID);
    }

    String hash(String password) {
        places.acquireUninterruptibly();
        try {
            return Password.hash(password)
                    .addRandomSalt(SALT_BYTES)
                    .with(function)
                    .getResult();
        } finally {
            places.release();
        }
    }

    /** Takes as long for an account without a password, or without any such account, as for a wrong password. */
    boolean matches(String password, Optional<String> hash) {
        places.acquireUninterruptibly();
        try {
            if (hash.isEmpty()) {
                Password.hash(password).addRandomSalt(SALT_BYTES).with(function);
                return false;
            }
            return Password.check(password, hash.get()).with(Argon2Function.getInstanceFromHash(hash.get()));
        } finally {
            places.release();
        }
    }
}
