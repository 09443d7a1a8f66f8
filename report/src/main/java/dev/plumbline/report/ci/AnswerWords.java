package dev.plumbline.report.ci;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.report.BenchmarkAnswer;
import dev.plumbline.report.DoubtWords;
import dev.plumbline.report.GateWords;
import dev.plumbline.report.MissingWords;
import dev.plumbline.report.Report;
import dev.plumbline.report.Report.Group;
import dev.plumbline.report.Words;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The report on a benchmark in one sentence, its metrics folded under it. As it came: escape the result. */
final class AnswerWords {
    private final Report report;
    private final Report.Against against;

    AnswerWords(Report report) {
        this.report = requireNonNull(report, "report");
        this.against = report.against();
    }

    /** The worst metric that counts, why, and which others are worse or missing. */
    String of(BenchmarkAnswer answer) {
        return answer.group() == Group.MISSING
                ? missing(answer)
                : head(answer)
                        + answer.findings().stream()
                                .skip(1)
                                .filter(AnswerWords::isWorse)
                                .map(this::also)
                                .collect(Collectors.joining())
                        + (answer.missing().isEmpty() ? "" : "; " + missing(answer));
    }

    private String head(BenchmarkAnswer answer) {
        Finding finding = answer.head();
        List<String> reasons = GateWords.of(against.of(answer), answer);
        if (answer.group() != Group.REGRESSED && !reasons.isEmpty()) {
            return String.join("; ", reasons);
        }
        String what = answer.group() == Group.REGRESSED
                ? Words.change(finding).orElse("got worse") + Words.severity(finding)
                : Words.verdict(finding);
        return Words.label(finding.key()) + " " + finding.key().metric() + " " + what + ": " + DoubtWords.why(finding);
    }

    private String also(Finding finding) {
        return "; " + Words.metric(finding.key(), report) + " "
                + Words.change(finding).orElseGet(() -> Words.verdict(finding)) + " too";
    }

    private static boolean isWorse(Finding finding) {
        return Stream.of(Group.REGRESSED, Group.SUSPECT).anyMatch(Group.of(finding)::equals);
    }

    /** The missing part of a benchmark. */
    String missing(BenchmarkAnswer answer) {
        return report.missing().stream()
                .filter(one -> answer.missing().contains(one.key()))
                .map(one -> MissingWords.of(one, report))
                .collect(Collectors.joining("; "));
    }
}
