// Takes the pictures of the README:  node screenshots.mjs PAGES FOLDER
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { launch } from "./chromium.mjs";

const [pages, folder] = process.argv.slice(2);
const browser = await launch(chromium);

async function shot(name, file, colorScheme, act = async () => undefined, height = 860) {
    const page = await browser.newPage({ viewport: { width: 1200, height }, colorScheme });
    await page.goto(pathToFileURL(join(pages, file)).href);
    await page.waitForSelector("main h1");
    await act(page);
    await page.waitForTimeout(300);
    await page.screenshot({ path: join(folder, name) });
    console.log(join(folder, name));
    await page.close();
}

await shot("report.png", "report.html", "light");
await shot(
    "benchmark.png",
    "report.html",
    "dark",
    async (page) => {
        await page.locator(".row-link").first().click();
        await page.waitForSelector("main.detail canvas");
    },
    1240,
);
await browser.close();
