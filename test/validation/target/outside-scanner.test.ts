// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import type { Facts } from "../../../validation/facts";
import { eicar } from "../../../validation/oq/challenges/scan";
import { outsideScanner } from "../../../validation/target/outside-scanner";
import { EICAR_SHA256, OUTAGE_VARIABLE, SCANNER_SOURCE } from "../../../validation/target/qualification-scanner";

const scan = "arn:aws:lambda:eu-central-1:111122223333:function:house-scan:live";

function planned(...functions: readonly string[]): Facts {
  const invoke = (arn: string) => ({ effect: "Allow", actions: ["lambda:invokefunction"], resources: [arn] });
  const read = { effect: "Allow", actions: ["s3:getobject"], resources: ["arn:aws:s3:::inbox/*"] };
  return { statements: [read, ...functions.map(invoke)] } as unknown as Facts;
}

test("the scan is the function that somebody may call, without its alias, however often that is said", () => {
  expect(outsideScanner(planned(scan))).toBe("house-scan");
  expect(outsideScanner(planned(scan, scan))).toBe("house-scan");
});

test("a plan in which nobody may call a function has none", () => {
  expect(outsideScanner(planned())).toBeUndefined();
});

test("two functions are refused", () => {
  expect(() => outsideScanner(planned(scan, scan.replace("house", "other")))).toThrow(
    expect.objectContaining({ code: "SUBJECT_NOT_FOUND", message: expect.stringContaining("house-scan, other-scan") }),
  );
});

describe("the scan function of the qualification", () => {
  type Asked = { readonly key: string; readonly versionId: string; readonly sha256: string };
  const handler = (): ((asked: Asked) => Promise<unknown>) => {
    const loaded: { handler?: (asked: Asked) => Promise<unknown> } = {};
    new Function("exports", SCANNER_SOURCE)(loaded);
    return loaded.handler!;
  };
  const asked = (sha256: string) => ({ key: "k", versionId: "v1", sha256 });

  beforeEach(() => {
    jest.spyOn(process.stdout, "write").mockReturnValue(true);
  });
  afterEach(() => {
    delete process.env[OUTAGE_VARIABLE];
    jest.restoreAllMocks();
  });

  it("refuses the EICAR test file, and says why", async () => {
    expect(await handler()(asked(EICAR_SHA256))).toEqual({
      versionId: "v1",
      verdict: "REFUSED",
      reason: "EICAR test file",
    });
  });

  it("calls everything else clean", async () => {
    expect(await handler()(asked("0".repeat(64)))).toEqual({ versionId: "v1", verdict: "CLEAN" });
  });

  it("fails whatever it is asked while it is told to", async () => {
    process.env[OUTAGE_VARIABLE] = "1";
    await expect(handler()(asked("0".repeat(64)))).rejects.toThrow("out of order");
  });

  it("knows the test file that the challenge sends", () => {
    expect(createHash("sha256").update(eicar()).digest("hex")).toBe(EICAR_SHA256);
  });
});
