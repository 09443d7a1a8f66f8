package dev.plumbline.server.http.project;

import dev.plumbline.server.command.Right;
import dev.plumbline.server.http.Authentication;
import dev.plumbline.server.http.Problem;
import dev.plumbline.server.http.Requests;
import dev.plumbline.server.page.IncidentsPage;
import dev.plumbline.server.page.Tabs;
import dev.plumbline.server.people.Identity;
import dev.plumbline.server.people.Project;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The page of incidents and decisions; every decision is a command of the signed-in user. */
public final class DecisionPages extends ProjectPages {
    private static final int MOST_FINDINGS = 100;

    /** @param answers what the pages show */
    public DecisionPages(ProjectAnswers answers) {
        super(answers);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(ProjectAnswers.PAGES + "/incidents", browser.pages(this::incidents));
        routes.post(ProjectAnswers.PAGES + "/incidents", browser.pages(this::decide));
    }

    private void incidents(Context context) throws IOException {
        Optional<Project> project = answers.filled(context);
        if (project.isPresent()) {
            incidents(context, project.get(), 200, Optional.empty());
        }
    }

    private void incidents(Context context, Project project, int status, Optional<String> error) throws IOException {
        Identity identity = Authentication.identity(context);
        boolean all = context.queryParam("all") != null;
        Tabs tabs = answers.tabs(context, project, Tabs.Tab.INCIDENTS);
        Optional<ProjectAnswers.Shown> shown = answers.soon(
                context,
                project,
                all ? List.of("incidents", "--json", "--all") : ProjectAnswers.INCIDENTS,
                new TreeMap<>(),
                tabs);
        if (shown.isEmpty()) {
            return;
        }
        boolean decides = identity.isPerson()
                && services.projects().rights(identity, project).contains(Right.DECIDE);
        browser.html(
                context,
                status,
                IncidentsPage.write(
                        browser.layout(context).asOf(shown.get().asOf()),
                        tabs,
                        shown.get().json(),
                        new IncidentsPage.Reader(
                                decides,
                                all,
                                services.expectedRuns().missing(project).stream()
                                        .map(state ->
                                                state.words(services.clock().instant()))
                                        .toList(),
                                answers.shortNames(project)),
                        error));
    }

    private void decide(Context context) throws IOException {
        Project project = access.project(context, Right.DECIDE);
        access.person(context);
        Map<String, String> form = Requests.form(context);
        try {
            StringBuilder words = new StringBuilder();
            for (List<String> decision : decisions(form)) {
                words.append(run(context, project, decision)).append('\n');
                answers.changed(project);
            }
            browser.redirect(context, "/p/" + project.path() + "/incidents", message(form, words.toString()));
        } catch (Problem problem) {
            if (problem.kind() != Problem.Kind.INVALID
                    && problem.kind() != Problem.Kind.UNREADABLE
                    && problem.kind() != Problem.Kind.NOT_FOUND) {
                throw problem;
            }
            incidents(context, project, problem.kind().status(), Optional.of(problem.getMessage()));
        }
    }

    /** The recorded decision, in a sentence. */
    private static String message(Map<String, String> form, String answer) {
        return switch (form.getOrDefault("action", "")) {
            case "acknowledge" -> "Acknowledged: someone is working on it.";
            case "mute" -> "Muted until " + form.getOrDefault("until", "") + "; it needs no action until then.";
            case "false-alarm" -> "Recorded as a false alarm; it no longer counts.";
            case "reopen" -> "Open again.";
            case "revoke" -> "The acceptance is revoked; the next check judges the change again.";
            default -> accepted(answer);
        };
    }

    /** The first line of an answer; each series that was accepted has its own. */
    private static String accepted(String answer) {
        List<String> lines = answer.lines().filter(line -> !line.isBlank()).toList();
        List<String> accepted = lines.stream()
                .filter(line -> line.startsWith("Accepted: ") || line.startsWith("Improvement accepted: "))
                .toList();
        if (accepted.isEmpty()) {
            return lines.isEmpty() ? "Recorded." : lines.get(0);
        }
        return accepted.get(0)
                + (accepted.size() == 1 ? "" : " The same for " + (accepted.size() - 1) + " more series.");
    }

    private String run(Context context, Project project, List<String> command) throws IOException {
        return answers.commands()
                .run(Authentication.identity(context), project, command, Map.of(), ProjectAnswers::output);
    }

    /** One command for each finding that a form is about. */
    private static List<List<String>> decisions(Map<String, String> form) {
        List<List<String>> decisions = new ArrayList<>();
        for (String id : form.getOrDefault("id", "").split(",", -1)) {
            decisions.add(decision(id, form));
        }
        if (decisions.size() > MOST_FINDINGS) {
            throw Problem.invalid("a decision is about " + MOST_FINDINGS + " findings at most");
        }
        return decisions;
    }

    /** Every value is part of the word of its option, or behind the options, so that it cannot be one. */
    private static List<String> decision(String id, Map<String, String> form) {
        String reason = form.getOrDefault("reason", "").strip();
        if (!id.matches("[A-Za-z0-9][A-Za-z0-9-]{0,79}")) {
            throw Problem.invalid("the id of an incident is missing");
        }
        String action = form.getOrDefault("action", "");
        List<String> command = new ArrayList<>();
        switch (action) {
            case "accept" -> {
                if (reason.isEmpty()) {
                    throw Problem.invalid("give a reason for the acceptance; it was not recorded");
                }
                command.add("accept");
            }
            case "revoke" -> command.addAll(List.of("accept", "--revoke=" + id));
            case "acknowledge", "false-alarm", "reopen" -> command.addAll(List.of("triage", action));
            case "mute" -> {
                String until = form.getOrDefault("until", "");
                if (!until.matches("\\d{4}-\\d\\d-\\d\\d")) {
                    throw Problem.invalid("give the day until which it is muted, as 2026-12-31");
                }
                command.addAll(List.of("triage", "mute", "--until=" + until));
            }
            default -> throw Problem.invalid("no such decision");
        }
        if (!reason.isEmpty()) {
            command.add("--reason=" + reason);
        }
        if (!action.equals("revoke")) {
            command.addAll(List.of("--", id));
        }
        return command;
    }
}
