package dev.plumbline.report.evidence;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Evidence;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.PairEvidence;
import dev.plumbline.core.finding.ProcessEvidence;
import dev.plumbline.core.finding.Rung;
import dev.plumbline.core.finding.TailEvidence;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Evidence as every form of a report shows it: a stable short name such as {@code enough-history}, a sentence, and
 * numbers by their names in the order in which they are shown.
 */
public final class EvidenceWords {
    /** The key of evidence that earlier commits of the judged branch show the change. */
    static final String EARLIER_ON_BRANCH = "branch";

    /** The name of the evidence that runs of one commit do not agree. */
    public static final String DISAGREEMENT = "disagreement";

    /** The name of the evidence that more history is needed before anything is judged. */
    public static final String ENOUGH_HISTORY = "enough-history";

    /** The name of the evidence of units that cannot be converted. */
    public static final String UNIT = "unit";

    /** The name of the evidence of a direction that the results turned round. */
    public static final String DIRECTION = "direction";

    private final String name;
    private final Supplier<String> words;
    private final NamedNumber[] numbers;

    private EvidenceWords(String name, Supplier<String> words, NamedNumber... numbers) {
        this.name = requireNonNull(name, "name");
        this.words = requireNonNull(words, "words");
        this.numbers = numbers;
    }

    /** @param words made when they are asked for: most evidence is only counted */
    public static EvidenceWords of(String name, Supplier<String> words) {
        return new EvidenceWords(name, words);
    }

    public static EvidenceWords of(Evidence evidence) {
        if (evidence instanceof HistoryEvidence history) {
            return HistoryWords.TOLD.of(history);
        }
        if (evidence instanceof ProcessEvidence processes) {
            return ProcessWords.TOLD.of(processes);
        }
        if (evidence instanceof PairEvidence pairs) {
            return PairWords.TOLD.of(pairs);
        }
        if (evidence instanceof TailEvidence tail) {
            return TailWords.TOLD.of(tail);
        }
        return CommonWords.TOLD.of(evidence);
    }

    /** The decision trace of a finding. */
    public static List<EvidenceWords> trace(Finding finding) {
        return finding.trace().stream().map(rung -> of(rung.evidence())).toList();
    }

    /** Whether the change of a finding began with an earlier commit of the judged branch, and not on another one. */
    public static boolean isEarlierOnBranch(Finding finding) {
        return trace(finding).stream().anyMatch(reported -> reported.name.equals(EARLIER_ON_BRANCH));
    }

    /** The evidence that decided, in the order of the decision trace. */
    public static List<EvidenceWords> decisions(Finding finding) {
        return finding.trace().stream()
                .filter(rung -> rung.outcome() == Rung.Outcome.DECIDED)
                .map(rung -> of(rung.evidence()))
                .toList();
    }

    /** The same with other numbers. */
    EvidenceWords withNumbers(List<NamedNumber> others) {
        return new EvidenceWords(name, words, others.toArray(NamedNumber[]::new));
    }

    /** The same with one more number. */
    EvidenceWords with(String number, double value) {
        NamedNumber[] more = Arrays.copyOf(numbers, numbers.length + 1);
        more[numbers.length] = new NamedNumber(number, value);
        return new EvidenceWords(name, words, more);
    }

    /** The same with one more number, where it is known. */
    EvidenceWords with(String number, OptionalDouble value) {
        return value.isPresent() ? with(number, value.getAsDouble()) : this;
    }

    /** The same with one more number, where it is known. */
    EvidenceWords with(String number, OptionalInt value) {
        return value.isPresent() ? with(number, value.getAsInt()) : this;
    }

    /** The same with one more number, the largest of doubles in place of an infinite one. */
    EvidenceWords withFinite(String number, double value) {
        return with(number, Double.isFinite(value) ? value : Math.copySign(Double.MAX_VALUE, value));
    }

    public String name() {
        return name;
    }

    public String words() {
        return words.get();
    }

    /** In the order in which they are shown. */
    public List<NamedNumber> numbers() {
        return List.of(numbers);
    }

    /** A number by its name, where the evidence has it. */
    public OptionalDouble number(String wanted) {
        for (NamedNumber one : numbers) {
            if (one.name().equals(wanted)) {
                return OptionalDouble.of(one.value());
            }
        }
        return OptionalDouble.empty();
    }
}
