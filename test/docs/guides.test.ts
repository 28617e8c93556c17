// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { assertSchema } from "../../validation/json";
import { packageRoot } from "../../validation/package-root";

const GUIDE = fs.readFileSync(path.join(packageRoot(), "docs", "guides", "settings.md"), "utf8");
const [settings, waivers] = [...GUIDE.matchAll(/```yaml\n(.*?)```/gs)].map(([, text]) => parse(text!));

describe("the guide to the settings", () => {
  it("shows settings that the gate takes", () => {
    expect(() => assertSchema("part11-settings", settings, "settings.md")).not.toThrow();
  });

  it("shows every key there is", () => {
    const schema = path.join(packageRoot(), "validation", "schema", "part11-settings.schema.json");
    const known = Object.keys(JSON.parse(fs.readFileSync(schema, "utf8")).properties);
    expect(Object.keys(settings).sort()).toEqual(known.sort());
  });

  it("shows a waiver and an attestation that the gate takes", () => {
    expect(() => assertSchema("waivers", waivers, "settings.md")).not.toThrow();
    expect(Object.keys(waivers)).toEqual(["schemaVersion", "waivers", "attestations"]);
  });
});
