package example;

/** Inserts each number at its position among those before it: less code than a merge sort, but n² steps. */
public final class InsertionSort implements Sorter {
    @Override
    public int[] sorted(int[] numbers) {
        int[] sorted = numbers.clone();
        for (int i = 1; i < sorted.length; i++) {
            int number = sorted[i];
            int place = i;
            while (place > 0 && sorted[place - 1] > number) {
                sorted[place] = sorted[place - 1];
                place--;
            }
            sorted[place] = number;
        }
        return sorted;
    }
}
