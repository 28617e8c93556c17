// SPDX-License-Identifier: Apache-2.0
import { differences } from "../../../validation/oq/challenges/as-left";
import { changedFor, type Setting } from "../../../validation/oq/restore";

/** A setting in memory; `stuck`: putting it back has no effect. */
function setting(stuck = false): Setting & { value: string } {
  const one = {
    value: "on",
    name: "the switch",
    read: async () => one.value,
    change: async () => {
      one.value = "off";
    },
    restore: async (before: string) => {
      if (!stuck) one.value = before;
    },
  };
  return one;
}

const refusal = Object.assign(new Error("no"), { name: "AccessDenied", $metadata: { httpStatusCode: 403 } });

describe("changedFor", () => {
  it("makes the attempt while the setting is changed, and puts it back", async () => {
    const one = setting();
    let during = "";
    const seen = await changedFor(one, async () => {
      during = one.value;
      return { $metadata: { httpStatusCode: 204 } };
    });
    expect([during, one.value]).toEqual(["off", "on"]);
    expect(seen).toEqual({ ok: true, seen: "allowed: HTTP 204; the switch put back and read again: as before" });
  });

  it("fails when the setting is not as before", async () => {
    const seen = await changedFor(setting(true), async () => undefined);
    expect(seen).toEqual({ ok: false, seen: "allowed; the switch NOT as before: off, was on" });
  });

  it("fails when the attempt is refused, and puts the setting back", async () => {
    const one = setting();
    const seen = await changedFor(one, () => Promise.reject(refusal));
    expect([seen.ok, one.value]).toEqual([false, "on"]);
  });

  it("puts the setting back when there is no answer", async () => {
    const one = setting();
    await expect(changedFor(one, () => Promise.reject(new Error("connection lost")))).rejects.toMatchObject({
      code: "TRANSPORT",
    });
    expect(one.value).toBe("on");
  });
});

describe("differences", () => {
  const before = new Map([
    ["a", "1"],
    ["b", "2"],
  ]);

  it("are none between equal settings", () => {
    expect(differences(before, new Map(before))).toEqual([]);
  });

  it("are a changed, a lost and a new setting", () => {
    const after = new Map([
      ["a", "9"],
      ["c", "3"],
    ]);
    expect(differences(before, after)).toEqual(["a: 9, was 1", "b: not there, was 2", "c: 3, was not there"]);
  });
});
