package dev.plumbline.store;

import java.util.ArrayList;
import java.util.List;

/**
 * Values by row number: a map without boxed keys, for one look-up per point. Rows are
 * numbered from 1 without large gaps, so a list does.
 *
 * @param <T> the thing
 */
public final class Numbered<T> {
    private final List<T> things = new ArrayList<>();

    /** Null when none was put there. */
    public T get(long number) {
        return number < things.size() ? things.get((int) number) : null;
    }

    public void put(long number, T thing) {
        while (things.size() <= number) {
            things.add(null);
        }
        things.set((int) number, thing);
    }
}
