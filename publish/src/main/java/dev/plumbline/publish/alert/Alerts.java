package dev.plumbline.publish.alert;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.publish.Channel;
import dev.plumbline.publish.Delivery;
import dev.plumbline.publish.Publication;
import dev.plumbline.publish.PublishFailure;
import dev.plumbline.publish.http.Patience;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A channel to people. Each reason that fails a branch's gate is sent once, by the id of its finding, however many
 * checks report it; and once that the gate passes again. Several new reasons are one message. An undecided gate sends
 * none. What a channel did not take is sent with the next report.
 */
public final class Alerts implements Channel {
    private final String name;
    private final AlertSink sink;
    private final Path sent;

    /**
     * @param name of the channel
     * @param sent the file that records what was sent
     */
    Alerts(String name, AlertSink sink, Path sent) {
        this.name = requireNonNull(name, "name");
        this.sink = requireNonNull(sink, "sink");
        this.sent = requireNonNull(sent, "sent");
    }

    /** The names of the channels to people, in the order of the documentation. */
    public static List<String> names() {
        return List.of("slack", "teams", "mattermost", "discord", "pagerduty", "alertmanager", "mail", "webhook");
    }

    /**
     * The channel of a name; its address and its secrets come from environment variables.
     *
     * @param variables the environment variables of the process
     * @param sent the file that records what was sent
     * @return empty where no channel to people has this name
     */
    public static Optional<Alerts> named(String name, Map<String, String> variables, Path sent, Patience patience) {
        Optional<AlertSink> sink =
                switch (name) {
                    case "slack" -> Optional.of(ChatSink.slack(variables, patience));
                    case "teams" -> Optional.of(ChatSink.teams(variables, patience));
                    case "mattermost" -> Optional.of(ChatSink.mattermost(variables, patience));
                    case "discord" -> Optional.of(ChatSink.discord(variables, patience));
                    case "pagerduty" -> Optional.of(new PagerDutySink(variables, patience));
                    case "alertmanager" -> Optional.of(new AlertmanagerSink(variables, patience));
                    case "mail" -> Optional.of(new MailSink(variables, patience));
                    case "webhook" -> Optional.of(new WebhookSink(variables, patience));
                    default -> Optional.empty();
                };
        return sink.map(one -> new Alerts(name, one, sent));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Delivery publish(Publication publication) throws InterruptedException {
        return Delivery.of(List.of(() -> send(publication)));
    }

    /** Sends a test message. It counts as no report. */
    public Delivery test(Publication publication) throws InterruptedException {
        return Delivery.of(List.of(() -> {
            sink.send(new Alert(
                    Alert.Kind.TEST,
                    publication,
                    branch(publication),
                    List.of(),
                    0,
                    Set.of(),
                    Set.of(),
                    UUID.randomUUID().toString(),
                    true));
            return "sent a test message";
        }));
    }

    private static String branch(Publication publication) {
        return publication.report().candidates().stream()
                .map(run -> run.header().revision().branch())
                .findFirst()
                .orElse("an unknown branch");
    }

    private static String commit(Publication publication) {
        return publication.report().candidates().stream()
                .map(run -> run.header().revision().commit())
                .findFirst()
                .orElse("");
    }

    private String send(Publication publication) throws PublishFailure, InterruptedException {
        String branch = branch(publication);
        String key = publication.name() + "\n" + branch;
        SentAlerts memory = SentAlerts.read(sent);
        SentAlerts.Sent before = memory.of(name, key);
        GateDecision gate = publication.report().gate();
        return switch (gate.state()) {
            case UNDECIDED -> "no message: the gate is undecided";
            case OPEN -> {
                if (before.ids().isEmpty()) {
                    yield "no message: the gate still passes";
                }
                boolean isAcknowledged = isAcknowledged(publication, before.ids());
                sink.send(new Alert(
                        isAcknowledged ? Alert.Kind.ACKNOWLEDGED : Alert.Kind.RECOVERED,
                        publication,
                        branch,
                        List.of(),
                        before.ids().size(),
                        Set.of(),
                        before.ids(),
                        before.thread(),
                        false));
                memory.remember(name, key, SentAlerts.Sent.NOTHING);
                yield isAcknowledged
                        ? "reported that the gate passes, since the regressions are acknowledged"
                        : "reported that the gate passes again";
            }
            case CLOSED -> {
                Set<String> now =
                        gate.deciding().stream().map(Alert::id).collect(Collectors.toCollection(LinkedHashSet::new));
                List<GateReason> fresh = gate.deciding().stream()
                        .filter(reason -> !before.ids().contains(Alert.id(reason)))
                        .toList();
                boolean isFirst = before.ids().isEmpty();
                String thread = isFirst ? thread(key + "\n" + commit(publication), now) : before.thread();
                Set<String> gone = new LinkedHashSet<>(before.ids());
                gone.removeAll(now);
                if (!fresh.isEmpty()) {
                    sink.send(new Alert(
                            Alert.Kind.FAILED,
                            publication,
                            branch,
                            fresh,
                            gate.deciding().size() - fresh.size(),
                            now,
                            gone,
                            thread,
                            isFirst));
                }
                memory.remember(name, key, new SentAlerts.Sent(thread, now));
                yield fresh.isEmpty()
                        ? "no message: every reason was reported before"
                        : "reported that the gate fails, with " + fresh.size()
                                + (fresh.size() == 1 ? " new reason" : " new reasons");
            }
        };
    }

    /** Whether a regression that was sent is still there, and the gate passes because somebody acknowledged it. */
    private static boolean isAcknowledged(Publication publication, Set<String> ids) {
        return publication.report().findings().stream()
                .filter(finding -> ids.contains(GateReason.Kind.REGRESSION.name() + " " + finding.id()))
                .flatMap(finding -> finding.statement().stream())
                .anyMatch(stated -> stated.kind() == Annotation.Kind.ACKNOWLEDGED);
    }

    private static String thread(String key, Set<String> ids) {
        return UUID.nameUUIDFromBytes((key + "\n" + String.join("\n", ids)).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** The finding that a reason is about. */
    static Optional<Finding> finding(Publication publication, GateReason reason) {
        return publication.report().findings().stream()
                .filter(finding -> finding.id().equals(reason.id()))
                .findFirst();
    }
}
