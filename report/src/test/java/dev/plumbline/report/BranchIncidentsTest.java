package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.plumbline.core.annotation.Annotated;
import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.model.RunInfo;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BranchIncidentsTest {
    private static CalledRegression called() {
        RunInfo run = Examples.run(9, "abcdef0123456789");
        return new CalledRegression(Examples.key("Sort.quick", "time"), 9, run, 100, 120, run, Annotated.NONE);
    }

    @Test
    void where_nobody_looked_there_is_no_branch_and_nothing_on_it() {
        assertThat(BranchIncidents.NONE.branch()).isEmpty();
        assertThat(BranchIncidents.NONE.cases()).isEmpty();
        assertThat(BranchIncidents.NONE.called()).isEmpty();
        assertThat(new BranchIncidents("main", List.of(), List.of())).isNotEqualTo(BranchIncidents.NONE);
    }

    @Test
    void what_is_added_to_a_list_afterwards_is_not_on_the_branch() {
        List<CalledRegression> called = new ArrayList<>(List.of(called()));
        BranchIncidents branch = new BranchIncidents("main", new ArrayList<>(), called);
        called.clear();

        assertThat(branch.called()).containsExactly(called());
        assertThat(branch.called()).isUnmodifiable();
        assertThat(branch.cases()).isUnmodifiable();
    }

    @Test
    void a_branch_without_a_name_is_empty_text_and_not_null() {
        assertThatNullPointerException()
                .isThrownBy(() -> new BranchIncidents(null, List.of(), List.of()))
                .withMessage("branch");
    }
}
