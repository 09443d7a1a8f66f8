package dev.plumbline.server.http.project;

import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.format.JsonValue;
import dev.plumbline.server.command.Right;
import dev.plumbline.server.http.Access;
import dev.plumbline.server.http.Answers;
import dev.plumbline.server.http.Authentication;
import dev.plumbline.server.http.Problem;
import dev.plumbline.server.http.Requests;
import dev.plumbline.server.http.Routes;
import dev.plumbline.server.http.Services;
import dev.plumbline.server.people.Project;
import dev.plumbline.server.upkeep.ExpectedRun;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;

/** Expected runs, and those that did not arrive, for programs. */
public final class ExpectedRunRoutes implements Routes {
    private static final String EXPECTED = PROJECT + "/expected-runs";

    private final Services services;
    private final Access access;

    public ExpectedRunRoutes(Services services) {
        this.services = services;
        access = new Access(services);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(EXPECTED, this::list);
        routes.post(EXPECTED, this::add);
        routes.delete(EXPECTED + "/{id}", this::remove);
        routes.get(PROJECT + "/alerts", this::alerts);
    }

    private void list(Context context) {
        Project project = access.project(context, Right.READ);
        Answers.list(context, services.expectedRuns().states(project), this::write);
    }

    private void alerts(Context context) {
        Project project = access.project(context, Right.READ);
        Answers.list(context, services.expectedRuns().missing(project), this::write);
    }

    private void write(ExpectedRun.State state, JsonText json) {
        ExpectedRun expected = state.expected();
        json.text("id", expected.id());
        json.text("name", expected.name());
        json.text("branch", expected.branch());
        json.text("environment", expected.environment());
        json.integer("hours", expected.hours());
        Answers.time(json, "since", expected.since());
        Answers.time(json, "lastRunAt", state.last());
        json.truth("isMissing", state.isMissing());
        json.text(
                "message",
                state.isMissing() ? Optional.of(state.words(services.clock().instant())) : Optional.empty());
    }

    private void add(Context context) {
        Project project = access.project(context, Right.ADMINISTER);
        JsonValue body = Requests.object(context);
        long hours = body.get("hours").integer().orElseThrow(() -> Problem.invalid("hours must be a whole number"));
        ExpectedRun expected;
        try {
            expected = add(
                    services,
                    context,
                    project,
                    Requests.text(body, "name"),
                    body.get("branch").text(),
                    body.get("environment").text(),
                    hours);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(e.getMessage());
        }
        ExpectedRun.State state = services.expectedRuns().states(project).stream()
                .filter(one -> one.expected().id().equals(expected.id()))
                .findFirst()
                .orElseThrow(Problem::notFound);
        Answers.object(context, 201, json -> write(state, json));
    }

    /** Makes a rule, with an entry in the audit log. */
    static ExpectedRun add(
            Services services,
            Context context,
            Project project,
            String name,
            Optional<String> branch,
            Optional<String> environment,
            long hours) {
        ExpectedRun expected = services.expectedRuns()
                .add(project, name, branch, environment, (int) Math.max(0, Math.min(hours, 1_000_000)));
        services.audit()
                .done(
                        Authentication.identity(context),
                        Optional.of(project.organisation()),
                        "expected-run.add",
                        project.path() + ": " + name + ", every " + expected.hours() + " h");
        return expected;
    }

    /** Removes a rule, with an entry in the audit log; returns whether there was one. */
    static boolean remove(Services services, Context context, Project project, String id) {
        boolean isRemoved = services.expectedRuns().remove(project, id);
        if (isRemoved) {
            services.audit()
                    .done(
                            Authentication.identity(context),
                            Optional.of(project.organisation()),
                            "expected-run.remove",
                            project.path() + ": " + id);
        }
        return isRemoved;
    }

    private void remove(Context context) {
        Project project = access.project(context, Right.ADMINISTER);
        if (!remove(services, context, project, context.pathParam("id"))) {
            throw Problem.notFound();
        }
        context.status(204);
    }
}
