// SPDX-License-Identifier: Apache-2.0
// What an attacker does to a bundle, as data: each vector in test/evidence/vectors is a list of these.
import * as fs from "node:fs";
import * as path from "node:path";
import {
  ephemeralSealKey,
  type JournalEntry,
  publicKeyPem,
  type SealKey,
  summarize,
} from "../../../validation/evidence";
import { type Manifest, manifestBytes } from "../../../validation/evidence/manifest";
import { seal } from "../../../validation/evidence/seal";
import { canonicalJson, sha256Hex } from "../../../validation/json";
import { renderReport } from "../../../validation/report";

// biome-ignore lint/suspicious/noExplicitAny: vectors reach into any JSON
type Json = any;

/** One act of tampering; `op` names it. */
export interface Act {
  readonly op: string;
  readonly [argument: string]: Json;
}

type Apply = (folder: string, act: Act, key: SealKey) => void;

const at = (folder: string, name: string) => path.join(folder, ...name.split("/"));
const text = (folder: string, name: string) => fs.readFileSync(at(folder, name), "utf8");
const put = (folder: string, name: string, content: string | Uint8Array) => fs.writeFileSync(at(folder, name), content);
const json = (folder: string, name: string): Json => JSON.parse(text(folder, name));
const lines = (folder: string) => text(folder, "journal.jsonl").trimEnd().split("\n");
const putLines = (folder: string, all: readonly string[]) => put(folder, "journal.jsonl", `${all.join("\n")}\n`);
const index = (position: number, length: number) => (position < 0 ? length + position : position);

function setAt(value: Json, where: string, to: Json): void {
  const keys = where.split(".");
  const last = keys.pop()!;
  keys.reduce((inner, key) => inner[key], value)[last] = to;
}

function editJson(folder: string, name: string, edit: (value: Json) => void): void {
  const value = json(folder, name);
  edit(value);
  put(folder, name, canonicalJson(value));
}

const editSignature = (folder: string, edit: (sig: string) => string) =>
  editJson(folder, "seal.json", (envelope) => {
    envelope.signatures[0].sig = edit(envelope.signatures[0].sig);
  });

/** Manifest over what lies in the folder now, sealed. */
function reseal(folder: string, key: SealKey, changes: Partial<Manifest> = {}): void {
  const before = json(folder, "manifest.json") as Manifest;
  const names = (fs.readdirSync(folder, { recursive: true, withFileTypes: true }) as fs.Dirent[])
    .filter((entry) => entry.isFile())
    .map((entry) =>
      path
        .relative(folder, path.join(entry.parentPath ?? entry.path, entry.name))
        .split(path.sep)
        .join("/"),
    )
    .filter((name) => !["manifest.json", "seal.json", "seal.pub.pem"].includes(name));
  const files = names.map((name) => {
    const bytes = fs.readFileSync(at(folder, name));
    return { path: name, sha256: sha256Hex(bytes), size: bytes.length };
  });
  const journal = names.includes("journal.jsonl") ? lines(folder).at(-1)! : "";
  const head = /"hash":"([0-9a-f]{64})"/.exec(journal)?.[1] ?? before.journalHead;
  const manifest = manifestBytes({ ...before, files, journalHead: head, ...changes });
  put(folder, "manifest.json", manifest);
  put(folder, "seal.json", seal(manifest, key));
  put(folder, "seal.pub.pem", publicKeyPem(key.publicKey));
}

function rechain(folder: string): void {
  let prev = "0".repeat(64);
  const chained = lines(folder).map((line, seq) => {
    const { hash: _, ...entry } = { ...JSON.parse(line), seq, prev };
    prev = sha256Hex(canonicalJson(entry));
    return canonicalJson({ ...entry, hash: prev });
  });
  putLines(folder, chained);
}

function resummarize(folder: string): void {
  const protocols = ["IQ", "OQ"].map((kind) => json(folder, `protocols/${kind}-landing-zone.json`));
  const entries = lines(folder).map((line) => JSON.parse(line) as JournalEntry);
  const commitments = json(folder, "commitments.json");
  const summary = summarize(protocols, entries, commitments);
  put(folder, "summary.json", canonicalJson(summary));
  put(folder, "report.html", renderReport({ summary, protocols, entries, commitments }));
}

const ACTS: Readonly<Record<string, Apply>> = {
  replace: (folder, { path: name, find, by }) => {
    const before = text(folder, name);
    if (!before.includes(find)) throw new Error(`${name} does not hold ${find}`);
    put(
      folder,
      name,
      before.replace(find, () => by),
    );
  },
  append: (folder, { path: name, text: more }) => fs.appendFileSync(at(folder, name), more),
  prepend: (folder, { path: name, text: more }) => put(folder, name, more + text(folder, name)),
  cut: (folder, { path: name, bytes }) => fs.truncateSync(at(folder, name), bytes),
  "cut-end": (folder, { path: name, bytes }) =>
    fs.truncateSync(at(folder, name), fs.statSync(at(folder, name)).size - bytes),
  drop: (folder, { path: name }) => fs.rmSync(at(folder, name)),
  add: (folder, { path: name, text: content }) => put(folder, name, content),
  folder: (folder, { path: name }) => fs.mkdirSync(at(folder, name)),
  rename: (folder, { from, to }) => fs.renameSync(at(folder, from), at(folder, to)),
  swap: (folder, { a, b }) => {
    const [first, second] = [text(folder, a), text(folder, b)];
    put(folder, a, second);
    put(folder, b, first);
  },
  link: (folder, { path: name }) => {
    const copy = `${folder}-copy-${sha256Hex(name).slice(0, 8)}`;
    fs.renameSync(at(folder, name), copy);
    fs.symlinkSync(copy, at(folder, name));
  },
  set: (folder, { path: name, at: where, value }) => editJson(folder, name, (v) => setAt(v, where, value)),
  double: (folder, { path: name, at: list }) => editJson(folder, name, (v) => v[list].push(v[list].at(-1))),
  reverse: (folder, { path: name, at: list }) => editJson(folder, name, (v) => v[list].reverse()),
  reseal: (folder, { with: changes }, key) => reseal(folder, key, changes),
  "reseal-foreign": (folder) => reseal(folder, ephemeralSealKey()),
  "own-pem": (folder, _act, key) => put(folder, "seal.pub.pem", publicKeyPem(key.publicKey)),
  "foreign-pem": (folder) => put(folder, "seal.pub.pem", publicKeyPem(ephemeralSealKey().publicKey)),
  "private-pem": (folder, _act, key) =>
    put(folder, "seal.pub.pem", key.privateKey.export({ type: "pkcs8", format: "pem" }) as string),
  "flip-signature": (folder) =>
    editSignature(folder, (sig) => {
      const bytes = Buffer.from(sig, "base64");
      bytes[40]! ^= 1;
      return bytes.toString("base64");
    }),
  "respell-signature": (folder) => editSignature(folder, (sig) => sig.replace(/=+$/, "")),
  "set-payload": (folder, { at: where, value }) =>
    editJson(folder, "seal.json", (envelope) => {
      const payload = JSON.parse(Buffer.from(envelope.payload, "base64").toString());
      setAt(payload, where, value);
      envelope.payload = Buffer.from(canonicalJson(payload)).toString("base64");
    }),
  line: (folder, { at: named, step, set }) => {
    const all = lines(folder);
    const position =
      named ?? all.findIndex((l) => l.includes('"type":"step-finished"') && l.includes(`"step":"${step}"`));
    const entry = JSON.parse(all[position]!);
    for (const [where, value] of Object.entries(set)) setAt(entry, where, value);
    all[position] = canonicalJson(entry);
    putLines(folder, all);
  },
  "drop-line": (folder, { at: position }) => {
    const all = lines(folder);
    all.splice(index(position, all.length), 1);
    putLines(folder, all);
  },
  "double-line": (folder, { at: position }) => {
    const all = lines(folder);
    all.splice(position, 0, all[position]!);
    putLines(folder, all);
  },
  reref: (folder, { path: name }) => {
    const bytes = fs.readFileSync(at(folder, name));
    const ref = { path: name, sha256: sha256Hex(bytes), size: bytes.length };
    const updated = lines(folder).map((line) => {
      const entry = JSON.parse(line);
      if (entry.body.decisions?.path === name) entry.body.decisions = ref;
      if (entry.body.facts?.path === name) entry.body.facts = ref;
      if (entry.body.signers?.path === name) entry.body.signers = ref;
      for (const { files } of entry.body.given ?? []) {
        const file = files.findIndex((one: { path: string }) => one.path === name);
        if (file >= 0) files[file] = ref;
      }
      const listed = (entry.body.evidence ?? []).findIndex((one: { path: string }) => one.path === name);
      if (listed >= 0) entry.body.evidence[listed] = ref;
      return canonicalJson(entry);
    });
    putLines(folder, updated);
  },
  rechain: (folder) => rechain(folder),
  summarize: (folder) => resummarize(folder),
};

/** Does the acts of a vector to the bundle in a folder, in their order. */
export function tamper(folder: string, acts: readonly Act[], key: SealKey): void {
  for (const act of acts) {
    const apply = ACTS[act.op];
    if (!apply) throw new Error(`no act named ${act.op}`);
    apply(folder, act, key);
  }
}
