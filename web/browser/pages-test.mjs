// Opens pages in a browser and uses them:  node pages-test.mjs FOLDER [SCREENSHOTS]
//
// FOLDER holds what HtmlPagesTest left. The first expectation that does not hold stops the run.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { launch } from "./chromium.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const folder = resolve(process.argv[2] ?? "../report/target/pages");
const browser = await launch(chromium);
let passed = 0;

function ok(what) {
    passed++;
    console.log(`ok: ${what}`);
}

/** Opens a page; what it logs, throws or asks for from outside is a failure. */
async function open(name, { hash = "", width = 1280, dark = false } = {}) {
    const context = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme: dark ? "dark" : "light",
        // axe is put into the page from here; the page's own policy is held by a test of its own below
        bypassCSP: true,
    });
    const page = await context.newPage();
    const complaints = [];
    page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
    page.on("dialog", (dialog) => {
        complaints.push(`a dialog: ${dialog.message()}`);
        dialog.dismiss();
    });
    page.on("request", (request) => {
        if (!/^(file|data|blob):/.test(request.url())) {
            complaints.push(`asked for ${request.url()}`);
        }
    });
    await page.goto(pathToFileURL(join(folder, `${name}.html`)) + (hash ? `#${hash}` : ""));
    await page.waitForSelector("main h1");
    return { page, context, complaints };
}

async function close(name, { context, complaints }) {
    assert.deepEqual(complaints, [], `${name} complains`);
    await context.close();
}

/** No violation of WCAG 2 A and AA that is serious or critical. */
async function accessible(page, name) {
    await page.evaluate(axe);
    const result = await page.evaluate(() =>
        globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] }),
    );
    const serious = result.violations
        .filter((violation) => ["serious", "critical"].includes(violation.impact))
        .map(
            (violation) =>
                `${violation.id}: ${violation.nodes
                    .slice(0, 3)
                    .map((node) => `${node.html.slice(0, 160)} ${node.failureSummary}`)
                    .join(" | ")}`,
        );
    assert.deepEqual(serious, [], `${name} is not accessible`);
    ok(`${name}: no serious accessibility violation`);
}

async function noSidewaysScroll(page, name) {
    const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(inner <= outer, `${name} is ${inner} wide in a window of ${outer}`);
}

// --- Every page, wide and narrow, light and dark. ---

const names = [
    "everything",
    "hostile",
    "empty",
    "one-point",
    "constants",
    "history",
    "executive",
    "dashboard",
    "empty-dashboard",
    "ten-thousand",
];
for (const name of names) {
    for (const [width, dark] of [
        [1280, false],
        [390, true],
    ]) {
        const opened = await open(name, { width, dark });
        await noSidewaysScroll(opened.page, `${name} at ${width}`);
        if (name !== "hostile" || width === 1280) {
            await accessible(opened.page, `${name} at ${width}, ${dark ? "dark" : "light"}`);
        }
        await close(name, opened);
    }
}

// --- A report is used. ---

{
    const opened = await open("everything");
    const { page } = opened;
    const rows = page.locator(".rows tbody tr");
    const all = await rows.count();
    assert.ok(all > 10);
    await page.getByRole("searchbox").fill("wordcount");
    assert.equal(await rows.count(), 2);
    await page.getByRole("searchbox").fill("no such thing");
    assert.equal(await rows.count(), 0);
    await page.getByRole("button", { name: "Show all" }).click();
    assert.equal(await rows.count(), all);
    ok("searching finds, and shows all again");

    await page.getByRole("button", { name: /Regressed/ }).click();
    const regressed = await rows.count();
    assert.ok(regressed > 0 && regressed < all);
    await page.getByRole("button", { name: /Regressed/ }).click();
    ok("a chip filters");

    await page.getByRole("button", { name: "Benchmark", exact: true }).click();
    const labels = await page.locator(".rows tbody .name").allTextContents();
    assert.deepEqual(
        labels,
        [...labels].sort((one, other) => (one.toLowerCase() < other.toLowerCase() ? -1 : 1)),
    );
    assert.equal(await page.locator("th.c-label").getAttribute("aria-sort"), "ascending");
    await page.getByRole("button", { name: "Benchmark", exact: true }).click();
    assert.equal(await page.locator("th.c-label").getAttribute("aria-sort"), "descending");
    ok("a column sorts both ways");

    await page.locator(".rows tbody .row-link").first().click();
    await page.waitForSelector("main.detail canvas");
    await accessible(page, "a detail");
    assert.ok((await page.locator("canvas").count()) >= 2);
    await page.getByText("The same as a table").first().click();
    await page.waitForSelector(".figure .plain tbody tr");
    assert.ok((await page.locator(".figure .plain tbody tr").count()) > 10);
    ok("a detail has its charts, and the first as a table");

    const chart = page.locator(".canvas").first();
    await chart.focus();
    await page.keyboard.press("+");
    await page.waitForFunction(() => location.hash.includes("from="));
    await page.keyboard.press("0");
    ok("the keyboard zooms, and the address tells where");

    const address = page.url();
    await page.getByRole("button", { name: "Relative" }).click();
    assert.notEqual(page.url(), address);
    await page.reload();
    await page.waitForSelector("main.detail canvas");
    assert.equal(await page.getByRole("button", { name: "Relative" }).getAttribute("aria-pressed"), "true");
    ok("a deep link opens what was seen");

    await page.goBack().catch(() => undefined);
    await close("everything", opened);
}

// --- With the keyboard only. ---

{
    const opened = await open("everything");
    const { page } = opened;
    for (let press = 0; press < 60; press++) {
        await page.keyboard.press("Tab");
        if (await page.evaluate(() => document.activeElement?.classList.contains("row-link"))) {
            break;
        }
    }
    await page.keyboard.press("Enter");
    await page.waitForSelector("main.detail");
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), "H1");
    ok("the keyboard reaches a row, opens it, and is at its heading");
    await close("keyboard", opened);
}

// --- What came from outside. ---

{
    const opened = await open("hostile");
    const { page } = opened;
    assert.equal(await page.locator("main script, main img, main iframe").count(), 0);
    assert.ok((await page.locator(".rows").textContent()).includes("<script>alert(1)</script>"));
    const links = await page.locator(".row-link").count();
    for (let place = 0; place < Math.min(links, 12); place++) {
        await page.locator(".row-link").nth(place).click();
        await page.waitForSelector("main.detail h1");
        await noSidewaysScroll(page, `hostile detail ${place}`);
        await page.goBack();
        await page.waitForSelector(".rows");
    }
    ok("hostile names are shown as they are, in the table and in their details");
    await close("hostile", opened);
}

{
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(pathToFileURL(join(folder, "everything.html")).href);
    await page.waitForSelector("main h1");
    const ran = await page.evaluate(() => {
        const script = document.createElement("script");
        script.textContent = "globalThis.intruder = true";
        document.body.append(script);
        return globalThis.intruder === true;
    });
    assert.equal(ran, false);
    ok("the policy lets no other script run");
    await context.close();
}

// --- Dark mode, print. ---

{
    const opened = await open("everything");
    const { page } = opened;
    const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const light = await background();
    await page.getByRole("button", { name: /Theme/ }).click();
    await page.getByRole("button", { name: /Theme/ }).click();
    assert.notEqual(await background(), light);
    ok("the theme changes on request");
    const pdf = await page.pdf();
    assert.ok(pdf.length > 10_000);
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator(".filters").isVisible(), false);
    assert.equal(await page.locator(".banner").isVisible(), true);
    ok("it prints, without what can only be clicked");
    await close("print", opened);
}

// --- A thousand benchmarks. ---

{
    const begin = Date.now();
    const opened = await open("thousand");
    const { page } = opened;
    const shown = Date.now() - begin;
    const typed = await page.evaluate(async () => {
        const start = performance.now();
        const field = document.querySelector("input[type=search]");
        field.value = "benchmark77";
        field.dispatchEvent(new Event("input", { bubbles: true }));
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        return performance.now() - start;
    });
    assert.ok((await page.locator(".rows tbody tr").count()) < 60);
    const openedRow = await page.evaluate(async () => {
        const start = performance.now();
        document.querySelector(".row-link").click();
        while (!document.querySelector("main.detail canvas")) {
            await new Promise((done) => requestAnimationFrame(done));
        }
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        return performance.now() - start;
    });
    console.log(
        `figure: 1,000 benchmarks shown after ${shown} ms, searched in ${typed.toFixed(0)} ms, a row opened in ${openedRow.toFixed(0)} ms`,
    );
    assert.ok(typed < 1000, `searching took ${typed} ms`);
    assert.ok(openedRow < 1000, `opening a row took ${openedRow} ms`);
    ok("a thousand benchmarks are searched and opened within a second each");
    await close("thousand", opened);
}

// --- Ten thousand points, and the dashboard. ---

{
    const opened = await open("ten-thousand");
    const { page } = opened;
    await page.locator(".row-link").first().click();
    await page.waitForSelector("main.detail canvas");
    await page.locator(".canvas").first().focus();
    const frame = await page.evaluate(async () => {
        const element = document.querySelector(".canvas");
        const times = [];
        for (let press = 0; press < 12; press++) {
            const start = performance.now();
            element.dispatchEvent(new KeyboardEvent("keydown", { key: press % 2 ? "-" : "+", bubbles: true }));
            await new Promise((done) => setTimeout(done));
            times.push(performance.now() - start);
        }
        return times.sort((one, other) => one - other)[6];
    });
    console.log(`figure: a zoom step of 10,000 points takes ${frame.toFixed(0)} ms`);
    ok("ten thousand points zoom");
    await close("ten-thousand", opened);
}

{
    const opened = await open("dashboard");
    const { page } = opened;
    assert.ok((await page.locator("canvas").count()) >= 6);
    await page.getByRole("combobox", { name: "Add a series" }).selectOption({ index: 9 });
    await page.waitForFunction(() => location.hash.includes("t="));
    const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: "CSV" }).first().click(),
    ]);
    assert.match(download.suggestedFilename(), /\.csv$/);
    const [picture] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: "PNG" }).first().click(),
    ]);
    assert.match(picture.suggestedFilename(), /\.png$/);
    ok("the dashboard draws its charts, adds a series, and gives CSV and PNG");
    await close("dashboard", opened);
}

await browser.close();
console.log(`${passed} passed, 0 failed`);
