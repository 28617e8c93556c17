// SPDX-License-Identifier: Apache-2.0
import { visible } from "../gate/escape/terminal";
import { daysBetween, isDay } from "../gate/waivers/calendar";
import { cidrProblem } from "./cidr";
import { deliveryProblems } from "./delivery-checks";
import { parseOpensshKey } from "./openssh-key";
import { longestSessionPolicy, MAX_SESSION_POLICY_CHARACTERS } from "./session-policy";
import { type HistoryEntry, isEnabled, type Vendor, type VendorKey } from "./vendor";

/** Longest time, in days, for which one key may be used: two years. */
export const MAX_KEY_DAYS = 731;

/** What cannot stand, and where: the path of keys and indices in the file. */
export interface VendorProblem {
  readonly path: readonly (string | number)[];
  readonly expected: string;
  readonly got: string;
}

/** What cannot stand in a list of vendors, each of which holds to the schema; the first one first. */
export function* vendorProblems(vendors: readonly Vendor[]): Generator<VendorProblem> {
  for (const [i, vendor] of vendors.entries()) {
    for (const problem of problemsOf(vendor)) yield { ...problem, path: ["vendors", i, ...problem.path] };
  }
  yield* repeatedKeys(vendors);
  yield* collisions(vendors);
}

function* problemsOf(vendor: Vendor): Generator<VendorProblem> {
  yield* invisibleTexts(vendor, []);
  yield* periodProblems(vendor.from, vendor.until, ["from"], ["until"]);
  for (const [i, cidr] of vendor.cidrs.entries()) {
    const problem = cidrProblem(cidr);
    if (problem) yield { path: ["cidrs", i], ...problem };
  }
  for (const [i, key] of vendor.keys.entries()) yield* keyProblems(key, vendor, ["keys", i]);
  yield* studyProblems(vendor);
  yield* historyProblems(vendor);
  if (isEnabled(vendor) && vendor.keys.length === 0) {
    yield { path: ["keys"], expected: "a key of a vendor that is enabled", got: "none" };
  }
  const characters = longestSessionPolicy(vendor);
  if (characters > MAX_SESSION_POLICY_CHARACTERS) {
    const expected = `studies whose session policy has at most ${MAX_SESSION_POLICY_CHARACTERS} characters`;
    yield { path: ["studies"], expected, got: `${vendor.studies.length} studies, up to ${characters} characters` };
  }
}

function* invisibleTexts(value: unknown, path: VendorProblem["path"]): Generator<VendorProblem> {
  if (typeof value === "string") {
    const shown = visible(value);
    if (shown !== value) yield { path, expected: "characters that can be seen, on one line", got: shown };
  } else if (typeof value === "object" && value !== null) {
    const isList = Array.isArray(value);
    for (const [key, part] of Object.entries(value)) yield* invisibleTexts(part, [...path, isList ? Number(key) : key]);
  }
}

function* periodProblems(
  from: string,
  until: string,
  fromPath: VendorProblem["path"],
  untilPath: VendorProblem["path"],
): Generator<VendorProblem> {
  for (const [day, path] of [
    [from, fromPath],
    [until, untilPath],
  ] as const) {
    if (!isDay(day)) yield { path, expected: "a day of the calendar, YYYY-MM-DD", got: day };
  }
  if (until < from) yield { path: untilPath, expected: `${from} or later`, got: until };
}

function* keyProblems(key: VendorKey, vendor: Vendor, path: VendorProblem["path"]): Generator<VendorProblem> {
  const parsed = parseOpensshKey(key.publicKey);
  if ("expected" in parsed) yield { path: [...path, "publicKey"], ...parsed };
  const start = key.notBefore ?? vendor.from;
  yield* periodProblems(start, key.notAfter, [...path, "notBefore"], [...path, "notAfter"]);
  if (daysBetween(start, key.notAfter) > MAX_KEY_DAYS) {
    yield { path: [...path, "notAfter"], expected: `at most ${MAX_KEY_DAYS} days after ${start}`, got: key.notAfter };
  }
}

function* studyProblems(vendor: Vendor): Generator<VendorProblem> {
  const seen = new Set<string>();
  for (const [i, { id, deliveries = [] }] of vendor.studies.entries()) {
    if (seen.has(id)) yield { path: ["studies", i, "id"], expected: "every study once", got: `${id} twice` };
    seen.add(id);
    for (const problem of deliveryProblems(deliveries, vendor)) {
      yield { ...problem, path: ["studies", i, "deliveries", ...problem.path] };
    }
  }
}

function* historyProblems(vendor: Vendor): Generator<VendorProblem> {
  const { history = [] } = vendor;
  for (const [i, entry] of history.entries()) {
    const path = ["history", i];
    if (!isDay(entry.on)) yield { path: [...path, "on"], expected: "a day of the calendar, YYYY-MM-DD", got: entry.on };
    if (i > 0 && entry.on < history[i - 1]!.on) {
      yield { path: [...path, "on"], expected: `${history[i - 1]!.on} or later: a history is added to`, got: entry.on };
    }
    if (isSamePerson(entry)) {
      yield { path: [...path, "approver"], expected: `somebody else than ${entry.by}`, got: entry.approver };
    }
  }
  const isOffboarded = history.at(-1)?.action === "offboarded";
  if (isOffboarded === isEnabled(vendor)) {
    const expected = isOffboarded ? "false after the vendor was offboarded" : "an offboarding in the history";
    yield { path: ["enabled"], expected, got: isOffboarded ? "a vendor that is enabled" : "false without one" };
  }
}

// However it is spelt: "Ann.Lee" approves nothing of "ann lee".
function isSamePerson({ by, approver }: HistoryEntry): boolean {
  const [one, other] = [by, approver].map((name) =>
    name
      .toLowerCase()
      .replace(/\+[^@]*(?=@)/, "")
      .split(/[^a-z0-9]+/)
      .filter((word) => word !== "")
      .sort()
      .join(" "),
  );
  return one === other;
}

function* repeatedKeys(vendors: readonly Vendor[]): Generator<VendorProblem> {
  const owners = new Map<string, string>();
  const lost = new Set(vendors.flatMap(({ history = [] }) => history.flatMap(({ revoked = [] }) => revoked)));
  for (const [i, { id, keys }] of vendors.entries()) {
    for (const [k, { publicKey }] of keys.entries()) {
      const key = parseOpensshKey(publicKey);
      if ("expected" in key) continue;
      const path = ["vendors", i, "keys", k, "publicKey"];
      if (lost.has(key.fingerprint)) yield { path, expected: "no lost key", got: key.fingerprint };
      const owner = owners.get(key.fingerprint);
      if (owner !== undefined) {
        yield { path, expected: "every key once", got: `${key.fingerprint}, which ${owner} has too` };
      }
      owners.set(key.fingerprint, id);
    }
  }
}

/** A rule or a search for what begins with `acme` must never find what `acme2` sent. */
function* collisions(vendors: readonly Vendor[]): Generator<VendorProblem> {
  for (const [i, { id }] of vendors.entries()) {
    const other = vendors.slice(0, i).find((one) => one.id.startsWith(id) || id.startsWith(one.id));
    if (other) {
      const got = id === other.id ? `${id} twice` : `${id} beside ${other.id}`;
      yield { path: ["vendors", i, "id"], expected: "no id with which another one begins, nor one given twice", got };
    }
  }
}
