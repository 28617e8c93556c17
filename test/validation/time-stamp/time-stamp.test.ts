// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { ASN1Obj } from "@sigstore/core";
import { timestamp } from "../../../validation/cli/timestamp";
import { verify } from "../../../validation/cli/verify";
import { Bundle, ephemeralSealKey, publicKeyPem } from "../../../validation/evidence";
import { renderReport } from "../../../validation/report";
import { authoritiesFromPem } from "../../../validation/time-stamp";
import { signedTime } from "../../../validation/time-stamp/signed-time";
import { readInfo, readTimeStamp } from "../../../validation/time-stamp/time-stamp";
import { COMMITMENTS } from "../evidence/sample-run";
import { temporaryFolder } from "../evidence/temporary-folder";
import { Authority, tlv, tstInfo } from "./authority";

/** One bit in 61, in the full run one in 7: prime to 8, so that every position within a byte is met. */
const BIT_STEP = process.env.PART11_FUZZ ? 7 : 61;

const temporary = temporaryFolder();
const key = ephemeralSealKey();
const at = (name: string) => path.join(temporary.path, name);
let authority: Authority;

beforeAll(() => {
  authority = new Authority(at("authority"));
  fs.writeFileSync(at("tsa.pem"), authority.root);
  fs.writeFileSync(at("key.pem"), publicKeyPem(key.publicKey));
});
afterAll(() => temporary.remove());

/** A bundle whose run ended in a year. */
function sealed(name: string, year = 2020): string {
  const bundle = Bundle.create(at(name), COMMITMENTS, () => new Date(Date.UTC(year, 0, 1)));
  bundle.close({ outcome: "stopped", key, render: renderReport });
  return at(name);
}

async function part11(verb: typeof verify, ...argv: string[]) {
  let stdout = "";
  const none = { write: () => undefined };
  const io = { stdout: { write: (text: string) => (stdout += text) }, stderr: none, env: {}, cwd: temporary.path };
  const ran = await verb(argv, io).then(
    (exit) => ({ exit, code: undefined }),
    ({ code }) => ({ exit: undefined, code }),
  );
  return { ...ran, stdout };
}

const seal = (name: string) => fs.readFileSync(path.join(at(name), "seal.json"));

/** Requests a time stamp of a bundle and keeps the answer that is made of the request. */
async function stamped(name: string, answer: (request: Buffer) => Buffer = (request) => authority.answer(request)) {
  expect((await part11(timestamp, name, "--request", `${name}.tsq`)).exit).toBe(0);
  fs.writeFileSync(at(`${name}.tsr`), answer(fs.readFileSync(at(`${name}.tsq`))));
  return part11(timestamp, name, "--request", `${name}.tsq`, "--response", `${name}.tsr`);
}

describe("part11 timestamp", () => {
  it("keeps the answer of openssl ts, and verify checks its signature with the authority's root", async () => {
    sealed("good");
    expect((await stamped("good")).exit).toBe(0);
    const { exit, stdout } = await part11(verify, "good", "--key", "key.pem", "--tsa", "tsa.pem");
    expect([exit, stdout]).toEqual([
      0,
      expect.stringMatching(/time stamp \S+Z, its signature checked: by CN=tsa, below/),
    ]);
  });

  it("asks in a way that openssl ts understands, for the SHA-256 of the seal, a nonce and the certificates", async () => {
    sealed("asked");
    await part11(timestamp, "asked", "--request", "asked.tsq");
    const text = execFileSync("openssl", ["ts", "-query", "-in", at("asked.tsq"), "-text"], {
      encoding: "utf8",
      stdio: "pipe",
    });
    expect(text).toMatch(/Hash Algorithm: sha256[\s\S]*Nonce: 0x[0-9A-F]{16}\nCertificate required: yes/);
  });

  it("is told by verify as not checked where no authority is given", async () => {
    sealed("unpinned");
    await stamped("unpinned");
    const { exit, stdout } = await part11(verify, "unpinned");
    expect([exit, stdout]).toEqual([
      3,
      expect.stringMatching(
        /time stamp present, its authority not pinned: it says \S+Z, and its signature was not checked/,
      ),
    ]);
    const { timeStamp } = JSON.parse((await part11(verify, "unpinned", "--json")).stdout);
    expect(timeStamp).toEqual({ time: expect.stringMatching(/Z$/), authority: null });
  });

  it("takes an authority that signs with RSA, and one below an intermediate", async () => {
    const rsa = new Authority(at("rsa"), "rsa");
    rsa.issue("between", "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign");
    rsa.issue("below", "extendedKeyUsage=critical,timeStamping", { by: "between" });
    fs.writeFileSync(at("rsa.pem"), rsa.root);
    sealed("by-rsa");
    await stamped("by-rsa", (request) => rsa.answer(request));
    expect((await part11(verify, "by-rsa", "--key", "key.pem", "--tsa", "rsa.pem")).exit).toBe(0);
    sealed("below");
    await stamped("below", (request) => rsa.answer(request, "below", "between"));
    expect((await part11(verify, "below", "--key", "key.pem", "--tsa", "rsa.pem")).exit).toBe(0);
  });

  it.each<[string, (request: Buffer) => Buffer]>([
    ["of another bundle", () => authority.forge(Buffer.from("another seal"))],
    ["to another request", () => authority.forge(seal("refused"))],
    ["that rejects", () => tlv(0x30, tlv(0x30, tlv(2, Buffer.from([2]))))],
    ["that is granted with modifications", (request) => withStatus(authority.answer(request), 1)],
    ["that is granted without a token", () => tlv(0x30, tlv(0x30, tlv(2, Buffer.from([0]))))],
    ["with something behind it", (request) => Buffer.concat([authority.answer(request), Buffer.from([0])])],
    ["that was cut", (request) => authority.answer(request).subarray(0, -1)],
    ["of octet strings in octet strings", () => nested(60_000)],
    ["that is empty", () => Buffer.alloc(0)],
    ["that is a page of HTML", () => Buffer.from("<html>")],
  ])("does not keep an answer %s", async (_name, answer) => {
    if (!fs.existsSync(at("refused"))) sealed("refused");
    expect((await stamped("refused", answer)).code).toBe("TIME_STAMP_REFUSED");
    expect(fs.existsSync(path.join(at("refused"), "seal.tsr"))).toBe(false);
  });

  it("does not keep a second answer", async () => {
    sealed("twice");
    await stamped("twice");
    expect((await stamped("twice")).code).toBe("TIME_STAMP_REFUSED");
  });

  it("stamps no bundle that is not intact, and writes no request into one", async () => {
    fs.appendFileSync(path.join(sealed("altered"), "report.html"), " ");
    expect((await part11(timestamp, "altered", "--request", "x.tsq")).code).toBe("BUNDLE_ALTERED");
    const folder = sealed("clean");
    expect((await part11(timestamp, "clean", "--request", "clean/x.tsq")).code).toBe("USAGE");
    expect(fs.existsSync(path.join(folder, "x.tsq"))).toBe(false);
  });
});

/** Octet strings, each in the next, of some bytes in all. */
function nested(bytes: number): Buffer {
  const heads: Buffer[] = [];
  for (let length = bytes; length > 4; length -= 4)
    heads.push(Buffer.from([4, 0x82, (length - 4) >> 8, (length - 4) & 0xff]));
  return Buffer.concat(heads);
}

/** The same token, its TSTInfo spelled as BER: an octet string of one part. */
function inParts(answer: Buffer): Buffer {
  const [status, token] = ASN1Obj.parseBuffer(Buffer.from(answer)).subs;
  const [kind, content] = token!.subs;
  const [version, digests, encapsulated, ...rest] = content!.subs[0]!.subs;
  const [type, info] = encapsulated!.subs;
  const part = tlv(0x30, type!.toDER(), tlv(0xa0, tlv(0x24, info!.subs[0]!.toDER())));
  const signed = tlv(0x30, version!.toDER(), digests!.toDER(), part, ...rest.map((one) => one.toDER()));
  return tlv(0x30, status!.toDER(), tlv(0x30, kind!.toDER(), tlv(0xa0, signed)));
}

function withStatus(answer: Buffer, status: number): Buffer {
  const granted = Buffer.from([0x30, 3, 2, 1, 0]);
  const from = answer.indexOf(granted);
  return Buffer.concat([answer.subarray(0, from), Buffer.from([0x30, 3, 2, 1, status]), answer.subarray(from + 5)]);
}

describe("the time of a TSTInfo", () => {
  const over = Buffer.from("a seal");
  const read = (vary: Parameters<typeof tstInfo>[1]) => () => readInfo(tstInfo(over, vary), over).time;

  it.each([
    ["20261122120000Z", "2026-11-22T12:00:00Z"],
    ["20261122120000.5Z", "2026-11-22T12:00:00.5Z"],
    ["20261122120000.123456Z", "2026-11-22T12:00:00.123456Z"],
    ["20280229235959Z", "2028-02-29T23:59:59Z"],
  ])("%s is %s", (time, said) => {
    expect(read({ time })()).toBe(said);
  });

  it.each([
    "20261122120000",
    "20261122120000+0100",
    "20261122120000.Z",
    "20261122120000.50Z",
    "202611221200Z",
    "20261322120000Z",
    "20260229120000Z",
    "20261122240000Z",
    "20261122120060Z",
  ])("%s is none", (time) => {
    expect(read({ time })).toThrow("expected a time in UTC");
  });

  it("is not read from another version or an imprint of another hash", () => {
    expect(read({ version: 2 })).toThrow("TSTInfo version 1");
    expect(read({ algorithm: "300d06096086480165030402020500" })).toThrow("imprint of SHA-256");
  });
});

describe("part11 verify --tsa", () => {
  const put = (name: string, answer: Buffer) => fs.writeFileSync(path.join(at(name), "seal.tsr"), answer);
  const codes = async (name: string, ...argv: string[]) => {
    const { exit, stdout } = await part11(verify, name, "--key", "key.pem", "--json", ...argv);
    const { problems } = JSON.parse(stdout) as { problems: ReadonlyArray<{ code: string }> };
    return [exit, problems.map(({ code }) => code)];
  };

  it("takes what a test forges in good order, so that each forgery below is refused for its one fault", async () => {
    sealed("forged");
    put("forged", authority.forge(seal("forged")));
    expect(await codes("forged", "--tsa", "tsa.pem")).toEqual([0, []]);
  });

  const ESS = ["-md", "sha256", "-cades"];
  const STAMPING = "extendedKeyUsage=critical,timeStamping";

  it.each<[string, string, string, { time?: string; cms?: string[]; issued?: string }]>([
    ["a certificate of no extended key usage", "got none", "keyUsage=digitalSignature", {}],
    [
      "a certificate of another extended key usage",
      "got 1.3.6.1.5.5.7.3.3",
      "extendedKeyUsage=critical,codeSigning",
      {},
    ],
    ["a certificate for time stamping and more", "3.8, 1.3.6.1.5.5.7.3.3", `${STAMPING},codeSigning`, {}],
    ["a certificate whose usage is not critical", "3.8, not critical", "extendedKeyUsage=timeStamping", {}],
    ["no name of its certificate", "names its certificate", STAMPING, { cms: ["-md", "sha256"] }],
    [
      "two signatures",
      "expected one signer, got 2",
      STAMPING,
      { cms: [...ESS, "-inkey", "tsa.key", "-signer", "tsa.pem"] },
    ],
    ["a digest of SHA-1", "digest of SHA-2", STAMPING, { cms: ["-md", "sha1", "-cades"] }],
    ["a certificate issued with SHA-1", "RSA or ECDSA with SHA-2", STAMPING, { issued: "-sha1" }],
    ["a certificate that was not valid yet", "not yet valid or expired", STAMPING, { time: "20210101000000Z" }],
    ["a certificate that was not valid any more", "not yet valid or expired", STAMPING, { time: "20990101000000Z" }],
  ])("refuses a token signed with %s", async (name, reason, extensions, { issued, ...vary }) => {
    const signer = name.replaceAll(/[^a-zA-Z]/g, "");
    authority.issue(signer, extensions, { digest: issued });
    sealed(signer);
    put(signer, authority.forge(seal(signer), { signer, ...vary }));
    expect(await codes(signer)).toEqual([0, []]);
    const { exit, stdout } = await part11(verify, signer, "--tsa", "tsa.pem");
    expect([exit, stdout]).toEqual([1, expect.stringMatching(/\nTIME_STAMP_REFUSED seal\.tsr: /)]);
    expect(stdout).toContain(reason);
  });

  it("refuses a token below another authority than the given one", async () => {
    sealed("other");
    await stamped("other");
    fs.writeFileSync(at("other.pem"), new Authority(at("other-authority")).root);
    expect(await codes("other", "--tsa", "other.pem")).toEqual([1, ["TIME_STAMP_REFUSED"]]);
  });

  it("refuses a token of before the run's end", async () => {
    sealed("early", 2098);
    await stamped("early");
    expect(await codes("early", "--tsa", "tsa.pem")).toEqual([1, ["TIME_STAMP_REFUSED"]]);
  });

  it("refuses a token of another bundle, whether an authority is given or not", async () => {
    sealed("mine", 2021);
    put("mine", authority.forge(seal("forged")));
    expect(await codes("mine")).toEqual([1, ["TIME_STAMP_BROKEN"]]);
    expect(await codes("mine", "--tsa", "tsa.pem")).toEqual([1, ["TIME_STAMP_BROKEN"]]);
  });

  it("refuses a bundle without a time stamp", async () => {
    sealed("none");
    expect(await codes("none")).toEqual([0, []]);
    expect(await codes("none", "--tsa", "tsa.pem")).toEqual([1, ["TIME_STAMP_MISSING"]]);
  });

  it.each([
    ["no certificate", () => Buffer.from("x")],
    ["a broken certificate", () => Buffer.from("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")],
    [
      "the certificate of the signer, which may issue none",
      () => fs.readFileSync(path.join(at("authority"), "tsa.pem")),
    ],
  ])("takes %s for no authority", (_name, pem) => {
    expect(() => authoritiesFromPem(pem(), "tsa.pem")).toThrow(
      expect.objectContaining({ code: "CERTIFICATE_UNUSABLE" }),
    );
  });

  it("refuses a token whose signature says to be over something else than a TSTInfo", async () => {
    sealed("typed");
    const [other, wanted] = ["05", "04"].map((end) => Buffer.from(`060b2a864886f70d01091001${end}`, "hex"));
    const answer = authority.forge(seal("typed"), { type: "1.2.840.113549.1.9.16.1.5" });
    // The content's own type stands first and is not signed; the signed attribute repeats it.
    wanted!.copy(answer, answer.indexOf(other!));
    put("typed", answer);
    expect((await part11(verify, "typed", "--tsa", "tsa.pem")).stdout).toContain("expected a signature over a TSTInfo");
  });

  it("refuses a token that is spelled as BER, which two readers might read as two things", async () => {
    sealed("parts");
    put("parts", inParts(authority.forge(seal("parts"))));
    expect(await codes("parts", "--tsa", "tsa.pem")).toEqual([1, ["TIME_STAMP_BROKEN"]]);
  });

  it("cannot verify with a file that holds no authority", async () => {
    expect((await part11(verify, "forged", "--tsa", "key.pem")).exit).toBe(2);
    expect((await part11(verify, "forged", "--tsa", "absent.pem")).exit).toBe(2);
  });

  it("finds flipped bits in an answer, or reads from them what was signed", async () => {
    sealed("flipped");
    await stamped("flipped");
    const [bytes, over] = [fs.readFileSync(at("flipped.tsr")), seal("flipped")];
    const authorities = authoritiesFromPem(authority.root, "tsa.pem");
    const said = async (answer: Buffer) => {
      const { time, nonce } = readTimeStamp(answer, over);
      return JSON.stringify([time, nonce, await signedTime(answer, over, authorities)]);
    };
    const signed = await said(bytes);
    const misread: number[] = [];
    let found = 0;
    for (let bit = 0; bit < bytes.length * 8; bit += BIT_STEP) {
      const copy = Buffer.from(bytes);
      copy[bit >> 3]! ^= 1 << (bit & 7);
      await said(copy).then(
        (told) => told === signed || misread.push(bit),
        () => found++,
      );
    }
    const bits = Math.ceil((bytes.length * 8) / BIT_STEP);
    process.stdout.write(`bits flipped in a time stamp: ${bits}, refused: ${found}, misread: ${misread.length}\n`);
    expect(misread).toEqual([]);
    expect(found / bits).toBeGreaterThan(0.9);
  });
});
