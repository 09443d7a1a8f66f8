package dev.plumbline.publish.alert;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.core.model.Environment;
import dev.plumbline.publish.Channel;
import dev.plumbline.publish.Delivery;
import dev.plumbline.publish.Publication;
import dev.plumbline.publish.PublishFailure;
import dev.plumbline.publish.http.Patience;
import dev.plumbline.report.Report;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A channel for messages to people. Each reason that fails a branch's gate is sent once, by the id of its finding,
 * however many checks report it; and once that the gate passes again. Several new reasons are one message. An undecided
 * gate sends none. What a channel did not take is sent with the next report.
 */
public final class Alerts implements Channel {
    /** A regression with such a triage is still to be fixed. */
    private static final Set<Annotation.Kind> WAITING =
            EnumSet.of(Annotation.Kind.ACKNOWLEDGED, Annotation.Kind.MUTED, Annotation.Kind.FIXED);

    private final String name;
    private final AlertSink sink;
    private final Path sent;
    private final Map<String, String> variables;

    /**
     * @param name of the channel
     * @param sent the file that records what was sent
     * @param variables the environment variables of the process
     */
    private Alerts(String name, AlertSink sink, Path sent, Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
        this.name = requireNonNull(name, "name");
        this.sink = requireNonNull(sink, "sink");
        this.sent = requireNonNull(sent, "sent");
    }

    /** The names of the channels to people, in the order of the documentation. */
    public static List<String> names() {
        return List.copyOf(sinks(Map.of(), Patience.of(Clock.systemUTC())).keySet());
    }

    private static Map<String, AlertSink> sinks(Map<String, String> variables, Patience patience) {
        Map<String, AlertSink> sinks = new LinkedHashMap<>();
        sinks.put("slack", ChatSink.slack(variables, patience));
        sinks.put("teams", ChatSink.teams(variables, patience));
        sinks.put("mattermost", ChatSink.mattermost(variables, patience));
        sinks.put("discord", ChatSink.discord(variables, patience));
        sinks.put("pagerduty", new PagerDutySink(variables, patience));
        sinks.put("alertmanager", new AlertmanagerSink(variables, patience));
        sinks.put("mail", new MailSink(variables, patience));
        sinks.put("webhook", new WebhookSink(variables, patience));
        return sinks;
    }

    /**
     * The channel of a name; its address and its secrets come from environment variables.
     *
     * @param variables the environment variables of the process
     * @param sent the file that records what was sent
     * @return empty where no channel to people has this name
     */
    public static Optional<Alerts> named(String name, Map<String, String> variables, Path sent, Patience patience) {
        return Optional.ofNullable(sinks(variables, patience).get(name))
                .map(sink -> new Alerts(name, sink, sent, variables));
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

    /** The commit of the judged runs; empty where it is unknown. */
    static String commit(Publication publication) {
        return publication.report().candidates().stream()
                .map(run -> run.header().revision().commit())
                .findFirst()
                .orElse("");
    }

    private String send(Publication given) throws PublishFailure, InterruptedException {
        if (given.report().kind() != Report.Kind.CHECK) {
            return "no message: a comparison is about no branch";
        }
        GateDecision gate = given.report().gate();
        if (gate.state() == GateDecision.State.UNDECIDED) {
            return "no message: the gate is undecided";
        }
        Publication publication = linked(given);
        String branch = branch(publication);
        String plain = publication.name() + "\n" + branch;
        String key = plain + environments(publication);
        try (SentAlerts memory = SentAlerts.locked(sent)) {
            SentAlerts.Sent known = memory.of(name, key);
            // one key for all environments was written before there were others
            SentAlerts.Sent before = known.ids().isEmpty() ? memory.of(name, plain) : known;
            Step step = new Step(publication, branch, key, before, memory);
            return gate.state() == GateDecision.State.CLOSED ? step.failed() : step.passed();
        }
    }

    private Publication linked(Publication publication) {
        return publication.link().isPresent()
                ? publication
                : new Publication(
                        publication.report(), publication.name(), JobPage.of(variables), publication.sources());
    }

    /** The environments that have a name: each has a gate of its own. Others change with the machine of the job. */
    private static String environments(Publication publication) {
        String names = publication.report().candidates().stream()
                .map(run -> run.header().environment().facts().getOrDefault(Environment.NAME, ""))
                .filter(environment -> !environment.isBlank())
                .distinct()
                .sorted()
                .collect(Collectors.joining(","));
        return names.isEmpty() ? "" : "\n" + names;
    }

    /** The change that one report makes. */
    private final class Step {
        private final Publication publication;
        private final String branch;
        private final String key;
        private final SentAlerts.Sent before;
        private final SentAlerts memory;

        Step(Publication publication, String branch, String key, SentAlerts.Sent before, SentAlerts memory) {
            this.publication = publication;
            this.branch = branch;
            this.key = key;
            this.before = before;
            this.memory = memory;
        }

        String failed() throws PublishFailure, InterruptedException {
            List<GateReason> deciding = publication.report().gate().deciding();
            Set<String> now = deciding.stream().map(Alert::id).collect(Collectors.toCollection(LinkedHashSet::new));
            // what was acknowledged and fails the gate again has grown
            Set<String> sentBefore = before.isAcknowledged() ? Set.of() : before.ids();
            List<GateReason> fresh = deciding.stream()
                    .filter(reason -> !sentBefore.contains(Alert.id(reason)))
                    .toList();
            Set<String> gone = new LinkedHashSet<>(before.ids());
            gone.removeAll(now);
            Set<String> unknown = unjudged(gone);
            gone.removeAll(unknown);
            boolean isFirst = before.ids().isEmpty();
            String thread = isFirst || before.thread().isEmpty()
                    ? thread(key + "\n" + commit(publication), now)
                    : before.thread();
            if (!fresh.isEmpty() || sink.isState()) {
                sink.send(new Alert(
                        Alert.Kind.FAILED,
                        publication,
                        branch,
                        fresh,
                        deciding.size() - fresh.size(),
                        now,
                        gone,
                        thread,
                        isFirst));
            }
            now.addAll(unknown);
            memory.remember(name, key, new SentAlerts.Sent(thread, now, false));
            if (fresh.isEmpty()) {
                return sink.isState()
                        ? "reported the same reasons again"
                        : "no message: every reason was reported before";
            }
            return "reported that the gate fails, with " + fresh.size()
                    + (fresh.size() == 1 ? " new reason" : " new reasons");
        }

        String passed() throws PublishFailure, InterruptedException {
            if (before.ids().isEmpty()) {
                return "no message: the gate passes";
            }
            Set<String> still = acknowledged();
            Set<String> gone = new LinkedHashSet<>(before.ids());
            gone.removeAll(still);
            Set<String> unknown = unjudged(gone);
            gone.removeAll(unknown);
            if (still.isEmpty() && !unknown.isEmpty()) {
                return "no message: too few runs judge what was reported";
            }
            if (gone.isEmpty() && before.isAcknowledged()) {
                return "no message: what was acknowledged is still there";
            }
            still.addAll(unknown);
            boolean isOver = still.isEmpty();
            sink.send(new Alert(
                    isOver ? Alert.Kind.RECOVERED : Alert.Kind.ACKNOWLEDGED,
                    publication,
                    branch,
                    List.of(),
                    before.ids().size(),
                    Set.of(),
                    gone,
                    before.thread(),
                    false));
            memory.remember(
                    name, key, isOver ? SentAlerts.Sent.NOTHING : new SentAlerts.Sent(before.thread(), still, true));
            return isOver
                    ? "reported that the gate passes again"
                    : "reported that the gate passes, since regressions are acknowledged or muted";
        }

        /** The regressions that are still present, but do not fail the gate because they are triaged. */
        private Set<String> acknowledged() {
            return publication.report().findings().stream()
                    .filter(finding -> finding.verdict() instanceof Verdict.Regressed
                            && finding.statement()
                                    .filter(stated -> WAITING.contains(stated.kind()))
                                    .isPresent())
                    .map(finding -> GateReason.Kind.REGRESSION.name() + " " + finding.id())
                    .filter(before.ids()::contains)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }

        /** Those of some reasons whose series had too few runs to be judged. */
        private Set<String> unjudged(Set<String> ids) {
            return ids.stream()
                    .filter(id -> publication.report().findings().stream()
                            .filter(finding -> finding.isDecidedBy(HistoryEvidence.TooFewRuns.class))
                            .anyMatch(finding -> id.substring(id.indexOf(' ') + 1)
                                    .startsWith(finding.key().findingId())))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }
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
