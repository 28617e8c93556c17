// SPDX-License-Identifier: Apache-2.0
import { type KeyObject, sign, verify } from "node:crypto";
import { dsse } from "@sigstore/core";
import { Part11Error } from "../error";
import { canonicalJson, parseStrict, sha256Hex } from "../json";
import { MANIFEST_FILE } from "./layout";
import { type Manifest, parseManifest } from "./manifest";
import { isLowerSpelling, lowerSpelling } from "./p256-signature";
import { canQualify } from "./run-target";
import { keyId, type RemoteSealKey, type SealKey } from "./seal-key";

/** What the seal is and is not; stands in every report and in the output of `part11 verify`. */
export const SEAL_MEANING = "integrity seal of the machine, not a 21 CFR 11.50 signature of a person";

/** DSSE 1.0.2 protocol and in-toto attestation spec v1: payload type of a Statement. */
export const PAYLOAD_TYPE = "application/vnd.in-toto+json";
export const STATEMENT_TYPE = "https://in-toto.io/Statement/v1";
/** in-toto/attestation spec/predicates/test-result.md, read 2026-11-21. */
export const PREDICATE_TYPE = "https://in-toto.io/attestation/test-result/v0.1";

interface Envelope {
  readonly payloadType: string;
  readonly payload: string;
  readonly signatures: ReadonlyArray<{ readonly keyid: string; readonly sig: string }>;
}

/** `seal.json`: canonical DSSE envelope over the in-toto Statement of a manifest. */
export function seal(manifest: Buffer, { privateKey, publicKey }: SealKey): Buffer {
  const payload = statementOf(manifest);
  return envelopeOf(payload, publicKey, sign(digestName(privateKey), preAuth(payload), privateKey));
}

/**
 * The same seal by a key that lies elsewhere. What that place answers is verified before it is taken.
 *
 * @throws SEAL_NOT_MADE where it answers nothing, or no signature of this key
 */
export async function sealBy(manifest: Buffer, key: RemoteSealKey): Promise<Buffer> {
  const payload = statementOf(manifest);
  let signature: Buffer;
  try {
    signature = await key.sign(preAuth(payload));
  } catch (cause) {
    const { name, message } = cause as Error;
    throw notSealed(key.arn, `${name}: ${message}`, cause);
  }
  const envelope = envelopeOf(payload, key.publicKey, signature);
  const [problem] = sealProblems(envelope, manifest, key.publicKey);
  if (problem !== undefined) throw notSealed(key.arn, `a seal of which ${problem}`);
  return envelope;
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
  if (isEcdsa(publicKey) && !isLowerSpelling(signature))
    problems.push("its signature is another spelling of a valid one");
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
      result: resultOf(status, target, provisional ?? false),
      configuration: files
        .filter(({ path }) => /^(?:commitments\.json|protocols\/)/.test(path))
        .map(({ path, sha256 }) => ({ name: path, digest: { sha256 } })),
    },
  };
  return Buffer.from(canonicalJson(statement));
}

// On an emulator steps stay open for AWS, read-only those that write, and without approvals all of it: a result with warnings at most.
function resultOf(status: Manifest["status"], target: Manifest["target"], provisional: boolean) {
  if (status !== "COMPLETE") return "FAILED";
  return canQualify(target) && !provisional ? "PASSED" : "WARNED";
}

function envelopeOf(payload: Buffer, publicKey: KeyObject, signature: Buffer): Buffer {
  const sig = isEcdsa(publicKey) ? lowerSpelling(signature) : signature;
  const envelope: Envelope = {
    payloadType: PAYLOAD_TYPE,
    payload: payload.toString("base64"),
    signatures: [{ keyid: keyId(publicKey), sig: sig.toString("base64") }],
  };
  return Buffer.from(canonicalJson(envelope));
}

function preAuth(payload: Buffer): Buffer {
  return dsse.preAuthEncoding(PAYLOAD_TYPE, payload);
}

function isEcdsa(key: KeyObject): boolean {
  return key.asymmetricKeyType === "ec";
}

function digestName(key: KeyObject): "sha256" | null {
  return isEcdsa(key) ? "sha256" : null;
}

function notSealed(where: string, got: string, cause?: unknown): Part11Error {
  return new Part11Error(
    {
      code: "SEAL_NOT_MADE",
      what: "bundle not sealed",
      where,
      expected: "a signature that its public key verifies",
      got,
      todo: "see that the key is enabled and that you may call kms:Sign with it, then run again: an unsealed folder is no evidence",
    },
    { cause },
  );
}
