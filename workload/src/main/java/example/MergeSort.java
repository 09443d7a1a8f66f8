package example;

/** Sorts halves and merges them: n log n steps. */
public final class MergeSort implements Sorter {
    @Override
    public int[] sorted(int[] numbers) {
        int[] from = numbers.clone();
        int[] to = new int[from.length];
        for (int width = 1; width < from.length; width *= 2) {
            for (int start = 0; start < from.length; start += 2 * width) {
                merge(from, start, width, to);
            }
            int[] merged = to;
            to = from;
            from = merged;
        }
        return from;
    }

    private static void merge(int[] from, int start, int width, int[] to) {
        int middle = Math.min(start + width, from.length);
        int end = Math.min(middle + width, from.length);
        int left = start;
        int right = middle;
        for (int place = start; place < end; place++) {
            boolean takesLeft = left < middle && (right >= end || from[left] <= from[right]);
            to[place] = takesLeft ? from[left++] : from[right++];
        }
    }
}
