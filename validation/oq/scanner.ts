// SPDX-License-Identifier: Apache-2.0
import {
  GetFunctionConfigurationCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from "@aws-sdk/client-lambda";
import { OUTAGE_VARIABLE } from "../target/qualification-scanner";
import type { Checked } from "./challenge";
import { logged } from "./logged";
import type { PutVersion, Range } from "./range";
import type { Setting } from "./restore";

/** Longest time in which a function takes a new configuration, in seconds. */
const PATIENCE_S = 60;

/** Name of the function that the installed ingest asks before it promotes. */
export function scannerName({ zone }: Range): string {
  return zone.variableOf("-ingest", "SCAN_FUNCTION").split(":")[6]!;
}

/** Variables of the scan function, as JSON. */
export async function scannerVariables(range: Range): Promise<string> {
  const command = new GetFunctionConfigurationCommand({ FunctionName: scannerName(range) });
  const { Environment } = await (await range.administrator()).lambda().send(command);
  return JSON.stringify(Object.entries(Environment?.Variables ?? {}).sort());
}

/** The variables of the scan function as a setting that has it fail whatever it is asked. */
export function outage(range: Range): Setting {
  const put = async (variables: Readonly<Record<string, string>>) => {
    const client = (await range.administrator()).lambda();
    const FunctionName = scannerName(range);
    await client.send(
      new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables: { ...variables } } }),
    );
    await waitUntilFunctionUpdatedV2({ client, maxWaitTime: PATIENCE_S, minDelay: 1 }, { FunctionName });
  };
  return {
    name: "the scan function",
    read: () => scannerVariables(range),
    change: () => put({ [OUTAGE_VARIABLE]: "1" }),
    restore: (before) => put(Object.fromEntries(JSON.parse(before))),
  };
}

/** Whether the scanner's own log says that it was asked about a version, and how it was then. */
export function asked(
  range: Range,
  { key, versionId, sha256 }: PutVersion,
  since: Date,
  failing: boolean,
): Promise<Checked> {
  const says = { event: "scan", key, versionId, sha256, outage: failing };
  return logged(range, `/aws/lambda/${scannerName(range)}`, says, since);
}
