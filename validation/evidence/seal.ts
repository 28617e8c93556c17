// SPDX-License-Identifier: Apache-2.0
import { type KeyObject, sign, verify } from "node:crypto";
import { dsse } from "@sigstore/core";
import { canonicalJson, parseStrict, sha256Hex } from "../json";
import { MANIFEST_FILE } from "./layout";
import { type Manifest, parseManifest } from "./manifest";
import { keyId, type SealKey } from "./seal-key";

/** What the seal is and is not; stands in every report and in the output of `part11 verify`. */
export const SEAL_MEANING = "integrity seal of the machine, not a 21 CFR 11.50 signature of a person";

/** DSSE 1.0.2 protocol and in-toto attestation spec v1: payload type of a Statement. */
export const PAYLOAD_TYPE = "application/vnd.in-toto+json";
export const STATEMENT_TYPE = "https://in-toto.io/Statement/v1";
/** in-toto/attestation spec/predicates/test-result.md, read 2026-11-21. */
export const PREDICATE_TYPE = "https://in-toto.io/attestation/test-result/v0.1";

/** Order of the P-256 group, halved: SEC 2 section 2.4.2. Signatures above it have a twin below it. */
const HALF_P256_ORDER = 0x7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8n;

interface Envelope {
  readonly payloadType: string;
  readonly payload: string;
  readonly signatures: ReadonlyArray<{ readonly keyid: string; readonly sig: string }>;
}

/** `seal.json`: canonical DSSE envelope over the in-toto Statement of a manifest. */
export function seal(manifest: Buffer, key: SealKey): Buffer {
  const payload = statementOf(manifest);
  const envelope: Envelope = {
    payloadType: PAYLOAD_TYPE,
    payload: payload.toString("base64"),
    signatures: [{ keyid: keyId(key.publicKey), sig: signOnce(payload, key).toString("base64") }],
  };
  return Buffer.from(canonicalJson(envelope));
}

/**
 * What keeps `seal.json` from being the seal of this manifest by this key; empty when it is. Everything but the
 * signature follows from manifest and key, so the envelope is rebuilt and compared as bytes.
 */
export function sealProblems(envelope: Buffer, manifest: Buffer, publicKey: KeyObject): string[] {
  let sig: string | undefined;
  try {
    sig = (parseStrict(envelope, "seal") as Envelope)?.signatures?.[0]?.sig;
  } catch (error) {
    return [(error as Error).message];
  }
  if (typeof sig !== "string") return ["no signature in it"];
  const payload = statementOf(manifest);
  const expected: Envelope = {
    payloadType: PAYLOAD_TYPE,
    payload: payload.toString("base64"),
    signatures: [{ keyid: keyId(publicKey), sig }],
  };
  const problems: string[] = [];
  if (!envelope.equals(Buffer.from(canonicalJson(expected)))) {
    problems.push("it is not the canonical envelope over this manifest with this key's id");
  }
  const signature = Buffer.from(sig, "base64");
  if (signature.toString("base64") !== sig) problems.push("its signature is not plain base64");
  if (!isOnlySpelling(signature, publicKey)) problems.push("its signature is another spelling of a valid one");
  if (!verify(digestName(publicKey), preAuth(payload), publicKey, signature)) {
    problems.push("its signature does not verify with this key");
  }
  return problems;
}

/** Canonical in-toto Statement, a function of the manifest alone. */
export function statementOf(manifest: Buffer): Buffer {
  const { files, status, target, provisional } = parseManifest(manifest, MANIFEST_FILE);
  const statement = {
    _type: STATEMENT_TYPE,
    subject: [{ name: MANIFEST_FILE, digest: { sha256: sha256Hex(manifest) } }],
    predicateType: PREDICATE_TYPE,
    predicate: {
      result: resultOf(status, target.kind, provisional ?? false),
      configuration: files
        .filter(({ path }) => /^(?:commitments\.json|protocols\/)/.test(path))
        .map(({ path, sha256 }) => ({ name: path, digest: { sha256 } })),
    },
  };
  return Buffer.from(canonicalJson(statement));
}

// On an emulator steps stay open for AWS, and without approvals all of it: the most they earn is a result with warnings.
function resultOf(status: Manifest["status"], kind: "emulator" | "aws", provisional: boolean) {
  if (status !== "COMPLETE") return "FAILED";
  return kind === "aws" && !provisional ? "PASSED" : "WARNED";
}

function preAuth(payload: Buffer): Buffer {
  return dsse.preAuthEncoding(PAYLOAD_TYPE, payload);
}

function digestName(key: KeyObject): "sha256" | null {
  return key.asymmetricKeyType === "ec" ? "sha256" : null;
}

// Both (r, s) and (r, n - s) verify under ECDSA: only the lower one is written and accepted, so no byte can change.
function signOnce(payload: Buffer, { privateKey, publicKey }: SealKey): Buffer {
  for (;;) {
    const signature = sign(digestName(privateKey), preAuth(payload), privateKey);
    if (isOnlySpelling(signature, publicKey)) return signature;
  }
}

function isOnlySpelling(signature: Buffer, publicKey: KeyObject): boolean {
  if (publicKey.asymmetricKeyType !== "ec") return true;
  // DER: 30 len 02 rlen r 02 slen s; the length of s stands after r.
  const at = 4 + (signature[3] ?? 0) + 2;
  const s = signature.subarray(at);
  return s.length > 0 && s.length === signature[at - 1] && BigInt(`0x${s.toString("hex")}`) <= HALF_P256_ORDER;
}
