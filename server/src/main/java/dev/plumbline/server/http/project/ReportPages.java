package dev.plumbline.server.http.project;

import dev.plumbline.core.model.PointKey;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.report.format.JsonValue;
import dev.plumbline.server.command.Right;
import dev.plumbline.server.http.Authentication;
import dev.plumbline.server.http.Problem;
import dev.plumbline.server.page.HistoryPages;
import dev.plumbline.server.page.Tabs;
import dev.plumbline.server.people.Identity;
import dev.plumbline.server.people.Project;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.Mark;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The pages that show a history: the dashboard, checks, and benchmarks. */
public final class ReportPages extends ProjectPages {
    private static final int RUNS = 50;
    private static final int MOST_RUNS = 5_000;

    /** @param answers what the pages show */
    public ReportPages(ProjectAnswers answers) {
        super(answers);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(ProjectAnswers.PAGES, browser.pages(this::dashboard));
        routes.get(ProjectAnswers.PAGES + "/checks", browser.pages(this::checks));
        routes.get(ProjectAnswers.PAGES + "/checks/{run}", browser.pages(this::check));
        routes.get(ProjectAnswers.PAGES + "/benchmarks", browser.pages(this::benchmarks));
        routes.get(ProjectAnswers.PAGES + "/benchmarks/{series}", browser.pages(this::benchmark));
        routes.get(ProjectAnswers.PAGES + "/benchmarks/{series}/charts", browser.pages(this::charts));
        routes.get(ProjectAnswers.PAGES + "/{page}", browser.pages(this::dashboard));
    }

    private void dashboard(Context context) throws IOException {
        String page = context.pathParamMap().getOrDefault("page", "index.html");
        if (!ProjectAnswers.OF_DASHBOARD.contains(page)) {
            access.project(context, Right.READ);
            throw Problem.notFound();
        }
        if (!context.pathParamMap().containsKey("page") && !context.path().endsWith("/")) {
            access.project(context, Right.READ);
            browser.redirect(context, context.path() + "/"); // links between its pages begin there
            return;
        }
        Optional<Project> project = answers.filled(context);
        if (project.isPresent()) {
            Tabs tabs = answers.tabs(context, project.get(), Tabs.Tab.DASHBOARD);
            Optional<ProjectAnswers.Shown> shown = answers.dashboard(context, project.get(), tabs);
            if (shown.isPresent()) {
                ProjectAnswers.show(context, shown.get(), page, tabs);
            }
        }
    }

    private void checks(Context context) {
        Optional<Project> filled = answers.filled(context);
        if (filled.isEmpty()) {
            return;
        }
        String wanted = Optional.ofNullable(context.queryParam("runs")).orElse("");
        int most = wanted.matches("[0-9]{1,6}") ? Math.max(1, Math.min(MOST_RUNS, Integer.parseInt(wanted))) : RUNS;
        List<HistoryPages.CheckedRun> runs = answers.read(filled.get(), store -> checked(store, most + 1));
        browser.html(
                context,
                200,
                HistoryPages.checks(
                        browser.layout(context),
                        answers.tabs(context, filled.get(), Tabs.Tab.CHECKS),
                        runs.subList(0, Math.min(most, runs.size())),
                        runs.size() > most && most < MOST_RUNS ? most + 4 * RUNS : 0));
    }

    private static List<HistoryPages.CheckedRun> checked(RunStore store, int most) {
        List<RunInfo> runs = new ArrayList<>(store.runs(RunQuery.all().newest(most)));
        Collections.reverse(runs);
        Map<PointKey, Boolean> marks = new HashMap<>();
        for (Mark mark : store.marks(runs.stream().map(RunInfo::id).toList())) {
            // the latest applies; that a whole run was slow is not a decision of a person
            marks.put(mark.point(), mark.bad());
            if (mark.reason().equals(Mark.OFF)) {
                marks.remove(mark.point());
            }
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
        answers.report(
                context, project, List.of("dashboard", "--run=" + run, "-o", ProjectAnswers.PAGE), Tabs.Tab.CHECKS);
    }

    private void benchmarks(Context context) throws IOException {
        Optional<Project> filled = answers.filled(context);
        if (filled.isEmpty()) {
            return;
        }
        Project project = filled.get();
        String query = Optional.ofNullable(context.queryParam("q")).orElse("").strip();
        SeriesQuery wanted =
                query.isEmpty() ? SeriesQuery.all() : SeriesQuery.all().ofBenchmark(new BenchmarkPattern(query));
        Set<String> bad = new HashSet<>();
        Tabs tabs = answers.tabs(context, project, Tabs.Tab.BENCHMARKS);
        Optional<ProjectAnswers.Shown> shown =
                answers.soon(context, project, ProjectAnswers.INCIDENTS, new TreeMap<>(), tabs);
        if (shown.isEmpty()) {
            return;
        }
        JsonValue answer = shown.get().json();
        answer.get("incidents").elements().forEach(incident -> incident.get("changes")
                .elements()
                .forEach(change -> change.get("series").text().ifPresent(bad::add)));
        answer.get("called")
                .elements()
                .forEach(called -> called.get("series").text().ifPresent(bad::add));
        List<SeriesKey> keys = answers.read(project, store -> services.series().of(project, store, wanted));
        browser.html(
                context,
                200,
                HistoryPages.benchmarks(
                        browser.layout(context).asOf(shown.get().asOf()),
                        tabs,
                        query,
                        new HistoryPages.Found(keys, bad, answers.shortNames(project))));
    }

    private SeriesKey series(Context context, Project project) {
        String id = context.pathParam("series");
        return answers
                .read(project, store -> services.series().find(project, store, id).stream()
                        .toList())
                .stream()
                .findFirst()
                .orElseThrow(Problem::notFound);
    }

    private void benchmark(Context context) throws IOException {
        Project project = access.project(context, Right.READ);
        SeriesKey key = series(context, project);
        Identity identity = Authentication.identity(context);
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("History", answers.answer(identity, project, "history", "--", key.id()));
        texts.put("Why the newest verdict", answers.answer(identity, project, "explain", "--", key.id()));
        browser.html(
                context,
                200,
                HistoryPages.benchmark(
                        browser.layout(context), answers.tabs(context, project, Tabs.Tab.BENCHMARKS), key, texts));
    }

    private void charts(Context context) throws IOException {
        Project project = access.project(context, Right.READ);
        SeriesKey key = series(context, project);
        List<String> command = List.of(
                "dashboard",
                "-o",
                ProjectAnswers.PAGE,
                "--benchmark=" + key.benchmark().name(),
                "--metric=" + key.metric(),
                "--environment=" + key.environment(),
                "--branch=" + key.branch());
        answers.report(context, project, command, Tabs.Tab.BENCHMARKS);
    }
}
