// SPDX-License-Identifier: Apache-2.0
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { Part11Error } from "../error";
import type { Range } from "./range";

/**
 * Runs the installed function whose name ends so now, and waits for its end.
 *
 * @param event what it is given. @default - nothing, as its clock does
 * @throws TRANSPORT when the run failed, with what it said
 */
export async function runFunction(range: Range, ending: string, event?: object): Promise<void> {
  const FunctionName = range.zone.functionNamed(ending);
  const Payload = event && Buffer.from(JSON.stringify(event));
  const command = new InvokeCommand({ FunctionName, Payload });
  const { FunctionError, Payload: said } = await (await range.administrator()).lambda().send(command);
  if (FunctionError === undefined) return;
  throw new Part11Error({
    code: "TRANSPORT",
    what: "a run has failed",
    where: FunctionName,
    expected: "a run that comes to its end",
    got: Buffer.from(said ?? []).toString("utf8") || FunctionError,
    todo: "mend what its log group tells of and run the qualification again",
  });
}
