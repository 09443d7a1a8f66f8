package dev.plumbline.ingest.timm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimmReadersTest {
    private static final String TABLE = """
            model,infer_samples_per_sec,infer_step_time,infer_batch_size,infer_img_size,infer_gmacs,infer_macts,\
            param_count
            resnet50,1000.5,64,64.0,224,4.1,11.1,25.56
            broken,fast,64,64,224,,,
            """;

    @Test
    void batch_and_image_size_and_the_mode_are_parameters_and_sizes_fall() throws IOException {
        Gathered gathered = Gathered.of("results.csv", TABLE);

        String resnet = "resnet50 {batch_size=64, img_size=224, mode=infer} | ";
        assertThat(gathered.rows())
                .contains(
                        resnet + "throughput | samples/s | higher | 1000.5",
                        resnet + "step_time | ms | lower | 64",
                        resnet + "macs | GMACs | lower | 4.1",
                        resnet + "activations | MActs | lower | 11.1",
                        resnet + "parameters | M | lower | 25.56");
        assertThat(gathered.problems())
                .containsExactly("results.csv:3: benchmark \"broken {batch_size=64, img_size=224, mode=infer}\", metric"
                        + " \"throughput\": is no finite number; this metric is skipped");
    }

    @Test
    void a_published_file_s_name_tells_precision_layout_and_machine() throws IOException {
        Gathered gathered = Gathered.of("x/benchmark-infer-amp-nchw-pt240-cu124-rtx4090-dynamo.csv", TABLE);

        assertThat(gathered.measurements().get(0).benchmark().parameters())
                .containsEntry("precision", "amp")
                .containsEntry("layout", "nchw")
                .containsEntry("compiler", "dynamo");
        assertThat(gathered.header().environment().facts()).containsEntry("device", "rtx4090");
    }

    @ParameterizedTest
    @ValueSource(strings = {"model", "PARAM_COUNT"})
    void a_column_that_is_there_twice_is_refused_in_any_case_of_its_letters(String column) {
        assertThatThrownBy(() -> Gathered.of("results.csv", TABLE.replaceFirst("\n", "," + column + "\n")))
                .hasMessage("results.csv:1: has the column \"" + column + "\" more than once; leave one of them");
    }

    private static final String DYNAMO = """
            dev,name,batch_size,speedup,abs_latency,compilation_latency,compression_ratio,eager_peak_mem,\
            dynamo_peak_mem,accuracy,graph_breaks
            cuda,resnet50,32,1.5,12.5,30,0.9,2.5,2.0,pass,3
            cuda,bert,16,Infinity,12.5,30,0.9,2.5,2.0,fail_accuracy,3
            cuda,short
            """;

    @Test
    void speedup_and_compression_rise_and_latency_and_memory_fall() throws IOException {
        Gathered gathered = Gathered.of("torchbench.csv", DYNAMO);

        String resnet = "resnet50 {batch_size=32, dev=cuda} | ";
        assertThat(gathered.rows())
                .contains(
                        resnet + "speedup |  | higher | 1.5",
                        resnet + "abs_latency | ms | lower | 12.5",
                        resnet + "compilation_latency | s | lower | 30",
                        resnet + "compression_ratio |  | higher | 0.9",
                        resnet + "eager_peak_mem | GB | lower | 2.5",
                        resnet + "graph_breaks |  | lower | 3");
        assertThat(gathered.problems())
                .contains(
                        "torchbench.csv:3: benchmark \"bert {batch_size=16, dev=cuda}\", metric \"accuracy\": the check of"
                                + " its results says \"fail_accuracy\"",
                        "torchbench.csv:3: benchmark \"bert {batch_size=16, dev=cuda}\", metric \"speedup\": is no finite"
                                + " number; this metric is skipped",
                        "torchbench.csv:4: the row has 2 fields, there are 11 columns; it is skipped");
    }

    @Test
    void two_columns_that_differ_in_their_letters_alone_are_refused() {
        assertThatThrownBy(() -> Gathered.of("t.csv", "dev,name,batch_size,speedup,Speedup\ncuda,a,1,1.5,2.5\n"))
                .hasMessage("t.csv:1: has the column \"Speedup\" more than once; leave one of them");
    }
}
