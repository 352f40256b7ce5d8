// How do the gate's and the other side's apps become files that Django serves? One build each: `--mode gate`, `--mode check`.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { VitePWA } from "vite-plugin-pwa";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What differs between the apps, apart from their code: the names on the home screen and the language of the manifest. */
const APPS = {
  gate: { name: "ច្រកព្រំដែន", short_name: "ច្រក", lang: "km" },
  check: { name: "ตรวจบัตรผ่านแดน", short_name: "ตรวจบัตร", lang: "th" },
} as const;

/** The version of the whole product, from the one place where it stands. */
function productVersion(): string {
  const found = /^version = "([^"]+)"$/mu.exec(readFileSync(here("../pyproject.toml"), "utf8"))?.[1];
  if (found === undefined) throw new Error("pyproject.toml names no version");
  return found;
}

/** Seconds since 1970: the clock of a phone that runs this cannot be before it. */
function builtAt(): number {
  const fixed = process.env["SOURCE_DATE_EPOCH"];
  return fixed === undefined ? Math.floor(Date.now() / 1000) : Number(fixed);
}

function pwa(app: keyof typeof APPS) {
  return VitePWA({
    strategies: "injectManifest",
    srcDir: "../src/sw",
    filename: "sw.ts",
    // The officer chooses when a new version is taken: nothing reloads during a shift.
    registerType: "prompt",
    injectRegister: false,
    injectManifest: {
      globPatterns: ["**/*.{js,css,html,wasm,woff2,svg,png}"],
      maximumFileSizeToCacheInBytes: 3_000_000,
    },
    manifest: {
      ...APPS[app],
      id: `/${app}/`,
      start_url: `/${app}/`,
      scope: `/${app}/`,
      display: "standalone",
      orientation: "any",
      background_color: "#10161c",
      theme_color: "#17406d",
      icons: [
        { src: "icon-192.png", sizes: "192x192", type: "image/png" },
        { src: "icon-512.png", sizes: "512x512", type: "image/png" },
        { src: "icon-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
      ],
    },
  });
}

export default defineConfig(({ mode }) => {
  const app = mode === "check" ? "check" : "gate";
  const builds = mode === "gate" || mode === "check";
  return {
    root: builds ? here(app) : here("."),
    base: builds ? `/${app}/` : "/",
    publicDir: here("public"),
    define: {
      __APP_VERSION__: JSON.stringify(productVersion()),
      __BUILT_AT__: String(builtAt()),
    },
    build: {
      target: "es2022",
      outDir: here(`../src/borderpass/web/phone/${app}`),
      emptyOutDir: true,
      // A file of its own for everything: the content policy loads nothing from inside a page.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
    },
    worker: { format: "es" },
    plugins: builds ? [pwa(app)] : [],
    test: {
      include: ["tests/**/*.test.{ts,tsx}"],
      reporters: ["default"],
      slowTestThreshold: 3000,
      testTimeout: 30_000,
      passWithNoTests: false,
    },
  };
});
