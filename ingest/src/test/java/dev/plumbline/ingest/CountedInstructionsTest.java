package dev.plumbline.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.model.Better;
import dev.plumbline.ingest.input.UnreadableInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Callgrind, Cachegrind and Gungraun: what they print follows from what is kept of their files. */
class CountedInstructionsTest {

    private static Gathered fixture(String name) throws IOException {
        return Gathered.of(Fixtures.file(name));
    }

    private static Map<String, Double> events(Gathered gathered) {
        return gathered.measurements().stream()
                .collect(
                        Collectors.toMap(m -> m.metric().name(), m -> m.sample().location(), (a, b) -> b));
    }

    @Test
    void a_profile_file_has_the_totals_that_callgrind_prints_as_collected() throws IOException {
        assertThat(events(fixture("callgrind/callgrind.out.cache-and-branches")))
                .isEqualTo(events(fixture("callgrind/valgrind-messages-cache.txt")))
                .containsEntry("Ir", 927462.0)
                .containsEntry("D1mr", 961.0)
                .containsEntry("Bim", 168.0);
        assertThat(fixture("callgrind/callgrind.out.cache-and-branches").problems())
                .isEmpty();
    }

    @Test
    void a_profile_file_has_the_totals_that_callgrind_annotate_prints() throws IOException {
        assertThat(events(fixture("callgrind/callgrind.out.instructions")))
                .isEqualTo(events(fixture("callgrind/annotate.txt")))
                .containsExactly(Map.entry("Ir", 927462.0));
    }

    @Test
    void the_parts_of_a_file_add_up_to_what_callgrind_prints() throws IOException {
        Gathered parts = fixture("callgrind/callgrind.out.two-parts");

        assertThat(parts.measurement("./calls", "Ir").sample().location())
                .isEqualTo(839439.0 + 88200)
                .isEqualTo(fixture("callgrind/two-parts-messages.txt")
                        .measurement("./calls", "Ir")
                        .sample()
                        .location());
        assertThat(parts.measurements()).hasSize(1);
    }

    @Test
    void cachegrind_has_the_totals_that_cg_annotate_prints() throws IOException {
        Gathered gathered = fixture("callgrind/cachegrind.out.instructions");

        assertThat(events(gathered)).isEqualTo(events(fixture("callgrind/cg-annotate.txt")));
        assertThat(gathered.measurement("./calls", "Ir").metric().better()).isEqualTo(Better.LOWER);
        assertThat(events(fixture("callgrind/cachegrind-messages.txt")))
                .containsOnlyKeys("Ir", "I1mr", "ILmr", "Dr", "Dw", "D1mr", "D1mw", "DLmr", "DLmw");
    }

    @Test
    void the_simulated_caches_are_facts_of_the_environment_and_the_version_is_known() throws IOException {
        assertThat(fixture("callgrind/callgrind.out.cache-and-branches")
                        .header()
                        .environment()
                        .facts())
                .containsEntry("simulated.D1", "49152 B, 64 B, 12-way associative");
        assertThat(fixture("callgrind/callgrind.out.instructions")
                        .header()
                        .environment()
                        .facts())
                .isEmpty();
        assertThat(fixture("callgrind/callgrind.out.instructions").header().context())
                .containsEntry("tool", "Callgrind 3.24.0");
    }

    @Test
    void without_totals_the_own_costs_of_the_lines_are_added_up_and_calls_left_out() throws IOException {
        Gathered gathered = Gathered.of("callgrind.out", """
                # callgrind format
                version: 1
                cmd: /target/release/deps/sorting-0123456789abcdef --bench
                positions: instr line
                events: Ir Dr
                fn=main
                0x10 1 5 2
                cfn=other
                calls=1 0x20 3
                0x10 1 100 100
                +4 * 3
                """);

        assertThat(gathered.measurement("/target/release/deps/sorting --bench", "Ir")
                        .sample()
                        .location())
                .isEqualTo(8);
        assertThat(events(gathered)).containsEntry("Dr", 2.0);
        assertThat(gathered.problems()).singleElement().asString().contains("no totals");
    }

    @Test
    void another_version_of_the_format_and_counts_that_are_none_are_refused_with_their_line() {
        assertThatThrownBy(() -> Gathered.of("c.out", "# callgrind format\nversion: 2\nevents: Ir\nsummary: 1\n"))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageStartingWith("c.out:2: ")
                .hasMessageContaining("version");
        assertThatThrownBy(() -> Gathered.of("c.out", "# callgrind format\nversion: 1\nevents: Ir\nsummary: NaN\n"))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageStartingWith("c.out:4: ");
        assertThatThrownBy(() -> Gathered.of(
                        "c.out",
                        "# callgrind format\nevents: Ir\nfn=a\n1 9223372036854775807\n2 9223372036854775807\n"))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageStartingWith("c.out:5: ");
    }

    @Test
    void gungraun_s_json_and_its_text_name_benchmarks_and_metrics_alike() throws IOException {
        String quick = "sorting::group::quick {args=10, id=short}";
        Gathered json = fixture("gungraun/summary.json");
        Gathered text = fixture("gungraun/terminal.txt");

        assertThat(json.measurements()).hasSize(9).allSatisfy(kept -> assertThat(
                        text.measurement(quick, kept.metric().name()))
                .isEqualTo(kept));
        assertThat(json.measurement(quick, "Ir").sample().location()).isEqualTo(1734);
        assertThat(json.measurement(quick, "L1HitRate").metric().better()).isEqualTo(Better.HIGHER);
        assertThat(json.measurement(quick, "L1hits").metric().better()).isEqualTo(Better.LOWER);
        assertThat(json.measurement(quick, "dhat.TotalBytes").metric().unit().symbol())
                .isEqualTo("B");
    }

    @Test
    void gungraun_s_older_summaries_are_read_and_old_values_are_not() throws IOException {
        String quick = "sorting::group::quick {args=10, id=short}";

        assertThat(events(fixture("gungraun/summary-version-3.json")))
                .containsExactlyInAnyOrderEntriesOf(Map.of("Ir", 1734.0, "EstimatedCycles", 2464.0));
        assertThat(fixture("gungraun/summary-version-2.json")
                        .measurement(quick, "Ir")
                        .sample()
                        .location())
                .isEqualTo(1734);
        assertThat(fixture("gungraun/lines-in-output.txt").measurements())
                .extracting(m -> m.benchmark().label())
                .containsOnly(quick, "sorting::group::quick {args=1000, id=long}");
    }

    @Test
    void gungraun_s_names_of_several_lines_and_totals_of_threads_are_understood() throws IOException {
        Gathered text = fixture("gungraun/terminal.txt");

        assertThat(text.measurement("sorting::group::quick {args=vec![1,\n2], id=long}", "Ir")
                        .sample()
                        .location())
                .isEqualTo(26214734);
        assertThat(text.measurement("sorting::group::threads", "Ir").sample().location())
                .isEqualTo(1500);
        assertThat(text.measurements()).noneMatch(m -> m.benchmark().label().contains("gone"));
        assertThat(text.problems()).isEmpty();
    }

    @Test
    void a_summary_that_is_cut_off_inside_of_output_is_refused_with_its_line() {
        assertThatThrownBy(
                        () -> Gathered.of(
                                "out.txt",
                                "running\n{\"module_path\":\"a::b\",\"profiles\":[]}\n{\"module_path\":\"a::b\",\"profiles\":[\n"))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageStartingWith("out.txt:3:");
        assertThatThrownBy(
                        () -> Gathered.of("out.txt", "running\n{\n  \"module_path\": \"a::b\",\n  \"profiles\": [\n"))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageStartingWith("out.txt:2:");
    }

    @Test
    void files_of_other_projects_are_read_and_one_of_version_2_is_refused() throws IOException {
        int refused = 0;
        for (Path file : Fixtures.shared("native/callgrind")) {
            try {
                assertThat(Gathered.of(file).measurements()).as(file.toString()).hasSize(9);
            } catch (UnreadableInput e) {
                assertThat(e.where()).endsWith(":2");
                refused++;
            }
        }
        assertThat(refused).isEqualTo(1);
    }
}
