package dev.plumbline.core.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlocksTest {
    private static final int SEED = 4;

    private static double[] counted(int count) {
        double[] values = new double[count];
        Arrays.setAll(values, i -> i);
        return values;
    }

    @ParameterizedTest
    @CsvSource({"10, 12, 3", "10, 7, 1", "5, 12, 12", "100, 40, 7"})
    void blocks_begin_anywhere_in_the_pool_and_go_on_as_it_does_from_its_end_to_its_beginning(
            int pool, int length, int block) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[] expected = new double[length];
        for (int from = 0; from < length; from += block) {
            int start = (int) (random.nextDouble() * pool);
            for (int i = from; i < Math.min(length, from + block); i++) {
                expected[i] = (start + i - from) % pool;
            }
        }

        double[] drawn = new Blocks(new SplittableRandom(SEED), length).draw(counted(pool), length, block);

        assertThat(drawn).containsExactly(expected);
    }

    @Test
    void all_series_have_their_blocks_at_the_same_times() {
        Blocks blocks = new Blocks(new SplittableRandom(SEED), 40);

        double[] half = blocks.draw(counted(100), 40, 5);
        double[] whole = blocks.draw(counted(200), 40, 5);

        for (int i = 0; i < 40; i += 5) {
            assertThat((int) whole[i] / 2).isEqualTo((int) half[i]);
        }
        assertThat(Arrays.stream(half).distinct().count()).isGreaterThan(20);
    }
}
