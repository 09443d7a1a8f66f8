package dev.plumbline.publish.slack;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.publish.Channel;
import dev.plumbline.publish.Delivery;
import dev.plumbline.publish.Publication;
import dev.plumbline.publish.PublishFailure;
import dev.plumbline.publish.http.Patience;
import dev.plumbline.publish.http.Service;
import dev.plumbline.publish.http.Token;
import dev.plumbline.report.format.JsonText;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Slack, by the address of an incoming webhook in {@code SLACK_WEBHOOK_URL}, which is the secret.
 *
 * <p>Each reason that fails a branch's gate is sent once, by the id of its finding, and once that the gate passes
 * again; an undecided gate says neither.
 */
public final class SlackChannel implements Channel {
    private static final String VARIABLE = "SLACK_WEBHOOK_URL";

    private final Map<String, String> variables;
    private final Path reported;
    private final Patience patience;

    /**
     * @param variables the process's environment variables
     * @param reported the file that records what was sent
     */
    public SlackChannel(Map<String, String> variables, Path reported, Patience patience) {
        this.variables = Map.copyOf(variables);
        this.reported = requireNonNull(reported, "told");
        this.patience = requireNonNull(patience, "patience");
    }

    @Override
    public String name() {
        return "slack";
    }

    @Override
    public Delivery publish(Publication publication) throws InterruptedException {
        return Delivery.of(List.of(() -> tell(publication)));
    }

    private String tell(Publication publication) throws PublishFailure, InterruptedException {
        String branch = publication.report().candidates().stream()
                .map(run -> run.header().revision().branch())
                .findFirst()
                .orElse("an unknown branch");
        String key = publication.name() + "\n" + branch;
        SlackFindings memory = SlackFindings.read(reported);
        Set<String> before = memory.of(key);
        GateDecision gate = publication.report().gate();
        return switch (gate.state()) {
            case UNDECIDED -> "no message: the gate is undecided";
            case OPEN -> {
                if (before.isEmpty()) {
                    yield "no message: the gate still passes";
                }
                send(SlackMessage.recovered(publication, branch, before.size()));
                memory.remember(key, Set.of());
                yield "reported that the gate passes again";
            }
            case CLOSED -> {
                Set<String> now = new LinkedHashSet<>();
                gate.deciding().forEach(reason -> now.add(id(reason)));
                List<GateReason> fresh = gate.deciding().stream()
                        .filter(reason -> !before.contains(id(reason)))
                        .toList();
                if (!fresh.isEmpty()) {
                    send(SlackMessage.closed(
                            publication, branch, fresh, gate.deciding().size() - fresh.size()));
                }
                memory.remember(key, now);
                yield fresh.isEmpty()
                        ? "no message: every reason was reported before"
                        : "reported that the gate fails, with " + fresh.size()
                                + (fresh.size() == 1 ? " new reason" : " new reasons");
            }
        };
    }

    private static String id(GateReason reason) {
        return reason.kind().name() + " " + reason.id();
    }

    private void send(Consumer<JsonText> message) throws PublishFailure, InterruptedException {
        String value = variables.getOrDefault(VARIABLE, "").strip();
        if (value.isEmpty()) {
            throw new PublishFailure(VARIABLE + " is not set; set it to the URL of an incoming webhook");
        }
        URI address;
        try {
            address = new URI(value);
        } catch (URISyntaxException e) {
            throw new PublishFailure(VARIABLE + " is not a URL"); // a secret: neither it nor the cause is told
        }
        String path = String.valueOf(address.getRawPath());
        if (address.getHost() == null || path.length() < 2 || address.getRawQuery() != null) {
            throw new PublishFailure(VARIABLE + " is not a webhook URL");
        }
        URI host = URI.create(address.getScheme() + "://" + address.getRawAuthority());
        new Service("Slack", host, Token.of(VARIABLE, path), Map.of(), patience).post(path, message);
    }
}
