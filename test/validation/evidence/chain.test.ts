// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { chain } from "../../../validation/cli/chain";
import {
  type ChainLink,
  chainProblems,
  ephemeralSealKey,
  linkOf,
  publicKeyPem,
  verifyChain,
} from "../../../validation/evidence";
import { sha256Hex } from "../../../validation/json";
import { sampleRun } from "./sample-run";
import { temporaryFolder } from "./temporary-folder";

describe("a chain of 1,000 bundles", () => {
  const links: readonly ChainLink[] = Array.from({ length: 1000 }, (_, at) => linkNumber(at + 1));
  const last = links.at(-1)!.manifestSha256;
  const at = (index: number, change: (link: ChainLink) => Partial<ChainLink>) =>
    links.map((link, i) => (i === index ? { ...link, ...change(link) } : link));

  test("is whole, in whatever order the bundles are met", () => {
    expect(chainProblems(links, last)).toEqual([]);
    expect(chainProblems([...links].reverse(), last)).toEqual([]);
  });

  /** Each place of the chain from `first` on, spoilt. */
  const faults: Readonly<Record<string, { first: number; fault: (index: number) => readonly ChainLink[] }>> = {
    "without one of them": { first: 0, fault: (index) => links.filter((_, i) => i !== index) },
    "cut off before one of them": { first: 0, fault: (index) => links.slice(0, index) },
    "begun at another one of them": { first: 1, fault: (index) => links.slice(index) },
    "with other bytes of one of them": {
      first: 0,
      fault: (i) => at(i, () => ({ manifestSha256: sha256Hex("other") })),
    },
    "with one of them twice": { first: 0, fault: (index) => [...links, links[index]!] },
    "that forks behind one of them": {
      first: 0,
      fault: (index) => [...links, { ...linkNumber(index + 2), run: "fork" }],
    },
    "with a second first one": { first: 1, fault: (index) => at(index, () => ({ after: undefined })) },
    "with one of them begun before the one before was over": {
      first: 1,
      fault: (index) => at(index, () => ({ startedAt: "2020" })),
    },
    "with one of them of another system": { first: 0, fault: (index) => at(index, () => ({ system: "another" })) },
    "with another number of one of them": {
      first: 1,
      fault: (i) => at(i, ({ after }) => ({ after: { ...after!, sequence: after!.sequence + 1 } })),
    },
  };

  test.each(Object.entries(faults))("%s is broken, wherever it is", (_, { first, fault }) => {
    const places = links.map((_link, index) => index).filter((index) => index >= first);
    expect(places.filter((index) => chainProblems(fault(index), last).length === 0)).toEqual([]);
  });

  test("is whole though cut off, for who does not know its last one", () => {
    expect(chainProblems(links.slice(0, 10))).toEqual([]);
  });
});

describe("a folder of bundles", () => {
  const temporary = temporaryFolder();
  const key = ephemeralSealKey();
  const folder = path.join(temporary.path, "chain");
  let last = "";

  beforeAll(() => {
    for (const number of [1, 2, 3]) {
      const before = number === 1 ? undefined : linkOf(path.join(folder, `run-${number - 1}`));
      sampleRun(path.join(folder, `run-${number}`), {
        key,
        run: `run-${number}`,
        hoursLater: number,
        ...(before && { after: { sequence: number, run: before.run, manifestSha256: before.manifestSha256 } }),
      });
    }
    last = linkOf(path.join(folder, "run-3")).manifestSha256;
    fs.writeFileSync(path.join(temporary.path, "key.pem"), publicKeyPem(key.publicKey));
  });
  afterAll(() => temporary.remove());

  /** The folder, changed. */
  function copy(change: (at: (name: string) => string) => void): string {
    const other = fs.mkdtempSync(path.join(temporary.path, "copy-"));
    fs.cpSync(folder, other, { recursive: true });
    change((name) => path.join(other, name));
    return other;
  }

  async function part11(...argv: string[]) {
    let stdout = "";
    const write = (text: string) => {
      stdout += text;
    };
    const exit = await chain(argv, { stdout: { write }, stderr: { write }, env: {}, cwd: temporary.path });
    return { exit, stdout };
  }

  test("is a whole chain under the signer's key and up to the last bundle that somebody kept", async () => {
    const { exit, stdout } = await part11("chain", "--key", "key.pem", "--last", last);
    expect({ exit, lines: stdout.split("\n").slice(0, 2) }).toEqual({
      exit: 0,
      lines: [
        "chain: 3 bundles, each intact and behind the one before",
        `last run-3, number 3, SHA-256 of its manifest.json ${last}`,
      ],
    });
  });

  test.each([
    ["signer", () => ["--last", last]],
    ["end", () => ["--key", "key.pem"]],
  ])("is not pinned without the %s", async (missing, options) => {
    const { exit, stdout } = await part11("chain", ...options());
    expect({ exit, said: stdout.includes(`${missing} not pinned`) }).toEqual({ exit: 3, said: true });
  });

  test.each<readonly [string, (at: (name: string) => string) => void]>([
    ["a bundle is altered", (at) => fs.appendFileSync(path.join(at("run-2"), "report.html"), " ")],
    ["a bundle is missing", (at) => fs.rmSync(at("run-2"), { recursive: true })],
    ["the last bundle is missing", (at) => fs.rmSync(at("run-3"), { recursive: true })],
    ["a bundle is there twice", (at) => fs.cpSync(at("run-2"), at("run-2b"), { recursive: true })],
    ["something else is there", (at) => fs.writeFileSync(at("notes.txt"), "x")],
    ["a bundle is sealed by somebody else", (at) => void sampleRun(at("run-4"), { run: "run-4", hoursLater: 4 })],
  ])("is refused when %s", (_, change) => {
    const { exit, last: end } = verifyChain(copy(change), { signer: key.publicKey, last });
    expect({ exit, end }).toEqual({ exit: 1, end: undefined });
  });

  test("names what is wrong by bundle", async () => {
    const without = copy((at) => fs.rmSync(at("run-2"), { recursive: true }));
    expect((await part11(without)).stdout).toContain("CHAIN_BROKEN run-3: follows run-2, which is not there");
  });

  test("that is not there cannot be verified", async () => {
    expect((await part11("absent")).exit).toBe(2);
  });

  test("cannot end with what is no SHA-256", async () => {
    await expect(part11("chain", "--last", "x")).rejects.toMatchObject({ code: "USAGE" });
  });
});

function linkNumber(number: number): ChainLink {
  const time = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
  const [startedAt, finishedAt] = [time(2 * number), time(2 * number + 1)];
  const named = (n: number) => ({ run: `run-${n}`, manifestSha256: sha256Hex(`manifest ${n}`) });
  const after = number === 1 ? undefined : { sequence: number, ...named(number - 1) };
  return { ...named(number), system: "zone", startedAt, finishedAt, ...(after && { after }) };
}
