package dev.plumbline.server.http.project;

import dev.plumbline.pipeline.Scratch;
import dev.plumbline.server.command.CommandExecution;
import dev.plumbline.server.command.Right;
import dev.plumbline.server.http.Access;
import dev.plumbline.server.http.Authentication;
import dev.plumbline.server.http.Bodies;
import dev.plumbline.server.http.Idempotency;
import dev.plumbline.server.http.Problem;
import dev.plumbline.server.http.ProjectCommands;
import dev.plumbline.server.http.Routes;
import dev.plumbline.server.http.Services;
import dev.plumbline.server.people.Project;
import dev.plumbline.server.project.Commands;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Uploads of results in any supported format, and reports about them. */
public final class ResultRoutes implements Routes {
    /** The most bytes of one result file. */
    private static final long MOST_BYTES = 2L << 30;

    private static final Map<String, String> OF_RESULT = Map.of(
            "commit", "--commit",
            "branch", "--branch",
            "time", "--time",
            "environment", "--environment",
            "format", "--format");

    private static final Map<String, String> OF_CHECK = Map.of(
            "commit", "--commit",
            "branch", "--branch",
            "time", "--time",
            "environment", "--environment",
            "format", "--format",
            "base", "--base",
            "baseline", "--baseline");

    private static final Map<String, String> OF_REPORT = Map.of(
            "run", "--run",
            "kind", "--kind",
            "branch", "--branch",
            "environment", "--environment",
            "benchmark", "--benchmark",
            "metric", "--metric",
            "days", "--days",
            "against", "--against");

    private static final Map<String, String> TYPES = Map.of(
            "json", "application/json",
            "text", "text/plain",
            "markdown", "text/markdown",
            "csv", "text/csv",
            "junit", "application/xml",
            "sarif", "application/sarif+json",
            "codequality", "application/json",
            "html", "text/html");

    private static final String FOLDER = "results/";

    private static final Map<Integer, String> GATES = Map.of(0, "pass", 1, "fail", 3, "undecided");

    private final Services services;
    private final Access access;
    private final ProjectCommands commands;

    public ResultRoutes(Services services, ProjectCommands commands) {
        this.services = services;
        this.commands = commands;
        access = new Access(services);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        Idempotency idempotency = new Idempotency(services);
        routes.post(PROJECT + "/runs", idempotency.once(this::record));
        routes.post(PROJECT + "/checks", idempotency.once(this::check));
        routes.get(PROJECT + "/report", this::report);
    }

    private void record(Context context) throws IOException {
        Project project = access.project(context, Right.RECORD);
        boolean isOfFile = Optional.ofNullable(context.queryParam("commits"))
                .map(text -> {
                    if (!text.equals("file")
                            || context.queryParam("commit") != null
                            || context.queryParam("branch") != null) {
                        throw Problem.invalid("commits must be file, without commit and branch");
                    }
                    return true;
                })
                .orElse(false);
        List<String> arguments = arguments(context, OF_RESULT, List.of("name", "commits"), "record", "--json");
        run(context, project, arguments, isOfFile, (out, execution) -> out);
    }

    private void check(Context context) throws IOException {
        List<String> arguments = arguments(context, OF_CHECK, List.of("name", "dry-run", "as"), "check");
        String form = form(context);
        arguments.add("--as=" + form);
        if ("true".equals(context.queryParam("dry-run"))) {
            arguments.add("--dry-run");
        }
        run(context, access.project(context, Right.RECORD), arguments, false, (out, execution) -> {
            context.header("Plumbline-Gate", GATES.getOrDefault(execution.exitCode(), "undecided"));
            context.contentType(TYPES.get(form));
            return out;
        });
    }

    private static String form(Context context) {
        String form = Optional.ofNullable(context.queryParam("as")).orElse("json");
        if (!TYPES.containsKey(form)) {
            throw Problem.invalid("as must be one of "
                    + String.join(", ", TYPES.keySet().stream().sorted().toList()));
        }
        return form;
    }

    /** @param own parameters that are no options */
    private static List<String> arguments(
            Context context, Map<String, String> parameters, List<String> own, String... command) {
        List<String> arguments = new ArrayList<>(List.of(command));
        context.queryParamMap().forEach((name, values) -> {
            String option = parameters.get(name);
            if (option != null) {
                values.forEach(value -> arguments.add(option + "=" + FindingRoutes.checked(name, value)));
            } else if (!own.contains(name)) {
                throw Problem.invalid("unknown parameter; known are "
                        + String.join(
                                ", ", parameters.keySet().stream().sorted().toList()) + ", "
                        + String.join(", ", own));
            }
        });
        return arguments;
    }

    /** The use of an answer. */
    private interface Answering {
        byte[] of(byte[] out, CommandExecution execution);
    }

    /** @param isOfFile whether the file contains its commits */
    private void run(Context context, Project project, List<String> arguments, boolean isOfFile, Answering answering)
            throws IOException {
        if (!isOfFile) {
            FindingRoutes.required(context, "commit"); // that of the last check would belong to another caller
            FindingRoutes.required(context, "branch");
            services.forges().repositories().readFor(project, context.queryParam("commit"));
        }
        String name = FOLDER + name(context); // apart from what the configuration is read from
        arguments.addAll(List.of("--", name));
        try (Scratch scratch = Scratch.in(services.histories().scratch())) {
            Path file = scratch.folder().resolve("body");
            Bodies.receive(context, file, MOST_BYTES);
            context.contentType("application/json");
            Commands.Use<byte[]> use = execution -> answering.of(FindingRoutes.output(execution), execution);
            byte[] answer = isOfFile
                    ? commands.runWithoutCommits(
                            Authentication.identity(context), project, arguments, Map.of(name, file), use)
                    : commands.run(Authentication.identity(context), project, arguments, Map.of(name, file), use);
            context.status(200).result(answer);
        }
    }

    /** The file's own name, in which some formats carry information. */
    private static String name(Context context) {
        String name = Optional.ofNullable(context.queryParam("name")).orElse("results");
        if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_. -]{0,199}")) {
            throw Problem.invalid("name must be a file name: letters, digits, dots, spaces, hyphens and underscores");
        }
        return name;
    }

    private void report(Context context) throws IOException {
        Project project = access.project(context, Right.READ);
        List<String> arguments = arguments(context, OF_REPORT, List.of("as"), "report");
        String form = form(context);
        arguments.add("--as=" + form);
        commands.run(Authentication.identity(context), project, arguments, Map.of(), execution -> {
            context.status(200).contentType(TYPES.get(form));
            if (form.equals("html")) {
                context.header("Content-Disposition", "attachment; filename=\"report.html\"");
            }
            try (OutputStream out = context.outputStream()) {
                execution.writeOutTo(out);
            }
            return null;
        });
    }
}
