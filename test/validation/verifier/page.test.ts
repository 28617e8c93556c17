// SPDX-License-Identifier: Apache-2.0
import { createHash, generateKeyPairSync } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { ephemeralSealKey, keyId, type SealKey, type Verification, verifyBundle } from "../../../validation/evidence";
import { timeStampRequest } from "../../../validation/time-stamp/request";
import { page, pageScript } from "../../../validation/verifier/build-page";
import { sampleRun } from "../evidence/sample-run";
import { tamper } from "../evidence/tampering";
import { temporaryFolder } from "../evidence/temporary-folder";
import { VECTORS } from "../evidence/vectors";
import { Authority } from "../time-stamp/authority";

/** A browser follows links and leaves out empty folders: the page says so, and `part11 verify` refuses them. */
const UNSEEN = ["extra-empty-folder", "symlink-to-a-copy", "symlinked-folder", "symlinked-manifest"];

interface Page {
  verdictOf(chosen: ReadonlyArray<{ path: string; bytes: Uint8Array }>, keyId?: string): Verification;
}

const temporary = temporaryFolder();
const key = ephemeralSealKey();
const intact = path.join(temporary.path, "intact");
const approved = path.join(temporary.path, "approved");
let inPage: Page;

beforeAll(async () => {
  sampleRun(intact, { key });
  sampleRun(approved, { key, approved: true });
  inPage = withoutNode(await pageScript());
});
afterAll(() => temporary.remove());

/** The script as a browser has it: nothing of Node's own is within its reach. */
function withoutNode(script: string): Page {
  const hidden = ["require", "process", "Buffer", "module", "exports", "global", "document"];
  return new Function(...hidden, `${script}; return part11;`)();
}

function chosen(folder: string) {
  return (fs.readdirSync(folder, { recursive: true }) as string[])
    .filter((name) => fs.statSync(path.join(folder, name)).isFile())
    .map((name) => ({
      path: name.split(path.sep).join("/"),
      bytes: new Uint8Array(fs.readFileSync(path.join(folder, name))),
    }));
}

function sealedBy(name: string, sealKey: SealKey): string {
  const folder = path.join(temporary.path, name);
  sampleRun(folder, { key: sealKey });
  return folder;
}

describe("the page that verifies without a network", () => {
  it("gives an intact bundle the verdict of part11 verify, with and without the signer's key id", () => {
    const files = chosen(intact);
    expect(inPage.verdictOf(files)).toEqual(JSON.parse(JSON.stringify(verifyBundle(intact))));
    expect(inPage.verdictOf(files, keyId(key.publicKey))).toMatchObject({ exit: 0, problems: [] });
  });

  it("tells the time of a time stamp over the seal, and refuses one over something else", () => {
    const authority = new Authority(path.join(temporary.path, "authority"));
    const folder = sealedBy("stamped", key);
    const stamp = (over: Buffer) =>
      fs.writeFileSync(path.join(folder, "seal.tsr"), authority.answer(timeStampRequest(over)));
    stamp(fs.readFileSync(path.join(folder, "seal.json")));
    const told = inPage.verdictOf(chosen(folder));
    expect(told).toEqual(JSON.parse(JSON.stringify(verifyBundle(folder))));
    expect(told.timeStamp).toEqual({ time: expect.stringMatching(/Z$/), authority: null });
    stamp(Buffer.from("another seal"));
    expect(inPage.verdictOf(chosen(folder)).problems.map(({ code }) => code)).toEqual(["TIME_STAMP_BROKEN"]);
  });

  it("reads the approvals of people", () => {
    expect(inPage.verdictOf(chosen(approved), keyId(key.publicKey))).toMatchObject({ exit: 0, problems: [] });
  });

  it("takes a seal by an ECDSA P-256 key", () => {
    const ec = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
    const files = chosen(sealedBy("by-p256", ec));
    expect(inPage.verdictOf(files, keyId(ec.publicKey))).toMatchObject({ exit: 0, problems: [] });
    const seal = files.find((file) => file.path === "seal.json")!;
    const text = Buffer.from(seal.bytes).toString();
    const flipped = text.replace(/("sig":"[^"]{20})(.)/, (_, before, at) => `${before}${at === "A" ? "B" : "A"}`);
    const altered = files.map((file) => (file === seal ? { ...seal, bytes: Buffer.from(flipped) } : file));
    expect(inPage.verdictOf(altered).problems.map(({ code }) => code)).toContain("SEAL_BROKEN");
  });

  it("refuses an intact bundle of another signer than the named one", () => {
    const verdict = inPage.verdictOf(chosen(intact), keyId(ephemeralSealKey().publicKey));
    expect([verdict.exit, verdict.problems.map(({ code }) => code)]).toEqual([1, ["SIGNER_DIFFERS"]]);
  });

  it("finds no bundle in a folder without a manifest", () => {
    const files = chosen(intact).filter((file) => file.path !== "manifest.json");
    expect(inPage.verdictOf(files)).toMatchObject({ exit: 2, problems: [{ code: "NO_BUNDLE" }] });
  });

  it.each(VECTORS.filter(([name]) => !UNSEEN.includes(name)))(
    "says of %s what part11 verify says",
    (name, { of, tamper: acts }) => {
      const folder = path.join(temporary.path, `vector-${name}`);
      fs.cpSync(of === "approved" ? approved : intact, folder, { recursive: true });
      tamper(folder, acts, key);
      const codes = ({ exit, problems }: Verification) => ({
        exit,
        problems: problems.map(({ code, path: at }) => `${code} ${at}`).sort(),
      });
      expect(codes(inPage.verdictOf(chosen(folder)))).toEqual(codes(verifyBundle(folder)));
    },
  );
});

describe("the page as a file", () => {
  it("is the same bytes for the same sources", async () => {
    expect(await page()).toBe(await page());
  });

  it("may load nothing, and its policy names the script and the style that it has by their hash", async () => {
    const text = await page();
    const hashOf = (name: string) => {
      const parts = [...text.matchAll(new RegExp(`<${name}>([\\s\\S]*?)</${name}>`, "g"))].map(([, part]) => part!);
      return parts.map((part) => createHash("sha256").update(part).digest("base64"));
    };
    expect(/Content-Security-Policy" content="([^"]+)"/.exec(text)![1]).toBe(
      `default-src 'none'; script-src 'sha256-${hashOf("script")}'; style-src 'sha256-${hashOf("style")}'; base-uri 'none'; form-action 'none'`,
    );
  });

  it("holds the script that was tried here", async () => {
    expect(await page()).toContain((await pageScript()).replaceAll("</script", "<\\/script"));
  });
});
