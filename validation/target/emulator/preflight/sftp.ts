// SPDX-License-Identifier: Apache-2.0
import { PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { ListObjectVersionsCommand } from "@aws-sdk/client-s3";
import { compare, type Scenario } from "./scenario";
import type { SftpClient } from "./sftp-client";
import { allow, policyDocument } from "./stage";
import { answer, gateway, keyPair, uploadOnly } from "./transfer";

const MINUTE = 60_000;
const REFUSED = "AUTHENTICATION_FAILED";

const login: Scenario = {
  name: "an SFTP login needs the user's key, from the user's address, and a role that trusts Transfer",
  controls: ["P11-10d-06", "P11-10d-08", "P11-10d-10", "P11-10d-14", "P11-300d-02"],
  async run(stage) {
    const Bucket = await stage.bucket("login");
    const [key, other] = [keyPair(), keyPair()];
    const trusting = await stage.role("vendor", uploadOnly(Bucket, "acme"), "transfer.amazonaws.com");
    const distrusting = await stage.role("vendor", uploadOnly(Bucket, "acme"), "ec2.amazonaws.com");
    const known = (role: string) => ({ answer: answer(Bucket, "acme", role, key.public), from: "127.0.0.1" });
    const users = { acme: known(trusting.arn), stranger: known(distrusting.arn) };
    const server = await gateway(stage, { users });
    const closed = await gateway(stage, { users, permitted: false });
    const said = async (on: typeof server, user: string, more: object) => {
      const { said: answered, sftp } = await on.login({ user, ...more });
      sftp?.end();
      return answered;
    };
    const good = { privateKey: key.private };
    const probes = [
      compare("another key", REFUSED, await said(server, "acme", { privateKey: other.private })),
      compare("log line of the refusal", "acme publickey 127.0.0.1", await failure(server)),
      compare("unknown user", REFUSED, await said(server, "nobody", good)),
      compare("password only", REFUSED, await said(server, "acme", { password: "secret" })),
      compare("from another address", REFUSED, await said(server, "acme", { ...good, from: "127.0.0.2" })),
      compare("role that does not trust Transfer", REFUSED, await said(server, "stranger", good)),
      compare("function that does not admit Transfer", REFUSED, await said(closed, "acme", good)),
      compare("twin: right key and address", "ok", await said(server, "acme", good)),
    ];
    const connected = await server.line("CONNECTED");
    probes.push(
      compare("log line of the login", `acme 127.0.0.1 ${trusting.arn}`, line(connected, "user", "source-ip", "role")),
      compare("client and key exchange in that line", true, /^SSH-2/.test(connected?.client ?? "") && !!connected?.kex),
      compare("log line of the end", connected?.["session-id"], (await server.line("DISCONNECTED"))?.["session-id"]),
    );
    for (const made of [server, closed]) await made.remove();
    return probes;
  },
};

const line = (from: Record<string, string> | undefined, ...names: string[]) =>
  from && names.map((name) => from[name]).join(" ");

async function failure(server: { line(activity: string): Promise<Record<string, string> | undefined> }) {
  return line(await server.line("AUTH_FAILURE"), "user", "method", "source-ip");
}

const components: Scenario = {
  name: "two components are both asked for, and either alone is refused",
  controls: ["P11-10d-08"],
  async run(stage) {
    const Bucket = await stage.bucket("components");
    const key = keyPair();
    const role = await stage.role("vendor", uploadOnly(Bucket, "acme"), "transfer.amazonaws.com");
    const users = { acme: { answer: answer(Bucket, "acme", role.arn, key.public), password: "second" } };
    const both = await gateway(stage, { users, methods: "PUBLIC_KEY_AND_PASSWORD" });
    const either = await gateway(stage, { users, methods: "PUBLIC_KEY_OR_PASSWORD" });
    const said = async (on: typeof both, more: object) => {
      const { said: answered, sftp } = await on.login({ user: "acme", ...more });
      sftp?.end();
      return answered;
    };
    const privateKey = key.private;
    const probes = [
      compare("key alone", REFUSED, await said(both, { privateKey })),
      compare("password alone", REFUSED, await said(both, { password: "second" })),
      compare("key and a wrong password", REFUSED, await said(both, { privateKey, password: "wrong" })),
      compare("twin: key and password", "ok", await said(both, { privateKey, password: "second" })),
      compare("mutant: server that takes either", "ok", await said(either, { password: "second" })),
    ];
    for (const made of [both, either]) await made.remove();
    return probes;
  },
};

const rights: Scenario = {
  name: "an SFTP session does what its role and session policy allow, through S3",
  controls: ["P11-10d-11", "P11-10d-12", "P11-10d-13"],
  async run(stage) {
    const Bucket = await stage.bucket("rights", { locked: true });
    const key = keyPair();
    const narrow = await stage.role("vendor", uploadOnly(Bucket, "acme"), "transfer.amazonaws.com");
    const wide = await stage.role("vendor", [allow("s3:*")], "transfer.amazonaws.com");
    const folders = JSON.stringify([{ Entry: "/studies/one", Target: `/${Bucket}/acme` }]);
    const users = {
      acme: { answer: answer(Bucket, "acme", narrow.arn, key.public) },
      session: { answer: answer(Bucket, "acme", wide.arn, key.public, uploadOnly(Bucket, "acme")) },
      outside: { answer: answer(Bucket, "other", wide.arn, key.public, uploadOnly(Bucket, "acme")) },
      weak: { answer: answer(Bucket, "acme", wide.arn, key.public) },
      folders: { answer: { ...answer(Bucket, "acme", wide.arn, key.public), HomeDirectoryDetails: folders } },
    };
    const server = await gateway(stage, { users });
    const open = async (user: string) => (await server.login({ user, privateKey: key.private })).sftp!;
    const probes = [];
    for (const user of ["acme", "session"]) {
      const sftp = await open(user);
      probes.push(
        compare(`${user}: put`, "ok", await sftp.put("/a.csv", "a,b")),
        compare(`${user}: ls`, "ok", await sftp.list("/")),
        compare(`${user}: set times`, "ok", await sftp.setTimes("/a.csv")),
        compare(`${user}: get`, "PERMISSION_DENIED", await sftp.get("/a.csv")),
        compare(`${user}: rm`, "PERMISSION_DENIED", await sftp.remove("/a.csv")),
        compare(`${user}: rename`, "PERMISSION_DENIED", await sftp.rename("/a.csv", "/b.csv")),
        compare(`${user}: rmdir`, "PERMISSION_DENIED", await sftp.removeFolder("/old")),
      );
      sftp.end();
    }
    const outside = await open("outside");
    const weak = await open("weak");
    const climbed = await weak.put("/../../climbed.csv", "x");
    probes.push(
      compare("put outside the session policy", "PERMISSION_DENIED", await outside.put("/x.csv", "x")),
      compare("ls outside the session policy", "PERMISSION_DENIED", await outside.list("/")),
      compare("mutant: role without session policy reads", "ok", await weak.get("/a.csv")),
      compare("mutant: role without session policy lists", "ok", await weak.list("/")),
      compare("`..` stays in the home", "ok", climbed),
    );
    const mapped = await open("folders");
    probes.push(
      compare("ls of the root shows the first folder of the mapping", "studies", await names(mapped, "/")),
      compare("ls on the way to a mapping shows the next", "one", await names(mapped, "/studies")),
      compare("twin: ls of a mapping shows what lies there", "a.csv,climbed.csv", await names(mapped, "/studies/one")),
      compare("`..` above the root is the root", "studies", await names(mapped, "/../..")),
      compare("ls of a path that nothing is mapped to", "NO_SUCH_FILE", await mapped.list("/other")),
      compare("ls of the mapping's own target", "NO_SUCH_FILE", await mapped.list(`/${Bucket}/acme`)),
    );
    for (const sftp of [outside, weak, mapped]) sftp.end();
    await server.remove();
    const versions = await stage.s3.send(new ListObjectVersionsCommand({ Bucket }));
    const keys = (versions.Versions ?? []).map(({ Key }) => Key).sort();
    return [...probes, compare("versions", "acme/a.csv,acme/a.csv,acme/climbed.csv", keys.join(","))];
  },
};

async function names(sftp: SftpClient, folder: string): Promise<string | undefined> {
  const { names: listed } = await sftp.entries(folder);
  return listed?.join(",");
}

const revocation: Scenario = {
  name: "an open SFTP session ends when the sessions of its role are revoked",
  controls: ["P11-300c-01"],
  async run(stage) {
    const Bucket = await stage.bucket("revoked");
    const key = keyPair();
    const role = await stage.role("vendor", uploadOnly(Bucket, "acme"), "transfer.amazonaws.com");
    const users = { acme: { answer: answer(Bucket, "acme", role.arn, key.public) } };
    const server = await gateway(stage, { users });
    const open = async () => (await server.login({ user: "acme", privateKey: key.private })).sftp!;
    const revoke = async (before: Date) => {
      const Condition = { DateLessThan: { "aws:TokenIssueTime": before.toISOString() } };
      const PolicyDocument = policyDocument({ Effect: "Deny", Action: "*", Resource: "*", Condition });
      await stage.iam.send(new PutRolePolicyCommand({ RoleName: role.name, PolicyName: "revoked", PolicyDocument }));
    };
    const sftp = await open();
    const before = await sftp.put("/before.csv", "a");
    await revoke(new Date(Date.now() - MINUTE));
    const earlier = await sftp.put("/earlier.csv", "a");
    await revoke(new Date(Date.now() + MINUTE));
    const after = await sftp.put("/after.csv", "a");
    sftp.end();
    await server.remove();
    return [
      compare("twin: before the revocation", "ok", before),
      compare("mutant: only older sessions are revoked", "ok", earlier),
      compare("after the revocation", "PERMISSION_DENIED", after),
    ];
  },
};

export const sftpScenarios: readonly Scenario[] = [login, components, rights, revocation];
