// SPDX-License-Identifier: Apache-2.0
import { Client, type SFTPWrapper } from "ssh2";
import type { SftpAddress } from "../emulator";

export interface SftpLogin {
  readonly user: string;
  /** Private key in OpenSSH form. @default no key is offered */
  readonly privateKey?: string;
  /** @default no password is offered */
  readonly password?: string;
  /** Address of this machine to connect from, for example 127.0.0.2. @default chosen by the system */
  readonly from?: string;
}

/** Status codes of the SSH File Transfer Protocol (draft-ietf-secsh-filexfer-02, 7). */
const STATUS: Readonly<Record<number, string>> = {
  2: "NO_SUCH_FILE",
  3: "PERMISSION_DENIED",
  4: "FAILURE",
  8: "OP_UNSUPPORTED",
};
const CONNECT_SECONDS = 20;

type Done = (error?: Error | null | undefined) => void;

/** A real SFTP client over TCP. Its operations answer "ok" or the protocol's status. */
export class SftpClient {
  private constructor(
    private readonly client: Client,
    private readonly sftp: SFTPWrapper,
  ) {}

  /** "ok" with a client, or why there is none. */
  static async open(address: SftpAddress, login: SftpLogin): Promise<{ said: string; sftp?: SftpClient }> {
    const client = new Client();
    try {
      const sftp = await new Promise<SFTPWrapper>((resolve, reject) => {
        client.once("error", reject);
        client.once("close", () => reject(new Error("closed")));
        client.once("ready", () => client.sftp((error, opened) => (error ? reject(error) : resolve(opened))));
        client.connect({
          host: address.host,
          port: address.port,
          username: login.user,
          privateKey: login.privateKey,
          password: login.password,
          localAddress: login.from,
          // the key first: ssh2 would give the password before it is asked for
          authHandler: [
            ...(login.privateKey === undefined ? [] : ["publickey" as const]),
            ...(login.password === undefined ? [] : ["password" as const]),
          ],
          readyTimeout: CONNECT_SECONDS * 1000,
        });
      });
      client.removeAllListeners("error").on("error", () => undefined);
      return { said: "ok", sftp: new SftpClient(client, sftp) };
    } catch (error) {
      client.on("error", () => undefined).destroy();
      const refused = (error as { level?: string }).level === "client-authentication";
      return { said: refused ? "AUTHENTICATION_FAILED" : (error as Error).message };
    }
  }

  /** Uploads in one go, as clients do without temporary names. */
  put(path: string, content: string | Buffer): Promise<string> {
    return said((done) => this.sftp.writeFile(path, content, done));
  }

  get(path: string): Promise<string> {
    return said((done) => this.sftp.readFile(path, (error) => done(error)));
  }

  async list(path: string): Promise<string> {
    return (await this.entries(path)).said;
  }

  /** "ok" with the names in a folder, sorted, without `.` and `..`; or the protocol's status. */
  async entries(path: string): Promise<{ said: string; names?: string[] }> {
    let names: string[] = [];
    const answered = await said((done) =>
      this.sftp.readdir(path, (error, listed) => {
        names = (listed ?? []).map(({ filename }) => filename).filter((name) => name !== "." && name !== "..");
        done(error);
      }),
    );
    return answered === "ok" ? { said: answered, names: names.sort() } : { said: answered };
  }

  remove(path: string): Promise<string> {
    return said((done) => this.sftp.unlink(path, done));
  }

  rename(from: string, to: string): Promise<string> {
    return said((done) => this.sftp.rename(from, to, done));
  }

  makeFolder(path: string): Promise<string> {
    return said((done) => this.sftp.mkdir(path, done));
  }

  removeFolder(path: string): Promise<string> {
    return said((done) => this.sftp.rmdir(path, done));
  }

  /** SETSTAT of times, as WinSCP and `sftp -p` send it after an upload. */
  setTimes(path: string): Promise<string> {
    return said((done) => this.sftp.utimes(path, 1, 1, done));
  }

  /** Opens a file, writes a part of it and cuts the connection. */
  async cutOff(path: string, part: string): Promise<void> {
    const handle = await new Promise<Buffer>((resolve, reject) =>
      this.sftp.open(path, "w", (error, opened) => (error ? reject(error) : resolve(opened))),
    );
    const bytes = Buffer.from(part);
    await said((done) => this.sftp.write(handle, bytes, 0, bytes.length, 0, done));
    this.client.destroy();
  }

  end(): void {
    this.client.end();
  }
}

function said(call: (done: Done) => void): Promise<string> {
  return new Promise((resolve) => {
    call((error) => {
      if (!error) return resolve("ok");
      const { code } = error as { code?: number };
      resolve((code === undefined ? undefined : STATUS[code]) ?? error.message);
    });
  });
}
