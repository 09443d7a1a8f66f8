package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.history.AnalysisWarning;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.SeriesWarning;
import dev.plumbline.core.model.Unit;
import dev.plumbline.report.shape.AnalysisWords;
import dev.plumbline.report.terminal.TerminalText;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesWordsTest {
    private static final RunInfo RUN = Examples.run(3, "0123456789abcdef");
    private static final String NAME = "run " + TerminalText.start(RUN.id(), 10) + " (revision "
            + RUN.header().revision().shortCommit() + ", "
            + RunWords.time(RUN.header().time()) + ")";

    @Test
    void a_changed_unit_is_told_with_the_run_that_changed_it() {
        assertThat(SeriesWords.WORDS.of(new SeriesWarning.Converted(Unit.of("ms"), Unit.of(""), RUN)))
                .isEqualTo("the unit changed from \"ms\" to no unit with " + NAME + "; earlier values are converted");
        assertThat(SeriesWords.WORDS.of(new SeriesWarning.ForeignUnit(Unit.of("widgets"), Unit.of("ns"), RUN, 2)))
                .isEqualTo("the unit changed from \"widgets\" to \"ns\" with " + NAME
                        + "; they cannot be converted, so 2 points in \"widgets\" or another incompatible unit"
                        + " are left out");
    }

    @Test
    void a_unit_for_a_while_is_told_with_the_first_run_that_had_it() {
        assertThat(SeriesWords.WORDS.of(new SeriesWarning.Converted(Unit.of("us"), Unit.of("ms"), RUN, true)))
                .isEqualTo("the unit was \"us\" in place of \"ms\" for a while, from " + NAME
                        + " on; these values are converted");
        assertThat(SeriesWords.WORDS.of(new SeriesWarning.ForeignUnit(Unit.of("B"), Unit.of("ms"), RUN, 1, true)))
                .startsWith("the unit was \"B\" in place of \"ms\" for a while, from " + NAME
                        + " on; the two cannot be converted, so 1 point in \"B\"");
    }

    @Test
    void the_newest_run_by_recording_is_told_once_for_all_series() {
        SeriesWarning newest = new SeriesWarning.NewestByRecording(RUN, 3, true);
        String words = "commit " + RUN.header().revision().shortCommit() + " sorts before 3 recorded runs among its git"
                + " ancestors; it is shown as the newest, as it was judged";

        assertThat(SeriesWords.WORDS.of(newest)).isEqualTo(words);
        assertThat(SeriesWords.order(List.of(series("a", newest), series("b", newest))))
                .containsExactly(words);
        assertThat(SeriesWords.newestByRecording(List.of(series("a", newest)))).contains(RUN);
        assertThat(SeriesWords.order(List.of(series("a", new SeriesWarning.Turned(Better.LOWER, RUN)))))
                .isEmpty();
    }

    private static Series series(String name, SeriesWarning warning) {
        return new Series(
                new SeriesKey(Benchmark.of(name), "time", "lab", "main"),
                Unit.of("ms"),
                Better.LOWER,
                List.of(),
                List.of(warning));
    }

    @Test
    void a_command_names_a_benchmark_by_its_label_or_by_the_id_of_the_series_where_that_is_too_long() {
        SeriesKey key = new SeriesKey(Benchmark.of("Sort.quick"), "time", "lab", "main");
        SeriesKey endless = new SeriesKey(Benchmark.of("x".repeat(1_000)), "time", "lab", "main");

        assertThat(SeriesWords.operand(key)).isEqualTo("Sort.quick");
        assertThat(SeriesWords.operand(endless)).isEqualTo(endless.id()).hasSizeLessThan(20);
    }

    @Test
    void what_contradicts_a_series_is_told_with_the_way_to_say_that_it_is_meant() {
        String way = ". If the change is intended, rename the benchmark or its metric to start a new series;"
                + " under the old name, the series changes after 5 commits in a row, and then plumb accept has the gate"
                + " pass; --on-incomparable pass keeps it from holding until then";
        assertThat(SeriesWords.WORDS.of(new SeriesWarning.Contradicted(
                        Unit.of("B"), Better.LOWER, Unit.of("ms"), Better.LOWER, RUN, 1)))
                .isEqualTo("the unit is \"B\" since " + NAME + ", and \"ms\" before: 1 point is left out" + way);
        assertThat(SeriesWords.WORDS.of(new SeriesWarning.Contradicted(
                        Unit.of("us"), Better.HIGHER, Unit.of("ms"), Better.LOWER, RUN, 2)))
                .isEqualTo("since " + NAME + " more is better, and less before: 2 points are left out" + way);
    }

    @Test
    void a_turned_direction_and_pooled_points_are_told() {
        assertThat(SeriesWords.WORDS.of(new SeriesWarning.Turned(Better.HIGHER, RUN)))
                .isEqualTo("the direction changed with " + NAME + ": more is better now, and all points are"
                        + " judged that way");
        assertThat(SeriesWords.WORDS.of(new SeriesWarning.Pooled(1, 2, RUN)))
                .isEqualTo("1 point pools several measurements of one run, the newest 2 of " + NAME);
    }

    @Test
    void what_limits_an_analysis_is_told_with_its_numbers() {
        assertThat(AnalysisWords.WORDS.of(new AnalysisWarning.Missing(3, 90)))
                .isEqualTo("3 of 90 positions have no value");
    }
}
