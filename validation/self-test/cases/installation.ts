// SPDX-License-Identifier: Apache-2.0
import type { ServiceClients } from "../../iq";
import type { IqInputs } from "../../iq/inputs";
import type { DocumentCheck } from "../../iq/installation";
import { plannedResources, stateValues } from "../../iq/resources";
import type { SelfTestCase } from "../case";
import { ADDRESS, ATTRIBUTE } from "../samples/run";

const SOURCE = "registry.terraform.io/hashicorp/aws";
const TYPE = "aws_s3_bucket_versioning";
const values = (status: string) => ({ bucket: "acme-raw", versioning_configuration: [{ status }] });

/** What each source says of the bucket's versioning. */
interface Sources {
  readonly config: string;
  readonly plan: string;
  readonly state: string;
  /** AWS's answer to GetBucketVersioning; null: there is no such bucket. */
  readonly live: string | null;
}

const AGREED: Sources = { config: "Enabled", plan: "Enabled", state: "Enabled", live: "Enabled" };

function inputs(sources: Sources): { readonly inputs: IqInputs; readonly state: unknown } {
  const named = { address: ADDRESS, mode: "managed", type: TYPE, name: "raw", provider_name: SOURCE };
  const change = { actions: ["create"], before: null, after: values(sources.plan), after_unknown: {} };
  const plan = {
    terraform_version: "1.11.4",
    resource_changes: [{ ...named, change }],
    configuration: {
      provider_config: { aws: { full_name: SOURCE, version_constraint: "5.100.0" } },
      root_module: { resources: [{ address: ADDRESS, provider_config_key: "aws" }] },
    },
  };
  const config = { bucket: "acme-raw", versioning_configuration: { status: sources.config } };
  const resources = [{ ...named, values: values(sources.state) }];
  return {
    inputs: {
      stack: "self-test",
      plan,
      synth: { resource: { [TYPE]: { raw: config } } },
      lock: `provider "${SOURCE}" {\n  version = "5.100.0"\n  hashes = [\n    "h1:abc=",\n  ]\n}\n`,
      controls: [],
      profile: { target: "self-test", leftOut: [], notAvailable: [] },
    },
    state: { terraform_version: "1.11.4", values: { root_module: { resources } } },
  };
}

/** Clients that answer every call as AWS would about that bucket. */
function clients(status: string | null): ServiceClients {
  const send = async () => {
    if (status === null) throw Object.assign(new Error("no such bucket"), { name: "NoSuchBucket" });
    return { Status: status };
  };
  return new Proxy({}, { get: () => ({ send }) }) as ServiceClients;
}

function row(
  name: string,
  kind: SelfTestCase["kind"],
  title: string,
  expected: string,
  sources: Sources,
): SelfTestCase {
  return {
    id: `installation.${name}`,
    kind,
    title,
    expected,
    run: async ({ liveReader, iqRows }) => {
      const { inputs: given, state } = inputs(sources);
      const { values: inState } = stateValues(state);
      const [resource] = plannedResources(given.plan, given.synth);
      const own = inState.get(ADDRESS);
      const reader = liveReader(TYPE)!;
      const about = { address: ADDRESS, type: TYPE, region: "eu-central-1", state: own! };
      const rows = iqRows([ATTRIBUTE], {
        resource: resource!,
        scope: { state: inState, variables: {}, locals: {} },
        state: own,
        live: await reader.read(about, clients(sources.live)),
        reads: reader.reads,
        notAvailable: [],
        maskKey: Buffer.from("self-test"),
      });
      return rows.map(({ result }) => result);
    },
  };
}

type Check = "checkInventory" | "checkProviders";

function documents(
  name: string,
  title: string,
  expected: string,
  check: Check,
  change: (given: ReturnType<typeof inputs>) => { readonly inputs: IqInputs; readonly state: unknown } = (same) => same,
): SelfTestCase {
  return {
    id: `installation.${name}`,
    kind: expected === "no difference" ? "good" : "fault",
    title,
    expected,
    run: (harness) => {
      const { inputs: given, state } = change(inputs(AGREED));
      const { differences }: DocumentCheck = harness[check](given, state);
      return differences.length === 0 ? ["no difference"] : differences;
    },
  };
}

/** What the installation qualification must notice, whichever source departs from the others. */
export const INSTALLATION_CASES: readonly SelfTestCase[] = [
  row("sources-agree", "good", "configuration, plan, state and AWS agree", "PASS", AGREED),
  row("live-differs", "fault", "AWS shows another value than state: nobody may compare state with itself", "FAIL", {
    ...AGREED,
    live: "Suspended",
  }),
  row("live-gone", "fault", "AWS has no such resource any more", "FAIL", { ...AGREED, live: null }),
  row("state-differs", "fault", "state holds another value than the configuration", "FAIL", {
    ...AGREED,
    state: "Suspended",
  }),
  row("plan-differs", "fault", "the plan is that of another configuration", "FAIL", { ...AGREED, plan: "Suspended" }),
  row("config-differs", "fault", "the configuration was changed after the apply", "FAIL", {
    ...AGREED,
    config: "Suspended",
  }),
  documents("inventory", "state holds what was planned", "no difference", "checkInventory"),
  documents(
    "resource-missing",
    "a planned resource is not in state",
    `${ADDRESS} is not in state`,
    "checkInventory",
    (given) => ({
      ...given,
      state: { values: { root_module: {} } },
    }),
  ),
  documents(
    "resource-slipped-in",
    "a resource is in state that nobody planned",
    `${TYPE}.other is in state and not in the plan`,
    "checkInventory",
    ({ inputs: same }) => {
      const [own, other] = ["raw", "other"].map((name) => ({
        address: `${TYPE}.${name}`,
        mode: "managed",
        values: {},
      }));
      return { inputs: same, state: { values: { root_module: { resources: [own, other] } } } };
    },
  ),
  documents("providers", "lock file, plan and state name one provider", "no difference", "checkProviders"),
  documents(
    "provider-version",
    "the lock file pins another version than was configured",
    `${SOURCE} is locked at 5.99.1, configured 5.100.0`,
    "checkProviders",
    (given) => ({ ...given, inputs: { ...given.inputs, lock: given.inputs.lock.replace("5.100.0", "5.99.1") } }),
  ),
  documents(
    "provider-checksum",
    "the lock file pins no checksum",
    `${SOURCE} is locked without a checksum`,
    "checkProviders",
    (given) => ({ ...given, inputs: { ...given.inputs, lock: given.inputs.lock.replace('"h1:abc=",', "") } }),
  ),
  documents(
    "state-of-another-terraform",
    "state was written by another Terraform than planned",
    "Terraform 1.11.4 planned, 1.9.0 wrote the state",
    "checkProviders",
    (given) => ({ ...given, state: { ...(given.state as object), terraform_version: "1.9.0" } }),
  ),
];
