package dev.plumbline.server.http.project;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.pipeline.workspace.StoreLocation;
import dev.plumbline.report.format.JsonValue;
import dev.plumbline.report.terminal.SharedNames;
import dev.plumbline.server.command.CommandExecution;
import dev.plumbline.server.command.Right;
import dev.plumbline.server.data.Unavailable;
import dev.plumbline.server.http.Access;
import dev.plumbline.server.http.Authentication;
import dev.plumbline.server.http.Browser;
import dev.plumbline.server.http.Problem;
import dev.plumbline.server.http.ProjectCommands;
import dev.plumbline.server.http.Services;
import dev.plumbline.server.page.FirstSteps;
import dev.plumbline.server.page.MessagePage;
import dev.plumbline.server.page.ProjectsPage;
import dev.plumbline.server.page.ReportFile;
import dev.plumbline.server.page.Tabs;
import dev.plumbline.server.people.Identity;
import dev.plumbline.server.people.Project;
import dev.plumbline.server.project.BackgroundWork;
import dev.plumbline.server.project.Commands;
import dev.plumbline.server.project.KeptAnswers;
import dev.plumbline.server.project.OpenIncidents;
import dev.plumbline.server.project.ReadAnswers;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.SeriesQuery;
import dev.plumbline.store.StoreUnavailable;
import dev.plumbline.store.sql.SqlRunStore;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The contents of a project's pages: answers of commands, kept until the history changes. */
public final class ProjectAnswers {
    /** The file of a page that a command writes. */
    static final String PAGE = "page.html";

    /** The address of a project's pages. */
    static final String PAGES = "/p/{organisation}/{project}";

    /** The time after which a waiting reader gets a page that it takes longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** The time that a reader with an earlier answer, which took longer than {@link #QUICK}, waits for a new one. */
    private static final Duration GLANCE = Duration.ofMillis(10);

    /** The duration up to which a command is waited for. */
    private static final Duration QUICK = Duration.ofSeconds(2);

    private static final List<String> STANDING = List.of("standing");
    private static final List<String> DASHBOARD = List.of("dashboard", "-o", "pages");
    static final List<String> INCIDENTS = List.of("incidents", "--json");

    /** The pages that the dashboard consists of. */
    static final Set<String> OF_DASHBOARD = Set.of("index.html", "run.html", "summary.html");

    private static final Duration SOON = Duration.ofSeconds(10);

    private final Services services;
    private final Access access;
    private final ProjectCommands commands;
    private final Browser browser;
    private final Consumer<Project> old;
    /** Shared with webhooks and badges, so that a change of the history is judged once. */
    private final KeptAnswers kept;

    /** Each is computed from some of {@link #kept}, so that it waits for those and never the other way round. */
    private final KeptAnswers standings;

    private final BackgroundWork<Path> reports = new BackgroundWork<>("plumbline-reports");

    /**
     * @param browser has the messages to people of all pages
     * @param old is notified of projects for which an outdated answer was shown
     */
    public ProjectAnswers(Services services, ProjectCommands commands, Browser browser, Consumer<Project> old) {
        this.old = old;
        this.services = services;
        this.commands = commands;
        this.browser = browser;
        access = new Access(services);
        kept = services.kept();
        standings = new KeptAnswers(services.histories(), services.clock());
    }

    Services services() {
        return services;
    }

    ProjectCommands commands() {
        return commands;
    }

    Browser browser() {
        return browser;
    }

    /** The output of a command. */
    static String output(CommandExecution execution) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        execution.writeOutTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Something was decided: what is known of the history is old. */
    void changed(Project project) {
        kept.changed(project);
        standings.changed(project);
    }

    Tabs tabs(Context context, Project project, Tabs.Tab current) {
        return new Tabs(
                project.organisation().name().text(),
                project.name().text(),
                services.projects()
                        .rights(Authentication.identity(context), project)
                        .contains(Right.ADMINISTER),
                current);
    }

    /**
     * The answer of a command.
     *
     * @param asOf when it was computed, where it is old
     */
    record Shown(Path folder, Optional<Instant> asOf) {
        JsonValue json() throws IOException {
            try (InputStream in = Files.newInputStream(folder.resolve(ReadAnswers.OUT))) {
                return JsonValue.read(in);
            }
        }
    }

    private static List<String> question(List<String> command, Map<String, String> files) {
        List<String> question = new ArrayList<>(command);
        question.addAll(new TreeMap<>(files).keySet());
        return question;
    }

    /** The answer of a command that only reads, with the files that it wrote, in a folder. */
    private Path kept(Optional<Identity> identity, Project project, List<String> command, Map<String, String> files)
            throws IOException {
        return services.histories()
                .<Path, IOException>read(project, history -> kept(identity, project, history, command, files));
    }

    private Path kept(
            Optional<Identity> identity,
            Project project,
            StoreLocation history,
            List<String> command,
            Map<String, String> files)
            throws IOException {
        return kept.of(project, history, question(command, files), (folder, at) -> {
            Commands.Use<Void> use = execution -> write(execution, files, folder);
            if (identity.isPresent()) {
                commands.read(identity.get(), project, at, command, use);
            } else {
                commands.readAsServer(project, at, command, use);
            }
        });
    }

    private static Void write(CommandExecution execution, Map<String, String> files, Path folder) throws IOException {
        try (OutputStream out = Files.newOutputStream(folder.resolve(ReadAnswers.OUT))) {
            execution.writeOutTo(out);
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path target = folder.resolve(file.getValue());
            try (OutputStream out = Files.newOutputStream(target)) {
                execution.writeFileTo(file.getKey(), out);
            } catch (NoSuchFileException e) {
                Files.deleteIfExists(target); // a history without a newest run has no page of it
            }
        }
        return null;
    }

    String text(Identity identity, Project project, String... command) throws IOException {
        return Files.readString(
                kept(Optional.of(identity), project, List.of(command), Map.of()).resolve(ReadAnswers.OUT));
    }

    /** The project, for who may read it; answers with the first steps where there are no results. */
    Optional<Project> filled(Context context) {
        Project project = access.project(context, Right.READ);
        if (services.histories().hasHistory(project)) {
            return Optional.of(project);
        }
        browser.html(
                context,
                200,
                FirstSteps.write(
                        browser.layout(context), tabs(context, project, Tabs.Tab.DASHBOARD), services.publicAddress()));
        return Optional.empty();
    }

    /** The state of a project, for the first page; the last known one where computing it takes long. */
    public ProjectsPage.Standing standing(Identity identity, Project project) {
        if (!services.histories().hasHistory(project)) {
            return ProjectsPage.Standing.of(ProjectsPage.State.IS_EMPTY);
        }
        try {
            if (standings.known(project, STANDING).isEmpty()) {
                Optional<KeptAnswers.Answer> last = standings
                        .last(project, STANDING)
                        .filter(answer -> answer.took().compareTo(QUICK) > 0);
                if (last.isPresent()) {
                    old.accept(project);
                    return standing(Files.readString(last.get().folder().resolve(ReadAnswers.OUT)));
                }
            }
            return standing(
                    Files.readString(standing(Optional.of(identity), project).resolve(ReadAnswers.OUT)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path standing(Optional<Identity> identity, Project project) throws IOException {
        return standings.of(project, STANDING, (into, history) -> {
            Path report = kept(identity, project, history, List.of("report", "-o", "report.json"), Map.of());
            String verdict = Files.readString(report.resolve(ReadAnswers.OUT));
            Path incidents = kept(identity, project, history, INCIDENTS, Map.of());
            int open = OpenIncidents.count(new Shown(incidents, Optional.empty()).json());
            Optional<Instant> last = read(
                            history, store -> store.runs(RunQuery.all().newest(1)))
                    .stream()
                    .map(run -> run.header().time())
                    .findFirst();
            Files.writeString(
                    into.resolve(ReadAnswers.OUT),
                    open + "\n" + last.map(Instant::toString).orElse("") + "\n" + verdict);
        });
    }

    /** The current output of {@code plumb incidents --json}. */
    public byte[] incidents(Identity identity, Project project) throws IOException {
        return Files.readAllBytes(
                kept(Optional.of(identity), project, INCIDENTS, Map.of()).resolve(ReadAnswers.OUT));
    }

    /** Computes what people look at first, unless it is known. */
    public void bringUpToDate(Project project) {
        if (services.projects().withId(project.id()).isEmpty()
                || !services.histories().hasHistory(project)) {
            return;
        }
        try {
            kept(Optional.empty(), project, DASHBOARD, dashboardFiles());
            standing(Optional.empty(), project);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SortedMap<String, String> dashboardFiles() {
        SortedMap<String, String> files = new TreeMap<>();
        OF_DASHBOARD.forEach(name -> files.put("pages/" + name, name));
        return files;
    }

    private static ProjectsPage.Standing standing(String text) {
        List<String> lines = text.lines().toList();
        int open = Integer.parseInt(lines.get(0));
        Optional<Instant> last = lines.get(1).isEmpty() ? Optional.empty() : Optional.of(Instant.parse(lines.get(1)));
        String verdict = lines.size() > 2 ? lines.get(2) : "";
        ProjectsPage.State state = verdict.startsWith("FAIL")
                ? ProjectsPage.State.FAILS
                : verdict.startsWith("HOLD")
                        ? ProjectsPage.State.HOLDS
                        : open > 0
                                ? ProjectsPage.State.HAS_INCIDENTS
                                : verdict.startsWith("PASS") ? ProjectsPage.State.PASSES : ProjectsPage.State.UNKNOWN;
        return new ProjectsPage.Standing(state, verdict, open, last);
    }

    <T> List<T> read(Project project, Function<SqlRunStore, List<T>> reading) {
        return services.histories().read(project, history -> read(history, reading));
    }

    private static <T> List<T> read(StoreLocation history, Function<SqlRunStore, List<T>> reading) {
        if (!history.hasHistory()) {
            return List.of();
        }
        try (SqlRunStore store = history.openAsItIs()) {
            return reading.apply(store);
        }
    }

    /** The dashboard, as {@link #soon} answers. */
    Optional<Shown> dashboard(Context context, Project project, Tabs tabs) throws IOException {
        return soon(context, project, DASHBOARD, dashboardFiles(), tabs);
    }

    /**
     * The same as {@link #kept}. Where it takes long, what was computed last is shown meanwhile; where there is none, a
     * page that asks again is the answer, and nothing comes back.
     */
    Optional<Shown> soon(
            Context context, Project project, List<String> command, SortedMap<String, String> files, Tabs tabs)
            throws IOException {
        Identity identity = Authentication.identity(context);
        Optional<Path> known = kept.known(project, question(command, files));
        if (known.isPresent()) {
            return known.map(folder -> new Shown(folder, Optional.empty()));
        }
        Optional<KeptAnswers.Answer> last = kept.last(project, question(command, files))
                .filter(answer -> answer.took().compareTo(QUICK) > 0);
        Duration patience = last.isPresent() ? GLANCE : PATIENCE;
        try {
            Path folder = reports.of(project.id() + " " + command, () -> {
                        try {
                            return kept(Optional.of(identity), project, command, files);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return Optional.of(new Shown(folder, Optional.empty()));
        } catch (TimeoutException e) {
            if (last.isPresent()) {
                return last.map(answer -> new Shown(answer.folder(), Optional.of(answer.asOf())));
            }
            browser.html(context, 200, MessagePage.waiting(browser.layout(context), tabs));
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("the server stops", SOON);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Problem problem) {
                throw problem;
            }
            if (e.getCause() instanceof Unavailable unavailable) {
                throw unavailable;
            }
            if (e.getCause() instanceof StoreUnavailable unavailable) {
                throw unavailable;
            }
            if (e.getCause() instanceof RejectedExecutionException) {
                throw Problem.unavailable("too many pages are being computed", SOON);
            }
            throw new IOException("computing a page failed", e.getCause());
        }
    }

    static void show(Context context, Shown shown, String file, Tabs tabs) throws IOException {
        ReportFile page;
        try {
            page = ReportFile.open(
                    shown.folder().resolve(file),
                    tabs,
                    Authentication.identity(context).isPerson(),
                    shown.asOf());
        } catch (NoSuchFileException e) {
            throw Problem.notFound();
        }
        Browser.headers(context, page.policy());
        context.status(200).contentType("text/html; charset=utf-8").result(page.content());
    }

    /** Shortens names by the part that all labels of the project share. */
    UnaryOperator<String> shortNames(Project project) {
        List<Benchmark> benchmarks =
                read(project, store -> services.series().of(project, store, SeriesQuery.all())).stream()
                        .map(SeriesKey::benchmark)
                        .distinct()
                        .toList();
        SharedNames shared = SharedNames.of(benchmarks);
        Map<String, String> names = new HashMap<>();
        benchmarks.forEach(benchmark -> names.put(benchmark.label(), shared.label(benchmark)));
        return label -> names.getOrDefault(label, label);
    }

    /** A page that a command writes; what it does not find is not there. */
    void report(Context context, Project project, List<String> command, Tabs.Tab tab) throws IOException {
        Tabs tabs = tabs(context, project, tab);
        try {
            Optional<Shown> shown = soon(context, project, command, new TreeMap<>(Map.of(PAGE, PAGE)), tabs);
            if (shown.isPresent()) {
                show(context, shown.get(), PAGE, tabs);
            }
        } catch (Problem problem) {
            throw problem.kind() == Problem.Kind.UNREADABLE
                    ? Problem.of(Problem.Kind.NOT_FOUND, problem.getMessage())
                    : problem;
        }
    }

    /** The answer of a command, even an empty one. */
    String answer(Identity identity, Project project, String... command) throws IOException {
        try {
            return text(identity, project, command);
        } catch (Problem problem) {
            if (problem.kind() != Problem.Kind.UNREADABLE && problem.kind() != Problem.Kind.NOT_FOUND) {
                throw problem;
            }
            return problem.getMessage();
        }
    }
}
