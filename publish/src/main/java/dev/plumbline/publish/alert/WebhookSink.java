package dev.plumbline.publish.alert;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.gate.GateReason;
import dev.plumbline.publish.PublishFailure;
import dev.plumbline.publish.http.Patience;
import dev.plumbline.publish.http.Service;
import dev.plumbline.publish.http.Signature;
import dev.plumbline.report.GateWords;
import dev.plumbline.report.format.JsonText;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Any program at an address: JSON ({@code docs/alert-schema.json}), signed as Standard Webhooks has it. */
final class WebhookSink implements AlertSink {
    /** The name and version of the JSON form. */
    static final String SCHEMA = "plumbline-alert/1";

    private static final String ADDRESS = "PLUMB_WEBHOOK_URL";
    private static final String SECRET = "PLUMB_WEBHOOK_SECRET";

    private final Map<String, String> variables;
    private final Patience patience;

    WebhookSink(Map<String, String> variables, Patience patience) {
        this.variables = Map.copyOf(variables);
        this.patience = requireNonNull(patience, "patience");
    }

    @Override
    public void send(Alert alert) throws PublishFailure, InterruptedException {
        SecretAddress address = SecretAddress.of(variables, ADDRESS, true);
        String secret = variables.getOrDefault(SECRET, "").strip();
        if (!Signature.isSecret(secret)) {
            throw new PublishFailure(SECRET + " must be whsec_ and 24 to 64 bytes in Base64; the receiver checks the"
                    + " signature with it");
        }
        Instant now = patience.clock().instant();
        String text = JsonText.ascii(json -> write(alert, json));
        // the same message again has the same id, so that a receiver drops it
        String id = "msg_" + UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", String.valueOf(now.getEpochSecond()));
        headers.put("webhook-signature", Signature.of(secret, id, now, text));
        new Service("The webhook", address.host(), address.token(), headers, patience)
                .put("POST", address.path(), text);
    }

    private static void write(Alert alert, JsonText json) {
        AlertText text = AlertText.of(alert);
        json.object(() -> {
            json.text("schema", SCHEMA);
            json.text("kind", alert.kind().name().toLowerCase(Locale.ROOT));
            json.text("thread", alert.thread());
            json.text("suite", alert.publication().name());
            json.text("branch", alert.branch());
            json.text("commit", Alerts.commit(alert.publication()));
            json.text("title", text.title());
            json.text("summary", text.summary());
            json.array("reasons", alert.fresh(), reason -> json.object(() -> reason(alert, reason, json)));
            json.integer("reportedBefore", alert.known());
            text.link().map(URI::toString).ifPresent(uri -> json.text("link", uri));
        });
    }

    private static void reason(Alert alert, GateReason reason, JsonText json) {
        json.text("kind", reason.kind().name().toLowerCase(Locale.ROOT));
        json.text("id", reason.id());
        json.text(
                "text",
                String.join(
                        " ", GateWords.of(List.of(reason), alert.publication().report())));
    }
}
