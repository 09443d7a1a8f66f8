package dev.plumbline.core.model;

/**
 * Computes a run's id from its content while the measurements stream by, in any order.
 *
 * <p>Each measurement is digested on its own; the digests are added up modulo 2²⁵⁶ (a multiset hash), so that memory
 * stays constant and order does not matter. Not for use by several threads.
 */
public final class RunDigest {
    private final Digest digest;

    /** The sum, its lowest 64 bits first. */
    private final long[] sum = new long[4];

    private long count;

    public RunDigest() {
        this(new Digest());
    }

    private RunDigest(Digest digest) {
        this.digest = digest;
    }

    /** The digest of another run, empty; cheaper than a new one, and only for the thread that uses this one. */
    public RunDigest another() {
        return new RunDigest(digest);
    }

    public void add(MeasurementDigest measurement) {
        add(measurement.fourth(), measurement.third(), measurement.second(), measurement.first());
        count++;
    }

    /** Adds all measurements of another digest. */
    public void add(RunDigest other) {
        add(other.sum[0], other.sum[1], other.sum[2], other.sum[3]);
        count += other.count;
    }

    private void add(long lowest, long low, long high, long highest) {
        long carry = addTo(0, lowest, 0);
        carry = addTo(1, low, carry);
        carry = addTo(2, high, carry);
        addTo(3, highest, carry);
    }

    /** Adds to 64 bits of the sum; what is carried over. */
    private long addTo(int place, long term, long carry) {
        long withoutCarry = sum[place] + term;
        long total = withoutCarry + carry;
        sum[place] = total;
        return Long.compareUnsigned(withoutCarry, term) < 0 || Long.compareUnsigned(total, carry) < 0 ? 1 : 0;
    }

    /** The id of the measurements alone: the same numbers for another revision have the same content id. */
    public String contentId() {
        return digest.integer(sum[3])
                .integer(sum[2])
                .integer(sum[1])
                .integer(sum[0])
                .integer(count)
                .hex(16);
    }

    /**
     * The id of a run with these measurements: content, revision, environment and, if the result has it, its time.
     *
     * <p>The time of adding does not matter: adding a file again later adds nothing.
     */
    public String runId(RunHeader header) {
        return runId(contentId(), header);
    }

    /** The same, when the {@link #contentId} of the measurements is known already. */
    public String runId(String contentId, RunHeader header) {
        digest.text(contentId)
                .text(header.revision().commit())
                .text(header.revision().branch())
                .text(header.environment().key());
        header.measuredAt()
                .ifPresent(time -> digest.integer(time.getEpochSecond()).integer(time.getNano()));
        return digest.hex(16);
    }
}
