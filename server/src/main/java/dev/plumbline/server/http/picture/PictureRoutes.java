package dev.plumbline.server.http.picture;

import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.report.format.JsonValue;
import dev.plumbline.report.svg.Badge;
import dev.plumbline.report.svg.SeriesChart;
import dev.plumbline.server.command.Right;
import dev.plumbline.server.http.Access;
import dev.plumbline.server.http.Problem;
import dev.plumbline.server.http.Routes;
import dev.plumbline.server.http.Services;
import dev.plumbline.server.people.Project;
import dev.plumbline.server.project.BackgroundWork;
import dev.plumbline.server.project.OpenIncidents;
import dev.plumbline.server.project.ReadAnswers;
import dev.plumbline.store.sql.SqlRunStore;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Answers with pictures. What everybody may see may be on every page; the rest is for pages of this server alone. */
public final class PictureRoutes implements Routes {
    private static final String LABEL = "plumbline";
    private static final int LONGEST_LABEL = 100;
    private static final int POINTS = 200;
    private static final int MOST_POINTS = 1_000;

    /** The time after which a badge reports that it is not ready; another request finds it done. */
    private static final long PATIENCE_SECONDS = 4;

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";

    private final Services services;
    private final Access access;
    private final ReadAnswers answers;
    private final BackgroundWork<Optional<Standing>> work = new BackgroundWork<>("plumbline-badges");

    public PictureRoutes(Services services) {
        this.services = services;
        access = new Access(services);
        answers = services.answers();
    }

    /**
     * The state of a branch.
     *
     * @param gate the state that the newest check left; unknown when empty
     */
    private record Standing(int openIncidents, String gate) {
        Badge badge(String label) {
            if (openIncidents > 0) {
                String words = openIncidents == 1 ? "1 open incident" : openIncidents + " open incidents";
                return new Badge(label, words, Badge.Mood.BAD);
            }
            return switch (gate) {
                case "OPEN" -> new Badge(label, "passing", Badge.Mood.GOOD);
                case "CLOSED" -> new Badge(label, "failing", Badge.Mood.BAD);
                case "UNDECIDED" -> new Badge(label, "undecided", Badge.Mood.WAITING);
                default -> new Badge(label, "no verdict", Badge.Mood.UNKNOWN);
            };
        }
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(PROJECT + "/badge.svg", this::badge);
        routes.get(PROJECT + "/series/{series}/chart.svg", this::chart);
    }

    private void badge(Context context) throws IOException {
        Optional<Project> shown = services.projects()
                .find(context.pathParam("organisation"), context.pathParam("project"))
                .filter(project -> project.isPublic() || project.hasPublicBadge());
        Project project = shown.isPresent() ? shown.get() : access.project(context, Right.READ);
        String label = Optional.ofNullable(context.queryParam("label"))
                .filter(text -> !text.isBlank())
                .orElse(LABEL);
        if (label.length() > LONGEST_LABEL) {
            throw Problem.invalid("the label must have 1 to " + LONGEST_LABEL + " characters");
        }
        Optional<String> branch =
                Optional.ofNullable(context.queryParam("branch")).filter(text -> !text.isEmpty());
        if (!services.histories().hasHistory(project)) {
            answer(context, shown.isPresent(), new Badge(label, "no results", Badge.Mood.UNKNOWN).write());
            return;
        }
        if (branch.isPresent() && !read(project, store -> store.hasBranch(branch.get()))) {
            throw Problem.of(Problem.Kind.NOT_FOUND, "the project has no such branch");
        }
        try {
            Badge badge = work.of(project.id() + " " + branch, () -> standing(project, branch))
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .map(standing -> standing.badge(label))
                    .orElseGet(() -> new Badge(label, "no results", Badge.Mood.UNKNOWN));
            answer(context, shown.isPresent(), badge.write());
        } catch (TimeoutException e) {
            picture(context, new Badge(label, "working it out", Badge.Mood.UNKNOWN).write());
        } catch (ExecutionException e) {
            throw Problem.unavailable("the badge cannot be computed now; try again", SOON);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("the server stops", SOON);
        }
    }

    private Optional<Standing> standing(Project project, Optional<String> branch) {
        try {
            List<String> command = new ArrayList<>(List.of("incidents", "--json"));
            branch.ifPresent(name -> command.add("--branch=" + name));
            Optional<JsonValue> incidents = answers.json(project, command);
            if (incidents.isEmpty()) {
                return Optional.empty();
            }
            String its = incidents.get().get("branch").text().orElse("");
            String gate = answers.json(project, List.of("report", "--json", "--branch=" + its))
                    .flatMap(report -> report.get("gate").get("state").text())
                    .orElse("");
            return Optional.of(new Standing(OpenIncidents.count(incidents.get()), gate));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> T read(Project project, Function<SqlRunStore, T> reading) {
        return services.histories().read(project, history -> {
            try (SqlRunStore store = history.openAsItIs()) {
                return reading.apply(store);
            }
        });
    }

    private void chart(Context context) throws IOException {
        Project project = access.project(context, Right.READ);
        int points = points(context);
        String id = context.pathParam("series");
        if (!services.histories().hasHistory(project)) {
            throw Problem.notFound();
        }
        SeriesKey key = read(project, store -> services.series().find(project, store, id))
                .orElseThrow(Problem::notFound);
        JsonValue history;
        try {
            history = answers.json(project, List.of("history", "--json", "--", key.id()))
                    .orElseThrow(Problem::notFound);
        } catch (IOException e) {
            throw Problem.unavailable("the chart cannot be computed now; try again", SOON);
        }
        JsonValue series = history.get("series").elements().stream()
                .filter(one -> one.get("series").text().filter(id::equals).isPresent())
                .findFirst()
                .orElseThrow(Problem::notFound);
        answer(context, project.isPublic(), chart(key, series, points).write());
    }

    private static int points(Context context) {
        String text = Optional.ofNullable(context.queryParam("points")).orElse("" + POINTS);
        int points = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
        if (points < 1 || points > MOST_POINTS) {
            throw Problem.invalid("points must be a number from 1 to " + MOST_POINTS);
        }
        return points;
    }

    private static SeriesChart chart(SeriesKey key, JsonValue series, int most) {
        List<JsonValue> points = series.get("points").elements();
        Function<Integer, String> commit = place -> points.isEmpty()
                ? ""
                : points.get(place).get("run").get("commit").text().orElse("");
        SeriesChart whole = new SeriesChart(
                key.benchmark().label(),
                key.metric() + " on " + key.branch() + ", environment " + key.environment(),
                Unit.of(series.get("unit").text().orElse("")),
                points.stream()
                        .map(point -> point.get("value").number().orElse(Double.NaN))
                        .toList(),
                series.get("changePoints").elements().stream()
                        .map(change ->
                                Math.toIntExact(change.get("index").integer().orElse(0)))
                        .toList(),
                shortened(commit.apply(0)),
                shortened(commit.apply(points.size() - 1)));
        return whole.newest(most, shortened(commit.apply(Math.max(0, points.size() - most))));
    }

    private static String shortened(String commit) {
        return commit.length() > 10 ? commit.substring(0, 10) : commit;
    }

    /** Answers with a picture that changes rarely: it is requested again all the same, and not sent again. */
    private static void answer(Context context, boolean isForEverybody, String svg) {
        picture(context, svg);
        if (isForEverybody) {
            context.header("Cache-Control", "public, max-age=60");
            context.header("Cross-Origin-Resource-Policy", "cross-origin");
        } else {
            context.header("Cache-Control", "private, no-cache");
        }
    }

    private static void picture(Context context, String svg) {
        context.header("Content-Security-Policy", POLICY);
        context.status(200).contentType("image/svg+xml; charset=utf-8").result(svg.getBytes(StandardCharsets.UTF_8));
    }
}
