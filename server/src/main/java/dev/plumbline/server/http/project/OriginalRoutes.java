package dev.plumbline.server.http.project;

import dev.plumbline.ingest.Format;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.config.yaml.WrongConfiguration;
import dev.plumbline.pipeline.record.ReadAgain;
import dev.plumbline.pipeline.workspace.StoreLocation;
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
import dev.plumbline.server.original.Original;
import dev.plumbline.server.original.Originals;
import dev.plumbline.server.people.Project;
import dev.plumbline.server.project.CommandQueue;
import dev.plumbline.store.Reruns;
import dev.plumbline.store.Rewritten;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.naming.Aliases;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Original result files: a list, their bytes, and rereading them with the current readers. */
public final class OriginalRoutes implements Routes {
    private static final String ORIGINALS = PROJECT + "/originals";
    private static final String RUN = PROJECT + "/runs/{run}";

    private static final Duration SOON = Duration.ofSeconds(5);

    /** The most changes in an answer; all are counted. */
    private static final int MOST_CHANGES = 1_000;

    private static final int MOST_RUNS = 1_000;

    private static final Set<String> MEMBERS = Set.of("dryRun", "format");

    private final Services services;
    private final Access access;
    private final ProjectCommands commands;
    private final Originals originals;

    public OriginalRoutes(Services services, ProjectCommands commands) {
        this.services = services;
        this.commands = commands;
        access = new Access(services);
        originals = services.files().originals();
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(ORIGINALS, this::list);
        routes.get(ORIGINALS + "/{digest}", this::show);
        routes.get(ORIGINALS + "/{digest}/content", this::content);
        routes.get(RUN + "/originals", this::ofRun);
        routes.post(RUN + "/reread", this::reread);
        routes.get(PROJECT + "/retention/originals", this::preview);
    }

    /** For who has a role in it: what is in a file may be more than what a public project shows. */
    private Project reader(Context context) {
        Project project = access.project(context, Right.READ);
        access.memberOf(context);
        boolean hasRole = Authentication.identity(context)
                .account()
                .filter(account -> services.projects().rights(account, project).contains(Right.READ))
                .isPresent();
        if (!hasRole) {
            throw Problem.of(
                    Problem.Kind.FORBIDDEN, "result files are only for people with a role in " + project.path());
        }
        return project;
    }

    private void list(Context context) {
        Project project = reader(context);
        int limit = Requests.limit(context);
        List<Original.Listed> files;
        try {
            files = originals.of(project, Requests.cursor(context), limit + 1);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("the cursor does not belong to this list; start over without it");
        }
        Answers.page(context, files, limit, listed -> listed.file().digest(), (listed, json) -> {
            write(listed.file(), json);
            json.text("name", listed.name());
            json.integer("runs", listed.runs());
        });
    }

    private static void write(Original.File file, JsonText json) {
        json.text("digest", file.digest());
        json.integer("bytes", file.bytes());
        json.integer("packedBytes", file.packedBytes());
        Answers.time(json, "keptAt", file.keptAt());
    }

    private static void write(Original original, JsonText json) {
        write(original.file(), json);
        json.text("name", original.name());
        json.text("format", original.format());
        json.text("reader", original.reader());
    }

    private Original.File file(Context context, Project project) {
        return originals.find(project, context.pathParam("digest")).orElseThrow(Problem::notFound);
    }

    private void show(Context context) {
        Project project = reader(context);
        Original.File file = file(context, project);
        List<String> runs = originals.runs(project, file.digest(), MOST_RUNS);
        Answers.object(context, 200, json -> {
            write(file, json);
            json.truth("isHere", originals.isHere(project, file));
            json.array("runs", runs, json::text);
        });
    }

    private void content(Context context) throws IOException {
        Project project = reader(context);
        Original.File file = file(context, project);
        try (InputStream in = originals.open(project, file)) {
            context.status(200)
                    .contentType("application/octet-stream")
                    .header("Content-Disposition", "attachment; filename=\"" + file.digest() + "\"")
                    .header("ETag", "\"" + file.digest() + "\"");
            context.res().setContentLengthLong(file.bytes());
            try (OutputStream out = context.outputStream()) {
                in.transferTo(out);
            }
        } catch (NoSuchFileException e) {
            throw elsewhere();
        }
    }

    private static Problem elsewhere() {
        return Problem.of(
                Problem.Kind.NOT_FOUND,
                "this server does not have the file; another server of the same database may have it");
    }

    /** The id of the run of the address, which is in the history. */
    private String run(Context context, Project project) {
        return services.histories().read(project, history -> run(history, context.pathParam("run")));
    }

    private static String run(StoreLocation history, String id) {
        if (!history.hasHistory()) {
            throw Problem.notFound();
        }
        try (RunStore store = history.open(Aliases.NONE, Reruns.POOL)) {
            return store.runs(RunQuery.all().withId(id)).stream()
                    .filter(run -> run.id().equals(id))
                    .findFirst()
                    .orElseThrow(Problem::notFound)
                    .id();
        }
    }

    private void ofRun(Context context) {
        Project project = reader(context);
        Answers.list(context, originals.ofRun(project, run(context, project)), OriginalRoutes::write);
    }

    private void reread(Context context) throws IOException {
        Project project = access.project(context, Right.DECIDE);
        access.project(context, Right.RECORD);
        JsonValue body = Requests.object(context);
        if (!MEMBERS.containsAll(body.members().keySet())) {
            throw Problem.invalid("the members must be dryRun and format");
        }
        JsonValue dryRun = body.get("dryRun");
        if (!dryRun.isNothing() && !dryRun.isTrue() && !dryRun.isFalse()) {
            throw Problem.invalid("dryRun must be true or false");
        }
        boolean forReal = dryRun.isFalse();
        Optional<String> named = body.get("format").text();
        Optional<Format> format = named.flatMap(Format::withId);
        if (named.isPresent() && format.isEmpty()) {
            throw Problem.invalid("unknown format; plumb formats lists all");
        }
        String run = run(context, project);
        List<Original> files = originals.ofRun(project, run);
        if (files.isEmpty()) {
            throw Problem.of(
                    Problem.Kind.NOT_FOUND,
                    "no file of this run is kept: the run is older than the project's limit, or was recorded"
                            + " before the server kept files");
        }
        ReadAgain.Outcome outcome = inTurn(project, run, files, format, forReal);
        if (forReal && outcome.rewritten().isChanged()) {
            services.kept().changed(project);
            services.series().forget(project);
            commands.written(project);
        }
        if (forReal) {
            services.audit()
                    .done(
                            Authentication.identity(context),
                            Optional.of(project.organisation()),
                            "run.reread",
                            project.path() + ": run " + run + ", " + words(outcome.rewritten()));
        }
        List<Original> now = forReal ? originals.ofRun(project, run) : read(files, outcome);
        Answers.object(context, 200, json -> write(run, forReal, outcome, now, json));
    }

    private ReadAgain.Outcome inTurn(
            Project project, String run, List<Original> files, Optional<Format> format, boolean forReal)
            throws IOException {
        try {
            return services.commands()
                    .inTurn(() -> services.files().rereading().read(project, run, files, format, forReal));
        } catch (NoSuchFileException e) {
            throw elsewhere();
        } catch (WrongRequest | UnreadableInput | WrongConfiguration e) {
            throw Problem.of(Problem.Kind.UNREADABLE, e.getMessage());
        } catch (CommandQueue.Full e) {
            throw Problem.unavailable("too many commands are waiting", SOON);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("the server stops", SOON);
        }
    }

    /** The notes that a dry run would make on the files. */
    private static List<Original> read(List<Original> files, ReadAgain.Outcome outcome) {
        List<Original> all = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            Original file = files.get(i);
            all.add(new Original(
                    file.file(),
                    file.name(),
                    outcome.formats().get(i).map(Format::id),
                    file.reader(),
                    file.headers(),
                    file.places()));
        }
        return all;
    }

    private static String words(Rewritten rewritten) {
        return rewritten.isChanged()
                ? rewritten.count(Rewritten.Kind.ADDED) + " series added, " + rewritten.count(Rewritten.Kind.CHANGED)
                        + " changed, " + rewritten.count(Rewritten.Kind.REMOVED) + " removed"
                : "nothing changed";
    }

    private static void write(
            String run, boolean forReal, ReadAgain.Outcome outcome, List<Original> files, JsonText json) {
        Rewritten rewritten = outcome.rewritten();
        json.text("run", run);
        json.truth("dryRun", !forReal);
        json.truth("isChanged", rewritten.isChanged());
        json.integer("measurements", rewritten.measurements());
        for (Rewritten.Kind kind : Rewritten.Kind.values()) {
            json.integer(kind.name().toLowerCase(Locale.ROOT), rewritten.count(kind));
        }
        json.array(
                "changes",
                rewritten.changes().stream().limit(MOST_CHANGES).toList(),
                change -> json.object(() -> {
                    json.text("kind", change.kind().name().toLowerCase(Locale.ROOT));
                    json.text("benchmark", change.benchmark().label());
                    json.text("metric", change.metric());
                    json.number("before", change.before());
                    json.text("unitBefore", change.metricBefore().map(metric -> metric.unit()
                            .symbol()));
                    json.number("after", change.after());
                    json.text("unitAfter", change.metricAfter().map(metric -> metric.unit()
                            .symbol()));
                }));
        json.array("files", files, file -> json.object(() -> write(file, json)));
        json.array("problems", outcome.problems(), problem -> json.text(problem.toString()));
    }

    private void preview(Context context) {
        Project project = access.project(context, Right.ADMINISTER);
        Answers.object(context, 200, json -> {
            json.integer("originalDays", originals.days(project));
            Answers.time(json, "before", originals.oldest(project));
            write("kept", originals.room(project), json);
            write("deleted", originals.expired(project), json);
        });
    }

    private static void write(String name, Original.Room room, JsonText json) {
        json.object(name, () -> {
            json.integer("files", room.files());
            json.integer("bytes", room.bytes());
            json.integer("packedBytes", room.packedBytes());
        });
    }
}
