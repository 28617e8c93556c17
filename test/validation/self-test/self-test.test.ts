// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { main } from "../../../validation/cli";
import { selfTest as verb } from "../../../validation/cli/self-test";
import { assertSchema } from "../../../validation/json";
import { CASES, recordText, type SelfTestRecord, selfTest } from "../../../validation/self-test";
import { BLIND } from "./blind";

const ofArea = (area: string) => CASES.filter(({ id }) => id.startsWith(`${area}.`));
const temporaryFolders = () => fs.readdirSync(os.tmpdir()).filter((name) => name.startsWith("part11-self-test-"));

let record: SelfTestRecord;
let left: string[];
beforeAll(async () => {
  const before = temporaryFolders();
  record = await selfTest();
  left = temporaryFolders().filter((name) => !before.includes(name));
});

describe("the self-test", () => {
  it("finds every case as expected in this package", () => {
    expect(record.cases.filter(({ asExpected }) => !asExpected)).toEqual([]);
    expect(record.verdict).toBe("pass");
  });

  it("seeds at least forty faults, and no case twice", () => {
    const ids = CASES.map(({ id }) => id);
    expect(record.totals.faults).toBeGreaterThanOrEqual(40);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("tries an input in order in every area, or a harness that refuses everything would pass", () => {
    const areas = [...new Set(CASES.map(({ id }) => id.split(".", 1)[0]!))];
    expect(areas.filter((area) => !ofArea(area).some(({ kind }) => kind === "good"))).toEqual([]);
  });

  it("names tool, policies and Node with their digests, in a record of its schema", () => {
    expect(() => assertSchema("self-test", record, "record")).not.toThrow();
    const named = record.tools.map(({ name, sha256 }) => [name.split(" ", 1)[0], sha256 !== null]);
    expect(named.slice(0, 5)).toEqual([
      ["cdktf-part11", true],
      ["part11.wasm", true],
      ["part11.json", true],
      ["opa", false],
      ["node", false],
    ]);
  });

  it("leaves nothing in the folder for temporary files", () => {
    expect(left).toEqual([]);
  });

  it.each(BLIND)("fails with a harness whose %s notices nothing: %s is missed", async (_port, fault, harness) => {
    const blind = await selfTest(
      harness,
      CASES.filter(({ id }) => id === fault),
    );
    expect(blind.verdict).toBe("fail");
    expect(blind.cases).toMatchObject([{ id: fault, kind: "fault", asExpected: false }]);
  });

  it("fails without cases: nothing was tried", async () => {
    expect((await selfTest(undefined, [])).verdict).toBe("fail");
  });

  it("takes an error without a code for no answer at all", async () => {
    const run = () => {
      throw new Error("CLOCK_WENT_BACK");
    };
    const [broken] = (await selfTest(undefined, [{ ...CASES[0]!, expected: "CLOCK_WENT_BACK", run }])).cases;
    expect(broken).toMatchObject({ got: ["broke off: CLOCK_WENT_BACK"], asExpected: false });
  });
});

describe("part11 self-test", () => {
  const failed = (): SelfTestRecord => ({
    ...record,
    verdict: "fail",
    cases: [{ id: "a.b", kind: "fault", title: "a fault", expected: "noticed", got: ["fine"], asExpected: false }],
  });

  async function told(argv: string[], of: () => SelfTestRecord): Promise<{ exit: number; stdout: string }> {
    let stdout = "";
    const io = { stdout: { write: (text: string) => (stdout += text) }, stderr: { write: () => true }, env: {} };
    const exit = await verb(argv, { ...io, cwd: os.tmpdir() }, async () => of());
    return { exit, stdout };
  }

  it("is a verb of part11", async () => {
    const io = { stdout: { write: () => true }, stderr: { write: () => true }, env: {}, cwd: os.tmpdir() };
    expect(await main(["self-test", "--help"], io)).toBe(0);
  });

  it("exits 0 when every case is as expected, 1 when one is not", async () => {
    const exits = [await told([], () => record), await told([], failed)].map(({ exit }) => exit);
    expect(exits).toEqual([0, 1]);
  });

  it("names what was missed, with what was expected and got", () => {
    expect(recordText(failed())).toContain(
      ["MISS a.b  (fault) a fault", "     expected noticed", "     got      fine"].join("\n"),
    );
  });

  it("prints and writes the record as JSON", async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
    try {
      const file = path.join(folder, "record.json");
      const { stdout } = await told(["--format", "json", "--out", file], () => record);
      expect(JSON.parse(stdout)).toEqual(record);
      expect(fs.readFileSync(file, "utf8")).toBe(stdout);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
});
