// SPDX-License-Identifier: Apache-2.0
import type { Construct } from "constructs";
import { Handler, type HandlerCode } from "../handler";
import type { VendorDirectory } from "../vendor-directory";
import type { GatewayContext, IdentityProvider, LoginFunction } from "./identity";
import type { AuthenticationMethods } from "./identity-provider/decision";

export interface VendorLoginProps {
  /** Table that says who may log in. */
  readonly directory: VendorDirectory;
  /** Where AWS takes the function's code from. */
  readonly code: HandlerCode;
  /** What a login needs. With a password, every vendor has a `secretArn`. @default "PUBLIC_KEY" */
  readonly methods?: AuthenticationMethods;
  /** ARNs of the keys that the vendors' secrets are encrypted with. @default - none: no secret is read */
  readonly secretKeyArns?: readonly string[];
  /** Days that CloudWatch Logs keeps the log: one of its own steps, at most 3653. @default 3653 */
  readonly logGroupDays?: number;
}

/** Logs vendors in with the keys, networks and days of the vendor directory, read anew at every login (21 CFR 11.10(d), 11.300). */
export class VendorLogin implements IdentityProvider {
  readonly methods: AuthenticationMethods;

  constructor(private readonly props: VendorLoginProps) {
    this.methods = props.methods ?? "PUBLIC_KEY";
  }

  bind(scope: Construct, context: GatewayContext): LoginFunction {
    const { directory, code, logGroupDays } = this.props;
    const { env, identity, namePrefix, administratorArns, boundary, inbox } = context;
    const handler = new Handler(scope, "Identity", {
      env,
      identity,
      namePrefix,
      administratorArns,
      boundary,
      source: "sftp-gateway/identity-provider",
      name: "identity-provider",
      part11Role: "identity-provider",
      code,
      environment: {
        AUTHENTICATION_METHODS: this.methods,
        INBOX_ARN: inbox.arn,
        // The inbox's own key is known after apply only, and would hide every variable from the plan; the roles name it.
        KEYS_ARN: context.keysArn,
        VENDORS_TABLE: directory.tableName,
        VENDOR_ROLE_PREFIX: context.vendorRoleArnPrefix,
      },
      // Each check of a second component takes 64 MB, and a share of processor time that comes with memory.
      memoryMegabytes: this.methods === "PUBLIC_KEY" ? 256 : 1024,
      timeoutSeconds: 10,
      logGroupDays,
    });
    directory.grantRead(handler.role);
    this.grantSecrets(handler, env.region);
    handler.function.node.addDependency(...handler.role.policies, directory.table);
    return handler;
  }

  private grantSecrets(handler: Handler, region: string): void {
    const { directory, secretKeyArns = [] } = this.props;
    const arns = directory.vendors.flatMap(({ secretArn }) => (secretArn === undefined ? [] : [secretArn]));
    if (this.methods === "PUBLIC_KEY" || arns.length === 0) return;
    handler.role.grant("read-secrets", [
      { Sid: "ReadSecrets", Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: arns },
    ]);
    if (secretKeyArns.length === 0) return;
    handler.role.grant("read-secrets-keys", [
      {
        Sid: "KeysThroughSecretsManager",
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: secretKeyArns,
        Condition: { StringEquals: { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` } },
      },
    ]);
  }
}
