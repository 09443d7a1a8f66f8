package dev.plumbline.server.page;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.report.format.HtmlText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The recorded results: runs, and benchmarks. */
public final class HistoryPages {
    /** Benchmarks that are listed at once. */
    private static final int ROWS = 200;

    private HistoryPages() {}

    /**
     * A run with what a check concluded.
     *
     * @param isChecked whether a check has judged it
     * @param regressions the number of series that a check judged worse, without a later decision
     * @param decided the number that it judged worse and that were accepted or marked as false alarms since
     */
    public record CheckedRun(RunInfo run, boolean isChecked, int regressions, int decided) {
        public CheckedRun {
            requireNonNull(run, "run");
        }
    }

    /**
     * The page of all runs.
     *
     * @param runs the newest first
     * @param more the number of runs to ask for to see more; 0 where these are all
     */
    public static String checks(Layout layout, Tabs tabs, List<CheckedRun> runs, int more) {
        return layout.page("Checks · " + tabs.path(), tabs, html -> {
            html.element("h1", runs.isEmpty() ? "No runs yet" : "Checks and runs, newest first");
            if (!runs.isEmpty()) {
                Forms.table(
                        html,
                        () -> runs.forEach(run -> check(html, layout, tabs, run)),
                        "Commit",
                        "Verdict",
                        "Branch",
                        "Environment",
                        "Time");
            }
            if (more > 0) {
                html.element(
                        "p", () -> html.element("a", "Show older runs", "href", tabs.address("checks?runs=" + more)));
            }
        });
    }

    private static void check(HtmlText html, Layout layout, Tabs tabs, CheckedRun checked) {
        RunInfo run = checked.run();
        String commit = run.header().revision().commit();
        Instant time = run.time();
        html.element("tr", () -> {
            html.element(
                    "th",
                    () -> html.element(
                            "a",
                            commit.isEmpty()
                                    ? "run " + run.id().substring(0, 10)
                                    : Words.shown(Words.shortCommit(commit)),
                            "href",
                            tabs.address("checks/" + run.id())),
                    "scope",
                    "row");
            html.element(
                    "td",
                    () -> html.element("span", verdict(checked), "class", "badge " + look(checked)),
                    "data-name",
                    "Verdict");
            html.element("td", Words.shown(run.header().revision().branch()), "data-name", "Branch");
            html.element("td", Words.shown(run.header().environment().key()), "data-name", "Environment");
            html.element("td", () -> Words.ago(html, time, layout.now()), "data-name", "Time");
        });
    }

    private static String verdict(CheckedRun run) {
        if (!run.isChecked()) {
            return "recorded, not checked";
        }
        if (run.regressions() > 0) {
            return Words.count(run.regressions(), "regression", "regressions");
        }
        return run.decided() == 0
                ? "no regression"
                : Words.count(run.decided(), "regression", "regressions") + ", decided since";
    }

    private static String look(CheckedRun run) {
        if (!run.isChecked()) {
            return "";
        }
        return run.regressions() > 0 ? "bad" : run.decided() > 0 ? "wait" : "good";
    }

    /**
     * Series that were found.
     *
     * @param keys of them
     * @param bad ids of those that an open incident has
     * @param names the label of a benchmark without what all labels of the project share
     */
    public record Found(List<SeriesKey> keys, Set<String> bad, UnaryOperator<String> names) {
        public Found {
            keys = List.copyOf(keys);
            bad = Set.copyOf(bad);
        }

        private boolean isBad(List<SeriesKey> row) {
            return row.stream().anyMatch(key -> bad.contains(key.id()));
        }

        /** The metrics of each benchmark on a branch in an environment, those with an open incident first. */
        private List<List<SeriesKey>> rows() {
            Map<List<String>, List<SeriesKey>> byPlace = new LinkedHashMap<>();
            keys.forEach(key -> byPlace.computeIfAbsent(
                            List.of(key.benchmark().label(), key.branch(), key.environment()),
                            place -> new ArrayList<>())
                    .add(key));
            List<List<SeriesKey>> rows = new ArrayList<>(byPlace.values());
            rows.sort(Comparator.comparing((List<SeriesKey> row) -> !isBad(row)));
            return rows;
        }
    }

    /**
     * The page to find a benchmark on.
     *
     * @param query what was searched for; everything when empty
     */
    public static String benchmarks(Layout layout, Tabs tabs, String query, Found found) {
        List<List<SeriesKey>> rows = found.rows();
        return layout.page("Benchmarks · " + tabs.path(), tabs, html -> {
            html.element("h1", "Benchmarks");
            html.element(
                    "form",
                    () -> {
                        Forms.field(
                                html,
                                "q",
                                "q",
                                "Name",
                                "A part of it, or a pattern with * and ?.",
                                "type",
                                "search",
                                "value",
                                query,
                                "autocomplete",
                                "off",
                                "spellcheck",
                                "false");
                        html.element("button", "Search", "class", "main");
                    },
                    "method",
                    "get",
                    "action",
                    tabs.address("benchmarks"),
                    "role",
                    "search");
            html.element("p", count(query, rows.size()), "class", "muted", "role", "status");
            if (!rows.isEmpty()) {
                Forms.table(
                        html,
                        () -> rows.stream().limit(ROWS).forEach(row -> benchmark(html, tabs, row, found)),
                        "Benchmark",
                        "Metrics",
                        "Branch",
                        "Environment");
            }
        });
    }

    private static String count(String query, int rows) {
        if (rows == 0) {
            return query.isEmpty() ? "No benchmarks yet." : "No benchmark matches. Try a shorter part of the name.";
        }
        return rows <= ROWS
                ? Words.count(rows, "benchmark.", "benchmarks.")
                : "The first " + ROWS + " of " + rows + " benchmarks. Search for a name to see others.";
    }

    private static void benchmark(HtmlText html, Tabs tabs, List<SeriesKey> row, Found found) {
        SeriesKey first = row.get(0);
        String name = Words.shown(found.names().apply(first.benchmark().label()));
        html.element("tr", () -> {
            html.element(
                    "th",
                    () -> {
                        html.text(name);
                        if (found.isBad(row)) {
                            html.text(" ").element("span", "open incident", "class", "badge bad");
                        }
                    },
                    "scope",
                    "row");
            html.element(
                    "td",
                    () -> {
                        String between = "";
                        for (SeriesKey key : row) {
                            String metric = Words.shown(key.metric());
                            html.text(between)
                                    .element(
                                            "a",
                                            metric,
                                            "href",
                                            tabs.address("benchmarks/" + key.id()),
                                            "aria-label",
                                            metric + " of " + name);
                            between = ", ";
                        }
                    },
                    "data-name",
                    "Metrics");
            html.element("td", Words.shown(first.branch()), "data-name", "Branch");
            html.element("td", Words.shown(first.environment()), "data-name", "Environment");
        });
    }

    /**
     * The page of one series.
     *
     * @param texts titles and what commands answered, in the order in which they are shown
     */
    public static String benchmark(Layout layout, Tabs tabs, SeriesKey key, Map<String, String> texts) {
        String name = Words.shown(key.benchmark().label());
        return layout.page(name + " · " + tabs.path(), tabs, html -> {
            html.element("h1", name);
            html.element(
                    "p",
                    Words.shown(key.metric()) + " on branch " + Words.shown(key.branch()) + ", environment "
                            + Words.shown(key.environment()),
                    "class",
                    "muted");
            html.element("p", () -> {
                html.element("a", "Charts", "href", tabs.address("benchmarks/" + key.id() + "/charts"));
                html.text(" · ")
                        .element(
                                "a",
                                "Picture (SVG)",
                                "href",
                                "/api/v1/projects/" + tabs.path() + "/series/" + key.id() + "/chart.svg");
                html.text(" · ").element("a", "All benchmarks", "href", tabs.address("benchmarks"));
            });
            texts.forEach((title, text) -> {
                html.element("h2", title);
                html.element("pre", lines(text), "tabindex", "0", "role", "region", "aria-label", title);
            });
        });
    }

    private static String lines(String text) {
        return text.stripTrailing().lines().collect(Collectors.joining("\n"));
    }
}
