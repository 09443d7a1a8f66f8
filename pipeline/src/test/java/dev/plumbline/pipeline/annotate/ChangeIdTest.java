package dev.plumbline.pipeline.annotate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.SeriesKey;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a typed text may be the id of. */
class ChangeIdTest {
    private static final SeriesKey KEY = new SeriesKey(Benchmark.of("Sort.quick"), "time", "lab", "main");

    @ParameterizedTest
    @CsvSource({
        "0123, 0123,",
        "0123abcdef01, 0123abcdef01,",
        "0123-, 0123,",
        "0123-c1, 0123, c1",
        "0123abcdef01-5f6a7b8c, 0123abcdef01, 5f6a7b8c",
        "0123-c1-dirty, 0123, c1-dirty",
    })
    void it_is_the_beginning_of_a_series_and_of_a_commit(String text, String series, String commit) {
        assertThat(ChangeId.of(text)).contains(new ChangeId(series, Optional.ofNullable(commit)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "012", "0123ABCD", "0123abcdef012", "Sort.quick", "i01234567", " 0123", "0123 ", "-c1"})
    void what_is_too_short_too_long_or_no_hexadecimal_number_can_only_be_a_name(String text) {
        assertThat(ChangeId.of(text)).isEmpty();
    }

    @Test
    void it_names_a_series_by_its_id_on_this_branch_or_on_any() {
        SeriesKey onBranch = new SeriesKey(KEY.benchmark(), KEY.metric(), KEY.environment(), "feature");

        assertThat(ChangeId.of(KEY.id().substring(0, 4)).orElseThrow().isOf(KEY))
                .isTrue();
        assertThat(ChangeId.of(KEY.findingId()).orElseThrow().isOf(onBranch)).isTrue();
        assertThat(ChangeId.of(onBranch.id()).orElseThrow().isOf(KEY)).isFalse();
    }

    @Test
    void a_series_alone_names_no_commit_and_a_commit_is_known_by_its_beginning_as_ids_have_it() {
        String commit = "5f6a7b8c9d0e1f2a3b4c";
        String odd = "v1.0 (final)/x";

        assertThat(ChangeId.of("0123").orElseThrow().isSince(commit)).isFalse();
        assertThat(ChangeId.of("0123-5f6a").orElseThrow().isSince(commit)).isTrue();
        assertThat(ChangeId.of("0123-" + commit).orElseThrow().isSince(commit)).isTrue();
        assertThat(ChangeId.of("0123-6f6a").orElseThrow().isSince(commit)).isFalse();
        assertThat(ChangeId.of("0123-" + Finding.shortened(odd)).orElseThrow().isSince(odd))
                .isTrue();
    }
}
