// SPDX-License-Identifier: Apache-2.0
import type { Commitments, Protocol, ProtocolStep } from "../evidence";
import { canonicalJson, sha256Hex } from "../json";
import { PROVIDER_DEFAULTS } from "./attribute-lists";
import { configuredShape, type IqControl, noLiveReason, rowAttributes } from "./attributes";
import type { IqInputs } from "./inputs";
import { liveReader } from "./live/registry";
import { type PlannedResource, plannedResources } from "./resources";
import { valueAt } from "./shape";

/** Longest literal that the protocol quotes, in characters; of a longer one it gives the digest. */
const QUOTED = 200;
const ACCEPTANCE = [
  "Of every attribute, configuration, state and live value are equal, and the planned value is equal or unknown.",
  "An attribute that the configuration does not set must be absent, empty or at its default: the one given here, else false or 0.",
  "Only the committed rows have no live value.",
].join(" ");

/** Of a stack that no app synthesized: the files are evaluated by Terraform alone. */
const ACCEPTANCE_EVALUATED = [
  "The configuration is what Terraform evaluated of the files: in the plan, and of what is known only after apply in the second plan, which finds nothing to change.",
  ACCEPTANCE,
].join(" ");

/** A step that reads one resource back. */
export interface ResourceStep {
  readonly id: string;
  readonly resource: PlannedResource;
  readonly attributes: readonly string[];
}

/** The resource steps of an IQ, in the order of addresses: `IQ-001`, `IQ-002`, … */
export function resourceSteps({ id = "IQ", plan, synth, controls }: IqInputs): ResourceStep[] {
  return plannedResources(plan, synth).map((resource, index) => ({
    id: `${id}-${String(index + 1).padStart(3, "0")}`,
    resource,
    attributes: rowAttributes(resource, controls),
  }));
}

export function inventoryStepId({ id = "IQ" }: IqInputs): string {
  return `${id}-INVENTORY`;
}

export function providerStepId({ id = "IQ" }: IqInputs): string {
  return `${id}-PROVIDERS`;
}

export function leftOutStepId({ id = "IQ" }: IqInputs, type: string): string {
  return `${id}-LEFT-OUT-${type}`;
}

/**
 * The IQ protocol of a plan, written before its apply: what each resource must be like, from the configuration.
 *
 * @throws PLAN_FORMAT
 */
export function iqProtocol(inputs: IqInputs): Protocol {
  const { id = "IQ", stack, profile, controls } = inputs;
  const steps = resourceSteps(inputs);
  return {
    schemaVersion: 1,
    id,
    kind: "IQ",
    title: `Installation qualification of ${stack}`,
    target: profile.target,
    steps: [
      providerStep(inputs),
      inventoryStep(inputs, steps.length),
      ...steps.map((step) => protocolStep(step, controls)),
      ...profile.leftOut.map((one) => leftOutStep(inputs, one, controls)),
    ],
  };
}

/** What the profile commits of an IQ before the run: steps that it cannot run, and rows without a live value. */
export function iqCommitments(inputs: IqInputs): Pick<Commitments, "notRun" | "notAvailable"> {
  const rows = resourceSteps(inputs).flatMap(({ resource: { address, type }, attributes }) =>
    attributes.map((path) => ({
      row: `${address}#${path}`,
      reason: noLiveReason(type, path, inputs.profile.notAvailable),
    })),
  );
  return {
    notRun: inputs.profile.leftOut.map(({ type, reason }) => ({ step: leftOutStepId(inputs, type), reason })),
    notAvailable: rows.flatMap(({ row, reason }) => (reason === undefined ? [] : [{ row, reason }])),
  };
}

function protocolStep({ id, resource, attributes }: ResourceStep, controls: readonly IqControl[]): ProtocolStep {
  const calls = liveReader(resource.type)?.calls ?? [];
  const region = resource.region ?? "no known region";
  return {
    id,
    title: resource.address,
    ...traceOf(resource.type, controls),
    action: calls.length === 0 ? "no live reader for this resource type" : `${calls.join(", ")} in ${region}`,
    expected: expectation(resource, attributes),
    acceptance: resource.written === undefined ? ACCEPTANCE : ACCEPTANCE_EVALUATED,
    readBack: { address: resource.address, attributes },
  };
}

function expectation(resource: PlannedResource, attributes: readonly string[]): string {
  const config = configuredShape(resource);
  const lines = attributes.map((path) => {
    const value = valueAt(config, path.split("."));
    return `${path} = ${value === undefined ? notSet(resource.type, path) : quote(value)}`;
  });
  return lines.length === 0 ? "no attribute of this type is controlled or readable" : lines.join("\n");
}

function notSet(type: string, path: string): string {
  const known = PROVIDER_DEFAULTS.find((one) => one.type === type && one.path === path);
  return known ? `not set, default ${canonicalJson(known.value)} (${known.source})` : "not set";
}

function quote(value: unknown): string {
  const text = canonicalJson(value);
  return text.length <= QUOTED ? text : `${text.length} characters of canonical JSON, SHA-256 ${sha256Hex(text)}`;
}

function providerStep(inputs: IqInputs): ProtocolStep {
  return {
    id: providerStepId(inputs),
    title: "Terraform and its providers",
    controls: [],
    requirements: ["URS-031"],
    clauses: ["11.10(a)"],
    action: "Compare lock file, plan and state.",
    expected:
      "Every provider of the plan is pinned by the lock file with at least one checksum, at the one version that the configuration names; the plan and the state were written by the same Terraform; state names no other provider.",
    acceptance: "No difference.",
  };
}

function inventoryStep(inputs: IqInputs, resources: number): ProtocolStep {
  return {
    id: inventoryStepId(inputs),
    title: "Inventory",
    controls: [],
    requirements: ["URS-031"],
    clauses: ["11.10(a)"],
    action: "Compare the managed resources of the plan with those in state.",
    expected: `The ${resources} managed resources of the plan are in state, and no other.`,
    acceptance: "No difference.",
  };
}

function leftOutStep(
  inputs: IqInputs,
  { type, reason }: { readonly type: string; readonly reason: string },
  controls: readonly IqControl[],
): ProtocolStep {
  return {
    id: leftOutStepId(inputs, type),
    title: `${type}, left out on this target`,
    ...traceOf(type, controls),
    action: `None on this target: ${reason}.`,
    expected: "Every resource of this type is installed as configured.",
    acceptance: "Read back on AWS.",
    requires: "aws",
  };
}

function traceOf(
  type: string,
  controls: readonly IqControl[],
): Pick<ProtocolStep, "controls" | "requirements" | "clauses"> {
  const about = controls.filter(({ attributes }) => attributes.some((attribute) => attribute.type === type));
  const union = (lists: readonly (readonly string[])[]) => [...new Set(lists.flat())].sort();
  return {
    controls: union([about.map(({ id }) => id)]),
    requirements: union(about.map(({ requirements }) => requirements)),
    clauses: union(about.map(({ clauses }) => clauses)),
  };
}
