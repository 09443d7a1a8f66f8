package dev.plumbline.report.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which environment is read, and how to choose another one. */
class EnvironmentChoiceTest {
    private static EnvironmentChoice choice(boolean isConfigured, String... others) {
        return new EnvironmentChoice("lab", isConfigured, 12, List.of(others));
    }

    @Test
    void one_of_several_is_told_with_the_reason_and_the_others() {
        assertThat(choice(false, "rack", "ci").words())
                .isEqualTo("environment lab, which has the most runs of the last 90 days (12); choose another with"
                        + " --environment NAME: rack, ci");
        assertThat(choice(true, "rack").words())
                .isEqualTo("environment lab, as configured; choose another with --environment NAME: rack");
    }

    @Test
    void of_many_others_five_are_named() {
        assertThat(choice(true, "a", "b", "c", "d", "e").words()).endsWith("NAME: a, b, c, d, e");
        assertThat(choice(true, "a", "b", "c", "d", "e", "f", "g").words()).endsWith("NAME: a, b, c, d, e and 2 more");
    }

    @Test
    void the_only_one_was_no_choice() {
        assertThat(choice(false).isOfSeveral()).isFalse();
        assertThat(choice(false, "rack").isOfSeveral()).isTrue();
    }
}
