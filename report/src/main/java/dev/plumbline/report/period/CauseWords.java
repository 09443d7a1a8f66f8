package dev.plumbline.report.period;

import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.incident.Case;
import dev.plumbline.core.incident.Commit;
import dev.plumbline.core.incident.Incident;
import dev.plumbline.core.incident.Shift;
import dev.plumbline.core.incident.Suspect;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.report.CommitAuthors;
import dev.plumbline.report.RunWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.answer.IncidentWords;
import dev.plumbline.report.content.SeriesCourse;
import dev.plumbline.report.evidence.ClueWords;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.terminal.SharedNames;
import dev.plumbline.report.terminal.TerminalText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The changes of a period, each in one sentence for people who do not read statistics: what, by how much, and since
 * which commit of whom. What came from outside is in them as it came: escape the result.
 */
final class CauseWords {
    /** A longer name of a benchmark loses its middle. */
    private static final int NAME = 60;

    /** A longer first line of a commit's message loses its end. */
    private static final int SUBJECT = 60;

    private static final int SHORT_COMMIT = 10;

    /** A commit less likely than this is named with its probability. */
    private static final double NEARLY_CERTAIN = 0.95;

    private final PeriodReport periodReport;
    private final SharedNames names;
    private final Map<SeriesKey, SeriesCourse> courses;
    private final boolean severalEnvironments;

    CauseWords(PeriodReport periodReport) {
        this.periodReport = periodReport;
        this.names = SharedNames.of(periodReport.courses().stream()
                .map(course -> course.series().key().benchmark())
                .distinct()
                .toList());
        this.courses = periodReport.courses().stream()
                .collect(Collectors.toMap(
                        course -> course.series().key(), Function.identity(), (first, second) -> first));
        this.severalEnvironments = courses.keySet().stream()
                        .map(SeriesKey::environment)
                        .distinct()
                        .limit(2)
                        .count()
                > 1;
    }

    /**
     * {@code CsvLine.split is 46.9 % slower since 07af466c15 (Ann Lee, "Split by regex")}; of one that is over {@code was
     * 46.9 % slower from 07af466c15 (Ann Lee, "Split by regex") to 3f2a1c9d00 by Bob}.
     */
    String of(Case one) {
        Shift largest = IncidentWords.reported(one);
        boolean isOver = one.incident().recovered() && largest.back().isPresent();
        String words = subject(
                isOver ? "was" : "is",
                largest.key(),
                largest.change().relativeChange(),
                largest.track().series().unit(),
                largest.track().series().better());
        return words
                + others(one, largest)
                + (isOver
                        ? since(one).replaceFirst(" since ", " from ")
                                + back(largest.back().get())
                        : since(one));
    }

    private String back(Shift.Back back) {
        Revision revision = back.likeliest().header().revision();
        return " to " + (back.isExact() ? "" : "about ")
                + (revision.isKnown()
                        ? periodReport.authors().began(revision.commit())
                        : day(back.likeliest().time()));
    }

    /** The same of what a check has detected and the history does not confirm yet. */
    String of(CalledBenchmark one) {
        CalledRegression head = one.head();
        String words = Optional.ofNullable(courses.get(head.key()))
                .map(SeriesCourse::series)
                .map(series -> subject("is", head.key(), head.relativeChange(), series.unit(), series.better()))
                .orElseGet(() -> name(head.key()) + " " + head.key().metric() + " changed by "
                        + Quantity.change(head.relativeChange()));
        Revision revision = head.since().header().revision();
        String began = revision.isKnown()
                ? periodReport.authors().began(revision.commit())
                : day(head.since().time());
        return words + " since " + began + ", detected by a check and not yet confirmed by the history";
    }

    private String subject(String verb, SeriesKey key, double change, Unit unit, Better better) {
        boolean isClear = Words.isSpeed(unit, better) && !Words.isPercentile(key.metric());
        return name(key) + (isClear ? "" : " " + key.metric())
                + (severalEnvironments ? " in " + key.environment() : "") + " "
                + Words.moved(verb, change, unit, better);
    }

    private String name(SeriesKey key) {
        return TerminalText.shorten(TerminalText.escape(names.label(key.benchmark())), NAME, "…");
    }

    /** The other series of the incident that moved the same way. */
    private static String others(Case one, Shift largest) {
        int others = (int) one.undecided().stream()
                .filter(shift -> !shift.equals(largest)
                        && shift.worse() == one.incident().worse())
                .count();
        return others == 0
                ? ""
                : " and " + Words.count(others, "more series is", "more series are")
                        + (one.incident().worse() ? " worse" : " better");
    }

    private static String since(Case one) {
        Incident incident = one.incident();
        String day = day(incident.time());
        if (incident.kind() == Incident.Kind.SLOPE) {
            return ", gradually since " + day;
        }
        List<Suspect> suspects = one.suspects();
        if (suspects.isEmpty()) {
            Revision revision = incident.begun().header().revision();
            return " since " + (revision.isKnown() ? revision.shortCommit() + " of " : "") + day;
        }
        Suspect first = suspects.get(0);
        if (first.isEnvironment()) {
            return " since " + day + ", because of the machine"
                    + incident.clues().stream()
                            .findFirst()
                            .map(clue -> ": " + ClueWords.WORDS.of(clue))
                            .orElse("");
        }
        if (first.probability() > 0.5) {
            return " since " + TerminalText.start(first.revision(), SHORT_COMMIT) + Words.inBrackets(about(first));
        }
        return " since " + day + " with one of " + suspects.size() + " commits";
    }

    /** {@code 67 % likely, Ann Lee, "Split by regex"}. */
    private static String about(Suspect suspect) {
        List<String> parts = new ArrayList<>();
        if (suspect.probability() < NEARLY_CERTAIN) {
            parts.add(IncidentWords.percent(suspect) + " likely");
        }
        suspect.commit()
                .map(Commit::author)
                .map(CommitAuthors::name)
                .filter(name -> !name.isEmpty())
                .ifPresent(parts::add);
        suspect.commit()
                .map(commit -> commit.subject().strip())
                .filter(subject -> !subject.isEmpty())
                .map(subject -> '"' + TerminalText.shorten(TerminalText.escape(subject), SUBJECT, "…") + '"')
                .ifPresent(parts::add);
        return String.join(", ", parts);
    }

    private static String day(Instant time) {
        return RunWords.time(time).substring(0, 10);
    }
}
