package dev.plumbline.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForgeTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @ParameterizedTest
    @CsvSource({
        "https://github.com/owner/name.git, https://github.com/owner/name/commit/",
        "https://github.com/owner/name, https://github.com/owner/name/commit/",
        "https://github.com/owner/name/, https://github.com/owner/name/commit/",
        "git@github.com:owner/name.git, https://github.com/owner/name/commit/",
        "ssh://git@github.com:22/owner/name.git, https://github.com/owner/name/commit/",
        "https://user:secret@github.com/owner/name.git, https://github.com/owner/name/commit/",
        "https://GitHub.com/Owner/Name, https://github.com/Owner/Name/commit/",
        "git@gitlab.com:group/sub/name.git, https://gitlab.com/group/sub/name/-/commit/",
        "https://gitlab.example.org:8443/group/name.git, https://gitlab.example.org:8443/group/name/-/commit/",
        "git@bitbucket.org:team/name.git, https://bitbucket.org/team/name/commits/",
        "https://codeberg.org/owner/name.git, https://codeberg.org/owner/name/commit/",
        "ssh://git@gitea.example.org:2222/owner/name.git, https://gitea.example.org/owner/name/commit/",
        "https://gitlab-ci-token:t0k3n@gitlab.com/group/name.git, https://gitlab.com/group/name/-/commit/",
    })
    void a_remote_leads_to_its_commits_and_takes_no_secret_along(String remote, String commits) {
        assertThat(Forge.ofRemote(remote)).contains(new Forge(commits));
        assertThat(Forge.ofRemote(remote).orElseThrow().of(COMMIT)).contains(commits + COMMIT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/srv/git/name.git",
                "../name",
                "file:///srv/git/name.git",
                "https://example.org/owner/name.git",
                "https://github.com.evil.org@evil.org/owner/name",
                "https://evilgithub.com/owner/name",
                "https://github.com/owner",
                "https://github.com/owner/name/more",
                "https://github.com/../name",
                "https://github.com/owner/name?x=1",
                "https://github.com/owner/na\"onmouseover=alert(1)",
                "https://github.com/owner/<script>",
                "javascript://github.com/owner/name",
                "http://github.com/owner/name",
                "git@github.com:owner/name name",
                "git@github.com:/owner/name",
                "https://github.com//name",
                "-oProxyCommand=x@github.com:owner/name\nhttps://evil.org"
            })
    void what_is_not_understood_leads_nowhere(String remote) {
        assertThat(Forge.ofRemote(remote)).isEmpty();
    }

    @Test
    void only_the_id_of_a_commit_is_put_behind_it() {
        Forge forge = new Forge("https://github.com/owner/name/commit/");
        for (String text :
                List.of("", "v1.2.0", "abc", "../../evil", "0123456\"", COMMIT.toUpperCase(java.util.Locale.ROOT))) {
            assertThat(forge.of(text)).as(text).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://github.com/owner/name/commit/",
                "https://github.com/owner/name/commit",
                "https://github.com/../name/commit/",
                "https://user@github.com/owner/name/commit/",
                "https://github.com/owner/name/commit/?x=/",
                "javascript:alert(1)/"
            })
    void no_other_address_is_one_of_commits(String commits) {
        assertThatThrownBy(() -> new Forge(commits)).isInstanceOf(IllegalArgumentException.class);
    }
}
