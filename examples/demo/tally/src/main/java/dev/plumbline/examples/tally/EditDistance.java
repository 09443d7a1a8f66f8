package dev.plumbline.examples.tally;

/** The fewest insertions, deletions and substitutions that turn one word into another (Levenshtein). */
public final class EditDistance {
    private EditDistance() {}

    public static int between(String left, String right) {
        int[][] distance = new int[left.length() + 1][right.length() + 1];
        for (int row = 0; row <= left.length(); row++) {
            distance[row][0] = row;
        }
        for (int column = 0; column <= right.length(); column++) {
            distance[0][column] = column;
        }
        for (int row = 1; row <= left.length(); row++) {
            for (int column = 1; column <= right.length(); column++) {
                int substitution = left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1;
                distance[row][column] = Math.min(
                        Math.min(distance[row - 1][column], distance[row][column - 1]) + 1,
                        distance[row - 1][column - 1] + substitution);
            }
        }
        return distance[left.length()][right.length()];
    }
}
