package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fact is reported once, and in the same words everywhere. */
class OneSentenceTest {
    @TempDir
    private Path folder;

    @Test
    void what_was_accepted_is_not_suspected_beside_it() throws Exception {
        GitStory story = GitStory.in(folder);
        story.commit("slower");
        story.check(1.06);
        story.plumb("accept", "Sort.quick", "--reason", "agreed", "--by", "Bob");

        assertThat(story.reported("report", "--as", "text"))
                .contains("1 accepted", "accepted by Bob")
                .doesNotContain("does not affect");
        story.commit("later");
        story.check(1.06);
        assertThat(story.reported("history", "Sort.quick"))
                .containsPattern(
                        "\\+\\S+ % accepted with commit \\S+ by Ann \\(Bob: agreed\\): now 10\\d ms, before \\S+ ms,"
                                + " 2 runs so far\\. No action needed\\.")
                .doesNotContain("suspected", "too few runs", "runs decide");
        assertThat(story.reported("history")).doesNotContain("possible regression");

        for (int i = 0; i < 3; i++) {
            story.commit("later " + i);
            story.check(1.06);
        }
        assertThat(story.reported("history", "Sort.quick"))
                .contains("accepted by Bob. No action needed.")
                .doesNotContain("stepped: the level changed once");
    }

    @Test
    void rows_have_the_words_of_the_headline() throws Exception {
        PlantedSuite suite = new PlantedSuite(3, 8);
        String history = suite.file(folder, 0, 12);
        CapturedRun.wide(folder, "record", history);

        CapturedRun check = CapturedRun.wide(folder, "check", "-v", suite.file(folder, 12, 13));

        assertThat(check.out().lines().findFirst().orElseThrow())
                .contains("within noise")
                .doesNotContain("inconclusive");
        assertThat(check.out())
                .contains("? within noise  b", "Within noise (")
                .doesNotContainIgnoringCase("inconclusive");
        assertThat(CapturedRun.wide(folder, "report", "--markdown").out())
                .contains("Within noise (")
                .doesNotContain("Inconclusive (");
        CapturedRun.wide(folder, "report", "-o", "page.html");
        assertThat(Files.readString(folder.resolve("page.html"))).contains("\"verdict\":\"within noise\"");
        assertThat(CapturedRun.wide(folder, "report", "--json").out())
                .contains("\"INCONCLUSIVE\"")
                .doesNotContain("\"verdict\": \"within noise\"");
    }
}
