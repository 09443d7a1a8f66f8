package dev.plumbline.publish.alert;

import static java.util.Objects.requireNonNull;

import dev.plumbline.publish.PublishFailure;
import dev.plumbline.publish.http.Patience;
import dev.plumbline.publish.http.Service;
import dev.plumbline.report.format.JsonText;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** A chat, by the address of an incoming webhook, which is the secret. */
final class ChatSink implements AlertSink {
    private final String service;
    private final String variable;
    private final boolean isWithQuery;
    private final Function<Alert, Consumer<JsonText>> message;
    private final Map<String, String> variables;
    private final Patience patience;

    private ChatSink(
            String service,
            String variable,
            boolean isWithQuery,
            Function<Alert, Consumer<JsonText>> message,
            Map<String, String> variables,
            Patience patience) {
        this.service = service;
        this.variable = variable;
        this.isWithQuery = isWithQuery;
        this.message = message;
        this.variables = Map.copyOf(variables);
        this.patience = requireNonNull(patience, "patience");
    }

    static ChatSink slack(Map<String, String> variables, Patience patience) {
        return new ChatSink("Slack", "SLACK_WEBHOOK_URL", false, SlackMessage::of, variables, patience);
    }

    /** Workflows of Microsoft Teams; the connectors of before take no new cards. */
    static ChatSink teams(Map<String, String> variables, Patience patience) {
        return new ChatSink("Teams", "TEAMS_WEBHOOK_URL", true, TeamsMessage::of, variables, patience);
    }

    static ChatSink mattermost(Map<String, String> variables, Patience patience) {
        return new ChatSink(
                "Mattermost", "MATTERMOST_WEBHOOK_URL", false, MarkdownMessage::mattermost, variables, patience);
    }

    static ChatSink discord(Map<String, String> variables, Patience patience) {
        return new ChatSink("Discord", "DISCORD_WEBHOOK_URL", false, MarkdownMessage::discord, variables, patience);
    }

    @Override
    public void send(Alert alert) throws PublishFailure, InterruptedException {
        SecretAddress address = SecretAddress.of(variables, variable, isWithQuery);
        new Service(service, address.host(), address.token(), Map.of(), patience)
                .post(address.path(), message.apply(alert));
    }
}
