package dev.plumbline.publish.alert;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.publish.PublishFailure;
import dev.plumbline.publish.http.Patience;
import dev.plumbline.publish.http.Service;
import dev.plumbline.publish.http.Token;
import dev.plumbline.report.format.JsonText;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * PagerDuty, by the Events API v2. From the first failure of the gate to its recovery all messages are one incident: a
 * further reason is added to it, without a second page.
 */
final class PagerDutySink implements AlertSink {
    private static final String KEY = "PAGERDUTY_ROUTING_KEY";
    private static final String ADDRESS = "PAGERDUTY_URL";
    private static final String DEFAULT_ADDRESS = "https://events.pagerduty.com";
    private static final String PATH = "/v2/enqueue";

    private final Map<String, String> variables;
    private final Patience patience;

    PagerDutySink(Map<String, String> variables, Patience patience) {
        this.variables = Map.copyOf(variables);
        this.patience = requireNonNull(patience, "patience");
    }

    @Override
    public void send(Alert alert) throws PublishFailure, InterruptedException {
        String key = variables.getOrDefault(KEY, "").strip();
        if (key.isEmpty()) {
            throw new PublishFailure(
                    KEY + " is not set; set it to the integration key of a service with the Events API v2");
        }
        Token token = Token.of(KEY, key);
        Service service = new Service(
                "PagerDuty",
                PlainAddress.of(ADDRESS, variables.getOrDefault(ADDRESS, DEFAULT_ADDRESS)),
                token,
                Map.of(),
                patience);
        // sent twice an event changes nothing: the deduplication key is the same
        if (alert.kind() == Alert.Kind.TEST) {
            service.put("POST", PATH, json -> event("trigger", key, alert, json));
            service.put("POST", PATH, json -> event("resolve", key, alert, json));
        } else {
            String action =
                    switch (alert.kind()) {
                        case FAILED, TEST -> "trigger";
                        case ACKNOWLEDGED -> "acknowledge";
                        case RECOVERED -> "resolve";
                    };
            service.put("POST", PATH, json -> event(action, key, alert, json));
        }
    }

    private static void event(String action, String key, Alert alert, JsonText json) {
        json.text("routing_key", key);
        json.text("event_action", action);
        json.text("dedup_key", "plumbline-" + alert.thread());
        if (!action.equals("trigger")) {
            return;
        }
        AlertText text = AlertText.of(alert);
        json.text("client", "Plumbline");
        text.link().map(URI::toString).ifPresent(uri -> json.text("client_url", uri));
        json.object("payload", () -> {
            json.text("summary", text.title() + " — " + text.summary()); // of 1,024 characters at the most
            json.text("source", alert.publication().name());
            json.text("severity", severity(alert));
            json.text("component", alert.branch());
            json.text("class", "performance");
            json.object("custom_details", () -> {
                json.text("commit", text.commit());
                json.array("reasons", text.reasons(), json::text);
                json.text("more", text.more());
            });
        });
        text.link()
                .ifPresent(uri -> json.array(
                        "links",
                        List.of(uri),
                        one -> json.object(() -> {
                            json.text("href", one.toString());
                            json.text("text", "Full report");
                        })));
    }

    /** The worst of the new reasons, in PagerDuty's words; a reason that is no regression is an error. */
    private static String severity(Alert alert) {
        if (alert.kind() == Alert.Kind.TEST) {
            return "info";
        }
        return switch (alert.fresh().stream()
                .map(reason -> Alerts.finding(alert.publication(), reason)
                        .map(Finding::severity)
                        .filter(severity -> severity != Severity.NONE)
                        .orElse(Severity.MAJOR))
                .max(Comparator.naturalOrder())
                .orElse(Severity.MAJOR)) {
            case NONE, MINOR -> "warning";
            case MAJOR -> "error";
            case CRITICAL -> "critical";
        };
    }
}
