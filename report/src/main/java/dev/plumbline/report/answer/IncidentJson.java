package dev.plumbline.report.answer;

import dev.plumbline.core.incident.Case;
import dev.plumbline.core.incident.Companion;
import dev.plumbline.core.incident.Incident;
import dev.plumbline.core.incident.Shift;
import dev.plumbline.core.incident.Suspect;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.report.CommitAuthors;
import dev.plumbline.report.Words;
import dev.plumbline.report.evidence.ClueWords;
import dev.plumbline.report.format.JsonText;
import java.util.Optional;

/** One incident for programs; {@code docs/incidents-schema.json} describes it. */
public final class IncidentJson {
    private IncidentJson() {}

    /** The members of an incident. */
    public static void write(Case one, JsonText json) {
        Incident incident = one.incident();
        json.text("id", incident.id());
        json.text("branch", incident.branch());
        json.text("direction", incident.worse() ? "WORSE" : "BETTER");
        json.text("kind", incident.kind().name());
        json.text("state", one.state().name());
        one.statement()
                .ifPresentOrElse(
                        stated -> json.object("statement", () -> json.statement(stated)),
                        () -> json.nothing("statement"));
        json.brokenPromise(one.broken());
        json.text("time", incident.time().toString());
        run("lastGood", incident.lastGood(), json);
        json.object("firstBad", () -> json.run(incident.firstBad()));
        json.truth("recovered", incident.recovered());
        json.number("correlation", incident.correlation());
        json.number("largestChange", IncidentWords.reported(one).change().relativeChange());
        json.array("reasons", ClueWords.of(incident.clues()), json::text);
        json.array("changes", incident.shifts(), shift -> json.object(() -> shift(one, shift, json)));
        json.truth("slight", incident.isSlight());
        json.array("companions", incident.companions(), companion -> json.object(() -> companion(companion, json)));
        json.array("suspects", one.suspects(), suspect -> json.object(() -> suspect(suspect, json)));
    }

    private static void run(String name, Optional<RunInfo> run, JsonText json) {
        run.ifPresentOrElse(known -> json.object(name, () -> json.run(known)), () -> json.nothing(name));
    }

    private static void shift(Case one, Shift shift, JsonText json) {
        json.series(shift.key());
        json.text("label", Words.label(shift.key()));
        json.unit(shift.track().series().unit());
        json.text("direction", shift.worse() ? "WORSE" : "BETTER");
        json.text("state", one.stateOf(shift).name());
        json.number("before", shift.change().before());
        json.number("after", shift.change().after());
        json.number("relativeChange", shift.change().relativeChange());
        json.number("left", shift.left());
        json.text("since", shift.since());
        run("recovery", shift.recovery(), json);
    }

    private static void companion(Companion companion, JsonText json) {
        json.series(companion.key());
        json.text("label", Words.label(companion.key()));
        json.number("relativeChange", companion.relativeChange());
        json.interval("interval", companion.interval());
        json.number("pValue", companion.pValue());
    }

    private static void suspect(Suspect suspect, JsonText json) {
        json.truth("environment", suspect.isEnvironment());
        json.number("probability", suspect.probability());
        json.array("reasons", ClueWords.of(suspect.clues()), json::text);
        if (suspect.isEnvironment()) {
            json.nothing("commit");
        } else {
            json.text("commit", suspect.revision());
        }
        suspect.commit().ifPresent(commit -> {
            json.text("author", CommitAuthors.name(commit.author()));
            json.text("time", commit.time().toString());
            json.text("subject", commit.subject());
            json.array("files", commit.files(), json::text);
            json.integer("moreFiles", commit.moreFiles());
        });
    }
}
