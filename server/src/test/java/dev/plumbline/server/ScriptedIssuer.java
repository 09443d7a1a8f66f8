package dev.plumbline.server;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * An identity provider, or a CI service, on loopback, that says and signs whatever a test needs. It holds clients to
 * the protocol as a real one does: codes are used once, with the redirect address and the verifier they were asked for
 * with, and the client's secret.
 */
public final class ScriptedIssuer implements AutoCloseable {
    public static final String CLIENT = "plumbline";
    public static final String CLIENT_SECRET = "s3cret: with/odd&chars";

    private static final RSAKey KEY = key(prime(201), prime(689));
    private static final RSAKey OTHER_KEY = key(prime(1601), prime(1681));

    private final HttpServer http;
    private final Clock clock;
    private final AtomicInteger issued = new AtomicInteger();
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();

    /** What the next token says besides what it has to. */
    public volatile Consumer<JWTClaimsSet.Builder> claims = claims -> {};

    /** How the next token is signed. */
    public volatile Signature signature = Signature.RIGHT;

    /** Changes the answers of an address, by its path. */
    public final Map<String, UnaryOperator<String>> changed = new ConcurrentHashMap<>();

    /** What is sent instead of an answer, by its path. */
    public final Map<String, Consumer<HttpExchange>> instead = new ConcurrentHashMap<>();

    public volatile Optional<String> userInfo = Optional.empty();

    /** Ways to sign a token, of which one counts. */
    public enum Signature {
        RIGHT,
        NONE,
        PUBLIC_KEY_AS_SECRET,
        FOREIGN_KEY,
        FOREIGN_KEY_BY_ADDRESS,
        FOREIGN_KEY_INSIDE,
        UNKNOWN_KEY
    }

    public ScriptedIssuer(Clock clock) throws IOException {
        this.clock = clock;
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/.well-known/openid-configuration", exchange -> description());
        answer("/keys", exchange -> new JWKSet(KEY.toPublicJWK()).toString());
        answer("/foreign-keys", exchange -> new JWKSet(OTHER_KEY.toPublicJWK()).toString());
        answer("/token", this::exchange);
        answer("/me", exchange -> userInfo.orElse("{}"));
        http.start();
    }

    /** Both keys have the id "right". */
    private static RSAKey key(BigInteger p, BigInteger q) {
        BigInteger e = RSAKeyGenParameterSpec.F4;
        BigInteger n = p.multiply(q);
        BigInteger beforeP = p.subtract(BigInteger.ONE);
        BigInteger beforeQ = q.subtract(BigInteger.ONE);
        BigInteger d = e.modInverse(beforeP.multiply(beforeQ));
        try {
            KeyFactory factory = KeyFactory.getInstance("RSA");
            return new RSAKey.Builder((RSAPublicKey) factory.generatePublic(new RSAPublicKeySpec(n, e)))
                    .privateKey(factory.generatePrivate(
                            new RSAPrivateCrtKeySpec(n, e, d, p, q, d.mod(beforeP), d.mod(beforeQ), q.modInverse(p))))
                    .keyID("right")
                    .build();
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The number of 1,024 bits from this seed, if it is a prime: to search for one takes a second. */
    private static BigInteger prime(int seed) {
        return new BigInteger(1024, new Random(seed)).setBit(1023).setBit(1022).setBit(0);
    }

    /** Answers an address with a text; a text that begins with a {@code !} is a status. */
    private void answer(String path, Answer answer) {
        http.createContext(path, exchange -> {
            if (instead.containsKey(path)) {
                instead.get(path).accept(exchange);
                return;
            }
            String text;
            try {
                text = changed.getOrDefault(path, same -> same).apply(answer.to(exchange));
            } catch (JOSEException e) {
                throw new IllegalStateException(e);
            }
            int status = text.startsWith("!") ? 400 : 200;
            byte[] bytes = (status == 400 ? "{\"error\":\"" + text.substring(1) + "\"}" : text)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private interface Answer {
        String to(HttpExchange exchange) throws IOException, JOSEException;
    }

    /** Sends something else than an answer, of which the body never ends where it is longer than permitted. */
    public static Consumer<HttpExchange> sending(int status, long bytes, String... headers) {
        return exchange -> {
            try (exchange) {
                for (int i = 0; i < headers.length; i += 2) {
                    exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
                }
                exchange.sendResponseHeaders(status, 0);
                for (long sent = 0; sent < bytes; sent += 1000) {
                    exchange.getResponseBody().write(" ".repeat(1000).getBytes(StandardCharsets.US_ASCII));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    private String description() {
        return """
                {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token",
                 "userinfo_endpoint":"%1$s/me","end_session_endpoint":"%1$s/end?x=y","jwks_uri":"%1$s/keys",
                 "id_token_signing_alg_values_supported":["RS256","HS256","none"]}""".formatted(address());
    }

    /** What a browser is sent back with, once somebody signed in at the address it was sent to. */
    public Map<String, String> signIn(URI authorization) {
        Map<String, String> asked = fields(authorization.getRawQuery());
        String code = "code-" + issued.incrementAndGet();
        codes.put(code, asked);
        return Map.of("code", code, "state", asked.get("state"));
    }

    static Map<String, String> fields(String encoded) {
        Map<String, String> fields = new HashMap<>();
        for (String field : encoded.split("&")) {
            String[] parts = field.split("=", 2);
            fields.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return fields;
    }

    private String exchange(HttpExchange exchange) throws IOException, JOSEException {
        Map<String, String> form = fields(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Map<String, String> asked = codes.remove(form.getOrDefault("code", ""));
        String header = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        String pair =
                new String(Base64.getDecoder().decode(header.replaceFirst("^Basic ", "")), StandardCharsets.UTF_8);
        String[] parts = pair.split(":", 2);
        if (!CLIENT.equals(parts[0]) || !CLIENT_SECRET.equals(URLDecoder.decode(parts[1], StandardCharsets.UTF_8))) {
            return "!invalid_client";
        }
        if (asked == null
                || !form.get("redirect_uri").equals(asked.get("redirect_uri"))
                || !"S256".equals(asked.get("code_challenge_method"))
                || !digest(form.get("code_verifier")).equals(asked.get("code_challenge"))
                || form.get("code_verifier").length() < 43) {
            return "!invalid_grant";
        }
        String token = token(claims -> {
            claims.audience(CLIENT).claim("nonce", asked.get("nonce"));
            this.claims.accept(claims);
        });
        return "{\"access_token\":\"at\",\"token_type\":\"Bearer\",\"id_token\":\"" + token + "\"}";
    }

    private static String digest(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A token as it is signed now. */
    public String token(Consumer<JWTClaimsSet.Builder> change) {
        JWTClaimsSet.Builder builder = new JWTClaimsSet.Builder()
                .issuer(address().toString())
                .subject("248289761001")
                .issueTime(Date.from(clock.instant()))
                .expirationTime(Date.from(clock.instant().plus(Duration.ofMinutes(5))));
        change.accept(builder);
        try {
            return signed(builder.build());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private String signed(JWTClaimsSet claims) throws JOSEException {
        JWSHeader.Builder header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("right");
        return switch (signature) {
            case RIGHT -> signed(header, claims, new RSASSASigner(KEY));
            case NONE -> new PlainJWT(claims).serialize();
            case PUBLIC_KEY_AS_SECRET ->
                signed(
                        new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("right"),
                        claims,
                        new MACSigner(KEY.toRSAPublicKey().getEncoded()));
            case FOREIGN_KEY -> signed(header, claims, new RSASSASigner(OTHER_KEY));
            case FOREIGN_KEY_BY_ADDRESS ->
                signed(
                        header.jwkURL(address().resolve("/foreign-keys"))
                                .x509CertURL(address().resolve("/foreign-keys")),
                        claims,
                        new RSASSASigner(OTHER_KEY));
            case FOREIGN_KEY_INSIDE -> signed(header.jwk(OTHER_KEY.toPublicJWK()), claims, new RSASSASigner(OTHER_KEY));
            case UNKNOWN_KEY -> signed(header.keyID("unknown"), claims, new RSASSASigner(KEY));
        };
    }

    private static String signed(JWSHeader.Builder header, JWTClaimsSet claims, JWSSigner signer) throws JOSEException {
        SignedJWT jwt = new SignedJWT(header.build(), claims);
        jwt.sign(signer);
        return jwt.serialize();
    }

    /** Names of addresses that tests change. */
    public static List<String> addresses() {
        return List.of("/.well-known/openid-configuration", "/keys", "/token");
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
