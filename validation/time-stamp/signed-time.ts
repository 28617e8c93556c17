// SPDX-License-Identifier: Apache-2.0
import { createHash, X509Certificate } from "node:crypto";
import { ASN1Obj } from "@sigstore/core";
import { type Certificate, ContentInfo, type ExtKeyUsage, SignedData, type SignerInfo, TimeStampResp } from "pkijs";
import { readInfo, TST_INFO } from "./time-stamp";

/** RFC 5652 section 11.1; RFC 5035 sections 3 and 4; RFC 3161 section 2.3; RFC 5280 section 4.2.1.12. */
const CONTENT_TYPE = "1.2.840.113549.1.9.3";
const SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12";
const SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47";
const EXTENDED_KEY_USAGE = "2.5.29.37";
const TIME_STAMPING = "1.3.6.1.5.5.7.3.8";

/** RFC 4055, RFC 5758, RFC 5754. Under rsaEncryption the digest algorithm says which hash. SHA-1 is none of them. */
const DIGESTS: Readonly<Record<string, string>> = {
  "2.16.840.1.101.3.4.2.1": "sha256",
  "2.16.840.1.101.3.4.2.2": "sha384",
  "2.16.840.1.101.3.4.2.3": "sha512",
};
const RSA = "1.2.840.113549.1.1.1";
const SIGNATURES: readonly string[] = [
  "1.2.840.113549.1.1.11",
  "1.2.840.113549.1.1.12",
  "1.2.840.113549.1.1.13",
  "1.2.840.10045.4.3.2",
  "1.2.840.10045.4.3.3",
  "1.2.840.10045.4.3.4",
];

/** A time, and the subject of the certificate that signed it. */
export interface SignedTime {
  /** ISO 8601 in UTC. */
  readonly time: string;
  readonly authority: string;
}

/**
 * The time of an answer whose token is signed by a time-stamp authority below the given certificates, valid at that time.
 * Throws when it is not. Revocation is not looked up: there is no network.
 */
export async function signedTime(
  answer: Buffer,
  stamped: Uint8Array,
  authorities: readonly Certificate[],
): Promise<SignedTime> {
  const { timeStampToken } = TimeStampResp.fromBER(answer);
  if (!timeStampToken) throw new Error("expected a token, got none");
  const signed = new SignedData({ schema: new ContentInfo({ schema: timeStampToken.toSchema() }).content });
  const [signer, ...others] = signed.signerInfos;
  if (!signer || others.length > 0) throw new Error(`expected one signer, got ${signed.signerInfos.length}`);
  const { signatureVerified, signerCertificate, certificatePath } = await signed.verify({
    signer: 0,
    data: new Uint8Array(stamped).buffer,
    trustedCerts: [...authorities],
    checkChain: true,
    passedWhenNotRevValues: true,
    extendedMode: true,
  });
  if (!signatureVerified || !signerCertificate) throw new Error("its signature does not verify");
  assertAlgorithms(signer, certificatePath ?? [], authorities);
  assertContentType(signer);
  assertTimeStamping(signerCertificate);
  const certificate = Buffer.from(signerCertificate.toSchema().toBER());
  assertNames(signer, certificate);
  // Read from the bytes whose signature was verified, and not from the answer again.
  const { time } = readInfo(Buffer.from(signed.encapContentInfo.eContent!.getValue()), stamped);
  return { time, authority: new X509Certificate(certificate).subject.replaceAll("\n", ", ") };
}

function assertAlgorithms(signer: SignerInfo, path: readonly Certificate[], trusted: readonly Certificate[]): void {
  const digest = signer.digestAlgorithm.algorithmId;
  if (!(digest in DIGESTS)) throw new Error(`expected a digest of SHA-2, got algorithm ${digest}`);
  // What the auditor trusts is trusted for itself, whatever its own signature is.
  const issued = path.filter(({ tbsView }) => !trusted.some((one) => Buffer.from(one.tbsView).equals(tbsView)));
  const used = [signer.signatureAlgorithm, ...issued.map(({ signatureAlgorithm }) => signatureAlgorithm)];
  for (const [at, { algorithmId }] of used.entries()) {
    if (SIGNATURES.includes(algorithmId) || (at === 0 && algorithmId === RSA)) continue;
    throw new Error(`expected signatures of RSA or ECDSA with SHA-2, got algorithm ${algorithmId}`);
  }
}

/** The signed attribute says of what type the signed content is (RFC 5652 section 5.3). */
function assertContentType(signer: SignerInfo): void {
  const told = attribute(signer, CONTENT_TYPE)?.toOID();
  if (told !== TST_INFO) throw new Error(`expected a signature over a TSTInfo, got one over ${told ?? "no type"}`);
}

/** RFC 3161 section 2.3: the certificate is for time stamping, says so critically, and is for nothing else. */
function assertTimeStamping({ extensions = [] }: Certificate): void {
  const usage = extensions.find(({ extnID }) => extnID === EXTENDED_KEY_USAGE);
  const purposes = (usage?.parsedValue as ExtKeyUsage | undefined)?.keyPurposes ?? [];
  if (usage?.critical && purposes.length === 1 && purposes[0] === TIME_STAMPING) return;
  const got = purposes.length > 0 ? `${purposes.join(", ")}${usage?.critical ? "" : ", not critical"}` : "none";
  throw new Error(`expected a certificate whose one critical extended key usage is timeStamping, got ${got}`);
}

/** RFC 5816: the signature names the certificate by its hash, so that no other one of the same key takes its place. */
function assertNames(signer: SignerInfo, certificate: Buffer): void {
  const [v2, v1] = [attribute(signer, SIGNING_CERTIFICATE_V2), attribute(signer, SIGNING_CERTIFICATE)];
  const [first, second] = (v2 ?? v1)?.subs[0]?.subs[0]?.subs ?? [];
  // ESSCertIDv2 leaves the algorithm out where it is SHA-256; ESSCertID knows SHA-1 alone.
  const isPlain = first?.tag.isOctetString() ?? false;
  const algorithm = v2 ? (isPlain ? "sha256" : DIGESTS[first?.subs[0]?.toOID() ?? ""]) : "sha1";
  const told = (isPlain ? first : second)?.value.toString("hex");
  if (algorithm && told === createHash(algorithm).update(certificate).digest("hex")) return;
  throw new Error("expected a signature that names its certificate, got one that names none or another");
}

/** The one value of a signed attribute that stands once. */
function attribute({ signedAttrs }: SignerInfo, type: string): ASN1Obj | undefined {
  const [found, ...more] = signedAttrs?.attributes.filter((one) => one.type === type) ?? [];
  if (!found || more.length > 0 || found.values.length !== 1) return undefined;
  return ASN1Obj.parseBuffer(Buffer.from(found.values[0].toBER()));
}
