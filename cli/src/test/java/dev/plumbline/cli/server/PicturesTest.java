package dev.plumbline.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.RunningServer.Answer;
import dev.plumbline.server.RunningServer.Client;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Badges and charts, wherever people and histories are kept. */
class PicturesTest extends ServedProject {
    private static final String BADGE = FAST + "/badge.svg";
    private static final String HOSTILE = "a<script>alert(1)</script>\"'&\u202e.svg";

    private void check(int commit, double slower) {
        server.clock.pass(Duration.ofMinutes(10));
        Random random = new Random(commit);
        StringBuilder csv = new StringBuilder("benchmark,value,unit\n");
        for (String name : new String[] {"sort", HOSTILE.replace("\"", "\"\"")}) {
            csv.append(String.format(
                    Locale.ROOT, "\"%s\",%.4f,ns%n", name, 100 * slower * (1 + 0.01 * random.nextGaussian())));
        }
        Answer answer = ci.send(
                "POST",
                FAST + "/checks?environment=lab&branch=main&name=r.csv&commit=" + String.format("%040x", 77 + commit),
                csv.toString());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    @Test
    void a_badge_says_how_the_branch_stands() {
        assertThat(root.get(BADGE).text()).contains("plumbline: no results");
        for (int i = 0; i < 10; i++) {
            check(i, 1);
        }
        Answer passing = root.get(BADGE);
        assertThat(passing.text()).contains("plumbline: passing");
        assertThat(passing.header("Content-Type")).isEqualTo("image/svg+xml; charset=utf-8");
        assertThat(passing.header("Content-Security-Policy")).contains("default-src 'none'", "sandbox");

        check(10, 1.4);
        assertThat(root.get(BADGE).text()).contains("plumbline: 1 open incident");
        assertThat(root.get(BADGE + "?branch=main&label=speed%20of%20main").text())
                .contains("speed of main: 1 open incident");
        assertThat(root.get(BADGE + "?branch=none").status()).isEqualTo(404);
        assertThat(root.get(BADGE + "?branch=--store%3Dx").status()).isEqualTo(404);
    }

    @Test
    void a_private_badge_is_for_readers_until_an_owner_shows_it_to_everybody() {
        check(0, 1);
        Answer own = root.get(BADGE);
        assertThat(own.status()).isEqualTo(200);
        assertThat(own.header("Cache-Control")).isEqualTo("private, no-cache");
        assertThat(own.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        assertThat(server.nobody().get(BADGE).status()).isEqualTo(401);
        assertThat(server.nobody().get("/api/v1/projects/acme/other/badge.svg").status())
                .isEqualTo(401);
        assertThat(ci.get(BADGE).status()).isEqualTo(403);

        assertThat(ci.send("PATCH", FAST, "{\"badge\":\"everybody\"}").status()).isEqualTo(403);
        Answer changed = root.send("PATCH", FAST, "{\"badge\":\"everybody\"}");
        assertThat(changed.member("badge")).isEqualTo("everybody");
        assertThat(changed.member("visibility")).isEqualTo("private");

        Answer shown = server.nobody().get(BADGE);
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.header("Cache-Control")).isEqualTo("public, max-age=60");
        assertThat(shown.header("Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
        assertThat(server.nobody().get(FAST + "/series").status()).isEqualTo(401);
        Client olga = server.member(root, "acme", "olga", "owner");
        assertThat(olga.form("/p/acme/fast/settings", "action", "badge", "badge", "readers")
                        .status())
                .isEqualTo(303);
        assertThat(server.nobody().get(BADGE).status()).isEqualTo(401);
        assertThat(root.get("/api/v1/organisations/acme/audit").text())
                .contains("project.badge", "shows its badge to everybody");
    }

    @Test
    void what_a_caller_has_already_is_not_sent_again() {
        check(0, 1);
        Answer first = root.get(BADGE);
        String tag = first.header("ETag");
        assertThat(tag).isNotEmpty();
        Answer again = root.send("GET", BADGE, "", "If-None-Match", tag);
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.response().body()).isEmpty();
    }

    @Test
    void labels_and_names_from_outside_are_text() {
        check(0, 1);
        String badge = root.get(BADGE + "?label=%3Cscript%3Ealert(1)%3C/script%3E%22%0A%E2%80%AE")
                .text();
        assertThat(badge)
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;")
                .doesNotContain("<script", "\u202e");
        assertThat(root.get(BADGE + "?label=" + "x".repeat(101)).status()).isEqualTo(400);

        String id = root.get(FAST + "/series?benchmark=script")
                .json()
                .get("items")
                .elements()
                .get(0)
                .get("series")
                .text()
                .orElseThrow();
        String chart = root.get(FAST + "/series/" + id + "/chart.svg").text();
        assertThat(chart).contains("a&lt;script&gt;alert(1)&lt;/script&gt;").doesNotContain("<script", "\u202e");
    }

    @Test
    void a_chart_shows_the_newest_points_of_a_series_to_who_may_read_it() {
        for (int i = 0; i < 12; i++) {
            check(i, i < 6 ? 1 : 1.5);
        }
        String id = root.get(FAST + "/series?benchmark=sort")
                .json()
                .get("items")
                .elements()
                .get(0)
                .get("series")
                .text()
                .orElseThrow();
        String path = FAST + "/series/" + id + "/chart.svg";
        Answer whole = root.get(path);
        assertThat(whole.text()).contains("<title>sort: time on main, environment lab</title>", "stroke-dasharray");
        assertThat(whole.text().split("<circle", -1)).hasSize(13);
        assertThat(root.get(path + "?points=3").text().split("<circle", -1)).hasSize(4);
        assertThat(root.get(path + "?points=0").status()).isEqualTo(400);
        assertThat(root.get(FAST + "/series/0123456789ab/chart.svg").status()).isEqualTo(404);
        assertThat(server.nobody().get(path).status()).isEqualTo(401);
        assertThat(ci.get(path).status()).isEqualTo(403);
        root.send("PATCH", FAST, "{\"visibility\":\"public\"}");
        assertThat(server.nobody().get(path).header("Cache-Control")).isEqualTo("public, max-age=60");
    }
}
