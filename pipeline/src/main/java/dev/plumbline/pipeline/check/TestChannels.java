package dev.plumbline.pipeline.check;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.pipeline.Version;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.publish.Delivery;
import dev.plumbline.publish.Publication;
import dev.plumbline.publish.alert.Alerts;
import dev.plumbline.publish.http.Patience;
import dev.plumbline.report.Report;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sends a test message to channels, to verify that messages arrive before a gate fails. */
public final class TestChannels {
    private final Workspace workspace;
    private final List<Alerts> channels;
    private final Publication publication;

    /**
     * @param channels names of {@link Alerts#names()}
     * @param name as of the suite whose reports go there
     * @throws IllegalArgumentException if a channel sends no messages to people
     */
    public TestChannels(Workspace workspace, List<String> channels, String name, Optional<URI> link) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.channels = channels.stream().distinct().map(this::channel).toList();
        publication = new Publication(nothing(), name, link, Map.of());
    }

    private Alerts channel(String channel) {
        return Alerts.named(
                        channel, workspace.variables(), PublishReport.sent(workspace), Patience.of(workspace.clock()))
                .orElseThrow(() -> new IllegalArgumentException(
                        "no test message for \"" + channel + "\"; available: " + String.join(", ", Alerts.names())));
    }

    private static Report nothing() {
        return new Report(
                Version.TEXT,
                Report.Kind.CHECK,
                List.of(),
                "",
                List.of(),
                List.of(),
                new GateDecision(GateDecision.State.OPEN, List.of()),
                List.of(),
                List.of(),
                Policy.DEFAULT);
    }

    /**
     * Sends one message to each.
     *
     * @return what became of it, by channel
     * @throws IOException if this is interrupted
     */
    public Map<String, Delivery> send() throws IOException {
        Map<String, Delivery> deliveries = new LinkedHashMap<>();
        try {
            for (Alerts channel : channels) {
                deliveries.put(channel.name(), channel.test(publication));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while publishing");
        }
        return deliveries;
    }
}
