package example;

/** The count of each number: a map with open addressing that doubles when it is half full. */
public final class Counts {
    private int[] keys = new int[16];
    private int[] counts = new int[16];
    private int size;

    /** Counts a number once more. */
    public void add(int key) {
        int place = place(key);
        if (counts[place] == 0) {
            keys[place] = key;
            size++;
        }
        counts[place]++;
        if (2 * size > keys.length) {
            grow();
        }
    }

    /** The count of a number. */
    public int of(int key) {
        return counts[place(key)];
    }

    /** The number of different numbers. */
    public int size() {
        return size;
    }

    private int place(int key) {
        int place = (key * 0x9e3779b9) >>> 7 & (keys.length - 1);
        while (counts[place] > 0 && keys[place] != key) {
            place = (place + 1) & (keys.length - 1);
        }
        return place;
    }

    private void grow() {
        int[] oldKeys = keys;
        int[] oldCounts = counts;
        keys = new int[2 * oldKeys.length];
        counts = new int[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldCounts[i] > 0) {
                int place = place(oldKeys[i]);
                keys[place] = oldKeys[i];
                counts[place] = oldCounts[i];
            }
        }
    }
}
