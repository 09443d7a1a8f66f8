package org.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleTest {
    @Test void sorts() { assertEquals(1, 1); }

    @Test void waits() throws InterruptedException { Thread.sleep(30); System.out.println("a line <of> output & more"); }

    @Test void fails() { assertEquals("größe", "groesse"); }

    @Test void breaks() { throw new IllegalStateException("no such file"); }

    @Test @Disabled("needs a network") void skipped() {}

    @Test void assumes() { assumeTrue(false, "not on this machine"); }

    @ParameterizedTest @ValueSource(strings = {"plumb", "größe", "a,b <c>"}) void reverses(String word) { assertEquals(word, word); }

    @RepeatedTest(2) void repeats() {}

    @Nested @DisplayName("inside") class Inside { @Test @DisplayName("a name with \"quotes\"") void named() {} }
}
