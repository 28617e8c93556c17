// SPDX-License-Identifier: Apache-2.0
import { changesFit } from "../../../validation/oq/challenges/vendor-keys";
import { changeOn, today, vendorsWith } from "../../../validation/oq/joined-vendor";
import type { Range } from "../../../validation/oq/range";
import { key } from "../../modules/sftp-gateway/identity-provider/directory";

const range = { run: "0a1b2c3d" } as Range;
const added = vendorsWith(range, { private: "", public: key(1) });
const change = changeOn(today(), range);

test("a vendors file names who added the vendor, who approved it and why", () => {
  expect(changesFit(added, change)).toMatchObject({ ok: true });
});

test.each<[string, object]>([
  ["another person", { by: "somebody@example.org" }],
  ["another approver", { approver: "somebody@example.org" }],
  ["another reason", { reason: "none" }],
  ["another change", { action: "key rotated" }],
])("a history that tells of %s does not fit", (_, told) => {
  const [vendor] = added.vendors;
  const history = [{ ...vendor!.history![0]!, ...told }];
  expect(changesFit({ ...added, vendors: [{ ...vendor!, history }] }, change).ok).toBe(false);
});

test("a vendor without a history does not fit", () => {
  const [vendor] = added.vendors;
  expect(changesFit({ ...added, vendors: [{ ...vendor!, history: [] }] }, change).ok).toBe(false);
});
