package dev.plumbline.server.http;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The limits on a caller's requests: of this server, not of all that share a database. */
public final class RateLimits {
    /** More callers than this are forgotten, those first who asked longest ago. */
    private static final int CALLERS = 20_000;

    private static final int ATTEMPTS_A_MINUTE = 10;

    private final int requestsASecond;
    private final Map<String, Bucket> requests = remembered();
    private final Map<String, Bucket> attempts = remembered();

    /** @param requestsASecond what one caller may make in the long run, and five times as many at once */
    public RateLimits(int requestsASecond) {
        this.requestsASecond = requestsASecond;
    }

    private static Map<String, Bucket> remembered() {
        return Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                return size() > CALLERS;
            }
        });
    }

    /**
     * The remaining allowance of a caller.
     *
     * @param limit requests that may be made at once
     * @param requests those of them that are left
     * @param seconds until all are back
     */
    public record Left(long limit, long requests, long seconds) {}

    /** One more request of a caller. */
    public Left request(String caller) {
        long limit = 5L * requestsASecond;
        long left = take(requests.computeIfAbsent(caller, name -> Bucket.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(limit)
                        .refillGreedy(requestsASecond, Duration.ofSeconds(1))
                        .build())
                .build()));
        return new Left(limit, left, (limit - left + requestsASecond - 1) / requestsASecond);
    }

    /**
     * One more attempt to sign in, or another wrong token.
     *
     * @param who the address, or the address with the name of the account: others are not slowed down
     */
    void failed(String who) {
        take(attempts.computeIfAbsent(who, name -> Bucket.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(ATTEMPTS_A_MINUTE)
                        .refillGreedy(ATTEMPTS_A_MINUTE, Duration.ofMinutes(1))
                        .build())
                .build()));
    }

    /** Takes one; returns the number left. */
    private static long take(Bucket bucket) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw Problem.tooMany(Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
        return probe.getRemainingTokens();
    }
}
