// SPDX-License-Identifier: Apache-2.0
// A time-stamp authority of one test, made by the openssl of the machine.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

const KEYS = { ec: ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"], rsa: ["-newkey", "rsa:2048"] } as const;
const CONFIG = `[tsa]
serial = serial
default_policy = 1.2.3.4
digests = sha256
signer_digest = sha256
ess_cert_id_alg = sha256
`;

/** DER of a constructed or primitive value. */
export function tlv(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const value = Buffer.concat(parts);
  const length = value.length.toString(16);
  const bytes = Buffer.from(length.padStart(length.length + (length.length % 2), "0"), "hex");
  const head = value.length < 0x80 ? bytes : Buffer.concat([Buffer.from([0x80 + bytes.length]), bytes]);
  return Buffer.concat([Buffer.from([tag]), head, value]);
}

const integer = (value: number) => tlv(2, Buffer.from([value]));
const SHA256 = "300d06096086480165030402010500";

/** What a token signs, as this project's requests ask for it. */
export function tstInfo(stamped: Uint8Array, { time = soon(), version = 1, algorithm = SHA256 } = {}): Buffer {
  const hash = createHash("sha256").update(stamped).digest();
  const imprint = tlv(0x30, Buffer.from(algorithm, "hex"), tlv(4, hash));
  const policy = Buffer.from("06032a0304", "hex");
  return tlv(0x30, integer(version), policy, imprint, integer(1), tlv(0x18, Buffer.from(time)));
}

export class Authority {
  /** PEM of the root certificate, as the auditor gets it. */
  readonly root: Buffer;

  /** @param folder of its own, not there yet */
  constructor(
    private readonly folder: string,
    private readonly kind: keyof typeof KEYS = "ec",
  ) {
    fs.mkdirSync(folder);
    fs.writeFileSync(this.at("tsa.cnf"), CONFIG);
    fs.writeFileSync(this.at("serial"), "01\n");
    this.openssl(
      "req",
      "-x509",
      ...KEYS[kind],
      "-nodes",
      "-keyout",
      "root.key",
      "-out",
      "root.pem",
      "-subj",
      "/CN=Root",
    );
    this.root = fs.readFileSync(this.at("root.pem"));
    this.issue("tsa", "extendedKeyUsage=critical,timeStamping");
  }

  /** A key and its certificate below the root, or below another one that was issued. */
  issue(name: string, extensions: string, { by = "root", digest = "-sha256" } = {}): void {
    fs.writeFileSync(this.at(`${name}.ext`), extensions);
    this.openssl(
      "req",
      "-new",
      ...KEYS[this.kind],
      "-nodes",
      "-keyout",
      `${name}.key`,
      "-out",
      `${name}.csr`,
      "-subj",
      `/CN=${name}`,
    );
    const signed = ["-CA", `${by}.pem`, "-CAkey", `${by}.key`, "-CAcreateserial", "-extfile", `${name}.ext`, digest];
    this.openssl("x509", "-req", "-in", `${name}.csr`, ...signed, "-out", `${name}.pem`);
  }

  /** The answer of `openssl ts` to a request. */
  answer(request: Buffer, signer = "tsa", chain?: string): Buffer {
    fs.writeFileSync(this.at("q.tsq"), request);
    const by = ["-inkey", `${signer}.key`, "-signer", `${signer}.pem`, ...(chain ? ["-chain", `${chain}.pem`] : [])];
    this.openssl(
      "ts",
      "-reply",
      "-config",
      "tsa.cnf",
      "-section",
      "tsa",
      "-queryfile",
      "q.tsq",
      ...by,
      "-out",
      "r.tsr",
    );
    return fs.readFileSync(this.at("r.tsr"));
  }

  /** What `openssl ts` would not sign: any time and any certificate, by `openssl cms`. */
  forge(
    stamped: Uint8Array,
    { signer = "tsa", time = soon(), cms = ["-md", "sha256", "-cades"], type = TST_INFO } = {},
  ): Buffer {
    fs.writeFileSync(this.at("info"), tstInfo(stamped, { time }));
    const by = ["-inkey", `${signer}.key`, "-signer", `${signer}.pem`, "-econtent_type", type];
    const over = ["-binary", "-nodetach", "-in", "info"];
    this.openssl("cms", "-sign", ...over, ...by, ...cms, "-outform", "DER", "-out", "token");
    return tlv(0x30, tlv(0x30, integer(0)), fs.readFileSync(this.at("token")));
  }

  private at(name: string): string {
    return path.join(this.folder, name);
  }

  private openssl(...argv: string[]): void {
    execFileSync("openssl", argv, { cwd: this.folder, stdio: ["ignore", "ignore", "pipe"] });
  }
}

/** Within the days that a certificate of this moment is valid. */
function soon(): string {
  return new Date(Date.now() + 3_600_000).toISOString().replace(/[-:T]|\.\d+/g, "");
}

const TST_INFO = "1.2.840.113549.1.9.16.1.4";
