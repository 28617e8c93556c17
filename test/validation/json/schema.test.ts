// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import Ajv2020 from "ajv/dist/2020";
import { assertSchema } from "../../../validation/json";
import { packageRoot } from "../../../validation/package-root";

const folder = path.join(packageRoot(), "validation", "schema");
const files = fs.readdirSync(folder).filter((file) => file.endsWith(".schema.json"));

describe("a schema", () => {
  // assertSchema leaves this check out, because it costs more than checking a file.
  it.each(files)("%s holds to the meta-schema of draft 2020-12", (file) => {
    const schema = JSON.parse(fs.readFileSync(path.join(folder, file), "utf8"));
    const ajv = new Ajv2020({ strict: true });
    expect([ajv.validateSchema(schema), ajv.errors]).toEqual([true, null]);
  });

  it.each(files)("%s refuses what is no object", (file) => {
    expect(() => assertSchema(file.replace(".schema.json", ""), "text", "input")).toThrow(/^content is no .* input/);
  });
});

test("the journal takes the same statements as an approval record", () => {
  const statementIn = (file: string) =>
    (JSON.parse(fs.readFileSync(path.join(folder, file), "utf8")) as { $defs: Record<string, unknown> }).$defs
      .approvalStatement;
  expect(statementIn("journal-entry.schema.json")).toEqual(statementIn("approval.schema.json"));
});
