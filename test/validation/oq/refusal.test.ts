// SPDX-License-Identifier: Apache-2.0
import { ask, inWords, RefusedPerKey } from "../../../validation/oq/call";
import { BY_LOCK, BY_LOCK_PER_KEY, departure, layerOf, refusalText } from "../../../validation/oq/refusal";

const LOCKED = "Access Denied because object protected by object lock.";
const perKey = () => ask("batch", () => Promise.reject(new RefusedPerKey(200, "AccessDenied", LOCKED)));

describe("a refusal inside the answer to a batch", () => {
  it("keeps the status of the answer", async () => {
    expect(inWords(await perKey())).toBe(
      `refused: HTTP 200 with a per-key error AccessDenied (${LOCKED}), nothing under Deleted`,
    );
  });

  it("is what the protocol of a batch expects", async () => {
    expect(departure(await perKey(), BY_LOCK_PER_KEY)).toBeUndefined();
    expect(refusalText(BY_LOCK_PER_KEY)).toBe(
      "HTTP 200 with a per-key error AccessDenied by the S3 Object Lock, nothing under Deleted",
    );
  });

  it("is not what a single call expects, nor the other way round", async () => {
    expect(departure(await perKey(), BY_LOCK)).toBe("refused per key");
    const whole = { outcome: "refused", status: 403, code: "AccessDenied", message: LOCKED } as const;
    expect(departure(whole, BY_LOCK_PER_KEY)).toBe("refused as a whole call");
  });
});

describe("the layer that refused", () => {
  it.each([
    ["S3 Object Lock", "InvalidBucketState", "An Object Lock configuration is present on this bucket"],
    ["not named by the answer", "InvalidBucketState", "The request is not valid for the current state of the bucket."],
    ["S3 Object Lock", "AccessDenied", LOCKED],
    ["identity policy", "AccessDenied", "because no identity-based policy allows the s3:PutObject action"],
    ["not named by the answer", "AccessDenied", "Access Denied"],
    ["condition of the write", "TransactionCanceledException", "cancelled, reasons [ConditionalCheckFailed, None]"],
    ["not named by the answer", "TransactionCanceledException", "cancelled, reasons [TransactionConflict, None]"],
  ])("is %s for %s: %s", (layer, code, message) => {
    expect(layerOf(code, message)).toBe(layer);
  });
});
