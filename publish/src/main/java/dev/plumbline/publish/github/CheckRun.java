package dev.plumbline.publish.github;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.publish.Publication;
import dev.plumbline.publish.PublishFailure;
import dev.plumbline.publish.SourceLine;
import dev.plumbline.publish.http.Refusal;
import dev.plumbline.report.Report;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.format.JsonValue;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.report.text.CiSummary;
import dev.plumbline.report.text.MarkdownReport;
import dev.plumbline.report.text.TextReport;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** The check beside a commit, with a note at each benchmark that may have regressed, and the status that does less. */
final class CheckRun {
    /** The most notes that GitHub accepts at once. */
    private static final int NOTES_AT_ONCE = 50;

    private static final String AWAITED = "Waiting for benchmark results";

    /** More than anybody looks at. */
    private static final int MOST_NOTES = 100;

    private final GitHub github;
    /** Begins the identifier of checks that a later publication replaces. */
    private static final String OWN = "plumbline: ";

    private final GitHubJob job;
    private final boolean isReplacing;

    CheckRun(GitHub github, GitHubJob job) {
        this(github, job, false);
    }

    /** @param isReplacing whether the check of an earlier publication is changed, and no second one written */
    CheckRun(GitHub github, GitHubJob job, boolean isReplacing) {
        this.github = github;
        this.job = job;
        this.isReplacing = isReplacing;
    }

    /** A note at a line. */
    private record Note(SourceLine at, boolean blocks, String title, String message) {}

    /**
     * Writes a check, or a status where the token may write no check: those of people may not.
     *
     * @return what was done, in words
     */
    String publish(Publication publication) throws PublishFailure, InterruptedException {
        try {
            return write(publication, MarkdownReport.of(publication.report()));
        } catch (Refusal e) {
            if (e.isTooLong()) {
                return write(publication, CiSummary.markdown(publication.report())) + ", shortened";
            }
            if (e.status() == 403 || e.status() == 404) {
                return status(publication) + " (its token may not write checks)";
            }
            throw e;
        }
    }

    private String write(Publication publication, String summary) throws PublishFailure, InterruptedException {
        List<Note> notes = notes(publication);
        OptionalLong known = isReplacing ? known(publication.name()) : OptionalLong.empty();
        Consumer<JsonText> result = json -> {
            json.text("status", "completed");
            json.text("conclusion", conclusion(publication.report()));
            publication.link().ifPresent(link -> json.text("details_url", link.toString()));
            output(publication, summary, notes.subList(0, Math.min(NOTES_AT_ONCE, notes.size())), json);
        };
        OptionalLong id = (known.isPresent()
                        ? github.changeCheck(known.getAsLong(), result)
                        : github.check(json -> {
                            begin(publication.name(), json);
                            result.accept(json);
                        }))
                .get("id")
                .integer();
        for (int from = NOTES_AT_ONCE; from < notes.size() && id.isPresent(); from += NOTES_AT_ONCE) {
            List<Note> more = notes.subList(from, Math.min(from + NOTES_AT_ONCE, notes.size()));
            github.changeCheck(id.getAsLong(), json -> output(publication, summary, more, json));
        }
        return "wrote the check " + publication.name() + " of commit "
                + job.commit().substring(0, 10)
                + (notes.isEmpty()
                        ? ""
                        : ", with " + notes.size() + (notes.size() == 1 ? " note" : " notes") + " in the sources");
    }

    private void begin(String name, JsonText json) {
        json.text("name", name);
        json.text("head_sha", job.commit());
        if (isReplacing) {
            json.text("external_id", OWN + name);
        }
    }

    /** The check that an earlier publication under the name wrote. */
    private OptionalLong known(String name) throws PublishFailure, InterruptedException {
        for (JsonValue check :
                github.checksOf(job.commit(), name).get("check_runs").elements()) {
            if (check.get("external_id").text().equals(Optional.of(OWN + name))) {
                return check.get("id").integer();
            }
        }
        return OptionalLong.empty();
    }

    /**
     * Shows on a commit that results are to come, unless there are some.
     *
     * @return what was done, in words
     */
    String await(String name, Optional<URI> link) throws PublishFailure, InterruptedException {
        String where = " of commit " + job.commit().substring(0, 10);
        try {
            if (known(name).isPresent()) {
                return "the check " + name + where + " is there already";
            }
            github.check(json -> {
                begin(name, json);
                json.text("status", "in_progress");
                link.ifPresent(page -> json.text("details_url", page.toString()));
                json.object("output", () -> {
                    json.text("title", AWAITED);
                    json.text("summary", AWAITED + ".");
                });
            });
            return "wrote the pending check " + name + where;
        } catch (Refusal e) {
            if (e.status() != 403 && e.status() != 404) {
                throw e;
            }
        }
        for (JsonValue status : github.statusesOf(job.commit()).get("statuses").elements()) {
            if (status.get("context").text().equals(Optional.of(name))) {
                return "the status " + name + where + " is there already";
            }
        }
        github.status(job.commit(), json -> {
            json.text("state", "pending");
            json.text("context", name);
            json.text("description", AWAITED);
            link.ifPresent(page -> json.text("target_url", page.toString()));
        });
        return "wrote the pending status " + name + where;
    }

    /** Writes a status. */
    String status(Publication publication) throws PublishFailure, InterruptedException {
        github.status(job.commit(), json -> {
            json.text(
                    "state",
                    switch (publication.report().gate().state()) {
                        case OPEN -> "success";
                        case CLOSED -> "failure";
                        case UNDECIDED -> "error";
                    });
            json.text("context", publication.name());
            json.text("description", title(publication.report(), 140));
            publication.link().ifPresent(link -> json.text("target_url", link.toString()));
        });
        return "wrote the status " + publication.name() + " of commit "
                + job.commit().substring(0, 10);
    }

    /**
     * The conclusion of a report; an undecided one needs action: a neutral check would pass where checks are required.
     */
    private static String conclusion(Report report) {
        return switch (report.gate().state()) {
            case OPEN -> "success";
            case CLOSED -> "failure";
            case UNDECIDED -> "action_required";
        };
    }

    private static String title(Report report, int columns) {
        return TerminalText.shorten(TerminalText.escape(TextReport.summary(report)), columns, "…");
    }

    private static void output(Publication publication, String summary, List<Note> notes, JsonText json) {
        json.object("output", () -> {
            json.text("title", title(publication.report(), 200));
            json.text("summary", summary);
            json.array(
                    "annotations",
                    notes,
                    note -> json.object(() -> {
                        json.text("path", note.at.path());
                        json.integer("start_line", note.at.line());
                        json.integer("end_line", note.at.line());
                        json.text("annotation_level", note.blocks ? "failure" : "warning");
                        json.text("title", note.title);
                        json.text("message", note.message);
                    }));
        });
    }

    private static List<Note> notes(Publication publication) {
        List<Note> notes = new ArrayList<>();
        Report report = publication.report();
        Report.Against against = report.against();
        for (List<Finding> worse : report.worseByBenchmark()) {
            Finding worst = worse.get(0);
            SourceLine at = publication.sources().get(worst.key());
            if (at != null && notes.size() < MOST_NOTES) {
                boolean blocks = report.gate().state() == GateDecision.State.CLOSED
                        && worse.stream()
                                .anyMatch(finding -> against.of(finding.key()).isPresent());
                notes.add(
                        new Note(at, blocks, shown(worst.key().metric(), 100), shown(CiSummary.reported(worse), 1000)));
            }
        }
        return notes;
    }

    private static String shown(String text, int columns) {
        return TerminalText.shorten(TerminalText.escape(text), columns, "…");
    }
}
