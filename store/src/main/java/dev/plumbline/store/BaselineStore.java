package dev.plumbline.store;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.annotation.AcceptedPoint;
import dev.plumbline.core.annotation.KnownAcceptance;
import dev.plumbline.core.baseline.BaselineVersion;
import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.core.model.PointKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Versions of established baselines, and acceptances. Facts are only ever added; the rules of {@link RunStore}
 * hold here too.
 */
public interface BaselineStore {
    /**
     * Adds the next version of a name.
     *
     * @throws StoreException if its number does not follow that of the newest version, because another process made
     *     one meanwhile; then nothing is added
     */
    void add(BaselineVersion version);

    /** The newest version of every name, in the order of the names. */
    List<VersionInfo> newest();

    /** Every version of a name, the oldest first; none for a name that is not known. */
    List<VersionInfo> versions(String name);

    /** The newest version of a name with its baselines. */
    Optional<BaselineVersion> newest(String name);

    /** A version with its baselines. */
    Optional<BaselineVersion> version(String name, int number);

    /**
     * Notes that the quality of a version was looked at.
     *
     * @throws StoreException if there is no such version
     */
    void validated(String name, int number, Instant at, int valid, int invalid);

    /**
     * Adds an acceptance; one with a known id and other contents (another end, for example, in a file that was edited)
     * replaces the known one.
     *
     * @param source {@code command}, or the file that it comes from
     */
    void accept(Acceptance acceptance, String source);

    /**
     * Notes that an acceptance was taken back; the first time counts.
     *
     * @throws StoreException if it is not known
     */
    void revoke(String id, KnownAcceptance.Revocation revocation);

    /** Every acceptance, the oldest first. */
    List<KnownAcceptance> acceptances();

    /**
     * Notes with which points series took a level that was accepted.
     *
     * @throws StoreException if the acceptance or a point is not known
     */
    void anchor(String acceptanceId, Collection<PointKey> points);

    /** Every point that was noted for an acceptance, in the order of acceptances and recording. */
    List<AcceptedPoint> anchors();
}
