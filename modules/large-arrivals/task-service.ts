// SPDX-License-Identifier: Apache-2.0
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { Construct } from "constructs";
import { Arns, type AwsEnvironment } from "../aws-environment";
import type { EncryptionKey } from "../encryption-key";
import { RuntimeRole, type RuntimeRoleProps } from "../runtime-role";
import { pullImage, repositoryOf } from "./image";
import type { LargeNetwork } from "./large-arrivals";

export interface TaskServiceProps {
  readonly env: AwsEnvironment;
  /** Literal name of cluster, service, task definition and container. */
  readonly name: string;
  /** Literal name of the log group. */
  readonly logGroupName: string;
  readonly key: EncryptionKey;
  readonly image: string;
  readonly network: LargeNetwork;
  /** The role of the code: that of the function. */
  readonly role: RuntimeRole;
  readonly boundary: RuntimeRoleProps["boundary"];
  readonly environment: Readonly<Record<string, string>>;
  /** In production log group and what it holds stay. */
  readonly production: boolean;
  readonly logGroupDays: number;
  /** Tags, as `gxpTags` makes them. */
  readonly tags: Record<string, string>;
}

/** Two processors, whose network is wider than one's: SHA-256 itself uses one. In units of ECS and mebibytes. */
const [CPU, MEMORY] = ["2048", "4096"];
/** Seconds between SIGTERM and SIGKILL: giving back a message takes one. */
const STOP_SECONDS = 30;

/** One image as a service on Fargate of which at most one task runs; how many are wanted is not said here. */
export class TaskService extends Construct {
  readonly clusterName: string;
  readonly serviceName: string;
  readonly service: EcsService;
  readonly logGroup: CloudwatchLogGroup;
  readonly definition: EcsTaskDefinition;
  readonly executionRole: RuntimeRole;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: TaskServiceProps,
  ) {
    super(scope, id);
    const { name, tags, network, role, production } = props;
    this.clusterName = name;
    this.serviceName = name;
    this.logGroup = new CloudwatchLogGroup(this, "LogGroup", {
      name: props.logGroupName,
      retentionInDays: props.logGroupDays,
      kmsKeyId: props.key.arn,
      skipDestroy: production,
      tags,
      lifecycle: { preventDestroy: production },
    });
    this.executionRole = this.starter();
    this.definition = this.taskDefinition();
    const cluster = new EcsCluster(this, "Cluster", { name, tags });
    this.service = new EcsService(this, "Service", {
      name,
      cluster: cluster.arn,
      taskDefinition: this.definition.arn,
      launchType: "FARGATE",
      platformVersion: "1.4.0",
      desiredCount: 0,
      // The old task has ended before a new one begins: never two of them.
      deploymentMinimumHealthyPercent: 0,
      deploymentMaximumPercent: 100,
      networkConfiguration: {
        subnets: [...network.subnetIds],
        securityGroups: [...network.securityGroupIds],
        assignPublicIp: false,
      },
      enableExecuteCommand: false,
      propagateTags: "SERVICE",
      tags,
      // Scaling says how many; a deployment in the middle of a file must not say none.
      lifecycle: { ignoreChanges: ["desired_count"] },
      dependsOn: [role.role, ...role.policies, ...this.executionRole.policies],
    });
  }

  /** Pulls the image and writes the log, before and beside the code. */
  private starter(): RuntimeRole {
    const { env, name, boundary, image, logGroupName, tags } = this.props;
    const arns = new Arns(env);
    const starter = new RuntimeRole(this, "Execution", {
      env,
      roleName: `${name}-start`,
      trust: { service: "ecs-tasks.amazonaws.com", sourceArn: arns.everyTask() },
      boundary,
      tags,
    });
    starter.grant("pull", pullImage(repositoryOf(image, env, this.node.path)));
    starter.grant("log", [
      {
        Sid: "Log",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${arns.logGroup(logGroupName)}:*`,
      },
    ]);
    return starter;
  }

  private taskDefinition(): EcsTaskDefinition {
    const { env, name, image, role, environment, logGroupName, tags } = this.props;
    const container = {
      name,
      image,
      essential: true,
      readonlyRootFilesystem: true,
      privileged: false,
      user: "65534:65534",
      stopTimeout: STOP_SECONDS,
      environment: Object.entries(environment).map(([of, value]) => ({ name: of, value })),
      linuxParameters: { capabilities: { drop: ["ALL"] } },
      logConfiguration: {
        logDriver: "awslogs",
        options: {
          "awslogs-group": logGroupName,
          "awslogs-region": env.region,
          "awslogs-stream-prefix": "task",
        },
      },
    };
    return new EcsTaskDefinition(this, "Definition", {
      family: name,
      requiresCompatibilities: ["FARGATE"],
      networkMode: "awsvpc",
      cpu: CPU,
      memory: MEMORY,
      runtimePlatform: { operatingSystemFamily: "LINUX", cpuArchitecture: "X86_64" },
      taskRoleArn: role.arn,
      executionRoleArn: this.executionRole.arn,
      containerDefinitions: JSON.stringify([container]),
      tags,
      dependsOn: [role.role, this.executionRole.role, this.logGroup],
    });
  }
}
