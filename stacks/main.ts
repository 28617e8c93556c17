// SPDX-License-Identifier: Apache-2.0
import { App, type TerraformStack } from "cdktf";
import type { EnvironmentName } from "../modules";
import { ClinicalLandingZoneStack } from "./clinical-landing-zone-stack";
import { leaveOut } from "./leave-out";
import { OqChallengeStack } from "./oq-challenge-stack";
import { readSettings, type TargetName } from "./settings";

const app = new App();
const context = (name: string): string | undefined => app.node.tryGetContext(`part11:${name}`);
const environment = (context("environment") ?? "production") as EnvironmentName;
const settings = readSettings(environment, context("settings"));
const target = { name: (context("target") ?? "offline") as TargetName, endpoint: context("emulatorEndpoint") };

const stacks: TerraformStack[] = [new ClinicalLandingZoneStack(app, "clinical-landing-zone", settings, target)];
if (environment === "qualification") stacks.push(new OqChallengeStack(app, "oq-challenge", settings, target));
for (const stack of stacks) leaveOut(stack, app.node.tryGetContext("part11:leaveOut") ?? []);
app.synth();
