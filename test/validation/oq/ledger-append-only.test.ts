// SPDX-License-Identifier: Apache-2.0
import { ledgerAppendOnlyChallenges } from "../../../validation/oq/challenges/ledger-append-only";
import type { Range } from "../../../validation/oq/range";
import type { RoleSubject } from "../../../validation/oq/stack-state";

interface Input {
  readonly Key?: Row;
  readonly Item?: Row;
  readonly ConditionExpression?: string;
  readonly TransactItems?: ReadonlyArray<{ readonly Put: Input }>;
  readonly RoleName?: string;
  readonly PolicyName?: string;
  readonly PolicyDocument?: string;
}
type Row = Record<string, { S: string }>;
interface Command {
  readonly constructor: { readonly name: string };
  readonly input: Input;
}

const INGEST = "acme-qual-ingest";
const APPEND = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"];

interface Weakness {
  /** Rights of the installed ingest role. @default - what the module grants */
  readonly rights?: readonly string[];
  /** Actions that nobody is let do, whatever the role says. */
  readonly nobody?: readonly string[];
  /** What is written although the answer is a refusal. */
  readonly writesAllTheSame?: boolean;
  /** Conditions of puts are not looked at. */
  readonly ignoresConditions?: boolean;
  /** Rows stay, whoever deletes them. */
  readonly keepsAll?: boolean;
}

/** A table, its roles, and what is weak of them. */
class Ledger {
  readonly rows = new Map<string, Row>();
  readonly roles = new Map<string, Map<string, string>>();

  constructor(private readonly weak: Weakness = {}) {
    const Statement = [{ Effect: "Allow", Action: weak.rights ?? APPEND, Resource: "ledger" }];
    this.roles.set(INGEST, new Map([["append-ledger", JSON.stringify({ Statement })]]));
  }

  get range(): Range {
    const named = (role: string) => `arn:aws:iam::111122223333:role/${role}`;
    const administrator = {
      arn: named("deployer"),
      iam: () => ({ send: async (command: Command) => this.iam(command) }),
      dynamodb: () => ({ send: async (command: Command) => this.table(command) }),
    };
    const zone = {
      roleNamed: () => named(INGEST),
      writer: () => ({ trustedBy: named("qualifier") }),
      tableNamed: () => "ledger",
    };
    const assume = async (_: string, { roleArn }: RoleSubject) => ({
      arn: roleArn,
      dynamodb: () => ({ send: async (command: Command) => this.asked(roleArn.split("/").pop()!, command) }),
    });
    return { run: "0a1b2c3d", raw: "raw", zone, administrator: async () => administrator, assume } as unknown as Range;
  }

  private iam({ constructor: { name }, input: { RoleName = "", PolicyName = "", PolicyDocument = "" } }: Command) {
    const policies = this.roles.get(RoleName);
    switch (name) {
      case "ListRolePoliciesCommand":
        return { PolicyNames: [...policies!.keys()] };
      case "GetRolePolicyCommand":
        return { PolicyDocument: encodeURIComponent(policies!.get(PolicyName)!) };
      case "CreateRoleCommand":
        this.roles.set(RoleName, new Map());
        return { Role: { Arn: `arn:aws:iam::111122223333:role/${RoleName}` } };
      case "PutRolePolicyCommand":
        return policies!.set(PolicyName, PolicyDocument);
      case "DeleteRolePolicyCommand":
        return policies!.delete(PolicyName);
      case "DeleteRoleCommand":
        return this.roles.delete(RoleName);
      default:
        throw new Error(`${name} is not expected`);
    }
  }

  /** A call of a role, as its policies let it. */
  private asked(role: string, command: Command) {
    const needed = `dynamodb:${command.constructor.name.replace("Command", "").replace("TransactWriteItems", "PutItem")}`;
    const allowed = [...this.roles.get(role)!.values()].flatMap((policy) =>
      (JSON.parse(policy) as { Statement: ReadonlyArray<{ Action: string | string[] }> }).Statement.flatMap(
        ({ Action }) => Action,
      ),
    );
    if (allowed.includes(needed) && !this.weak.nobody?.includes(needed)) return this.table(command);
    if (this.weak.writesAllTheSame) this.table(command);
    throw refusal("AccessDeniedException", `because no identity-based policy allows the ${needed} action`);
  }

  private table({ constructor: { name }, input }: Command) {
    const at = ({ pk, sk }: Row) => `${pk!.S} ${sk!.S}`;
    const own = input.Key && at(input.Key);
    const put = ({ Item }: Input) => this.rows.set(at(Item!), Item!);
    const isTaken = ({ Item, ConditionExpression }: Input) =>
      ConditionExpression !== undefined && !this.weak.ignoresConditions && this.rows.has(at(Item!));
    switch (name) {
      case "GetItemCommand":
        return { Item: this.rows.get(own!) };
      case "QueryCommand":
        return { Items: [...this.rows.values()] };
      case "DeleteItemCommand":
        if (!this.weak.keepsAll) this.rows.delete(own!);
        return {};
      case "UpdateItemCommand":
        this.rows.set(own!, { ...this.rows.get(own!)!, event: { S: "other" } });
        return {};
      case "PutItemCommand":
        put(input);
        return {};
      case "TransactWriteItemsCommand": {
        const puts = input.TransactItems!.map(({ Put }) => Put);
        if (puts.some(isTaken)) {
          if (this.weak.writesAllTheSame) puts.filter((one) => !isTaken(one)).forEach(put);
          throw refusal(
            "TransactionCanceledException",
            "Transaction cancelled, please refer cancellation reasons for specific reasons [ConditionalCheckFailed, None]",
          );
        }
        puts.forEach(put);
        return {};
      }
      default:
        throw new Error(`${name} is not expected`);
    }
  }
}

function refusal(name: string, message: string): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: 400 } });
}

const run = (id: string, weak?: Weakness) => {
  const ledger = new Ledger(weak);
  return { ledger, seen: ledgerAppendOnlyChallenges.find(({ step }) => step.id === id)!.run(ledger.range) };
};
const CHANGES = ["OQ-ledger-update", "OQ-ledger-delete"];
const OVERWRITE = "OQ-ledger-overwrite";

test.each([...CHANGES, OVERWRITE])(
  "%s passes where the role may add and nothing else, and leaves nothing",
  async (id) => {
    const { ledger, seen } = run(id);
    expect(await seen).toMatchObject({ result: "PASS", twin: { result: "PASS" }, mutant: { result: "PASS" } });
    expect([[...ledger.rows.keys()], [...ledger.roles.keys()]]).toEqual([[], [INGEST]]);
  },
);

const MAY_ALL = [...APPEND, "dynamodb:UpdateItem", "dynamodb:DeleteItem"];

describe.each(CHANGES)("%s fails", (id) => {
  const right = id === "OQ-ledger-update" ? "dynamodb:UpdateItem" : "dynamodb:DeleteItem";

  it.each<[string, string, Weakness]>([
    ["the role may do it", "the call was not refused", { rights: MAY_ALL }],
    [
      "the row has changed all the same",
      "refused, and not seen to be as it was afterwards",
      { writesAllTheSame: true },
    ],
    [
      "the role may not even add",
      "the allowed call beside it failed, so the refusal proves nothing",
      { rights: ["dynamodb:GetItem"] },
    ],
    [
      "another layer refuses it as well",
      "without the layer the call is refused too, so another layer refuses",
      { nobody: [right] },
    ],
  ])("where %s", async (_, reason, weak) => {
    expect(await run(id, weak).seen).toMatchObject({ result: "FAIL", reason });
  });
});

describe(`${OVERWRITE} fails`, () => {
  it.each<[string, string, Weakness]>([
    ["a condition is not looked at", "the call was not refused", { ignoresConditions: true }],
    ["half of it is written", "refused, and not seen to be as it was afterwards", { writesAllTheSame: true }],
    [
      "rights refuse it, not the condition",
      "refused with AccessDeniedException instead of TransactionCanceledException",
      { rights: ["dynamodb:GetItem"] },
    ],
  ])("where %s", async (_, reason, weak) => {
    expect(await run(OVERWRITE, weak).seen).toMatchObject({ result: "FAIL", reason });
  });
});

test("a row that stays is no result: the ledger would not verify", async () => {
  await expect(run("OQ-ledger-update", { keepsAll: true }).seen).rejects.toThrow(
    "ledger still has rows of oq#0a1b2c3d: kept, twin",
  );
});
