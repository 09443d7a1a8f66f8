package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CommitAuthorsTest {
    @Test
    void a_known_author_stands_behind_a_commit_and_an_unknown_one_leaves_nothing() {
        CommitAuthors authors = new CommitAuthors(Map.of("ea95277aa3", "Jane Doe"));

        assertThat(authors.by("ea95277aa3")).isEqualTo(" by Jane Doe");
        assertThat(authors.by("ea95277aa3-dirty")).isEmpty();
        assertThat(authors.by("")).isEmpty();
    }

    @Test
    void e_mail_addresses_are_never_part_of_a_name() {
        assertThat(CommitAuthors.name("Jane Doe <jane@example.org>")).isEqualTo("Jane Doe");
        assertThat(CommitAuthors.name("Jane <jane@example.org")).isEqualTo("Jane");
        assertThat(CommitAuthors.name("jane@example.org")).isEmpty();
        assertThat(CommitAuthors.name("Jane jane@example.org Doe")).isEqualTo("Jane Doe");
        assertThat(CommitAuthors.name("@jane")).isEqualTo("@jane");
    }

    @Test
    void hostile_names_are_escaped_and_cut() {
        assertThat(CommitAuthors.name("Eve\u001b[31m\nsecond line")).isEqualTo("Eve␛[31m");
        assertThat(CommitAuthors.name("\u202eevE")).isEqualTo("\\u202eevE");
        assertThat(CommitAuthors.name("a".repeat(100_000))).hasSize(40).contains("…");
    }
}
