package example;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The inputs of the benchmarks: the same in every process.
 *
 * @param sorter of this version of the library
 * @param joiner of this version of the library
 * @param numbers in no order
 * @param text of numbers that commas separate
 * @param bytes of the text
 * @param words of some letters each
 * @param keys of which many come again
 */
record Inputs(Sorter sorter, Joiner joiner, int[] numbers, String text, byte[] bytes, List<String> words, int[] keys) {
    private static final long SEED = 20_261_128;
    private static final int NUMBERS = 3_000;
    private static final int WORDS = 500;

    static Inputs make() {
        Random random = new Random(SEED);
        int[] numbers = random.ints(NUMBERS, -1_000_000, 1_000_000).toArray();
        String text = IntStream.of(numbers).mapToObj(String::valueOf).collect(Collectors.joining(","));
        List<String> words = random.ints(WORDS, 0, numbers.length)
                .mapToObj(place -> Integer.toString(Math.abs(numbers[place]), Character.MAX_RADIX))
                .toList();
        return new Inputs(
                ServiceLoader.load(Sorter.class).findFirst().orElseThrow(),
                ServiceLoader.load(Joiner.class).findFirst().orElseThrow(),
                numbers,
                text,
                text.getBytes(StandardCharsets.US_ASCII),
                words,
                random.ints(NUMBERS, 0, NUMBERS / 4).toArray());
    }

    int[] sort() {
        return sorter.sorted(numbers);
    }

    String join() {
        return joiner.join(words);
    }

    long parse() {
        return NumberParser.sum(text);
    }

    long checksum() {
        return Checksum.of(bytes);
    }

    Counts count() {
        Counts counts = new Counts();
        for (int key : keys) {
            counts.add(key);
        }
        return counts;
    }
}
