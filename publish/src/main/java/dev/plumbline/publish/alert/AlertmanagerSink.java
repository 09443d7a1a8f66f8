package dev.plumbline.publish.alert;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.publish.PublishFailure;
import dev.plumbline.publish.http.Patience;
import dev.plumbline.publish.http.Service;
import dev.plumbline.publish.http.Token;
import dev.plumbline.report.GateWords;
import dev.plumbline.report.format.JsonText;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Alertmanager of Prometheus, by {@code POST /api/v2/alerts}: one alert for each reason, by the labels {@code kind},
 * {@code id}, {@code suite} and {@code branch}. Grouping, silences, inhibition and routes are Alertmanager's.
 */
final class AlertmanagerSink implements AlertSink {
    private static final String ADDRESS = "ALERTMANAGER_URL";
    private static final String TOKEN = "ALERTMANAGER_TOKEN";

    /** An alert without an end ends after some minutes, and checks may be days apart. */
    private static final Duration LASTS = Duration.ofDays(90);

    private final Map<String, String> variables;
    private final Patience patience;

    AlertmanagerSink(Map<String, String> variables, Patience patience) {
        this.variables = Map.copyOf(variables);
        this.patience = requireNonNull(patience, "patience");
    }

    @Override
    public void send(Alert alert) throws PublishFailure, InterruptedException {
        String value = variables.getOrDefault(ADDRESS, "").strip();
        if (value.isEmpty()) {
            throw new PublishFailure(ADDRESS + " is not set; set it to the URL of Alertmanager");
        }
        URI address = PlainAddress.of(ADDRESS, value);
        String secret = variables.getOrDefault(TOKEN, "").strip();
        Service service = secret.isEmpty()
                ? Service.withoutSecret("Alertmanager", address, patience)
                : service(address, Token.of(TOKEN, secret));
        List<Consumer<JsonText>> alerts = alerts(alert);
        service.put(
                "POST",
                "/api/v2/alerts",
                JsonText.ascii(json -> json.array(
                        alerts, one -> json.object(() -> one.accept(json))))); // sent twice it is the same alert
    }

    /** It loses alerts when it restarts. */
    @Override
    public boolean isState() {
        return true;
    }

    private Service service(URI address, Token token) throws PublishFailure {
        return new Service("Alertmanager", address, token, Service.bearer(token, Map.of()), patience);
    }

    private List<Consumer<JsonText>> alerts(Alert alert) {
        Instant now = patience.clock().instant();
        List<Consumer<JsonText>> alerts = new ArrayList<>();
        if (alert.kind() == Alert.Kind.TEST) {
            String id = "TEST " + alert.thread();
            alerts.add(json -> one(alert, id, Optional.empty(), now, now.plus(Duration.ofMinutes(1)), json));
        }
        for (GateReason reason : alert.publication().report().gate().deciding()) {
            if (alert.open().contains(Alert.id(reason))) {
                alerts.add(json -> one(alert, Alert.id(reason), Optional.of(reason), now, now.plus(LASTS), json));
            }
        }
        alert.gone().stream()
                .sorted()
                .forEach(id -> alerts.add(json -> one(alert, id, Optional.empty(), now, now, json)));
        return alerts;
    }

    private static void one(
            Alert alert, String id, Optional<GateReason> reason, Instant start, Instant end, JsonText json) {
        AlertText text = AlertText.of(alert);
        int space = id.indexOf(' ');
        json.object("labels", () -> {
            json.text("alertname", alert.kind() == Alert.Kind.TEST ? "PlumblineTest" : "PlumblineGateFails");
            json.text("kind", id.substring(0, space).toLowerCase(Locale.ROOT));
            json.text("id", id.substring(space + 1));
            json.text("suite", alert.publication().name());
            json.text("branch", alert.branch());
        });
        json.object("annotations", () -> {
            json.text("summary", reason.map(one -> words(alert, one)).orElse(text.title()));
            json.text("commit", text.commit());
            reason.flatMap(one -> Alerts.finding(alert.publication(), one))
                    .map(Finding::severity)
                    .filter(severity -> severity != Severity.NONE)
                    .ifPresent(severity -> json.text("severity", severity.name().toLowerCase(Locale.ROOT)));
        });
        text.link().ifPresent(uri -> json.text("generatorURL", uri.toString()));
        if (!alert.gone().contains(id)) {
            json.text("startsAt", start.toString()); // else it would start when it ends; the earliest one counts
        }
        json.text("endsAt", end.toString());
    }

    private static String words(Alert alert, GateReason reason) {
        return AlertText.line(
                String.join(
                        " ", GateWords.of(List.of(reason), alert.publication().report())),
                600);
    }
}
