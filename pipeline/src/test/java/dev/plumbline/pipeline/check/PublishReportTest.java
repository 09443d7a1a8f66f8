package dev.plumbline.pipeline.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.publish.Delivery;
import dev.plumbline.report.Report;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A report and a test message on their way to channels: what is refused at once, and what fails at one alone. */
class PublishReportTest {
    @TempDir
    private Path folder;

    private Report report;

    @BeforeEach
    void aReportOfARegression() throws IOException {
        ResultFiles files = new ResultFiles(folder);
        files.history(10);
        report = files.check(files.run(10).with("fast", 140).with("slow", 500).file());
    }

    private Workspace job(Map<String, String> variables) {
        return Workspace.of(folder, variables, Clock.fixed(ResultFiles.NOON, ZoneOffset.UTC), Optional.empty());
    }

    private Map<String, Delivery> publish(Map<String, String> variables, String... channels) throws IOException {
        return new PublishReport(job(variables), List.of(channels), "benchmarks", Optional.empty()).publish(report);
    }

    @Test
    void a_job_summary_has_the_report_once_however_often_its_channel_is_named() throws IOException {
        Path summary = folder.resolve("summary.md");
        Map<String, String> variables = Map.of("GITHUB_STEP_SUMMARY", summary.toString());

        Map<String, Delivery> deliveries = publish(variables, "github-summary", "github-summary");

        assertThat(deliveries).containsOnlyKeys("github-summary");
        assertThat(deliveries.get("github-summary").failed()).isEmpty();
        assertThat(Files.readString(summary)).contains("1 regression");
    }

    @Test
    void a_channel_that_lacks_its_settings_fails_with_what_is_missing_and_the_next_one_still_has_the_report()
            throws IOException {
        Path summary = folder.resolve("summary.md");

        Map<String, Delivery> deliveries =
                publish(Map.of("GITHUB_STEP_SUMMARY", summary.toString()), "gitlab", "slack", "github-summary");

        assertThat(deliveries.keySet()).containsExactly("gitlab", "slack", "github-summary");
        assertThat(deliveries.get("gitlab").done().size()
                        + deliveries.get("gitlab").failed().size())
                .as("outside of a merge request there is nothing to do, which it says")
                .isPositive();
        assertThat(deliveries.get("slack").failed()).isNotEmpty();
        assertThat(deliveries.get("github-summary").failed()).isEmpty();
        assertThat(summary).exists();
    }

    @Test
    void an_unknown_channel_is_refused_with_those_that_there_are() {
        assertThatThrownBy(() -> publish(Map.of(), "pigeon"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("unknown channel \"pigeon\"; available: github, github-comment, ")
                .hasMessageContaining("slack");
        assertThatThrownBy(() ->
                        new TestChannels(job(Map.of()), List.of("github-comment"), "benchmarks", Optional.empty()))
                .as("no message goes to people there")
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no test message for \"github-comment\"; available: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " x", "a\nb", "<script>", "-name"})
    void a_name_that_no_place_could_show_is_refused(String name) {
        assertThatThrownBy(() -> new PublishReport(job(Map.of()), List.of("github-summary"), name, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a name must have");
    }

    @Test
    void a_link_is_an_address_of_the_web() {
        assertThatThrownBy(() -> new PublishReport(
                        job(Map.of()), List.of("slack"), "x", Optional.of(URI.create("file:///etc/passwd"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a link must be a plain http or https URL");
    }

    @Test
    void a_test_message_that_cannot_be_sent_says_why() throws IOException {
        Map<String, Delivery> sent =
                new TestChannels(job(Map.of()), List.of("slack", "slack"), "benchmarks", Optional.empty()).send();

        assertThat(sent).containsOnlyKeys("slack");
        assertThat(sent.get("slack").done()).isEmpty();
        assertThat(sent.get("slack").failed()).singleElement().asString().isNotBlank();
    }
}
