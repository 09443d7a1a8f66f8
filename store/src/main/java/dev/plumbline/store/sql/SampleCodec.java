package dev.plumbline.store.sql;

import dev.plumbline.core.model.Sample;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.store.StoreException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A sample as bytes and back, bit for bit.
 *
 * <p>The first byte is the version of this layout, the second the kind of sample; counts follow as variable-length
 * integers, and all doubles of the sample as one column. A column is written in the shortest of three ways:
 *
 * <ul>
 *   <li><i>decimal</i>: most tools print a few decimals, so every value is an integer divided by one power of ten; the
 *       integers are written as differences from the one before;
 *   <li><i>difference</i>: each value's bits exclusive-or the bits before, without the zero bytes at either end;
 *   <li><i>plain</i>: eight bytes each.
 * </ul>
 */
final class SampleCodec {
    private static final byte VERSION = 1;

    private static final byte MEANS = 1;
    private static final byte SINGLE_EXECUTIONS = 2;
    private static final byte HISTOGRAM = 3;
    private static final byte SUMMARY = 4;
    private static final byte AVERAGES = 5;

    private static final int PLAIN = 20;
    private static final int DIFFERENCE = 21;

    private static final double[] POWERS_OF_TEN = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16
    };

    /** Above this, a double no longer distinguishes neighbouring integers. */
    private static final double MAX_EXACT = 0x1p53;

    private static final int HAS_DEVIATION = 1;
    private static final int HAS_INTERVAL = 2;

    private SampleCodec() {}

    static byte[] encode(Sample sample) {
        Bytes bytes = new Bytes();
        bytes.put(VERSION);
        if (sample instanceof Sample.Values values) {
            bytes.put(
                    switch (values.center()) {
                        case MEAN -> MEANS;
                        case MEDIAN -> SINGLE_EXECUTIONS;
                        case PSEUDOMEDIAN -> AVERAGES;
                    });
            encodeValues(values, bytes);
        } else if (sample instanceof Sample.Histogram histogram) {
            bytes.put(HISTOGRAM);
            encodeHistogram(histogram, bytes);
        } else if (sample instanceof Sample.Summary summary) {
            bytes.put(SUMMARY);
            encodeSummary(summary, bytes);
        }
        return bytes.toArray();
    }

    private static void encodeValues(Sample.Values values, Bytes bytes) {
        double[] all = new double[values.size()];
        bytes.putCount(values.groupCount());
        int at = 0;
        for (int i = 0; i < values.groupCount(); i++) {
            double[] group = values.group(i);
            bytes.putCount(group.length);
            System.arraycopy(group, 0, all, at, group.length);
            at += group.length;
        }
        encodeColumn(all, bytes);
    }

    private static void encodeHistogram(Sample.Histogram histogram, Bytes bytes) {
        bytes.putCount(histogram.groups().size());
        List<double[]> columns = new ArrayList<>();
        for (Sample.Histogram.Bins bins : histogram.groups()) {
            double[] values = bins.values();
            bytes.putCount(values.length);
            for (long count : bins.counts()) {
                bytes.putCount(count);
            }
            columns.add(values);
        }
        encodeColumn(columns.stream().flatMapToDouble(Arrays::stream).toArray(), bytes);
    }

    private static void encodeSummary(Sample.Summary summary, Bytes bytes) {
        bytes.putCount(summary.count());
        bytes.putCount((summary.standardDeviation().isPresent() ? HAS_DEVIATION : 0)
                | (summary.interval().isPresent() ? HAS_INTERVAL : 0));
        bytes.putCount(summary.quantiles().size());
        double[] numbers = new double[5 + 2 * summary.quantiles().size()];
        int at = 0;
        numbers[at++] = summary.location();
        if (summary.standardDeviation().isPresent()) {
            numbers[at++] = summary.standardDeviation().getAsDouble();
        }
        if (summary.interval().isPresent()) {
            Interval interval = summary.interval().get();
            numbers[at++] = interval.low();
            numbers[at++] = interval.high();
            numbers[at++] = interval.confidence();
        }
        for (double share : summary.quantiles().keySet()) {
            numbers[at++] = share;
        }
        for (double value : summary.quantiles().values()) {
            numbers[at++] = value;
        }
        encodeColumn(Arrays.copyOf(numbers, at), bytes);
    }

    private static void encodeColumn(double[] values, Bytes bytes) {
        Bytes shortest = new Bytes();
        encodeDifferences(values, shortest);
        int decimals = commonDecimals(values);
        if (decimals >= 0) {
            Bytes decimal = new Bytes();
            encodeDecimals(values, decimals, decimal);
            if (decimal.size() < shortest.size()) {
                shortest = decimal;
            }
        }
        if (shortest.size() > values.length * Double.BYTES) {
            bytes.put((byte) PLAIN);
            for (double value : values) {
                bytes.putLong(Double.doubleToRawLongBits(value));
            }
        } else {
            bytes.put(shortest);
        }
    }

    /** The fewest decimals with which every value can be written exactly, or -1. */
    private static int commonDecimals(double[] values) {
        int decimals = 0;
        for (int i = 0; i < values.length; i++) {
            while (!isDecimal(values[i], decimals)) {
                decimals++;
                if (decimals == POWERS_OF_TEN.length) {
                    return -1;
                }
            }
        }
        // a value that is exact with few decimals need not be so with more
        for (double value : values) {
            if (!isDecimal(value, decimals)) {
                return -1;
            }
        }
        return decimals;
    }

    private static boolean isDecimal(double value, int decimals) {
        double scaled = Math.rint(value * POWERS_OF_TEN[decimals]);
        return Math.abs(scaled) < MAX_EXACT
                && Double.doubleToRawLongBits((long) scaled / POWERS_OF_TEN[decimals])
                        == Double.doubleToRawLongBits(value);
    }

    private static void encodeDecimals(double[] values, int decimals, Bytes bytes) {
        bytes.put((byte) decimals);
        long before = 0;
        for (double value : values) {
            long integer = (long) Math.rint(value * POWERS_OF_TEN[decimals]);
            long difference = integer - before;
            bytes.putCount(difference << 1 ^ difference >> 63);
            before = integer;
        }
    }

    private static void encodeDifferences(double[] values, Bytes bytes) {
        bytes.put((byte) DIFFERENCE);
        long before = 0;
        for (double value : values) {
            long bits = Double.doubleToRawLongBits(value);
            long difference = bits ^ before;
            int trailing = difference == 0 ? 0 : Long.numberOfTrailingZeros(difference) / 8;
            int length = 8 - Long.numberOfLeadingZeros(difference) / 8 - trailing;
            length = Math.max(length, 0);
            bytes.put((byte) (length << 4 | trailing));
            for (int i = 0; i < length; i++) {
                bytes.put((byte) (difference >>> (trailing + i) * 8));
            }
            before = bits;
        }
    }

    /** @throws StoreException if these are not the bytes of a sample, or those of a later version */
    static Sample decode(byte[] bytes) {
        try {
            return decode(ByteBuffer.wrap(bytes));
        } catch (RuntimeException e) {
            throw new StoreException(
                    "a stored sample of " + bytes.length + " bytes cannot be read: " + e.getMessage(), e);
        }
    }

    private static Sample decode(ByteBuffer bytes) {
        int version = bytes.get();
        if (version != VERSION) {
            throw new IllegalArgumentException("its layout has version " + version + ", supported is " + VERSION);
        }
        int kind = bytes.get();
        Sample sample =
                switch (kind) {
                    case MEANS -> decodeValues(Sample.Center.MEAN, bytes);
                    case SINGLE_EXECUTIONS -> decodeValues(Sample.Center.MEDIAN, bytes);
                    case AVERAGES -> decodeValues(Sample.Center.PSEUDOMEDIAN, bytes);
                    case HISTOGRAM -> decodeHistogram(bytes);
                    case SUMMARY -> decodeSummary(bytes);
                    default -> throw new IllegalArgumentException("no kind of sample has number " + kind);
                };
        if (bytes.hasRemaining()) {
            throw new IllegalArgumentException(bytes.remaining() + " bytes are left over");
        }
        return sample;
    }

    private static Sample.Values decodeValues(Sample.Center center, ByteBuffer bytes) {
        int[] lengths = new int[length(bytes)];
        int total = 0;
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = length(bytes);
            total = Math.addExact(total, lengths[i]);
        }
        double[] all = decodeColumn(total, bytes);
        List<double[]> groups = new ArrayList<>(lengths.length);
        int at = 0;
        for (int length : lengths) {
            groups.add(Arrays.copyOfRange(all, at, at + length));
            at += length;
        }
        return Sample.Values.of(center, groups);
    }

    private static Sample.Histogram decodeHistogram(ByteBuffer bytes) {
        long[][] counts = new long[length(bytes)][];
        int total = 0;
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new long[length(bytes)];
            for (int j = 0; j < counts[i].length; j++) {
                counts[i][j] = count(bytes);
            }
            total = Math.addExact(total, counts[i].length);
        }
        double[] all = decodeColumn(total, bytes);
        List<Sample.Histogram.Bins> groups = new ArrayList<>(counts.length);
        int at = 0;
        for (long[] group : counts) {
            groups.add(new Sample.Histogram.Bins(Arrays.copyOfRange(all, at, at + group.length), group));
            at += group.length;
        }
        return Sample.Histogram.of(groups);
    }

    private static Sample.Summary decodeSummary(ByteBuffer bytes) {
        long count = count(bytes);
        int parts = length(bytes);
        boolean hasDeviation = (parts & HAS_DEVIATION) != 0;
        boolean hasInterval = (parts & HAS_INTERVAL) != 0;
        int quantileCount = length(bytes);
        int size = 1 + (hasDeviation ? 1 : 0) + (hasInterval ? 3 : 0) + 2 * quantileCount;
        double[] numbers = decodeColumn(size, bytes);
        int at = 1;
        OptionalDouble deviation = hasDeviation ? OptionalDouble.of(numbers[at++]) : OptionalDouble.empty();
        Optional<Interval> interval = Optional.empty();
        if (hasInterval) {
            interval = Optional.of(new Interval(numbers[at], numbers[at + 1], numbers[at + 2]));
            at += 3;
        }
        SortedMap<Double, Double> quantiles = new TreeMap<>();
        for (int i = 0; i < quantileCount; i++) {
            quantiles.put(numbers[at + i], numbers[at + quantileCount + i]);
        }
        return new Sample.Summary(numbers[0], count, deviation, interval, quantiles);
    }

    private static double[] decodeColumn(int size, ByteBuffer bytes) {
        int way = bytes.get();
        if (size > bytes.remaining()) {
            throw new IllegalArgumentException(size + " values do not fit in " + bytes.remaining() + " bytes");
        }
        double[] values = new double[size];
        if (way == PLAIN) {
            for (int i = 0; i < size; i++) {
                values[i] = Double.longBitsToDouble(bytes.getLong());
            }
        } else if (way == DIFFERENCE) {
            long bits = 0;
            for (int i = 0; i < size; i++) {
                bits ^= difference(bytes);
                values[i] = Double.longBitsToDouble(bits);
            }
        } else {
            long integer = 0;
            for (int i = 0; i < size; i++) {
                long zigzag = count(bytes);
                integer += zigzag >>> 1 ^ -(zigzag & 1);
                values[i] = integer / POWERS_OF_TEN[way];
            }
        }
        return values;
    }

    private static long difference(ByteBuffer bytes) {
        int head = bytes.get() & 0xFF;
        int length = head >> 4;
        int trailing = head & 0xF;
        long difference = 0;
        for (int i = 0; i < length; i++) {
            difference |= (bytes.get() & 0xFFL) << (trailing + i) * 8;
        }
        return difference;
    }

    private static int length(ByteBuffer bytes) {
        long length = count(bytes);
        if (length >= 0 && length <= bytes.limit()) {
            return (int) length;
        }
        throw new IllegalArgumentException("a length of " + length + " in " + bytes.limit() + " bytes");
    }

    private static long count(ByteBuffer bytes) {
        long count = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = bytes.get();
            count |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return count;
            }
        }
        throw new IllegalArgumentException("an integer without end");
    }

    /** Bytes that grow as they are written. */
    private static final class Bytes {
        private byte[] bytes = new byte[64];
        private int size;

        int size() {
            return size;
        }

        void put(byte value) {
            ensure(1);
            bytes[size++] = value;
        }

        void put(Bytes others) {
            ensure(others.size);
            System.arraycopy(others.bytes, 0, bytes, size, others.size);
            size += others.size;
        }

        void putLong(long value) {
            ensure(Long.BYTES);
            for (int shift = Long.SIZE - 8; shift >= 0; shift -= 8) {
                bytes[size++] = (byte) (value >>> shift);
            }
        }

        /** Seven bits a byte, the lowest first, the top bit set when more follow. */
        void putCount(long value) {
            long rest = value;
            while ((rest & ~0x7FL) != 0) {
                put((byte) (rest | 0x80));
                rest >>>= 7;
            }
            put((byte) rest);
        }

        byte[] toArray() {
            return Arrays.copyOf(bytes, size);
        }

        private void ensure(int more) {
            if (size + more > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
            }
        }
    }
}
