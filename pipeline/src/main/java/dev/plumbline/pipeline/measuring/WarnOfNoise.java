package dev.plumbline.pipeline.measuring;

import dev.plumbline.pipeline.repository.Machine;
import java.util.List;

/** Quickly checks for conditions that make measurements on this machine unreliable now. */
public final class WarnOfNoise {
    /** A line each. */
    public List<String> warnings() {
        return new MachineCheck(Machine.here()).warnings();
    }
}
