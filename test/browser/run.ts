// SPDX-License-Identifier: Apache-2.0
// `npm run test:browser`: the documents in Debian's chromium, on a phone, on a desk and on paper. Where there is no chromium it
// says SKIPPED and passes nothing.
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { chromium, type Page } from "playwright-core";
import { renderHtml } from "../../validation/documents";
import { documentOfText, sampleDocuments } from "../validation/documents/sample-documents";

const BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const WIDTHS = [360, 1280] as const;
const HOSTILE = `"'</style></title><script>alert(1)</script><img src=x onerror=alert(1)> \u202e${"W".repeat(120)}`;

interface Failure {
  readonly page: string;
  readonly what: string;
}

async function main(): Promise<void> {
  const browserPath = BROWSERS.find((file) => fs.existsSync(file));
  if (!browserPath) return void process.stdout.write(`SKIPPED test:browser: none of ${BROWSERS.join(", ")} is there\n`);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
  const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
  const failures: Failure[] = [];
  let checks = 0;
  try {
    for (const [name, html] of pages(folder)) {
      const file = path.join(folder, `${name}.html`);
      fs.writeFileSync(file, html);
      const found = await tryPage(browser.newPage.bind(browser), file);
      checks += found.checks;
      failures.push(...found.failed.map((what) => ({ page: name, what })));
    }
  } finally {
    await browser.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
  for (const { page, what } of failures) process.stdout.write(`FAILED ${page}: ${what}\n`);
  process.stdout.write(`test:browser: ${checks - failures.length} passed, ${failures.length} failed\n`);
  process.exitCode = failures.length > 0 || checks === 0 ? 1 : 0;
}

/** Documents of a run that passed, of one that did not, and one of hostile texts; or those of a folder that was named. */
function pages(folder: string): ReadonlyArray<readonly [string, string]> {
  const [given] = process.argv.slice(2);
  if (given) {
    const files = fs.readdirSync(given).filter((name) => name.endsWith(".html"));
    return files.map((name) => [name.replace(/\.html$/, ""), fs.readFileSync(path.join(given, name), "utf8")]);
  }
  const failed = sampleDocuments(path.join(folder, "failed"), {
    result: (r) => (r.step === "OQ-SHORTEN" ? { ...r, result: "FAIL", reason: "it was shortened" } : r),
  });
  const passed = sampleDocuments(path.join(folder, "passed"));
  return [
    ...passed.map((model) => [`passed ${model.head.id}`, renderHtml(model)] as const),
    ...failed.map((model) => [`failed ${model.head.id}`, renderHtml(model)] as const),
    ["hostile", renderHtml(documentOfText(HOSTILE))],
  ];
}

async function tryPage(
  open: (o: object) => Promise<Page>,
  file: string,
): Promise<{ checks: number; failed: string[] }> {
  const failed: string[] = [];
  let checks = 0;
  const check = (fine: boolean, what: string) => {
    checks++;
    if (!fine) failed.push(what);
  };
  // The page forbids every script; the checks are brought in from outside.
  const page = await open({ bypassCSP: true });
  const asked: string[] = [];
  const noise: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("dialog", (dialog) => void noise.push(dialog.message()));
  page.on("pageerror", (error) => void noise.push(String(error)));
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(`file://${encodeURI(file)}`);
    await openAll(page);
    const overflow = await page.evaluate<number>("document.documentElement.scrollWidth - window.innerWidth");
    check(overflow <= 0, `scrolls ${overflow} px sideways at ${width} px`);
    const violations = await axe(page);
    check(violations.length === 0, `axe-core at ${width} px: ${violations.join("; ")}`);
  }
  check(noise.length === 0, `ran something: ${noise.join("; ")}`);
  const fetched = asked.filter((url) => !url.startsWith("file:"));
  check(fetched.length === 0 && asked.length === WIDTHS.length, `asked for ${asked.join(", ")}`);
  const skips = await headingSkips(page);
  check(skips.length === 0, `headings out of order: ${skips.join(", ")}`);
  check((await countPrinted(page)) > 0, "prints no page");
  await page.close();
  return { checks, failed };
}

// What runs in the page is text: this program is checked without the types of a browser.
async function openAll(page: Page): Promise<void> {
  await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true");
}

async function axe(page: Page): Promise<string[]> {
  await page.evaluate(fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
  const { violations } = await page.evaluate<AxeResults>("axe.run()");
  return violations.map(({ id, nodes }) => `${id} at ${nodes[0]?.html.slice(0, 120)}`);
}

interface AxeResults {
  readonly violations: ReadonlyArray<{ readonly id: string; readonly nodes: ReadonlyArray<{ readonly html: string }> }>;
}

/** Headings that come more than one level below the one before. */
async function headingSkips(page: Page): Promise<string[]> {
  const headings = await page.evaluate<ReadonlyArray<readonly [number, string]>>(
    "[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((h) => [Number(h.tagName[1]), h.textContent])",
  );
  return headings.flatMap(([level, text], i) => (level > (headings[i - 1]?.[0] ?? 0) + 1 ? [text] : []));
}

async function countPrinted(page: Page): Promise<number> {
  const pdf = await page.pdf({ preferCSSPageSize: true });
  return (pdf.toString("latin1").match(/\/Type\s*\/Page\b/g) ?? []).length;
}

void main();
