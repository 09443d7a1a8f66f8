package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.option.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong options and arguments are explained in the words of this program, not in those of its library. */
class WrongUseTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            value = {
                "report --kind exec => --kind 'exec': give one of regression, ci, history, executive",
                "report --kind executiv => --kind 'executiv': give one of regression, ci, history, executive; did you"
                        + " mean \"executive\"?",
                "report --kind ci --kind history => --kind is given more than once; give it once",
                "report --json --markdown => --json, --markdown exclude each other; give only one",
                "accept => give one of FINDING|INCIDENT|BENCHMARK, --list, --revoke=ID",
                "triage mute x => give --until=DATE",
                "record => give RESULT",
                "check --on-new blah x => --on-new: \"blah\" must be one of pass, hold, fail",
                "check --grace many x => --grace: \"many\" is not a whole number from 0 to 100000",
                "bisect --good x --trials many => --trials: 'many' is not a whole number",
                "bisect --good => --good needs REV",
                "bisect --good --bad x => --good needs REV; --bad is an option",
                "history --csv => unknown option '--csv'",
                "doctor extra => unexpected argument 'extra'"
            })
    void says_what_is_wrong_and_what_to_give(String line, String words) throws IOException {
        CapturedRun run = CapturedRun.of(folder, line.split(" "));

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines().findFirst()).hasValue("plumb: " + words);
    }

    @Test
    void where_the_help_is_stands_below() throws IOException {
        assertThat(CapturedRun.of(folder, "report", "--kind", "exec").err()).endsWith("Try: plumb report --help\n");
    }
}
