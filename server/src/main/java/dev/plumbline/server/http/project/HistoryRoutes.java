package dev.plumbline.server.http.project;

import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.pipeline.workspace.StoreLocation;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.server.command.Right;
import dev.plumbline.server.http.Access;
import dev.plumbline.server.http.Answers;
import dev.plumbline.server.http.Problem;
import dev.plumbline.server.http.Requests;
import dev.plumbline.server.http.Routes;
import dev.plumbline.server.http.Services;
import dev.plumbline.server.people.Project;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.SeriesQuery;
import dev.plumbline.store.sql.SqlRunStore;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The recorded facts, unchanged: runs, series and their points. Lists are whole, a page at a time. */
public final class HistoryRoutes implements Routes {
    private final Services services;
    private final Access access;

    public HistoryRoutes(Services services) {
        this.services = services;
        access = new Access(services);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(PROJECT + "/runs", this::runs);
        routes.get(PROJECT + "/runs/{run}", this::run);
        routes.get(PROJECT + "/series", this::listSeries);
        routes.get(PROJECT + "/series/{series}", this::series);
        routes.get(PROJECT + "/series/{series}/points", this::points);
    }

    /** Reads the history; of a project without results there is nothing to read. */
    private <T> Optional<T> read(Context context, Function<SqlRunStore, T> reading) {
        return read(context, (project, store) -> reading.apply(store));
    }

    private <T> Optional<T> read(Context context, BiFunction<Project, SqlRunStore, T> reading) {
        Project project = access.project(context, Right.READ);
        return services.histories().read(project, history -> read(project, history, reading));
    }

    private static <T> Optional<T> read(
            Project project, StoreLocation history, BiFunction<Project, SqlRunStore, T> reading) {
        if (!history.hasHistory()) {
            return Optional.empty();
        }
        try (SqlRunStore store = history.openAsItIs()) {
            return Optional.of(reading.apply(project, store));
        }
    }

    private void runs(Context context) {
        RunQuery query = RunQuery.all();
        String branch = context.queryParam("branch");
        if (branch != null) {
            query = query.onBranch(branch);
        }
        String environment = context.queryParam("environment");
        if (environment != null) {
            query = query.inEnvironment(environment);
        }
        String commit = context.queryParam("commit");
        if (commit != null) {
            query = query.ofCommit(commit);
        }
        RunQuery wanted = query;
        List<RunInfo> all = read(context, store -> store.runs(wanted)).orElse(List.of());
        int from = Requests.cursor(context)
                .map(cursor -> after(all, RunInfo::id, cursor))
                .orElse(0);
        page(context, all, from, RunInfo::id, (run, json) -> json.run(run));
    }

    /** The place behind an element; a cursor of a run that was removed is none any more. */
    private static <T> int after(List<T> all, Function<T, String> id, String cursor) {
        for (int i = 0; i < all.size(); i++) {
            if (id.apply(all.get(i)).equals(cursor)) {
                return i + 1;
            }
        }
        throw foreign();
    }

    private static Problem foreign() {
        return Problem.invalid("the cursor does not belong to this list; start over without it");
    }

    private static <T> void page(
            Context context, List<T> all, int from, Function<T, String> cursor, BiConsumer<T, JsonText> members) {
        int limit = Requests.limit(context);
        Answers.page(context, all.subList(from, Math.min(all.size(), from + limit + 1)), limit, cursor, members);
    }

    private void run(Context context) {
        String id = context.pathParam("run");
        RunInfo run = read(context, store -> store.runs(RunQuery.all().withId(id)).stream()
                        .filter(found -> found.id().equals(id))
                        .findFirst())
                .flatMap(found -> found)
                .orElseThrow(Problem::notFound);
        Answers.object(context, 200, json -> {
            json.run(run);
            json.strings("facts", run.header().environment().facts());
        });
    }

    private SeriesQuery query(Context context) {
        SeriesQuery query = SeriesQuery.all();
        String benchmark = context.queryParam("benchmark");
        if (benchmark != null && !benchmark.isEmpty()) {
            query = query.ofBenchmark(new BenchmarkPattern(benchmark));
        }
        String metric = context.queryParam("metric");
        if (metric != null) {
            query = query.ofMetric(metric);
        }
        String branch = context.queryParam("branch");
        if (branch != null) {
            query = query.onBranch(branch);
        }
        String environment = context.queryParam("environment");
        return environment == null ? query : query.inEnvironment(environment);
    }

    private void listSeries(Context context) {
        SeriesQuery query = query(context);
        Optional<String> cursor = Requests.cursor(context);
        int limit = Requests.limit(context);
        List<SeriesKey> page = read(context, (project, store) -> {
                    List<SeriesKey> keys = services.series().of(project, store, query);
                    int from = cursor.map(id -> after(project, store, keys, id)).orElse(0);
                    return keys.subList(from, Math.min(keys.size(), from + limit + 1));
                })
                .orElse(List.of());
        Answers.page(context, page, limit, SeriesKey::id, (key, json) -> json.series(key));
    }

    /** The place behind a series of a list in natural order, without the ids of all that come before it. */
    private int after(Project project, SqlRunStore store, List<SeriesKey> keys, String id) {
        return services.series()
                .find(project, store, id)
                .map(key -> Collections.binarySearch(keys, key) + 1)
                .filter(place -> place > 0)
                .orElseThrow(HistoryRoutes::foreign);
    }

    private Series found(Context context) {
        String id = context.pathParam("series");
        return read(context, (project, store) -> services.series()
                        .find(project, store, id)
                        .flatMap(store::series))
                .flatMap(series -> series)
                .orElseThrow(Problem::notFound);
    }

    private void series(Context context) {
        Series series = found(context);
        Answers.object(context, 200, json -> {
            json.series(series.key());
            json.unit(series.unit());
            json.text("better", series.better().name().toLowerCase(Locale.ROOT));
            json.integer("points", series.points().size());
        });
    }

    private void points(Context context) {
        List<Point> points = found(context).points();
        int from = Requests.cursor(context)
                .map(cursor -> after(points, point -> point.run().id(), cursor))
                .orElse(0);
        page(context, points, from, point -> point.run().id(), HistoryRoutes::write);
    }

    private static void write(Point point, JsonText json) {
        json.number("value", point.value());
        json.integer("groups", point.groupCount());
        json.number("deviation", point.groupDeviation());
        json.object("run", () -> json.run(point.run()));
    }
}
