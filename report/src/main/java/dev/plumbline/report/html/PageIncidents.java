package dev.plumbline.report.html;

import dev.plumbline.core.annotation.Annotated;
import dev.plumbline.core.incident.Case;
import dev.plumbline.core.incident.Incident;
import dev.plumbline.core.incident.Shift;
import dev.plumbline.core.incident.Suspect;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.report.CommitAuthors;
import dev.plumbline.report.TriageWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.answer.IncidentWords;
import dev.plumbline.report.evidence.ClueWords;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.terminal.TerminalText;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The incidents of a period in a page's data. */
final class PageIncidents {
    private static final int SUSPECTS = 3;
    private static final int COMPANIONS = 20;
    private static final int CHARACTERS = 400;

    private final JsonText json;
    private final PageData data;
    private final Function<SeriesKey, Integer> places;

    /**
     * @param data knows the runs of the page
     * @param places where the series of the page are; null for one that is not there
     */
    PageIncidents(JsonText json, PageData data, Function<SeriesKey, Integer> places) {
        this.json = json;
        this.data = data;
        this.places = places;
    }

    void write(List<Case> cases) {
        json.array("incidents", cases, one -> json.object(() -> write(one)));
    }

    private void write(Case one) {
        Incident incident = one.incident();
        Shift reported = IncidentWords.reported(one);
        json.text("id", incident.id());
        json.text("state", one.state().name());
        json.text("kind", incident.kind().name());
        json.truth("worse", incident.worse());
        json.truth("open", one.isOpen() && !incident.recovered());
        if (incident.isSlight()) {
            json.truth("slight", true);
        }
        json.integer("run", data.run(incident.begun()));
        incident.lastGood().ifPresent(good -> json.integer("after", data.run(good)));
        incident.shifts().stream()
                .flatMap(shift -> shift.recovery().stream())
                .filter(back -> incident.recovered())
                .max(Comparator.comparing(PageData::time))
                .ifPresent(back -> json.integer("back", data.run(back)));
        // an infinite change has no position on a scale; the largest double is used at its end
        json.number(
                "change",
                Math.max(
                        -Double.MAX_VALUE,
                        Math.min(Double.MAX_VALUE, reported.change().relativeChange())));
        json.text("text", IncidentWords.size(one));
        json.text("interval", interval(reported));
        json.text("subject", IncidentWords.subject(one));
        json.text("headline", IncidentWords.headline(one));
        String others = IncidentWords.others(one);
        if (!others.isEmpty()) {
            json.text("others", others);
        }
        json.text("cause", shortened(IncidentWords.cause(one)));
        if (one.statement().isPresent() || one.broken().isPresent()) {
            json.text("said", TriageWords.stated(new Annotated(one.statement(), one.broken())));
        }
        json.array("reasons", ClueWords.of(incident.clues()), reason -> json.text(shortened(reason)));
        json.array(
                "also",
                incident.companions().stream().limit(COMPANIONS).toList(),
                companion -> json.text(shortened(IncidentWords.also(companion))));
        json.array(
                "suspects",
                one.suspects().stream().limit(SUSPECTS).toList(),
                suspect -> json.object(() -> suspect(suspect)));
        List<Shift> shown = incident.shifts().stream()
                .filter(shift -> places.apply(shift.key()) != null)
                .sorted(IncidentWords.mattersFirst(one))
                .toList();
        Set<Shift> undecided = Set.copyOf(one.undecided());
        json.array("members", shown, shift -> json.object(() -> member(one, shift, !undecided.contains(shift))));
        json.integer("count", incident.shifts().size());
    }

    private void suspect(Suspect suspect) {
        json.text("share", IncidentWords.percent(suspect));
        if (!suspect.isEnvironment()) {
            json.text("commit", suspect.revision());
        }
        suspect.commit().ifPresent(commit -> {
            json.text("author", CommitAuthors.name(commit.author()));
            json.text("subject", shortened(commit.subject()));
        });
        json.array("reasons", ClueWords.of(suspect.clues()), reason -> json.text(shortened(reason)));
    }

    private void member(Case one, Shift shift, boolean isDecided) {
        Quantity.Pair levels = Quantity.pair(
                shift.change().before(),
                shift.change().after(),
                shift.track().series().unit(),
                0.005);
        json.integer("series", places.apply(shift.key()));
        json.truth("worse", shift.worse());
        json.text("text", Quantity.change(shift.change().relativeChange()));
        json.text("interval", interval(shift));
        json.text("before", levels.before());
        json.text("after", levels.after());
        if (isDecided) {
            json.truth("decided", true);
        }
        shift.recovery().ifPresentOrElse(back -> json.integer("back", data.run(back)), () -> {
            if (shift.worse() && one.stateOf(shift) != one.state()) {
                json.text("state", one.stateOf(shift).name());
            }
        });
    }

    private static String interval(Shift shift) {
        return shift.change().confidenceInterval().map(Words::range).orElse("");
    }

    private static String shortened(String text) {
        return text.length() > CHARACTERS ? TerminalText.start(text, CHARACTERS) + "…" : text;
    }
}
