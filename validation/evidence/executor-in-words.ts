// SPDX-License-Identifier: Apache-2.0
import type { Executor } from "./entries";

/** Who called the target, as its STS says. */
export function identityInWords({ identity }: Executor): string {
  const told = `${identity.arn}, account ${identity.account}`;
  return identity.target === "emulator" ? `${told}: the emulator's own account, which identifies no person` : told;
}

/** Who started the command, as the CI or the machine says. */
export function loginInWords({ login }: Executor): string {
  if (login.source === "operating-system") return `${login.name}, user of the operating system, not authenticated`;
  return `${login.name}, as ${login.source} says, run ${login.run ?? "not named"}`;
}
