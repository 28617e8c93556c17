// SPDX-License-Identifier: Apache-2.0
import { ASN1Obj } from "@sigstore/core";
import { sha256Hex } from "../json";

/** RFC 5652 section 5.1, RFC 3161 section 2.4.2, NIST's registry of algorithms. */
const SIGNED_DATA = "1.2.840.113549.1.7.2";
export const TST_INFO = "1.2.840.113549.1.9.16.1.4";
export const SHA256 = "2.16.840.1.101.3.4.2.1";

/** RFC 3161 section 2.4.2. With modifications, 1, is no grant here: a request of ours names nothing that could be modified. */
const GRANTED = 0n;
const STATUS = ["granted", "granted with modifications", "rejection", "waiting", "revocation warning", "revoked"];

/** An answer holds a few certificates; no authority sends more. Its reader takes long for what is nested deeply. */
export const MAX_ANSWER_BYTES = 65_536;

/** `YYYYMMDDhhmmss[.s…]Z`, RFC 3161 section 2.4.2. */
const GENERAL_TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{0,11}[1-9]))?Z$/;

/** What an authority's answer says; whether the authority signed it, this does not say. */
export interface TimeStamp {
  /** genTime, ISO 8601 in UTC, in the fractions of a second that the authority gives. */
  readonly time: string;
  /** Of the request, in hexadecimal without leading zeros. @default - the authority repeats none */
  readonly nonce?: string;
}

/**
 * Reads an answer of a time-stamp authority (DER, TimeStampResp) over some bytes. Throws when it is none, refuses, or is over
 * other bytes.
 */
export function readTimeStamp(answer: Buffer, stamped: Uint8Array): TimeStamp {
  if (answer.length > MAX_ANSWER_BYTES)
    throw new Error(`expected ${MAX_ANSWER_BYTES} bytes at most, got ${answer.length}`);
  const [statusInfo, token] = sequence(whole(answer), "answer");
  const status = sequence(statusInfo, "status")[0]!.toInteger();
  if (status !== GRANTED) throw new Error(`expected status granted, got ${STATUS[Number(status)] ?? status}`);
  return readInfo(infoOf(token), stamped);
}

/** Reads what a token signs (DER, TSTInfo). Throws when it is over other bytes than the given ones. */
export function readInfo(info: Buffer, stamped: Uint8Array): TimeStamp {
  const [version, , imprint, , genTime, ...optional] = sequence(whole(info), "TSTInfo");
  if (version?.toInteger() !== 1n) throw new Error("expected TSTInfo version 1, got another one");
  const [algorithm, hash] = sequence(imprint, "message imprint");
  const oid = sequence(algorithm, "imprint algorithm")[0]!.toOID();
  if (oid !== SHA256) throw new Error(`expected an imprint of SHA-256, got algorithm ${oid}`);
  const [expected, got] = [sha256Hex(stamped), hash?.value.toString("hex")];
  if (got !== expected) throw new Error(`expected imprint ${expected}, got ${got}`);
  const nonce = optional.find(({ tag }) => tag.isInteger());
  return { time: timeOf(genTime), ...(nonce ? { nonce: nonce.toInteger().toString(16) } : {}) };
}

function infoOf(token: ASN1Obj | undefined): Buffer {
  if (!token) throw new Error("expected a token, got none");
  const [type, signed] = sequence(token, "token");
  if (type?.toOID() !== SIGNED_DATA) throw new Error("expected signed data, got another type of content");
  const [, , content] = sequence(sequence(signed, "content")[0], "signed data");
  const [kind, info] = sequence(content, "encapsulated content");
  if (kind?.toOID() !== TST_INFO) throw new Error("expected a TSTInfo, got another type of content");
  const [octets] = sequence(info, "TSTInfo");
  if (!octets?.tag.isOctetString()) throw new Error("expected an octet string with the TSTInfo, got something else");
  return octets.value;
}

function timeOf(genTime: ASN1Obj | undefined): string {
  const text = genTime?.tag.isGeneralizedTime() ? genTime.value.toString("latin1") : "something else";
  const [, year, month, day, hour, minute, second, fraction] = GENERAL_TIME.exec(text) ?? [];
  const at = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  // What Date takes for another day is no day.
  if (year === undefined || !at.startsWith(isoOf(`${at}Z`)))
    throw new Error(`expected a time in UTC, got ${JSON.stringify(text)}`);
  return `${at}${fraction ? `.${fraction}` : ""}Z`;
}

function isoOf(text: string): string {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? "no time" : date.toISOString().slice(0, 19);
}

/** A DER value with nothing behind it. */
function whole(der: Buffer): ASN1Obj {
  const value = ASN1Obj.parseBuffer(Buffer.from(der));
  const { length } = value.value;
  const head = length < 0x80 ? 2 : 2 + Math.ceil(length.toString(16).length / 2);
  if (head + length !== der.length) throw new Error(`expected ${head + length} bytes of DER, got ${der.length}`);
  return value;
}

function sequence(value: ASN1Obj | undefined, what: string): ASN1Obj[] {
  if (value?.tag.constructed && value.subs.length > 0) return value.subs;
  throw new Error(`expected ${what} with members, got none`);
}
