// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { type DocumentModel, renderHtml } from "../../../validation/documents";
import { protocolHash } from "../../../validation/evidence";
import { assertSchema, canonicalJson, digestOf } from "../../../validation/json";
import { loadRequirements } from "../../../validation/requirements";
import { COMMITMENTS, IQ, OQ } from "../evidence/sample-run";
import { temporaryFolder } from "../evidence/temporary-folder";
import { sampleDocuments } from "./sample-documents";

const temporary = temporaryFolder();
afterAll(() => temporary.remove());

const passed = sampleDocuments(path.join(temporary.path, "passed"));
const failed = sampleDocuments(path.join(temporary.path, "failed"), {
  result: (r) => {
    if (r.step === "OQ-SHORTEN") return { ...r, result: "FAIL", reason: "the retention was shortened" };
    return r.step === "OQ-OVERWRITE" ? undefined : r;
  },
});

const of = (models: readonly DocumentModel[], code: string) =>
  models.find(({ head }) => head.id.startsWith(`${code}-sample-run`))!;
const text = (model: DocumentModel) => canonicalJson(model);
const record = (model: DocumentModel, id: string) => {
  const found = model.blocks.find((block) => block.kind === "record" && block.id === id);
  return found as Extract<DocumentModel["blocks"][number], { kind: "record" }>;
};

test("a run has ten documents", () => {
  expect(passed.map(({ head }) => head.id.replace("-sample-run", ""))).toEqual([
    "URS",
    "CFG",
    "TOOL",
    "IQ-PRO",
    "IQ-REP",
    "OQ-PRO",
    "OQ-REP",
    "RTM",
    "DEV",
    "SUM",
  ]);
});

describe.each([...passed, ...failed].map((model) => [model.head.title, model] as const))("%s", (_title, model) => {
  it("holds to the schema of documents", () => {
    expect(() => assertSchema("document", model, model.head.id)).not.toThrow();
  });

  it("is provisional, and says why", () => {
    const stamp = "development evidence, not qualification; executed without the required approvals";
    expect(model.head).toMatchObject({ status: "PROVISIONAL", stamp });
  });

  it("says that no approval is known", () => {
    expect(model.head.effectiveDate).toBe("not set, no approval is known");
    expect(model.blocks.some(({ kind }) => kind === "approvals")).toBe(true);
  });

  it("leaves no name, value or cell of a fact empty", () => {
    const items = model.blocks.flatMap((b) => (b.kind === "facts" || b.kind === "record" ? b.items : []));
    expect(items.filter(({ value }) => value === "" || (Array.isArray(value) && value.length === 0))).toEqual([]);
  });

  it("has as many cells in each row as columns", () => {
    const tables = model.blocks.flatMap((b) => (b.kind === "table" ? [b] : b.kind === "record" ? b.tables : []));
    for (const { columns, rows } of tables) for (const row of rows) expect(row).toHaveLength(columns.length);
  });
});

test.each([
  ["IQ", IQ],
  ["OQ", OQ],
])("protocol and report of the %s quote the hash that the journal fixed", (kind, protocol) => {
  expect(text(of(passed, `${kind}-PRO`))).toContain(protocolHash(protocol));
  expect(text(of(passed, `${kind}-REP`))).toContain(protocolHash(protocol));
});

test("a report quotes the digest of the protocol document beside it", () => {
  expect(text(of(passed, "OQ-REP"))).toContain(digestOf(of(passed, "OQ-PRO")));
});

test("a protocol holds no result", () => {
  const blocks = [...of(passed, "IQ-PRO").blocks, ...of(passed, "OQ-PRO").blocks];
  expect(blocks.filter((block) => block.kind === "record" && block.result !== undefined)).toEqual([]);
  expect(text(of(passed, "OQ-PRO"))).not.toContain("SHA-256 of the version unchanged");
});

test("a protocol is the same whatever came of it, times and problems apart", () => {
  const steps = (models: readonly DocumentModel[]) =>
    of(models, "OQ-PRO").blocks.filter(({ kind }) => kind === "record");
  expect(steps(failed)).toEqual(steps(passed));
});

test("a protocol says that Part 11 requires validation and does not name IQ, OQ or PQ", () => {
  expect(text(of(passed, "IQ-PRO"))).toContain("does not name installation, operational or performance qualification");
});

test("every planned step stands in its report, with its result", () => {
  for (const { id } of OQ.steps) expect(record(of(passed, "OQ-REP"), id).result).toBeDefined();
  expect(record(of(failed, "OQ-REP"), "OQ-SHORTEN").result).toBe("FAIL");
  expect(record(of(failed, "OQ-REP"), "OQ-OVERWRITE").result).toBe("NO RESULT");
});

test("a step that failed and one without a result are deviations, and the identity does not hold", () => {
  const report = text(of(failed, "OQ-REP"));
  expect(report).toContain("Performed with 2 deviations");
  expect(report).toContain("it does not hold, a planned step has no result");
  expect(text(of(passed, "OQ-REP"))).not.toContain("it does not hold");
});

test("no summary of an emulator run or of a failed one speaks for a release", () => {
  for (const models of [passed, failed]) expect(text(of(models, "SUM"))).toContain("may not be released on it");
});

test("what a run on AWS leaves open is no approval: executed, never final", () => {
  const target = { name: "emulator", kind: "aws" } as const;
  const vary = { approved: true, commitments: { ...COMMITMENTS, target } };
  const onAws = sampleDocuments(path.join(temporary.path, "aws"), vary);
  const executed = onAws
    .filter(({ head }) => head.status === "EXECUTED")
    .map(({ head }) => head.id.split("-sample")[0]);
  expect(executed).toEqual(["IQ-REP", "OQ-REP", "RTM", "DEV"]);
  const others = onAws.filter(({ head }) => !["EXECUTED", "DRAFT"].includes(head.status));
  expect(others.map(({ head }) => `${head.id} ${head.status}`)).toEqual([
    "IQ-PRO-sample-run APPROVED",
    "OQ-PRO-sample-run APPROVED",
  ]);
  expect(onAws.every(({ head }) => head.stamp === undefined)).toBe(true);
});

test("a page has every planned step of its protocol", () => {
  const page = renderHtml(of(passed, "IQ-PRO"));
  for (const { id } of IQ.steps) expect(page).toContain(`<code>${id}</code>`);
});

test("specification and matrix have a record for each requirement, those that nothing shows included", () => {
  const ids = loadRequirements().map(({ id }) => id);
  for (const code of ["URS", "RTM"]) {
    const records = of(passed, code).blocks.flatMap((block) => (block.kind === "record" ? [block.id] : []));
    expect(records).toEqual(ids);
  }
  expect(record(of(passed, "RTM"), "URS-027").result).toBe("NOT IMPLEMENTED");
});

test("the matrix names what keeps a report from being final, and each step once", () => {
  expect(text(of(passed, "RTM"))).toContain("DEVELOPMENT_EVIDENCE");
  expect(text(of(failed, "RTM"))).toContain("DEVIATION_OPEN");
  const [table] = of(passed, "RTM").blocks.flatMap((block) =>
    block.kind === "table" && block.columns[0]!.title === "Steps" ? [block] : [],
  );
  const named = table!.rows.flatMap(([steps]) => String(steps).split(", "));
  expect(new Set(named).size).toBe(named.length);
  expect(named.length).toBeGreaterThan(0);
});

test("the deviation log has each deviation with what was expected and seen, and says that nobody dealt with it", () => {
  const log = of(failed, "DEV");
  const opened = log.blocks.flatMap((block) => (block.kind === "record" ? [block] : []));
  expect(opened.length).toBeGreaterThanOrEqual(2);
  const shortened = opened.find(({ id }) => id.includes("OQ-SHORTEN"))!;
  const fact = (name: string) => shortened.items.find((item) => item.name === name)?.value;
  expect(fact("Disposition")).toBe("none: nobody has dealt with it");
  expect(fact("State")).toEqual({ result: "OPEN" });
  expect(fact("Expected")).toBeTruthy();
  expect(text(of(passed, "DEV"))).toContain("No deviation was opened.");
});
