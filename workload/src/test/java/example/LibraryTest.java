package example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both versions of the library do the same work. */
class LibraryTest {
    static Stream<Sorter> sorters() {
        return Stream.of(new MergeSort(), new InsertionSort());
    }

    static Stream<Joiner> joiners() {
        return Stream.of(new ConcatenatedLine(), new BuiltLine());
    }

    @ParameterizedTest
    @MethodSource("sorters")
    void sorts_any_number_of_numbers_and_leaves_what_it_was_given(Sorter sorter) {
        for (int length = 0; length < 70; length++) {
            int[] numbers = new Random(length).ints(length, -20, 20).toArray();
            int[] given = numbers.clone();
            int[] expected = numbers.clone();
            Arrays.sort(expected);

            assertThat(sorter.sorted(numbers)).as("seed and length " + length).isEqualTo(expected);
            assertThat(numbers).isEqualTo(given);
        }
    }

    @ParameterizedTest
    @MethodSource("joiners")
    void joins_words_with_commas(Joiner joiner) {
        assertThat(joiner.join(List.of())).isEmpty();
        assertThat(joiner.join(List.of("one"))).isEqualTo("one");
        assertThat(joiner.join(List.of("one", "two", "three"))).isEqualTo("one, two, three");
    }

    @Test
    void sums_numbers_that_commas_separate() {
        assertThat(NumberParser.sum("12,-30,7")).isEqualTo(-11);
        assertThat(NumberParser.sum("")).isZero();
        assertThatThrownBy(() -> NumberParser.sum("1,x")).hasMessage("no digit at 2");
    }

    @Test
    void hashes_as_the_authors_of_the_hash_do() {
        // test vectors of the reference code: "" and "foobar"
        assertThat(Checksum.of(new byte[0])).isEqualTo(0xcbf29ce484222325L);
        assertThat(Checksum.of("foobar".getBytes(StandardCharsets.US_ASCII))).isEqualTo(0x85944171f73967e8L);
    }

    @Test
    void counts_every_number() {
        Counts counts = new Counts();
        for (int i = 0; i < 1_000; i++) {
            counts.add(i % 300 - 100);
        }

        assertThat(counts.size()).isEqualTo(300);
        assertThat(counts.of(-100)).isEqualTo(4);
        assertThat(counts.of(199)).isEqualTo(3);
        assertThat(counts.of(200)).isZero();
    }
}
