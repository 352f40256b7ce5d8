// How does a table that stands outside become a TypeScript file that is always current?

import { readFileSync, writeFileSync } from "node:fs";

import prettier from "prettier";

/**
 * Writes `source`, formatted, to `src/domain/NAME.ts`; with `--check` on the command line it only compares, and the
 * process ends with 1 where the file is not what would be written.
 */
export async function bring(name, source) {
  const target = new URL(`../src/domain/${name}.ts`, import.meta.url);
  const wanted = await prettier.format(source, {
    ...(await prettier.resolveConfig(target)),
    parser: "typescript",
  });
  if (!process.argv.includes("--check")) {
    writeFileSync(target, wanted);
  } else if (readFileSync(target, "utf8") !== wanted) {
    process.stderr.write(`src/domain/${name}.ts is out of date: run npm run tables\n`);
    process.exitCode = 1;
  }
}
