package dev.plumbline.server.page;

import static java.util.Objects.requireNonNull;

import dev.plumbline.report.format.HtmlText;
import dev.plumbline.server.forge.Connection;
import dev.plumbline.server.forge.Forge;
import dev.plumbline.server.hook.Delivery;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The repository of a project, and the deliveries to it. */
public final class RepositoryPage {
    private RepositoryPage() {}

    /**
     * The contents of the page.
     *
     * @param deliveries the newest first
     * @param events the address to which the forge sends events
     * @param isOwner whether the reader may change the connection
     * @param entered what was refused, by the names of the fields, and is to be corrected; empty where nothing was
     */
    public record Content(
            Optional<Connection> connection,
            List<Delivery> deliveries,
            String events,
            boolean isOwner,
            Map<String, String> entered) {
        public Content {
            requireNonNull(connection, "connection");
            deliveries = List.copyOf(deliveries);
            requireNonNull(events, "events");
            entered = Map.copyOf(entered);
        }

        /** The text of a field: as it was entered, or else as it is known. */
        private String shown(String field, Function<Connection, String> known) {
            return entered.containsKey(field)
                    ? entered.get(field)
                    : connection.map(known).orElse("");
        }
    }

    /** Writes the page. */
    public static String write(Layout layout, Tabs tabs, Content content, Optional<String> error) {
        String here = tabs.address("repository");
        return layout.page("Repository · " + tabs.path(), tabs, html -> {
            html.element("h1", "Repository of " + tabs.path());
            Forms.error(html, error);
            html.element(
                    "p",
                    "The server reads the commits of the connected repository, and posts a check and a comment there"
                            + " after each check of this project.");
            content.connection().ifPresentOrElse(connection -> connected(html, here, connection, content), () -> {
                html.element("p", "Not connected.", "class", "muted");
            });
            if (content.isOwner()) {
                form(html, here, content);
            }
            if (content.connection().isPresent()) {
                WebhooksPage.messages(html, layout.now(), here, "What was done", content.deliveries());
            }
        });
    }

    private static void connected(HtmlText html, String here, Connection connection, Content content) {
        html.element("p", () -> html.text(connection.repository().forge().title() + ": ")
                .element("code", Words.shown(connection.repository().address().toString())));
        html.element(
                "p",
                connection.app().map(app -> "With app " + app).orElse("With a token") + "; connected by "
                        + connection.queue().madeBy() + " on "
                        + Words.day(connection.queue().createdAt()),
                "class",
                "muted");
        html.element("p", () -> html.text("Address for the repository's webhook, content type application/json: ")
                .element("code", content.events()));
        Forms.button(html, here, "Read the commits now", "", Map.of("action", "read"));
        if (content.isOwner()) {
            Forms.button(html, here, "Create a new secret for the webhook", "", Map.of("action", "secret"));
            Forms.button(html, here, "Disconnect the repository", "bad", Map.of("action", "remove"));
        }
    }

    private static void form(HtmlText html, String here, Content content) {
        Optional<Connection> connection = content.connection();
        Connection.Settings settings = connection.map(Connection::settings).orElse(Connection.Settings.DEFAULT);
        html.element("h2", connection.isPresent() ? "Change the connection" : "Connect a repository");
        Forms.post(html, here, () -> {
            Forms.hidden(html, Map.of("action", "connect"));
            Forms.choice(html, "forge", "forge", "Service", forges(content.shown("forge", one -> one.repository()
                    .forge()
                    .text())));
            Forms.field(
                    html,
                    "repository",
                    "repository",
                    "Repository",
                    "The address of its page, such as https://github.com/acme/parser.",
                    "type",
                    "url",
                    "maxlength",
                    "1000",
                    "autocomplete",
                    "off",
                    "required",
                    "",
                    "value",
                    content.shown(
                            "repository", one -> one.repository().address().toString()));
            String kept = connection.isPresent() ? " Leave it empty to keep the known one." : "";
            Forms.field(
                    html,
                    "forge-token",
                    "token",
                    "Token",
                    "GitHub: commit statuses and pull requests (read and write), contents (read). GitLab: the role"
                            + " Developer and the scope api." + kept,
                    "type",
                    "password",
                    "maxlength",
                    "1000",
                    "autocomplete",
                    "off");
            html.element("details", () -> {
                html.element("summary", "With an app of GitHub in place of a token");
                Forms.field(
                        html,
                        "forge-app",
                        "app",
                        "Id of the app",
                        "",
                        "maxlength",
                        "60",
                        "autocomplete",
                        "off",
                        "value",
                        content.shown("app", one -> ""));
                html.element("label", "Private key", "for", "forge-key");
                html.element(
                        "textarea",
                        "",
                        "id",
                        "forge-key",
                        "name",
                        "privateKey",
                        "rows",
                        "6",
                        "spellcheck",
                        "false",
                        "autocomplete",
                        "off");
            });
            Forms.field(
                    html,
                    "forge-name",
                    "name",
                    "Name of the check and the comment",
                    "Several projects of one repository need several names.",
                    "maxlength",
                    "60",
                    "required",
                    "",
                    "value",
                    content.entered().getOrDefault("name", settings.name()));
            boolean isAwaiting = content.entered().isEmpty()
                    ? settings.isAwaiting()
                    : content.entered().containsKey("awaitsResults");
            html.element(
                    "label",
                    () -> html.empty(
                                    "input",
                                    "type",
                                    "checkbox",
                                    "name",
                                    "awaitsResults",
                                    "value",
                                    "true",
                                    "checked",
                                    isAwaiting ? "" : null)
                            .text("Show a pending check on pull requests until their results come"),
                    "class",
                    "check");
            html.element("button", connection.isPresent() ? "Save" : "Connect", "class", "main");
        });
    }

    /** The one that is chosen comes first. */
    private static Map<String, String> forges(String chosen) {
        Map<String, String> forges = new LinkedHashMap<>();
        Stream.of(Forge.values())
                .sorted(Comparator.comparing(forge -> !forge.text().equals(chosen)))
                .forEach(forge -> forges.put(forge.text(), forge.title()));
        return forges;
    }
}
