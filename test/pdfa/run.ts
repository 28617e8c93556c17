// SPDX-License-Identifier: Apache-2.0
// `npm run test:pdfa`: the PDFs against ISO 19005-3, level A, by veraPDF. Where Java, Maven or veraPDF's jars are not to be had it
// says SKIPPED and passes nothing.
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { renderPdf } from "../../validation/documents";
import { packageRoot } from "../../validation/package-root";
import { documentOfText, sampleDocuments } from "../validation/documents/sample-documents";

const VERSION = "1.30.2";
const JARS = path.join(packageRoot(), ".part11", `verapdf-${VERSION}`);
const COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies";
const HOSTILE =
  "</rdf:li>&<x xmlns='y'>]]> \u202e\u0000\u05d0\u0627\u{1f600}\ue000\ufffd\u0301 fi ffl -> \u2192 \\ ( ) <<>> %PDF endobj";

async function main(): Promise<number> {
  const missing = prepare();
  if (missing) return skipped(missing);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
  try {
    const files = await documents(folder);
    const broken = path.join(folder, "broken.pdf");
    const sound = fs.readFileSync(files[0]!, "latin1");
    // What must be noticed, or nothing that is said here counts: a document that no longer claims to be PDF/A.
    fs.writeFileSync(broken, sound.replace("<pdfaid:part>3</pdfaid:part>", "<pdfaid:part>9</pdfaid:part>"), "latin1");
    return report(judge([...files, broken]), files, broken);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Why it cannot be tried here; undefined when everything is there. */
function prepare(): string | undefined {
  if (spawnSync("java", ["-version"]).status !== 0) return "no Java";
  if (fs.existsSync(path.join(JARS, `validation-model-${VERSION}.jar`))) return undefined;
  const pom = path.join(__dirname, "pom.xml");
  const copied = spawnSync("mvn", ["-q", "-B", "-f", pom, COPY, `-DoutputDirectory=${JARS}`], { stdio: "ignore" });
  if (copied.error) return "no Maven";
  return copied.status === 0 ? undefined : `Maven could not fetch org.verapdf:validation-model:${VERSION}`;
}

/** PDFs of a folder that was named, or of the sample run and of a hostile document. */
async function documents(folder: string): Promise<readonly string[]> {
  const [given] = process.argv.slice(2);
  if (given) {
    const names = fs.readdirSync(given).filter((name) => name.endsWith(".pdf"));
    return names.map((name) => path.resolve(given, name));
  }
  const models = [...sampleDocuments(path.join(folder, "run")), documentOfText(HOSTILE)];
  const files: string[] = [];
  for (const model of models) {
    const file = path.join(folder, `${model.head.id}.pdf`);
    fs.writeFileSync(file, await renderPdf(model));
    files.push(file);
  }
  return files;
}

/** What veraPDF says of each file, a line each. */
function judge(files: readonly string[]): readonly string[] {
  const program = path.join(__dirname, "Validate.java");
  const options = ["-Djava.util.logging.config.class=none", "-cp", path.join(JARS, "*"), program, "3a", ...files];
  const { stdout, stderr, status } = spawnSync("java", options, { encoding: "utf8", maxBuffer: 64_000_000 });
  if (status !== 0) throw new Error(`veraPDF ended with ${status}: ${stderr.slice(-2000)}`);
  return stdout.split("\n").filter((line) => /^(?:not )?compliant /.test(line));
}

function report(lines: readonly string[], files: readonly string[], broken: string): number {
  const failures = files
    .filter((file) => !lines.includes(`compliant ${file}`))
    .map((file) => lines.find((line) => line.startsWith(`not compliant ${file}`)) ?? `no word of ${file}`);
  if (!lines.some((line) => line.startsWith(`not compliant ${broken}`))) failures.push("a broken PDF went unnoticed");
  for (const failure of failures) process.stdout.write(`FAILED ${failure.slice(0, 1000)}\n`);
  process.stdout.write(`test:pdfa: ${files.length + 1 - failures.length} passed, ${failures.length} failed\n`);
  return failures.length > 0 ? 1 : 0;
}

function skipped(reason: string): number {
  process.stdout.write(`SKIPPED test:pdfa: ${reason}\n`);
  return 0;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error}\n`);
    process.exitCode = 1;
  },
);
