// SPDX-License-Identifier: Apache-2.0
import { factsOf, type LoosePlan, planOf } from "./plan-fixture";

const DIGEST = expect.stringMatching(/^[0-9a-f]{64}$/);

describe("programs beside the plan", () => {
  const programs = (change: (root: LoosePlan) => void, synth: LoosePlan = null) => {
    const plan = planOf([{ type: "aws_s3_bucket" }]);
    change(plan.configuration.root_module);
    return factsOf(plan, { synth }).programs;
  };

  test("there are none in a plain plan", () => {
    expect(programs(() => {})).toEqual([]);
  });

  test("provisioners of the configuration", () => {
    const found = programs((root) => {
      root.resources[0].provisioners = [{ type: "local-exec" }];
    });
    expect(found).toEqual([{ address: "aws_s3_bucket.x", kind: "provisioner", name: "local-exec", digest: DIGEST }]);
  });

  test("another command has another digest", () => {
    const [one, other] = ["true", "curl https://example.org"].map((command) =>
      programs((root) => {
        root.resources[0].provisioners = [
          { type: "local-exec", expressions: { command: { constant_value: command } } },
        ];
      }),
    );
    expect(one).not.toEqual(other);
  });

  test("provisioners that only the synth shows", () => {
    const body = { provisioner: [{ "remote-exec": {} }] };
    const found = programs(() => {}, { terraform: {}, resource: { aws_s3_bucket: { x: body } } });
    expect(found).toEqual([{ address: "aws_s3_bucket.x", kind: "provisioner", name: "remote-exec", digest: DIGEST }]);
  });

  test.each(["external", "http", "aws_lambda_invocation", "terraform_remote_state"])(
    "a data source %s within a module, though it stands in no change",
    (type) => {
      const found = programs((root) => {
        const resources = [{ address: `data.${type}.y`, mode: "data", type, name: "y" }];
        root.module_calls = { m: { source: "./m", module: { resources } } };
      });
      expect(found).toEqual([{ address: `module.m.data.${type}.y`, kind: "data", name: type, digest: DIGEST }]);
    },
  );

  test("an ephemeral resource that calls a function stands in no change at all", () => {
    const type = "aws_lambda_invocation";
    const address = `ephemeral.${type}.y`;
    const found = programs((root) => {
      const resources = [{ address, mode: "ephemeral", type, name: "y" }];
      root.module_calls = { m: { source: "./m", module: { resources } } };
    });
    expect(found).toEqual([{ address: `module.m.${address}`, kind: "ephemeral", name: type, digest: DIGEST }]);
  });

  describe("actions that apply calls", () => {
    const invocation = (event: string) => ({
      address: "action.aws_lambda_invoke.y",
      type: "aws_lambda_invoke",
      lifecycle_action_trigger: { action_trigger_event: event },
    });
    const called = (...events: string[]) =>
      factsOf({ ...planOf([]), action_invocations: events.map(invocation) }).programs;

    test("are programs, each named once", () => {
      const action = {
        address: "action.aws_lambda_invoke.y",
        kind: "action",
        name: "aws_lambda_invoke",
        digest: DIGEST,
      };
      expect(called("AfterCreate", "AfterUpdate")).toEqual([action]);
    });

    test("another event has another digest, the first one or a further one", () => {
      const digests = [called("AfterCreate"), called("AfterUpdate"), called("AfterCreate", "AfterUpdate")];
      expect(new Set(digests.map(([program]) => program?.digest)).size).toBe(3);
    });
  });
});
