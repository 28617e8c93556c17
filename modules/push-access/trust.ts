// SPDX-License-Identifier: Apache-2.0
import { ModuleError, type ModuleErrorCode } from "../errors";
import type { Trust } from "../runtime-role";

/** How a machine outside this stack comes to a session of the role. None of the ways holds a key that lasts. */
export type SenderTrust =
  | {
      /** Exact ARNs of the roles that the machine runs as: of an EC2 instance, an ECS task, a Lambda function, a pod. */
      readonly roleArns: readonly string[];
    }
  | {
      /** A token of an OpenID Connect provider, which IAM knows already. */
      readonly oidc: {
        /** ARN of the provider in IAM. */
        readonly providerArn: string;
        /** `aud` of the token, exactly. */
        readonly audience: string;
        /** `sub` of the token, exactly: one workload, not an organisation. */
        readonly subject: string;
      };
    }
  | {
      /**
       * A certificate, by IAM Roles Anywhere: for machines outside AWS. The profile that names the role is made where the
       * trust anchor is: the gate takes no profile in a stack of records (META-11).
       */
      readonly rolesAnywhere: {
        /** ARN of the trust anchor, the authority that signs the certificates. */
        readonly trustAnchorArn: string;
        /** Common name in the subject of the machine's certificate, exactly. */
        readonly commonName: string;
      };
    };

const ROLE = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/;
const OIDC_PROVIDER = /^arn:aws[a-z-]*:iam::\d{12}:oidc-provider\/\S+$/;
const TRUST_ANCHOR = /^arn:aws[a-z-]*:rolesanywhere:[a-z0-9-]+:\d{12}:trust-anchor\/[\w-]+$/;

/**
 * Trust policy of the role for `trust`.
 * @throws LONG_LIVED_KEY for a user, IDENTITY_REFUSED for whatever names more than one machine or workload
 * @see IAM user guide, "Create a role for OpenID Connect federation"; IAM Roles Anywhere user guide, "Trust model"
 */
export function trustOf(trust: SenderTrust, where: string): Trust {
  if ("roleArns" in trust) return { principalArns: checkedRoles(trust.roleArns, where) };
  if ("oidc" in trust) {
    const { providerArn, audience, subject } = trust.oidc;
    expect(OIDC_PROVIDER.test(providerArn), where, "the ARN of an OpenID Connect provider", providerArn);
    expect(isExact(audience) && isExact(subject), where, "audience and subject without wildcards", subject);
    const issuer = providerArn.split(":oidc-provider/")[1]!;
    return {
      statement: {
        Sid: "Trust",
        Effect: "Allow",
        Principal: { Federated: providerArn },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: { StringEquals: { [`${issuer}:aud`]: audience, [`${issuer}:sub`]: subject } },
      },
    };
  }
  const { trustAnchorArn, commonName } = trust.rolesAnywhere;
  expect(TRUST_ANCHOR.test(trustAnchorArn), where, "the ARN of a trust anchor", trustAnchorArn);
  expect(isExact(commonName), where, "a common name without wildcards", commonName);
  return {
    statement: {
      Sid: "Trust",
      Effect: "Allow",
      Principal: { Service: "rolesanywhere.amazonaws.com" },
      Action: ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"],
      Condition: {
        ArnEquals: { "aws:SourceArn": trustAnchorArn },
        StringEquals: { "aws:PrincipalTag/x509Subject/CN": commonName },
      },
    },
  };
}

function checkedRoles(arns: readonly string[], where: string): readonly string[] {
  const user = arns.find((arn) => /:user\//.test(arn) || /^A[KS]IA/.test(arn));
  if (user !== undefined) {
    refuse(
      "LONG_LIVED_KEY",
      where,
      "a role",
      user.includes(":user/") ? user : "an access key",
      "use the role that the machine runs as in AWS, a token of an OpenID Connect provider, or a certificate by IAM Roles Anywhere outside AWS",
    );
  }
  expect(arns.length > 0, where, "at least one role", "none");
  for (const arn of arns) expect(ROLE.test(arn), where, "full ARNs of roles", arn);
  return arns;
}

function isExact(text: string): boolean {
  return text.trim() !== "" && !/[*?]/.test(text);
}

function expect(sound: boolean, where: string, expected: string, got: string): void {
  if (sound) return;
  refuse("IDENTITY_REFUSED", where, expected, JSON.stringify(got), "name exactly the machine or workload that sends");
}

function refuse(code: ModuleErrorCode, where: string, expected: string, got: string, todo: string): never {
  throw new ModuleError(code, { what: "sender not trusted", where, expected, got, todo });
}
