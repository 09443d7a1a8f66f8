package dev.plumbline.ingest.input;

import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The facts of a run that its file states; the surroundings fill in the rest.
 *
 * <p>A file that describes its machine gets no fact of the local one. A file that
 * describes only software (a JVM) adds that to the local machine. Empty facts, and texts that are absurdly long,
 * are left out.
 */
public final class RunFacts {
    private static final int LONGEST = 4096;

    private final SortedMap<String, String> facts = new TreeMap<>();
    private final SortedMap<String, String> context = new TreeMap<>();
    private boolean elsewhere;
    private String commit = "";
    private boolean dirty;
    private String branch = "";
    private Optional<Instant> commitTime = Optional.empty();
    private OptionalLong position = OptionalLong.empty();
    private Optional<Instant> measuredAt = Optional.empty();
    private final List<String> impossible = new ArrayList<>();

    /** The tool that made the file, and its version or empty text. */
    public RunFacts tool(String name, String version) {
        context("tool", version.isEmpty() ? name : name + " " + version);
        return this;
    }

    /** A fact of the machine, which then is not the local one. */
    public RunFacts machine(String name, String value) {
        if (put(facts, name, value)) {
            elsewhere = true;
        }
        return this;
    }

    /** A fact of the software that the measured code ran on; it joins what is known of the machine. */
    public RunFacts software(String name, String value) {
        put(facts, name, value);
        return this;
    }

    /** The numbers were certainly not taken on the local machine. */
    public RunFacts elsewhere() {
        elsewhere = true;
        return this;
    }

    /** Something else that the file states, for people. */
    public RunFacts context(String name, String value) {
        put(context, name, value);
        return this;
    }

    public RunFacts commit(String id) {
        commit = id.strip();
        return this;
    }

    /** Marks the subject as a working copy of the commit with changes. */
    public RunFacts dirty() {
        dirty = true;
        return this;
    }

    public RunFacts branch(String name) {
        branch = name.strip();
        return this;
    }

    public RunFacts commitTime(Optional<Instant> time) {
        commitTime = time;
        return this;
    }

    public RunFacts position(long commits) {
        position = OptionalLong.of(commits);
        return this;
    }

    public RunFacts measuredAt(Optional<Instant> time) {
        measuredAt = time;
        return this;
    }

    /** The same as it is written; what is no time is left out, and a day that does not exist is reported. */
    public RunFacts measuredAt(String written, ZoneId zone) {
        return measuredAt(time(written, zone));
    }

    /** As {@link #measuredAt(String, ZoneId)}. */
    public RunFacts commitTime(String written, ZoneId zone) {
        return commitTime(time(written, zone));
    }

    private Optional<Instant> time(String written, ZoneId zone) {
        Optional<Instant> time = Times.parse(written, zone);
        if (time.isEmpty() && Times.isOfDay(written)) {
            impossible.add(written);
        }
        return time;
    }

    /** The times that do not exist, as they are written; each is handed out once. */
    List<String> takeImpossibleTimes() {
        List<String> taken = List.copyOf(impossible);
        impossible.clear();
        return taken;
    }

    private static boolean put(SortedMap<String, String> map, String name, String value) {
        if (name.isBlank() || value.isBlank() || name.length() > LONGEST || value.length() > LONGEST) {
            return false;
        }
        map.put(name, value);
        return true;
    }

    /**
     * The header of the run in the given surroundings.
     *
     * @throws IllegalArgumentException if the commit or the branch is absurdly long
     */
    public RunHeader in(ImportContext importContext) {
        Environment reported = new Environment(facts);
        return new RunHeader(
                revision(importContext.revision()),
                elsewhere ? reported : reported.orElse(importContext.environment()),
                measuredAt.or(importContext::measuredAt),
                importContext.now(),
                context);
    }

    private Revision revision(Revision around) {
        String where = branch.isEmpty() ? around.branch() : branch;
        if (commit.isEmpty()) {
            return around(around.commit(), where, around);
        }
        String reported = dirty ? commit + Revision.DIRTY : commit;
        return Revision.committed(reported).equals(Revision.committed(around.commit()))
                ? around(reported, where, around)
                : new Revision(reported, where, commitTime, position);
    }

    private Revision around(String reported, String where, Revision around) {
        return new Revision(
                reported,
                where,
                around.commitTime().or(() -> commitTime),
                around.position().isPresent() ? around.position() : position);
    }
}
