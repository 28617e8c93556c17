// SPDX-License-Identifier: Apache-2.0
import type { AttributeNote } from "./attribute-lists";
import type { IqControl } from "./attributes";

/** What a target's profile says about IQ. */
export interface IqProfile {
  /** Name of the target. */
  readonly target: string;
  /** Resource types that are left out of the stack on this target. */
  readonly leftOut: readonly { readonly type: string; readonly reason: string }[];
  /** Attributes that cannot be read live on this target, beside those that no AWS API can show. */
  readonly notAvailable: readonly AttributeNote[];
}

/** What an IQ is made from: the plan that is applied, and what was judged with it. */
export interface IqInputs {
  /** Id of the protocol, and first part of each step's id. @default "IQ" */
  readonly id?: string;
  /** Name of the stack. */
  readonly stack: string;
  /** `terraform show -json` of the plan. */
  readonly plan: unknown;
  /** cdk.tf.json; null for a stack that no app synthesized: its configuration is what Terraform evaluated of the files. */
  readonly synth: unknown;
  /** Text of `.terraform.lock.hcl`. */
  readonly lock: string;
  /** METADATA of the controls. */
  readonly controls: readonly IqControl[];
  readonly profile: IqProfile;
}
