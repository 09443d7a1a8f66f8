import com.google.caliper.BeforeExperiment;
import com.google.caliper.Benchmark;
import com.google.caliper.Param;
import java.util.Arrays;

/** Two benchmarks with a parameter. */
public class CaliperSample {
    @Param({"10", "1000"})
    int size;

    private int[] numbers;

    @BeforeExperiment
    void setUp() {
        numbers = new int[size];
        for (int i = 0; i < size; i++) {
            numbers[i] = size - i;
        }
    }

    @Benchmark
    int sort(int reps) {
        int last = 0;
        for (int i = 0; i < reps; i++) {
            int[] copy = numbers.clone();
            Arrays.sort(copy);
            last += copy[0];
        }
        return last;
    }

    @Benchmark
    long sum(int reps) {
        long sum = 0;
        for (int i = 0; i < reps; i++) {
            for (int number : numbers) {
                sum += number;
            }
        }
        return sum;
    }
}
