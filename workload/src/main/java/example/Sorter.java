package example;

/** Sorts numbers. */
public interface Sorter {
    /** A sorted copy; the numbers that were given stay as they are. */
    int[] sorted(int[] numbers);
}
