import type { Finding, IncidentData } from "./data";

/** What a command is for, and the line to type. */
export type Command = [purpose: string, line: string];

export function commandsOf(finding: Finding): Command[] {
    const { id, accept, group } = finding;
    return [
        ...(group === "SUSPECT"
            ? [["Measure again and check", "plumb check RESULT --confirm 'COMMAND'"] as Command]
            : []),
        ...(accept ? [["Intended: accept it", accept] as Command] : []),
        ...(id && group === "REGRESSED"
            ? [
                  ["Acknowledge (someone is working on it)", `plumb triage acknowledge ${id}`] as Command,
                  ["False alarm", `plumb triage false-alarm ${id}`] as Command,
              ]
            : []),
        ...(id ? [["Explain the verdict", `plumb explain ${id}`] as Command] : []),
    ];
}

export function commandsOfIncident({ id, worse, open }: IncidentData): Command[] {
    const triage: Command[] = [
        ...(open ? [["Acknowledge (someone is working on it)", `plumb triage acknowledge ${id}`] as Command] : []),
        ["Intended: accept it", `plumb accept ${id} --reason WHY`],
        ["Fixed by a commit", `plumb triage fixed ${id} --commit COMMIT`],
        ["Mute it", `plumb triage mute ${id} --until DATE`],
        ["False alarm", `plumb triage false-alarm ${id}`],
    ];
    return [...(worse ? triage : []), ["Details on the terminal", `plumb incidents ${id}`]];
}
