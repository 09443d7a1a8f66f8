package dev.plumbline.server.page;

import dev.plumbline.report.format.HtmlText;
import dev.plumbline.server.hook.Delivery;
import dev.plumbline.server.hook.EventKind;
import dev.plumbline.server.hook.Webhook;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The webhooks of a project and their deliveries. */
public final class WebhooksPage {
    private WebhooksPage() {}

    /**
     * All of a project.
     *
     * @param all with the newest message of each
     * @param isOwner whether the reader may change them
     * @param entered what was refused, by the names of the fields, and is to be corrected; empty where nothing was
     */
    public static String list(
            Layout layout,
            Tabs tabs,
            Map<Webhook, Optional<Delivery>> all,
            boolean isOwner,
            Map<String, String> entered,
            Optional<String> error) {
        return layout.page("Webhooks · " + tabs.path(), tabs, html -> {
            html.element("h1", "Webhooks of " + tabs.path());
            Forms.error(html, error);
            html.element(
                    "p",
                    "A webhook gets a signed message when something happens in this project. docs/server.md"
                            + " describes the messages and how to verify them.");
            if (all.isEmpty()) {
                html.element("p", "None yet.", "class", "muted");
            } else {
                Forms.table(
                        html,
                        () -> all.forEach((webhook, newest) -> row(html, layout, tabs, webhook, newest)),
                        "Address",
                        "Events",
                        "Newest message");
            }
            if (isOwner) {
                form(html, tabs, entered);
            }
        });
    }

    private static String address(Webhook webhook) {
        return Words.shown(webhook.address().toString());
    }

    private static void row(HtmlText html, Layout layout, Tabs tabs, Webhook webhook, Optional<Delivery> newest) {
        html.element("tr", () -> {
            html.element(
                    "th",
                    () -> html.element("a", address(webhook), "href", tabs.address("webhooks/" + webhook.id())),
                    "scope",
                    "row");
            html.element("td", events(webhook), "data-name", "Events");
            html.element(
                    "td",
                    newest.map(one -> state(one) + ", " + Words.ago(one.createdAt(), layout.now()))
                            .orElse("none yet"),
                    "data-name",
                    "Newest message");
        });
    }

    private static String events(Webhook webhook) {
        return webhook.events().stream().sorted().map(EventKind::text).collect(Collectors.joining(", "));
    }

    static String state(Delivery delivery) {
        return switch (delivery.state()) {
            case WAITING -> delivery.attempts() == 0 ? "waiting" : "retrying";
            case DELIVERED -> "delivered";
            case FAILED -> "failed";
        };
    }

    private static void form(HtmlText html, Tabs tabs, Map<String, String> entered) {
        html.element("h2", "Add a webhook");
        Forms.post(html, tabs.address("webhooks"), () -> {
            Forms.field(
                    html,
                    "webhook-address",
                    "address",
                    "Address",
                    "The https:// address of your program. The server connects to public addresses, and to"
                            + " networks that its operator allows.",
                    "type",
                    "url",
                    "maxlength",
                    "1000",
                    "autocomplete",
                    "off",
                    "required",
                    "",
                    "value",
                    entered.getOrDefault("address", ""));
            html.element("fieldset", () -> {
                html.element("legend", "Events");
                EventKind.chosen()
                        .forEach(kind -> html.element(
                                "label",
                                () -> html.empty(
                                                "input",
                                                "type",
                                                "checkbox",
                                                "name",
                                                kind.text(),
                                                "value",
                                                "on",
                                                "checked",
                                                entered.isEmpty() || entered.containsKey(kind.text()) ? "" : null)
                                        .text(kind.text()),
                                "class",
                                "check"));
            });
            html.element("button", "Add the webhook", "class", "main");
        });
    }

    /**
     * One with what was sent to it.
     *
     * @param messages the newest first
     * @param isOwner whether the reader may change it
     */
    public static String one(Layout layout, Tabs tabs, Webhook webhook, List<Delivery> messages, boolean isOwner) {
        String here = tabs.address("webhooks/" + webhook.id());
        return layout.page("Webhook · " + tabs.path(), tabs, html -> {
            html.element("h1", "Webhook");
            html.element("p", () -> html.element("code", address(webhook)));
            html.element(
                    "p",
                    events(webhook) + "; made by " + webhook.madeBy() + " on " + Words.day(webhook.createdAt()),
                    "class",
                    "muted");
            Forms.button(html, here, "Send a test message", "", Map.of("action", "test"));
            if (isOwner) {
                Forms.button(html, here, "Create a new secret", "", Map.of("action", "secret"));
                Forms.button(html, here, "Remove the webhook", "bad", Map.of("action", "remove"));
            }
            messages(html, layout.now(), here, "Messages", messages);
            html.element("p", () -> html.element("a", "All webhooks", "href", tabs.address("webhooks")));
        });
    }

    /** A list of deliveries under a title. */
    static void messages(HtmlText html, Instant now, String here, String title, List<Delivery> messages) {
        html.element("h2", title);
        if (messages.isEmpty()) {
            html.element("p", "Nothing yet.", "class", "muted");
        }
        messages.forEach(message -> message(html, now, here, message));
    }

    private static void message(HtmlText html, Instant now, String here, Delivery message) {
        html.element("details", () -> {
            html.element(
                    "summary",
                    message.kind().text() + " " + Words.ago(message.createdAt(), now) + ": " + state(message)
                            + message.answer()
                                    .map(answer -> ", " + Words.shown(answer))
                                    .orElse("")
                            + " (" + Words.count(message.attempts(), "attempt", "attempts") + ")");
            html.element("p", () -> html.element("code", message.id()));
            html.element("pre", message.body(), "tabindex", "0", "class", "wrap");
            if (message.state() != Delivery.State.WAITING) {
                Forms.button(
                        html, here, "Send it again", "", Forms.values("action", "redeliver", "delivery", message.id()));
            }
        });
    }
}
