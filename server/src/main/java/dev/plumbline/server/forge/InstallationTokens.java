package dev.plumbline.server.forge;

import static java.util.Objects.requireNonNull;

import dev.plumbline.publish.PublishFailure;
import dev.plumbline.publish.github.GitHubRepository;
import dev.plumbline.publish.http.Token;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The tokens of apps' installations, each until shortly before it expires; they are in memory alone. */
final class InstallationTokens {
    /** Longer than anything that is done with a token. */
    private static final Duration BEFORE = Duration.ofMinutes(5);

    private final Clock clock;
    private final Map<Key, GitHubRepository.Granted> known = new ConcurrentHashMap<>();

    InstallationTokens(Clock clock) {
        this.clock = requireNonNull(clock, "clock");
    }

    /** Another key of the app, or another repository, gets another token. */
    private record Key(Repository repository, Credential.App app) {}

    /** Makes the client of a repository that has this token. */
    @FunctionalInterface
    interface Opening {
        GitHubRepository with(Token token) throws PublishFailure;
    }

    Token of(Repository repository, Credential.App app, Opening opening) throws PublishFailure, InterruptedException {
        Key key = new Key(repository, app);
        GitHubRepository.Granted granted = known.get(key);
        if (granted == null || clock.instant().isAfter(granted.until().minus(BEFORE))) {
            known.values().removeIf(one -> clock.instant().isAfter(one.until()));
            granted = opening.with(Token.of("the app's token", app.key().token(app.id(), clock.instant())))
                    .installationToken();
            known.put(key, granted);
        }
        return Token.of("the token of the app's installation", granted.token());
    }

    /** The secret that is known of an app's installation, for other programs than those of {@link Token}. */
    String secret(Repository repository, Credential.App app) {
        GitHubRepository.Granted granted = known.get(new Key(repository, app));
        return granted == null ? "" : granted.token();
    }

    /** Drops the cached token of a repository, which may be revoked. */
    void forget(Repository repository) {
        known.keySet().removeIf(key -> key.repository().equals(repository));
    }
}
