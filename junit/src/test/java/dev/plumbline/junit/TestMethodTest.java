package dev.plumbline.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;

class TestMethodTest {
    private static final List<String> CALLS = new ArrayList<>();

    static class Above {
        @BeforeAll
        static void openAll() {
            CALLS.add("open all");
        }

        @BeforeEach
        void open() {
            CALLS.add("open");
        }

        @BeforeEach
        void replaced() {
            CALLS.add("never");
        }

        @AfterEach
        void close() {
            CALLS.add("close");
        }

        @AfterAll
        static void closeAll() {
            CALLS.add("close all");
        }
    }

    static class Below extends Above {
        private Below() {}

        @BeforeEach
        private void fill() {
            CALLS.add("fill");
        }

        @Override
        void replaced() {}

        @AfterEach
        void empty() {
            CALLS.add("empty");
        }

        @PerformanceTest
        void works(Measured m) {
            m.run(() -> CALLS.add("work"));
        }

        @PerformanceTest
        void breaks(Measured m) {
            throw new IllegalStateException("broken");
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class OneInstance {
        private int opened;

        @BeforeAll
        void openAll() {
            opened++;
        }

        @PerformanceTest
        void works(Measured m) {
            CALLS.add("opened " + opened);
        }
    }

    static class Asking {
        @BeforeEach
        void open(TestInfo info) {
            CALLS.add(info.getDisplayName());
        }

        @PerformanceTest
        void works(Measured m) {}
    }

    static class Given {
        Given(TestInfo info) {
            CALLS.add(info.getDisplayName());
        }

        @PerformanceTest
        void works(Measured m) {}
    }

    @SuppressWarnings("ClassCanBeStatic") // that it is not is what is tested
    class Inner {
        @PerformanceTest
        void works(Measured m) {}
    }

    private static List<String> calls(Class<?> type, String name) throws Throwable {
        CALLS.clear();
        new TestMethod(type, name).invoke(new OneOperation());
        return List.copyOf(CALLS);
    }

    @Test
    void methods_of_the_superclass_come_first_before_and_last_after() throws Throwable {
        assertThat(calls(Below.class, "works"))
                .containsExactly("open all", "open", "fill", "work", "empty", "close", "close all");
    }

    @Test
    void what_follows_is_called_even_where_the_test_throws() {
        assertThatThrownBy(() -> calls(Below.class, "breaks"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken");
        assertThat(CALLS).containsExactly("open all", "open", "fill", "empty", "close", "close all");
    }

    @Test
    void methods_for_all_tests_may_belong_to_the_one_instance() throws Throwable {
        assertThat(calls(OneInstance.class, "works")).containsExactly("opened 1");
    }

    @Test
    void what_only_the_engine_could_do_is_refused() {
        assertThat(new TestMethod(Below.class, "works").refusal()).isEmpty();
        assertThat(new TestMethod(OneInstance.class, "works").refusal()).isEmpty();
        assertThat(new TestMethod(Asking.class, "works").refusal().orElseThrow())
                .isEqualTo("the performance test works is run in processes of its own, where open can have no"
                        + " parameters; remove them");
        assertThat(new TestMethod(Given.class, "works").refusal().orElseThrow())
                .contains("one constructor without parameters; make in @BeforeEach what Given is given");
        assertThat(new TestMethod(Inner.class, "works").refusal().orElseThrow()).contains("is in the inner class");
    }
}
