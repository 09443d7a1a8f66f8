package dev.plumbline.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.CapturedRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A check of a run with the commit that was to fix a regression says so when the regression is still there. */
class BrokenPromiseTest {
    @TempDir
    private Path folder;

    private String results(int from, int to, double factor) throws IOException {
        return CodecResults.write(folder, from, to, factor);
    }

    @Test
    void the_first_screen_names_the_promise_and_what_is_still_there() throws IOException {
        CapturedRun.wide(folder, "record", results(0, 15, 1));
        String failed = CapturedRun.wide(folder, "check", results(15, 16, 1.3)).out();
        Matcher id = Pattern.compile("plumb accept (\\S+)").matcher(failed);
        assertThat(id.find()).as(failed).isTrue();
        CapturedRun.wide(folder, "triage", "fixed", id.group(1), "--commit", "00000011", "--by", "ann");

        CapturedRun run = CapturedRun.wide(folder, "check", results(16, 17, 1.3));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("should have been fixed by 00000011 (by ann")
                .contains("but persists: Codec.parse");
    }
}
