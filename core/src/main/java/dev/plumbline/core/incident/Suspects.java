package dev.plumbline.core.incident;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Timeline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Ranks the possible causes of an incident.
 *
 * <p>A commit's score is the probability that the incident began with the measured revision that brought it, times a
 * weight for the files it touched. One that names a quarter of the benchmarks that moved, in what it touches or in its
 * message, ranks before those that do not, and is no less likely than these. Where the environment is the cause, it is
 * named first.
 */
public final class Suspects {
    /** The likelihood ratio of a commit that names the benchmarks to one that names none. */
    private static final double NAMED = 10;

    /** One in this number of benchmarks that moved has to be named. */
    private static final int SHARE = 4;

    private Suspects() {}

    /**
     * One that may be it.
     *
     * @param byValues its score without its name
     */
    private record Scored(
            String revision,
            Optional<Commit> commit,
            double byValues,
            double score,
            boolean isNamed,
            List<Clue> clues) {
        Scored atLeast(double least) {
            return new Scored(revision, commit, byValues, isNamed ? Math.max(score, least) : score, isNamed, clues);
        }

        Suspect suspect(double total, boolean isMoved) {
            List<Clue> all = new ArrayList<>(clues);
            if (isMoved) {
                all.add(new Clue.RankedByName());
            }
            return new Suspect(revision, commit, total == 0 ? 0 : Math.min(1, score / total), all);
        }
    }

    /**
     * Ranks.
     *
     * @param timeline of the incident's branch
     * @param commits what each measured revision brought, by its place, itself included; a revision that is not in it
     *     counts as its own commit
     * @return the most suspicious first; revisions that are not credible are left out
     */
    public static List<Suspect> rank(Incident incident, Timeline timeline, Map<Integer, List<Commit>> commits) {
        return rank(incident, incident.shifts(), timeline, commits);
    }

    /**
     * The same where only some changes wait for a cause.
     *
     * @param asked of the incident's changes those whose benchmarks a commit may name
     */
    public static List<Suspect> rank(
            Incident incident, List<Shift> asked, Timeline timeline, Map<Integer, List<Commit>> commits) {
        Set<Benchmark> moved = new LinkedHashSet<>();
        asked.forEach(shift -> moved.add(shift.key().benchmark()));
        ChangeLocation where = incident.where();
        ChangeLocation.Stretch credible = where.credible();
        List<Scored> all = new ArrayList<>();
        for (int place = credible.first(); place <= credible.last(); place++) {
            List<Commit> brought = commits.getOrDefault(place, List.of());
            Clue evidence = evidence(incident, place, Math.max(1, brought.size()));
            for (Commit commit : brought) {
                all.add(scored(commit, where.at(place), moved, List.of(evidence)));
            }
            String commit = timeline.at(place).header().revision().commit();
            if (brought.isEmpty() && !commit.isEmpty()) {
                double score = where.at(place);
                all.add(new Scored(commit, Optional.empty(), score, score, false, List.of(evidence)));
            }
        }
        List<Suspect> ranked = new ArrayList<>();
        if (incident.kind() == Incident.Kind.ENVIRONMENT || incident.kind() == Incident.Kind.NOISE) {
            ranked.add(new Suspect("", Optional.empty(), 1, incident.clues()));
        }
        ranked.addAll(ranked(all));
        return ranked;
    }

    /**
     * Ranks the commits with which a change may have begun, where no run separates them.
     *
     * @param moved the benchmarks that changed
     * @return the most suspicious first
     */
    public static List<Suspect> among(List<Commit> commits, Set<Benchmark> moved) {
        return ranked(commits.stream()
                .map(commit -> scored(commit, 1, moved, List.of()))
                .toList());
    }

    /** @param probability that the change began with the revision that brought the commit */
    private static Scored scored(Commit commit, double probability, Set<Benchmark> moved, List<Clue> evidence) {
        TreeSet<String> benchmarks = new TreeSet<>();
        moved.forEach(benchmark -> benchmarks.add(benchmark.name()));
        TouchedFiles.Weight weight = TouchedFiles.of(commit.files(), benchmarks);
        List<Clue> clues = new ArrayList<>(evidence);
        if (!commit.mergedWith().isEmpty()) {
            clues.add(new Clue.MergedWith(commit.mergedWith()));
        }
        clues.addAll(weight.clues());
        Optional<Naming> naming = weight.isHarmless() ? Optional.empty() : Naming.of(commit, moved);
        boolean isNamed =
                naming.filter(one -> SHARE * one.benchmarks() >= moved.size()).isPresent();
        naming.map(Naming::clue).filter(clue -> !weight.isNamesake()).ifPresent(clues::add);
        double score = probability * weight.factor();
        return new Scored(commit.id(), Optional.of(commit), score, isNamed ? NAMED * score : score, isNamed, clues);
    }

    private static List<Suspect> ranked(List<Scored> all) {
        double unnamed = all.stream()
                .filter(one -> !one.isNamed())
                .mapToDouble(Scored::score)
                .max()
                .orElse(0);
        List<Scored> scored = all.stream()
                .map(one -> one.atLeast(unnamed))
                .sorted(Comparator.<Scored>comparingInt(one -> one.isNamed() ? 0 : 1)
                        .thenComparingDouble(one -> -one.score()))
                .toList();
        double total = scored.stream().mapToDouble(Scored::score).sum();
        return scored.stream()
                .map(one -> one.suspect(total, one.isNamed() && one.byValues() < unnamed))
                .toList();
    }

    private static Clue evidence(Incident incident, int place, int commits) {
        return new Clue.BeganHere(
                incident.shifts().stream()
                        .filter(shift -> shift.where().likeliest() == place)
                        .count(),
                incident.shifts().size(),
                incident.where().at(place),
                commits);
    }
}
