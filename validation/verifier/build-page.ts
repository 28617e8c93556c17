// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import Ajv2020 from "ajv/dist/2020";
import standaloneCode from "ajv/dist/standalone";
import { build, type Plugin } from "esbuild";
import { AJV_OPTIONS, schemaOf } from "../json/schema-validator";
import { packageRoot } from "../package-root";

/** What `page.html` is called where it is built: `<name>` and `<name>.sha256`. */
export const PAGE_FILE = "part11-verify.html";

/** Schemas that verifying asks for; any other is an error of the page, and its verdict. */
const SCHEMAS = ["approval", "commitments", "journal-entry", "manifest", "protocol"];

const BROWSER = path.join(__dirname, "browser");
const PLATFORM: Readonly<Record<string, string>> = {
  "node:crypto": path.join(BROWSER, "platform", "crypto.ts"),
  crypto: path.join(BROWSER, "platform", "crypto.ts"),
  "node:buffer": path.join(BROWSER, "platform", "buffer.ts"),
  "node:util/types": path.join(BROWSER, "platform", "util-types.ts"),
};

/** The script of the page: what `part11 verify` does, with the few things of Node that it needs. */
export async function pageScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(BROWSER, "page.ts")],
    absWorkingDir: packageRoot(),
    bundle: true,
    write: false,
    platform: "browser",
    target: "es2022",
    format: "iife",
    globalName: "part11",
    inject: [PLATFORM["node:buffer"]!],
    plugins: [platform],
    minify: true,
    legalComments: "none",
    charset: "ascii",
    logLevel: "warning",
  });
  return outputFiles[0]!.text;
}

/** The page as one file that needs nothing else, the same bytes for the same sources. */
export async function page(): Promise<string> {
  const read = (name: string) => fs.readFileSync(path.join(__dirname, name), "utf8");
  // The end of the element would end the script wherever it stands in it.
  const script = (await pageScript()).replaceAll("</script", "<\\/script");
  const style = read("page.css");
  const { version } = JSON.parse(fs.readFileSync(path.join(packageRoot(), "package.json"), "utf8"));
  const named = { version, "script-hash": policyHash(script), "style-hash": policyHash(style) };
  const template = Object.entries(named).reduce(
    (text, [name, value]) => text.replace(`{{${name}}}`, value),
    read("page.html"),
  );
  return template
    .replace("<style></style>", () => `<style>${style}</style>`)
    .replace("<script></script>", () => `<script>${script}</script>`);
}

/** Content Security Policy level 3, section 2.3.1: hash-source. */
function policyHash(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

const platform: Plugin = {
  name: "platform",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(?:node:(?:crypto|buffer|util\/types)|crypto)$/ }, ({ path: name }) => ({
      path: PLATFORM[name]!,
    }));
    onResolve({ filter: /^node:(?:fs|path)$/ }, ({ path: name }) => ({ path: name, namespace: "absent" }));
    onLoad({ filter: /.*/, namespace: "absent" }, () => ({ contents: "module.exports = {};" }));
    onResolve({ filter: /\/schema-validator$/ }, () => ({ path: "validators", namespace: "validators" }));
    onLoad({ filter: /.*/, namespace: "validators" }, () => ({ contents: validators(), resolveDir: packageRoot() }));
  },
};

/** The schemas as code: compiling them in the page would need a policy that lets it make code of text. */
function validators(): string {
  const schemas = SCHEMAS.map(schemaOf) as Array<{ readonly $id?: string }>;
  const ajv = new Ajv2020({ ...AJV_OPTIONS, code: { source: true } });
  for (const [at, schema] of schemas.entries()) ajv.addSchema(schema, SCHEMAS[at]!);
  const code = standaloneCode(ajv, Object.fromEntries(SCHEMAS.map((name) => [name.replace("-", "_"), name])));
  return `${code}
const all = module.exports;
module.exports = { validatorOf(name) {
  const validate = all[name.replace("-", "_")];
  if (!validate) throw new Error("the page has no schema " + name);
  return validate;
} };`;
}

if (require.main === module) {
  void page().then((text) => {
    const folder = path.join(packageRoot(), "dist", "validation", "verifier");
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, PAGE_FILE), text);
    const digest = createHash("sha256").update(text).digest("hex");
    fs.writeFileSync(path.join(folder, `${PAGE_FILE}.sha256`), `${digest}  ${PAGE_FILE}\n`);
    process.stdout.write(`${PAGE_FILE} ${digest}\n`);
  });
}
