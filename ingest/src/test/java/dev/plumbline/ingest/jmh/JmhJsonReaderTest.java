package dev.plumbline.ingest.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.Sample;
import dev.plumbline.ingest.Fixtures;
import dev.plumbline.ingest.Format;
import dev.plumbline.ingest.Gathered;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JmhJsonReaderTest {
    private static final String SAMPLE = "dev.plumbline.samples.Sample.";

    static List<Path> fixtures() {
        return Fixtures.of(Format.JMH_JSON);
    }

    /** The scores in the file, in its order: what JMH printed. */
    private static List<Double> printed(Path file) throws IOException {
        List<Double> scores = new ArrayList<>();
        try (Json json = Json.open(Source.of(file), new Gathered())) {
            json.next();
            json.list(() -> json.object(key -> {
                if (key.equals("primaryMetric")) {
                    score(json, scores);
                } else if (key.equals("secondaryMetrics")) {
                    json.object(name -> score(json, scores));
                }
            }));
        }
        return scores;
    }

    private static void score(Json json, List<Double> scores) throws IOException {
        json.object(key -> {
            if (key.equals("score")) {
                double printed = json.number();
                if (!Double.isNaN(printed)) { // a profiler that prints text
                    scores.add(printed);
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void jmh_s_score_follows_from_what_is_kept(Path file) throws IOException {
        List<Measurement> kept = Gathered.of(file).measurements();
        List<Double> printed = printed(file);

        assertThat(kept).hasSameSizeAs(printed);
        int iterations = 0;
        for (int i = 0; i < kept.size(); i++) {
            double location = mean(kept.get(i).sample());
            // JMH adds up what counts events in all iterations
            boolean sum = kept.get(i).metric().name().matches("gc\\.(count|time)|hits|misses");
            if (kept.get(i).metric().name().startsWith("gc.churn")) {
                continue; // JMH takes iterations without a collection as zeros, which are not in its raw data
            }
            double score = sum ? location * ((Sample.Values) kept.get(i).sample()).size() : location;
            if (kept.get(i).metric().name().startsWith("gc.churn")) {
                // JMH counts an iteration without a collection as zero and does not print it among the raw values
                score = location * ((Sample.Values) kept.get(i).sample()).size() / iterations;
            } else {
                iterations = kept.get(i).sample() instanceof Sample.Values values ? values.size() : 0;
            }
            assertThat(score).as("%s", kept.get(i)).isCloseTo(printed.get(i), within(1e-12 * Math.abs(printed.get(i))));
        }
    }

    /** Of all raw values; what stands for them in a history is their pseudomedian. */
    private static double mean(Sample sample) {
        return sample instanceof Sample.Values values
                ? Sample.Values.of(
                                Sample.Center.MEAN,
                                IntStream.range(0, values.groupCount())
                                        .mapToObj(values::group)
                                        .toList())
                        .location()
                : sample.location();
    }

    @Test
    void forks_are_groups_and_parameters_with_the_mode_are_the_identity() throws IOException {
        Measurement sort = Gathered.of(Fixtures.file("jmh-json/average-time-params-gc.json"))
                .measurement(SAMPLE + "hash {mode=avgt, text=a,b;c=\"d\"}", "time");

        assertThat(sort.metric().unit().symbol()).isEqualTo("ns/op");
        assertThat(sort.metric().better()).isEqualTo(Better.LOWER);
        assertThat(sort.sample().groupCount()).isEqualTo(3);
        assertThat(((Sample.Values) sort.sample()).size()).isEqualTo(9);
    }

    @Test
    void two_sets_of_parameters_never_share_a_name() throws IOException {
        for (Path file : fixtures()) {
            Gathered gathered = Gathered.of(file);
            assertThat(gathered.problems()).as("%s", file).isEmpty();
            assertThat(gathered.measurements())
                    .extracting(m -> m.benchmark().label() + " " + m.metric().name())
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void throughput_rises_and_threads_are_part_of_the_identity() throws IOException {
        Measurement sort = Gathered.of(Fixtures.file("jmh-json/throughput-threads.json"))
                .measurement(SAMPLE + "sort {order=shuffled, size=16, threads=2}", "throughput");

        assertThat(sort.metric().better()).isEqualTo(Better.HIGHER);
        assertThat(sort.metric().unit().symbol()).isEqualTo("ops/ms");
    }

    @Test
    void allocation_and_collection_fall_whatever_their_unit() throws IOException {
        Gathered gathered = Gathered.of(Fixtures.file("jmh-json/one-value-nan-error.json"));

        for (String metric : new String[] {"gc.alloc.rate", "gc.alloc.rate.norm", "gc.count"}) {
            assertThat(gathered.measurement(SAMPLE + "build {mode=avgt}", metric)
                            .metric()
                            .better())
                    .isEqualTo(Better.LOWER);
        }
    }

    @Test
    void sampled_times_are_histograms_by_fork_and_percentiles_as_stated() throws IOException {
        Gathered gathered = Gathered.of(Fixtures.file("jmh-json/sample-time.json"));
        Measurement time = gathered.measurement(SAMPLE + "build {mode=sample}", "time");

        assertThat(time.sample()).isInstanceOf(Sample.Histogram.class);
        assertThat(time.sample().groupCount()).isEqualTo(2);
        assertThat(gathered.measurement(SAMPLE + "build {mode=sample}", "p0.50").sample())
                .isEqualTo(Sample.Summary.of(0.791));
        assertThat(gathered.measurement(SAMPLE + "build {mode=sample}", "p1.00")
                        .sample()
                        .location())
                .isEqualTo(75235.32800000001);
    }

    @Test
    void percentiles_of_the_primary_metric_stand_in_where_jmh_gives_no_others() throws IOException {
        Gathered gathered = Gathered.of("old.json", """
                [{"benchmark": "b", "mode": "sample", "primaryMetric": {"score": 2, "scoreUnit": "us/op",
                  "scorePercentiles": {"0.0": 1, "50.0": 2, "99.9": 3.5, "100.0": 4}, "rawDataHistogram": [[[[1, 1], [3, 1]], [[2, 5]]]]},
                  "secondaryMetrics": {}}]
                """);

        assertThat(gathered.measurements())
                .extracting(m -> m.metric().name() + " " + m.sample().location())
                .containsExactly("time 2.0", "p0.00 1.0", "p0.50 2.0", "p0.999 3.5", "p1.00 4.0");
    }

    @Test
    void groups_and_auxiliary_counters_are_metrics_with_their_own_direction() throws IOException {
        Gathered gathered = Gathered.of(Fixtures.file("jmh-json/groups-and-aux-counters.json"));

        assertThat(gathered.measurement(SAMPLE + "readWrite {threads=2}", "read")
                        .metric()
                        .better())
                .isEqualTo(Better.HIGHER);
        assertThat(gathered.measurement(SAMPLE + "counted", "hits").metric().better())
                .isEqualTo(Better.HIGHER);
        assertThat(gathered.measurement(SAMPLE + "counted", "misses").metric().better())
                .isEqualTo(Better.LOWER);
    }

    @Test
    void the_batch_of_a_single_shot_is_part_of_the_identity() throws IOException {
        Gathered gathered = Gathered.of(Fixtures.file("jmh-json/single-shot-batch-seconds.json"));

        assertThat(gathered.measurements().get(0).benchmark().parameters())
                .containsExactlyInAnyOrderEntriesOf(Map.of("batchSize", "100", "mode", "ss"));
    }

    @Test
    void parameters_of_the_benchmark_keep_their_names_when_they_are_called_like_jmh_s() throws IOException {
        Gathered gathered = Gathered.of("x.json", """
                [{"benchmark": "b", "mode": "avgt", "threads": 4, "params": {"mode": "fast", "threads": "9"},
                  "primaryMetric": {"score": 1, "scoreUnit": "s/op"}}]
                """);

        assertThat(gathered.measurements().get(0).benchmark().label())
                .isEqualTo("b {jmh.mode=avgt, jmh.threads=4, mode=fast, threads=9}");
    }

    @Test
    void the_jvm_joins_the_machine_and_two_jvms_are_two_runs() throws IOException {
        ImportContext importContext =
                ImportContext.of(Revision.of("abc", "work"), Environment.of(Map.of("cpu", "Example 1")), Gathered.NOW);
        String text = """
                [{"benchmark": "b", "vmName": "VM", "vmVersion": "17", "jvmArgs": ["-Xmx1g", "-javaagent:/x.jar=port=5555"],
                  "jmhVersion": "1.37", "primaryMetric": {"score": 1, "scoreUnit": "s/op"}},
                 {"benchmark": "b", "vmName": "VM", "vmVersion": "21", "jvmArgs": ["-Xmx1g"],
                  "jmhVersion": "1.37", "primaryMetric": {"score": 1, "scoreUnit": "s/op"}}]
                """;
        Gathered gathered = Gathered.of(Source.of("x.json", text.getBytes(StandardCharsets.UTF_8)), importContext);

        assertThat(gathered.runs()).hasSize(2);
        RunHeader first = gathered.runs().get(0).header();
        assertThat(first.environment().facts())
                .containsEntry("cpu", "Example 1")
                .containsEntry("jvm", "VM 17")
                .containsEntry("jvm.flags", "-Xmx1g")
                .containsEntry("info.jvm.agents", "-javaagent:/x.jar=port=5555");
        assertThat(first.revision()).isEqualTo(Revision.of("abc", "work"));
        assertThat(first.context()).containsEntry("tool", "JMH 1.37");
    }

    @Test
    void the_dot_that_old_versions_set_before_secondary_results_is_no_part_of_the_name() throws IOException {
        Gathered gathered = Gathered.of("x.json", """
                [{"benchmark": "b", "mode": "avgt", "primaryMetric": {"score": 1, "scoreUnit": "s/op"}, "secondaryMetrics": {
                  "·gc.alloc.rate.norm": {"score": 24, "scoreUnit": "B/op", "rawData": [[24, 24]]},
                  "·stack": {"score": "NaN", "scoreUnit": "---", "rawData": [["NaN"]]}}}]
                """);

        assertThat(gathered.measurements())
                .extracting(m -> m.metric().name())
                .containsExactly("time", "gc.alloc.rate.norm");
        assertThat(gathered.problems()).isEmpty();
    }

    @Test
    void files_of_other_projects_are_read_without_a_problem() throws IOException {
        for (Path file : Fixtures.shared("native/jmh-json")) {
            Gathered gathered = Gathered.of(file);
            assertThat(gathered.format()).isEqualTo(Format.JMH_JSON);
            assertThat(gathered.problems()).as("%s", file).isEmpty();
            assertThat(gathered.measurements()).hasSameSizeAs(printed(file));
        }
    }

    @Test
    void a_histogram_with_two_zeros_has_one() throws IOException {
        assertThat(Gathered.of("x.json", """
                [{"benchmark": "a.B.c", "mode": "sample", "primaryMetric": {"score": 0, "scoreUnit": "ms/op",
                  "rawDataHistogram": [[[[-0.0, 2], [0.0, 3]]]]}}]
                """).measurements())
                .extracting(Measurement::sample)
                .containsExactly(
                        Sample.Histogram.of(List.of(new Sample.Histogram.Bins(new double[] {0}, new long[] {5}))));
    }
}
