package dev.plumbline.core.stats.suite;

import dev.plumbline.core.stats.sample.Selection;
import java.util.Arrays;

/**
 * Runs of a young suite that were off as a whole: nearly all series lie far from their levels, on the same side, and
 * are back with the next runs. The machine did that, once. In a long past the factors of the suite and its limits show
 * it; in a young one each series seems to make such an excursion now and then by itself, and a suite of six detected no
 * change below 200 % after one of twelve runs had been 10 % slower. So such a run is left out where the noise of the
 * series is learnt. It stays part of what is known of the suite as a whole ({@link WholeShift}).
 */
final class OddRuns {
    /** A longer past shows by itself how often runs are off. */
    private static final int YOUNG = 60;

    /** Few series may be alike by chance. */
    private static final int LEAST_SERIES = 5;

    private static final int LEAST_VALUES = 5;
    private static final double LEAST_SCALE = 1e-4;

    /** A value beyond three standard deviations is off; a run is odd where {@value #MOST_SERIES} of its series are. */
    private static final double OFF = 3;

    private static final double MOST_SERIES = 0.6;

    /** A level that lasts as long as this is none of one run. */
    private static final int LONGEST = 2;

    /** At most one run in eight is odd: what comes more often is the normal noise of this machine. */
    private static final int RARE = 8;

    /** The judged runs are off as well where half of the series lie beyond this. */
    private static final double JUDGED_OFF = 2.5;

    private OddRuns() {}

    /**
     * The series of a suite without their values of odd runs; the very same where there are none, where the suite is
     * old or small, and where the judged runs are off as a whole, too.
     *
     * @param judgedFrom the first of the judged runs
     */
    static SuiteEvidence.Member[] leftOut(int runs, int judgedFrom, SuiteEvidence.Member... members) {
        if (judgedFrom > YOUNG || members.length < LEAST_SERIES) {
            return members;
        }
        int[] above = new int[runs];
        int[] below = new int[runs];
        int[] present = new int[runs];
        int judgedAbove = 0;
        int judgedBelow = 0;
        int judged = 0;
        for (SuiteEvidence.Member member : members) {
            double[] scores = scores(member, judgedFrom);
            double sum = 0;
            int count = 0;
            for (int i = 0; i < scores.length; i++) {
                int run = member.runs()[i];
                if (Double.isNaN(scores[i])) {
                    continue;
                }
                if (run >= judgedFrom) {
                    sum += scores[i];
                    count++;
                    continue;
                }
                present[run]++;
                above[run] += scores[i] > OFF ? 1 : 0;
                below[run] += scores[i] < -OFF ? 1 : 0;
            }
            judged += count > 0 ? 1 : 0;
            judgedAbove += count > 0 && sum / count > JUDGED_OFF ? 1 : 0;
            judgedBelow += count > 0 && sum / count < -JUDGED_OFF ? 1 : 0;
        }
        boolean[] odd = new boolean[judgedFrom];
        int many = 0;
        for (int run = 0; run < judgedFrom; run++) {
            odd[run] = present[run] >= LEAST_SERIES && Math.max(above[run], below[run]) >= MOST_SERIES * present[run];
            many += odd[run] ? 1 : 0;
        }
        boolean isJudgedOff = 2 * Math.max(judgedAbove, judgedBelow) >= judged;
        return many == 0 || many > Math.max(1, judgedFrom / RARE) || longest(odd) > LONGEST || isJudgedOff
                ? members
                : Arrays.stream(members).map(member -> without(member, odd)).toArray(SuiteEvidence.Member[]::new);
    }

    /** The distances of the values of the current level from their middle, in deviations; NaN where there is none. */
    private static double[] scores(SuiteEvidence.Member member, int judgedFrom) {
        double[] scores = new double[member.values().length];
        Arrays.fill(scores, Double.NaN);
        double[] known = new double[scores.length];
        int count = 0;
        for (int i = 0; i < scores.length; i++) {
            int run = member.runs()[i];
            if (run >= member.levelFrom() && run < judgedFrom && !Double.isNaN(member.values()[i])) {
                known[count++] = member.values()[i];
            }
        }
        if (count < LEAST_VALUES) {
            return scores;
        }
        double middle = Selection.median(known, count);
        for (int i = 0; i < count; i++) {
            known[i] = Math.abs(known[i] - middle);
        }
        double scale = Math.max(LEAST_SCALE, SortedWindow.NORMAL * Selection.median(known, count));
        for (int i = 0; i < scores.length; i++) {
            if (member.runs()[i] >= member.levelFrom()) {
                scores[i] = (member.values()[i] - middle) / scale;
            }
        }
        return scores;
    }

    private static int longest(boolean... odd) {
        int longest = 0;
        int row = 0;
        for (boolean one : odd) {
            row = one ? row + 1 : 0;
            longest = Math.max(longest, row);
        }
        return longest;
    }

    private static SuiteEvidence.Member without(SuiteEvidence.Member member, boolean... odd) {
        double[] values = member.values().clone();
        for (int i = 0; i < values.length; i++) {
            int run = member.runs()[i];
            values[i] = run < odd.length && odd[run] ? Double.NaN : values[i];
        }
        return new SuiteEvidence.Member(
                values, member.runs(), member.judged(), member.margin(), member.levelFrom(), member.isAlone());
    }
}
