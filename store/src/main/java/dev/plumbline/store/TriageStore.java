package dev.plumbline.store;

import dev.plumbline.core.annotation.Triage;
import dev.plumbline.core.incident.KnownIncident;
import java.util.Collection;
import java.util.List;

/**
 * Known incidents, and the triage of incidents and findings. Facts are only ever added; the rules of
 * {@link RunStore} hold here too.
 */
public interface TriageStore {
    /** Stores incidents; those with known ids change nothing. */
    void remember(Collection<KnownIncident> incidents);

    /** Every incident that was seen, in the order of seeing; under the names in force. */
    List<KnownIncident> incidents();

    /** Adds what a person recorded. */
    void add(Triage triage);

    /** Every triage, the oldest first; under the names in force. */
    List<Triage> all();
}
