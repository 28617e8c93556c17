// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import {
  type AttributeValue,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { Part11Error } from "../error";
import { keyPair, SftpClient } from "../target/emulator";
import { RefusedBySftp } from "./call";
import { inAscii } from "./in-ascii";
import { keptVersions } from "./kept-versions";
import type { PutVersion, Range } from "./range";
import type { Setting } from "./restore";
import { keyRow, type VendorRow } from "./vendor-rows";

/** Vendors of stacks/settings/vendors-qualification.yaml, and one whom a challenge takes on; nobody else is played. */
export type SenderId = "oq-sender" | "oq-neighbour" | "oq-unblinded" | "oq-expired" | "oq-offboarded" | "oq-joined";

/** The only network that the profiles of the senders name. */
export const SENDERS_ADDRESS = "127.0.0.1";
/** The study that each of them delivers for. */
export const STUDY = "st-101";
/** The folder in which each of them may try things out. */
export const TRIALS = "test";

/** What each of them sees in its root. */
export type Folder = typeof STUDY | typeof TRIALS;

export interface KeyPair {
  readonly private: string;
  readonly public: string;
}

interface Login {
  /** @default no key is offered */
  readonly privateKey?: string;
  /** @default no password is offered */
  readonly password?: string;
  /** @default SENDERS_ADDRESS */
  readonly from?: string;
}

/** SSH_FX status (draft-ietf-secsh-filexfer-02, 7) and SSH_MSG_USERAUTH_FAILURE (RFC 4252, 5.1). */
const STATUS: Readonly<Record<string, number>> = {
  ok: 0,
  NO_SUCH_FILE: 2,
  PERMISSION_DENIED: 3,
  FAILURE: 4,
  OP_UNSUPPORTED: 8,
  AUTHENTICATION_FAILED: 51,
};

const DAY_MS = 86_400_000;

/**
 * The vendors of the qualification at the door: makes the keys that they log in with, puts the public halves into the vendors
 * table as Terraform would, and takes them out again. Private halves never leave this process.
 */
export class Senders {
  private readonly keys = new Map<SenderId, KeyPair>();
  private readonly rows = new Map<string, VendorRow>();

  constructor(private readonly range: Range) {}

  get table(): string {
    return this.range.zone.tableNamed("-vendors");
  }

  /** ARN of the role that sessions of this vendor have; that of the one who is taken on is named as the plan names the others. */
  roleArn(id: SenderId): string {
    if (id === "oq-joined") return this.roleArn("oq-sender").replace(/oq-sender$/, id);
    return this.range.zone.roleNamed(`-vendor-${id}`);
  }

  /** Prefix of the inbox that a folder of a vendor stands for. @param folder of its root. @default - that of the study */
  prefix(id: SenderId, folder: Folder = STUDY): string {
    return folder === TRIALS ? `clinical/inbound/test/${id}/` : `clinical/inbound/raw/${id}/${folder}/`;
  }

  /** The key of a vendor, valid today; made at its first use. */
  async key(id: SenderId): Promise<KeyPair> {
    const known = this.keys.get(id);
    if (known) return known;
    const pair = keyPair();
    this.keys.set(id, pair);
    await this.admit(id, pair);
    return pair;
  }

  /** Puts a key row into the vendors table. */
  async admit(id: SenderId, pair: KeyPair): Promise<void> {
    const row = validNow(id, pair);
    this.rows.set(row.item!.S!, row);
    const { table: TableName } = this;
    await (await this.dynamodb()).send(new PutItemCommand({ TableName, Item: row }));
  }

  /** Takes a key row out again. */
  async dismiss(id: SenderId, pair: KeyPair): Promise<void> {
    await this.take(validNow(id, pair));
  }

  /** Takes out every row that this run has put in. */
  async remove(): Promise<void> {
    for (const row of [...this.rows.values()]) await this.take(row);
    this.keys.clear();
  }

  /** A key that nobody has registered. */
  strangeKey(): KeyPair {
    return keyPair();
  }

  /** A key row as a setting that a mutant adds. */
  async keyRowSetting(id: SenderId, pair: KeyPair): Promise<Setting> {
    const item = validNow(id, pair).item!.S!;
    return {
      name: `the key row of ${id}`,
      read: async () => ((await this.item(id, item)) ? "there" : "not there"),
      change: () => this.admit(id, pair),
      restore: () => this.dismiss(id, pair),
    };
  }

  /** Uploads one file into a folder, and finds the only version of it in the inbox. @param folder @default - that of the study */
  async upload(id: SenderId, name: string, content: string, folder: Folder = STUDY): Promise<PutVersion> {
    const session = await this.login(id, { privateKey: (await this.key(id)).private });
    await session.put(`/${folder}/${name}`, content);
    session.end();
    return this.uploaded(id, name, content, folder);
  }

  /** The only version of an uploaded file. @throws SUBJECT_NOT_FOUND when there is none, or are several */
  async uploaded(id: SenderId, name: string, content: string, folder: Folder = STUDY): Promise<PutVersion> {
    const [bucket, key] = [this.range.inbox, `${this.prefix(id, folder)}${name}`];
    const versions = await keptVersions(this.range, bucket, key, await this.range.administrator());
    const own = versions.filter((version) => version.key === key);
    if (own.length !== 1)
      throw new Part11Error({
        code: "SUBJECT_NOT_FOUND",
        what: "not one version of an uploaded file",
        where: `${bucket}, ${inAscii(key)}`,
        expected: "exactly one",
        got: String(own.length),
        todo: "look into the log of the SFTP server for what became of the upload",
      });
    return { bucket, key, versionId: own[0]!.versionId, sha256: sha256(content) };
  }

  /** Whether the table has an item of a vendor. */
  async item(vendor: SenderId, item: string): Promise<VendorRow | undefined> {
    const Key = { vendor: { S: vendor }, item: { S: item } };
    const command = new GetItemCommand({ TableName: this.table, Key, ConsistentRead: true });
    return (await (await this.dynamodb()).send(command)).Item;
  }

  /** One attribute of a vendor's profile as a setting that a mutant changes. */
  async profile(id: SenderId, name: string, value: AttributeValue): Promise<Setting> {
    const dynamodb = await this.dynamodb();
    const { table: TableName } = this;
    const change = new UpdateItemCommand({
      TableName,
      Key: { vendor: { S: id }, item: { S: "profile" } },
      UpdateExpression: "SET #name = :value",
      ExpressionAttributeNames: { "#name": name },
      ExpressionAttributeValues: { ":value": value },
    });
    return {
      name: `the profile of ${id}`,
      read: async () => JSON.stringify(Object.entries((await this.item(id, "profile")) ?? {}).sort()),
      change: () => dynamodb.send(change),
      restore: (before) =>
        dynamodb.send(new PutItemCommand({ TableName, Item: Object.fromEntries(JSON.parse(before)) })),
    };
  }

  /** The deny item of a vendor as a setting that a mutant takes out. */
  async deny(id: SenderId): Promise<Setting> {
    const dynamodb = await this.dynamodb();
    const { table: TableName } = this;
    const Key = { vendor: { S: id }, item: { S: "deny" } };
    return {
      name: `the deny item of ${id}`,
      read: async () => JSON.stringify(Object.entries((await this.item(id, "deny")) ?? {}).sort()),
      change: () => dynamodb.send(new DeleteItemCommand({ TableName, Key })),
      restore: (before) =>
        dynamodb.send(new PutItemCommand({ TableName, Item: Object.fromEntries(JSON.parse(before)) })),
    };
  }

  /**
   * Logs in over TCP.
   * @throws RefusedBySftp for an answer of the server; anything else is a transport error
   */
  async login(id: SenderId, { from = SENDERS_ADDRESS, ...login }: Login): Promise<SenderSession> {
    const { said, sftp } = await SftpClient.open(this.range.target.sftp, { user: id, from, ...login });
    const offered = [login.privateKey && "a key", login.password && "a password"].filter(Boolean).join(" and ");
    const session = new SenderSession(this.range, this.roleArn(id), `${id} from ${from}`, sftp);
    session.record("login", `with ${offered}`, null, said);
    return session;
  }

  /** Logs in, and leaves again. */
  async visit(id: SenderId, login: Login): Promise<{ readonly ok: true; readonly seen: string }> {
    (await this.login(id, login)).end();
    return { ok: true, seen: `login of ${id} from ${login.from ?? SENDERS_ADDRESS} accepted` };
  }

  private async take(row: VendorRow): Promise<void> {
    const Key = { vendor: row.vendor!, item: row.item! };
    await (await this.dynamodb()).send(new DeleteItemCommand({ TableName: this.table, Key }));
    this.rows.delete(row.item!.S!);
  }

  private async dynamodb() {
    return (await this.range.administrator()).dynamodb();
  }
}

/** A session over SSH. Every operation throws RefusedBySftp unless the server says ok, and stands in the transcript. */
export class SenderSession {
  constructor(
    private readonly range: Range,
    private readonly roleArn: string,
    private readonly who: string,
    private readonly sftp: SftpClient | undefined,
  ) {}

  async put(path: string, content: string): Promise<void> {
    this.record("put", path, content, await this.sftp!.put(path, content));
  }

  /** Opens a file, writes a part of it and cuts the connection: nothing answers any more. */
  async cutOff(path: string, part: string): Promise<void> {
    await this.sftp!.cutOff(path, part);
    this.note("put of a part", path, part, "connection cut by the client");
  }

  async get(path: string): Promise<void> {
    this.record("get", path, null, await this.sftp!.get(path));
  }

  /** Names in a folder, sorted. */
  async list(path: string): Promise<readonly string[]> {
    const { said, names = [] } = await this.sftp!.entries(path);
    this.record("ls", path, null, said, names);
    return names;
  }

  async remove(path: string): Promise<void> {
    this.record("rm", path, null, await this.sftp!.remove(path));
  }

  async makeFolder(path: string): Promise<void> {
    this.record("mkdir", path, null, await this.sftp!.makeFolder(path));
  }

  async rename(from: string, to: string): Promise<void> {
    this.record("rename", `${from} to ${to}`, null, await this.sftp!.rename(from, to));
  }

  end(): void {
    this.sftp?.end();
  }

  record(method: string, path: string, content: string | null, said: string, names: readonly string[] = []): void {
    this.note(method, path, content, said, names);
    if (said === "ok") return;
    const status = STATUS[said];
    throw status === undefined ? new Error(said) : new RefusedBySftp(status, said);
  }

  private note(method: string, path: string, content: string | null, said: string, names: readonly string[] = []) {
    const status = STATUS[said];
    const answered = status !== undefined;
    const body = content === null ? null : { sha256: sha256(content), sizeBytes: Buffer.byteLength(content) };
    this.range.transcript.keep({
      principal: this.roleArn,
      operation: `SFTP ${method} by ${this.who}`,
      request: { scheme: "sftp", method, path, query: {}, headers: {}, body },
      response: answered ? { status, headers: {}, body: { text: [said, ...names].join("\n") } } : null,
      transportError: answered ? null : said,
    });
  }
}

/** For today and tomorrow: no run takes longer. */
function validNow(id: SenderId, pair: KeyPair): VendorRow {
  const day = (offset: number) => new Date(Date.now() + offset * DAY_MS).toISOString().slice(0, 10);
  return keyRow(id, { publicKey: pair.public, notBefore: day(0), notAfter: day(1) });
}

export function sha256(content: string): string {
  return createHash("sha256").update(content).digest("hex");
}
