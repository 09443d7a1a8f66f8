import java.io.PrintStream;
import java.util.Random;
import org.HdrHistogram.DoubleHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/** Writes HdrHistogram logs and percentile distributions of made-up latencies. */
public class HdrSamples {
    public static void main(String[] args) throws Exception {
        long start = 1_795_500_000_000L;
        Random random = new Random(1);
        Histogram whole = new Histogram(3);
        {
            HistogramLogWriter writer = new HistogramLogWriter("latency.hlog");
            writer.outputComment("[Logged with HdrSamples 1.0]");
            writer.outputLogFormatVersion();
            writer.outputStartTime(start);
            writer.setBaseTime(start);
            writer.outputLegend();
            for (int second = 0; second < 5; second++) {
                Histogram interval = interval(random, 1000);
                interval.setStartTimeStamp(start + 1000L * second);
                interval.setEndTimeStamp(start + 1000L * (second + 1));
                writer.outputIntervalHistogram(interval);
                whole.add(interval);
            }
            writer.close();
        }
        {
            HistogramLogWriter writer = new HistogramLogWriter("tagged.hlog");
            writer.outputLogFormatVersion();
            writer.outputStartTime(start);
            writer.outputLegend();
            for (int second = 0; second < 3; second++) {
                for (String tag : new String[] {"read", "write"}) {
                    Histogram interval = interval(random, tag.equals("read") ? 500 : 200);
                    interval.setTag(tag);
                    interval.setStartTimeStamp(start + 1000L * second);
                    interval.setEndTimeStamp(start + 1000L * (second + 1));
                    writer.outputIntervalHistogram(interval);
                }
            }
            Histogram empty = new Histogram(3);
            empty.setStartTimeStamp(start + 3000);
            empty.setEndTimeStamp(start + 4000);
            writer.outputIntervalHistogram(empty);
            writer.close();
        }
        DoubleHistogram seconds = new DoubleHistogram(2);
        for (int index = 0; index < 500; index++) {
            seconds.recordValue(0.001 + random.nextDouble() / 100);
        }
        seconds.setStartTimeStamp(start);
        seconds.setEndTimeStamp(start + 1000);
        {
            HistogramLogWriter writer = new HistogramLogWriter("double.hlog");
            writer.outputLogFormatVersion();
            writer.outputLegend();
            writer.outputIntervalHistogram(0.0, 1.0, seconds, 1.0);
            writer.close();
        }
        try (PrintStream out = new PrintStream("percentiles.hgrm")) {
            whole.outputPercentileDistribution(out, 5, 1_000_000.0);
        }
        try (PrintStream out = new PrintStream("percentiles.csv")) {
            whole.outputPercentileDistribution(out, 5, 1_000_000.0, true);
        }
        System.out.printf("n %d mean %s max %d p50 %d p99 %d%n", whole.getTotalCount(), whole.getMean(), whole.getMaxValue(),
                whole.getValueAtPercentile(50), whole.getValueAtPercentile(99));
    }

    private static Histogram interval(Random random, int count) {
        Histogram histogram = new Histogram(3);
        for (int index = 0; index < count; index++) {
            histogram.recordValue((long) (1e6 * Math.exp(random.nextGaussian() / 2)));
        }
        return histogram;
    }
}
