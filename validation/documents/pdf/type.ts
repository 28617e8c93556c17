// SPDX-License-Identifier: Apache-2.0
import type { Inline } from "../model";
import { toneOf } from "../tone";
import { type Face, type Faces, faces } from "./face";

/** Colours of text and lines on white paper: each has a contrast of 4.5 or more. */
export const INK = { text: "#1b1f24", soft: "#57606a", good: "#116329", bad: "#a40e26", warn: "#7d4e00" } as const;
export const GROUND = { line: "#8c959f", head: "#eaeef2", warn: "#fff8c5" } as const;

/** Distance of two base lines for each point of size. */
const LEADING = 1.28;

/** How a text is set: font, size in points, colour. */
export interface Type {
  readonly face: Face;
  readonly size: number;
  readonly ink: string;
}

/** Set lines and what they take, in points. */
export interface SetText {
  readonly type: Type;
  readonly lines: readonly string[];
}

export function typeOf(face: keyof Faces, size: number, ink: string = INK.text): Type {
  return { face: faces()[face], size, ink };
}

export function leading({ size }: Type): number {
  return size * LEADING;
}

/** A text broken into lines of at most `limit` points. */
export function setText(text: string, type: Type, limit: number): SetText {
  return { type, lines: type.face.wrap(text, type.size, limit) };
}

/** One piece of a cell as its kind asks; codes a little smaller, since their letters are wider. */
export function setInline(inline: Inline, size: number, limit: number): SetText {
  if (typeof inline === "string") return setText(inline, typeOf("text", size), limit);
  if ("code" in inline) return setText(inline.code, typeOf("code", size - 1), limit);
  return setText(inline.result, typeOf("bold", size, inkOf(inline.result)), limit);
}

function inkOf(result: string): string {
  return { good: INK.good, bad: INK.bad, open: INK.warn }[toneOf(result)];
}
