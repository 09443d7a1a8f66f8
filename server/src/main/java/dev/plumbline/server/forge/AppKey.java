package dev.plumbline.server.forge;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The private key with which an app of GitHub proves who it is. */
final class AppKey {
    private static final Pattern PEM = Pattern.compile(
            "\\s*-----BEGIN (RSA )?PRIVATE KEY-----([A-Za-z0-9+/=\\s]{1,16000})-----END (RSA )?PRIVATE KEY-----\\s*");

    /** The version 0 and the algorithm RSA, which make a key in PKCS#1 one in PKCS#8. */
    private static final byte[] VERSION_AND_ALGORITHM = {
        2, 1, 0, 0x30, 0x0d, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0
    };

    private static final byte SEQUENCE = 0x30;
    private static final byte OCTETS = 4;

    /** GitHub's clock may be behind. */
    private static final long EARLIER_SECONDS = 60;

    /** GitHub accepts ten minutes. */
    private static final long SECONDS = 540;

    private final PrivateKey key;

    private AppKey(PrivateKey key) {
        this.key = key;
    }

    /**
     * Reads a key in PEM, as GitHub gives it.
     *
     * @throws IllegalArgumentException if it is none
     */
    static AppKey of(String pem) {
        Matcher matcher = PEM.matcher(pem);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "the private key must be a PEM file: -----BEGIN RSA PRIVATE KEY----- to the end line");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(matcher.group(2));
            byte[] encoded = matcher.group(1) == null ? der : wrapped(der);
            return new AppKey(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("the private key cannot be read; it must be an RSA key", e);
        }
    }

    private static byte[] wrapped(byte[] key) {
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        inner.writeBytes(VERSION_AND_ALGORITHM);
        inner.writeBytes(element(OCTETS, key));
        return element(SEQUENCE, inner.toByteArray());
    }

    private static byte[] element(byte type, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(type);
        if (content.length < 0x80) {
            out.write(content.length);
        } else if (content.length < 0x100) {
            out.write(0x81);
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> Byte.SIZE);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    /** A token of the app itself, which is valid for some minutes. */
    String token(String app, Instant now) {
        long seconds = now.getEpochSecond();
        String signed = encoded("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "."
                + encoded("{\"iat\":" + (seconds - EARLIER_SECONDS) + ",\"exp\":" + (seconds + SECONDS) + ",\"iss\":\""
                        + app + "\"}");
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java signs with RSA", e);
        }
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.US_ASCII));
    }
}
