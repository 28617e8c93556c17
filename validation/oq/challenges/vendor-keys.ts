// SPDX-License-Identifier: Apache-2.0
import { dayAfter, rotateKey } from "../../vendors/edit";
import { itemChanges } from "../../vendors/items";
import type { VendorFile } from "../../vendors/vendor-file";
import { ask, inWords } from "../call";
import { type Challenge, type Checked, expectAnswer, expectRefusal, observe } from "../challenge";
import { changeOn, JOINED, JoinedVendor, today, vendorsWith } from "../joined-vendor";
import type { Range } from "../range";
import { BY_SFTP_LOGIN, departure, refusalText } from "../refusal";
import { changedFor, type Setting } from "../restore";
import { SENDERS_ADDRESS, STUDY } from "../senders";
import { refusalLogged } from "./sftp-login";

const BY_HAND =
  "The rows of the vendors table and the role, which the apply of a plan would write, are written by the deploy role: no plan is made here";

/** A vendor is taken on, and gets another key. */
export const vendorKeysChallenges: readonly Challenge[] = [joined(), rotated()];

function joined(): Challenge {
  const title = "A vendor who is added logs in with its own key, and with no other";
  return {
    step: {
      id: "OQ-vendor-added",
      title,
      controls: [],
      requirements: ["URS-005"],
      clauses: ["11.10(d)", "11.300(b)"],
      kind: "positive",
      principal: `SFTP client that claims to be ${JOINED}`,
      action: `log in as a vendor whom nobody knows; add it to a vendors file as \`part11 vendor add\` does; write what that changes. ${BY_HAND}, in the form of the rows and of the role that the plan wrote for oq-sender. Log in with its key from its network, put a file, and take rows and role out`,
      expected: `before: ${refusalText(BY_SFTP_LOGIN)}, and the identity provider's log says "unknown user"; afterwards the login is accepted and one version of the file lies in the vendor's folder of the inbox; the file names who added it, who approved it and why`,
      acceptance: "every one of them; no row of another form than the plan's",
      twin: "another vendor's key, which is valid, does not log in as the new one",
    },
    async run(range) {
      const { senders } = range;
      const vendor = new JoinedVendor(range);
      const pair = senders.strangeKey();
      const attempt = () => senders.visit(JOINED, { privateKey: pair.private });
      try {
        const seen = await expectAnswer({ arn: senders.roleArn(JOINED) }, title, async () => {
          const since = new Date();
          const before = await ask(title, attempt);
          const unknown = { user: JOINED, from: SENDERS_ADDRESS, reason: "unknown user", since } as const;
          const checks = [
            { ok: departure(before, BY_SFTP_LOGIN) === undefined, seen: `before: ${inWords(before)}` },
            await refusalLogged(range, unknown),
          ];
          const file = vendorsWith(range, pair);
          await vendor.makeRole();
          await vendor.write(file);
          checks.push(
            changesFit(file, changeOn(file.vendors[0]!.from, range)),
            await formFits(vendor),
            await uploaded(range, pair.private),
          );
          return { ok: checks.every(({ ok }) => ok), seen: checks.map((one) => one.seen).join("; ") };
        });
        const twin = await observe(`${title}: twin`, async () => {
          const privateKey = (await senders.key("oq-sender")).private;
          const answer = await ask(title, () => senders.visit(JOINED, { privateKey }));
          return { ok: departure(answer, BY_SFTP_LOGIN) === undefined, seen: inWords(answer) };
        });
        return twin.result === "PASS"
          ? { ...seen, twin }
          : { ...seen, twin, result: "FAIL", reason: "a key of another vendor opens the folder of the new one" };
      } finally {
        await vendor.remove();
      }
    },
  };
}

function rotated(): Challenge {
  const title = "A key that was replaced does not log in after its last day, and the new one does";
  return {
    step: {
      id: "OQ-vendor-key-rotated",
      title,
      controls: [],
      requirements: ["URS-005"],
      clauses: ["11.300(b)", "11.10(d)"],
      kind: "negative",
      principal: `SFTP client that claims to be ${JOINED}`,
      layer: BY_SFTP_LOGIN.layer,
      action: `add a vendor as in OQ-vendor-added, and give it a new key as \`part11 vendor rotate-key --on <yesterday> --overlap-days 0\` does, so that yesterday was the old key's last day. ${BY_HAND}. Log in with the old key from the vendor's network, and take rows and role out`,
      expected: `${refusalText(BY_SFTP_LOGIN)}; the server's log holds the attempt`,
      acceptance: "refused and recorded, twin allowed, mutant goes through",
      twin: "the vendor logs in with the new key",
      mutant:
        "the same login while the rotation leaves the old key a day more, which is today; the rows are put back and read again",
    },
    async run(range) {
      const { senders } = range;
      const vendor = new JoinedVendor(range);
      const [old, fresh] = [senders.strangeKey(), senders.strangeKey()];
      const before = vendorsWith(range, old);
      const yesterday = dayAfter(today(), -1);
      const key = { publicKey: fresh.public.trim(), notAfter: before.vendors[0]!.until };
      const rotation = (days: number) => rotateKey(before, JOINED, key, days, changeOn(yesterday, range));
      const since = new Date();
      try {
        await vendor.makeRole();
        await vendor.write(rotation(0));
        return await expectRefusal(title, {
          principal: { arn: senders.roleArn(JOINED) },
          expected: BY_SFTP_LOGIN,
          call: () => senders.visit(JOINED, { privateKey: old.private }),
          recorded: () => refusalLogged(range, { user: JOINED, from: SENDERS_ADDRESS, reason: undefined, since }),
          twin: () => senders.visit(JOINED, { privateKey: fresh.private }),
          mutant: () =>
            changedFor(rowsSetting(vendor, rotation(0), rotation(1)), () =>
              senders.visit(JOINED, { privateKey: old.private }),
            ),
        });
      } finally {
        await vendor.remove();
      }
    },
  };
}

/** What the verb says that the next plan writes, and who answers for it. */
export function changesFit(file: VendorFile, { by, approver, reason }: ReturnType<typeof changeOn>): Checked {
  const said = itemChanges([], file.vendors).map(({ kind, item }) => `${kind} ${item.replace(/#.*/, "")}`);
  const [entry] = file.vendors[0]?.history ?? [];
  const isSaid = entry?.by === by && entry.approver === approver && entry.reason === reason;
  return {
    ok: said.join() === "added profile,added key" && entry?.action === "added" && isSaid,
    seen: `part11 vendor add: ${said.join(", ")}; ${entry?.action} on ${entry?.on} by ${entry?.by}, approved by ${entry?.approver}: ${entry?.reason}`,
  };
}

async function formFits(vendor: JoinedVendor): Promise<Checked> {
  const others = await vendor.otherForms();
  return {
    ok: others.length === 0,
    seen: others.length === 0 ? "rows in the form of the plan's" : `rows of another form: ${others.join("; ")}`,
  };
}

async function uploaded(range: Range, privateKey: string): Promise<Checked> {
  const { senders, run } = range;
  const [name, content] = [`JOINED_${run}.csv`, `a,b\n${run}\n`];
  const session = await senders.login(JOINED, { privateKey });
  await session.put(`/${STUDY}/${name}`, content);
  session.end();
  const { key, versionId } = await senders.uploaded(JOINED, name, content);
  return { ok: true, seen: `logged in with its own key; version ${versionId} of ${key} in the inbox` };
}

function rowsSetting(vendor: JoinedVendor, usual: VendorFile, changed: VendorFile): Setting {
  const sorted = async () =>
    (await vendor.rows(JOINED)).map((row) => JSON.stringify(Object.entries(row).sort())).sort();
  return {
    name: `the rows of ${JOINED}`,
    read: async () => JSON.stringify(await sorted()),
    change: () => vendor.write(changed),
    restore: () => vendor.write(usual),
  };
}
