package dev.plumbline.report.evidence;

import dev.plumbline.core.incident.Clue;
import dev.plumbline.core.incident.SteadyFacts;
import dev.plumbline.report.terminal.TerminalText;
import java.util.List;
import java.util.stream.Collectors;

/** The clues to the cause of an incident, in sentences. */
public final class ClueWords {
    public static final ByKind<Clue, String> WORDS = new ByKind<Clue, String>()
            .with(Clue.SameRevision.class, clue -> "it began between two runs of the same commit: no code changed")
            .with(Clue.FactChanged.class, clue -> words(clue.change()) + " in " + clue.environment())
            .with(
                    Clue.FactChangedInPart.class,
                    clue -> words(clue.change()) + " in the runs of " + clue.series() + " of the " + clue.of()
                            + " series")
            .with(
                    Clue.StillElsewhere.class,
                    clue -> "the same revisions did not move in " + String.join(" and ", clue.environments()) + " ("
                            + clue.still() + " of " + clue.compared() + " series)")
            .with(
                    Clue.MovedTogether.class,
                    clue -> clue.moved() + " of the " + clue.measured() + " series of " + clue.environment()
                            + " moved together")
            .with(
                    Clue.CostMoved.class,
                    clue -> clue.loser().label() + " lost what its neighbours gained: their sum changed by less"
                            + " than a quarter of that")
            .with(
                    Clue.OddRunsOnly.class,
                    clue -> "only disturbed runs ("
                            + clue.runs().stream()
                                    .map(run -> run.commit() + " in " + run.environment())
                                    .collect(Collectors.joining(", "))
                            + "): much of the suite was off in these runs and recovered")
            .with(
                    Clue.Gradual.class,
                    clue -> "gradual, over " + clue.runs() + " runs: probably no single commit caused it")
            .with(Clue.BeganHere.class, ClueWords::began)
            .with(Clue.Touched.class, ClueWords::touched)
            .with(
                    Clue.NamedInMessage.class,
                    clue -> "its message mentions words of the benchmark's name: " + clue.name())
            .with(
                    Clue.RankedByName.class,
                    clue -> "ranked before commits that name no benchmark; the values alone do not favour it")
            .with(Clue.MergedWith.class, clue -> "came with merge " + TerminalText.start(clue.merge(), 10))
            .with(Clue.TouchedOnly.class, clue -> switch (clue.what()) {
                case DOCUMENTS -> "only changes documentation";
                case TESTS -> "only changes tests";
            });

    private ClueWords() {}

    /** All of them, in their order. */
    public static List<String> of(List<Clue> clues) {
        return clues.stream().map(WORDS::of).toList();
    }

    /** {@code info.kernel changed from 6.1 to 6.8}. */
    private static String words(SteadyFacts.Change change) {
        return change.fact() + " changed from " + change.before() + " to " + change.after();
    }

    private static String began(Clue.BeganHere clue) {
        String probability = Percent.whole(clue.probability());
        if (clue.commits() > 1) {
            return (clue.series() == 1 ? "" : clue.here() + " of " + clue.series() + " series changed here; ")
                    + probability + " likely to have begun with one of " + clue.commits()
                    + " commits, from the values alone; no run separates them";
        }
        return clue.series() == 1
                ? probability + " likely to have begun here, from the values alone"
                : clue.here() + " of " + clue.series() + " series changed here; " + probability
                        + " likely to have begun here, from all runs";
    }

    private static String touched(Clue.Touched clue) {
        String file = clue.file();
        return switch (clue.role()) {
            case BENCHMARK -> "changes the benchmark itself, " + file;
            case NAMESAKE -> "changes " + file + ", which matches the benchmark's name";
            case FOLDER -> "changes " + file + ", in a folder that matches the benchmark's name";
            case PACKAGE -> "changes " + file + ", in the benchmark's package";
            case TOOLCHAIN -> "changes the JDK, the compiler or the image: " + file;
            case BUILD -> "changes the build or a dependency: " + file;
        };
    }
}
