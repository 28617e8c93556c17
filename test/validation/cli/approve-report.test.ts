// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import type { Role, Statement } from "../../../validation/approvals";
import { namedFiles, readApprovalsFolder } from "../../../validation/approvals/approvals-folder";
import { main } from "../../../validation/cli";
import { writeDocuments } from "../../../validation/documents";
import { sha256Hex } from "../../../validation/json";
import { keyFile, LIST, lineOf, PEOPLE, recordOf } from "../approvals/people";
import { sampleRun } from "../evidence/sample-run";
import { temporaryFolder } from "../evidence/temporary-folder";

const temporary = temporaryFolder();
afterAll(() => temporary.remove());

const AWS = { name: "aws", kind: "aws" } as const;
const IQ_REPORT = "IQ-REP-sample-run.pdf";
const MEANINGS = { author: "authorship", reviewer: "review", quality: "approval", "system-owner": "approval" } as const;
/** The executor of the sample run, who is listed under the name that the journal has. */
const ENGINEER = { login: "an.engineer", printedName: "An Engineer", may: ["author", "quality"] } as const;

beforeAll(async () => {
  const bundle = path.join(temporary.path, "run");
  sampleRun(bundle, { approved: true, target: AWS });
  await writeDocuments(bundle, path.join(temporary.path, "written"));
  const list = LIST + lineOf(ENGINEER);
  fs.writeFileSync(path.join(temporary.path, "list"), list);
  for (const person of [...Object.values(PEOPLE), ENGINEER])
    fs.writeFileSync(path.join(temporary.path, person.login), keyFile(person), { mode: 0o600 });
});

async function part11(...argv: string[]) {
  let [stdout, stderr] = ["", ""];
  const io = {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
    env: process.env,
    cwd: temporary.path,
  };
  const code = await main(argv, io);
  return { code, stdout, stderr };
}

let documents = "";
let count = 0;
beforeEach(() => {
  documents = `documents-${count++}`;
  fs.cpSync(path.join(temporary.path, "written"), path.join(temporary.path, documents), { recursive: true });
});

const records = () => path.join(temporary.path, `${documents}-approvals`);

function approve(report: string, role: Role, ...more: string[]) {
  const said = ["--signers", "list", "--role", role, "--meaning", MEANINGS[role], "--bundle", "run"];
  return part11("approve", `${documents}/${report}`, ...said, ...more);
}

const ALL = [
  [IQ_REPORT, ["author", "reviewer", "quality"]],
  ["OQ-REP-sample-run.pdf", ["author", "reviewer", "quality"]],
  ["SUM-sample-run.pdf", ["author", "system-owner", "quality"]],
] as const;

/** Every approval of every report, made once by the command and laid beside the documents of this test. */
async function approveAll() {
  const made = path.join(temporary.path, "all-approvals");
  if (!fs.existsSync(made)) {
    for (const [report, roles] of ALL) {
      for (const role of roles) {
        const { code, stderr } = await approve(report, role, "--key", PEOPLE[role].login, "--out", "all-approvals");
        expect([code, stderr]).toEqual([0, ""]);
      }
    }
  }
  fs.cpSync(made, records(), { recursive: true });
}

const judge = (...more: string[]) => part11("approvals", documents, "--bundle", "run", "--signers", "list", ...more);

test("reports that everybody approved are approved, and each form shows name, time with offset, meaning and nature", async () => {
  await approveAll();
  const { code, stdout } = await judge("--out", `${documents}-sheet`);
  expect(code).toBe(3);
  expect(stdout).toContain("IQ-REP-sample-run: approved");
  expect(stdout).toContain("signer of the bundle not pinned");
  const sheet = path.join(temporary.path, `${documents}-sheet`, "APR-sample-run.html");
  for (const shown of [stdout, fs.readFileSync(sheet, "utf8")]) {
    expect(shown).toContain("Ravi Reviewer");
    expect(shown).toMatch(/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}/);
    expect(shown).toContain("review");
    expect(shown).toMatch(/approval record by own key .*, not a Part 11 signature/);
  }
  expect(fs.readdirSync(path.join(temporary.path, "run"))).toEqual(
    expect.not.arrayContaining([expect.stringContaining("-approvals")]),
  );
});

test("without any approval nothing is approved, and who is missing is said", async () => {
  const { code, stdout } = await judge();
  expect(code).toBe(1);
  expect(stdout).toContain("MISSING IQ-REP-sample-run, reviewer");
});

test("a report that was changed after its approval is not the approved one", async () => {
  await approveAll();
  fs.appendFileSync(path.join(temporary.path, documents, IQ_REPORT), " ");
  const { code, stdout } = await judge();
  expect(code).toBe(1);
  expect(stdout).toContain("IQ-REP-sample-run: not approved");
  expect(stdout).toContain("OTHER_DOCUMENT");
});

test("a report that is gone is not approved", async () => {
  await approveAll();
  fs.rmSync(path.join(temporary.path, documents, IQ_REPORT));
  expect(await judge()).toMatchObject({ code: 1, stdout: expect.stringContaining(`MISSING ${IQ_REPORT}`) });
});

test("a record whose time was changed is named, and does not count", async () => {
  await approveAll();
  const [name] = fs.readdirSync(records()).filter((one) => /^SUM.*quality.*\.json$/.test(one));
  const file = path.join(records(), name!);
  fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace(/"signedAt":"2/, '"signedAt":"1'));
  const { code, stdout } = await judge();
  expect(code).toBe(1);
  expect(stdout).toContain(`SIGNATURE_BROKEN ${name}`);
});

test("approvals of the same report in another bundle do not count", async () => {
  await approveAll();
  sampleRun(path.join(temporary.path, "other"), {
    ...{ approved: true, target: AWS },
    result: (finished) => ({ ...finished, actual: `${finished.actual}, seen again` }),
  });
  const { code, stdout } = await part11("approvals", documents, "--bundle", "other", "--signers", "list");
  expect(code).toBe(1);
  expect(stdout).toContain("OTHER_BUNDLE");
});

test("a bundle that was altered has no approved report", async () => {
  const altered = path.join(temporary.path, "altered");
  fs.cpSync(path.join(temporary.path, "run"), altered, { recursive: true });
  fs.appendFileSync(path.join(altered, "journal.jsonl"), " ");
  const said = await part11("approvals", documents, "--bundle", "altered", "--signers", "list");
  expect(said).toMatchObject({ code: 2, stderr: expect.stringContaining("BUNDLE_ALTERED") });
});

test("a report that the bundle does not give cannot be approved", async () => {
  fs.appendFileSync(path.join(temporary.path, documents, IQ_REPORT), " ");
  const { code, stderr } = await approve(IQ_REPORT, "reviewer", "--key", PEOPLE.reviewer.login);
  expect([code, stderr]).toEqual([2, expect.stringContaining("the report that")]);
  expect(fs.existsSync(records())).toBe(false);
});

test.each([
  ["whoever executed, as quality", IQ_REPORT, "quality", ENGINEER.login, "EXECUTOR_APPROVES"],
  ["a role whose line it does not have", "SUM-sample-run.pdf", "reviewer", PEOPLE.reviewer.login, "ROLE_UNLISTED"],
  ["what is no executed report", "RTM-sample-run.pdf", "quality", PEOPLE.quality.login, "one of IQ-REP-sample-run.pdf"],
] as const)("%s approves nothing", async (_, report, role, key, said) => {
  const { code, stderr } = await approve(report, role, "--key", key);
  expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
  expect(fs.existsSync(records())).toBe(false);
});

test("records never go into the sealed bundle", async () => {
  const { code, stderr } = await approve(IQ_REPORT, "author", "--key", PEOPLE.author.login, "--out", "run/approvals");
  expect([code, stderr]).toEqual([2, expect.stringContaining("outside the bundle")]);
  expect((await part11("verify", "run")).code).toBe(3);
});

test("a report of an emulator's run is reviewed, and never approved", async () => {
  const folder = path.join(temporary.path, "emulated");
  sampleRun(folder, { approved: true });
  await writeDocuments(folder, path.join(temporary.path, "emulated-documents"));
  const state = (role: Role) =>
    part11(
      ...["approve", `emulated-documents/${IQ_REPORT}`, "--bundle", "emulated", "--signers", "list"],
      ...["--role", role, "--meaning", MEANINGS[role], "--key", PEOPLE[role].login],
    );
  expect(await state("reviewer")).toMatchObject({ code: 0 });
  expect(await state("quality")).toMatchObject({ code: 2, stderr: expect.stringContaining("PROVISIONAL") });
});

describe("a page signed by hand", () => {
  const page = Buffer.from("%PDF-1.4 a scanned page");
  const onPage = ["--signed-by", "olga.owner", "--printed-name", "Olga Owner", "--signed-at"];
  const signedAt = () => `${new Date(Date.now() - 60_000).toISOString().slice(0, 19)}+00:00`;
  const scan = (...more: string[]) =>
    approve("SUM-sample-run.pdf", "system-owner", "--scan", "page.pdf", "--key", PEOPLE.quality.login, ...more);
  beforeAll(() => fs.writeFileSync(path.join(temporary.path, "page.pdf"), page));

  test("is bound by the hash of its scan to the report, and the one who compared it signs that", async () => {
    const { code, stdout } = await scan(...onPage, signedAt());
    expect([code, stdout]).toEqual([0, expect.stringContaining("bound by the SHA-256 of its scan")]);
    expect(readApprovalsFolder(records())[0]!.attached).toEqual(page);
    const judged = await judge();
    expect(judged.stdout).toMatch(
      /Olga Owner, system-owner, approval, .*signed by hand on paper; scanned page compared by Quentin Quality at /,
    );
    expect(judged.stdout).not.toContain("MISSING SUM-sample-run, system-owner");
  });

  test("with another scan in its place does not count", async () => {
    await scan(...onPage, signedAt());
    const [name] = fs.readdirSync(records()).filter((one) => one.endsWith(".attached"));
    fs.writeFileSync(path.join(records(), name!), "another page");
    expect((await judge()).stdout).toContain("ATTACHMENT_DIFFERS");
  });

  test.each([
    ["without the name and time on it", () => [], "as they stand on the page"],
    [
      "by whoever compares it",
      () => ["--signed-by", "quentin.quality", "--printed-name", "Quentin Quality", "--signed-at", signedAt()],
      "COMPARED_BY_SIGNER",
    ],
    ["after it was compared", () => [...onPage, "2126-11-22T10:15:00+01:00"], "compared before it was signed"],
    ["at a time without offset", () => [...onPage, "2026-11-22T10:15:00Z"], "signedAt"],
  ])("is refused %s", async (_, more, said) => {
    const { code, stderr } = await scan(...more());
    expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
    expect(fs.existsSync(records())).toBe(false);
  });

  test("is compared by somebody who is listed for it", async () => {
    const { code, stderr } = await approve(
      ...(["SUM-sample-run.pdf", "system-owner", "--scan", "page.pdf", "--key", PEOPLE.reviewer.login] as const),
      ...[...onPage, signedAt()],
    );
    expect([code, stderr]).toEqual([2, expect.stringContaining("part11-comparison")]);
  });

  test("of a name or a time there is nothing to say beside a key of one's own", async () => {
    const { code, stderr } = await approve(IQ_REPORT, "quality", "--key", PEOPLE.quality.login, ...onPage, signedAt());
    expect([code, stderr]).toEqual([2, expect.stringContaining("--scan")]);
  });
});

test("a report of other bytes than the bundle gives is not approved, though everybody signed them", async () => {
  await approveAll();
  const file = path.join(temporary.path, documents, IQ_REPORT);
  fs.writeFileSync(file, Buffer.concat([fs.readFileSync(file), Buffer.from("\n% another conclusion\n")]));
  signedAgain(IQ_REPORT, sha256Hex(fs.readFileSync(file)));
  const { code, stdout } = await judge();
  expect(code).toBe(1);
  expect(stdout).toContain("IQ-REP-sample-run: not approved");
  expect(stdout).toContain(`OTHER_DOCUMENT ${IQ_REPORT}: from the bundle this version of part11 draws `);
  expect(stdout).not.toContain("MISSING");
});

/** The records of a report, as the same people would sign them of other bytes, by hand. */
function signedAgain(report: string, sha256: string): void {
  for (const { name, statement } of readApprovalsFolder(records())) {
    const said = JSON.parse(statement.toString()) as Statement;
    if (`${said.document.id}.pdf` !== report) continue;
    const again = recordOf({ ...said, document: { ...said.document, sha256 } });
    for (const [file, bytes] of namedFiles({ ...again, name })) fs.writeFileSync(path.join(records(), file), bytes);
  }
}
