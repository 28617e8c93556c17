// SPDX-License-Identifier: Apache-2.0
import { Command } from "commander";
import { Part11Error } from "../error";
import { visible } from "../gate/escape/terminal";
import { type Disabled, type DisablePort, disableVendor } from "../vendors/disable";
import { parseArguments } from "./arguments";
import type { Io } from "./io";

interface Flags {
  readonly now?: boolean;
  readonly reason: string;
  readonly by: string;
  readonly table: string;
  readonly role: string;
  readonly region?: string;
}

/** Makes the port for a table and a region. Tests give their own. */
export type PortMaker = (table: string, region: string | undefined) => Promise<DisablePort>;

const EXITS = `
exit 0  no new login, and open sessions are revoked
exit 1  no new login, but open sessions could not be revoked
exit 2  nothing was disabled
`;

/**
 * `part11 vendor disable --now`: the deny item, and an end of open sessions.
 *
 * @param makePort `@default` AWS
 * @throws USAGE; TRANSPORT when the deny item was not written
 */
export async function disable(argv: string[], io: Io, makePort: PortMaker = onAws): Promise<number> {
  const command = new Command("part11 vendor disable")
    .description("Refuse a vendor's logins at once, before git and the pipeline know it, and revoke its open sessions.")
    .argument("<id>", "the vendor")
    .option("--now", "needed: there is no later")
    .requiredOption("--reason <text>", "why, in a sentence")
    .requiredOption("--by <person>", "who disables it")
    .requiredOption("--table <name>", "the vendors table, name or ARN")
    .requiredOption("--role <name>", "the vendor's role, name without path")
    .option("--region <region>", "region of the table (default: that of the AWS configuration)")
    .addHelpText("after", EXITS);
  const flags = parseArguments<Flags>(command, argv, io);
  if (!flags) return 0;
  const vendor = command.args[0]!;
  assertUsable(vendor, flags);
  const item = { vendor, item: "deny", by: flags.by, at: new Date().toISOString(), reason: flags.reason } as const;
  const port = await makePort(flags.table, flags.region);
  const disabled = await refusing(vendor, () => disableVendor(port, flags.role, item));
  io.stdout.write(told(vendor, flags.role, disabled));
  return disabled.sessionsOpen === undefined ? 0 : 1;
}

async function refusing(vendor: string, work: () => Promise<Disabled>): Promise<Disabled> {
  try {
    return await work();
  } catch (error) {
    const { notDisabled } = await import("../vendors/disable-aws");
    throw notDisabled(vendor, error);
  }
}

/** Loaded only here: the SDK takes longer to load than all the rest. */
async function onAws(table: string, region: string | undefined): Promise<DisablePort> {
  const { DynamoDBClient } = await import("@aws-sdk/client-dynamodb");
  const { IAMClient } = await import("@aws-sdk/client-iam");
  const { disableOnAws } = await import("../vendors/disable-aws");
  return disableOnAws(new DynamoDBClient({ region }), new IAMClient({ region }), table);
}

function told(vendor: string, role: string, { deny, before, sessionsOpen }: Disabled): string {
  const by = `${deny.by}, ${deny.at}: ${deny.reason}`;
  const lines = [
    `vendor    ${vendor} ${before ? "was disabled before" : "disabled"} by ${by}`,
    "logins    refused from the next one on: the identity provider reads the table at every login",
    sessionsOpen === undefined
      ? `sessions  revoked: role ${role} denies everything to credentials given out so far; IAM takes some seconds`
      : `sessions  NOT revoked, uploads that are open can go on: ${sessionsOpen}`,
    "",
    "what must follow in git, by two people:",
    `  part11 vendor offboard ${vendor} ...            or, for a lost key,`,
    `  part11 vendor rotate-key ${vendor} --lost ...   then review, plan and apply;`,
    "  only then may an administrator take the deny item out of the table, and the policy off the role.",
  ];
  return `${lines.map(visible).join("\n")}\n`;
}

function assertUsable(vendor: string, { now, reason, by, role }: Flags): void {
  const refuse = (expected: string, got: string) => {
    const where = "part11 vendor disable";
    return new Part11Error({ code: "USAGE", what: "wrong usage", where, expected, got, todo: `see ${where} --help` });
  };
  if (!now) throw refuse("--now: there is no other time", "none");
  if (!/^[a-z][a-z0-9-]{1,30}[a-z0-9]$/.test(vendor)) throw refuse("the id of a vendor", vendor);
  if (reason.trim().length < 10 || reason.length > 2000) throw refuse("--reason of 10 to 2000 characters", reason);
  if (!/^[A-Za-z][A-Za-z0-9 ._@+'-]{2,99}$/.test(by)) throw refuse("--by with a login or an e-mail address", by);
  if (!/^[\w+=,.@-]{1,64}$/.test(role)) throw refuse("--role with the name of a role", role);
}
