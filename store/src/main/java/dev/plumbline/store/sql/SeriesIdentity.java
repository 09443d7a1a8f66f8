package dev.plumbline.store.sql;

/** A series by the numbers of what it is made of. */
public record SeriesIdentity(long benchmark, String metric, long environment, long branch) {
    // written out because it is asked for every measurement, and slow in a cold process when the compiler makes it
    @Override
    public int hashCode() {
        long hash = (31 * benchmark + environment) * 31 + branch;
        return 31 * Long.hashCode(hash) + metric.hashCode();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SeriesIdentity that
                && benchmark == that.benchmark
                && environment == that.environment
                && branch == that.branch
                && metric.equals(that.metric);
    }
}
