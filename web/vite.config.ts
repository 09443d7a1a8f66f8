import { defineConfig } from "vite";

/** One script and one style, which the program puts into every page it writes; no file beside them. */
export default defineConfig({
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    build: {
        outDir: process.env["PLUMBLINE_WEB_OUT"] ?? "target/classes/dev/plumbline/web",
        emptyOutDir: true,
        target: "es2022",
        cssCodeSplit: false,
        modulePreload: false,
        lib: {
            entry: "src/main.tsx",
            name: "plumbline",
            formats: ["iife"],
            fileName: () => "page.js",
            cssFileName: "page",
        },
    },
    define: { "process.env.NODE_ENV": '"production"' },
});
