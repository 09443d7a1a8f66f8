package dev.plumbline.server.http.project;

import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.format.JsonValue;
import dev.plumbline.server.command.Right;
import dev.plumbline.server.http.Access;
import dev.plumbline.server.http.Answers;
import dev.plumbline.server.http.Authentication;
import dev.plumbline.server.http.Problem;
import dev.plumbline.server.http.ProjectCommands;
import dev.plumbline.server.http.Requests;
import dev.plumbline.server.http.Routes;
import dev.plumbline.server.http.Services;
import dev.plumbline.server.original.Originals;
import dev.plumbline.server.people.Project;
import dev.plumbline.server.upkeep.RetentionRule;
import dev.plumbline.server.upkeep.Retentions;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The retention of results, for programs. */
public final class RetentionRoutes implements Routes {
    private static final String RETENTION = PROJECT + "/retention";
    private static final Set<String> MEMBERS = Set.of("runDays", "keepRuns", "sampleDays", "levelRuns", "originalDays");

    private final Services services;
    private final Access access;
    private final ProjectCommands commands;

    public RetentionRoutes(Services services, ProjectCommands commands) {
        this.services = services;
        this.commands = commands;
        access = new Access(services);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(RETENTION, this::show);
        routes.put(RETENTION, this::set);
        routes.delete(RETENTION, this::keepEverything);
        routes.get(RETENTION + "/preview", this::preview);
    }

    private void show(Context context) {
        answer(context, access.project(context, Right.READ));
    }

    private void answer(Context context, Project project) {
        Retentions.InForce rule = services.retentions().of(project);
        Answers.object(context, 200, json -> {
            write(json, "runDays", rule.rule().runDays());
            json.integer("keepRuns", rule.rule().keepRuns());
            write(json, "sampleDays", rule.rule().sampleDays());
            json.integer("levelRuns", rule.rule().levelRuns());
            json.integer("originalDays", services.files().originals().days(project));
            Answers.time(json, "appliedAt", rule.appliedAt());
        });
    }

    private static void write(JsonText json, String name, OptionalInt number) {
        if (number.isPresent()) {
            json.integer(name, number.getAsInt());
        } else {
            json.nothing(name);
        }
    }

    private void set(Context context) {
        Project project = access.project(context, Right.ADMINISTER);
        JsonValue body = Requests.object(context);
        body.members().keySet().stream()
                .filter(member -> !MEMBERS.contains(member))
                .findFirst()
                .ifPresent(member -> {
                    throw Problem.invalid(
                            "the members must be runDays, keepRuns, sampleDays, levelRuns and originalDays");
                });
        RetentionRule rule;
        try {
            rule = new RetentionRule(
                    number(body, "runDays"),
                    number(body, "keepRuns").orElse(RetentionRule.EVERYTHING.keepRuns()),
                    number(body, "sampleDays"),
                    number(body, "levelRuns").orElse(RetentionRule.EVERYTHING.levelRuns()));
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(e.getMessage());
        }
        number(body, "originalDays").ifPresent(days -> putOriginalDays(services, context, project, days));
        put(services, context, project, rule);
        answer(context, project);
    }

    private static OptionalInt number(JsonValue body, String member) {
        if (body.get(member).isNothing()) {
            return OptionalInt.empty();
        }
        long number = body.get(member)
                .integer()
                .orElseThrow(() -> Problem.invalid("the member \"" + member + "\" must be a whole number"));
        return OptionalInt.of(Math.toIntExact(Math.max(-1, Math.min(number, 10_000_000))));
    }

    /** Puts a rule in force, with an entry in the audit log. */
    static void put(Services services, Context context, Project project, RetentionRule rule) {
        services.retentions().set(project, rule);
        services.audit()
                .done(
                        Authentication.identity(context),
                        Optional.of(project.organisation()),
                        "retention.set",
                        project.path() + ": " + words(rule));
    }

    /** Keeps files as they came for other days than before, with an entry in the audit log. */
    static void putOriginalDays(Services services, Context context, Project project, int days) {
        Originals originals = services.files().originals();
        if (days == originals.days(project)) {
            return;
        }
        try {
            originals.setDays(project, days);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(e.getMessage());
        }
        services.audit()
                .done(
                        Authentication.identity(context),
                        Optional.of(project.organisation()),
                        "originals.set",
                        project.path() + ": "
                                + (days == 0
                                        ? "no result file is kept"
                                        : "result files are kept for " + days + (days == 1 ? " day" : " days")));
    }

    /** A rule as people read it. */
    static String words(RetentionRule rule) {
        if (rule.keepsEverything()) {
            return "everything is kept";
        }
        List<String> parts = new ArrayList<>();
        rule.runDays()
                .ifPresent(days ->
                        parts.add("runs are kept for " + days + " days, plus the newest" + " " + rule.keepRuns()));
        rule.sampleDays().ifPresent(days -> parts.add("samples are kept for " + days + " days"));
        return String.join("; ", parts);
    }

    private void keepEverything(Context context) {
        put(services, context, access.project(context, Right.ADMINISTER), RetentionRule.EVERYTHING);
        context.status(204);
    }

    private void preview(Context context) throws IOException {
        Project project = access.project(context, Right.ADMINISTER);
        if (!services.histories().hasHistory(project)) {
            throw Problem.of(Problem.Kind.NOT_FOUND, "the project has no results yet");
        }
        RetentionRule rule = services.retentions().of(project).rule();
        if (rule.keepsEverything()) {
            throw Problem.of(Problem.Kind.NOT_FOUND, "the project keeps everything: it has no rule");
        }
        List<String> command = new ArrayList<>(rule.command(false));
        command.add("--json");
        byte[] answer = commands.run(Authentication.identity(context), project, command, Map.of(), execution -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            execution.writeOutTo(out);
            return out.toByteArray();
        });
        context.status(200).contentType("application/json").result(answer);
    }
}
