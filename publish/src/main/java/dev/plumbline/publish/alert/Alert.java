package dev.plumbline.publish.alert;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.gate.GateReason;
import dev.plumbline.publish.Publication;
import java.util.List;
import java.util.Set;

/**
 * One message to people.
 *
 * @param kind of the message
 * @param publication the report that it is about
 * @param branch of the judged runs
 * @param fresh the reasons that were not sent before, worst first; none unless the gate fails
 * @param known the number of other reasons, sent before: those that still fail the gate, or that are gone
 * @param open the ids of all reasons that fail the gate now
 * @param gone the ids of those that were sent before and do not fail the gate any more
 * @param thread identifies the messages from the first failure of the gate to its recovery, and no others
 * @param isFirst whether this is the first of them
 */
record Alert(
        Kind kind,
        Publication publication,
        String branch,
        List<GateReason> fresh,
        int known,
        Set<String> open,
        Set<String> gone,
        String thread,
        boolean isFirst) {
    /** The kinds of message. */
    enum Kind {
        /** The gate fails for reasons that were not sent yet. */
        FAILED,
        /** The gate passes because the regressions that failed it were acknowledged; the values are unchanged. */
        ACKNOWLEDGED,
        /** The gate passes again. */
        RECOVERED,
        /** A trial, so that people see whether messages arrive. */
        TEST
    }

    Alert {
        requireNonNull(kind, "kind");
        requireNonNull(publication, "publication");
        requireNonNull(branch, "branch");
        fresh = List.copyOf(fresh);
        open = Set.copyOf(open);
        gone = Set.copyOf(gone);
        requireNonNull(thread, "thread");
    }

    /** The id of a reason that stays the same as long as it is about the same change. */
    static String id(GateReason reason) {
        return reason.kind().name() + " " + reason.id();
    }
}
