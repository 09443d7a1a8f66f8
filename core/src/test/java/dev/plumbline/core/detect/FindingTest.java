package dev.plumbline.core.detect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FindingTest {
    @Test
    void a_commit_in_an_id_is_short_and_means_nothing_to_a_shell() {
        assertThat(Finding.shortened("9ef08a8f4912")).isEqualTo("9ef08a8f");
        assertThat(Finding.shortened("v1.2")).isEqualTo("v1.2");
        assertThat(Finding.shortened("a;rm -rf")).isEqualTo("a_rm__rf");
        assertThat(Finding.shortened("$(x)`'é")).isEqualTo("__x____");
    }
}
