// Signs in through an identity provider:  node oidc-test.mjs PLUMB FOLDER TOOLS
//
// PLUMB is the command line, FOLDER an empty folder, TOOLS has the provider in its node_modules. The first expectation
// that does not hold stops the run.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, openSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { accessible } from "./accessible.mjs";
import { launch } from "./chromium.mjs";

const [plumb, folder, tools] = process.argv.slice(2);
const { Provider } = await import(pathToFileURL(join(tools, "node_modules/oidc-provider/lib/index.js")).href);
const PATIENCE = 60_000;
const PASSWORD = "a tired person's password";
const SECRET = "s3cret: with/odd&chars";
let passed = 0;

function ok(what) {
    passed++;
    console.log(`ok: ${what}`);
}

/** A port that nobody listens on. */
function freePort() {
    return new Promise((done) => {
        const server = createServer().listen(0, "127.0.0.1", () => {
            const { port } = server.address();
            server.close(() => done(port));
        });
    });
}

/** What the provider says of people, which the test changes. */
const groups = new Map();

function provide(port, redirect) {
    const provider = new Provider(`http://127.0.0.1:${port}`, {
        clients: [{ client_id: "plumbline", client_secret: SECRET, redirect_uris: [redirect] }],
        scopes: ["openid", "email", "profile", "groups"],
        claims: {
            openid: ["sub"],
            email: ["email", "email_verified"],
            profile: ["preferred_username"],
            groups: ["groups"],
        },
        cookies: { keys: ["of this test"] },
        findAccount: (_, id) => ({
            accountId: id,
            claims: () => ({
                sub: id,
                preferred_username: id,
                email: `${id}@example.org`,
                email_verified: true,
                groups: groups.get(id) ?? [],
            }),
        }),
    });
    return new Promise((done) => {
        const server = createServer(provider.callback()).listen(port, "127.0.0.1", () => done(server));
    });
}

/** Starts the server; answers with its address, the first link, and how to stop it. */
async function serve(port, file) {
    const server = spawn(
        plumb,
        ["serve", "--data", join(folder, "data"), "--listen", `127.0.0.1:${port}`, "--oidc", file],
        { stdio: ["ignore", "pipe", openSync(join(folder, "server.log"), "w")] },
    );
    for await (const line of createInterface({ input: server.stdout })) {
        const link = /(http\S+invitation#\S+)/.exec(line)?.[1];
        if (link) {
            return { link, stop: () => server.kill() };
        }
    }
    throw new Error(`the server did not start: ${log()}`);
}

function log() {
    return readFileSync(join(folder, "server.log"), "utf8");
}

const port = await freePort();
const address = `http://127.0.0.1:${port}`;
const providerPort = await freePort();
const file = join(folder, "identity.yaml");
writeFileSync(join(folder, "secret.txt"), `${SECRET}\n`);
writeFileSync(
    file,
    `providers:
  example:
    name: Example
    issuer: http://127.0.0.1:${providerPort}
    client-id: plumbline
    client-secret-file: secret.txt
    scopes: [openid, email, profile, groups]
    create-accounts: true
    mail-domains: [example.org]
    groups:
      - group: perf
        organisation: acme
        role: maintainer
ci-issuers: [https://token.actions.githubusercontent.com]
`,
);
const provider = await provide(providerPort, `${address}/sign-in/example/callback`);
const server = await serve(port, file);
const browser = await launch(chromium);

async function open() {
    const context = await browser.newContext({ baseURL: address });
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    const complaints = [];
    page.on("console", (message) => {
        // the provider's own pages, and answers that are errors on purpose
        if (page.url().startsWith(address) && !message.text().startsWith("Failed to load resource")) {
            complaints.push(message.text());
        }
    });
    return { page, context, complaints };
}

async function expectText(page, text) {
    await page.getByText(text).first().waitFor();
}

/** From the page to sign in over the provider's pages and back. */
async function signIn(page, name) {
    await page.goto("/sign-in");
    await page.click("text=Sign in with Example");
    if (page.url().startsWith(`http://127.0.0.1:${providerPort}/interaction/`)) {
        if (await page.locator("input[name=login]").count()) {
            await page.fill("input[name=login]", name);
            await page.fill("input[name=password]", "whatever");
            await page.click("button[type=submit]");
        }
        if (page.url().startsWith(`http://127.0.0.1:${providerPort}/interaction/`)) {
            await page.click("text=Continue");
        }
    }
    await page.waitForURL(`${address}/`);
}

/** The address to which somebody comes back from the provider, who does not get there. */
async function wayBack({ page, context }, name) {
    const debug = await context.newCDPSession(page);
    await debug.send("Fetch.enable", { patterns: [{ urlPattern: "*/callback?*" }] });
    const seen = new Promise((done) => {
        debug.on("Fetch.requestPaused", ({ requestId, request }) => {
            debug.send("Fetch.failRequest", { requestId, errorReason: "Aborted" });
            done(request.url);
        });
    });
    signIn(page, name).catch(() => {}); // it does not end
    const address = await seen;
    await debug.detach();
    return address;
}

/** Here only: the provider would sign them in again without asking. */
async function signOut(page) {
    await page.click("text=Sign out");
    await expectText(page, "You are signed out");
    await accessible(page, "signed out");
}

try {
    await walk();
    console.log(`${passed} expectations hold`);
} catch (failure) {
    console.log(log().split("\n").slice(-8).join("\n"));
    throw failure;
} finally {
    await browser.close();
    server.stop();
    provider.close();
    provider.closeAllConnections();
}

async function walk() {
    const root = await open();
    await root.page.goto(server.link);
    await root.page.fill("#account", "ann");
    await root.page.fill("#password", PASSWORD);
    await root.page.click("text=Create the account");
    await root.page.waitForURL(`${address}/`);
    await root.page.fill("#new-organisation", "acme");
    await root.page.click("text=Create the organisation");
    await expectText(root.page, "Organisation acme created");
    await root.page.fill("#project", "fast");
    await root.page.click("text=Create the project");
    await root.page.waitForURL(`${address}/p/acme/fast/`);

    await root.page.goto("/account");
    await accessible(root.page, "account");
    await root.page.goto("/p/acme/fast/settings");
    await root.page.fill("#trust-claims", "repository: */parser");
    await root.page.click("text=Trust these jobs");
    await expectText(root.page, "A rule must name whose jobs it trusts");
    await root.page.fill("#trust-claims", "repository: acme/parser\nref: refs/heads/main");
    await root.page.click("text=Trust these jobs");
    await expectText(root.page, "Jobs with these claims can record now");
    await accessible(root.page, "settings");
    ok("an owner says which jobs may record");

    // --- An account, a role by a group, and neither without it.
    const eve = await open();
    await eve.page.goto("/sign-in");
    await accessible(eve.page, "sign-in");
    await signIn(eve.page, "eve");
    await expectText(eve.page, "eve");
    assert.equal(await eve.page.getByText("acme/fast").count(), 0);
    ok("somebody who is new gets an account, and no role");
    await signOut(eve.page);
    groups.set("eve", ["perf", "other"]);
    await signIn(eve.page, "eve");
    await eve.page.goto("/p/acme/fast/");
    await expectText(eve.page, "No results yet");
    ok("a group gives a role at the next sign-in");
    await signOut(eve.page);
    groups.set("eve", []);
    await signIn(eve.page, "eve");
    const gone = await eve.page.goto("/p/acme/fast/");
    assert.equal(gone.status(), 404);
    ok("the role is gone with the group");
    await eve.page.goto("/");
    await signOut(eve.page);
    await eve.page.click("text=Sign out of Example");
    await eve.page.click("text=Yes, sign me out");
    await expectText(eve.page, "Sign-out Success");
    await eve.page.goto("/sign-in");
    await eve.page.click("text=Sign in with Example");
    await eve.page.locator("input[name=login]").waitFor();
    ok("signed out of the provider, too, it asks again");
    await signIn(eve.page, "eve");
    await signOut(eve.page);

    // --- What another browser began is not ended in this one.
    const mallory = await open();
    const callback = await wayBack(mallory, "mallory");
    assert.match(callback, /\/sign-in\/example\/callback\?code=.+&state=plq_/);
    const answer = await eve.page.goto(callback);
    assert.equal(answer.status(), 400);
    await expectText(eve.page, "start over");
    ok("the way back of somebody else signs nobody in");
    await mallory.context.close();

    // --- The command line gets a token from the page, after signing in on the way.
    groups.set("eve", ["perf"]);
    const work = join(folder, "work");
    mkdirSync(work);
    writeFileSync(join(work, "run.csv"), "benchmark,value,unit\nsort,100,ns\n");
    const variables = {
        PATH: process.env.PATH,
        HOME: folder,
        PLUMB_BUILD: process.env.PLUMB_BUILD ?? "", // else ./plumb would build again
        PLUMBLINE_SERVER: address,
        PLUMBLINE_PROJECT: "acme/fast",
    };
    const login = spawn(plumb, ["login"], { cwd: work, env: variables });
    const ended = new Promise((done) => login.on("exit", done));
    let told = "";
    login.stderr.on("data", (text) => {
        told += text;
    });
    const lines = createInterface({ input: login.stdout });
    const shown = await new Promise((done, fail) => {
        lines.on("line", (line) => {
            told += `${line}\n`;
            const link = /^open (\S+)/.exec(line)?.[1];
            if (link) {
                done(link);
            }
        });
        lines.on("close", () => fail(new Error(told)));
    });
    await eve.page.goto(shown);
    await eve.page.click("text=Sign in with Example");
    await expectText(eve.page, shown.split("code=")[1]);
    await accessible(eve.page, "device");
    await eve.page.selectOption("#role", "owner");
    await eve.page.click("text=Let it in");
    await expectText(eve.page, "You have fewer rights in acme/fast than the role owner");
    await eve.page.selectOption("#role", "contributor");
    await eve.page.click("text=Let it in");
    await expectText(eve.page, "The program has its token");
    assert.equal(await ended, 0, told);
    assert.match(told, /contributor acme\/fast\) is kept in/);
    assert.equal(statSync(join(folder, ".config/plumbline/credentials")).mode & 0o777, 0o600);
    ok("plumb login gets what somebody gives on the page");
    const record = spawn(plumb, ["record", "run.csv", "--commit", "a".repeat(40)], { cwd: work, env: variables });
    let complaint = "";
    record.stderr.on("data", (text) => {
        complaint += text;
    });
    assert.equal(await new Promise((done) => record.on("exit", done)), 0, complaint);
    ok("the command line records with it");

    // --- Without the provider.
    const later = await open();
    const back = await wayBack(later, "late");
    await new Promise((done) => {
        provider.close(done);
        provider.closeAllConnections();
    });
    await later.page.goto(back);
    await expectText(later.page, "did not answer properly");
    await later.page.fill("#account", "ann");
    await later.page.fill("#password", PASSWORD);
    await later.page.click("main button");
    await later.page.waitForURL(`${address}/`);
    assert.match(log(), /signing in through example failed/);
    ok("without the provider, passwords still sign people in");

    for (const one of [root, eve, later]) {
        assert.deepEqual(one.complaints, []);
    }
    ok("no page complains");
}
