package dev.plumbline.report.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.annotation.Annotated;
import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.report.CommitAuthors;
import dev.plumbline.report.Examples;
import dev.plumbline.report.terminal.TextStyle;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IncidentsReportTest {
    private static final TextStyle WIDE = TextStyle.DEFAULT.withWidth(120);
    private static final String COMMIT = "cccccccccccccccccccc";
    private static final CalledRegression QUICK = called("io.Sort.quick", COMMIT, 124);
    private static final CalledRegression MERGE = called("io.Sort.merge", "dddddddddddddddddddd", 115);

    private static CalledRegression called(String benchmark, String commit, double after) {
        RunInfo run = Examples.run(9, commit);
        return new CalledRegression(Examples.key(benchmark, "time"), 9, run, 100, after, run, Annotated.NONE);
    }

    private static String list(TextStyle style, CalledRegression... called) {
        return new IncidentsReport(
                        "1.0",
                        "main",
                        List.of(),
                        List.of(),
                        Instant.parse("2026-11-10T00:00:00Z"),
                        OptionalInt.empty(),
                        List.of(called),
                        List.of(),
                        NewestFindings.UNKNOWN,
                        new CommitAuthors(Map.of(COMMIT, "Ann <ann@example.org>")))
                .list(style);
    }

    @Test
    void one_detected_regression_is_a_sentence_with_its_command() {
        assertThat(list(WIDE.withWhole(true), QUICK).replace("\n", " "))
                .startsWith("detected by a check, not yet confirmed by the history: io.Sort.quick time +24.0 % with"
                        + " commit cccccccccc on main by Ann; measure again, fix, or plumb accept "
                        + QUICK.findingId() + " --reason WHY ");
    }

    @Test
    void several_detected_regressions_are_rows_below_one_sentence() {
        assertThat(list(WIDE, QUICK, MERGE)).isEqualTo("""
                        2 regressions on main detected by checks, not yet confirmed by the history;\
                         measure again, fix, or accept them:
                        benchmark      metric   change  since              id
                        io.Sort.quick  time    +24.0 %%  cccccccccc by Ann  %s
                        io.Sort.merge  time    +15.0 %%  dddddddddd         %s
                        accept one: plumb accept ID --reason WHY
                        no other changes on main
                        """.formatted(QUICK.findingId(), MERGE.findingId()));
    }

    @Test
    void the_commands_look_into_the_history_that_an_option_named() {
        TextStyle elsewhere = WIDE.withWhole(true).withStore(Optional.of("my runs.db"));

        assertThat(list(elsewhere, QUICK).replace("\n", " ")).contains("--reason WHY --store 'my runs.db' ");
        assertThat(list(elsewhere, QUICK, MERGE)).contains("ID --reason WHY --store 'my runs.db'\n");
        assertThat(elsewhere
                        .withColour(true)
                        .withUnicode(false)
                        .withVerbose(true)
                        .store())
                .isEqualTo(" --store 'my runs.db'");
        assertThat(WIDE.withStore(Optional.empty())).isEqualTo(WIDE);
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 80})
    void rows_fit_a_narrow_terminal_and_keep_the_id(int width) {
        String list = list(TextStyle.DEFAULT.withWidth(width), QUICK, MERGE);

        assertThat(list).contains(QUICK.findingId(), MERGE.findingId(), "+24.0 %");
        assertThat(list.lines()).allMatch(line -> line.length() <= width || line.startsWith("plumb accept"));
    }
}
