// SPDX-License-Identifier: Apache-2.0
import { loadSidecar } from "../../../validation/gate";
import { isOfAnswers, partsOf } from "../../../validation/gate/parts";

const { controls } = loadSidecar().sidecar;

describe("the parts of the controls", () => {
  it("hold every control exactly once", () => {
    const ids = partsOf(controls).flatMap((part) => part.map(({ id }) => id));
    expect(ids.sort()).toEqual(controls.map(({ id }) => id).sort());
  });

  it("are the same for controls in another order", () => {
    const named = (given: typeof controls) => partsOf(given).map((part) => part.map(({ id }) => id).sort());
    expect(new Set(named([...controls].reverse()).map(String))).toEqual(new Set(named(controls).map(String)));
  });

  it("cut in pieces hold every control exactly once, the largest a third of what it was", () => {
    const [whole, cut] = [partsOf(controls), partsOf(controls, 3)];
    expect(
      cut
        .flat()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(controls.map(({ id }) => id).sort());
    const largest = (parts: typeof whole) => Math.max(...parts.map((part) => part.length));
    expect(largest(cut)).toBe(Math.ceil(largest(whole) / 3));
  });

  it("are none without controls", () => {
    expect(partsOf([])).toEqual([]);
  });
});

it("one control alone speaks of the answers of others", () => {
  expect(controls.filter(isOfAnswers).map(({ id }) => id)).toEqual(["META-02"]);
});
