package dev.plumbline.server.people;

/** What somebody may do with a project. */
public enum Right {
    /** See results, history, reports and settings. */
    READ,
    /** Add results and have them judged; sees the judgement of those alone. */
    RECORD,
    /** Accept regressions, triage findings, establish baselines, change thresholds. */
    DECIDE,
    /** Change members, tokens and retention, and delete. */
    ADMINISTER
}
