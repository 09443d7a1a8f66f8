package dev.plumbline.report.evidence;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A function for each kind of a sealed type, over which Java 17 cannot switch.
 *
 * @param <T> the sealed type
 * @param <R> what the functions give
 */
public final class ByKind<T, R> {
    private final Map<Class<?>, Function<T, R>> functions = new HashMap<>();

    /** Adds the function of one kind. */
    public <K extends T> ByKind<T, R> with(Class<K> kind, Function<K, R> function) {
        functions.put(kind, one -> function.apply(kind.cast(one)));
        return this;
    }

    /** The result of the function of its kind. */
    public R of(T one) {
        Function<T, R> function = functions.get(one.getClass());
        if (function == null) {
            throw new IllegalArgumentException("there are no words for " + one);
        }
        return function.apply(one);
    }

    /** The kinds that have a function. */
    Set<Class<?>> kinds() {
        return Set.copyOf(functions.keySet());
    }
}
