package dev.plumbline.pipeline.check;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.pipeline.repository.Git;
import dev.plumbline.pipeline.repository.SourceLines;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.publish.Channel;
import dev.plumbline.publish.Delivery;
import dev.plumbline.publish.Publication;
import dev.plumbline.publish.SourceLine;
import dev.plumbline.publish.alert.Alerts;
import dev.plumbline.publish.github.GitHubChannel;
import dev.plumbline.publish.gitlab.GitLabChannel;
import dev.plumbline.publish.http.Patience;
import dev.plumbline.report.Report;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Publishes a report to pull requests, checks and channels. */
public final class PublishReport {
    /** The available channels, in the order of the documentation. */
    public static final List<String> CHANNELS = Stream.concat(
                    Stream.of("github", "github-comment", "github-check", "github-status", "github-summary", "gitlab"),
                    Alerts.names().stream())
            .toList();

    private final Workspace workspace;
    private final List<Channel> channels;
    private final String name;
    private final Optional<URI> link;

    /**
     * @param channels names of {@link #CHANNELS}
     * @param name distinguishes several suites of one repository
     * @param link to where the whole report can be read; the job's page when it is not given
     * @throws IllegalArgumentException if a channel is not known, or the name or link cannot be published
     */
    public PublishReport(Workspace workspace, List<String> channels, String name, Optional<URI> link) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.channels = channels.stream().distinct().map(this::channel).toList();
        this.name = name;
        this.link = link;
        Publication.check(name, link);
    }

    private Channel channel(String channel) {
        Patience patience = Patience.of(workspace.clock());
        return switch (channel) {
            case "github" ->
                github(channel, GitHubChannel.Part.SUMMARY, GitHubChannel.Part.COMMENT, GitHubChannel.Part.CHECK);
            case "github-comment" -> github(channel, GitHubChannel.Part.COMMENT);
            case "github-check" -> github(channel, GitHubChannel.Part.CHECK);
            case "github-status" -> github(channel, GitHubChannel.Part.STATUS);
            case "github-summary" -> github(channel, GitHubChannel.Part.SUMMARY);
            case "gitlab" -> new GitLabChannel(workspace.variables(), patience);
            default ->
                Alerts.named(channel, workspace.variables(), sent(workspace), patience)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "unknown channel \"" + channel + "\"; available: " + String.join(", ", CHANNELS)));
        };
    }

    private Channel github(String channel, GitHubChannel.Part first, GitHubChannel.Part... more) {
        return new GitHubChannel(
                channel, EnumSet.of(first, more), workspace.variables(), Patience.of(workspace.clock()));
    }

    /** The file that records what channels have received, beside the history wherever that is kept. */
    static Path sent(Workspace workspace) {
        return workspace.folder().resolve("published.json");
    }

    /**
     * Publishes to every channel, one after the other.
     *
     * @return what became of it, by channel
     * @throws IOException if this is interrupted
     */
    public Map<String, Delivery> publish(Report report) throws IOException {
        Map<SeriesKey, SourceLine> sources =
                SourceLines.of(workspace.root(), new Git(workspace.root()).files(), report.findings());
        Publication publication = new Publication(report, name, link, sources);
        Map<String, Delivery> deliveries = new LinkedHashMap<>();
        try {
            for (Channel channel : channels) {
                deliveries.put(channel.name(), channel.publish(publication));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while publishing");
        }
        return deliveries;
    }
}
