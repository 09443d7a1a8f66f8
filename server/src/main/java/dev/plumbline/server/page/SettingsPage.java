package dev.plumbline.server.page;

import static java.util.Objects.requireNonNull;

import dev.plumbline.report.format.HtmlText;
import dev.plumbline.server.original.Original;
import dev.plumbline.server.people.ApiToken;
import dev.plumbline.server.people.Event;
import dev.plumbline.server.people.Invitations;
import dev.plumbline.server.people.Project;
import dev.plumbline.server.people.Projects;
import dev.plumbline.server.people.Role;
import dev.plumbline.server.people.TrustRule;
import dev.plumbline.server.upkeep.ExpectedRun;
import dev.plumbline.server.upkeep.NightlyOriginals;
import dev.plumbline.server.upkeep.RetentionRule;
import dev.plumbline.server.upkeep.Retentions;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What the owners of a project change: who and what may use it. */
public final class SettingsPage {
    private static final String DEFAULT_DAYS = "90";
    private static final String LONGEST_DAYS = "366";

    private final HtmlText html;
    private final Layout layout;
    private final Tabs tabs;

    private SettingsPage(HtmlText html, Layout layout, Tabs tabs) {
        this.html = html;
        this.layout = layout;
        this.tabs = tabs;
    }

    /**
     * What there is to see.
     *
     * @param server the address that people use
     * @param project as it is now
     * @param tokens the newest first
     * @param trust whose CI jobs need no secret
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
     * Whose CI jobs need no secret.
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
     * Who is in the organisation, and what was done in it.
     *
     * @param members by name
     * @param invitations that nobody has used, the newest first
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
            page.tokens(content.tokens());
            page.trust(content.trust());
            page.connect(content.server());
            content.people().ifPresent(page::members);
            page.visibility(content.project().isPublic());
            page.badge(content.project(), content.server());
            page.webhooks();
            page.expectedRuns(content.expected());
            page.retention(content.retention());
            page.files(content.files());
            content.people().ifPresent(people -> page.audit(people.events()));
        });
    }

    /** What to put where, with a token that was just made. */
    public static Optional<String> lines(URI server, Tabs tabs) {
        return Optional.of("PLUMBLINE_SERVER=" + server + "\nPLUMBLINE_PROJECT=" + tabs.path() + "\n");
    }

    private String address() {
        return tabs.address("settings");
    }

    static Map<String, String> roles(Role first) {
        Map<String, String> roles = new LinkedHashMap<>();
        roles.put(first.text(), words(first));
        for (Role role : Role.values()) {
            roles.put(role.text(), words(role));
        }
        return roles;
    }

    private static String words(Role role) {
        return role.text()
                + switch (role) {
                    case VIEWER -> ": sees everything";
                    case RECORDER -> ": adds results, for CI";
                    case CONTRIBUTOR -> ": sees everything, adds results";
                    case REVIEWER -> ": sees everything, decides";
                    case MAINTAINER -> ": sees everything, adds results, decides";
                    case OWNER -> ": everything";
                };
    }

    private void tokens(List<ApiToken> tokens) {
        html.element("h2", "Tokens");
        html.element("p", "A token gives a program, such as a CI job, access to this project only.");
        Forms.post(html, address(), () -> {
            Forms.hidden(html, Map.of("action", "token"));
            html.element(
                    "div",
                    () -> {
                        html.element(
                                "div",
                                () -> Forms.field(
                                        html,
                                        "token-name",
                                        "name",
                                        "Purpose",
                                        "",
                                        "type",
                                        "text",
                                        "maxlength",
                                        "100",
                                        "autocomplete",
                                        "off",
                                        "required",
                                        ""));
                        html.element(
                                "div", () -> Forms.choice(html, "token-role", "role", "Role", roles(Role.RECORDER)));
                        html.element(
                                "div",
                                () -> Forms.field(
                                        html,
                                        "token-days",
                                        "days",
                                        "Valid for (days)",
                                        "",
                                        "type",
                                        "number",
                                        "min",
                                        "1",
                                        "max",
                                        LONGEST_DAYS,
                                        "value",
                                        DEFAULT_DAYS,
                                        "required",
                                        ""));
                    },
                    "class",
                    "fields");
            html.element("button", "Create a token", "class", "main");
        });
        if (!tokens.isEmpty()) {
            html.element(
                    "table",
                    () -> {
                        header("Token", "Role", "State", "Last used", "");
                        html.element("tbody", () -> tokens.forEach(this::token));
                    },
                    "class",
                    "stack");
        }
    }

    private void header(String... titles) {
        html.element(
                "thead",
                () -> html.element("tr", () -> {
                    for (String title : titles) {
                        if (title.isEmpty()) {
                            html.element("td", "");
                        } else {
                            html.element("th", title, "scope", "col");
                        }
                    }
                }));
    }

    private void token(ApiToken token) {
        Instant now = layout.now();
        boolean isValid = token.revokedAt().isEmpty() && now.isBefore(token.expiresAt());
        html.element("tr", () -> {
            html.element(
                    "th",
                    () -> html.text(Words.shown(token.name()) + " ")
                            .element("code", token.beginning() + "…", "class", "muted"),
                    "scope",
                    "row");
            html.element("td", token.role().text(), "data-name", "Role");
            html.element(
                    "td",
                    token.revokedAt()
                            .map(at -> "revoked " + Words.ago(at, now))
                            .orElse((isValid ? "valid until " : "expired ") + Words.day(token.expiresAt())),
                    "data-name",
                    "State");
            html.element(
                    "td", token.usedAt().map(at -> Words.ago(at, now)).orElse("never"), "data-name", "Last" + " used");
            html.element("td", () -> {
                if (isValid) {
                    Map<String, String> values = new LinkedHashMap<>();
                    values.put("action", "revoke");
                    values.put("token", token.id());
                    Forms.post(html, address(), () -> {
                        Forms.hidden(html, values);
                        html.element("button", "Revoke", "class", "bad", "aria-label", "Revoke " + token.name());
                    });
                }
            });
        });
    }

    /** Nothing where the operator takes no tokens of CI services, and no rule is left from when they did. */
    private void trust(Trust trust) {
        if (trust.issuers().isEmpty() && trust.rules().isEmpty()) {
            return;
        }
        html.element("h2", "CI without a secret");
        html.element(
                "p",
                "A job whose claims match a rule gets a short-lived token that can record. * matches any"
                        + " characters.");
        if (!trust.issuers().isEmpty()) {
            Map<String, String> issuers = new LinkedHashMap<>();
            trust.issuers().forEach(issuer -> issuers.put(issuer, issuer));
            Forms.post(html, address(), () -> {
                Forms.hidden(html, Map.of("action", "trust"));
                Forms.choice(html, "trust-issuer", "issuer", "Issuer", issuers);
                html.element("label", "Claims, one a line", "for", "trust-claims");
                html.element(
                        "textarea",
                        "",
                        "id",
                        "trust-claims",
                        "name",
                        "claims",
                        "rows",
                        "3",
                        "required",
                        "",
                        "spellcheck",
                        "false",
                        "aria-describedby",
                        "trust-claims-hint");
                html.element(
                        "p",
                        "repository: OWNER/NAME for GitHub, project_path: GROUP/NAME for GitLab; optional: ref:"
                                + " refs/heads/main or environment: perf",
                        "class",
                        "hint",
                        "id",
                        "trust-claims-hint");
                Forms.field(
                        html,
                        "trust-minutes",
                        "minutes",
                        "Token valid for (minutes)",
                        "",
                        "type",
                        "number",
                        "min",
                        "15",
                        "max",
                        "60",
                        "value",
                        "15",
                        "required",
                        "");
                html.element("button", "Trust these jobs", "class", "main");
            });
        }
        if (!trust.rules().isEmpty()) {
            html.element(
                    "table",
                    () -> {
                        header("Claims", "Issuer", "Valid for", "Made by", "");
                        html.element("tbody", () -> trust.rules().forEach(this::trust));
                    },
                    "class",
                    "stack");
        }
    }

    private void trust(TrustRule rule) {
        html.element("tr", () -> {
            html.element("th", Words.shown(rule.words()), "scope", "row");
            html.element("td", rule.issuer(), "data-name", "Issuer");
            html.element("td", rule.life().toMinutes() + " minutes", "data-name", "Valid for");
            html.element("td", rule.account().name().text(), "data-name", "Made by");
            html.element("td", () -> {
                Map<String, String> values = new LinkedHashMap<>();
                values.put("action", "distrust");
                values.put("rule", rule.id());
                Forms.post(html, address(), () -> {
                    Forms.hidden(html, values);
                    html.element("button", "Remove", "class", "bad", "aria-label", "Remove the rule " + rule.words());
                });
            });
        });
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

    private void members(People people) {
        html.element("h2", "Members of " + tabs.organisation());
        html.element(
                "table",
                () -> {
                    header("Account", "Role", "Where", "");
                    html.element("tbody", () -> people.members().forEach(this::member));
                },
                "class",
                "stack");
        Forms.post(html, address(), () -> {
            html.element(
                    "div",
                    () -> {
                        html.element(
                                "div",
                                () -> Forms.field(
                                        html,
                                        "member",
                                        "account",
                                        "Account",
                                        "An account on this server.",
                                        "type",
                                        "text",
                                        "maxlength",
                                        "39",
                                        "autocapitalize",
                                        "none",
                                        "autocomplete",
                                        "off",
                                        "required",
                                        ""));
                        html.element(
                                "div", () -> Forms.choice(html, "member-role", "role", "Role", roles(Role.REVIEWER)));
                        html.element("div", () -> Forms.choice(html, "member-where", "where", "Where", places()));
                    },
                    "class",
                    "fields");
            Forms.hidden(html, Map.of("action", "member"));
            html.element("button", "Give the role");
        });
        html.element("h3", "Invite somebody new");
        Forms.post(html, address(), () -> {
            Forms.hidden(html, Map.of("action", "invite"));
            Forms.choice(html, "invite-role", "role", "Role in all of " + tabs.organisation(), roles(Role.REVIEWER));
            html.element("button", "Create an invitation link");
        });
        if (!people.invitations().isEmpty()) {
            html.element(
                    "table",
                    () -> {
                        header("Open invitation", "Role", "Valid until", "");
                        html.element("tbody", () -> people.invitations().forEach(this::invitation));
                    },
                    "class",
                    "stack");
        }
    }

    private void invitation(Invitations.Open open) {
        html.element("tr", () -> {
            html.element(
                    "th", () -> html.text("made ").text(Words.ago(open.createdAt(), layout.now())), "scope", "row");
            html.element("td", open.role().text(), "data-name", "Role");
            html.element("td", Words.day(open.expiresAt()), "data-name", "Valid until");
            html.element("td", () -> {
                Map<String, String> values = new LinkedHashMap<>();
                values.put("action", "withdraw");
                values.put("invitation", open.id());
                Forms.post(html, address(), () -> {
                    Forms.hidden(html, values);
                    html.element(
                            "button",
                            "Withdraw",
                            "class",
                            "bad",
                            "aria-label",
                            "Withdraw the invitation as " + open.role().text());
                });
            });
        });
    }

    private Map<String, String> places() {
        Map<String, String> places = new LinkedHashMap<>();
        places.put("organisation", "all of " + tabs.organisation());
        places.put("project", "this project only");
        return places;
    }

    private void member(Projects.Member member) {
        String account = member.account().name().text();
        boolean isElsewhere =
                member.project().filter(name -> !name.equals(tabs.project())).isPresent();
        html.element("tr", () -> {
            html.element("th", account, "scope", "row");
            html.element(
                    "td",
                    member.role().text() + (member.isByGroup() ? ", from a" + " group" : ""),
                    "data-name",
                    "Role");
            html.element("td", member.project().orElse("all of " + tabs.organisation()), "data-name", "Where");
            html.element("td", () -> {
                if (!isElsewhere && !member.isByGroup()) {
                    Map<String, String> values = new LinkedHashMap<>();
                    values.put("action", "remove");
                    values.put("account", account);
                    values.put("where", member.project().isPresent() ? "project" : "organisation");
                    Forms.post(html, address(), () -> {
                        Forms.hidden(html, values);
                        html.element("button", "Remove", "class", "bad", "aria-label", "Remove " + account);
                    });
                }
            });
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

    private void expectedRuns(List<ExpectedRun.State> expected) {
        html.element("h2", "Expected runs", "id", "expected");
        html.element(
                "p",
                "If a job does not report for this long, the projects page and the incidents page"
                        + " show it as missing.");
        if (!expected.isEmpty()) {
            html.element(
                    "table",
                    () -> {
                        header("Name", "Branch", "Missing after", "State", "");
                        html.element("tbody", () -> expected.forEach(this::expectedRun));
                    },
                    "class",
                    "stack");
        }
        Forms.post(html, address(), () -> {
            Forms.hidden(html, Map.of("action", "expect"));
            html.element(
                    "div",
                    () -> {
                        expectedField("expected-name", "name", "Name", "text", "nightly");
                        expectedField("expected-branch", "branch", "Branch (any if empty)", "text", "");
                        expectedField(
                                "expected-environment", "environment", "Environment (any if" + " empty)", "text", "");
                        expectedField("expected-hours", "hours", "Missing after (hours)", "number", "26");
                    },
                    "class",
                    "fields");
            html.element("button", "Expect these runs");
        });
    }

    private void expectedField(String id, String name, String title, String type, String value) {
        html.element(
                "div",
                () -> Forms.field(
                        html,
                        id,
                        name,
                        title,
                        "",
                        "type",
                        type,
                        "maxlength",
                        "200",
                        "autocomplete",
                        "off",
                        "value",
                        value));
    }

    private void expectedRun(ExpectedRun.State state) {
        ExpectedRun expected = state.expected();
        html.element("tr", () -> {
            html.element("th", Words.shown(expected.name()), "scope", "row");
            html.element("td", expected.branch().map(Words::shown).orElse("any"), "data-name", "Branch");
            html.element("td", expected.hours() + " h", "data-name", "Missing after");
            html.element(
                    "td",
                    state.isMissing()
                            ? "missing"
                            : state.last()
                                    .map(at -> "last " + Words.ago(at, layout.now()))
                                    .orElse("no run yet"),
                    "data-name",
                    "State");
            html.element("td", () -> {
                Map<String, String> values = new LinkedHashMap<>();
                values.put("action", "expect-no-more");
                values.put("expected", expected.id());
                Forms.post(html, address(), () -> {
                    Forms.hidden(html, values);
                    html.element("button", "Remove", "class", "bad", "aria-label", "Remove " + expected.name());
                });
            });
        });
    }

    private void retention(Retentions.InForce retention) {
        RetentionRule rule = retention.rule();
        html.element("h2", "How long results are kept", "id", "retention");
        html.element(
                "p",
                rule.keepsEverything()
                        ? "Everything is kept. With a rule, old results are deleted every night. Runs that"
                                + " baselines, acceptances, marks or triage need always stay, and so do the"
                                + " first and last runs of every level."
                        : "Applied every night"
                                + retention
                                        .appliedAt()
                                        .map(at -> ", last " + Words.ago(at, layout.now()))
                                        .orElse(", not yet")
                                + ".");
        Forms.post(html, address(), () -> {
            Forms.hidden(html, Map.of("action", "retention"));
            html.element(
                    "div",
                    () -> {
                        days("run-days", "runDays", "Delete runs older than (days)", rule.runDays());
                        days("keep-runs", "keepRuns", "but keep the newest", OptionalInt.of(rule.keepRuns()));
                        days("sample-days", "sampleDays", "Delete samples older than (days)", rule.sampleDays());
                    },
                    "class",
                    "fields");
            html.element(
                    "p",
                    "Leave the days empty to keep everything. Without its samples, a run keeps its values, and"
                            + " verdicts do not change.",
                    "class",
                    "hint");
            html.element("button", "Save");
        });
        if (!rule.keepsEverything()) {
            Forms.post(html, address(), () -> {
                Forms.hidden(html, Map.of("action", "retention-preview"));
                html.element("button", "Show what would be deleted");
            });
        }
    }

    private void files(Files files) {
        html.element("h3", "Original result files", "id", "originals");
        html.element(
                "p",
                files.days() == 0
                        ? "None is kept."
                        : "Kept: " + NightlyOriginals.words(files.kept()) + "."
                                + (files.expired().files() > 0
                                        ? " To be deleted tonight: " + NightlyOriginals.words(files.expired()) + "."
                                        : ""));
        Forms.post(html, address(), () -> {
            Forms.hidden(html, Map.of("action", "originals"));
            html.element(
                    "div",
                    () -> days(
                            "original-days",
                            "originalDays",
                            "Keep files for" + " (days)",
                            OptionalInt.of(files.days())),
                    "class",
                    "fields");
            html.element("p", "A later version can read a run's file again. 0 keeps none.", "class", "hint");
            html.element("button", "Save");
        });
    }

    private void days(String id, String name, String title, OptionalInt value) {
        html.element(
                "div",
                () -> Forms.field(
                        html,
                        id,
                        name,
                        title,
                        "",
                        "type",
                        "number",
                        "min",
                        name.equals("keepRuns") ? "0" : "1",
                        "max",
                        name.equals("keepRuns") ? "1000000" : "36500",
                        "value",
                        value.isPresent() ? Integer.toString(value.getAsInt()) : ""));
    }

    private void audit(List<Event> events) {
        html.element("h2", "Audit log of " + tabs.organisation());
        html.element(
                "div",
                () -> html.element(
                        "table",
                        () -> {
                            header("Time", "Who", "Action", "Object", "Outcome");
                            html.element("tbody", () -> events.forEach(this::event));
                        },
                        "class",
                        "stack"),
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
