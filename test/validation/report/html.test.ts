// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import * as path from "node:path";
import fc from "fast-check";
import {
  entriesOf,
  type JournalEntry,
  type RunRecord,
  readJournal,
  summarize,
  totalsOf,
  totalsProblems,
} from "../../../validation/evidence";
import { evidenceRefsOf } from "../../../validation/evidence/entries";
import { renderReport } from "../../../validation/report";
import { drawn } from "../../drawn";
import { COMMITMENTS, IQ, OQ, sampleRun } from "../evidence/sample-run";
import { temporaryFolder } from "../evidence/temporary-folder";

const temporary = temporaryFolder();
afterAll(() => temporary.remove());

function recordOf(name: string, vary: Parameters<typeof sampleRun>[1]): RunRecord {
  const folder = path.join(temporary.path, name);
  sampleRun(folder, vary);
  const entries = readJournal(path.join(folder, "journal.jsonl"));
  return { protocols: [IQ, OQ], entries, commitments: COMMITMENTS, summary: summarize([IQ, OQ], entries, COMMITMENTS) };
}

const complete = recordOf("complete", {});
const failed = recordOf("failed", {
  result: (r) => {
    if (r.step === "OQ-SHORTEN")
      return { ...r, result: "FAIL", reason: "the retention was shortened", actual: "200 OK" };
    return r.step === "OQ-OVERWRITE" ? undefined : r;
  },
});

const section = (page: string, id: string) => page.slice(page.indexOf(`<section id="${id}">`)).split("</section>")[0]!;
const tags = (page: string) => (page.match(/<[^>]*>/g) ?? []).map((tag) => tag.replace(/"[^"]*"/g, '""'));

/** The record with every free text replaced; ids, results, kinds, times and digests stay. */
function withTexts(record: RunRecord, text: string): RunRecord {
  const FREE = new Set([
    "title",
    "actual",
    "reason",
    "action",
    "expected",
    "acceptance",
    "twin",
    "mutant",
    "principal",
    "layer",
    "system",
    "source",
    "version",
    "name",
    "address",
    "attribute",
    "what",
    "where",
    "conclusion",
    "environment",
    "account",
    "message",
    "control",
    "property",
  ]);
  const change = (value: unknown, key: string): unknown => {
    if (typeof value === "string") return FREE.has(key) ? text : value;
    if (Array.isArray(value)) return value.map((item) => change(item, key));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, change(v, k)]));
  };
  return change(record, "") as RunRecord;
}

describe.each([
  ["a complete run", complete],
  ["a failed run", failed],
])("the report of %s", (_name, record) => {
  const page = renderReport(record);

  it("holds no script and no handler", () => {
    expect(page).not.toMatch(/<script|javascript:|<[^>]*\son[a-z]+\s*=/i);
  });

  it("loads nothing", () => {
    expect(page).not.toMatch(
      /<(?:link|img|iframe|object|embed|base|form|audio|video|source|svg)\b|\b(?:src|srcset|action|ping)\s*=|url\(|@import/i,
    );
  });

  it("links to its own sections and to files of its bundle, and nowhere else", () => {
    const files = new Set(record.entries.flatMap(evidenceRefsOf).map((ref) => ref.path));
    const links = [...page.matchAll(/\bhref\s*=\s*"?([^">]*)/g)].map(([, to]) => to!);
    const ids = new Set([...page.matchAll(/\bid="([^"]*)"/g)].map(([, id]) => `#${id}`));
    expect(links.filter((to) => !ids.has(to) && !files.has(to))).toEqual([]);
    expect(links).toContain("transcripts/preflight.json");
    expect(page).not.toMatch(/<(?!a\b)[a-z]+\b[^>]*\shref/);
  });

  it("forbids every load, its own style sheet apart, by digest", () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1];
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)![1]!;
    const digest = createHash("sha256").update(style).digest("base64");
    expect(policy).toBe(`default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`);
  });

  it("has the totals of the summary", () => {
    expect(totalsProblems(page, record.summary)).toEqual([]);
  });

  it("is the same text each time", () => {
    expect(renderReport(structuredClone(record))).toBe(page);
  });

  it("closes every tag it opens, in order", () => {
    const open: string[] = [];
    for (const tag of tags(page)) {
      const name = /^<\/?([a-z0-9]+)/.exec(tag)?.[1];
      if (!name || ["meta", "br"].includes(name)) continue;
      if (tag.startsWith("</")) expect(open.pop()).toBe(name);
      else open.push(name);
    }
    expect(open).toEqual([]);
  });

  it("names every step", () => {
    const missing = [...IQ.steps, ...OQ.steps].filter(({ id }) => !page.includes(id));
    expect(missing).toEqual([]);
  });

  it("says that it is development evidence and that the seal is no signature of a person", () => {
    expect(page).toContain("Development evidence, not qualification");
    expect(page).toContain("not a 21 CFR 11.50 signature");
    expect(page).not.toMatch(/fit for (?:intended )?use/i);
  });
});

describe("the sections of a report", () => {
  it("list what failed and what has no result as deviations", () => {
    const deviations = section(renderReport(failed), "deviations");
    expect(["OQ-SHORTEN", "OQ-OVERWRITE", "OQ-DELETE-LOCKED"].map((id) => deviations.includes(id))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it("list what was not run with its reason", () => {
    const notRun = section(renderReport(complete), "not-run");
    for (const { reason } of [...COMMITMENTS.notRun, ...COMMITMENTS.notAvailable]) expect(notRun).toContain(reason);
  });

  it("say that no step departed, and link to what was known to depart", () => {
    const deviations = section(renderReport(complete), "deviations");
    expect(deviations).toContain("No step departed from its protocol.");
    for (const id of ["plans", "not-run"]) expect(deviations).toContain(`href="#${id}"`);
    expect(deviations).toContain("1, committed by the target profile with the reason: 1");
    expect(section(renderReport(failed), "deviations")).not.toContain("No step departed");
  });

  it("tell a finding that a control made twice from two findings", () => {
    const twice = (entry: JournalEntry): JournalEntry =>
      entry.type === "gate-decided"
        ? { ...entry, body: { ...entry.body, findings: [...entry.body.findings, ...entry.body.findings] } }
        : entry;
    const page = renderReport({ ...complete, entries: complete.entries.map(twice) });
    expect(section(page, "deviations")).toContain(
      "2 (1 different), committed by the target profile with the reason: 1",
    );
  });

  it("name uncommitted sources in the banner and among the departures, and no committed ones", () => {
    const dirty = { ...complete, summary: { ...complete.summary, source: { commit: "0".repeat(40), dirty: true } } };
    const said = "made from uncommitted sources; cannot be tied to a version";
    const page = renderReport(dirty);
    expect([page.split("</header>")[0]!.includes(said), section(page, "deviations").includes(said)]).toEqual([
      true,
      true,
    ]);
    expect(page).toContain("COMPLETE</span> development evidence complete for this target");
    expect(section(page, "deviations")).toContain('href="#target"');
    expect(renderReport(complete)).not.toContain("cannot be tied");
  });

  it("say beside the verdict that every step is to be repeated on AWS, and what the target cannot show", () => {
    const page = renderReport(complete);
    expect(section(page, "conclusion")).toContain(
      "Every step is to be repeated on AWS; 2 of them were not run here, each with its reason.",
    );
    expect(section(page, "cannot-show")).toContain("objects lie in memory");
  });

  it("tell rows with a value from rows that are absent", () => {
    expect(section(renderReport(complete), "conclusion")).toContain(
      "IQ rows passed: 4 with a value read back, 0 absent or at their default, as configured. Not available live: 1.",
    );
    const entries = structuredClone(complete.entries);
    const { rows } = entriesOf(entries, "step-finished")[0]!.body;
    for (const side of ["config", "plan", "state", "live"]) Object.assign(rows![0]!, { [side]: { kind: "not-set" } });
    expect(section(renderReport({ ...complete, entries }), "conclusion")).toContain(
      "3 with a value read back, 1 absent or at their default",
    );
  });

  it("say why a plan is meant to be refused by the gate, and of no other plan", () => {
    const plans = section(renderReport(complete), "plans");
    expect(plans.match(/intended: 1 committed/g)).toHaveLength(1);
    expect(plans).toContain("the lock alone must refuse there");
  });

  it.each<[string, string, object?]>([
    ["ephemeral", "made for this run and is gone"],
    ["given", "given to the run by --key"],
    [
      "kms",
      "with the AWS KMS key arn:aws:kms:eu-west-1:111122223333:key/1;",
      { sealKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/1" },
    ],
  ])("say of a seal key that is %s where it comes from", (sealKey, said, more: object = {}) => {
    const entries = structuredClone(complete.entries);
    Object.assign(entriesOf(entries, "run-finished")[0]!.body, { sealKey, ...more });
    expect(section(renderReport({ ...complete, entries }), "basis")).toContain(said);
  });

  it("say what the record rests on and leaves out", () => {
    const basis = section(renderReport(complete), "basis");
    for (const said of ["not part of this bundle", "this machine", "did not all do so", "plan.bin", "facts.json"]) {
      expect(basis).toContain(said);
    }
  });

  it("keep the line breaks of what a step expects", () => {
    expect(renderReport(complete)).toMatch(/\.facts dd \{[^}]*white-space: pre-wrap/);
  });

  it("keep the name of the target in the foot of a printed page", () => {
    const target = { name: "emulator: x 1.0 + patches", kind: "emulator" } as const;
    expect(renderReport({ ...complete, summary: { ...complete.summary, target } })).toContain(
      '@bottom-left { content: "emulator: x 1.0 + patches, COMPLETE, PROVISIONAL: executed without the required approvals"',
    );
  });

  it("say when the counts do not add up", () => {
    expect(section(renderReport(failed), "conclusion")).toContain("it does not hold");
  });

  it("quote the hash of every protocol", () => {
    const protocols = section(renderReport(complete), "protocols");
    expect(protocols.match(/<code>[0-9a-f]{64}<\/code>/g)).toHaveLength(2);
  });

  it("show readings that agree once, and others apart", () => {
    const iq = section(renderReport(complete), "iq");
    expect(iq).toContain("config = plan = state = live");
    expect(iq).toContain("config = state = live");
  });

  it("drop the banner on AWS", () => {
    const target = { name: "aws", kind: "aws" } as const;
    expect(renderReport({ ...complete, summary: { ...complete.summary, target } })).not.toContain(
      "Development evidence",
    );
  });

  it("survive a record without any entry but its end", () => {
    const entries = complete.entries.slice(-1);
    const summary = summarize([], entries, COMMITMENTS);
    expect(
      totalsProblems(renderReport({ protocols: [], entries, commitments: COMMITMENTS, summary }), summary),
    ).toEqual([]);
  });
});

describe("text in a report", () => {
  it.each([
    ["markup", "<script>alert(1)</script>", "&lt;script&gt;"],
    ["an attribute's end", '"><b onload=x>', "&quot;&gt;&lt;b onload=x&gt;"],
    ["a bidirectional override", "a\u202eb", "a\\u{202e}b"],
    ["a terminal escape", "a\u001b[2Jb", "a\\u{1b}[2Jb"],
    ["a zero-width space", "a\u200bb", "a\\u{200b}b"],
  ])("cannot act as %s", (_name, text, shown) => {
    expect(renderReport(withTexts(complete, text))).toContain(shown);
  });

  it(`never changes the structure of the page`, () => {
    const skeleton = tags(renderReport(withTexts(failed, "text")));
    const hostile = fc.constantFrom(
      "</style><script>",
      "</data>",
      "<!--",
      "]]>",
      "&lt;",
      "'\"`=",
      "\u202e",
      "\u0000",
      "</section>",
      "\r\n",
      "\u2028",
      "{{x}}",
      "$" + "{x}",
      '<data class="total" id="total-passed" value="9">9</data>',
    );
    const text = fc
      .array(fc.oneof(hostile, fc.string({ unit: "binary", minLength: 1, maxLength: 8 })), {
        minLength: 1,
        maxLength: 4,
      })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, (drawn) => {
        const record = withTexts(failed, drawn);
        const page = renderReport(record);
        expect(tags(page)).toEqual(skeleton);
        expect(page).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/);
        expect(totalsProblems(page, record.summary)).toEqual([]);
      }),
      drawn("report pages", 200, 2000),
    );
  });
});

describe("totals", () => {
  it.each([...totalsOf(complete.summary).keys()])("notice a change of %s", (name) => {
    const page = renderReport(complete);
    const altered = page.replace(new RegExp(`(id="total-${name.replace(".", "\\.")}" value=")[^"]*`), "$1x");
    expect(totalsProblems(altered, complete.summary)).toHaveLength(1);
  });
});

test("no verdict of the gate stands without the controls that decided nothing", () => {
  const page = renderReport(complete);
  expect(section(page, "plans").match(/, 1 pending/g)).toHaveLength(COMMITMENTS.plans.length);
  expect(section(page, "plans")).toContain("comes with a later release");
  expect(section(page, "deviations")).toContain("P11-10f-01");
});
