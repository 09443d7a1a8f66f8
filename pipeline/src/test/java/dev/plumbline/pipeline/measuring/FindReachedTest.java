package dev.plumbline.pipeline.measuring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.measure.classfile.CallGraph;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindReachedTest {
    @ParameterizedTest(name = "{0} of {1} is made from {2}: {3}")
    @CsvSource({
        // class,             source,       file,                                   is from it
        "org/demo/Text,       Text.java,    core/src/main/java/org/demo/Text.java,  true",
        "org/demo/Text$Inner, Text.java,    core/src/main/java/org/demo/Text.java,  true",
        "org/demo/Other,      Text.java,    src/org/demo/Text.java,                 true",
        "org/demo/Text,       Text.java,    org/demo/Text.java,                     true",
        "org/demo/Text,       Text.java,    src/org/other/Text.java,                false",
        "org/demo/Text,       Text.java,    src/horg/demo/Text.java,                false",
        "org/demo/Text,       Text.java,    src/org/demo/Texts.java,                false",
        "Text,                Text.java,    src/Text.java,                          true",
        "org/demo/TextKt,     Text.kt,      src/main/kotlin/org/demo/Text.kt,       true",
        "org/demo/Joins,      Text.kt,      src/main/kotlin/Text.kt,                true",
        "org/demo/TextKt,     '',           src/main/kotlin/org/demo/Text.kt,       true",
        "org/demo/Text,       '',           src/main/kotlin/demo/Text.kt,           true",
        "org/demo/Text$,      Text.scala,   src/main/scala/org/demo/Text.scala,     true",
        "org/demo/Text$Inner, '',           src/org/demo/Text.java,                 true",
        "org/demo/TextKt,     '',           src/org/demo/Text.java,                 false",
        "org/demo/Text,       Text.java,    src/org/demo/Text.properties,           false",
        "org/demo/Text,       Text.java,    src/org/demo/Text,                      false",
        "org/demo/Text,       Text.java,    .java,                                  false"
    })
    void a_class_is_made_from_a_source_file(String type, String source, String file, boolean isFrom) {
        CallGraph.Type found = new CallGraph.Type(type, source.isEmpty() ? Optional.empty() : Optional.of(source));

        assertThat(FindReached.isFrom(found, file)).isEqualTo(isFrom);
    }
}
