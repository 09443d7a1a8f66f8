package dev.plumbline.ingest.input;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ObjDoubleConsumer;
import java.util.function.Predicate;

/** The numbers of one record under the names that the tool gives them, in the order of the file. */
public final class NamedNumbers {
    private final Map<String, Double> numbers = new LinkedHashMap<>();

    /** Takes the value at the reader's position; one that is no finite number is reported and left out. */
    public void read(String name, Json json) {
        put(name, json.finite(name));
    }

    /** Takes a number; one that is not finite counts as not stated. */
    public void put(String name, double value) {
        if (Double.isFinite(value)) {
            numbers.put(name, value);
        }
    }

    /** Takes a number as it is stated, one that is not finite too: whoever uses it reports that. */
    public void state(String name, double value) {
        numbers.put(name, value);
    }

    /** Adds a number to what there is under its name. */
    public void add(String name, double value) {
        numbers.merge(name, value, Double::sum);
    }

    public void removeIf(Predicate<String> isUnwanted) {
        numbers.keySet().removeIf(isUnwanted);
    }

    public void clear() {
        numbers.clear();
    }

    public int size() {
        return numbers.size();
    }

    public boolean has(String name) {
        return numbers.containsKey(name);
    }

    public boolean isEmpty() {
        return numbers.isEmpty();
    }

    /** The number under the first of these names that has one; NaN where none has. */
    public double get(String... names) {
        for (String name : names) {
            Double number = numbers.get(name);
            if (number != null) {
                return number;
            }
        }
        return Double.NaN;
    }

    /** The number under a name; another one where there is none. */
    public double getOr(String name, double other) {
        return numbers.getOrDefault(name, other);
    }

    /** Visits all numbers in their order. */
    public void forEach(ObjDoubleConsumer<String> visitor) {
        numbers.forEach(visitor::accept);
    }
}
