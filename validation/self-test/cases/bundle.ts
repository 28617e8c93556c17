// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import { ephemeralSealKey, type Verification } from "../../evidence";
import type { SelfTestCase } from "../case";
import type { BundleName, Ground } from "../ground";
import type { Harness } from "../harness";
import { AlteredBundle, type Line } from "../samples/altered-bundle";
import { CHALLENGE, ON_AWS } from "../samples/run";

const EVIDENCE = `oq/${CHALLENGE}.json`;

function told({ exit, problems, summary }: Verification): string[] {
  if (problems.length > 0) return problems.map(({ code, path }) => `${code} ${path}`);
  return [`${exit === 0 ? "intact" : `exit ${exit}`}, ${summary?.status}`];
}

/** A fault put into the files of the whole bundle. */
function fault(
  name: string,
  title: string,
  expected: string,
  alter: (bundle: AlteredBundle, ground: Ground) => AlteredBundle,
): SelfTestCase {
  return {
    id: `bundle.${name}`,
    kind: "fault",
    title,
    expected,
    run: (harness, ground) => {
      const bundle = alter(new AlteredBundle(ground.files("whole"), ground.key), ground);
      return told(harness.verifyFiles(bundle.found, ground.key.publicKey));
    },
  };
}

function good(name: BundleName, title: string, expected: string): SelfTestCase {
  const run = (harness: Harness, { bundle, key }: Ground) => told(harness.verifyBundle(bundle(name), key.publicKey));
  return { id: `bundle.${name}`, kind: "good", title, expected, run };
}

const finished = (lines: Line[], step: string): Line =>
  lines.find(({ type, body }) => type === "step-finished" && body.step === step);

const from = (name: BundleName, file: string, { files }: Ground) => files(name).files.get(file)!.bytes;

/** What `verify` must notice of a bundle. */
export const BUNDLE_CASES: readonly SelfTestCase[] = [
  good("whole", "an intact bundle, sealed by the key that the auditor holds", "intact, COMPLETE"),
  good("failed", "an intact bundle of a run whose challenge was not refused", "intact, FAILED"),
  {
    id: "bundle.signer-not-pinned",
    kind: "good",
    title: "an intact bundle, and an auditor without the signer's key",
    expected: "exit 3, COMPLETE",
    run: ({ verifyBundle }, { bundle }) => told(verifyBundle(bundle("whole"))),
  },
  {
    id: "bundle.file-became-a-link",
    kind: "fault",
    title: "a file of the bundle is a link to the same bytes elsewhere",
    expected: `NOT_A_FILE ${EVIDENCE}`,
    run: ({ verifyBundle }, ground) => {
      const [copy, kept] = [ground.freshPath(), ground.freshPath()];
      fs.cpSync(ground.bundle("whole"), copy, { recursive: true });
      fs.renameSync(`${copy}/${EVIDENCE}`, kept);
      fs.symlinkSync(kept, `${copy}/${EVIDENCE}`);
      return told(verifyBundle(copy, ground.key.publicKey));
    },
  },
  {
    id: "bundle.without-manifest",
    kind: "fault",
    title: "a run that broke off before its manifest was written",
    expected: "NO_BUNDLE",
    run: ({ verifyBundle }, ground) => {
      const copy = ground.freshPath();
      fs.cpSync(ground.bundle("whole"), copy, { recursive: true });
      fs.rmSync(`${copy}/manifest.json`);
      return verifyBundle(copy, ground.key.publicKey).problems.map(({ code }) => code);
    },
  },
  fault("byte-flipped", "one byte of an evidence file is another", `FILE_ALTERED ${EVIDENCE}`, (bundle) =>
    bundle.replace(EVIDENCE, "403", "400"),
  ),
  fault("file-dropped", "an evidence file is gone", `FILE_MISSING ${EVIDENCE}`, (bundle) => bundle.drop(EVIDENCE)),
  fault("file-added", "a file was added", "FILE_EXTRA oq/more.json", (bundle) => bundle.put("oq/more.json", "[]")),
  fault(
    "file-added-and-sealed",
    "a file was added that no step left behind, and the bundle sealed again",
    "FILE_UNREFERENCED oq/more.json",
    (bundle) => bundle.put("oq/more.json", "[]").sealed(),
  ),
  fault(
    "evidence-of-another-run",
    "the evidence of a step is that of another run, and the bundle sealed again",
    `EVIDENCE_DIFFERS ${EVIDENCE}`,
    (bundle, ground) => bundle.put(EVIDENCE, from("retest", EVIDENCE, ground)).sealed(),
  ),
  fault(
    "verdict-inverted",
    "summary and manifest of a failed run say COMPLETE, and the bundle was sealed again",
    "CONCLUSION_DIFFERS summary.json",
    (_, ground) =>
      new AlteredBundle(ground.files("failed"), ground.key)
        .replace("summary.json", '"status":"FAILED"', '"status":"COMPLETE"')
        .sealed(ground.key, { status: "COMPLETE" }),
  ),
  fault(
    "manifest-status-inverted",
    "the manifest of a failed run says COMPLETE, the summary does not",
    "CONCLUSION_DIFFERS summary.json",
    (_, ground) => new AlteredBundle(ground.files("failed"), ground.key).sealed(ground.key, { status: "COMPLETE" }),
  ),
  fault(
    "step-result-inverted",
    "the journal of a failed run says PASS, chained and sealed again, below the old summary",
    "CONCLUSION_DIFFERS summary.json",
    (_, ground) =>
      new AlteredBundle(ground.files("failed"), ground.key)
        .chained((lines) => {
          finished(lines, CHALLENGE).body.result = "PASS";
          return lines;
        })
        .sealed(),
  ),
  fault(
    "step-dropped",
    "the result of a step was taken out of the journal, chained and sealed again",
    "CONCLUSION_DIFFERS summary.json",
    (bundle) => bundle.chained((lines) => lines.filter((line) => line !== finished(lines, CHALLENGE))).sealed(),
  ),
  fault("entry-edited", "an entry of the journal was edited in place", "JOURNAL_BROKEN journal.jsonl", (bundle) =>
    bundle
      .journal((lines) => {
        finished(lines, CHALLENGE).body.actual = "refused: 403 AccessDenied, seen twice";
        return lines;
      })
      .sealed(),
  ),
  fault("entries-swapped", "two entries of the journal changed places", "JOURNAL_BROKEN journal.jsonl", (bundle) =>
    bundle.journal(([first, second, ...rest]) => [second, first, ...rest]).sealed(),
  ),
  fault("entry-doubled", "an entry of the journal stands twice", "JOURNAL_BROKEN journal.jsonl", (bundle) =>
    bundle.journal(([first, ...rest]) => [first, first, ...rest]).sealed(),
  ),
  fault("journal-cut", "the last entries of the journal are gone", "JOURNAL_BROKEN journal.jsonl", (bundle) =>
    bundle.journal((lines) => lines.slice(0, -2)),
  ),
  fault(
    "protocol-rewritten",
    "the expected result was rewritten after the run, and the bundle sealed again",
    "PROTOCOL_ALTERED protocols/OQ.json",
    (bundle) => bundle.replace("protocols/OQ.json", '"expected":"403 AccessDenied"', '"expected":"any"').sealed(),
  ),
  fault(
    "commitments-widened",
    "the list of steps that may stay undone grew after the run, and the bundle was sealed again",
    "EVIDENCE_DIFFERS commitments.json",
    (bundle) => bundle.replace("commitments.json", `"${ON_AWS}"`, `"${CHALLENGE}"`).sealed(),
  ),
  fault(
    "decisions-of-another-plan",
    "the gate's decisions are those about another run's plan, and the bundle was sealed again",
    "EVIDENCE_DIFFERS gate/decisions.json",
    (bundle, ground) => bundle.put("gate/decisions.json", from("retest", "gate/decisions.json", ground)).sealed(),
  ),
  fault(
    "report-out-of-balance",
    "the report counts one failed step fewer than the summary, and the bundle was sealed again",
    "REPORT_DIFFERS report.html",
    (_, ground) =>
      new AlteredBundle(ground.files("failed"), ground.key)
        .replace(
          "report.html",
          '<data class="total" id="total-failed" value="1">1</data>',
          '<data class="total" id="total-failed" value="0">0</data>',
        )
        .sealed(),
  ),
  fault(
    "seal-by-another-key",
    "the bundle was sealed again with another key",
    "SIGNER_DIFFERS seal.pub.pem",
    (bundle) => bundle.sealed(ephemeralSealKey()),
  ),
  fault("seal-of-another-bundle", "the seal is that of another bundle", "SEAL_BROKEN seal.json", (bundle, ground) =>
    bundle.put("seal.json", from("retest", "seal.json", ground)),
  ),
  fault("seal-emptied", "the signature was taken out of the seal", "SEAL_BROKEN seal.json", (bundle) => {
    const { signatures: _, ...envelope } = JSON.parse(bundle.text("seal.json"));
    return bundle.put("seal.json", JSON.stringify({ ...envelope, signatures: [] }));
  }),
  fault(
    "manifest-edited",
    "the manifest lists another digest below the old seal",
    "SEAL_BROKEN seal.json",
    (bundle) => {
      const before = bundle.text("seal.json");
      return bundle.replace(EVIDENCE, "403", "400").sealed().put("seal.json", before);
    },
  ),
  fault(
    "path-leaves-the-bundle",
    "the manifest lists a path outside of the bundle",
    "MANIFEST_BROKEN manifest.json",
    (bundle) => bundle.replace("manifest.json", EVIDENCE, `../${EVIDENCE}`),
  ),
];
