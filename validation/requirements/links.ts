// SPDX-License-Identifier: Apache-2.0
import type { ProtocolStep } from "../evidence";
import type { Requirement } from "./requirement";

/** What a link needs to know of a control: of the gate, or one that no plan shows. */
export interface LinkedControl {
  readonly id: string;
  readonly title: string;
  readonly severity: string;
  readonly clauses: readonly string[];
  readonly requirements: readonly string[];
  /** Steps that show it on the installed system. */
  readonly verified_by?: readonly string[];
}

/** What one step shows. */
export interface StepLinks {
  /** Ids of requirements, sorted. */
  readonly requirements: readonly string[];
  /** Ids of controls, sorted: those that the step names, and those that name the step. */
  readonly controls: readonly string[];
  /** Ids of requirements and controls that the step names and nobody has. */
  readonly unknown: readonly string[];
}

const LEFT_OUT = /-LEFT-OUT-(aws_[a-z0-9_]+)$/;

/**
 * Joins steps with requirements: by the ids that the step names, by its controls and the ids that they name, and by the
 * resource type that it reads back, where a requirement lists the type.
 */
export class RequirementLinks {
  private readonly requirements: ReadonlyMap<string, Requirement>;
  private readonly controls: ReadonlyMap<string, LinkedControl>;
  private readonly byType = new Map<string, string[]>();
  private readonly byStep = new Map<string, string[]>();

  constructor(requirements: readonly Requirement[], controls: readonly LinkedControl[]) {
    this.requirements = new Map(requirements.map((one) => [one.id, one]));
    this.controls = new Map(controls.map((one) => [one.id, one]));
    for (const { id, resources } of requirements) for (const type of resources) add(this.byType, type, id);
    for (const { id, verified_by = [] } of controls) for (const step of verified_by) add(this.byStep, step, id);
  }

  requirement(id: string): Requirement | undefined {
    return this.requirements.get(id);
  }

  control(id: string): LinkedControl | undefined {
    return this.controls.get(id);
  }

  /** Controls that name the requirement, in the order of ids. */
  controlsOf(requirement: string): LinkedControl[] {
    const named = [...this.controls.values()].filter(({ requirements }) => requirements.includes(requirement));
    return named.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  ofStep(step: Pick<ProtocolStep, "id" | "controls" | "requirements" | "readBack">): StepLinks {
    const controls = sorted([...step.controls, ...(this.byStep.get(step.id) ?? [])]);
    const type = resourceTypeOf(step);
    const requirements = [
      ...step.requirements,
      ...controls.flatMap((id) => this.controls.get(id)?.requirements ?? []),
      ...((type && this.byType.get(type)) || []),
    ];
    return {
      requirements: sorted(requirements.filter((id) => this.requirements.has(id))),
      controls: controls.filter((id) => this.controls.has(id)),
      unknown: sorted([
        ...requirements.filter((id) => !this.requirements.has(id)),
        ...controls.filter((id) => !this.controls.has(id)),
      ]),
    };
  }
}

/** Type of the resource that a step reads back, or would read back on AWS. */
function resourceTypeOf({ id, readBack }: Pick<ProtocolStep, "id" | "readBack">): string | undefined {
  if (!readBack) return LEFT_OUT.exec(id)?.[1];
  // Of `module.a["x.y"].aws_s3_bucket.b[0]` the type stands before the last name.
  return /(?:^|\.)(aws_[a-z0-9_]+)\.[^.]+$/.exec(readBack.address.replace(/\[[^\]]*\]/g, ""))?.[1];
}

function sorted(ids: readonly string[]): string[] {
  return [...new Set(ids)].sort();
}

function add(lists: Map<string, string[]>, key: string, id: string): void {
  lists.set(key, [...(lists.get(key) ?? []), id]);
}
