// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import Ajv, { type AnySchemaObject } from "ajv";
import { parseDocument } from "yaml";
import { type EnvironmentName, ModuleError } from "../modules";

/** What a settings file says, not checked yet. @throws SETTINGS_INVALID for anything but plain YAML */
export function readSettingsFile(file: string): unknown {
  const document = parseDocument(fs.readFileSync(file, "utf8"), {
    schema: "core",
    merge: false,
    uniqueKeys: true,
    strict: true,
  });
  const problem = [...document.errors, ...document.warnings][0];
  if (problem) throw settingsInvalid(file, "YAML without errors or warnings", problem.message.split("\n")[0]!);
  return document.toJS({ maxAliasCount: 0 });
}

/**
 * Reads and checks a settings file.
 *
 * @param schema JSON Schema below `stacks/`, and its name there
 * @throws SETTINGS_INVALID for anything not understood, and when the file is for another environment
 */
export function readChecked<T extends { readonly environment: EnvironmentName }>(
  file: string,
  environment: EnvironmentName,
  schema: { readonly name: string; readonly text: AnySchemaObject },
): T {
  const settings = readSettingsFile(file);
  const ajv = new Ajv({ allErrors: false, strict: true, allowUnionTypes: true });
  if (!ajv.validate(schema.text, settings)) {
    const [first] = ajv.errors!;
    throw settingsInvalid(file, `settings by stacks/${schema.name}`, `${first!.instancePath || "/"} ${first!.message}`);
  }
  const checked = settings as T;
  if (checked.environment !== environment)
    throw settingsInvalid(file, `settings for ${environment}`, checked.environment);
  return checked;
}

export function settingsInvalid(where: string, expected: string, got: string): ModuleError {
  return new ModuleError("SETTINGS_INVALID", {
    what: "settings not usable",
    where: path.basename(where),
    expected,
    got,
    todo: "correct the settings file",
  });
}
