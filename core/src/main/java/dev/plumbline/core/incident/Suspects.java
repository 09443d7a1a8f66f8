package dev.plumbline.core.incident;

import dev.plumbline.core.model.Timeline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Ranks what may have brought an incident about.
 *
 * <p>A commit's score is the probability that the incident began with the measured revision that brought it, times a
 * weight for the files it touched. Where the environment is the cause, it is named first.
 */
public final class Suspects {
    private Suspects() {}

    /**
     * Ranks.
     *
     * @param timeline of the incident's branch
     * @param commits what each measured revision brought, by its place, itself included; a revision that is not there
     *     stands for itself
     * @return the most suspicious first; revisions that are not credible are left out
     */
    public static List<Suspect> rank(Incident incident, Timeline timeline, Map<Integer, List<Commit>> commits) {
        TreeSet<String> benchmarks = new TreeSet<>();
        incident.shifts()
                .forEach(shift -> benchmarks.add(shift.key().benchmark().name()));
        Whereabouts where = incident.where();
        Whereabouts.Stretch credible = where.credible();
        record Scored(String revision, Optional<Commit> commit, double score, List<Clue> clues) {}
        List<Scored> all = new ArrayList<>();
        double sum = 0;
        for (int place = credible.first(); place <= credible.last(); place++) {
            Clue evidence = evidence(incident, place);
            List<Commit> brought = commits.getOrDefault(place, List.of());
            for (Commit commit : brought) {
                TouchedFiles.Weight weight = TouchedFiles.of(commit.files(), benchmarks);
                List<Clue> clues = new ArrayList<>();
                clues.add(evidence);
                clues.addAll(weight.clues());
                double score = where.at(place) * weight.factor();
                sum += score;
                all.add(new Scored(commit.id(), Optional.of(commit), score, clues));
            }
            String commit = timeline.at(place).header().revision().commit();
            if (brought.isEmpty() && !commit.isEmpty()) {
                sum += where.at(place);
                all.add(new Scored(commit, Optional.empty(), where.at(place), List.of(evidence)));
            }
        }
        List<Suspect> ranked = new ArrayList<>();
        if (incident.kind() == Incident.Kind.ENVIRONMENT || incident.kind() == Incident.Kind.NOISE) {
            ranked.add(new Suspect("", Optional.empty(), 1, incident.clues()));
        }
        double total = sum;
        all.stream()
                .sorted(Comparator.<Scored>comparingDouble(one -> -one.score()))
                .map(one -> new Suspect(
                        one.revision(), one.commit(), total == 0 ? 0 : Math.min(1, one.score() / total), one.clues()))
                .forEach(ranked::add);
        return ranked;
    }

    private static Clue evidence(Incident incident, int place) {
        return new Clue.BeganHere(
                incident.shifts().stream()
                        .filter(shift -> shift.where().likeliest() == place)
                        .count(),
                incident.shifts().size(),
                incident.where().at(place));
    }
}
