// SPDX-License-Identifier: Apache-2.0

/**
 * A picture as data, drawn by each renderer with its own means: no markup passes from one format to another. Units are
 * points of a page, from the top left corner.
 */
export interface Drawing {
  /** At most 500, the width of a page without its margins. */
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

export type Shape = Box | Line | Label;

export interface Box {
  readonly shape: "box";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly fill: Tint;
  /** A broken frame, for what should be there and is not. @default false */
  readonly dashed?: boolean;
}

export interface Line {
  readonly shape: "line";
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  /** A head at the second end. @default false */
  readonly arrow?: boolean;
}

export interface Label {
  readonly shape: "label";
  readonly x: number;
  /** Of the baseline. */
  readonly y: number;
  readonly text: string;
  /** Points. */
  readonly size: number;
  readonly bold?: boolean;
}

/** Fill of a box by what it means, `paper` for a frame. */
export type Tint = "good" | "bad" | "warn" | "soft" | "paper";
