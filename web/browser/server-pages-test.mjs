// Uses the pages of a server:  node server-pages-test.mjs PLUMB FOLDER [SCREENSHOTS]
//
// PLUMB is the command line, FOLDER an empty folder. The first expectation that does not hold stops the run.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";
import { accessible } from "./accessible.mjs";
import { launch } from "./chromium.mjs";

const [plumb, folder, screenshots] = process.argv.slice(2);
const PATIENCE = 120_000;
const PASSWORD = "a tired person's password";
const HOSTILE = [
    "Sort.<script>alert(1)</script>",
    'Sort."><img src=x onerror=alert(2)>',
    "Sort.\u202egnitros",
    `Sort.${"long".repeat(250)}`,
];
let passed = 0;

function ok(what) {
    passed++;
    console.log(`ok: ${what}`);
}

/** Starts the server on a free port; answers with its address, the first link, and how to stop it. */
async function serve() {
    const server = spawn(plumb, ["serve", "--data", join(folder, "data"), "--listen", "127.0.0.1:0"], {
        stdio: ["ignore", "pipe", openSync(join(folder, "server.log"), "w")],
    });
    let address = "";
    for await (const line of createInterface({ input: server.stdout })) {
        address = /serving (\S+)/.exec(line)?.[1] ?? address;
        const link = /(http\S+invitation#\S+)/.exec(line)?.[1];
        if (link) {
            return { address, link, stop: () => server.kill() };
        }
    }
    throw new Error("the server did not start");
}

const server = await serve();
const browser = await launch(chromium);

/** A window; what a page logs, throws or asks for elsewhere is a failure. */
async function open({ width = 1280, dark = false, scripts = true, state } = {}) {
    const context = await browser.newContext({
        baseURL: server.address,
        viewport: { width, height: 900 },
        colorScheme: dark ? "dark" : "light",
        javaScriptEnabled: scripts,
        storageState: state,
    });
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    const complaints = [];
    page.on("console", (message) => {
        // an answer that is an error on purpose is logged by the browser, too
        if (!message.text().startsWith("Failed to load resource")) {
            complaints.push(`${message.type()}: ${message.text()}`);
        }
    });
    page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
    page.on("dialog", (dialog) => {
        complaints.push(`a dialog: ${dialog.message()}`);
        dialog.dismiss();
    });
    page.on("request", (request) => {
        if (!request.url().startsWith(server.address) && !request.url().startsWith("data:")) {
            complaints.push(`asked for ${request.url()}`);
        }
    });
    return { page, context, complaints };
}

async function close(name, { context, complaints }) {
    assert.deepEqual(complaints, [], `${name} complains`);
    await context.close();
}

let pictures = 0;
async function picture(page, name) {
    if (screenshots) {
        await page.screenshot({
            path: join(screenshots, `${String(++pictures).padStart(2, "0")}-${name}.png`),
            fullPage: true,
        });
    }
}

/** Fits into the window, and has no violation of WCAG 2 A and AA that is serious or critical. */
async function sound(page, name) {
    await accessible(page, name);
    ok(`${name}: fits, and has no serious accessibility violation`);
}

async function expectText(page, text) {
    await page.getByText(text).first().waitFor();
}

function csv(commits, changed = () => 1) {
    const rows = ["benchmark,metric,unit,fork,value,revision,branch,time,environment"];
    for (const commit of commits) {
        for (const [i, name] of ["Parse.json", "Parse.csv", "Net.roundTrip", ...HOSTILE].entries()) {
            for (let fork = 1; fork <= 5; fork++) {
                // noise of half a per cent, the same each time this test runs
                const noise = 1 + 0.005 * Math.sin(12.9898 * (commit * 7 + i * 131 + fork * 17));
                const value = 100 * (i + 1) * noise * changed(name);
                const time = new Date(Date.UTC(2026, 0, 1 + commit)).toISOString();
                const id = commit.toString(16).padStart(4, "0").repeat(10);
                rows.push(`"${name.replaceAll('"', '""')}",time,ns,${fork},${value},${id},main,${time},ci`);
            }
        }
    }
    return `${rows.join("\n")}\n`;
}

/** Runs the command line as a job of a CI service would; answers with exit code and output. */
function job(token, ...words) {
    const work = join(folder, "work");
    mkdirSync(work, { recursive: true });
    const variables = {
        PATH: process.env.PATH,
        HOME: folder,
        // ./plumb would build again, and replace the archive that other tests read meanwhile
        PLUMB_BUILD: process.env.PLUMB_BUILD ?? "",
        PLUMBLINE_SERVER: server.address,
        PLUMBLINE_PROJECT: "acme/fast",
        PLUMBLINE_TOKEN: token,
    };
    return new Promise((done) => {
        execFile(plumb, words, { cwd: work, env: variables }, (error, out, errors) =>
            done({ code: error?.code ?? 0, text: out + errors }),
        );
    });
}

function results(name, content) {
    const file = join(folder, name);
    writeFileSync(file, content);
    return file;
}

try {
    await walk();
    console.log(`${passed} expectations hold`);
} catch (failure) {
    console.log(readFileSync(join(folder, "server.log"), "utf8").split("\n").slice(-5).join("\n"));
    throw failure;
} finally {
    await browser.close();
    server.stop();
}

async function walk() {
    // --- The first account: the secret is in the link's fragment, and leaves the address at once.
    const root = await open();
    await root.page.goto(server.link);
    assert.equal(await root.page.inputValue("#invitation"), server.link.split("#")[1]);
    assert.equal(new URL(root.page.url()).hash, "");
    await sound(root.page, "invitation");
    await picture(root.page, "invitation");
    await root.page.fill("#account", "ann");
    await root.page.fill("#password", PASSWORD);
    await root.page.click("text=Create the account");
    await root.page.waitForURL("/");
    await expectText(root.page, "No project yet");
    await sound(root.page, "empty server");
    await picture(root.page, "empty-server");
    ok("the first link makes an account");

    const late = await open({ scripts: false });
    await late.page.goto("/invitation");
    await late.page.fill("#invitation", server.link.split("#")[1]);
    await late.page.fill("#account", "bob");
    await late.page.fill("#password", PASSWORD);
    await late.page.click("text=Create the account");
    await expectText(late.page, "The invitation is unknown, was already used, or has expired");
    await picture(late.page, "used-invitation");
    ok("an invitation is used once, also without scripts");

    // --- Signing in, without scripts: who asks for a page comes back to it.
    await late.page.goto("/account");
    assert.match(late.page.url(), /sign-in\?to=/);
    await late.page.fill("#account", "ann");
    await late.page.fill("#password", "wrong password");
    await late.page.click("main >> text=Sign in >> nth=1");
    await expectText(late.page, "Wrong account or password.");
    await picture(late.page, "wrong-password");
    await late.page.fill("#password", PASSWORD);
    await late.page.click("main button");
    await late.page.waitForURL("/account");
    await picture(late.page, "account");
    ok("signing in leads back to the page");
    await close("without scripts", late);

    // --- An organisation, a project, a token.
    const { page } = root;
    await page.fill("#new-organisation", "acme");
    await page.click("text=Create the organisation");
    await expectText(page, "Organisation acme created");
    await page.fill("#project", "Fast");
    await page.click("text=Create the project");
    await expectText(page, "A name must have 1 to 39 lower-case letters");
    await page.fill("#project", "fast");
    await page.click("text=Create the project");
    await page.waitForURL("/p/acme/fast/");
    await expectText(page, "No results yet");
    await sound(page, "project without results");
    await picture(page, "first-steps");
    await page.click("text=settings");
    await sound(page, "settings");
    await page.fill("#token-name", "CI");
    await page.click("text=Create a token");
    const token = await page.textContent("#secret");
    assert.match(token, /^plb_[a-z2-7]{32}$/);
    await sound(page, "new token");
    await picture(page, "token");
    await page.click("text=Back to the settings");
    assert.ok(!(await page.content()).includes(token), "the token is shown once");
    await picture(page, "settings");
    ok("a token is shown once");

    // --- Results from CI.
    const healthy = results("healthy.csv", csv([...Array(14).keys()]));
    const recorded = await job(token, "record", healthy);
    assert.equal(recorded.code, 0, recorded.text);
    await page.goto("/");
    await page.locator("text=PASS").first().waitFor();
    await sound(page, "projects that pass");
    await picture(page, "passes");
    await page.goto("/p/acme/fast/incidents");
    await expectText(page, "No open incident on main");
    await picture(page, "no-incident");
    ok("healthy results pass");

    const slow = (name) => (name.startsWith("Parse") || name.includes("<") || name.includes("long") ? 1.3 : 1);
    const check = await job(token, "check", results("slow.csv", csv([14], slow)));
    assert.equal(check.code, 1, check.text);
    const again = await job(token, "check", results("slower.csv", csv([15, 16, 17], slow)));
    assert.ok([0, 1].includes(again.code), again.text);
    ok("a check with a planted regression fails the gate of the job");

    // --- The person sees the incident.
    await page.goto("/");
    // the first page may show what was computed last, until the newest results are judged
    for (let left = 60; left > 0 && (await page.locator(".badge", { hasText: "PASS" }).count()) > 0; left--) {
        await page.waitForTimeout(500);
        await page.goto("/");
    }
    await page.locator(".badge", { hasText: /FAIL|open incident/ }).waitFor();
    await sound(page, "projects with a regression");
    await picture(page, "fails");
    await page.click("text=/\\d+ open incident/");
    await page.waitForURL("/p/acme/fast/incidents");
    const heading = await page.textContent("h1");
    assert.match(heading, /^\d+ open incidents? on main$/);
    await sound(page, "incidents");
    await picture(page, "incidents");
    assert.equal(await page.locator("main script, main img").count(), 0, "a name is no element");
    ok("the person sees the incident");

    // --- Names of any length in settings and webhooks.
    await page.goto("/p/acme/fast/settings");
    await page.fill("#expected-name", `\u202egnitros <script>alert(1)</script> ${"w".repeat(150)}`);
    await page.fill("#expected-branch", `release/${"b".repeat(180)}`);
    await page.click("text=Expect these runs");
    await expectText(page, "no run yet");
    await page.goto("/p/acme/fast/webhooks");
    await page.fill("#webhook-address", `https://example.invalid/${"hook".repeat(100)}`);
    await page.click("text=Add the webhook");
    await expectText(page, "it is shown only once");
    await picture(page, "webhook-secret");
    await page.click("text=Back to the webhooks");
    await page.click("table a");
    await page.click("text=Send a test message");
    await page.locator("summary").first().click();
    await sound(page, "webhook");
    await picture(page, "webhook");
    ok("a webhook is added, and its messages are shown");

    // --- The repository that commits are read from. Nothing answers there.
    await page.goto("/p/acme/fast/repository");
    await expectText(page, "Not connected.");
    await sound(page, "no repository");
    await picture(page, "no-repository");
    const repository = `https://example.invalid/acme/${"parser".repeat(15)}`;
    await page.fill("#repository", repository);
    await page.selectOption("#forge", "gitlab");
    await page.click("button >> text=Connect");
    await expectText(page, "Give a token");
    assert.equal(await page.inputValue("#repository"), repository, "what was entered stays");
    assert.equal(await page.inputValue("#forge"), "gitlab", "what was chosen stays");
    await picture(page, "repository-without-token");
    await page.fill("#forge-token", "secret-of-the-forge");
    await page.click("button >> text=Connect");
    await expectText(page, "it is shown only once");
    await sound(page, "secret of a repository");
    await picture(page, "repository-secret");
    await page.goto("/p/acme/fast/repository");
    assert.ok(!(await page.content()).includes("secret-of-the-forge"), "the token is never shown");
    ok("a project is connected to its repository");

    for (const width of [1280, 390]) {
        for (const dark of [false, true]) {
            const view = await open({ width, dark, state: await root.context.storageState() });
            const look = `${width}-${dark ? "dark" : "light"}`;
            for (const [name, address] of [
                ["projects", "/"],
                ["incidents", "/p/acme/fast/incidents"],
                ["checks", "/p/acme/fast/checks"],
                ["benchmarks", "/p/acme/fast/benchmarks?q=sort"],
                ["settings", "/p/acme/fast/settings"],
                ["webhooks", "/p/acme/fast/webhooks"],
                ["repository", "/p/acme/fast/repository"],
                ["account", "/account"],
            ]) {
                await view.page.goto(address);
                if (name === "incidents") {
                    await view.page.locator("summary").first().click();
                }
                await sound(view.page, `${name} ${look}`);
                await picture(view.page, `${name}-${look}`);
            }
            await view.page.goto("/p/acme/fast/benchmarks?q=Parse.json");
            await view.page.click("table a");
            await expectText(view.page, "Why the newest verdict");
            await sound(view.page, `benchmark ${look}`);
            await picture(view.page, `benchmark-${look}`);
            for (const name of ["", "run.html", "summary.html"]) {
                await view.page.goto(`/p/acme/fast/${name}`);
                await view.page.waitForSelector("main h1");
                assert.ok(await view.page.locator(".plumbline-bar >> text=All projects").isVisible());
                await picture(view.page, `dashboard-${name || "index.html"}-${look}`);
            }
            await close(look, view);
        }
    }

    await page.goto("/p/acme/fast/benchmarks?q=Parse.json");
    await page.click("table a");
    await page.click("text=Charts");
    await page.waitForSelector("main h1");
    await picture(page, "charts");
    await page.goto("/p/acme/fast/checks");
    await page.click("table a");
    await page.waitForSelector("main h1");
    await picture(page, "check");
    ok("reports are shown under their own policy");

    // --- Keyboard alone: accept what is there, one after the other, until nothing is open.
    await page.goto("/p/acme/fast/incidents");
    for (let left = 10; left > 0 && (await page.locator("summary", { hasText: "Accept" }).count()) > 0; left--) {
        await page.locator("summary", { hasText: "Accept" }).first().focus();
        await page.keyboard.press("Enter");
        await page.keyboard.press("Tab");
        await page.keyboard.type("stricter checks, agreed");
        await page.keyboard.press("Enter");
        await page.locator("[role=status], [role=alert]").first().waitFor();
        await picture(page, "accepted");
        assert.equal(await page.locator("[role=alert]").count(), 0, await page.textContent("main"));
    }
    await page.goto("/p/acme/fast/incidents");
    await expectText(page, "No open incident on main");
    await picture(page, "nothing-open");
    await page.goto("/p/acme/fast/incidents?all=1");
    await expectText(page, "Accepted by ann");
    await sound(page, "all incidents");
    await picture(page, "all-incidents");
    ok("what was accepted is gone");

    const after = await job(token, "check", results("after.csv", csv([18], slow)));
    assert.equal(after.code, 0, after.text);
    await page.goto("/");
    await page.locator(".badge", { hasText: "PASS" }).waitFor();
    ok("the next check passes at the accepted level");

    // --- What is decided is in the audit log; whoever signed out sees nothing.
    await page.goto("/p/acme/fast/settings");
    await expectText(page, "plumb accept");
    await picture(page, "settings-with-audit");
    await page.click("text=Revoke");
    await expectText(page, "The token is revoked");
    const refused = await job(token, "check", results("after.csv", csv([19], slow)));
    assert.notEqual(refused.code, 0, refused.text);
    ok("a revoked token opens nothing");
    await page.click("text=Sign out");
    await page.waitForURL("/sign-in");
    await page.goto("/p/acme/fast/incidents");
    assert.match(page.url(), /sign-in\?to=/);
    await close("the walk", root);
}
