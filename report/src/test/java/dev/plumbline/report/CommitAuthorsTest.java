package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.incident.Commit;
import dev.plumbline.core.incident.Suspect;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private static final String MEASURED = "ea95277aa3";

    /** Of three commits the first measured one brought. */
    private static CommitAuthors brought(double probability, String commit, String mergedWith) {
        Commit likeliest = new Commit(commit, "Ann <a@example.org>", Instant.EPOCH, "work", List.of(), 0, mergedWith);
        Suspect suspect = new Suspect(commit, Optional.of(likeliest), probability, List.of());
        return new CommitAuthors(Map.of(MEASURED, "Bob"))
                .with(Map.of(MEASURED, new CommitAuthors.Origin(suspect, 3, 0)));
    }

    @Test
    void the_likeliest_of_the_commits_that_no_run_separates_is_named_with_how_it_came_to_be_measured() {
        assertThat(brought(0.67, "0123456789ab", "").began(MEASURED))
                .isEqualTo("0123456789 by Ann (67 %, first measured with ea95277aa3)");
        assertThat(brought(0.99, "0123456789ab", "fedcba987654").began(MEASURED))
                .isEqualTo("0123456789 by Ann (came with merge fedcba9876, first measured with ea95277aa3)");
        assertThat(brought(0.99, "0123456789ab", MEASURED).began(MEASURED))
                .isEqualTo("0123456789 by Ann (came with merge ea95277aa3)");
        assertThat(brought(0.99, MEASURED, "").began(MEASURED)).isEqualTo("ea95277aa3 by Ann");
        assertThat(brought(0.67, "0123456789ab", "fedcba987654").beganShort(MEASURED))
                .isEqualTo("0123456789 by Ann (67 %, merge fedcba9876)");
    }

    @Test
    void where_none_is_likelier_than_the_others_the_measured_one_stands_with_their_number() {
        assertThat(brought(0.5, "0123456789ab", "").began(MEASURED))
                .isEqualTo(brought(0.5, "0123456789ab", "").beganShort(MEASURED))
                .isEqualTo("ea95277aa3 by Bob, or 2 other commits");
        assertThat(new CommitAuthors(Map.of(MEASURED, "Bob")).began(MEASURED)).isEqualTo("ea95277aa3 by Bob");
    }
}
