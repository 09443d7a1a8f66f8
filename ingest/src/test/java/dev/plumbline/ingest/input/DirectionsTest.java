package dev.plumbline.ingest.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Better;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectionsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "accuracy",
                "top1_accuracy",
                "f1",
                "macro-f1",
                "val.f1",
                "recall@5",
                "precision",
                "auc",
                "BLEU",
                "hits",
                "cache_hit_rate",
                "requests_per_second",
                "score"
            })
    void names_of_what_one_wants_rise(String name) {
        assertThat(Directions.ofName(name)).contains(Better.HIGHER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "loss",
                "accuracy-loss",
                "val_loss",
                "perplexity",
                "error_rate",
                "misses",
                "peak_memory",
                "retries",
                "f1_error"
            })
    void names_of_what_one_pays_fall(String name) {
        assertThat(Directions.ofName(name)).contains(Better.LOWER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"weight", "f10", "auction", "depth", "value", ""})
    void other_names_tell_nothing(String name) {
        assertThat(Directions.ofName(name)).isEmpty();
    }
}
