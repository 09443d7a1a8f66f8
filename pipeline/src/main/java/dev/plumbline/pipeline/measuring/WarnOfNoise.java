package dev.plumbline.pipeline.measuring;

import dev.plumbline.pipeline.repository.Machine;
import java.util.List;

/** Looks for what makes measurements on this machine doubtful now; takes no time. */
public final class WarnOfNoise {
    /** A line each. */
    public List<String> warnings() {
        return new MachineCheck(Machine.here()).warnings();
    }
}
