package dev.plumbline.server.hook;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.RunInfo;
import dev.plumbline.pipeline.workspace.StoreLocation;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.format.JsonValue;
import dev.plumbline.server.data.ServerDatabase;
import dev.plumbline.server.data.Unavailable;
import dev.plumbline.server.people.Project;
import dev.plumbline.server.people.Projects;
import dev.plumbline.server.project.Histories;
import dev.plumbline.server.project.OpenIncidents;
import dev.plumbline.server.project.ReadAnswers;
import dev.plumbline.store.Reruns;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.StoreException;
import dev.plumbline.store.naming.Aliases;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Detects events in projects that have webhooks. A command only announces that it may have changed something;
 * the events are the difference between the previous and the current state, regardless of who changed it and how often.
 */
public final class ProjectWatch {
    private static final Logger LOG = Logger.getLogger("plumbline.server");

    /** Messages of one kind sent for one look at a project, the newest ones. */
    private static final int MOST_MESSAGES = 20;

    /** The most changes of an incident in a message. */
    private static final int MOST_CHANGES = 20;

    private static final List<String> LISTS = List.of("incidents", "called", "newest", "missing");

    private final ServerDatabase database;
    private final Projects projects;
    private final Histories histories;
    private final ReadAnswers answers;
    private final Webhooks webhooks;
    private final Deliveries deliveries;
    private final Supplier<URI> address;
    private final Clock clock;

    /** @param address the address that people use */
    public ProjectWatch(
            ServerDatabase database,
            Projects projects,
            Histories histories,
            ReadAnswers answers,
            Webhooks webhooks,
            Deliveries deliveries,
            Supplier<URI> address,
            Clock clock) {
        this.database = requireNonNull(database, "database");
        this.projects = requireNonNull(projects, "projects");
        this.histories = requireNonNull(histories, "histories");
        this.answers = requireNonNull(answers, "answers");
        this.webhooks = requireNonNull(webhooks, "webhooks");
        this.deliveries = requireNonNull(deliveries, "deliveries");
        this.address = requireNonNull(address, "address");
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * A row of the table.
     *
     * @param known nothing before the first look
     * @param looks how often it was looked at
     */
    private record Watched(String project, Optional<String> known, long looks, Instant changedAt) {}

    /** Something may have changed in a project. Takes no time, and never fails. */
    public void changed(Project project) {
        try {
            boolean isWatched = database.read(rows -> rows.first(
                            "SELECT project FROM project_watch WHERE project = ?",
                            row -> row.text("project"),
                            project.id()))
                    .isPresent();
            if (isWatched) {
                database.write(rows -> rows.update(
                        "UPDATE project_watch SET changed_at = ? WHERE project = ?", clock.instant(), project.id()));
            }
        } catch (Unavailable e) {
            LOG.log(
                    Level.WARNING,
                    "what happened in project " + project.id() + " will be sent after its next change",
                    e);
        }
    }

    /** Looks at every project in which something may have changed. */
    void look() {
        List<Watched> changed = database.read(rows -> rows.list(
                "SELECT project, known, looks, changed_at FROM project_watch WHERE changed_at IS NOT NULL"
                        + " ORDER BY changed_at, project",
                row -> new Watched(
                        row.text("project"), row.optionalText("known"), row.number("looks"), row.time("changed_at"))));
        for (Watched one : changed) {
            try {
                Optional<Project> project = projects.withId(one.project());
                if (project.isPresent()) {
                    look(project.get(), one);
                }
            } catch (IOException | RuntimeException e) {
                LOG.log(Level.WARNING, "looking at project " + one.project() + " failed; it is tried again", e);
            }
        }
    }

    /** The current state, and the messages to send. */
    private record Look(KnownState state, List<Message> messages) {}

    private void look(Project project, Watched before) throws IOException {
        List<Webhook> all = webhooks.listeners(project);
        Set<EventKind> wanted =
                all.stream().flatMap(one -> one.events().stream()).collect(Collectors.toSet());
        Look look = look(project, before.known().map(KnownState::read), wanted);
        database.write(rows -> {
            int first = rows.update(
                    "UPDATE project_watch SET known = ?, looks = looks + 1,"
                            + " changed_at = CASE WHEN changed_at = ? THEN NULL ELSE changed_at END"
                            + " WHERE project = ? AND looks = ?",
                    look.state().text(),
                    before.changedAt(),
                    project.id(),
                    before.looks());
            if (first > 0) { // no other server was first
                for (Message message : look.messages()) {
                    for (Webhook webhook : all) {
                        if (webhook.events().contains(message.kind())) {
                            deliveries.adding(webhook, message).on(rows);
                        }
                    }
                }
            }
            return null;
        });
    }

    private Look look(Project project, Optional<KnownState> before, Set<EventKind> wanted) throws IOException {
        List<Message> messages = new ArrayList<>();
        List<RunInfo> checked = new ArrayList<>();
        List<String> last = checked(project, before.map(KnownState::checked), checked);
        Map<String, List<JsonValue>> incidents = incidents(project);
        Map<String, Set<String>> open = new TreeMap<>();
        incidents.forEach((commit, changes) -> open.put(commit, series(changes)));
        Map<String, JsonValue> acceptances = acceptances(project);
        Set<String> inForce = acceptances.entrySet().stream()
                .filter(one -> one.getValue().get("revoked").isNothing())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        if (before.isPresent()) {
            KnownState known = before.get();
            if (wanted.contains(EventKind.CHECK_FINISHED)) {
                for (RunInfo run : newest(checked)) {
                    messages.add(finished(project, run));
                }
            }
            incidents.forEach((commit, changes) -> {
                if (isOther(commit, open.get(commit), known.incidents())) {
                    messages.add(opened(project, commit, changes));
                }
            });
            known.incidents().forEach((commit, series) -> {
                if (isOther(commit, series, open)) {
                    messages.add(closed(project, commit, series));
                }
            });
            acceptances.forEach((id, acceptance) -> {
                if (inForce.contains(id) && !known.acceptances().contains(id)) {
                    messages.add(accepted(project, EventKind.ACCEPTANCE_RECORDED, acceptance));
                } else if (!inForce.contains(id) && known.acceptances().contains(id)) {
                    messages.add(accepted(project, EventKind.ACCEPTANCE_REVOKED, acceptance));
                }
            });
        }
        return new Look(
                new KnownState(last, open, inForce),
                Stream.of(EventKind.values())
                        .flatMap(kind ->
                                newest(messages.stream()
                                                .filter(message -> message.kind() == kind)
                                                .toList())
                                        .stream())
                        .toList());
    }

    private static <T> List<T> newest(List<T> all) {
        return all.subList(Math.max(0, all.size() - MOST_MESSAGES), all.size());
    }

    /** The commit that a change began with may turn out to be another one: the series is the same then. */
    private static boolean isOther(String commit, Set<String> series, Map<String, Set<String>> others) {
        return !others.containsKey(commit)
                && others.values().stream().allMatch(other -> Collections.disjoint(other, series));
    }

    /**
     * The ids of the runs of the last check.
     *
     * @param last those of before
     * @param since gets the runs that were checked since then, the newest last
     */
    private List<String> checked(Project project, Optional<List<String>> last, List<RunInfo> since) {
        StoreLocation location = histories.of(project);
        if (!location.hasHistory()) {
            return List.of();
        }
        try (RunStore store = location.open(Aliases.NONE, Reruns.POOL)) {
            Set<String> checked = store.checkedRuns();
            List<String> now = store.recordedLast(run -> checked.contains(run.id())).stream()
                    .map(RunInfo::id)
                    .toList();
            if (last.isPresent() && !now.equals(last.get())) {
                Set<String> others = new HashSet<>(since(store, last.get(), now));
                others.retainAll(checked);
                store.runs(RunQuery.all()).stream()
                        .filter(run -> others.contains(run.id()))
                        .forEach(since::add);
            }
            return now;
        }
    }

    private static Set<String> since(RunStore store, List<String> last, List<String> now) {
        if (last.isEmpty()) {
            return store.checkedRuns();
        }
        try {
            return store.recordedAfter(last);
        } catch (StoreException e) {
            LOG.log(Level.FINE, "the runs of the last check are gone", e);
            return Set.copyOf(now);
        }
    }

    /** The open incidents of the main branch, by their first commit. */
    private Map<String, List<JsonValue>> incidents(Project project) throws IOException {
        Map<String, List<JsonValue>> all = new LinkedHashMap<>();
        Optional<JsonValue> answer = answers.json(project, List.of("incidents", "--json"));
        for (String list : LISTS) {
            answer.stream().flatMap(found -> OpenIncidents.open(found, list)).forEach(one -> {
                List<JsonValue> changes = one.get("changes").elements();
                List<JsonValue> its = all.computeIfAbsent(shortened(began(one)), key -> new ArrayList<>());
                its.addAll(changes.isEmpty() ? List.of(one) : changes);
            });
        }
        return all;
    }

    /** The commit with which something began; the lists have it in different places. */
    private static String began(JsonValue one) {
        return Stream.of(
                        one.get("began"),
                        one.get("firstBad").get("commit"),
                        one.get("since"),
                        one.get("since").get("commit"),
                        one.get("run").get("commit"))
                .flatMap(place -> place.text().stream())
                .filter(commit -> !commit.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String shortened(String commit) {
        return commit.length() > 10 ? commit.substring(0, 10) : commit;
    }

    private static Set<String> series(List<JsonValue> changes) {
        return changes.stream()
                .map(change -> text(change, "series"))
                .filter(id -> !id.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Map<String, JsonValue> acceptances(Project project) throws IOException {
        Map<String, JsonValue> all = new LinkedHashMap<>();
        answers.json(project, List.of("accept", "--list", "--json"))
                .ifPresent(
                        answer -> answer.get("acceptances").elements().forEach(one -> all.put(text(one, "id"), one)));
        return all;
    }

    private static String text(JsonValue object, String member) {
        return object.get(member).text().orElse("");
    }

    /** Writes the common part of every message. */
    private void where(Project project, String page, JsonText json) {
        json.text("project", project.path());
        json.text(
                "url",
                address.get().resolve("/p/" + project.path() + "/" + page).toString());
    }

    /** One that only tries whether messages arrive. */
    public Message test(Project project) {
        return Message.of(EventKind.TEST, clock.instant(), json -> where(project, "", json));
    }

    private Message finished(Project project, RunInfo run) throws IOException {
        Optional<JsonValue> report = answers.json(project, List.of("report", "--json", "--run=" + run.id()));
        return Message.of(EventKind.CHECK_FINISHED, clock.instant(), json -> {
            where(project, "checks/" + run.id(), json);
            json.object("run", () -> json.run(run));
            json.text(
                    "gate",
                    report.flatMap(found -> found.get("gate").get("state").text())
                            .map(state -> switch (state) {
                                case "OPEN" -> "pass";
                                case "CLOSED" -> "fail";
                                default -> "undecided";
                            }));
            json.text("summary", report.flatMap(found -> found.get("summary").text()));
            json.object(
                    "benchmarks",
                    () -> report.ifPresent(
                            found -> found.get("benchmarks").members().forEach((verdict, count) -> count.integer()
                                    .ifPresent(n -> json.integer(verdict, n)))));
        });
    }

    private Message opened(Project project, String commit, List<JsonValue> changes) {
        return Message.of(EventKind.INCIDENT_OPENED, clock.instant(), json -> {
            where(project, "incidents", json);
            json.text("commit", commit);
            json.array(
                    "changes",
                    changes.subList(0, Math.min(MOST_CHANGES, changes.size())),
                    change -> json.object(() -> {
                        json.text("series", text(change, "series"));
                        json.text("label", text(change, "label"));
                        json.text("metric", text(change, "metric"));
                        json.text("branch", text(change, "branch"));
                        json.text("environment", text(change, "environment"));
                        json.number(
                                "relativeChange", change.get("relativeChange").number());
                    }));
            json.integer("moreChanges", Math.max(0, changes.size() - MOST_CHANGES));
        });
    }

    private Message closed(Project project, String commit, Set<String> series) {
        return Message.of(EventKind.INCIDENT_CLOSED, clock.instant(), json -> {
            where(project, "incidents?all=1", json);
            json.text("commit", commit);
            json.array(
                    "series", new TreeSet<>(series).stream().limit(MOST_CHANGES).toList(), json::text);
            json.integer("moreSeries", Math.max(0, series.size() - MOST_CHANGES));
        });
    }

    private Message accepted(Project project, EventKind kind, JsonValue acceptance) {
        return Message.of(kind, clock.instant(), json -> {
            where(project, "incidents?all=1", json);
            for (String member : List.of("id", "benchmark", "metric", "environment", "since", "reason", "by", "at")) {
                json.text(member, acceptance.get(member).text());
            }
            json.number("relativeChange", acceptance.get("relativeChange").number());
            json.text("until", acceptance.get("until").text());
        });
    }
}
