package example;

/** Reads numbers that commas separate. */
public final class NumberParser {
    private NumberParser() {}

    /**
     * The sum of all numbers of a text.
     *
     * @throws IllegalArgumentException if it contains anything other than digits, signs and commas
     */
    public static long sum(String text) {
        long sum = 0;
        long number = 0;
        boolean negative = false;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == ',') {
                sum += negative ? -number : number;
                number = 0;
                negative = false;
            } else if (character == '-') {
                negative = true;
            } else if (character >= '0' && character <= '9') {
                number = 10 * number + character - '0';
            } else {
                throw new IllegalArgumentException("no digit at " + i);
            }
        }
        return sum + (negative ? -number : number);
    }
}
