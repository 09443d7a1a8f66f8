package dev.plumbline.server.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/** The claims of a verified token, checked for audience and time. */
final class TokenClaims {
    /** The tolerated difference of two clocks. */
    private static final Duration SKEW = Duration.ofSeconds(60);

    private static final int LONGEST_SUBJECT = 255;

    private TokenClaims() {}

    /**
     * The error in a token, if any.
     *
     * @param audience whom it has to be for
     * @param ofOneAudience whether it must have a single audience; with several, it must name this one as the
     *     authorised party
     */
    static Optional<String> wrong(
            JWTClaimsSet claims, String issuer, String audience, boolean ofOneAudience, Instant now) {
        if (!issuer.equals(claims.getIssuer())) {
            return Optional.of("it is from the issuer " + claims.getIssuer());
        }
        String subject = claims.getSubject();
        if (subject == null || subject.isEmpty() || subject.length() > LONGEST_SUBJECT) {
            return Optional.of("it has no subject of 1 to " + LONGEST_SUBJECT + " characters");
        }
        List<String> audiences = claims.getAudience();
        if (!audiences.contains(audience)) {
            return Optional.of("it is for " + audiences);
        }
        Object party = claims.getClaim("azp");
        if (audiences.size() > 1 && (ofOneAudience || party == null)) {
            return Optional.of("it is for several, " + audiences);
        }
        if (!ofOneAudience && party != null && !party.equals(audience)) {
            return Optional.of("another party asked for it, " + party);
        }
        return wrongTime(claims, now);
    }

    private static Optional<String> wrongTime(JWTClaimsSet claims, Instant now) {
        Date expires = claims.getExpirationTime();
        Date issued = claims.getIssueTime();
        Date begins = claims.getNotBeforeTime();
        if (expires == null || issued == null) {
            return Optional.of("it has no start or end time");
        }
        if (!now.isBefore(expires.toInstant().plus(SKEW))) {
            return Optional.of("it has expired at " + expires.toInstant());
        }
        if (issued.toInstant().isAfter(now.plus(SKEW))) {
            return Optional.of("it is from the future, " + issued.toInstant());
        }
        return begins != null && begins.toInstant().isAfter(now.plus(SKEW))
                ? Optional.of("it is not valid before " + begins.toInstant())
                : Optional.empty();
    }
}
