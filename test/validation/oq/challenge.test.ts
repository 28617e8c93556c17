// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../../../validation/error";
import { ask } from "../../../validation/oq/call";
import { expectRefusal } from "../../../validation/oq/challenge";
import type { Principal } from "../../../validation/oq/principal";
import { BY_BUCKET_POLICY } from "../../../validation/oq/refusal";

const refuse = () =>
  Promise.reject(
    Object.assign(new Error("with an explicit deny in a resource-based policy"), {
      name: "AccessDenied",
      $metadata: { httpStatusCode: 403 },
    }),
  );
const allow = async () => ({ $metadata: { httpStatusCode: 200 } });
const refusal = {
  principal: { arn: "arn:aws:iam::111122223333:role/r" } as Principal,
  expected: BY_BUCKET_POLICY,
  call: refuse,
  twin: allow,
  mutant: allow,
};

describe("expectRefusal", () => {
  it("records what was seen afterwards", async () => {
    const seen = await expectRefusal("t", {
      ...refusal,
      unchanged: async () => ({ ok: true, seen: "policy as before" }),
    });
    expect(seen.result).toBe("PASS");
    expect(seen.actual).toMatch(/^refused: 403 AccessDenied .*; afterwards: policy as before$/);
  });

  it("fails when something has changed all the same", async () => {
    const seen = await expectRefusal("t", {
      ...refusal,
      unchanged: async () => ({ ok: false, seen: "another policy" }),
    });
    expect(seen).toMatchObject({ result: "FAIL", reason: "refused, and not seen to be as it was afterwards" });
  });

  it("fails when what must be unchanged can no longer be read", async () => {
    expect((await expectRefusal("t", { ...refusal, unchanged: refuse })).result).toBe("FAIL");
  });

  it("fails when a twin does not see what it must", async () => {
    const twin = async () => ({ ok: false, seen: "silence" });
    expect(await expectRefusal("t", { ...refusal, twin })).toMatchObject({
      result: "FAIL",
      twin: { result: "FAIL", actual: "silence" },
    });
  });

  it("gives the status of an allowed call", async () => {
    expect((await expectRefusal("t", refusal)).mutant).toEqual({ result: "PASS", actual: "allowed: HTTP 200" });
  });
});

describe("ask", () => {
  it("leaves an error of this package as it is", async () => {
    const said = { what: "no trail", where: "state", expected: "one", got: "none", todo: "apply the stack" };
    const error = new Part11Error({ code: "SUBJECT_NOT_FOUND", ...said });
    await expect(ask("t", () => Promise.reject(error))).rejects.toBe(error);
  });

  it("takes an error without an answer for neither allowed nor refused", async () => {
    await expect(ask("t", () => Promise.reject(new Error("socket hang up")))).rejects.toMatchObject({
      code: "TRANSPORT",
      message: expect.stringContaining("Error: socket hang up"),
    });
  });
});
