package dev.plumbline.server.identity;

import static java.util.Objects.requireNonNull;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.plumbline.report.format.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** Gets identities from providers, and verifies the ID tokens of CI jobs. Safe for use by several threads. */
public final class Identities {
    private static final Logger LOG = Logger.getLogger("plumbline.server");

    private final IdentitySettings settings;
    private final Clock clock;
    private final Map<URI, Issuer> issuers = new ConcurrentHashMap<>();

    public Identities(IdentitySettings settings, Clock clock) {
        this.settings = requireNonNull(settings, "settings");
        this.clock = requireNonNull(clock, "clock");
    }

    public IdentitySettings settings() {
        return settings;
    }

    /**
     * The values of one attempt to sign in.
     *
     * @param redirect where the provider sends the browser back to
     * @param nonce has to be in the token
     * @param verifier proves that who began the attempt ends it
     */
    public record Attempt(URI redirect, String nonce, String verifier) {}

    /** The provider's reply with the browser. */
    public record Callback(String code, Optional<String> issuer) {}

    private Issuer issuer(URI name) {
        return issuers.computeIfAbsent(name, unknown -> new Issuer(unknown, new Outgoing(), clock));
    }

    /** The address at which the browser signs in. */
    public URI authorization(Provider provider, Attempt attempt, String state) throws IdentityFailure {
        Issuer issuer = issuer(provider.issuer());
        URI endpoint = issuer.description()
                .authorization()
                .orElseThrow(() -> issuer.refused("the description names no authorization_endpoint"));
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", provider.clientId());
        query.put("redirect_uri", attempt.redirect().toString());
        query.put("scope", String.join(" ", provider.scopes()));
        query.put("state", state);
        query.put("nonce", attempt.nonce());
        query.put("code_challenge", challenge(attempt.verifier()));
        query.put("code_challenge_method", "S256");
        return URI.create(endpoint + (endpoint.getRawQuery() == null ? "?" : "&") + encoded(query));
    }

    /**
     * The address at which the browser signs out at a provider (OpenID Connect RP-Initiated Logout); the provider asks
     * before it does so. It is not asked to send the browser back: a provider that does not know that address refuses
     * it all. Empty where it has no such address, or does not answer now.
     */
    public Optional<URI> signOut(Provider provider) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("client_id", provider.clientId());
        try {
            return issuer(provider.issuer())
                    .description()
                    .endSession()
                    .map(endpoint ->
                            URI.create(endpoint + (endpoint.getRawQuery() == null ? "?" : "&") + encoded(query)));
        } catch (IdentityFailure e) {
            LOG.log(Level.FINE, "signing out at " + provider.id(), e);
            return Optional.empty();
        }
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The person who returned from a provider, in exchange for the code that they brought. */
    public ProvedPerson person(Provider provider, Attempt attempt, Callback callback) throws IdentityFailure {
        Issuer issuer = issuer(provider.issuer());
        Issuer.Description description = issuer.description();
        String name = provider.issuer().toString();
        if (callback.issuer().isPresent() ? !callback.issuer().get().equals(name) : description.namesItself()) {
            throw issuer.refused(
                    "the answer is from the issuer " + callback.issuer().orElse("that is not named"));
        }
        JsonValue tokens = exchange(provider, attempt, callback.code(), issuer);
        JWTClaimsSet claims = issuer.verified(tokens.get("id_token")
                .text()
                .orElseThrow(() -> issuer.refused("the answer to the code has no ID token")));
        Optional<String> wrong = TokenClaims.wrong(claims, name, provider.clientId(), false, clock.instant());
        if (wrong.isPresent()) {
            throw issuer.refused("the ID token: " + wrong.get());
        }
        if (!attempt.nonce().equals(claims.getClaim("nonce"))) {
            throw issuer.refused("the ID token has another nonce");
        }
        Map<String, Object> known = new TreeMap<>(claims.getClaims());
        addUserInfo(provider, issuer, tokens.get("access_token").text(), known);
        ProvedPerson person = read(provider, claims.getSubject(), known);
        if (!provider.takes(person.verifiedMail())) {
            throw new IdentityFailure(
                    IdentityFailure.Kind.REFUSED,
                    "your mail address is not in a domain that may sign in here, or " + provider.name()
                            + " has not verified it",
                    "the mail address is " + person.verifiedMail().orElse("not verified"));
        }
        return person;
    }

    private JsonValue exchange(Provider provider, Attempt attempt, String code, Issuer issuer) throws IdentityFailure {
        Issuer.Description description = issuer.description();
        URI endpoint =
                description.token().orElseThrow(() -> issuer.refused("the description names no" + " token_endpoint"));
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", attempt.redirect().toString());
        form.put("code_verifier", attempt.verifier());
        Map<String, String> headers = new TreeMap<>();
        boolean isInBody = description.takesSecretInBody();
        if (provider.clientSecret().isPresent() && !isInBody) {
            String pair = encoded(provider.clientId()) + ":"
                    + encoded(provider.clientSecret().get());
            headers.put(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        } else {
            form.put("client_id", provider.clientId());
            provider.clientSecret().ifPresent(secret -> form.put("client_secret", secret));
        }
        try {
            Outgoing.Answer answer = issuer.outgoing().post(endpoint, encoded(form), headers);
            if (answer.status() == 400 || answer.status() == 401) {
                throw issuer.refused(
                        "the code is refused with HTTP " + answer.status() + ": " + beginning(answer.body()));
            }
            return Issuer.json(answer, endpoint);
        } catch (IOException e) {
            throw noAnswer(provider, e);
        }
    }

    private static String beginning(String text) {
        return text.substring(0, Math.min(text.length(), 200));
    }

    private static IdentityFailure noAnswer(Provider provider, IOException cause) {
        return new IdentityFailure(
                IdentityFailure.Kind.NO_ANSWER, provider.name() + " did not answer properly; try again later", cause);
    }

    /** Adds the user info: some providers put no more than the subject into the token, and the rest there. */
    private void addUserInfo(Provider provider, Issuer issuer, Optional<String> accessToken, Map<String, Object> claims)
            throws IdentityFailure {
        Optional<URI> endpoint = issuer.description().userInfo();
        boolean isComplete = claims.containsKey("email")
                && (provider.groups().isEmpty() || claims.containsKey(provider.groupsClaim()));
        if (isComplete || endpoint.isEmpty() || accessToken.isEmpty()) {
            return;
        }
        JsonValue said;
        try {
            said = Issuer.json(
                    issuer.outgoing().get(endpoint.get(), Map.of("Authorization", "Bearer " + accessToken.get())),
                    endpoint.get());
        } catch (IOException e) {
            throw noAnswer(provider, e);
        }
        if (!said.get("sub").text().equals(Optional.of(claims.get("sub")))) {
            throw issuer.refused("the address userinfo_endpoint answers about another person");
        }
        for (String name : List.of("email", "preferred_username", "name")) {
            said.get(name).text().ifPresent(text -> claims.putIfAbsent(name, text));
        }
        if (said.get("email").text().equals(Optional.ofNullable(claims.get("email")))) {
            claims.putIfAbsent(
                    "email_verified",
                    said.get("email_verified").isTrue()
                            || said.get("email_verified").text().equals(Optional.of("true")));
        }
        JsonValue groups = said.get(provider.groupsClaim());
        List<String> names = new ArrayList<>();
        groups.text().ifPresent(names::add);
        groups.elements().forEach(group -> group.text().ifPresent(names::add));
        claims.putIfAbsent(provider.groupsClaim(), names);
    }

    private static ProvedPerson read(Provider provider, String subject, Map<String, Object> claims) {
        Optional<String> mail = Optional.of("email")
                .map(claims::get)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(text -> text.length() <= 254 && text.indexOf('@') > 0)
                .filter(text -> "true".equals(String.valueOf(claims.get("email_verified"))));
        Optional<String> name = List.of("preferred_username", "name").stream()
                .map(claims::get)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .findFirst();
        Object groups = claims.get(provider.groupsClaim());
        Set<String> all = groups instanceof Collection<?> list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .collect(Collectors.toSet())
                : groups instanceof String one ? Set.of(one) : Set.of();
        return new ProvedPerson(subject, mail, name, all);
    }

    /** The verified claims of a CI job. */
    public record Job(String issuer, Map<String, Object> claims) {
        /** The repository and the branch, where the service names them, or its name of the job. */
        public String words() {
            Object repository = claims.getOrDefault("repository", claims.get("project_path"));
            Object place = repository == null ? claims.get("sub") : repository;
            return place + (claims.get("ref") == null ? "" : ", " + claims.get("ref"));
        }
    }

    /**
     * The job of a token.
     *
     * @param audience the server, which must be the only audience of the token
     */
    public Job job(String token, String audience) throws IdentityFailure {
        String issuer = Issuer.unverifiedName(token);
        if (!settings.ciIssuers().contains(issuer)) {
            throw new IdentityFailure(
                    IdentityFailure.Kind.REFUSED,
                    "this server accepts no tokens of this issuer; its operator can add it (ci-issuers in the"
                            + " file of --oidc)",
                    "the issuer is " + issuer);
        }
        JWTClaimsSet claims = issuer(URI.create(issuer)).verified(token);
        Optional<String> wrong = TokenClaims.wrong(claims, issuer, audience, true, clock.instant());
        if (wrong.isPresent()) {
            throw new IdentityFailure(
                    IdentityFailure.Kind.REFUSED, "the token is refused: " + wrong.get(), wrong.get());
        }
        return new Job(issuer, claims.getClaims());
    }
}
