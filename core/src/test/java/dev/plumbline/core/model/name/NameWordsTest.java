package dev.plumbline.core.model.name;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which names may be two of one benchmark. */
class NameWordsTest {
    @ParameterizedTest
    @CsvSource({
        "Sort.quick, Sort.quickSort, true",
        "org.example.SortBenchmark.quick, com.example.SortBench.quick, true",
        "sort_quick, sortQuick, true",
        "parse, parseJson, true",
        "Codec.parse, Codec.parser, true",
        "org.example.SortBenchmark.quick, org.example.SortBenchmark.merge, false",
        "ListBench.add, MapBench.add, false",
        "readSmall, readLarge, false",
        "sort100, sort1000, false",
        "Codec.parse, Codec.print, false",
        "a, WithManyMoreWords.a, false",
        "..., parse, false"
    })
    void one_is_the_other_with_some_words_more(String one, String other, boolean are) {
        assertThat(NameWords.areAlike(one, other)).isEqualTo(are);
        assertThat(NameWords.areAlike(other, one)).isEqualTo(are);
    }
}
