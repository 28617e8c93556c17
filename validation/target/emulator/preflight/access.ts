// SPDX-License-Identifier: Apache-2.0
import {
  DeletePublicAccessBlockCommand,
  GetObjectCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import {
  DeletePublicAccessBlockCommand as DeleteAccountBlockCommand,
  PutPublicAccessBlockCommand as PutAccountBlockCommand,
  S3ControlClient,
} from "@aws-sdk/client-s3-control";
import { s3ControlClientConfig } from "../emulator";
import { assumeRole } from "../principals";
import { probe, REFUSED, type Scenario } from "./scenario";
import { allow, denyAll, policyDocument, type Stage } from "./stage";

const publicRead = (bucket: string) => ({
  Effect: "Allow",
  Principal: "*",
  Action: "s3:GetObject",
  Resource: `arn:aws:s3:::${bucket}/*`,
});

const makePublic = (stage: Stage, Bucket: string) =>
  stage.s3.send(new PutBucketPolicyCommand({ Bucket, Policy: policyDocument(publicRead(Bucket)) }));

const put = (Bucket: string, Key: string) => new PutObjectCommand({ Bucket, Key, Body: Key });

const anonymous: Scenario = {
  name: "an unsigned request is refused",
  controls: ["P11-10d-01", "P11-10d-04"],
  async run(stage) {
    const Bucket = await stage.bucket("private");
    const open = await stage.bucket("public");
    await stage.s3.send(new DeletePublicAccessBlockCommand({ Bucket: open }));
    await makePublic(stage, open);
    for (const name of [Bucket, open]) await stage.s3.send(put(name, "a"));
    const known = (accessKeyId: string) => stage.s3As({ accessKeyId, secretAccessKey: "test" });
    const get = (name: string) => new GetObjectCommand({ Bucket: name, Key: "a" });
    return [
      await probe("unsigned GET", REFUSED, stage.anonymous().send(get(Bucket))),
      await probe("unsigned PUT", REFUSED, stage.anonymous().send(put(Bucket, "b"))),
      await probe("twin: signed GET", "ok", stage.s3.send(get(Bucket))),
      await probe("mutant: public policy", "ok", stage.anonymous().send(get(open))),
      await probe("key 'test'", "InvalidAccessKeyId 403", known("test").send(get(Bucket))),
      await probe("key = account id", "InvalidAccessKeyId 403", known(stage.emulator.accountId).send(get(Bucket))),
    ];
  },
};

const publicPolicy: Scenario = {
  name: "block public access refuses a public policy",
  controls: ["P11-10d-01", "P11-10d-02", "P11-10d-04"],
  async run(stage) {
    const control = stage.record(new S3ControlClient(s3ControlClientConfig(stage.emulator, stage.administrator)));
    const AccountId = stage.emulator.accountId;
    const [Bucket, open, other] = [await stage.bucket("pab"), await stage.bucket("no-pab"), await stage.bucket("acc")];
    for (const name of [open, other]) await stage.s3.send(new DeletePublicAccessBlockCommand({ Bucket: name }));
    const narrow = { ...publicRead(Bucket), Principal: { AWS: stage.administratorArn } };
    const flags = {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    };
    const probes = [
      await probe("public policy with the bucket's block", REFUSED, makePublic(stage, Bucket)),
      await probe(
        "twin: policy for one role",
        "ok",
        stage.s3.send(new PutBucketPolicyCommand({ Bucket, Policy: policyDocument(narrow) })),
      ),
      await probe("mutant: no block", "ok", makePublic(stage, open)),
    ];
    await control.send(new PutAccountBlockCommand({ AccountId, PublicAccessBlockConfiguration: flags }));
    probes.push(await probe("public policy with the account's block", REFUSED, makePublic(stage, other)));
    await control.send(new DeleteAccountBlockCommand({ AccountId }));
    probes.push(await probe("mutant: no account block", "ok", makePublic(stage, other)));
    return probes;
  },
};

const roleArn: Scenario = {
  name: "a deny that exempts a role knows the role behind a session",
  controls: ["P11-10c-12", "P11-10e-07", "P11-10f-01"],
  async run(stage) {
    const exempt = await stage.role("exempt", [allow("s3:*")]);
    const Bucket = await stage.bucket("exempt", {
      policy: (arn) => [denyAll("s3:PutObject", `${arn}/*`, { ArnNotLike: { "aws:PrincipalArn": exempt.arn } })],
    });
    const session = { roleArn: exempt.arn, sessionName: "writer" };
    const writer = stage.s3As(await assumeRole(stage.emulator, stage.administrator, session));
    const weak = await stage.bucket("no-exempt");
    return [
      await probe("another role", REFUSED, stage.s3.send(put(Bucket, "a"))),
      await probe("twin: the exempted role", "ok", writer.send(put(Bucket, "a"))),
      await probe("mutant: no such deny", "ok", stage.s3.send(put(weak, "a"))),
    ];
  },
};

const prefix: Scenario = {
  name: "a role with rights on one prefix reaches no other",
  controls: ["P11-10d-11", "P11-10d-12", "P11-10d-13", "P11-10d-15", "P11-10f-01", "P11-10g-01"],
  async run(stage) {
    const Bucket = await stage.bucket("prefix");
    const arn = `arn:aws:s3:::${Bucket}`;
    const vendor = stage.s3As(await stage.session("vendor", [allow("s3:PutObject", `${arn}/a/*`)]));
    const everything = allow("s3:PutObject", `${arn}/*`);
    const narrowed = policyDocument(allow("s3:PutObject", `${arn}/a/*`));
    const session = stage.s3As(await stage.session("vendor", [everything], narrowed));
    const weak = stage.s3As(await stage.session("vendor", [everything]));
    return [
      await probe("other prefix", REFUSED, vendor.send(put(Bucket, "b/x"))),
      await probe("key that begins with a slash", REFUSED, vendor.send(put(Bucket, "/a/x"))),
      await probe("read what it wrote", REFUSED, vendor.send(new GetObjectCommand({ Bucket, Key: "a/x" }))),
      await probe("other prefix under a session policy", REFUSED, session.send(put(Bucket, "b/x"))),
      await probe("twin: own prefix", "ok", vendor.send(put(Bucket, "a/x"))),
      await probe("twin: own prefix under a session policy", "ok", session.send(put(Bucket, "a/y"))),
      await probe("mutant: role with every prefix", "ok", weak.send(put(Bucket, "b/x"))),
    ];
  },
};

const inspector: Scenario = {
  name: "a read-only role reads and cannot write",
  controls: ["P11-10b-01"],
  async run(stage) {
    const Bucket = await stage.bucket("inspect");
    await stage.s3.send(put(Bucket, "a"));
    const read = allow(["s3:GetObject", "s3:ListBucket"]);
    const inspecting = stage.s3As(await stage.session("inspector", [read]));
    const weak = stage.s3As(await stage.session("inspector", [read, allow("s3:PutObject")]));
    return [
      await probe("write", REFUSED, inspecting.send(put(Bucket, "b"))),
      await probe("twin: read", "ok", inspecting.send(new GetObjectCommand({ Bucket, Key: "a" }))),
      await probe("mutant: role that may write", "ok", weak.send(put(Bucket, "b"))),
    ];
  },
};

export const accessScenarios: readonly Scenario[] = [anonymous, publicPolicy, roleArn, prefix, inspector];
