package dev.plumbline.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * A test that fails if its operation is slower than with the code of the stored baseline.
 *
 * <pre>{@code
 * @PerformanceTest
 * void parses(Measured m) {
 *     m.run(() -> parser.parse(document));
 * }
 * }</pre>
 *
 * <p>The baseline stores the class path, not only a number. The old code and today's run side by side, in pairs of
 * fresh Java processes that are measured in turn, so that disturbances of the machine affect both. The test fails if
 * today's code is certainly slower by more than the margin, passes if it certainly is not, and is aborted if the budget
 * runs out before either. The first run stores the baseline and passes.
 *
 * <p>While it runs, no other test of the same JVM does, and no other performance test with the same store. A process of
 * a pair uses the test class, its constructor without parameters, and the methods with {@code @BeforeAll}, {@code
 * @BeforeEach}, {@code @AfterEach} and {@code @AfterAll}; other extensions and parameters are rejected.
 *
 * <p>Every value may be set for all tests by a configuration parameter of JUnit or a system property: {@code
 * plumbline.margin}, {@code plumbline.budget}; a value in the annotation takes precedence.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Test
@Tag("performance")
@Execution(ExecutionMode.SAME_THREAD)
@ResourceLock(Resources.GLOBAL)
@ExtendWith(PerformanceExtension.class)
public @interface PerformanceTest {
    /** The accepted slowdown in percent; 3 if not set. */
    double margin() default 0;

    /** The maximum measuring time in seconds; 20 if not set. */
    double budget() default 0;

    /** Options of each process of a pair in addition to those of this JVM: {@code "-Xmx2g"}. */
    String[] jvmArguments() default {};
}
