package dev.plumbline.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.pipeline.config.yaml.WrongConfiguration;
import dev.plumbline.server.people.Name;
import dev.plumbline.server.people.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator may write, and what the mistakes are called. */
class IdentityFileTest {
    @TempDir
    private Path folder;

    private IdentitySettings read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("identity.yaml"), text);
        return IdentityFile.read(file, "identity.yaml", Map.of("IDP_SECRET", " from the environment \n"));
    }

    @Test
    void a_whole_file_is_read() throws IOException {
        Files.writeString(folder.resolve("secret.txt"), "from a file\n");
        IdentitySettings settings = read("""
                providers:
                  google:
                    name: Google
                    issuer: https://accounts.google.com
                    client-id: 1234.apps.googleusercontent.com
                    client-secret-file: secret.txt
                    create-accounts: true
                    mail-domains: [Example.ORG]
                  sso:
                    issuer: https://sso.example.org/realms/main
                    client-id: plumbline
                    client-secret-variable: IDP_SECRET
                    scopes: [openid, groups]
                    groups-claim: roles
                    groups:
                      - {group: "/perf team", organisation: acme, role: owner}
                      - {group: ci, organisation: acme, project: parser, role: recorder}
                ci-issuers:
                  - https://token.actions.githubusercontent.com
                  - https://gitlab.com
                """);

        assertThat(settings.ciIssuers())
                .containsExactlyInAnyOrder("https://token.actions.githubusercontent.com", "https://gitlab.com");
        Provider google = settings.providers().get(0);
        assertThat(google.name()).isEqualTo("Google");
        assertThat(google.clientSecret()).contains("from a file");
        assertThat(google.scopes()).containsExactly("openid", "email", "profile");
        assertThat(google.mailDomains()).containsExactly("example.org");
        assertThat(google.createsAccounts()).isTrue();
        Provider sso = settings.provider("sso").orElseThrow();
        assertThat(sso.name()).isEqualTo("sso");
        assertThat(sso.issuer()).isEqualTo(URI.create("https://sso.example.org/realms/main"));
        assertThat(sso.clientSecret()).contains("from the environment");
        assertThat(sso.createsAccounts()).isFalse();
        assertThat(sso.groupsClaim()).isEqualTo("roles");
        assertThat(sso.groups())
                .containsExactly(
                        new GroupRule("/perf team", new Name("acme"), Optional.empty(), Role.OWNER),
                        new GroupRule("ci", new Name("acme"), Optional.of(new Name("parser")), Role.RECORDER));
        assertThat(sso.toString()).doesNotContain("environment");
    }

    @Test
    void an_empty_file_trusts_nobody() throws IOException {
        assertThat(read("")).isEqualTo(IdentitySettings.NONE);
    }

    @Test
    void every_mistake_is_named_with_its_place() {
        assertThatThrownBy(() -> read("""
                        providers:
                          Upper:
                            issuer: http://sso.example.org
                            client-id: ""
                            scopes: [email]
                            unknown: 1
                          plain:
                            issuer: https://user@sso.example.org
                            client-id: x
                            client-secret-file: nowhere.txt
                            client-secret-variable: NOTHING
                            create-accounts: maybe
                            mail-domains: [example]
                            groups:
                              - {group: x, organisation: Acme, role: boss}
                              - {organisation: acme, role: owner}
                          world:
                            issuer: https://accounts.google.com
                            client-id: x
                            create-accounts: true
                          again:
                            issuer: https://accounts.google.com
                            client-id: y
                        ci-issuers: http://gitlab.example.org
                        """))
                .isInstanceOf(WrongConfiguration.class)
                .hasMessageContaining("identity.yaml:2:3: the short name of a provider is part of addresses")
                .hasMessageContaining("identity.yaml:3:13: an issuer must be an https:// address")
                .hasMessageContaining("identity.yaml:4:16: a text of 1 to 500 printable characters")
                .hasMessageContaining("identity.yaml:5:13: the scope openid is missing")
                .hasMessageContaining("identity.yaml:6:5: unknown key \"unknown\"; the keys here are name, issuer")
                .hasMessageContaining("identity.yaml:8:13: an issuer must be an https:// address")
                .hasMessageContaining("identity.yaml:10:25: the file with the secret cannot be read")
                .hasMessageContaining("identity.yaml:11:29: client-secret-file is given above")
                .hasMessageContaining("identity.yaml:12:22: must be true or false")
                .hasMessageContaining("identity.yaml:13:20: write a domain as example.org")
                .hasMessageContaining("identity.yaml:15:34: a name must have 1 to 39")
                .hasMessageContaining("identity.yaml:15:46: the role must be viewer")
                .hasMessageContaining("identity.yaml:16:9: the key group is missing")
                .hasMessageContaining("identity.yaml:20:22: anyone can have an account there")
                .hasMessageContaining("identity.yaml:21:3: another provider above has the same issuer")
                .hasMessageContaining("identity.yaml:24:13: ci-issuers is a list");
    }
}
