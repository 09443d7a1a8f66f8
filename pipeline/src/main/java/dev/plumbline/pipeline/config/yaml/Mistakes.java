package dev.plumbline.pipeline.config.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The mistakes found so far, up to a readable number. */
public final class Mistakes {
    private static final int MOST = 50;

    private final List<Mistake> all = new ArrayList<>();

    public void add(Position where, String what) {
        Mistake mistake = new Mistake(where, what);
        // what is used twice through an alias is wrong once
        if (all.size() < MOST && !all.contains(mistake)) {
            all.add(mistake);
        }
    }

    public void throwIfAny() throws WrongConfiguration {
        if (!all.isEmpty()) {
            throw new WrongConfiguration(
                    all.stream().sorted(Comparator.comparing(Mistake::where)).toList());
        }
    }
}
