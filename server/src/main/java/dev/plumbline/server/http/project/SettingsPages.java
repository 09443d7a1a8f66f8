package dev.plumbline.server.http.project;

import dev.plumbline.report.answer.PruneReport;
import dev.plumbline.server.command.Right;
import dev.plumbline.server.http.Authentication;
import dev.plumbline.server.http.GrantRoutes;
import dev.plumbline.server.http.Problem;
import dev.plumbline.server.http.Requests;
import dev.plumbline.server.page.MessagePage;
import dev.plumbline.server.page.SettingsPage;
import dev.plumbline.server.page.Tabs;
import dev.plumbline.server.people.Account;
import dev.plumbline.server.people.Identity;
import dev.plumbline.server.people.LastOwner;
import dev.plumbline.server.people.Organisation;
import dev.plumbline.server.people.Project;
import dev.plumbline.server.people.Role;
import dev.plumbline.server.people.Secret;
import dev.plumbline.server.people.Tokens;
import dev.plumbline.server.upkeep.RetentionRule;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** The page on which the owners of a project change access to it. */
public final class SettingsPages extends ProjectPages {
    private static final int EVENTS = 50;

    /** @param answers what the pages show */
    public SettingsPages(ProjectAnswers answers) {
        super(answers);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(ProjectAnswers.PAGES + "/settings", browser.pages(this::settings));
        routes.get(ProjectAnswers.PAGES + "/settings/secret", browser.pages(this::secret));
        routes.post(ProjectAnswers.PAGES + "/settings", browser.pages(this::change));
    }

    /** Shown once: a reload shows the settings and creates nothing. */
    private void secret(Context context) {
        Project project = access.project(context, Right.ADMINISTER);
        if (!browser.shownOnce(context)) {
            browser.redirect(context, "/p/" + project.path() + "/settings");
        }
    }

    private void settings(Context context) {
        settings(context, access.project(context, Right.ADMINISTER), 200, Optional.empty());
    }

    private void settings(Context context, Project project, int status, Optional<String> error) {
        Identity identity = Authentication.identity(context);
        Organisation organisation = project.organisation();
        Optional<SettingsPage.People> people = services.projects().isOwner(identity, organisation)
                ? Optional.of(new SettingsPage.People(
                        services.projects().members(organisation),
                        services.invitations().open(organisation),
                        services.audit().newest(organisation, EVENTS)))
                : Optional.empty();
        browser.html(
                context,
                status,
                SettingsPage.write(
                        browser.layout(context),
                        answers.tabs(context, project, Tabs.Tab.SETTINGS),
                        new SettingsPage.Content(
                                services.publicAddress(),
                                project,
                                services.tokens().of(project),
                                new SettingsPage.Trust(
                                        services.vouched().identities().settings().ciIssuers().stream()
                                                .sorted()
                                                .toList(),
                                        services.vouched().trust().of(project)),
                                people,
                                services.retentions().of(project),
                                new SettingsPage.Files(
                                        services.files().originals().days(project),
                                        services.files().originals().room(project),
                                        services.files().originals().expired(project)),
                                services.expectedRuns().states(project)),
                        error));
    }

    private void change(Context context) throws IOException {
        Project project = access.project(context, Right.ADMINISTER);
        access.person(context);
        Map<String, String> form = Requests.form(context);
        try {
            switch (form.getOrDefault("action", "")) {
                case "token" -> issue(context, project, form);
                case "revoke" -> revoke(context, project, form);
                case "trust" -> trust(context, project, form);
                case "distrust" -> {
                    GrantRoutes.remove(
                            services, Authentication.identity(context), project, form.getOrDefault("rule", ""));
                    browser.redirect(
                            context, "/p/" + project.path() + "/settings", "These jobs are no longer" + " trusted.");
                }
                case "visibility" -> setVisibility(context, project, form);
                case "badge" -> setBadge(context, project, form);
                case "member" -> setRole(context, project, form);
                case "remove" -> remove(context, project, form);
                case "invite" -> invite(context, project, form);
                case "expect" -> expect(context, project, form);
                case "expect-no-more" -> expectNoMore(context, project, form);
                case "withdraw" -> withdraw(context, project, form);
                case "retention" -> setRetention(context, project, form);
                case "originals" -> setOriginalDays(context, project, form);
                case "retention-preview" -> previewRetention(context, project);
                default -> throw Problem.invalid("no such change");
            }
        } catch (Problem problem) {
            if (problem.kind() != Problem.Kind.INVALID) {
                throw problem;
            }
            settings(context, project, problem.kind().status(), Optional.of(problem.getMessage()));
        } catch (IllegalArgumentException | LastOwner e) {
            settings(context, project, 400, Optional.of(e.getMessage()));
        }
    }

    private void done(Context context, Project project, String action, String object, String message) {
        audit(context, project, action, object);
        browser.redirect(context, "/p/" + project.path() + "/settings", message);
    }

    private void audit(Context context, Project project, String action, String object) {
        services.audit().done(Authentication.identity(context), Optional.of(project.organisation()), action, object);
    }

    private static Role role(Map<String, String> form) {
        return Role.of(form.getOrDefault("role", "")).orElseThrow(() -> Problem.invalid("choose a role"));
    }

    private void issue(Context context, Project project, Map<String, String> form) {
        Role role = role(form);
        String days = form.getOrDefault("days", "");
        if (!days.matches("[0-9]{1,4}")) {
            throw Problem.invalid("the days must be a whole number");
        }
        Tokens.Issued issued = services.tokens()
                .issue(
                        access.person(context),
                        project,
                        role,
                        form.getOrDefault("name", "").strip(),
                        Duration.ofDays(Integer.parseInt(days)));
        audit(
                context,
                project,
                "token.issue",
                project.path() + ": " + issued.token().name() + ", " + role.text());
        Tabs tabs = answers.tabs(context, project, Tabs.Tab.SETTINGS);
        browser.showOnce(
                context,
                "/p/" + project.path() + "/settings/secret",
                layout -> MessagePage.secret(
                        layout,
                        tabs,
                        "The token " + issued.token().name(),
                        issued.secret().text(),
                        "Store it as a secret of your CI service and pass it to jobs as PLUMBLINE_TOKEN, with"
                                + " these variables (or the same settings in plumbline.yaml):",
                        SettingsPage.lines(services.publicAddress(), tabs),
                        MessagePage.Back.SETTINGS));
    }

    private void revoke(Context context, Project project, Map<String, String> form) {
        String id = form.getOrDefault("token", "");
        if (!services.tokens().revoke(project, id)) {
            throw Problem.invalid("the token is already revoked");
        }
        done(
                context,
                project,
                "token.revoke",
                project.path() + ": " + id,
                "The token is revoked and no longer" + " works.");
    }

    private void trust(Context context, Project project, Map<String, String> form) {
        Map<String, String> claims = new TreeMap<>();
        for (String line : form.getOrDefault("claims", "").strip().split("\\R")) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw Problem.invalid("write claims as NAME: PATTERN, for example repository: acme/parser");
            }
            claims.put(
                    line.substring(0, colon).strip(), line.substring(colon + 1).strip());
        }
        String minutes = form.getOrDefault("minutes", "");
        if (!minutes.matches("[0-9]{1,3}")) {
            throw Problem.invalid("the minutes must be a whole number");
        }
        GrantRoutes.add(
                services,
                Authentication.identity(context),
                project,
                new GrantRoutes.NewRule(form.getOrDefault("issuer", ""), claims, Integer.parseInt(minutes)));
        browser.redirect(context, "/p/" + project.path() + "/settings", "Jobs with these claims can record now.");
    }

    private void setVisibility(Context context, Project project, Map<String, String> form) {
        boolean isPublic = form.getOrDefault("visibility", "").equals("public");
        services.projects().setPublic(project, isPublic);
        String words = project.path() + " is " + (isPublic ? "public" : "private");
        done(
                context,
                project,
                "project.visibility",
                words,
                isPublic ? "Everybody can read the project now." : "Only members can read the project now.");
    }

    private void setBadge(Context context, Project project, Map<String, String> form) {
        boolean isPublic = form.getOrDefault("badge", "").equals("everybody");
        ProjectRoutes.setPublicBadge(services, context, project, isPublic);
        browser.redirect(
                context,
                "/p/" + project.path() + "/settings#badge",
                isPublic ? "Everybody can see the badge now." : "Only readers of the project can see the badge now.");
    }

    private void expect(Context context, Project project, Map<String, String> form) {
        String name = form.getOrDefault("name", "").strip();
        ExpectedRunRoutes.add(
                services,
                context,
                project,
                name,
                given(form, "branch"),
                given(form, "environment"),
                number(form, "hours").orElse(0));
        browser.redirect(
                context, "/p/" + project.path() + "/settings#expected", "Runs of " + name + " are" + " expected.");
    }

    private static Optional<String> given(Map<String, String> form, String field) {
        return Optional.of(form.getOrDefault(field, "").strip()).filter(text -> !text.isEmpty());
    }

    private void expectNoMore(Context context, Project project, Map<String, String> form) {
        if (!ExpectedRunRoutes.remove(services, context, project, form.getOrDefault("expected", ""))) {
            throw Problem.invalid("the rule is already removed");
        }
        browser.redirect(
                context, "/p/" + project.path() + "/settings#expected", "These runs are no longer" + " expected.");
    }

    private void withdraw(Context context, Project project, Map<String, String> form) {
        Organisation organisation = ownOrganisation(context, project);
        String id = form.getOrDefault("invitation", "");
        if (!services.invitations().withdraw(organisation, id)) {
            throw Problem.invalid("the invitation is already used or withdrawn");
        }
        done(context, project, "invitation.withdraw", id, "The invitation is withdrawn. Its link no longer works.");
    }

    private void setRetention(Context context, Project project, Map<String, String> form) {
        RetentionRule rule = new RetentionRule(
                number(form, "runDays"),
                number(form, "keepRuns").orElse(RetentionRule.EVERYTHING.keepRuns()),
                number(form, "sampleDays"),
                services.retentions().of(project).rule().levelRuns());
        RetentionRoutes.put(services, context, project, rule);
        browser.redirect(
                context,
                "/p/" + project.path() + "/settings#retention",
                rule.keepsEverything()
                        ? "Everything is kept now."
                        : "From tonight on: " + RetentionRoutes.words(rule) + ".");
    }

    private void setOriginalDays(Context context, Project project, Map<String, String> form) {
        int days = number(form, "originalDays")
                .orElseThrow(() -> Problem.invalid("enter the number of days to keep files; 0 keeps none"));
        RetentionRoutes.putOriginalDays(services, context, project, days);
        browser.redirect(
                context,
                "/p/" + project.path() + "/settings#originals",
                days == 0
                        ? "Result files are no longer kept. The existing ones are deleted tonight."
                        : "Result files are kept for " + days + (days == 1 ? " day." : " days."));
    }

    private static OptionalInt number(Map<String, String> form, String field) {
        String text = form.getOrDefault(field, "").strip();
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        if (!text.matches("[0-9]{1,7}")) {
            throw Problem.invalid("the days and the number of runs must be whole numbers");
        }
        return OptionalInt.of(Integer.parseInt(text));
    }

    private void previewRetention(Context context, Project project) throws IOException {
        RetentionRule rule = services.retentions().of(project).rule();
        if (rule.keepsEverything()) {
            throw Problem.invalid("everything is kept; save a rule first");
        }
        if (!services.histories().hasHistory(project)) {
            throw Problem.invalid("the project has no results yet");
        }
        String words = answers.commands()
                .run(Authentication.identity(context), project, rule.command(false), Map.of(), ProjectAnswers::output);
        browser.html(
                context,
                200,
                MessagePage.words(
                        browser.layout(context),
                        answers.tabs(context, project, Tabs.Tab.SETTINGS),
                        "What would be deleted",
                        words.replace(PruneReport.NOTHING_CHANGED, "the rule is applied every night")));
    }

    /** The organisation, for an owner of it: the rights in one project are not enough. */
    private Organisation ownOrganisation(Context context, Project project) {
        if (!services.projects().isOwner(Authentication.identity(context), project.organisation())) {
            throw Problem.of(
                    Problem.Kind.FORBIDDEN,
                    "this requires an owner of " + project.organisation().name());
        }
        return project.organisation();
    }

    private Account account(Map<String, String> form) {
        return services.accounts()
                .named(Requests.name(form.getOrDefault("account", "").strip()))
                .orElseThrow(() -> Problem.invalid("no such account; make an invitation link"));
    }

    private static Optional<Project> where(Project project, Map<String, String> form) {
        return form.getOrDefault("where", "").equals("project") ? Optional.of(project) : Optional.empty();
    }

    private void setRole(Context context, Project project, Map<String, String> form) {
        Organisation organisation = ownOrganisation(context, project);
        Account account = account(form);
        Role role = role(form);
        Optional<Project> where = where(project, form);
        services.projects().setRole(organisation, account, where, Optional.of(role));
        String words = account.name() + " is " + role.text()
                + where.map(one -> " of " + one.name()).orElse("");
        done(context, project, "member.role", words, words + " now.");
    }

    private void remove(Context context, Project project, Map<String, String> form) {
        Organisation organisation = ownOrganisation(context, project);
        Account account = account(form);
        Optional<Project> where = where(project, form);
        services.projects().setRole(organisation, account, where, Optional.empty());
        String words = account.name() + where.map(one -> " of " + one.name()).orElse("");
        done(context, project, "member.remove", words, account.name() + " no longer has that role.");
    }

    private void invite(Context context, Project project, Map<String, String> form) {
        Organisation organisation = ownOrganisation(context, project);
        Role role = role(form);
        Secret secret = services.invitations().of(organisation, role);
        audit(context, project, "invitation.create", role.text());
        Tabs tabs = answers.tabs(context, project, Tabs.Tab.SETTINGS);
        browser.showOnce(
                context,
                "/p/" + project.path() + "/settings/secret",
                layout -> MessagePage.secret(
                        layout,
                        tabs,
                        "An invitation to " + organisation.name(),
                        services.publicAddress()
                                .resolve("/invitation#" + secret.text())
                                .toString(),
                        "Send the link to one person. Anyone who opens it can create an account with the role"
                                + " " + role.text()
                                + ". It works once, within three days.",
                        Optional.empty(),
                        MessagePage.Back.SETTINGS));
    }
}
