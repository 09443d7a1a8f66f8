import { existsSync } from "node:fs";

const PLACES = [
    process.env.PLUMB_CHROMIUM,
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The browser that is installed; PLUMB_CHROMIUM names another one. */
export function launch(chromium) {
    const program = PLACES.find((place) => place && existsSync(place));
    if (!program) {
        console.error("FAILED: no Chromium is installed; PLUMB_CHROMIUM may name one");
        process.exit(1);
    }
    return chromium.launch({
        executablePath: program,
        args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--force-color-profile=srgb"],
    });
}
