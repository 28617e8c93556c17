// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { Part11Error } from "../error";
import { vendorGuide } from "../vendors/guide";
import { isEnabled } from "../vendors/vendor";
import { loadVendors, vendorIn } from "../vendors/vendor-file";
import { parseArguments } from "./arguments";
import type { Io } from "./io";
import { withFile } from "./vendor-options";

interface Flags {
  readonly file: string;
  readonly host: string;
  readonly hostKey: string;
}

/** `part11 vendor guide`: what to send to a vendor. @throws SUBJECT_NOT_FOUND, VENDOR_REFUSED, the codes of `loadVendors` */
export async function guide(argv: string[], io: Io): Promise<number> {
  const command = withFile(new Command("part11 vendor guide"))
    .description(
      "Print what a vendor needs to send files: access, settings of OpenSSH, WinSCP and FileZilla, what is expected.",
    )
    .argument("<id>", "the vendor")
    .requiredOption("--host <name>", "name or address of the gateway", host)
    .requiredOption("--host-key <fingerprint>", "fingerprint of its host key, SHA256:...", fingerprint);
  const flags = parseArguments<Flags>(command, argv, io);
  if (!flags) return 0;
  const vendor = vendorIn(loadVendors(path.resolve(io.cwd, flags.file)), command.args[0]!);
  if (!isEnabled(vendor)) throw offboarded(vendor.id, flags.file);
  io.stdout.write(vendorGuide(vendor, { host: flags.host, hostKeyFingerprint: flags.hostKey }));
  return 0;
}

function host(text: string): string {
  if (/^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/.test(text)) return text;
  throw new InvalidArgumentError("expected a host name or an IPv4 address");
}

function fingerprint(text: string): string {
  if (/^SHA256:[A-Za-z0-9+/]{43}=?$/.test(text)) return text.replace(/=$/, "");
  throw new InvalidArgumentError("expected SHA256: and 43 characters of base64");
}

function offboarded(id: string, where: string): Part11Error {
  return new Part11Error({
    code: "VENDOR_REFUSED",
    what: "no guide",
    where,
    expected: "a vendor that is enabled",
    got: `${id}, which was offboarded`,
    todo: "add a vendor under another id",
  });
}
