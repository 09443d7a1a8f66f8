package dev.plumbline.ingest.hdrhistogram;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Sample;
import dev.plumbline.ingest.input.Texts;
import dev.plumbline.ingest.input.summary.LoadTest;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.DataFormatException;
import org.HdrHistogram.DoubleHistogram;
import org.HdrHistogram.DoubleHistogramIterationValue;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** The counts of one tag's intervals, brought together. */
final class Buckets {
    private static final double[] PERCENTS = {50, 90, 95, 99, 99.9, 99.99};
    private static final int LONGEST = 1 << 21;

    /** @param upper the greatest value of the bucket */
    private record Bucket(double upper, long count) {}

    private final String where;
    private final TreeMap<Double, Bucket> byMiddle = new TreeMap<>();
    private double greatest;
    private double greatestWritten = Double.NaN;

    Buckets(String where) {
        this.where = where;
    }

    String where() {
        return where;
    }

    long size() {
        return byMiddle.size();
    }

    /**
     * Adds an interval.
     *
     * @param encoded in Base64, as the log holds it
     * @param written the interval's greatest value in the log's own unit
     * @return what is wrong, if something is
     */
    Optional<String> add(String encoded, double written) {
        if (encoded.length() > LONGEST) {
            return Optional.of("has a histogram of more than " + LONGEST + " characters");
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(encoded));
            double most = encoded.startsWith("D") ? decimals(bytes) : whole(bytes);
            if (most > greatest) {
                greatest = most;
                greatestWritten = written;
            }
            return Optional.empty();
        } catch (DataFormatException | RuntimeException e) {
            return Optional.of("has a histogram that cannot be unpacked (" + e.getMessage() + ")");
        }
    }

    private double whole(ByteBuffer bytes) throws DataFormatException {
        Histogram histogram = Histogram.decodeFromCompressedByteBuffer(bytes, 0);
        for (HistogramIterationValue value : histogram.recordedValues()) {
            long at = value.getValueIteratedTo();
            put(
                    (double) histogram.medianEquivalentValue(at),
                    (double) histogram.highestEquivalentValue(at),
                    value.getCountAtValueIteratedTo());
        }
        return histogram.getTotalCount() == 0 ? 0 : (double) histogram.getMaxValue();
    }

    private double decimals(ByteBuffer bytes) throws DataFormatException {
        DoubleHistogram histogram = DoubleHistogram.decodeFromCompressedByteBuffer(bytes, 0);
        for (DoubleHistogramIterationValue value : histogram.recordedValues()) {
            double at = value.getValueIteratedTo();
            put(
                    histogram.medianEquivalentValue(at),
                    histogram.highestEquivalentValue(at),
                    value.getCountAtValueIteratedTo());
        }
        return histogram.getTotalCount() == 0 ? 0 : histogram.getMaxValue();
    }

    private void put(double middle, double upper, long count) {
        if (count > 0 && Double.isFinite(middle)) {
            byMiddle.merge(
                    middle,
                    new Bucket(upper, count),
                    (before, added) -> new Bucket(before.upper(), Math.addExact(before.count(), added.count())));
        }
    }

    /** The unit, if what is written beside the histograms shows it; else empty text. */
    private String unit() {
        double divisor = greatest / greatestWritten;
        if (divisor > 0.9e6 && divisor < 1.1e6) {
            return "ns";
        }
        return divisor > 0.9e3 && divisor < 1.1e3 ? "us" : "";
    }

    void record(LoadTest load) {
        String unit = unit();
        String metric = unit.isEmpty() ? "value" : "time";
        TreeMap<Double, Long> counts = new TreeMap<>();
        byMiddle.forEach((middle, bucket) -> counts.put(middle, bucket.count()));
        load.bins(metric, counts).ifPresent(bins -> {
            load.sample(metric, unit, Better.LOWER, Sample.Histogram.of(List.of(bins)));
            for (double percent : PERCENTS) {
                double share = Texts.share(percent);
                if (percent <= 99 || bins.total() >= Math.round(1 / (1 - share))) {
                    String name =
                            percent == Math.rint(percent) ? String.valueOf((int) percent) : String.valueOf(percent);
                    Optional.ofNullable(byMiddle.get(bins.quantile(share)))
                            .ifPresent(bucket -> load.value("p" + name, unit, Better.LOWER, bucket.upper()));
                }
            }
            load.value(
                    "max", unit, Better.LOWER, byMiddle.lastEntry().getValue().upper());
        });
    }
}
