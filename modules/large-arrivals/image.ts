// SPDX-License-Identifier: Apache-2.0
import type { AwsEnvironment } from "../aws-environment";
import { ModuleError } from "../errors";
import type { PolicyStatement } from "../policy-document";

/** A private repository of ECR: a task without a way to the internet reaches no other. ECR API, CreateRepository: the name. */
const IMAGE =
  /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/((?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*)@sha256:[0-9a-f]{64}$/;

/**
 * Literal ARN of the repository of an image that is named by its digest, the very bytes that were validated: a tag may name
 * another image tomorrow (21 CFR 11.10(a)).
 *
 * @throws IMAGE_INVALID for anything but `<account>.dkr.ecr.<region of env>.amazonaws.com/<repository>@sha256:<64 hex>`
 */
export function repositoryOf(image: string, env: AwsEnvironment, where: string): string {
  const [, account, region, repository] = IMAGE.exec(image) ?? [];
  if (account && region === env.region) return `arn:${env.partition}:ecr:${region}:${account}:repository/${repository}`;
  throw new ModuleError("IMAGE_INVALID", {
    what: "image of a task not usable",
    where,
    expected: `<account>.dkr.ecr.${env.region}.amazonaws.com/<repository>@sha256:<64 lower-case hex digits>`,
    got: JSON.stringify(image),
    todo: "push the image to a private repository of ECR in this region and name it by the digest that the push printed",
  });
}

/** What whoever starts a task may do to get its image. The token is of the caller and names no repository. */
export function pullImage(repositoryArn: string): PolicyStatement[] {
  return [
    { Sid: "RegistryToken", Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
    {
      Sid: "PullImage",
      Effect: "Allow",
      Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      Resource: repositoryArn,
    },
  ];
}
