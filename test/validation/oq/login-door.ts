// SPDX-License-Identifier: Apache-2.0
import type { AuthenticationMethods } from "../../../modules/sftp-gateway/identity-provider/decision";
import { logIn } from "../../../modules/sftp-gateway/identity-provider/log-in";
import type { DirectoryItem } from "../../../modules/sftp-gateway/identity-provider/vendor-record";
import { RefusedBySftp } from "../../../validation/oq/call";
import type { Range } from "../../../validation/oq/range";
import { Transcript } from "../../../validation/target/transcript";
import { key, keyItem, profile, settings } from "../../modules/sftp-gateway/identity-provider/directory";

const USER = "oq-sender";
const FROM = "127.0.0.1";
const SECRET_ARN = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:acme-qual/sftp/oq-0a1b2c3d-AbCdEf";
const PUBLIC_KEY = key(1);

/** What is weak or broken of server, identity provider or cloud. */
export interface Weakness {
  /** The server takes a key, whatever it was told to ask for. */
  readonly keyIsEnough?: boolean;
  /** The server takes a password, whatever it was told to ask for. */
  readonly passwordIsEnough?: boolean;
  /** The identity provider takes any password for the right one. */
  readonly anyPassword?: boolean;
  /** The identity provider writes the password into its log. */
  readonly logsPassword?: boolean;
  /** Refused attempts leave no line. */
  readonly silent?: boolean;
  /** Calls that are answered and do nothing. */
  readonly ignored?: readonly string[];
  /** Calls that fail, and say so. */
  readonly refused?: readonly string[];
  /** The server asks for a key, whatever it was told to take in its place. */
  readonly keyAlways?: boolean;
}

interface Credentials {
  readonly privateKey?: string;
  readonly password?: string;
}

type Input = Record<string, unknown>;

/** Server, identity provider and secrets in memory; the identity provider is the code of the installed one. */
export class LoginDoor {
  readonly transcript = new Transcript();
  readonly server: Record<string, string> = { Function: "provider", SftpAuthenticationMethods: "PUBLIC_KEY" };
  readonly provider = { MemorySize: 256, Environment: { Variables: { AUTHENTICATION_METHODS: "PUBLIC_KEY" } } };
  readonly policies = new Map([["read-vendors", JSON.stringify({ Statement: [] })]]);
  readonly secrets = new Map<string, string>();
  profile: DirectoryItem = profile({ vendor: USER, cidrs: [`${FROM}/32`] });
  /** Passwords that were given to the server. */
  readonly given = new Set<string>();
  private readonly lines: Array<{ readonly group: string; readonly message: string; readonly at: number }> = [];

  constructor(private readonly weak: Weakness = {}) {}

  get range(): Range {
    const { transcript } = this;
    const client = { send: (command: { constructor: { name: string }; input: Input }) => this.asked(command) };
    const one = () => client;
    const principal = {
      ...{
        arn: "arn:aws:iam::111122223333:role/deployer",
        iam: one,
        lambda: one,
        logs: one,
        secrets: one,
        transfer: one,
      },
    };
    const named = () => "acme-qual-identity-provider";
    const zone = {
      ...{ sftpServerId: () => "s-1", functionNamed: named, roleNamed: named },
      ...{ sftpLogGroup: () => "server", logGroupOf: () => "provider" },
    };
    const login = async (_: string, credentials: Credentials) => {
      await this.loggedIn(credentials);
      return { put: async () => undefined, end: () => undefined };
    };
    const senders = {
      table: "acme-qual-vendors",
      roleArn: () => "arn:aws:iam::111122223333:role/acme-qual-vendor-oq-sender",
      key: async () => ({ private: "the vendor's", public: PUBLIC_KEY }),
      login,
      visit: async (id: string, credentials: Credentials) => {
        await login(id, credentials);
        return { ok: true, seen: `login of ${id} accepted` };
      },
      uploaded: async () => ({ versionId: "v1" }),
      profile: async (_: string, name: string, { S }: { S: string }) => ({
        name: "the profile",
        read: async () => JSON.stringify(this.profile),
        change: async () => {
          this.profile = { ...this.profile, [name]: S };
        },
        restore: async (before: string) => {
          this.profile = JSON.parse(before) as DirectoryItem;
        },
      }),
    };
    const self = {
      ...{ run: "0a1b2c3d", transcript, zone, senders },
      administrator: async () => principal,
      inspector: async () => principal,
      readable: async () => ({ ok: true, seen: "version v1" }),
    };
    return self as unknown as Range;
  }

  /** All that can differ afterwards. */
  state(): string {
    const { server, provider, policies, secrets } = this;
    return JSON.stringify([server, provider, [...policies], [...secrets], this.profile]);
  }

  private async loggedIn({ privateKey, password }: Credentials): Promise<void> {
    if (password !== undefined) this.given.add(password);
    const asks = this.server.SftpAuthenticationMethods;
    const byKey = privateKey !== undefined && (await this.answers(undefined));
    const byPassword = async () => password !== undefined && (await this.answers(password));
    const isIn =
      (byKey && (asks !== "PUBLIC_KEY_AND_PASSWORD" || this.weak.keyIsEnough || (await byPassword()))) ||
      (((asks === "PUBLIC_KEY_OR_PASSWORD" && !this.weak.keyAlways) || this.weak.passwordIsEnough) &&
        (await byPassword()));
    const line = { user: USER, "source-ip": FROM };
    if (isIn) return this.say("server", { "activity-type": "CONNECTED", ...line });
    if (!this.weak.silent) this.say("server", { "activity-type": "AUTH_FAILURE", ...line });
    throw new RefusedBySftp(51, "AUTHENTICATION_FAILED");
  }

  /** Whether the identity provider answers with a role. */
  private async answers(password: string | undefined): Promise<boolean> {
    const methods = this.provider.Environment.Variables.AUTHENTICATION_METHODS as AuthenticationMethods;
    const event = { username: USER, protocol: "SFTP", serverId: "s-1", sourceIp: FROM };
    const mayRead = [...this.policies.values()].some((policy) => policy.includes(SECRET_ARN));
    try {
      const answer = await logIn(
        { ...event, ...(password === undefined ? {} : { password }) },
        { ...settings, methods },
        {
          itemsOf: async () => [this.profile, keyItem(PUBLIC_KEY, { vendor: USER })],
          secret: async (arn) => {
            if (!mayRead) throw new Error("AccessDeniedException");
            return this.secrets.get(arn);
          },
          now: () => new Date(),
          log: (line) => {
            if (line.decision === "denied" && this.weak.silent) return;
            this.say("provider", this.weak.logsPassword ? { ...line, event: "login", password } : { ...line });
          },
        },
      );
      return "Role" in answer || (password !== undefined && this.weak.anyPassword === true);
    } catch {
      return false;
    }
  }

  private say(group: string, line: object): void {
    this.lines.push({ group, message: JSON.stringify(line), at: Date.now() });
  }

  /** A call of the SDK, as it would stand in the transcript. */
  private async asked({ constructor: { name }, input }: { constructor: { name: string }; input: Input }) {
    const operation = name.replace(/Command$/, "");
    if (this.weak.refused?.includes(operation)) throw new Error(`no ${operation}`);
    const answer = this.weak.ignored?.includes(operation) ? {} : this.done(operation, input);
    this.transcript.keep({
      ...{ principal: "deploy role", operation, transportError: null },
      request: {
        scheme: "https",
        method: "POST",
        path: "/",
        query: {},
        headers: {},
        body: { text: JSON.stringify(input) },
      },
      response: { status: 200, headers: {}, body: { text: JSON.stringify(answer) } },
    });
    return answer;
  }

  private done(operation: string, input: Input): object {
    const { PolicyName, PolicyDocument, SecretString, SecretId = SECRET_ARN } = input as Record<string, string>;
    switch (operation) {
      case "CreateSecret":
      case "PutSecretValue":
        this.secrets.set(SecretId, SecretString!);
        return { ARN: SecretId };
      case "GetSecretValue":
        return { SecretString: this.secrets.get(SecretId) };
      case "DeleteSecret":
        this.secrets.delete(SecretId);
        return {};
      case "ListRolePolicies":
        return { PolicyNames: [...this.policies.keys()] };
      case "GetRolePolicy":
        return { PolicyDocument: encodeURIComponent(this.policies.get(PolicyName!)!) };
      case "PutRolePolicy":
        this.policies.set(PolicyName!, PolicyDocument!);
        return {};
      case "DeleteRolePolicy":
        this.policies.delete(PolicyName!);
        return {};
      case "GetFunctionConfiguration":
        return this.provider;
      case "GetFunction":
        return { Configuration: { State: "Active", LastUpdateStatus: "Successful" } };
      case "UpdateFunctionConfiguration":
        Object.assign(this.provider, { MemorySize: input.MemorySize, Environment: input.Environment });
        return {};
      case "DescribeServer":
        return { Server: { IdentityProviderDetails: { ...this.server } } };
      case "UpdateServer":
        Object.assign(this.server, input.IdentityProviderDetails);
        return {};
      case "FilterLogEvents": {
        const own = this.lines.filter(
          ({ group, at }) => group === input.logGroupName && at >= (input.startTime as number),
        );
        return { events: own.map(({ message }) => ({ message })) };
      }
      default:
        throw new Error(`${operation} is not expected`);
    }
  }
}
