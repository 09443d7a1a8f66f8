package dev.plumbline.server.page;

import dev.plumbline.report.format.HtmlText;
import dev.plumbline.server.people.ApiToken;
import dev.plumbline.server.people.Invitations;
import dev.plumbline.server.people.Projects;
import dev.plumbline.server.people.Role;
import dev.plumbline.server.people.TrustRule;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The access to a project: tokens, trusted CI jobs, members and invitations. */
final class AccessSettings {
    private static final String DEFAULT_DAYS = "90";
    private static final int LONGEST_DAYS = 366;

    private final HtmlText html;
    private final Layout layout;
    private final Tabs tabs;

    AccessSettings(HtmlText html, Layout layout, Tabs tabs) {
        this.html = html;
        this.layout = layout;
        this.tabs = tabs;
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

    /** For how long a new token is valid. */
    static void days(HtmlText html, String id) {
        Forms.number(html, id, "days", "Valid for (days)", 1, LONGEST_DAYS, DEFAULT_DAYS, "required", "");
    }

    void tokens(List<ApiToken> tokens) {
        html.element("h2", "Tokens");
        html.element("p", "A token gives a program, such as a CI job, access to this project only.");
        Forms.post(html, address(), () -> {
            Forms.hidden(html, Map.of("action", "token"));
            Forms.fields(
                    html,
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
                            ""),
                    () -> Forms.choice(html, "token-role", "role", "Role", roles(Role.RECORDER)),
                    () -> days(html, "token-days"));
            html.element("button", "Create a token", "class", "main");
        });
        if (!tokens.isEmpty()) {
            Forms.table(html, () -> tokens.forEach(this::token), "Token", "Role", "State", "Last used", "");
        }
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
            html.element("td", token.usedAt().map(at -> Words.ago(at, now)).orElse("never"), "data-name", "Last used");
            html.element("td", () -> {
                if (isValid) {
                    Forms.removal(
                            html,
                            address(),
                            "Revoke",
                            "Revoke " + token.name(),
                            Forms.values("action", "revoke", "token", token.id()));
                }
            });
        });
    }

    /**
     * Writes the trusted CI jobs; empty where the operator takes no tokens of CI services, and no rule is left from
     * when they did.
     */
    void trust(SettingsPage.Trust trust) {
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
                Forms.number(
                        html, "trust-minutes", "minutes", "Token valid for (minutes)", 15, 60, "15", "required", "");
                html.element("button", "Trust these jobs", "class", "main");
            });
        }
        if (!trust.rules().isEmpty()) {
            Forms.table(html, () -> trust.rules().forEach(this::trust), "Claims", "Issuer", "Valid for", "Made by", "");
        }
    }

    void trust(TrustRule rule) {
        html.element("tr", () -> {
            html.element("th", Words.shown(rule.words()), "scope", "row");
            html.element("td", rule.issuer(), "data-name", "Issuer");
            html.element("td", rule.life().toMinutes() + " minutes", "data-name", "Valid for");
            html.element("td", rule.account().name().text(), "data-name", "Made by");
            html.element("td", () -> {
                Forms.removal(
                        html,
                        address(),
                        "Remove",
                        "Remove the rule " + rule.words(),
                        Forms.values("action", "distrust", "rule", rule.id()));
            });
        });
    }

    void members(SettingsPage.People people) {
        html.element("h2", "Members of " + tabs.organisation());
        Forms.table(html, () -> people.members().forEach(this::member), "Account", "Role", "Where", "");
        Forms.post(html, address(), () -> {
            Forms.fields(
                    html,
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
                            ""),
                    () -> Forms.choice(html, "member-role", "role", "Role", roles(Role.REVIEWER)),
                    () -> Forms.choice(html, "member-where", "where", "Where", places()));
            Forms.hidden(html, Map.of("action", "member"));
            html.element("button", "Give the role");
        });
        html.element("h3", "Invite someone");
        Forms.post(html, address(), () -> {
            Forms.hidden(html, Map.of("action", "invite"));
            Forms.choice(html, "invite-role", "role", "Role in all of " + tabs.organisation(), roles(Role.REVIEWER));
            html.element("button", "Create an invitation link");
        });
        if (!people.invitations().isEmpty()) {
            Forms.table(
                    html,
                    () -> people.invitations().forEach(this::invitation),
                    "Open invitation",
                    "Role",
                    "Valid until",
                    "");
        }
    }

    private void invitation(Invitations.Open open) {
        html.element("tr", () -> {
            html.element(
                    "th", () -> html.text("made ").text(Words.ago(open.createdAt(), layout.now())), "scope", "row");
            html.element("td", open.role().text(), "data-name", "Role");
            html.element("td", Words.day(open.expiresAt()), "data-name", "Valid until");
            html.element("td", () -> {
                Forms.removal(
                        html,
                        address(),
                        "Withdraw",
                        "Withdraw the invitation as " + open.role().text(),
                        Forms.values("action", "withdraw", "invitation", open.id()));
            });
        });
    }

    private Map<String, String> places() {
        return Forms.values("organisation", "all of " + tabs.organisation(), "project", "this project only");
    }

    private void member(Projects.Member member) {
        String account = member.account().name().text();
        boolean isElsewhere =
                member.project().filter(name -> !name.equals(tabs.project())).isPresent();
        html.element("tr", () -> {
            html.element("th", account, "scope", "row");
            html.element(
                    "td", member.role().text() + (member.isByGroup() ? ", from a group" : ""), "data-name", "Role");
            html.element("td", member.project().orElse("all of " + tabs.organisation()), "data-name", "Where");
            html.element("td", () -> {
                if (!isElsewhere && !member.isByGroup()) {
                    Forms.removal(
                            html,
                            address(),
                            "Remove",
                            "Remove " + account,
                            Forms.values(
                                    "action",
                                    "remove",
                                    "account",
                                    account,
                                    "where",
                                    member.project().isPresent() ? "project" : "organisation"));
                }
            });
        });
    }

    private String address() {
        return tabs.address("settings");
    }
}
