// SPDX-License-Identifier: Apache-2.0
import { createHash, randomBytes } from "node:crypto";
import { Integer, Null, OctetString } from "asn1js";
import { AlgorithmIdentifier, MessageImprint, TimeStampReq } from "pkijs";
import { SHA256 } from "./time-stamp";

/** Bytes of a nonce: RFC 3161 section 2.4.1 asks for a large random number, of 64 bits for instance. */
const NONCE_BYTES = 8;

/** A request (DER, TimeStampReq) for a time stamp over some bytes: SHA-256, a fresh nonce, and the authority's certificates asked for. */
export function timeStampRequest(stamped: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  // Positive, and of full length: an integer of DER whose first bit is set would be negative.
  nonce[0] = (nonce[0]! & 0x3f) | 0x40;
  const request = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithmId: SHA256, algorithmParams: new Null() }),
      hashedMessage: new OctetString({ valueHex: createHash("sha256").update(stamped).digest() }),
    }),
    nonce: new Integer({ valueHex: nonce }),
    certReq: true,
  });
  return Buffer.from(request.toSchema().toBER());
}

/** What a request asks for, both in hexadecimal, the nonce without leading zeros. Throws for what is no request. */
export function readRequest(der: Buffer): { readonly imprint: string; readonly nonce: string } {
  const { messageImprint, nonce } = TimeStampReq.fromBER(der);
  if (!nonce) throw new Error("expected a request with a nonce, got one without");
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
  return {
    imprint: hex(messageImprint.hashedMessage.valueBlock.valueHexView),
    nonce: hex(nonce.valueBlock.valueHexView).replace(/^0+/, ""),
  };
}
