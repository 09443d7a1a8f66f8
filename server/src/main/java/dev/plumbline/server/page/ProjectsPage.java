package dev.plumbline.server.page;

import static java.util.Objects.requireNonNull;

import dev.plumbline.report.format.HtmlText;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The first page: all projects that the user may see, worst first. */
public final class ProjectsPage {
    private ProjectsPage() {}

    /** The states of a project. The worst comes first. */
    public enum State {
        FAILS,
        HOLDS,
        HAS_INCIDENTS,
        UNKNOWN,
        PASSES,
        IS_JUDGED,
        IS_EMPTY,
        IS_CLOSED
    }

    /**
     * The state of a project.
     *
     * @param state of it
     * @param words the verdict on the newest run, as the command line has it
     * @param open the number of open incidents
     * @param lastRun when the newest run was recorded
     */
    public record Standing(State state, String words, int open, Optional<Instant> lastRun) {
        public Standing {
            requireNonNull(state, "state");
            requireNonNull(words, "words");
            requireNonNull(lastRun, "lastRun");
        }

        /** The standing of a project with nothing but a state. */
        public static Standing of(State state) {
            return new Standing(state, "", 0, Optional.empty());
        }
    }

    /**
     * A project.
     *
     * @param alerts what did not come
     */
    public record Row(String organisation, String project, boolean isPublic, Standing standing, List<String> alerts) {
        public Row {
            alerts = List.copyOf(alerts);
        }

        String path() {
            return organisation + "/" + project;
        }
    }

    /**
     * The names under which an account may create projects.
     *
     * @param organisations those in which they create projects
     * @param isAdministrator whether they create organisations
     */
    public record Creation(List<String> organisations, boolean isAdministrator) {
        /** The empty options of an anonymous reader. */
        public static final Creation NOTHING = new Creation(List.of(), false);

        public Creation {
            organisations = List.copyOf(organisations);
        }
    }

    /** Writes the page. */
    public static String write(Layout layout, List<Row> rows, Creation creation, Optional<String> error) {
        boolean waits = rows.stream().anyMatch(row -> row.standing().state() == State.IS_JUDGED);
        return layout.page("Projects", waits && error.isEmpty(), html -> {
            html.element("h1", "Projects");
            Forms.error(html, error);
            if (rows.isEmpty()) {
                empty(html, creation);
            } else {
                html.element("p", headline(rows), "class", "muted");
                html.element(
                        "ul",
                        () -> rows.stream()
                                .sorted(Comparator.comparing(
                                                (Row row) -> row.standing().state())
                                        .thenComparing(Row::path))
                                .forEach(row -> html.element(
                                        "li",
                                        () -> row(row, layout.now(), html),
                                        "class",
                                        ("card " + look(row.standing().state())).strip())),
                        "class",
                        "list");
            }
            create(html, creation, rows.isEmpty());
        });
    }

    private static String headline(List<Row> rows) {
        long wait = rows.stream()
                .filter(row -> row.standing().state().compareTo(State.HAS_INCIDENTS) <= 0)
                .count();
        return wait == 0
                ? Words.count(rows.size(), "project", "projects") + ", all quiet."
                : rows.size() == 1
                        ? "The project needs attention."
                        : wait + " of " + rows.size() + " projects " + (wait == 1 ? "needs" : "need")
                                + " attention now.";
    }

    private static String look(State state) {
        return switch (state) {
            case FAILS -> "bad";
            case HOLDS, HAS_INCIDENTS -> "wait";
            case PASSES -> "good";
            case UNKNOWN, IS_JUDGED, IS_EMPTY, IS_CLOSED -> "";
        };
    }

    private static void row(Row row, Instant now, HtmlText html) {
        Standing standing = row.standing();
        String address = "/p/" + row.path() + "/";
        html.element("h2", () -> {
            html.element("a", row.path(), "href", address).text(" ");
            badge(standing.state(), html);
            if (row.isPublic()) {
                html.text(" ").element("span", "public", "class", "badge");
            }
        });
        html.element(
                "p",
                switch (standing.state()) {
                    case FAILS, HOLDS, HAS_INCIDENTS, PASSES, UNKNOWN ->
                        // the badge has the verdict
                        Forms.sentence(Words.shown(standing.words().replaceFirst("^(FAIL|HOLD|PASS):? +", "")));
                    case IS_JUDGED -> "The newest results are being judged.";
                    case IS_EMPTY -> "No results yet. Open the project: it shows how to add the first ones.";
                    case IS_CLOSED -> "You can add results here, but not read them.";
                });
        row.alerts().forEach(alert -> html.element("p", Forms.sentence(Words.shown(alert)), "class", "message bad"));
        if (standing.lastRun().isPresent() || standing.open() > 0) {
            html.element(
                    "p",
                    () -> {
                        if (standing.open() > 0) {
                            html.element(
                                            "a",
                                            Words.count(standing.open(), "open incident", "open incidents"),
                                            "href",
                                            address + "incidents")
                                    .text(standing.lastRun().isPresent() ? " · " : "");
                        }
                        standing.lastRun().ifPresent(time -> {
                            html.text("last run ");
                            Words.ago(html, time, now);
                        });
                    },
                    "class",
                    "muted small");
        }
    }

    static void badge(State state, HtmlText html) {
        String words =
                switch (state) {
                    case FAILS -> "FAIL";
                    case HOLDS -> "HOLD";
                    case HAS_INCIDENTS -> "open incidents";
                    case PASSES -> "PASS";
                    case UNKNOWN -> "not known";
                    case IS_JUDGED -> "…";
                    case IS_EMPTY -> "empty";
                    case IS_CLOSED -> "";
                };
        if (!words.isEmpty()) {
            html.element("span", words, "class", ("badge " + look(state)).strip());
        }
    }

    private static void empty(HtmlText html, Creation creation) {
        html.element(
                "p",
                creation.organisations().isEmpty() && !creation.isAdministrator()
                        ? "You have no project yet. Ask an owner of your organisation to add you."
                        : "No project yet. Two steps to the first verdict:");
        if (!creation.organisations().isEmpty() || creation.isAdministrator()) {
            html.element("ol", () -> {
                html.element(
                        "li",
                        creation.organisations().isEmpty()
                                ? "Create an organisation, then a project in it."
                                : "Create a project: usually one per repository.");
                html.element("li", "Create a token in its settings, and add it to your CI with the lines shown there.");
            });
        }
    }

    private static void create(HtmlText html, Creation creation, boolean isOpen) {
        if (!creation.organisations().isEmpty()) {
            html.element(
                    "details",
                    () -> {
                        html.element("summary", "New project");
                        Forms.post(html, "/", () -> {
                            Forms.hidden(html, Map.of("action", "project"));
                            html.element(
                                    "div",
                                    () -> {
                                        html.element(
                                                "div",
                                                () -> Forms.choice(
                                                        html,
                                                        "organisation",
                                                        "organisation",
                                                        "Organisation",
                                                        same(creation.organisations())));
                                        html.element(
                                                "div",
                                                () -> Forms.field(
                                                        html,
                                                        "project",
                                                        "name",
                                                        "Name",
                                                        "",
                                                        "type",
                                                        "text",
                                                        "maxlength",
                                                        "39",
                                                        "autocapitalize",
                                                        "none",
                                                        "spellcheck",
                                                        "false",
                                                        "autocomplete",
                                                        "off",
                                                        "required",
                                                        ""));
                                        html.element(
                                                "div",
                                                () -> Forms.choice(
                                                        html,
                                                        "visibility",
                                                        "visibility",
                                                        "Who can read this project",
                                                        visibilities(false)));
                                    },
                                    "class",
                                    "fields");
                            html.element("button", "Create the project", "class", "main");
                        });
                    },
                    "open",
                    isOpen ? "" : null);
        }
        if (creation.isAdministrator()) {
            html.element(
                    "details",
                    () -> {
                        html.element("summary", "New organisation");
                        Forms.post(html, "/", () -> {
                            Forms.hidden(html, Map.of("action", "organisation"));
                            Forms.field(
                                    html,
                                    "new-organisation",
                                    "name",
                                    "Name of the organisation",
                                    "1 to 39 lower-case letters, digits and single hyphens. You are its first owner.",
                                    "type",
                                    "text",
                                    "maxlength",
                                    "39",
                                    "autocapitalize",
                                    "none",
                                    "spellcheck",
                                    "false",
                                    "autocomplete",
                                    "off",
                                    "required",
                                    "");
                            html.element("button", "Create the organisation", "class", "main");
                        });
                    },
                    "open",
                    isOpen && creation.organisations().isEmpty() ? "" : null);
        }
    }

    private static Map<String, String> same(List<String> names) {
        Map<String, String> options = new LinkedHashMap<>();
        names.forEach(name -> options.put(name, name));
        return options;
    }

    /** The choices of who may read a project, the present one first. */
    static Map<String, String> visibilities(boolean isPublic) {
        Map<String, String> options = new LinkedHashMap<>();
        if (isPublic) {
            options.put("public", "everyone, signed in or not");
        }
        options.put("private", "members only");
        options.put("public", "everyone, signed in or not");
        return options;
    }
}
