// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from "node:timers/promises";
import {
  DeleteRolePolicyCommand,
  GetRolePolicyCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import {
  GetFunctionConfigurationCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from "@aws-sdk/client-lambda";
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  type ListSecretsCommandOutput,
  PutSecretValueCommand,
} from "@aws-sdk/client-secrets-manager";
import { DescribeServerCommand, type SftpAuthenticationMethods, UpdateServerCommand } from "@aws-sdk/client-transfer";
import { Part11Error } from "../error";
import { newSecondComponent } from "../vendors/second-component";
import { ask } from "./call";
import type { Range } from "./range";
import type { Setting } from "./restore";
import { type SenderId, sha256 } from "./senders";

const PROVIDER = "-identity-provider";
const POLICY = "oq-read-secrets";
const BOTH: SftpAuthenticationMethods = "PUBLIC_KEY_AND_PASSWORD";
/** As modules/sftp-gateway/vendor-login.ts has it where passwords are checked. */
const MEMORY_MEGABYTES = 1024;
const POLL_MS = 1000;
/** How long rights of a role may take to reach every host of AWS. */
const PATIENCE_MS = 60_000;
/** Longest time in which a function takes a new configuration, in seconds. */
const FUNCTION_PATIENCE_S = 60;

/** Name of the role that the installed identity provider has. */
export function providerRole({ zone }: Range): string {
  return zone.roleNamed(PROVIDER).split("/").pop()!;
}

/** What server and identity provider ask for at a login, each as JSON. */
export async function loginSettings(range: Range): Promise<readonly string[]> {
  return [await providerSetting(range).read(), await serverSetting(range).read()];
}

/** Names of all secrets, sorted. */
export async function secretNames(range: Range): Promise<readonly string[]> {
  const secrets = (await range.administrator()).secrets();
  const names: string[] = [];
  for (let NextToken: string | undefined, more = true; more; ) {
    const page: ListSecretsCommandOutput = await secrets.send(new ListSecretsCommand({ NextToken }));
    names.push(...(page.SecretList ?? []).map(({ Name }) => String(Name)));
    NextToken = page.NextToken;
    more = NextToken !== undefined;
  }
  return names.sort();
}

/**
 * A password that the installed server asks a vendor for beside the key: what an apply of settings with
 * `sftp.secondComponent` would change is changed by the deploy role, and put back. The password is made here; it is
 * withheld from transcripts, and so is its hash.
 */
export class SecondComponent {
  private readonly changed: Array<{ readonly setting: Setting; readonly before: string }> = [];
  private isThere = true;

  private constructor(
    private readonly range: Range,
    private readonly id: SenderId,
    private readonly secretArn: string,
    /** What the vendor types. Never to be recorded. */
    readonly password: string,
    private readonly hash: string,
  ) {}

  /** Asks a vendor for a password from now on, and waits until the right one is taken or patience ends. */
  static async asked(range: Range, id: SenderId): Promise<SecondComponent> {
    const { password, hash } = await made(range);
    const secrets = (await range.administrator()).secrets();
    const Name = `${range.senders.table.replace(/-vendors$/, "")}/sftp/oq-${range.run}`;
    const { ARN } = await secrets.send(new CreateSecretCommand({ Name, SecretString: hash }));
    const component = new SecondComponent(range, id, ARN!, password, hash);
    try {
      await component.install();
    } catch (error) {
      await component.remove();
      throw error;
    }
    return component;
  }

  /** The hash in the vendor's secret as a setting: that of another password lets the other in. */
  async otherPassword(password: string, hash: string): Promise<Setting> {
    const secrets = (await this.range.administrator()).secrets();
    for (const secret of [password, hash]) this.range.transcript.withhold(secret);
    const put = (SecretString: string) =>
      secrets.send(new PutSecretValueCommand({ SecretId: this.secretArn, SecretString }));
    return {
      name: `the secret of ${this.id}`,
      // A digest: what is read stands in the record where it differs.
      read: async () =>
        sha256((await secrets.send(new GetSecretValueCommand({ SecretId: this.secretArn }))).SecretString ?? ""),
      change: () => put(hash),
      restore: () => put(this.hash),
    };
  }

  /** The server's question as a setting: one that takes a password in the place of the key. */
  eitherOne(): Setting {
    return serverSetting(this.range, "PUBLIC_KEY_OR_PASSWORD");
  }

  /** Puts everything back as it was and takes the secret out; once. @throws when a setting is not as before */
  async remove(): Promise<void> {
    if (!this.isThere) return;
    this.isThere = false;
    const differing: string[] = [];
    for (const { setting, before } of this.changed.reverse()) {
      try {
        if (!(await putBack(setting, before))) differing.push(setting.name);
      } catch (error) {
        // One that cannot be put back keeps no other from it.
        differing.push(`${setting.name} (${(error as Error).message})`);
      }
    }
    const command = new DeleteSecretCommand({ SecretId: this.secretArn, ForceDeleteWithoutRecovery: true });
    try {
      await (await this.range.administrator()).secrets().send(command);
    } catch (error) {
      differing.push(`the secret ${this.secretArn} (${(error as Error).message})`);
    }
    if (differing.length > 0)
      throw new Part11Error({
        code: "TRANSPORT",
        what: "settings not put back",
        where: `second component of ${this.id}`,
        expected: "everything as before",
        got: differing.join(", "),
        todo: "apply the plan again, which puts them back, and run the qualification again",
      });
  }

  private async install(): Promise<void> {
    const { range, id, secretArn } = this;
    const settings = [
      rightSetting(range, secretArn),
      providerSetting(range),
      serverSetting(range, BOTH),
      await range.senders.profile(id, "secretArn", { S: secretArn }),
    ];
    for (const setting of settings) {
      this.changed.push({ setting, before: await setting.read() });
      await setting.change!();
    }
    const privateKey = (await range.senders.key(id)).private;
    for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await sleep(POLL_MS)) {
      const login = () => range.senders.visit(id, { privateKey, password: this.password });
      if ((await ask("first login with a password", login)).outcome === "allowed") return;
    }
  }
}

async function putBack(setting: Setting, before: string): Promise<boolean> {
  await setting.restore(before);
  return (await setting.read()) === before;
}

/** A password and its hash, which no transcript of the run will hold. */
export async function made({ transcript }: Range) {
  const component = await newSecondComponent();
  for (const secret of [component.password, component.hash]) transcript.withhold(secret);
  return component;
}

/** The right of the identity provider to read the secret. */
function rightSetting(range: Range, Resource: string): Setting {
  const RoleName = providerRole(range);
  const iam = async () => (await range.administrator()).iam();
  return {
    name: `the inline policies of ${RoleName}`,
    read: async () => {
      const { PolicyNames = [] } = await (await iam()).send(new ListRolePoliciesCommand({ RoleName }));
      const documents: string[] = [];
      for (const PolicyName of [...PolicyNames].sort()) {
        const { PolicyDocument } = await (await iam()).send(new GetRolePolicyCommand({ RoleName, PolicyName }));
        documents.push(`${PolicyName} ${decodeURIComponent(PolicyDocument ?? "")}`);
      }
      return JSON.stringify(documents);
    },
    change: async () => {
      const statement = { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource };
      const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
      await (await iam()).send(new PutRolePolicyCommand({ RoleName, PolicyName: POLICY, PolicyDocument }));
    },
    restore: async () => (await iam()).send(new DeleteRolePolicyCommand({ RoleName, PolicyName: POLICY })),
  };
}

/** Variables and memory of the identity provider. */
function providerSetting(range: Range): Setting {
  const FunctionName = range.zone.functionNamed(PROVIDER);
  const client = async () => (await range.administrator()).lambda();
  const read = async () => {
    const { Environment, MemorySize } = await (await client()).send(
      new GetFunctionConfigurationCommand({ FunctionName }),
    );
    return JSON.stringify({ memory: MemorySize, variables: Object.entries(Environment?.Variables ?? {}).sort() });
  };
  const put = async (MemorySize: number, Variables: Record<string, string>) => {
    const lambda = await client();
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize, Environment: { Variables } }));
    await waitUntilFunctionUpdatedV2(
      { client: lambda, maxWaitTime: FUNCTION_PATIENCE_S, minDelay: 1 },
      { FunctionName },
    );
  };
  const parsed = (text: string) => JSON.parse(text) as { memory: number; variables: [string, string][] };
  return {
    name: "variables and memory of the identity provider",
    read,
    change: async () => {
      const variables = Object.fromEntries(parsed(await read()).variables);
      await put(MEMORY_MEGABYTES, { ...variables, AUTHENTICATION_METHODS: BOTH });
    },
    restore: (before) => put(parsed(before).memory, Object.fromEntries(parsed(before).variables)),
  };
}

/** What the installed server asks for. */
function serverSetting(range: Range, methods: SftpAuthenticationMethods = BOTH): Setting {
  const ServerId = range.zone.sftpServerId();
  const client = async () => (await range.administrator()).transfer();
  const read = async () => {
    const { Server } = await (await client()).send(new DescribeServerCommand({ ServerId }));
    return JSON.stringify(Object.entries(Server?.IdentityProviderDetails ?? {}).sort());
  };
  const put = async (details: object) =>
    (await client()).send(new UpdateServerCommand({ ServerId, IdentityProviderDetails: { ...details } }));
  return {
    name: "what the server asks for",
    read,
    change: async () => put({ ...Object.fromEntries(JSON.parse(await read())), SftpAuthenticationMethods: methods }),
    restore: (before) => put(Object.fromEntries(JSON.parse(before))),
  };
}
