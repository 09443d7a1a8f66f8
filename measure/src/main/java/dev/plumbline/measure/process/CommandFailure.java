package dev.plumbline.measure.process;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;

/** Thrown if a command could not be started or did not finish. */
public class CommandFailure extends IOException {
    public CommandFailure(String message) {
        super(message);
    }

    public CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** The failure of a command that exceeded its time limit. */
    static CommandFailure killed(Command command, Duration limit) {
        String seconds =
                BigDecimal.valueOf(limit.toMillis(), 3).stripTrailingZeros().toPlainString();
        return new CommandFailure(command.reported() + ": was killed after " + seconds + " s, its time limit");
    }
}
