package dev.plumbline.server.http.project;

import dev.plumbline.report.format.JsonValue;
import dev.plumbline.server.command.CommandExecution;
import dev.plumbline.server.command.Right;
import dev.plumbline.server.http.Access;
import dev.plumbline.server.http.Authentication;
import dev.plumbline.server.http.Idempotency;
import dev.plumbline.server.http.Problem;
import dev.plumbline.server.http.ProjectCommands;
import dev.plumbline.server.http.Requests;
import dev.plumbline.server.http.Routes;
import dev.plumbline.server.http.Services;
import dev.plumbline.server.people.Identity;
import dev.plumbline.server.people.Project;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Findings and decisions: each answer is that of the command of the same name, so that both agree. */
public final class FindingRoutes implements Routes {
    private static final Map<String, String> OF_PERIOD = Map.of(
            "benchmark", "--benchmark",
            "metric", "--metric",
            "environment", "--environment",
            "branch", "--branch",
            "days", "--days");

    private static final Set<String> DECISIONS = Set.of("acknowledge", "mute", "false-alarm", "fixed", "reopen");

    private final Services services;
    private final Access access;
    private final ProjectCommands commands;
    private final Known incidents;

    /** The answer of a separate command that is requested often. */
    @FunctionalInterface
    public interface Known {
        byte[] of(Identity identity, Project project) throws IOException;
    }

    /** @param incidents answers {@code plumb incidents --json} */
    public FindingRoutes(Services services, ProjectCommands commands, Known incidents) {
        this.incidents = incidents;
        this.services = services;
        this.commands = commands;
        access = new Access(services);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        Idempotency idempotency = new Idempotency(services);
        routes.get(PROJECT + "/incidents", this::incidents);
        routes.get(PROJECT + "/incidents/{incident}", readingOne(Map.of(), "incident", "incidents", "--json"));
        routes.get(PROJECT + "/triage", reading(Map.of(), "triage", "list", "--json"));
        routes.post(PROJECT + "/triage", idempotency.once(this::triage));
        routes.get(PROJECT + "/acceptances", reading(Map.of(), "accept", "--list", "--json"));
        routes.post(PROJECT + "/acceptances", idempotency.once(this::accept));
        routes.delete(PROJECT + "/acceptances/{acceptance}", this::revoke);
        routes.get(PROJECT + "/baselines", reading(Map.of("name", "--name"), "baseline", "list", "--json"));
        routes.get(
                PROJECT + "/thresholds/{benchmark}",
                readingOne(
                        Map.of("metric", "--metric", "environment", "--environment", "branch", "--branch"),
                        "benchmark",
                        "threshold",
                        "show",
                        "--json"));
        routes.get(
                PROJECT + "/benchmarks",
                reading(
                        Map.of("metric", "--metric", "environment", "--environment", "branch", "--branch"),
                        "history",
                        "--json"));
        routes.get(
                PROJECT + "/benchmarks/{benchmark}",
                readingOne(
                        Map.of("metric", "--metric", "environment", "--environment", "branch", "--branch"),
                        "benchmark",
                        "history",
                        "--json"));
        routes.get(PROJECT + "/comparison", this::compare);
    }

    private void incidents(Context context) throws Exception {
        if (!context.queryParamMap().isEmpty()) {
            reading(OF_PERIOD, "incidents", "--json").handle(context);
            return;
        }
        Project project = access.project(context, Right.READ);
        requireHistory(project);
        context.status(200)
                .contentType("application/json")
                .result(incidents.of(Authentication.identity(context), project));
    }

    private Handler reading(Map<String, String> parameters, String... command) {
        return context -> answer(context, () -> arguments(context, parameters, command));
    }

    /** @param path the name of the part of the address that is the command's argument */
    private Handler readingOne(Map<String, String> parameters, String path, String... command) {
        return context -> answer(context, () -> {
            List<String> arguments = arguments(context, parameters, command);
            arguments.add("--");
            arguments.add(context.pathParam(path));
            return arguments;
        });
    }

    /** A value is part of the word of its option, so that it cannot be an option itself. */
    static List<String> arguments(Context context, Map<String, String> parameters, String... command) {
        List<String> arguments = new ArrayList<>(List.of(command));
        context.queryParamMap().forEach((name, values) -> {
            String option = parameters.get(name);
            if (option == null) {
                throw Problem.invalid("unknown parameter"
                        + (parameters.isEmpty()
                                ? ""
                                : "; known are "
                                        + String.join(
                                                ", ",
                                                parameters.keySet().stream()
                                                        .sorted()
                                                        .toList())));
            }
            values.forEach(value -> arguments.add(option + "=" + checked(name, value)));
        });
        return arguments;
    }

    /** The value of a parameter, checked to be a number of days where its name requires one. */
    static String checked(String name, String value) {
        if (name.equals("days") && !value.matches("[1-9][0-9]{0,4}")) {
            throw Problem.invalid("the parameter days must be a whole number from 1 to 99999");
        }
        return value;
    }

    /** Answers, with nothing but not-found to a caller who may not see the project, whatever else is wrong. */
    private void answer(Context context, Supplier<List<String>> arguments) throws IOException {
        Project project = access.project(context, Right.READ);
        List<String> words = arguments.get();
        requireHistory(project);
        answer(context, project, words);
    }

    private void answer(Context context, Project project, List<String> arguments) throws IOException {
        byte[] json =
                commands.run(Authentication.identity(context), project, arguments, Map.of(), FindingRoutes::output);
        context.status(200).contentType("application/json").result(json);
    }

    private void requireHistory(Project project) {
        if (!services.histories().hasHistory(project)) {
            throw Problem.of(Problem.Kind.NOT_FOUND, "the project has no results yet");
        }
    }

    static byte[] output(CommandExecution execution) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        execution.writeOutTo(out);
        return out.toByteArray();
    }

    private void compare(Context context) throws IOException {
        answer(
                context,
                () -> List.of("compare", "--json", "--", required(context, "base"), required(context, "candidate")));
    }

    static String required(Context context, String parameter) {
        String value = context.queryParam(parameter);
        if (value == null || value.isEmpty()) {
            throw Problem.invalid("the parameter " + parameter + " is missing");
        }
        return value;
    }

    private void accept(Context context) throws IOException {
        Project project = access.project(context, Right.DECIDE);
        JsonValue body = Requests.object(context);
        List<String> arguments = new ArrayList<>(List.of("accept", "--json"));
        arguments.add("--reason=" + Requests.text(body, "reason"));
        optional(body, "until").ifPresent(until -> arguments.add("--until=" + until));
        optional(body, "scope").ifPresent(scope -> arguments.add("--scope=" + scope));
        arguments.addAll(List.of("--", Requests.text(body, "finding")));
        requireHistory(project);
        answer(context, project, arguments);
    }

    private static Optional<String> optional(JsonValue body, String member) {
        return body.get(member).text();
    }

    private void revoke(Context context) throws IOException {
        Project project = access.project(context, Right.DECIDE);
        requireHistory(project);
        String reason = Optional.ofNullable(context.queryParam("reason")).orElse("");
        answer(
                context,
                project,
                List.of("accept", "--json", "--revoke=" + context.pathParam("acceptance"), "--reason=" + reason));
    }

    private void triage(Context context) throws IOException {
        Project project = access.project(context, Right.DECIDE);
        JsonValue body = Requests.object(context);
        String decision = Requests.text(body, "decision");
        if (!DECISIONS.contains(decision)) {
            throw Problem.invalid("the decision must be acknowledge, mute, false-alarm, fixed or reopen");
        }
        List<String> arguments = new ArrayList<>(List.of("triage", decision, "--json"));
        optional(body, "reason").ifPresent(reason -> arguments.add("--reason=" + reason));
        optional(body, "until").ifPresent(until -> arguments.add("--until=" + until));
        optional(body, "by").ifPresent(commit -> arguments.add("--commit=" + commit));
        arguments.addAll(List.of("--", Requests.text(body, "finding")));
        requireHistory(project);
        answer(context, project, arguments);
    }
}
