package dev.plumbline.report;

import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.report.terminal.ShellText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The benchmarks and metrics that earlier runs have and these lack, in words. What came from outside is in them as it
 * came.
 */
public final class MissingWords {
    private static final int MOST_COMMANDS = 3;

    /** The most columns of a step's commands; longer ones are left out: shortened, they would be others. */
    private static final int COMMAND_COLUMNS = 400;

    private static final String NOT_RECORDED =
            " (no result of this run has it: measure with the option that records it)";

    private MissingWords() {}

    /**
     * Some of what is missing, in one sentence.
     *
     * @param of benchmarks; none for a line that names its benchmark itself
     * @param command what joins the names; empty where nothing looks renamed
     * @param isName whether the words are the name of a missing benchmark and no sentence
     * @param since since which commit, {@code 5f6a7b8c9d by Jane Doe}; empty text where that is the judged one and
     *     brought no others, is not known, or is not the same for all
     */
    public record Line(String words, List<String> of, Optional<String> command, boolean isName, String since) {
        public Line {
            of = List.copyOf(of);
        }

        /** A sentence, also where the words are a name. */
        public String sentence() {
            String start = isName ? words + " is missing" + (since.isEmpty() ? " from this run" : "") : words;
            return since.isEmpty() ? start : start + (isName ? " since commit " : ", since commit ") + since;
        }

        /** The words, and since which commit. */
        public String dated() {
            return words + (since.isEmpty() ? "" : ", since commit " + since);
        }
    }

    /** Benchmarks first, those that look renamed alike together, then metrics, each once. */
    public static List<Line> of(Report report) {
        return of(report.missing(), report);
    }

    /** The same of some of them. */
    static List<Line> of(List<Missing> some, Report report) {
        Map<List<String>, List<Missing>> renamed = new LinkedHashMap<>();
        Map<String, List<Missing>> metrics = new LinkedHashMap<>();
        Map<List<String>, List<Missing>> benchmarks = new LinkedHashMap<>();
        List<Line> lines = new ArrayList<>();
        for (Missing one : some) {
            if (one.unit().isPresent()) {
                String words = name(one.key(), report) + ": "
                        + unit(one.key().metric(), one.unit().get());
                lines.add(new Line(words, List.of(), Optional.empty(), false, since(List.of(one), report)));
            } else if (!one.isBenchmark()) {
                metrics.computeIfAbsent(one.key().metric(), none -> new ArrayList<>())
                        .add(one);
            } else if (one.renamed().isPresent()) {
                Missing.Renamed now = one.renamed().get();
                renamed.computeIfAbsent(List.of(now.from(), now.into()), none -> new ArrayList<>())
                        .add(one);
            } else if (one.mode().isPresent()) {
                String words = name(one.key(), report) + " " + mode(one.mode().get());
                lines.add(new Line(words, List.of(), Optional.empty(), false, since(List.of(one), report)));
            } else {
                benchmarks
                        .computeIfAbsent(
                                List.of(Words.label(one.key()), since(List.of(one), report)), none -> new ArrayList<>())
                        .add(one);
            }
        }
        benchmarks.forEach((label, places) -> lines.add(
                new Line(names(places, report).get(0), List.of(), Optional.empty(), true, since(places, report))));
        List<Line> all = new ArrayList<>();
        renamed.values().forEach(alike -> all.add(renamed(alike, report)));
        all.addAll(lines);
        metrics.forEach((metric, lacking) -> all.add(new Line(
                lacking(metric, benchmarks(lacking), report),
                names(lacking, report),
                Optional.empty(),
                false,
                since(lacking, report))));
        return all;
    }

    private static String lacking(String metric, int benchmarks, Report report) {
        String words = metric + " is missing from " + Words.count(benchmarks, "benchmark", "benchmarks");
        return report.findings().stream()
                        .anyMatch(finding -> finding.key().metric().equals(metric))
                ? words
                : words + NOT_RECORDED;
    }

    /** The earlier commit since which all of them are missing, with its author. */
    private static String since(List<Missing> some, Report report) {
        List<String> commits = some.stream().map(Missing::since).distinct().toList();
        boolean isEarlier = commits.size() == 1
                && !commits.get(0).isEmpty()
                && (report.authors().isEarlier(commits.get(0))
                        || report.candidates().stream()
                                .noneMatch(
                                        run -> run.header().revision().commit().equals(commits.get(0))));
        return isEarlier ? report.authors().began(commits.get(0)) : "";
    }

    private static Line renamed(List<Missing> some, Report report) {
        Missing.Renamed now = some.get(0).renamed().orElseThrow();
        String words = benchmarks(some) == 1
                ? names(some, report).get(0) + " looks renamed to " + now.to().label() + moved(now)
                : now.from() + " looks renamed to " + now.into() + " ("
                        + Words.count(benchmarks(some), "benchmark", "benchmarks") + ")" + moved(some);
        return new Line(words, List.of(), command(now, report), false, since(some, report));
    }

    /** {@code , and 12.3 % slower} behind the new name; empty text where the level is that of the old one. */
    public static String moved(Missing.Renamed now) {
        return now.moved().map(moved -> ", and " + size(moved)).orElse("");
    }

    /** The same of several that became others of one name. */
    public static String moved(List<Missing> alike) {
        return alike.stream()
                .flatMap(one -> one.renamed().stream())
                .flatMap(now -> now.moved().stream())
                .max(Comparator.comparingDouble(Missing.Moved::loss))
                .map(worst -> (alike.size() > 1 ? ", one " : ", and ") + size(worst))
                .orElse("");
    }

    private static String size(Missing.Moved moved) {
        boolean isSpeed = Words.isSpeed(moved.unit(), moved.better());
        return Words.moved(isSpeed ? "" : moved.metric(), moved.relativeChange(), moved.unit(), moved.better())
                .strip();
    }

    /** One of them by itself, in a sentence. */
    public static String of(Missing one, Report report) {
        if (one.unit().isPresent()) {
            return Words.label(one.key()) + ": " + why(one, report);
        }
        return (one.isBenchmark() ? Words.label(one.key()) : one.key().metric() + " of " + Words.label(one.key()))
                + " is missing: " + why(one, report);
    }

    /** The same for who knows of what. */
    public static String why(Missing one, Report report) {
        String since = since(List.of(one), report);
        if (one.unit().isPresent()) {
            return unit(one.key().metric(), one.unit().get()) + (since.isEmpty() ? "" : ", since commit " + since);
        }
        return "earlier runs measured it, this run did not"
                + (since.isEmpty() ? "" : ", nor did those since commit " + since)
                + one.mode().map(now -> "; it " + mode(now)).orElse("")
                + one.renamed()
                        .map(now -> "; it looks renamed to " + now.to().label() + moved(now)
                                + command(now, report).map(": "::concat).orElse(""))
                        .orElse("");
    }

    private static String mode(Missing.OtherMode now) {
        return "changed its mode, " + now.before() + " → " + now.now() + ": another quantity, which is not compared";
    }

    /** {@code unit changed from ms to MB/s (direction turned round), time is now throughput}. */
    static String unit(String metric, Missing.OtherUnit now) {
        boolean isSame = now.before().equals(now.now());
        return (isSame
                        ? "direction turned round"
                        : "unit changed from " + shown(now.before()) + " to " + shown(now.now())
                                + (now.isTurned() ? " (direction turned round)" : ""))
                + (metric.equals(now.metric()) ? "" : ", " + metric + " is now " + now.metric());
    }

    private static String shown(Unit unit) {
        return unit.symbol().isEmpty() ? "a bare number" : unit.symbol();
    }

    /** The lines of a page, each with its benchmarks and the command that joins the names. */
    public static List<String> lines(Report report) {
        return of(report).stream()
                .map(line -> line.dated()
                        + (line.of().isEmpty() ? "" : ": " + String.join(", ", line.of()))
                        + line.command().map("; to join the two: "::concat).orElse(""))
                .toList();
    }

    /** The command that joins the names in the history; empty where none was asked. */
    public static Optional<String> command(Missing.Renamed now, Report report) {
        return report.kind() == Report.Kind.CHECK ? Optional.of(rename(now)) : Optional.empty();
    }

    /** The command that joins two names in the history. */
    public static String rename(Missing.Renamed now) {
        return ShellText.command("plumb series rename", List.of(now.from(), now.into()));
    }

    /**
     * The number of missing benchmarks that are accepted in the same way as the named one: those that look renamed are
     * joined, if they can be.
     */
    public static int alike(Missing named, List<Missing> missing) {
        return (int) missing.stream()
                .filter(one -> one.renamed().isPresent() == named.renamed().isPresent()
                        && one.unit().isPresent() == named.unit().isPresent())
                .count();
    }

    /** Behind the command for one of several: {@code  (accepts 1 of the 3)}. */
    public static String firstOf(int count) {
        return count > 1 ? " (accepts 1 of the " + count + ")" : "";
    }

    /**
     * The command that lets a check pass without it, with its purpose in front.
     *
     * @param store where the history is, behind a space; may be empty
     * @param of how many are missing
     */
    public static String accept(Missing one, String store, int of) {
        return one.mode()
                        .map(mode ->
                                "to compare: measure in mode " + mode.before() + " · new mode intended: plumb accept ")
                        .or(() -> one.unit().map(now -> "new unit intended: plumb accept "))
                        .orElse("removed on purpose: plumb accept ")
                + one.id() + " --reason WHY" + store + firstOf(of);
    }

    /**
     * The number of benchmarks that are missing and of those that lack a metric, as far as there are any; without those
     * that look renamed.
     */
    static String count(Report report) {
        int benchmarks = benchmarks(report.missing().stream()
                .filter(one -> one.isBenchmark() && one.renamed().isEmpty())
                .toList());
        int metrics = (int) report.missing().stream()
                .filter(one -> !one.isBenchmark() && one.unit().isEmpty())
                .map(one -> List.of(Words.label(one.key()), one.key().metric()))
                .distinct()
                .count();
        return (benchmarks > 0 ? Words.count(benchmarks, "benchmark is", "benchmarks are") + " missing" : "")
                + (benchmarks > 0 && metrics > 0 ? ", and " : "")
                + (metrics > 0
                        ? Words.count(metrics, "primary metric was", "primary metrics were") + " not measured"
                        : "");
    }

    /** The next steps, a sentence each. */
    public static List<String> steps(Report report) {
        if (report.missing().isEmpty()) {
            return List.of();
        }
        List<String> steps = new ArrayList<>();
        String again = report.kind() == Report.Kind.CHECK ? "check" : "compare";
        String commands = report.missing().stream()
                .flatMap(one -> one.renamed().stream())
                .flatMap(now -> command(now, report).stream())
                .distinct()
                .limit(MOST_COMMANDS)
                .reduce(
                        "",
                        (some, next) -> some.length() + next.length() > COMMAND_COLUMNS
                                ? some
                                : some + (some.isEmpty() ? "" : " && ") + next);
        if (!commands.isEmpty()) {
            steps.add("If it was renamed: " + commands + " where the history is kept, then check again.");
            report.missing().stream()
                    .flatMap(one -> one.renamed().stream())
                    .flatMap(now -> AliasLine.of(now.from(), now.into(), false).stream())
                    .filter(line -> line.length() <= COMMAND_COLUMNS)
                    .findFirst()
                    .ifPresent(line -> steps.add("Or share the renaming in plumbline.yaml: " + line + "."));
        }
        report.missing().stream()
                .filter(one -> one.mode().isPresent())
                .findFirst()
                .ifPresent(one -> steps.add("To compare, measure " + Words.label(one.key()) + " in mode "
                        + one.mode().get().before()
                        + (NoteWords.isRecorded(report)
                                ? "; if the new mode is intended: plumb accept " + one.id() + " --reason WHY."
                                : ".")));
        List<Missing> gone = report.missing().stream()
                .filter(one -> one.mode().isEmpty() && one.unit().isEmpty())
                .toList();
        report.missing().stream()
                .filter(one -> one.unit().isPresent())
                .findFirst()
                .ifPresent(one -> steps.add("To compare, measure " + Words.label(one.key()) + " in "
                        + shown(one.unit().get().before()) + " as before; if the new unit is intended: "
                        + (NoteWords.isRecorded(report)
                                ? "plumb accept " + one.id() + " --reason WHY."
                                : again + " with --on-incomparable pass.")));
        boolean isAllRenamed = gone.stream().allMatch(one -> one.renamed().isPresent());
        if (isAllRenamed && !gone.isEmpty() && report.kind() == Report.Kind.COMPARISON) {
            steps.add("If it was renamed: give it the same name on both sides, or compare with --on-missing pass.");
        }
        if (!isAllRenamed) {
            steps.add(count(report) + ": run the missing benchmarks and " + again + " again.");
            if (NoteWords.isRecorded(report)) {
                steps.add("If it was removed on purpose: plumb accept "
                        + gone.stream()
                                .filter(one -> one.renamed().isEmpty())
                                .findFirst()
                                .orElse(gone.get(0))
                                .id()
                        + " --reason WHY"
                        + firstOf((int) gone.stream()
                                .filter(one -> one.renamed().isEmpty())
                                .count())
                        + "; otherwise it is no longer expected once most of the newest 5 commits before it lack"
                        + " it.");
            }
        }
        return steps;
    }

    /** The number of benchmarks, each once in whatever environments. */
    private static int benchmarks(List<Missing> some) {
        return (int) some.stream().map(one -> one.key().benchmark()).distinct().count();
    }

    /** The benchmarks, each once, and where they are missing if that is not the same for all. */
    private static List<String> names(List<Missing> some, Report report) {
        Map<String, List<String>> environments = new LinkedHashMap<>();
        some.forEach(one -> environments
                .computeIfAbsent(Words.label(one.key()), none -> new ArrayList<>())
                .add(one.key().environment()));
        boolean isOnePlace = isOnePlace(report);
        return environments.entrySet().stream()
                .map(one -> one.getKey() + (isOnePlace ? "" : " in " + String.join(" and ", one.getValue())))
                .toList();
    }

    /** The benchmark, and where it is missing if that is not the same for all. */
    private static String name(SeriesKey key, Report report) {
        return Words.label(key) + (isOnePlace(report) ? "" : " in " + key.environment());
    }

    private static boolean isOnePlace(Report report) {
        return report.candidates().stream()
                        .map(run -> run.header().environment().key())
                        .distinct()
                        .count()
                <= 1;
    }
}
