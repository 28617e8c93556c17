// SPDX-License-Identifier: Apache-2.0

/** A box of a grid of three columns, in points. */
export interface Slot {
  readonly column: number;
  readonly row: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Point = readonly [x: number, y: number];

/** A way between two boxes that crosses no third one, and where its number stands. */
export interface Route {
  readonly points: readonly Point[];
  readonly mark: Point;
}

/** Distance of ways that run beside each other. */
const STEP = 7;
/** Quarters of the space between boxes that ways run at, the middle first. */
const LANES = [2, 1, 3, 0, 4] as const;

/** Room of a number along its way. */
const MARK = 16;

/** From the outer edge of a picture's boxes to the first way beside them; a second one takes 6 more. */
const MARGIN = 8;

type Side = "left" | "right" | "top" | "bottom";

/** Finds ways through the spaces between boxes, each on a track of its own as far as there is room. */
export class Router {
  private readonly ports = new Map<string, number>();
  private readonly lanes = new Map<string, number>();

  /** @param gap width of the space between two columns @param between height of the space between two rows */
  constructor(
    private readonly slots: readonly Slot[],
    private readonly gap: number,
    private readonly between: number,
  ) {}

  route(from: Slot, to: Slot): Route {
    if (from.row === to.row && Math.abs(from.column - to.column) === 1) return this.across(from, to);
    if (from.column === to.column && this.areNeighbours(from, to)) return this.down(from, to);
    return this.around(from, to);
  }

  private areNeighbours(a: Slot, b: Slot): boolean {
    const [low, high] = [Math.min(a.row, b.row), Math.max(a.row, b.row)];
    return !this.slots.some(({ column, row }) => column === a.column && row > low && row < high);
  }

  private across(from: Slot, to: Slot): Route {
    const [fromSide, toSide]: [Side, Side] = from.column < to.column ? ["right", "left"] : ["left", "right"];
    const y = Math.max(this.port(from, fromSide), this.port(to, toSide));
    const [x1, x2] = [edge(from, fromSide), edge(to, toSide)];
    return {
      points: [
        [x1, y],
        [x2, y],
      ],
      mark: [(x1 + x2) / 2 - Math.sign(x2 - x1) * 3, y],
    };
  }

  private down(from: Slot, to: Slot): Route {
    const [fromSide, toSide]: [Side, Side] = from.row < to.row ? ["bottom", "top"] : ["top", "bottom"];
    const x = Math.max(this.port(from, fromSide), this.port(to, toSide));
    const [y1, y2] = [edge(from, fromSide), edge(to, toSide)];
    return {
      points: [
        [x, y1],
        [x, y2],
      ],
      mark: [x, (y1 + y2) / 2 - Math.sign(y2 - y1) * 2],
    };
  }

  /** Out of one side, along the space beside a column and, two columns further, through the space between two rows. */
  private around(from: Slot, to: Slot): Route {
    const fromSide: Side = to.column > from.column || (from.column === to.column && from.column > 0) ? "right" : "left";
    const [outer, inner] = [this.lane(from, fromSide), from.column === to.column];
    const toSide: Side = inner ? fromSide : fromSide === "right" ? "left" : "right";
    const [y1, y2] = [this.port(from, fromSide), this.port(to, toSide)];
    const start: readonly Point[] = [
      [edge(from, fromSide), y1],
      [outer, y1],
    ];
    const end: Point = [edge(to, toSide), y2];
    const mark: Point = [outer, y1 + (y2 - y1) * 0.5];
    if (inner || Math.abs(from.column - to.column) === 1) return { points: [...start, [outer, y2], end], mark };
    const [[cross, track], beside] = [this.cross(from, to), this.lane(to, toSide)];
    const points: readonly Point[] = [...start, [outer, cross], [beside, cross], [beside, y2], end];
    return { points, mark: [(from.x + to.x + to.width) / 2 + (track - 1) * MARK, cross] };
  }

  /** Where on a side the next way goes out or in. */
  private port(slot: Slot, side: Side): number {
    const used = this.next(this.ports, `${slot.column} ${slot.row} ${side}`);
    const upright = side === "left" || side === "right";
    const [start, room] = upright ? [slot.y + 7, slot.height - 10] : [slot.x + 18, slot.width - 30];
    const step = upright ? STEP : 22;
    return start + ((used * step) % Math.max(1, room));
  }

  private lane(slot: Slot, side: Side): number {
    const place = side === "left" ? slot.column - 1 : slot.column;
    const used = this.next(this.lanes, `beside ${place}`);
    const isInner = this.slots.some(({ column }) => column === place + (side === "left" ? 0 : 1));
    if (!isInner) {
      const out = MARGIN + (used % 2) * 6;
      return side === "left" ? slot.x - out : slot.x + slot.width + out;
    }
    const start = side === "left" ? slot.x - this.gap : slot.x + slot.width;
    return start + 3 + (LANES[used % LANES.length]! * (this.gap - 6)) / 4;
  }

  private cross(from: Slot, to: Slot): readonly [y: number, track: number] {
    const above = to.row > from.row ? to : from;
    const track = this.next(this.lanes, `above ${above.row}`) % LANES.length;
    return [above.y - this.between + 3 + (track * (this.between - 6)) / 4, track];
  }

  private next(counters: Map<string, number>, key: string): number {
    const used = counters.get(key) ?? 0;
    counters.set(key, used + 1);
    return used;
  }
}

function edge({ x, y, width, height }: Slot, side: Side): number {
  return { left: x, right: x + width, top: y, bottom: y + height }[side];
}
