package dev.plumbline.server.project;

import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.server.people.Project;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds the series of an id. An id is a digest of its series, so what was found once stays right; an id that is not
 * known is looked for among all series of the project.
 */
public final class SeriesIds {
    /** The projects asked about last. */
    private static final int MOST_PROJECTS = 16;

    /** The most series of a project that are remembered; a larger one is searched each time. */
    private static final int MOST_SERIES = 50_000;

    private final Map<String, Map<String, SeriesKey>> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Map<String, SeriesKey>> eldest) {
            return size() > MOST_PROJECTS;
        }
    };

    /** The series of an id; empty where the history has none of it. */
    public Optional<SeriesKey> find(Project project, RunStore store, String id) {
        synchronized (known) {
            SeriesKey key = known.getOrDefault(project.id(), Map.of()).get(id);
            if (key != null) {
                return Optional.of(key);
            }
        }
        Map<String, SeriesKey> all = store.keys(SeriesQuery.all()).stream()
                .collect(Collectors.toMap(SeriesKey::id, Function.identity(), (one, other) -> one));
        if (all.size() <= MOST_SERIES) {
            synchronized (known) {
                known.put(project.id(), all);
            }
        }
        return Optional.ofNullable(all.get(id));
    }
}
