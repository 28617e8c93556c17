// SPDX-License-Identifier: Apache-2.0
import { canonical, eventId, type Link, nextLink } from "../../../modules/ledger/entry";
import type { ChainRow } from "../../../validation/ledger";
import type { StoredVersion } from "../../../validation/prove/facts";
import { kept, LAB_KEY, nameOf, type World } from "./world";

export const OTHER = "f".repeat(64);
/** The version in the inbox. */
export const source = (of: World) => ({
  bucket: "inbox",
  key: LAB_KEY,
  versionId: of.versions[`inbox/${LAB_KEY}`]![0]!.versionId,
});
/** The version that is proved. */
export const own = (of: World) => ({ ...of.subject, versionId: of.subject.versionId! });
export const ownKey = (of: World) => `raw/${of.subject.key}`;

export function change(of: World, part: Partial<StoredVersion>): void {
  of.stored[nameOf(own(of))] = { ...of.stored[nameOf(own(of))]!, ...part };
}

export function changeReplica(of: World, part: Partial<StoredVersion>): void {
  const [name] = Object.keys(of.replica);
  of.replica[name!] = { ...of.replica[name!]!, ...part };
}

/** The table with one event rewritten, and its link and all after it made anew: what somebody does who knows how. */
export function rewritten(of: World, type: string, part: object): void {
  let tail: Link | undefined;
  of.rows = of.rows.map((row): ChainRow => {
    const event = JSON.parse(row.event!);
    const text = canonical(event.type === type && event.key === LAB_KEY ? { ...event, ...part } : event);
    tail = nextLink(tail, event.id, text);
    return { ...row, event: text, link: canonical(tail) };
  });
}

/** The ledger without an event, in table, mirror and roots: what no mirror can find. */
export function without(of: World, gone: (event: { type: string; key: string; bucket: string }) => boolean): void {
  const texts: string[] = [];
  let tail: Link | undefined;
  for (const { event: text } of of.rows) {
    const event = JSON.parse(text!);
    if (gone(event)) continue;
    tail = nextLink(tail, event.id, text!);
    texts.push(canonical({ event, link: tail }));
  }
  ledgerOf(of, texts);
}

/** One more event at the end of the ledger, in table and mirror. */
export function added(of: World, draft: object): void {
  const last = of.rows.at(-1)!;
  const event = { ...JSON.parse(last.event!), ...draft };
  event.id = eventId(event);
  const link = nextLink(JSON.parse(last.link!), event.id, canonical(event));
  ledgerOf(of, [...of.mirror.map(({ bytes }) => bytes!.toString()), canonical({ event, link })]);
}

export function ledgerOf(of: World, texts: readonly string[]): void {
  of.rows = texts.map((text, index) => {
    const { event, link } = JSON.parse(text);
    return { place: String(index + 1).padStart(12, "0"), link: canonical(link), event: canonical(event) };
  });
  of.mirror = texts.map((text, index) => kept(`ledger/acme/${String(index + 1).padStart(12, "0")}.json`, text));
  of.roots = [];
}
