package dev.plumbline.cli.option;

import dev.plumbline.core.gate.GateDecision;

/** The exit codes of the program. */
public final class ExitCode {
    /** The gate is open, or there was no gate to ask. */
    public static final int OPEN = 0;

    /** The gate is closed. */
    public static final int CLOSED = 1;

    /** Wrong use, input that cannot be read, or too little memory. */
    public static final int WRONG = 2;

    /** No decision is possible, and the policy asks for one. */
    public static final int UNDECIDED = 3;

    private ExitCode() {}

    public static int of(GateDecision decision) {
        return switch (decision.state()) {
            case OPEN -> OPEN;
            case CLOSED -> CLOSED;
            case UNDECIDED -> UNDECIDED;
        };
    }
}
