package dev.plumbline.server.page;

import static java.util.Objects.requireNonNull;

import dev.plumbline.report.format.HtmlText;
import dev.plumbline.server.original.Original;
import dev.plumbline.server.people.ApiToken;
import dev.plumbline.server.people.Event;
import dev.plumbline.server.people.Invitations;
import dev.plumbline.server.people.Project;
import dev.plumbline.server.people.Projects;
import dev.plumbline.server.people.TrustRule;
import dev.plumbline.server.upkeep.ExpectedRun;
import dev.plumbline.server.upkeep.Retentions;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings that the owners of a project change: access. */
public final class SettingsPage {
    private final HtmlText html;
    private final Layout layout;
    private final Tabs tabs;

    private SettingsPage(HtmlText html, Layout layout, Tabs tabs) {
        this.html = html;
        this.layout = layout;
        this.tabs = tabs;
    }

    /**
     * The contents of the page.
     *
     * @param server the address that people use
     * @param project as it is now
     * @param tokens the newest first
     * @param trust the CI jobs that need no secret
     * @param people the organisation's; empty for who is no owner of it
     * @param retention how long results are kept
     * @param files what is kept of result files as they came
     * @param expected runs that should come
     */
    public record Content(
            URI server,
            Project project,
            List<ApiToken> tokens,
            Trust trust,
            Optional<People> people,
            Retentions.InForce retention,
            Files files,
            List<ExpectedRun.State> expected) {
        public Content {
            requireNonNull(files, "files");
            requireNonNull(server, "server");
            requireNonNull(project, "project");
            tokens = List.copyOf(tokens);
            requireNonNull(trust, "trust");
            expected = List.copyOf(expected);
            requireNonNull(people, "people");
        }
    }

    /**
     * Original result files.
     *
     * @param days for how long they are kept
     * @param kept how many there are
     * @param expired how many of them go in the next night
     */
    public record Files(int days, Original.Room kept, Original.Room expired) {}

    /**
     * The CI jobs that need no secret.
     *
     * @param issuers those that the operator of the server takes tokens of
     */
    public record Trust(List<String> issuers, List<TrustRule> rules) {
        public Trust {
            issuers = List.copyOf(issuers);
            rules = List.copyOf(rules);
        }
    }

    /**
     * The members of the organisation, and its events.
     *
     * @param members by name
     * @param invitations unused ones, newest first
     * @param events the newest first
     */
    public record People(List<Projects.Member> members, List<Invitations.Open> invitations, List<Event> events) {
        public People {
            members = List.copyOf(members);
            invitations = List.copyOf(invitations);
            events = List.copyOf(events);
        }
    }

    /** Writes the page. */
    public static String write(Layout layout, Tabs tabs, Content content, Optional<String> error) {
        return layout.page("Settings · " + tabs.path(), tabs, html -> {
            html.element("h1", "Settings of " + tabs.path());
            Forms.error(html, error);
            SettingsPage page = new SettingsPage(html, layout, tabs);
            AccessSettings access = new AccessSettings(html, layout, tabs);
            UpkeepSettings upkeep = new UpkeepSettings(html, layout, tabs);
            access.tokens(content.tokens());
            access.trust(content.trust());
            page.connect(content.server());
            content.people().ifPresent(access::members);
            page.visibility(content.project().isPublic());
            page.badge(content.project(), content.server());
            page.repository();
            page.webhooks();
            upkeep.expectedRuns(content.expected());
            upkeep.retention(content.retention());
            upkeep.files(content.files());
            content.people().ifPresent(people -> page.audit(people.events()));
        });
    }

    /** The lines for a CI configuration, with a token that was just made. */
    public static Optional<String> lines(URI server, Tabs tabs) {
        return Optional.of("PLUMBLINE_SERVER=" + server + "\nPLUMBLINE_PROJECT=" + tabs.path() + "\n");
    }

    private String address() {
        return tabs.address("settings");
    }

    private void connect(URI server) {
        html.element("details", () -> {
            html.element("summary", "Connect a repository");
            html.element(
                    "p",
                    () -> html.text("Into ").element("code", "plumbline.yaml").text(":"));
            html.element("pre", FirstSteps.configuration(server, tabs), "tabindex", "0");
            html.element("p", "In a CI job, after the benchmarks:");
            html.element("pre", FirstSteps.job(), "tabindex", "0");
        });
    }

    private void visibility(boolean isPublic) {
        html.element("h2", "Who can read this project");
        Forms.post(html, address(), () -> {
            Forms.hidden(html, Map.of("action", "visibility"));
            Forms.choice(html, "visibility", "visibility", "Readers", ProjectsPage.visibilities(isPublic));
            html.element("button", "Save");
        });
    }

    private void badge(Project project, URI server) {
        html.element("h2", "Badge", "id", "badge");
        html.element(
                "p",
                () -> html.empty(
                        "img", "src", badgeAddress(project), "alt", "The badge of " + tabs.path(), "height", "20"));
        html.element(
                "p",
                "The state of the main branch: its open incidents, else the verdict of the newest check. Add it"
                        + " to a README; ?branch=NAME and ?label=TEXT are optional:");
        String picture = server.resolve(badgeAddress(project)).toString();
        html.element(
                "pre", "[![Performance](" + picture + ")](" + server.resolve(tabs.address("")) + ")", "tabindex", "0");
        if (!project.isPublic()) {
            Forms.post(html, address(), () -> {
                Forms.hidden(html, Map.of("action", "badge"));
                Forms.choice(html, "badge-readers", "badge", "Who can see the badge", badgeReaders(project));
                html.element("button", "Save");
            });
        }
    }

    private void repository() {
        html.element("h2", "Repository");
        html.element("p", () -> html.text("Read commits from GitHub or GitLab, and post checks and comments there: ")
                .element("a", "repository", "href", tabs.address("repository"))
                .text("."));
    }

    private void webhooks() {
        html.element("h2", "Webhooks");
        html.element("p", () -> html.text("Notify other programs when a check ends or an incident opens: ")
                .element("a", "webhooks", "href", tabs.address("webhooks"))
                .text("."));
    }

    private static String badgeAddress(Project project) {
        return "/api/v1/projects/" + project.path() + "/badge.svg";
    }

    /** The one that is chosen comes first. */
    private static Map<String, String> badgeReaders(Project project) {
        Map<String, String> readers = new LinkedHashMap<>();
        if (project.hasPublicBadge()) {
            readers.put("everybody", "everybody");
        }
        readers.put("readers", "readers of the project");
        readers.putIfAbsent("everybody", "everybody");
        return readers;
    }

    private void audit(List<Event> events) {
        html.element("h2", "Audit log of " + tabs.organisation());
        html.element(
                "div",
                () -> Forms.table(
                        html, () -> events.forEach(this::event), "Time", "Who", "Action", "Object", "Outcome"),
                "class",
                "scroll");
        html.element("p", "The newest entries. The API has all of them.", "class", "hint");
    }

    private void event(Event event) {
        html.element("tr", () -> {
            html.element("td", () -> Words.ago(html, event.at(), layout.now()), "data-name", "Time");
            html.element("td", Words.shown(event.actor()), "data-name", "Who");
            html.element("td", event.action(), "data-name", "Action");
            html.element("td", Words.shown(event.object()), "data-name", "Object");
            html.element("td", Words.shown(event.outcome()), "data-name", "Outcome");
        });
    }
}
