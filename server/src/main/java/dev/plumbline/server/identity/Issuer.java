package dev.plumbline.server.identity;

import static java.util.Objects.requireNonNull;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.plumbline.report.format.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An issuer of signed tokens. Its description is fetched when it is first needed, and again after an hour; a token is
 * verified only with the keys in that description: key hints in a token are ignored. Safe for use by several threads.
 */
final class Issuer {
    /** The asymmetric algorithms. A key that others know, or none, proves nothing. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private static final int LONGEST_TOKEN = 64 << 10;
    private static final Duration FRESH = Duration.ofHours(1);

    /**
     * The time for which an unreachable issuer is not tried again, so that its callers do not wait one after the other.
     */
    private static final Duration GIVEN_UP = Duration.ofSeconds(5);

    private static final long KEYS_LIVE_MILLIS = Duration.ofMinutes(30).toMillis();
    private static final long KEYS_WAIT_MILLIS = Duration.ofSeconds(15).toMillis();

    private final URI name;
    private final Outgoing outgoing;
    private final Clock clock;
    private Optional<Description> description = Optional.empty();
    private Optional<IdentityFailure> failure = Optional.empty();
    private Instant fetchedAt = Instant.EPOCH;

    Issuer(URI name, Outgoing outgoing, Clock clock) {
        this.name = requireNonNull(name, "name");
        this.outgoing = requireNonNull(outgoing, "outgoing");
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * An issuer's description of itself.
     *
     * @param algorithms those of its signatures that count
     * @param takesSecretInBody whether its token address takes no other form of the client's secret
     * @param namesItself whether it must identify itself when it redirects a user back
     */
    record Description(
            Optional<URI> authorization,
            Optional<URI> token,
            Optional<URI> userInfo,
            Optional<URI> endSession,
            Set<JWSAlgorithm> algorithms,
            JWKSource<SecurityContext> keys,
            boolean takesSecretInBody,
            boolean namesItself) {}

    /** The client that requests it. */
    Outgoing outgoing() {
        return outgoing;
    }

    /** Its current description. */
    synchronized Description description() throws IdentityFailure {
        Instant now = clock.instant();
        if (failure.isPresent() && now.isBefore(fetchedAt.plus(GIVEN_UP))) {
            throw failure.get();
        }
        if (description.isEmpty() || !now.isBefore(fetchedAt.plus(FRESH))) {
            fetchedAt = now;
            try {
                description = Optional.of(fetch());
                failure = Optional.empty();
            } catch (IOException e) {
                description = Optional.empty();
                failure = Optional.of(noAnswer(e));
                throw failure.get();
            }
        }
        return description.get();
    }

    private IdentityFailure noAnswer(Exception cause) {
        return new IdentityFailure(
                IdentityFailure.Kind.NO_ANSWER, name.getHost() + " did not answer properly; try again later", cause);
    }

    private Description fetch() throws IOException {
        URI address = URI.create(name.toString().replaceAll("/$", "") + "/.well-known/openid-configuration");
        JsonValue json = json(outgoing.get(address, Map.of()), address);
        String named = json.get("issuer").text().orElse("");
        if (!named.equals(name.toString())) {
            throw new IOException(address + " describes another issuer, " + named);
        }
        URI keys = endpoint(json, "jwks_uri").orElseThrow(() -> new IOException(address + " names no keys"));
        Set<JWSAlgorithm> algorithms = json.get("id_token_signing_alg_values_supported").elements().stream()
                .map(value -> JWSAlgorithm.parse(value.text().orElse("none")))
                .filter(ALGORITHMS::contains)
                .collect(Collectors.toSet());
        if (algorithms.isEmpty()) {
            throw new IOException(address + " has no signature algorithm that this server accepts");
        }
        Set<String> methods = json.get("token_endpoint_auth_methods_supported").elements().stream()
                .map(value -> value.text().orElse(""))
                .collect(Collectors.toSet());
        return new Description(
                endpoint(json, "authorization_endpoint"),
                endpoint(json, "token_endpoint"),
                endpoint(json, "userinfo_endpoint"),
                endpoint(json, "end_session_endpoint"),
                algorithms,
                keys(keys),
                methods.contains("client_secret_post") && !methods.contains("client_secret_basic"),
                json.get("authorization_response_iss_parameter_supported").isTrue());
    }

    /** @throws IOException unless it is an object that came with HTTP 200 */
    static JsonValue json(Outgoing.Answer answer, URI address) throws IOException {
        if (answer.status() != 200) {
            throw new IOException(address + " answers with HTTP " + answer.status());
        }
        JsonValue json = JsonValue.read(new ByteArrayInputStream(answer.body().getBytes(StandardCharsets.UTF_8)));
        if (json.members().isEmpty()) {
            throw new IOException(address + " did not answer with a JSON object");
        }
        return json;
    }

    private static Optional<URI> endpoint(JsonValue json, String member) throws IOException {
        Optional<String> text = json.get(member).text();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI address = URI.create(text.get());
            if (Outgoing.isSafe(address)) {
                return Optional.of(address);
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("the address of " + member + " is none", e);
        }
        throw new IOException("the address of " + member + " is neither https nor on this machine");
    }

    private JWKSource<SecurityContext> keys(URI address) throws MalformedURLException {
        return JWKSourceBuilder.create(address.toURL(), this::retrieve)
                .cache(KEYS_LIVE_MILLIS, KEYS_WAIT_MILLIS)
                .refreshAheadCache(false)
                .build();
    }

    private Resource retrieve(URL address) throws IOException {
        Outgoing.Answer answer = outgoing.get(URI.create(address.toString()), Map.of());
        if (answer.status() != 200) {
            throw new IOException(address + " answers with HTTP " + answer.status());
        }
        return new Resource(answer.body(), "application/json");
    }

    /** The claims of a token, once its signature is verified; its audience and age are not checked. */
    JWTClaimsSet verified(String token) throws IdentityFailure {
        Description known = description();
        if (token.length() > LONGEST_TOKEN) {
            throw refused("the token is longer than " + LONGEST_TOKEN + " characters");
        }
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(known.algorithms(), known.keys()));
        processor.setJWTClaimsSetVerifier((claims, context) -> {}); // by TokenClaims, at the server's own time
        try {
            return processor.process(SignedJWT.parse(token), null);
        } catch (KeySourceException e) {
            throw noAnswer(e);
        } catch (ParseException | BadJOSEException | JOSEException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    /** The issuer whose keys verify a token; empty where there is none. */
    static String unverifiedName(String token) {
        try {
            return token.length() > LONGEST_TOKEN
                    ? ""
                    : String.valueOf(SignedJWT.parse(token).getJWTClaimsSet().getIssuer());
        } catch (ParseException e) {
            return "";
        }
    }

    IdentityFailure refused(String reason) {
        return new IdentityFailure(
                IdentityFailure.Kind.REFUSED, "what " + name.getHost() + " sent proves nothing", reason);
    }
}
