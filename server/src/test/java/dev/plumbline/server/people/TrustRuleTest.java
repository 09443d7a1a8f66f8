package dev.plumbline.server.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Patterns of claims. */
class TrustRuleTest {
    @ParameterizedTest
    @CsvSource({
        "acme/parser, acme/parser, true",
        "acme/parser, acme/parser2, false",
        "acme/*, acme/parser, true",
        "acme/*, evil/acme/parser, false",
        "refs/heads/*-fix, refs/heads/a-fix, true",
        "refs/heads/*-fix, refs/heads/a-fix-b, false",
        "a/*b*c, a/bc, true",
        "a/*b*c, a/cb, false",
        "a/*aa, a/a, false",
        "a.c, abc, false",
        "A/b, a/b, false"
    })
    void a_pattern_matches_the_whole_claim(String pattern, String claim, boolean matches) {
        assertThat(TrustRule.matches(pattern, claim)).isEqualTo(matches);
    }

    /** A pattern as a regular expression says the same, slowly. */
    @Test
    void patterns_match_as_regular_expressions_do() {
        Random random = new Random(7);
        int matched = 0;
        for (int i = 0; i < 20_000; i++) {
            String pattern = text(random, "ab*", 6);
            String claim = text(random, "ab", 8);
            boolean expected = claim.matches(("\\Q" + pattern + "\\E").replace("*", "\\E.*\\Q"));
            assertThat(TrustRule.matches(pattern, claim))
                    .as(pattern + " and " + Pattern.quote(claim))
                    .isEqualTo(expected);
            matched += expected ? 1 : 0;
        }
        assertThat(matched).isGreaterThan(500);
    }

    private static String text(Random random, String letters, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "ann, ann",
        "Zoë Müller, zoe-muller",
        "ann.smith@example.org, ann-smith",
        "'  --A__B--  ', a-b",
        "王, user",
        "@x, x",
        "12345678901234567890123456789012345678-0, 12345678901234567890123456789012345678"
    })
    void somebody_new_gets_a_name_like_what_they_are_called(String wish, String name) {
        assertThat(new Name(Logins.nameLike(wish)).text()).isEqualTo(name);
    }
}
