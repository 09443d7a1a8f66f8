import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Fits into the window, and has no violation of WCAG 2 A and AA that is serious or critical. */
export async function accessible(page, name) {
    const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(inner <= outer, `${name} is ${inner} wide in a window of ${outer}`);
    // through the debugger, which no policy of a page holds back
    const session = await page.context().newCDPSession(page);
    await session.send("Runtime.evaluate", { expression: axe });
    const { result } = await session.send("Runtime.evaluate", {
        expression: `axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] })
            .then((found) => JSON.stringify(found.violations
                .filter((one) => ["serious", "critical"].includes(one.impact))
                .map((one) => one.id + ": " + one.nodes.slice(0, 3).map((node) => node.html.slice(0, 200) + " "
                    + node.failureSummary).join(" | "))))`,
        awaitPromise: true,
        returnByValue: true,
    });
    assert.deepEqual(JSON.parse(result.value), [], `${name} is not accessible`);
    await session.detach();
}
