// SPDX-License-Identifier: Apache-2.0
// Each test is one tampering with the approvals of a protocol; its name says what was done.
import {
  type Approval,
  type ApprovalFiles,
  type ApprovalRefusal,
  type ExternalSystem,
  isOf,
  judgeApprovals,
  parseAllowedSigners,
  ROLES,
  readApproval,
  type Statement,
} from "../../../validation/approvals";
import { signStatement } from "../../../validation/approvals/sign";
import { canonicalJson, sha256Hex } from "../../../validation/json";
import { DOCUMENT, keyOf, LIST, lineOf, PEOPLE, recordOf, scanned, statementOf } from "./people";

const signers = parseAllowedSigners(Buffer.from(LIST), "allowed_signers");
const trust = { signers };
const honest = ROLES.map((role) => recordOf(statementOf(role)));
const until = Date.parse("2026-11-21T00:00:00Z");
const replaced = (record: ApprovalFiles) => honest.map((one) => (one.name === record.name ? record : one));

/** Every fault of these records, whether a record falls by itself or with the others. */
function faults(records: readonly ApprovalFiles[], executors: readonly string[] = ["ci-runner"], known = trust) {
  const approvals: Approval[] = [];
  const found: string[] = [];
  for (const record of records) {
    try {
      approvals.push(readApproval(record, known));
    } catch (error) {
      found.push((error as ApprovalRefusal).fault);
    }
  }
  const own = approvals.filter((approval) => isOf(approval, DOCUMENT));
  return [...found, ...judgeApprovals(own, { document: DOCUMENT, until, executors }).map(({ fault }) => fault)];
}

test("author, reviewer, system owner and quality, each with their own key, approve a protocol", () => {
  expect(faults(honest)).toEqual([]);
});

test("a record is never called a signature of Part 11", () => {
  expect(readApproval(honest[0]!, trust).made).toMatch(/^approval record by own key .*, not a Part 11 signature$/);
});

test.each(ROLES)("without %s a protocol is not approved", (role) => {
  expect(faults(honest.filter(({ name }) => name !== `IQ-${role}.json`))).toEqual(["MISSING"]);
});

test.each([
  ["sha256", sha256Hex("another protocol")],
  ["version", "2"],
  ["issuedAt", "2026-11-20T07:00:00Z"],
])("an approval of a document with another %s is one of another document", (member, value) => {
  const document = { ...DOCUMENT, [member]: value };
  expect(faults(replaced(recordOf(statementOf("quality", { document }))))).toEqual(["OTHER_DOCUMENT"]);
});

test("an approval of another protocol counts for that one alone", () => {
  const document = { ...DOCUMENT, id: "oq" };
  expect(faults([...honest.slice(0, 3), recordOf(statementOf("quality", { document }))])).toEqual(["MISSING"]);
});

test("a key that is not listed approves nothing", () => {
  const stranger = { login: "a.stranger", printedName: "Quentin Quality", may: [] };
  expect(faults(replaced(recordOf(statementOf("quality"), stranger)))).toEqual(["KEY_UNLISTED", "MISSING"]);
});

test.each([
  ["ended before", ',valid-before="20261120Z"'],
  ["began after", ',valid-after="20261121Z"'],
])("a key whose time %s the approval approves nothing", (_, option) => {
  const list = parseAllowedSigners(
    Buffer.from(LIST.replace(lineOf(PEOPLE.quality), lineOf(PEOPLE.quality, option))),
    "",
  );
  expect(faults(honest, [], { signers: list })).toEqual(["KEY_EXPIRED", "MISSING"]);
});

test("a reviewer's key does not approve for quality", () => {
  const { login: person, printedName } = PEOPLE.reviewer;
  const statement = statementOf("quality", { person, printedName });
  expect(faults(replaced(recordOf(statement, PEOPLE.reviewer)))).toEqual(["ROLE_UNLISTED", "MISSING"]);
});

test("a signature made for one role counts for no other", () => {
  const asReviewer = recordOf(statementOf("reviewer"));
  const moved = { ...recordOf(statementOf("quality")), signature: asReviewer.signature };
  expect(faults(replaced(moved))).toEqual(["SIGNATURE_BROKEN", "MISSING"]);
});

test.each([
  ["printed name", { printedName: "Quentin Quantity" }],
  ["person", { person: "someone.else" }],
])("an own key does not sign under another %s", (_, more) => {
  expect(faults(replaced(recordOf(statementOf("quality", more))))).toEqual(["NAME_DIFFERS", "MISSING"]);
});

test.each(["rejection", "review"])("a meaning edited to %s breaks record or signature", (meaning) => {
  const record = recordOf(statementOf("quality"));
  const edited = Buffer.from(record.statement.toString().replace('"meaning":"approval"', `"meaning":"${meaning}"`));
  const [first] = faults(replaced({ ...record, statement: edited }));
  expect(["MALFORMED", "MEANING_FOREIGN", "SIGNATURE_BROKEN"]).toContain(first);
});

test("a time edited afterwards breaks the signature", () => {
  const record = recordOf(statementOf("quality"));
  const edited = Buffer.from(record.statement.toString().replace("T10:15:00+01:00", "T10:14:00+01:00"));
  expect(faults(replaced({ ...record, statement: edited }))).toEqual(["SIGNATURE_BROKEN", "MISSING"]);
});

test("a rejection is no approval, and its reason is shown", () => {
  const reason = "step IQ-004 expects what the specification excludes";
  const rejected = readApproval(recordOf(statementOf("quality", { meaning: "rejection", reason })), trust);
  const found = judgeApprovals([rejected], { document: DOCUMENT, until, executors: [] });
  expect(found.map(({ fault }) => fault)).toEqual(["REJECTED", ...ROLES.map(() => "MISSING")]);
  expect(found[0]!.what).toContain(reason);
});

test("an approval beside a rejection of the same role does not outvote it", () => {
  const rejection = recordOf(
    statementOf("quality", { meaning: "rejection", reason: "the acceptance criteria are not complete" }),
  );
  expect(faults([...honest, { ...rejection, name: "IQ-quality-2.json" }])).toEqual(["REJECTED", "DUPLICATE"]);
});

test.each([
  ["no reason", { meaning: "rejection" }],
  ["a reason beside an approval", { reason: "a reason that nobody asked for here" }],
] as const)("a statement with %s is refused", (_, more) => {
  expect(faults(replaced(recordOf(statementOf("quality", more as Partial<Statement>))))).toContain("MALFORMED");
});

test("the same record twice is a duplicate", () => {
  expect(faults([...honest, { ...honest[3]!, name: "copy.json" }])).toEqual(["DUPLICATE"]);
});

test("an author with a second key does not approve their own work", () => {
  const second = { login: "author.anna", printedName: "Anna Author-Lee", may: ["quality"] } as const;
  const known = { signers: parseAllowedSigners(Buffer.from(LIST + lineOf(second)), "") };
  const { login: person, printedName } = second;
  const own = recordOf(statementOf("quality", { person, printedName }), second);
  expect(faults(replaced(own), [], known)).toEqual(["SAME_PERSON"]);
});

test.each([
  ["before the document was issued", "2026-11-20T08:59:59+01:00", "BEFORE_DOCUMENT"],
  ["after the execution began", "2026-11-21T01:00:01+01:00", "TOO_LATE"],
])("an approval %s does not count", (_, signedAt, fault) => {
  expect(faults(replaced(recordOf(statementOf("quality", { signedAt }))))).toEqual([fault]);
});

test.each(["2026-02-30T10:00:00+01:00", "2026-11-20T25:00:00+01:00", "2026-11-20T10:00:00Z", "2026-11-20"])(
  "%s is no time with an offset",
  (signedAt) => {
    expect(faults(replaced(recordOf(statementOf("quality", { signedAt }))))).toEqual(["MALFORMED", "MISSING"]);
  },
);

test("whoever executes does not review, under whichever of their logins", () => {
  const list = LIST.replace("ravi.reviewer ", "ravi.reviewer,RaviR ");
  const known = { signers: parseAllowedSigners(Buffer.from(list), "") };
  expect(faults(honest, ["ravir"], known)).toEqual(["EXECUTOR_REVIEWS"]);
  expect(faults(honest, ["anna.author"], known)).toEqual([]);
});

test.each([
  ["another spelling", (text: string) => `${text}\n`],
  ["a key twice", (text: string) => text.replace("{", '{"role":"quality",')],
  ["a member that nobody knows", (text: string) => text.replace("{", '{"extra":1,')],
  ["another nature", (text: string) => text.replace("not a 21 CFR", "a 21 CFR")],
])("a statement in %s is refused", (_, edit) => {
  const record = recordOf(statementOf("quality"));
  const statement = Buffer.from(edit(record.statement.toString()));
  expect(faults(replaced({ ...record, statement }))).toEqual(["MALFORMED", "MISSING"]);
});

describe("a page signed by hand", () => {
  const page = Buffer.from("%PDF-1.4 a scanned page");
  const onPaper = (statement: Statement, attached: Buffer | undefined = page): ApprovalFiles => ({
    ...recordOf(statement, PEOPLE.quality),
    ...comparisonOf(statement),
    ...(attached ? { attached } : {}),
  });
  const comparisonOf = (statement: Statement) => ({
    signature: Buffer.from(signStatement(statement, "comparison", keyOf(PEOPLE.quality))),
  });

  test("counts when somebody else compared it and signed that", () => {
    expect(faults(replaced(onPaper(scanned(page))))).toEqual([]);
  });

  test("another page than the one compared does not count", () => {
    expect(faults(replaced(onPaper(scanned(page), Buffer.from("another page"))))).toEqual([
      "ATTACHMENT_DIFFERS",
      "MISSING",
    ]);
  });

  test("a page that nobody compared is refused", () => {
    const { comparison: _, ...statement } = scanned(page);
    expect(faults(replaced(onPaper(statement)))).toEqual(["MALFORMED", "MISSING"]);
  });

  test("nobody compares a page of their own", () => {
    const { login: person, printedName } = PEOPLE.quality;
    expect(faults(replaced(onPaper(scanned(page, { person, printedName }))))).toEqual([
      "COMPARED_BY_SIGNER",
      "MISSING",
    ]);
  });

  test("nobody compares a page of their own under another spelling of their name", () => {
    const other = { person: "Quentin.Quality", printedName: "Quality Quentin" };
    expect(faults(replaced(onPaper(scanned(page, other))))).toEqual(["COMPARED_BY_SIGNER", "MISSING"]);
  });

  test("whoever executes does not review by hand, under whichever of their logins", () => {
    const list = LIST.replace("ravi.reviewer ", "ravi.reviewer,rr42 ");
    const known = { signers: parseAllowedSigners(Buffer.from(list), "") };
    const { login: person, printedName } = PEOPLE.reviewer;
    const review = scanned(page, { role: "reviewer", meaning: "review", person, printedName });
    expect(faults(replaced(onPaper(review)), ["RR42"], known)).toEqual(["EXECUTOR_REVIEWS"]);
  });

  test("a comparison signed for another purpose is none", () => {
    const statement = scanned(page);
    expect(faults(replaced({ ...recordOf(statement, PEOPLE.quality), attached: page }))).toEqual([
      "ROLE_UNLISTED",
      "MISSING",
    ]);
  });
});

describe("a signature in another system", () => {
  const held = { ...statementOf("quality"), envelope: "ENV-1", documentSha256: DOCUMENT.sha256 };
  const exported = Buffer.from(canonicalJson([held]));
  const statement = statementOf("quality", {
    kind: "external",
    system: { name: "Signer", envelope: "ENV-1" },
    attached: { sha256: sha256Hex(exported), size: exported.length },
  });
  const record = { name: "IQ-quality.json", statement: Buffer.from(canonicalJson(statement)), attached: exported };
  const system: ExternalSystem = { name: "Signer", read: (bytes) => JSON.parse(bytes.toString()) };
  const known = (read: ExternalSystem["read"]) => ({ signers, systems: [{ ...system, read }] });

  test("counts when the system's own record says the same", () => {
    expect(faults(replaced(record), [], known(system.read))).toEqual([]);
  });

  test("counts for nothing where nobody can read the system's record", () => {
    expect(faults(replaced(record))).toEqual(["SYSTEM_UNKNOWN", "MISSING"]);
  });

  test.each(["envelope", "documentSha256", "person", "printedName", "meaning", "signedAt"])(
    "another %s in the system's record does not count",
    (member) => {
      const other = known((bytes) => [{ ...JSON.parse(bytes.toString())[0], [member]: "another" }]);
      expect(faults(replaced(record), [], other)).toEqual(["SYSTEM_DIFFERS", "MISSING"]);
    },
  );

  test("a record that the system does not take for its own does not count", () => {
    const refusing = known(() => {
      throw new Error("not sealed by this system");
    });
    expect(faults(replaced(record), [], refusing)).toEqual(["SYSTEM_DIFFERS", "MISSING"]);
  });
});
