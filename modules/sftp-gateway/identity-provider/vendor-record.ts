// SPDX-License-Identifier: Apache-2.0
import { isDay } from "../../vendor-directory/day";
import { parseSshKey } from "../../vendor-directory/ssh-key";
import { isStudyId } from "../../vendor-directory/vendor-id";
import { isNetwork } from "./source-network";

/** One item of the vendors table, its values as JavaScript has them. */
export type DirectoryItem = Readonly<Record<string, unknown>>;

/** What the vendors table says of one vendor (docs/decisions/0017). Days are UTC, first and last included. */
export interface VendorRecord {
  readonly enabled: boolean;
  readonly from: string;
  readonly until: string;
  readonly cidrs: readonly string[];
  readonly studies: readonly string[];
  readonly secretArn?: string;
  readonly keys: readonly VendorKeyRecord[];
}

export interface VendorKeyRecord {
  readonly fingerprint: string;
  readonly publicKey: string;
  readonly notBefore: string;
  readonly notAfter: string;
}

/** True when somebody disabled the vendor at once, which outweighs every other item. */
export function isDenied(items: readonly DirectoryItem[]): boolean {
  return items.some(({ item }) => item === "deny");
}

/** The record in the items of one vendor; undefined when anything in them is missing or not understood. */
export function readVendorRecord(items: readonly DirectoryItem[]): VendorRecord | undefined {
  const profiles = items.filter(({ item }) => item === "profile");
  const keys = items.filter(({ item }) => item !== "profile").map(readKey);
  if (profiles.length !== 1 || !keys.every((key) => key !== undefined)) return undefined;
  const { enabled, from, until, cidrs, studies, secretArn } = profiles[0]!;
  if (typeof enabled !== "boolean" || !isDay(from) || !isDay(until)) return undefined;
  if (!isListOf(cidrs, isNetwork) || !isListOf(studies, isStudyId) || studies.length === 0) return undefined;
  if (secretArn !== undefined && (typeof secretArn !== "string" || secretArn === "")) return undefined;
  return { enabled, from, until, cidrs, studies, keys, ...(secretArn === undefined ? {} : { secretArn }) };
}

function readKey({ item, publicKey, notBefore, notAfter }: DirectoryItem): VendorKeyRecord | undefined {
  if (typeof publicKey !== "string" || !isDay(notBefore) || !isDay(notAfter)) return undefined;
  const key = parseSshKey(publicKey);
  if (!("fingerprint" in key) || item !== `key#${key.fingerprint}`) return undefined;
  return { fingerprint: key.fingerprint, publicKey: key.publicKey, notBefore, notAfter };
}

function isListOf(value: unknown, holds: (text: string) => boolean): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === "string" && holds(text));
}
