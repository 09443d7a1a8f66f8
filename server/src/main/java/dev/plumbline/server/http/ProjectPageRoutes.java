package dev.plumbline.server.http;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.PointKey;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.pipeline.workspace.StoreLocation;
import dev.plumbline.report.format.JsonValue;
import dev.plumbline.report.terminal.SharedNames;
import dev.plumbline.server.command.Right;
import dev.plumbline.server.page.FirstSteps;
import dev.plumbline.server.page.HistoryPages;
import dev.plumbline.server.page.IncidentsPage;
import dev.plumbline.server.page.MessagePage;
import dev.plumbline.server.page.ProjectsPage;
import dev.plumbline.server.page.ReportFile;
import dev.plumbline.server.page.SettingsPage;
import dev.plumbline.server.page.Tabs;
import dev.plumbline.server.people.Account;
import dev.plumbline.server.people.Identity;
import dev.plumbline.server.people.Organisation;
import dev.plumbline.server.people.Project;
import dev.plumbline.server.people.Projects;
import dev.plumbline.server.people.Role;
import dev.plumbline.server.people.Secret;
import dev.plumbline.server.people.Tokens;
import dev.plumbline.server.project.BackgroundWork;
import dev.plumbline.server.project.KeptAnswers;
import dev.plumbline.store.Aliases;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.Mark;
import dev.plumbline.store.Reruns;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import io.javalin.config.RoutesConfig;
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
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The pages of a project. Whatever they show comes from a command, or from the history itself; whatever is decided on
 * them is a command of the person who signed in.
 */
final class ProjectPageRoutes implements Routes {
    private static final String PAGES = "/p/{organisation}/{project}";

    private static final Set<String> OF_DASHBOARD = Set.of("index.html", "run.html", "summary.html");
    private static final String OUT = "out";
    private static final String PAGE = "page.html";
    private static final int RUNS = 50;
    private static final int MOST_RUNS = 5_000;
    private static final int EVENTS = 50;
    private static final int MOST_FINDINGS = 100;

    /** Who waits longer reads that it takes longer. */
    private static final long PATIENCE_SECONDS = 5;

    private static final Duration SOON = Duration.ofSeconds(10);

    private final Services services;
    private final Access access;
    private final ProjectCommands commands;
    private final Browser browser;
    private final KeptAnswers kept;

    /** Each is computed from some of {@link #kept}, so that it waits for those and never the other way round. */
    private final KeptAnswers standings;

    private final BackgroundWork<Path> reports = new BackgroundWork<>("plumbline-reports");

    ProjectPageRoutes(Services services, ProjectCommands commands, Browser browser) {
        this.services = services;
        this.commands = commands;
        this.browser = browser;
        access = new Access(services);
        kept = new KeptAnswers(services.histories(), services.clock());
        standings = new KeptAnswers(services.histories(), services.clock());
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(PAGES, browser.pages(this::dashboard));
        routes.get(PAGES + "/incidents", browser.pages(this::incidents));
        routes.post(PAGES + "/incidents", browser.pages(this::decide));
        routes.get(PAGES + "/checks", browser.pages(this::checks));
        routes.get(PAGES + "/checks/{run}", browser.pages(this::check));
        routes.get(PAGES + "/benchmarks", browser.pages(this::benchmarks));
        routes.get(PAGES + "/benchmarks/{series}", browser.pages(this::benchmark));
        routes.get(PAGES + "/benchmarks/{series}/charts", browser.pages(this::charts));
        routes.get(PAGES + "/settings", browser.pages(this::settings));
        routes.post(PAGES + "/settings", browser.pages(this::changeSettings));
        routes.get(PAGES + "/{page}", browser.pages(this::dashboard));
    }

    private Tabs tabs(Context context, Project project, Tabs.Tab current) {
        return new Tabs(
                project.organisation().name().text(),
                project.name().text(),
                services.projects()
                        .rights(Authentication.identity(context), project)
                        .contains(Right.ADMINISTER),
                current);
    }

    /** The answer of a command that only reads, with the files that it wrote, in a folder. */
    private Path kept(Identity identity, Project project, List<String> command, Map<String, String> files)
            throws IOException {
        List<String> question = new ArrayList<>(command);
        question.addAll(files.keySet());
        return kept.of(
                project,
                question,
                folder -> commands.run(identity, project, command, Map.of(), execution -> {
                    try (OutputStream out = Files.newOutputStream(folder.resolve(OUT))) {
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
                }));
    }

    private String text(Identity identity, Project project, String... command) throws IOException {
        return Files.readString(
                kept(identity, project, List.of(command), Map.of()).resolve(OUT));
    }

    private JsonValue json(Identity identity, Project project, String... command) throws IOException {
        Path folder = kept(identity, project, List.of(command), Map.of());
        try (InputStream in = Files.newInputStream(folder.resolve(OUT))) {
            return JsonValue.read(in);
        }
    }

    /** The project, for who may read it; answers with the first steps where there are no results. */
    private Optional<Project> filled(Context context) {
        Project project = access.project(context, Right.READ);
        if (services.histories().of(project).hasHistory()) {
            return Optional.of(project);
        }
        browser.html(
                context,
                200,
                FirstSteps.write(
                        browser.layout(context), tabs(context, project, Tabs.Tab.DASHBOARD), services.publicAddress()));
        return Optional.empty();
    }

    /** What a project is like, for the first page. */
    ProjectsPage.Standing standing(Identity identity, Project project) {
        if (!services.histories().of(project).hasHistory()) {
            return ProjectsPage.Standing.of(ProjectsPage.State.IS_EMPTY);
        }
        try {
            Path folder = standings.of(project, List.of("standing"), into -> {
                String verdict = text(identity, project, "report", "-o", "report.json");
                int open = IncidentsPage.open(json(identity, project, "incidents", "--json"));
                Optional<Instant> last = read(
                                project, store -> store.runs(RunQuery.all().newest(1)))
                        .stream()
                        .map(run -> run.header().time())
                        .findFirst();
                Files.writeString(
                        into.resolve(OUT),
                        open + "\n" + last.map(Instant::toString).orElse("") + "\n" + verdict);
            });
            return standing(Files.readString(folder.resolve(OUT)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    private <T> List<T> read(Project project, Function<RunStore, List<T>> reading) {
        StoreLocation location = services.histories().of(project);
        if (!location.hasHistory()) {
            return List.of();
        }
        try (RunStore store = location.open(Aliases.NONE, Reruns.POOL)) {
            return reading.apply(store);
        }
    }

    private void dashboard(Context context) throws IOException {
        String page = context.pathParamMap().getOrDefault("page", "index.html");
        if (!OF_DASHBOARD.contains(page)) {
            access.project(context, Right.READ);
            throw Problem.notFound();
        }
        if (!context.pathParamMap().containsKey("page") && !context.path().endsWith("/")) {
            access.project(context, Right.READ);
            browser.redirect(context, context.path() + "/"); // links between its pages begin there
            return;
        }
        Optional<Project> project = filled(context);
        if (project.isPresent()) {
            Map<String, String> files =
                    OF_DASHBOARD.stream().collect(Collectors.toMap(name -> "pages/" + name, name -> name));
            Tabs tabs = tabs(context, project.get(), Tabs.Tab.DASHBOARD);
            Optional<Path> folder =
                    soon(context, project.get(), List.of("dashboard", "-o", "pages"), new TreeMap<>(files), tabs);
            if (folder.isPresent()) {
                show(context, folder.get().resolve(page), tabs);
            }
        }
    }

    /** The same as {@link #kept}; where it takes long, a page that asks again is the answer, and nothing comes back. */
    private Optional<Path> soon(
            Context context, Project project, List<String> command, SortedMap<String, String> files, Tabs tabs)
            throws IOException {
        Identity identity = Authentication.identity(context);
        try {
            return Optional.of(reports.of(project.id() + " " + command, () -> {
                        try {
                            return kept(identity, project, command, files);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (TimeoutException e) {
            browser.html(context, 200, MessagePage.waiting(browser.layout(context), tabs));
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("the server stops", SOON);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Problem problem) {
                throw problem;
            }
            if (e.getCause() instanceof RejectedExecutionException) {
                throw Problem.unavailable("too many pages are being computed", SOON);
            }
            throw new IOException("computing a page failed", e.getCause());
        }
    }

    private static void show(Context context, Path file, Tabs tabs) throws IOException {
        ReportFile page;
        try {
            page = ReportFile.open(file, tabs, Authentication.identity(context).isPerson());
        } catch (NoSuchFileException e) {
            throw Problem.notFound();
        }
        Browser.headers(context, page.policy());
        context.status(200).contentType("text/html; charset=utf-8").result(page.content());
    }

    private void incidents(Context context) throws IOException {
        Optional<Project> project = filled(context);
        if (project.isPresent()) {
            incidents(context, project.get(), 200, Optional.empty());
        }
    }

    private void incidents(Context context, Project project, int status, Optional<String> error) throws IOException {
        Identity identity = Authentication.identity(context);
        boolean all = context.queryParam("all") != null;
        JsonValue answer = all
                ? json(identity, project, "incidents", "--json", "--all")
                : json(identity, project, "incidents", "--json");
        boolean decides = identity.isPerson()
                && services.projects().rights(identity, project).contains(Right.DECIDE);
        browser.html(
                context,
                status,
                IncidentsPage.write(
                        browser.layout(context),
                        tabs(context, project, Tabs.Tab.INCIDENTS),
                        answer,
                        new IncidentsPage.Reader(decides, all, shortNames(project)),
                        error));
    }

    /** What all labels of the project share says nothing about one of them. */
    private UnaryOperator<String> shortNames(Project project) {
        List<Benchmark> benchmarks = read(project, store -> store.keys(SeriesQuery.all())).stream()
                .map(SeriesKey::benchmark)
                .distinct()
                .toList();
        SharedNames shared = SharedNames.of(benchmarks);
        Map<String, String> names = new HashMap<>();
        benchmarks.forEach(benchmark -> names.put(benchmark.label(), shared.label(benchmark)));
        return label -> names.getOrDefault(label, label);
    }

    private void decide(Context context) throws IOException {
        Project project = access.project(context, Right.DECIDE);
        access.person(context);
        Map<String, String> form = Requests.form(context);
        try {
            StringBuilder words = new StringBuilder();
            for (List<String> decision : decisions(form)) {
                words.append(run(context, project, decision)).append('\n');
                kept.changed(project);
                standings.changed(project);
            }
            browser.redirect(context, "/p/" + project.path() + "/incidents", message(words.toString()));
        } catch (Problem problem) {
            if (problem.kind() != Problem.Kind.INVALID && problem.kind() != Problem.Kind.UNREADABLE) {
                throw problem;
            }
            incidents(context, project, problem.kind().status(), Optional.of(problem.getMessage()));
        }
    }

    /** The first line of an answer; each series that was accepted has its own. */
    private static String message(String answer) {
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
        return commands.run(Authentication.identity(context), project, command, Map.of(), execution -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            execution.writeOutTo(out);
            return out.toString(StandardCharsets.UTF_8);
        });
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

    private void checks(Context context) {
        Optional<Project> filled = filled(context);
        if (filled.isEmpty()) {
            return;
        }
        String wanted = Optional.ofNullable(context.queryParam("runs")).orElse("");
        int most = wanted.matches("[0-9]{1,6}") ? Math.max(1, Math.min(MOST_RUNS, Integer.parseInt(wanted))) : RUNS;
        List<HistoryPages.CheckedRun> runs = read(filled.get(), store -> checked(store, most + 1));
        browser.html(
                context,
                200,
                HistoryPages.checks(
                        browser.layout(context),
                        tabs(context, filled.get(), Tabs.Tab.CHECKS),
                        runs.subList(0, Math.min(most, runs.size())),
                        runs.size() > most && most < MOST_RUNS ? most + 4 * RUNS : 0));
    }

    private static List<HistoryPages.CheckedRun> checked(RunStore store, int most) {
        List<RunInfo> runs = new ArrayList<>(store.runs(RunQuery.all().newest(most)));
        Collections.reverse(runs);
        Map<PointKey, Boolean> marks = new HashMap<>();
        for (Mark mark : store.marks(runs.stream().map(RunInfo::id).toList())) {
            marks.put(mark.point(), mark.bad()); // the latest applies
        }
        Map<String, Integer> bad = new HashMap<>();
        Map<String, Integer> decided = new HashMap<>();
        marks.forEach((point, isBad) -> (isBad ? bad : decided).merge(point.runId(), 1, Integer::sum));
        Set<String> checked = store.checkedRuns();
        return runs.stream()
                .map(run -> new HistoryPages.CheckedRun(
                        run,
                        checked.contains(run.id()) || bad.containsKey(run.id()) || decided.containsKey(run.id()),
                        bad.getOrDefault(run.id(), 0),
                        decided.getOrDefault(run.id(), 0)))
                .toList();
    }

    private void check(Context context) throws IOException {
        Project project = access.project(context, Right.READ);
        String run = context.pathParam("run");
        if (!run.matches("[0-9a-f]{8,64}")) {
            throw Problem.notFound();
        }
        report(context, project, List.of("dashboard", "--run=" + run, "-o", PAGE), Tabs.Tab.CHECKS);
    }

    /** A page that a command writes; what it does not find is not there. */
    private void report(Context context, Project project, List<String> command, Tabs.Tab tab) throws IOException {
        Tabs tabs = tabs(context, project, tab);
        try {
            Optional<Path> folder = soon(context, project, command, new TreeMap<>(Map.of(PAGE, PAGE)), tabs);
            if (folder.isPresent()) {
                show(context, folder.get().resolve(PAGE), tabs);
            }
        } catch (Problem problem) {
            throw problem.kind() == Problem.Kind.UNREADABLE
                    ? Problem.of(Problem.Kind.NOT_FOUND, problem.getMessage())
                    : problem;
        }
    }

    private void benchmarks(Context context) throws IOException {
        Optional<Project> filled = filled(context);
        if (filled.isEmpty()) {
            return;
        }
        Project project = filled.get();
        String query = Optional.ofNullable(context.queryParam("q")).orElse("").strip();
        SeriesQuery wanted =
                query.isEmpty() ? SeriesQuery.all() : SeriesQuery.all().ofBenchmark(new BenchmarkPattern(query));
        Set<String> bad = new HashSet<>();
        JsonValue answer = json(Authentication.identity(context), project, "incidents", "--json");
        answer.get("incidents").elements().forEach(incident -> incident.get("changes")
                .elements()
                .forEach(change -> change.get("series").text().ifPresent(bad::add)));
        answer.get("called")
                .elements()
                .forEach(called -> called.get("series").text().ifPresent(bad::add));
        List<SeriesKey> keys = read(project, store -> store.keys(wanted));
        browser.html(
                context,
                200,
                HistoryPages.benchmarks(
                        browser.layout(context),
                        tabs(context, project, Tabs.Tab.BENCHMARKS),
                        query,
                        new HistoryPages.Found(keys, bad, shortNames(project))));
    }

    private SeriesKey series(Context context, Project project) {
        String id = context.pathParam("series");
        return read(project, store -> store.keys(SeriesQuery.all())).stream()
                .filter(key -> key.id().equals(id))
                .findFirst()
                .orElseThrow(Problem::notFound);
    }

    private void benchmark(Context context) throws IOException {
        Project project = access.project(context, Right.READ);
        SeriesKey key = series(context, project);
        Identity identity = Authentication.identity(context);
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("History", answer(identity, project, "history", "--", key.id()));
        texts.put("Why the newest verdict", answer(identity, project, "explain", "--", key.id()));
        browser.html(
                context,
                200,
                HistoryPages.benchmark(
                        browser.layout(context), tabs(context, project, Tabs.Tab.BENCHMARKS), key, texts));
    }

    /** What a command answers, be it that there is nothing. */
    private String answer(Identity identity, Project project, String... command) throws IOException {
        try {
            return text(identity, project, command);
        } catch (Problem problem) {
            if (problem.kind() != Problem.Kind.UNREADABLE) {
                throw problem;
            }
            return problem.getMessage();
        }
    }

    private void charts(Context context) throws IOException {
        Project project = access.project(context, Right.READ);
        SeriesKey key = series(context, project);
        List<String> command = List.of(
                "dashboard",
                "-o",
                PAGE,
                "--benchmark=" + key.benchmark().name(),
                "--metric=" + key.metric(),
                "--environment=" + key.environment(),
                "--branch=" + key.branch());
        report(context, project, command, Tabs.Tab.BENCHMARKS);
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
                        services.audit().newest(organisation, EVENTS)))
                : Optional.empty();
        browser.html(
                context,
                status,
                SettingsPage.write(
                        browser.layout(context),
                        tabs(context, project, Tabs.Tab.SETTINGS),
                        new SettingsPage.Content(
                                services.publicAddress(),
                                project.isPublic(),
                                services.tokens().of(project),
                                new SettingsPage.Trust(
                                        services.vouched().identities().settings().ciIssuers().stream()
                                                .sorted()
                                                .toList(),
                                        services.vouched().trust().of(project)),
                                people),
                        error));
    }

    private void changeSettings(Context context) {
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
                    browser.redirect(context, "/p/" + project.path() + "/settings", "Such jobs are trusted no longer.");
                }
                case "visibility" -> setVisibility(context, project, form);
                case "member" -> setRole(context, project, form);
                case "remove" -> remove(context, project, form);
                case "invite" -> invite(context, project, form);
                default -> throw Problem.invalid("no such change");
            }
        } catch (Problem problem) {
            if (problem.kind() != Problem.Kind.INVALID) {
                throw problem;
            }
            settings(context, project, problem.kind().status(), Optional.of(problem.getMessage()));
        } catch (IllegalArgumentException e) {
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
            throw Problem.invalid("the days are a whole number");
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
        Tabs tabs = tabs(context, project, Tabs.Tab.SETTINGS);
        browser.html(
                context,
                201,
                MessagePage.secret(
                        browser.layout(context),
                        tabs,
                        "The token " + issued.token().name(),
                        issued.secret().text(),
                        "Store it as a secret of your CI service, and give it to jobs as PLUMBLINE_TOKEN, together"
                                + " with these variables (or their lines in plumbline.yaml):",
                        SettingsPage.lines(services.publicAddress(), tabs)));
    }

    private void revoke(Context context, Project project, Map<String, String> form) {
        String id = form.getOrDefault("token", "");
        if (!services.tokens().revoke(project, id)) {
            throw Problem.invalid("the token is revoked already");
        }
        done(context, project, "token.revoke", project.path() + ": " + id, "The token is revoked. It opens nothing.");
    }

    private void trust(Context context, Project project, Map<String, String> form) {
        Map<String, String> claims = new TreeMap<>();
        for (String line : form.getOrDefault("claims", "").strip().split("\\R")) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw Problem.invalid("a claim has the form NAME: PATTERN, as in repository: acme/parser");
            }
            claims.put(
                    line.substring(0, colon).strip(), line.substring(colon + 1).strip());
        }
        String minutes = form.getOrDefault("minutes", "");
        if (!minutes.matches("[0-9]{1,3}")) {
            throw Problem.invalid("the minutes are a whole number");
        }
        GrantRoutes.add(
                services,
                Authentication.identity(context),
                project,
                new GrantRoutes.NewRule(form.getOrDefault("issuer", ""), claims, Integer.parseInt(minutes)));
        browser.redirect(context, "/p/" + project.path() + "/settings", "Jobs with these claims may record now.");
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

    /** The organisation, for an owner of it: the rights in one project are not enough. */
    private Organisation ownOrganisation(Context context, Project project) {
        if (!services.projects().isOwner(Authentication.identity(context), project.organisation())) {
            throw Problem.of(
                    Problem.Kind.FORBIDDEN,
                    "this needs an owner of " + project.organisation().name());
        }
        return project.organisation();
    }

    private Account account(Map<String, String> form) {
        return services.accounts()
                .named(Requests.name(form.getOrDefault("account", "").strip()))
                .orElseThrow(() -> Problem.invalid("there is no account of that name; make an invitation link"));
    }

    private static Optional<Project> where(Project project, Map<String, String> form) {
        return form.getOrDefault("where", "").equals("project") ? Optional.of(project) : Optional.empty();
    }

    private void setRole(Context context, Project project, Map<String, String> form) {
        Organisation organisation = ownOrganisation(context, project);
        Account account = account(form);
        Role role = role(form);
        Optional<Project> where = where(project, form);
        if (where.isEmpty() && role != Role.OWNER) {
            requireOtherOwner(organisation, account);
        }
        services.projects().setRole(organisation, account, where, Optional.of(role));
        String words = account.name() + " is " + role.text()
                + where.map(one -> " of " + one.name()).orElse("");
        done(context, project, "member.role", words, words + " now.");
    }

    private void requireOtherOwner(Organisation organisation, Account account) {
        List<Projects.Member> owners = services.projects().members(organisation).stream()
                .filter(member ->
                        member.role() == Role.OWNER && member.project().isEmpty() && !member.isByGroup())
                .toList();
        if (owners.size() == 1 && owners.get(0).account().id().equals(account.id())) {
            throw Problem.invalid(account.name() + " is the only owner of " + organisation.name()
                    + "; make somebody else an owner first");
        }
    }

    private void remove(Context context, Project project, Map<String, String> form) {
        Organisation organisation = ownOrganisation(context, project);
        Account account = account(form);
        Optional<Project> where = where(project, form);
        if (where.isEmpty()) {
            requireOtherOwner(organisation, account);
        }
        services.projects().setRole(organisation, account, where, Optional.empty());
        String words = account.name() + where.map(one -> " of " + one.name()).orElse("");
        done(context, project, "member.remove", words, account.name() + " has that role no longer.");
    }

    private void invite(Context context, Project project, Map<String, String> form) {
        Organisation organisation = ownOrganisation(context, project);
        Role role = role(form);
        Secret secret = services.invitations().of(organisation, role);
        audit(context, project, "invitation.create", role.text());
        browser.html(
                context,
                201,
                MessagePage.secret(
                        browser.layout(context),
                        tabs(context, project, Tabs.Tab.SETTINGS),
                        "An invitation to " + organisation.name(),
                        services.publicAddress()
                                .resolve("/invitation#" + secret.text())
                                .toString(),
                        "Send the link to one person. Whoever opens it makes an account with the role " + role.text()
                                + ". It works once, within three days.",
                        Optional.empty()));
    }
}
