// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../error";
import type { PlanMeta } from "./facts";
import { sortedRecord } from "./json-object";

type Lock = NonNullable<PlanMeta["lock"]>;

const BLOCK = /provider\s+"([^"]+)"\s*\{([^{}]*)\}/y;
const VERSION = /^\s*version\s*=\s*"([^"]+)"\s*$/m;
const HASHES = /^\s*hashes\s*=\s*\[([^\]]*)\]/m;
const HASH = /"(?:h1|zh):[^"\s]+"/g;

/**
 * Reads `.terraform.lock.hcl`: provider source -> version and number of hashes.
 *
 * @throws LOCK_FORMAT when it holds anything but provider blocks
 */
export function readLock(text: string, where: string): Lock {
  const providers = new Map<string, { version: string; hashes: number }>();
  const plain = text.replace(/^\s*(?:#|\/\/).*$/gm, "").trim();
  let at = 0;
  while (at < plain.length) {
    BLOCK.lastIndex = at;
    const block = BLOCK.exec(plain);
    if (!block) throw malformed(where, `unreadable text at "${plain.slice(at, at + 30).replace(/\s+/g, " ")}"`);
    const [whole, source, body] = block as unknown as [string, string, string];
    const version = VERSION.exec(body)?.[1];
    if (version === undefined) throw malformed(where, `no version for ${source}`);
    if (providers.has(source)) throw malformed(where, `${source} twice`);
    providers.set(source, { version, hashes: HASHES.exec(body)?.[1]?.match(HASH)?.length ?? 0 });
    at += whole.length;
    while (at < plain.length && /\s/.test(plain[at]!)) at++;
  }
  return sortedRecord(providers);
}

function malformed(where: string, got: string): Part11Error {
  return new Part11Error({
    code: "LOCK_FORMAT",
    what: "dependency lock file refused",
    where,
    expected: "provider blocks as terraform init writes them",
    got,
    todo: "run terraform init again and give its .terraform.lock.hcl",
  });
}
