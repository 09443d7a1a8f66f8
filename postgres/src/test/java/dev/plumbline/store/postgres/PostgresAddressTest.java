package dev.plumbline.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.store.StoreException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresAddressTest {
    private static PostgresAddress parse(String text) {
        return PostgresAddress.parse(text, Optional.empty());
    }

    @Test
    void reads_all_parts() {
        PostgresAddress address =
                parse("postgresql://a%40b:p%3Aw@db.example.com:6543/per%20f?project=x-1&sslmode=require");

        assertThat(address.user()).contains("a@b");
        assertThat(address.password()).contains("p:w");
        assertThat(address.host()).isEqualTo("db.example.com");
        assertThat(address.port()).isEqualTo(6543);
        assertThat(address.database()).isEqualTo("per f");
        assertThat(address.project()).isEqualTo("x-1");
        assertThat(address.schema()).isEqualTo("plumbline_x-1");
        assertThat(address.driverUrl()).isEqualTo("jdbc:postgresql://db.example.com:6543/per%20f");
        assertThat(address.driverSettings()).containsExactlyEntriesOf(java.util.Map.of("sslmode", "require"));
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://db/perf, postgresql://db/perf?project=default",
        "postgres://db/perf, postgresql://db/perf?project=default",
        "POSTGRESQL://db/perf, postgresql://db/perf?project=default",
        "postgresql:///perf, postgresql://localhost/perf?project=default",
        "postgresql://ann:pw@db:5432/perf?, postgresql://ann@db/perf?project=default",
        "postgresql://db/perf?user=ann&password=pw, postgresql://ann@db/perf?project=default",
        "postgresql://:pw@db/perf, postgresql://db/perf?project=default",
        "postgresql://ann:p@w@db/perf, postgresql://ann@db/perf?project=default",
        "postgresql://[::1]:6000/perf, postgresql://[::1]:6000/perf?project=default",
        "'postgresql://one,two/perf', 'postgresql://one,two/perf?project=default'",
    })
    void is_shown_with_its_project_and_without_its_password(String text, String shown) {
        assertThat(parse(text)).hasToString(shown);
        assertThat(parse(shown)).hasToString(shown);
    }

    @Test
    void takes_the_project_of_the_configuration_where_it_has_none() {
        assertThat(PostgresAddress.parse("postgresql://db/perf", Optional.of("a"))
                        .project())
                .isEqualTo("a");
        assertThat(PostgresAddress.parse("postgresql://db/perf?project=b", Optional.of("a"))
                        .project())
                .isEqualTo("b");
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://ann:pw@db/perf, postgresql://ann@db/perf",
        "postgresql://ann:pw@db/perf?sslmode=require, postgresql://ann@db/perf?sslmode=require",
        "postgresql://ann:pw@db/perf?project=default, postgresql://ann@db/perf?project=default",
        "postgresql://ann:pw@db/perf?project=a, postgresql://ann@db/perf?project=a",
    })
    void a_setting_is_shown_without_a_project_that_it_does_not_name(String text, String shown) {
        assertThat(PostgresAddress.shown(text)).isEqualTo(shown);
    }

    @Test
    void every_server_of_a_list_has_the_port() {
        assertThat(parse("postgresql://one,two:6000/perf").driverUrl())
                .isEqualTo("jdbc:postgresql://one:6000,two:6000/perf");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql:hidden",
                "postgresql://ann:hidden@db",
                "postgresql://ann:hidden@db/",
                "postgresql://ann:hidden@db:0/perf",
                "postgresql://ann:hidden@db:65536/perf",
                "postgresql://ann:hidden@db:x/perf",
                "postgresql://ann:hidden%zz@db/perf",
                "postgresql://ann:hidden@db/perf?sslmode",
                "postgresql://ann:hidden@db/perf?loggerLevel=TRACE",
                "postgresql://ann:hidden@db/perf?project=",
                "postgresql://ann:hidden@db/perf?project=a%22;DROP",
                "postgresql://ann:hidden@db/perf?project=abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijx",
            })
    void what_is_wrong_is_said_without_the_password(String text) {
        assertThat(PostgresAddress.isAddress(text)).isTrue();
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(StoreException.class)
                .hasMessageNotContaining("hidden")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"history.db", "/var/postgres/history.db", "postgresql", "C:\\postgresql\\h.db", ""})
    void files_are_no_addresses(String text) {
        assertThat(PostgresAddress.isAddress(text)).isFalse();
    }
}
