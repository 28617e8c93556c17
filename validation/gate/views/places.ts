// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { type Member, readCapped, scanMembers, sha256Hex } from "../../json";
import type { Decisions, Finding } from "../decisions";

/** Where people look for a finding. */
export interface Place {
  /** Path below the root, with `/` between its parts. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

export type Places = (finding: Pick<Finding, "address">) => Place;

export interface PlaceFiles {
  /** As the user named it; `-` for stdin. */
  readonly plan: string;
  readonly synth?: string;
  readonly maxBytes: number;
}

/**
 * The place of every finding: the line of the user's code that made the construct where the synth carries its stack
 * trace, else the line of the resource in the synth, else the first line of the plan. Nothing of the user's is run.
 *
 * @param cwd folder at which relative paths start
 * @param root folder that places are relative to: the repository
 */
export function placesOf(files: PlaceFiles, decisions: Decisions, cwd: string, root: string): Places {
  const plan: Place = { file: files.plan === "-" ? "stdin" : shownPath(files.plan, cwd, root), line: 1 };
  if (files.synth === undefined) return () => plan;
  const bytes = readCapped(path.resolve(cwd, files.synth), { maxBytes: files.maxBytes });
  // Another file than the one that was judged tells nothing of its lines.
  if (sha256Hex(bytes) !== decisions.digests.synth) return () => plan;
  const file = shownPath(files.synth, cwd, root);
  const blocks = blocksOf(bytes);
  const ends = lineEnds(bytes);
  const known = new Map<string, Place>();
  return ({ address }) => {
    const base = baseOf(address);
    const block = base === undefined ? undefined : blocks.get(base);
    if (base === undefined || block === undefined) return plan;
    const place = known.get(base) ?? userLine(bytes, block, root) ?? { file, line: lineAt(ends, block.start) };
    known.set(base, place);
    return place;
  };
}

/** Path of a file below the root, or its name alone: where else it lies on this machine is nobody's business. */
function shownPath(file: string, cwd: string, root: string): string {
  const absolute = path.resolve(cwd, file);
  return below(absolute, root) ?? path.basename(absolute);
}

function below(file: string, root: string): string | undefined {
  const relative = path.relative(root, file);
  const inside = relative !== "" && !path.isAbsolute(relative) && relative.split(path.sep)[0] !== "..";
  return inside ? relative.split(path.sep).join("/") : undefined;
}

/** `type.name`, `data.type.name` or `module.name`: what a synth has a block for. */
function baseOf(address: string): string | undefined {
  return /^(?:module\.[\w-]+|(?:data\.)?[\w-]+\.[\w-]+)/.exec(address)?.[0];
}

/** Blocks of resources, data sources and modules by their base address. */
function blocksOf(bytes: Uint8Array): ReadonlyMap<string, Member> {
  const blocks = new Map<string, Member>();
  for (const section of membersOf(bytes)) {
    const name = keyOf(section);
    if (name === "module") for (const block of within(bytes, section)) blocks.set(`module.${keyOf(block)}`, block);
    if (name !== "resource" && name !== "data") continue;
    for (const type of within(bytes, section)) {
      const prefix = `${name === "data" ? "data." : ""}${keyOf(type)}.`;
      for (const block of within(bytes, type)) blocks.set(prefix + keyOf(block), block);
    }
  }
  return blocks;
}

function membersOf(bytes: Uint8Array): readonly Member[] {
  return scanMembers(bytes) ?? [];
}

/** Members of the object that a member holds, with places in the whole text. */
function within(bytes: Uint8Array, { start, end }: Member): readonly Member[] {
  return membersOf(bytes.subarray(start, end)).map((member) => ({
    ...member,
    start: member.start + start,
    end: member.end + start,
  }));
}

function keyOf({ key }: Member): string {
  return JSON.parse(Buffer.from(key).toString("utf8")) as string;
}

/** Offsets of the line ends. */
function lineEnds(bytes: Uint8Array): readonly number[] {
  const ends: number[] = [];
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) ends.push(at);
  return ends;
}

function lineAt(ends: readonly number[], offset: number): number {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle]! < offset) low = middle + 1;
    else high = middle;
  }
  return low + 1;
}

/** cdktf's `//.metadata.stackTrace` of a block, as far as an app records one. */
function userLine(bytes: Uint8Array, block: Member, root: string): Place | undefined {
  const note = within(bytes, block).find((member) => keyOf(member) === "//");
  if (note === undefined) return undefined;
  const { metadata } = JSON.parse(Buffer.from(bytes.subarray(note.start, note.end)).toString("utf8")) ?? {};
  const trace: unknown = metadata?.stackTrace;
  if (!Array.isArray(trace)) return undefined;
  for (const frame of trace) {
    const place = typeof frame === "string" ? placeOf(frame, root) : undefined;
    if (place) return place;
  }
  return undefined;
}

/** A frame of a JavaScript stack in a source file of the user: below the root and of no installed package. */
function placeOf(frame: string, root: string): Place | undefined {
  const [, named, line] = /([^()]+\.[cm]?[jt]sx?):([1-9]\d{0,8}):\d+\)?$/.exec(frame) ?? [];
  if (named === undefined) return undefined;
  const written = named
    .replace(/^.*?\bat /, "")
    .trim()
    .replace(/^file:\/\//, "");
  if (/^[a-z][a-z+.-]+:/i.test(written)) return undefined;
  const file = below(path.resolve(root, written), root);
  if (file === undefined || file.split("/").includes("node_modules")) return undefined;
  return { file, line: Number(line) };
}
