import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { ApiGatewayVpcLink } from "@cdktf/provider-aws/lib/api-gateway-vpc-link";
import { CloudwatchEventBus } from "@cdktf/provider-aws/lib/cloudwatch-event-bus";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { DataAwsAcmCertificate } from "@cdktf/provider-aws/lib/data-aws-acm-certificate";
import { DataAwsApiGatewayVpcLink } from "@cdktf/provider-aws/lib/data-aws-api-gateway-vpc-link";
import { DataAwsCloudwatchEventBus } from "@cdktf/provider-aws/lib/data-aws-cloudwatch-event-bus";
import { DataAwsCloudwatchLogGroup } from "@cdktf/provider-aws/lib/data-aws-cloudwatch-log-group";
import { DataAwsCognitoUserPool } from "@cdktf/provider-aws/lib/data-aws-cognito-user-pool";
import { DataAwsDynamodbTable } from "@cdktf/provider-aws/lib/data-aws-dynamodb-table";
import { DataAwsIamRole } from "@cdktf/provider-aws/lib/data-aws-iam-role";
import { DataAwsKinesisFirehoseDeliveryStream } from "@cdktf/provider-aws/lib/data-aws-kinesis-firehose-delivery-stream";
import { DataAwsKinesisStream } from "@cdktf/provider-aws/lib/data-aws-kinesis-stream";
import { DataAwsKmsKey } from "@cdktf/provider-aws/lib/data-aws-kms-key";
import { DataAwsLambdaFunction } from "@cdktf/provider-aws/lib/data-aws-lambda-function";
import { DataAwsLb } from "@cdktf/provider-aws/lib/data-aws-lb";
import { DataAwsRoute53Zone } from "@cdktf/provider-aws/lib/data-aws-route53-zone";
import { DataAwsS3Bucket } from "@cdktf/provider-aws/lib/data-aws-s3-bucket";
import { DataAwsSecurityGroup } from "@cdktf/provider-aws/lib/data-aws-security-group";
import { DataAwsSfnStateMachine } from "@cdktf/provider-aws/lib/data-aws-sfn-state-machine";
import { DataAwsSnsTopic } from "@cdktf/provider-aws/lib/data-aws-sns-topic";
import { DataAwsSqsQueue } from "@cdktf/provider-aws/lib/data-aws-sqs-queue";
import { DataAwsVpcEndpoint } from "@cdktf/provider-aws/lib/data-aws-vpc-endpoint";
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { KinesisFirehoseDeliveryStream } from "@cdktf/provider-aws/lib/kinesis-firehose-delivery-stream";
import { KinesisStream } from "@cdktf/provider-aws/lib/kinesis-stream";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { SfnStateMachine } from "@cdktf/provider-aws/lib/sfn-state-machine";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import {
  AwsIntegration,
  type CertificateTarget,
  CognitoUserPoolsAuthorizer,
  DomainName,
  DynamoDbIntegration,
  EventBridgeIntegration,
  FirehoseLogDestination,
  type HeadgateStack,
  type HostedZoneTarget,
  HttpIntegration,
  type Integration,
  KinesisIntegration,
  LambdaIntegration,
  type LambdaTarget,
  LogGroupLogDestination,
  type MTLSConfig,
  NodejsFunction,
  RestApi,
  S3Integration,
  SnsIntegration,
  SqsIntegration,
  StepFunctionsIntegration,
  TokenAuthorizer,
  type VpcEndpointTarget,
  VpcLink,
  type VpcLinkTarget,
} from "../../modules";
import { assertOrderRules, synthApi } from "../../modules/testing";

const PLACE = "eu-west-1:111111111111";
const FIRST = { lifecycle: { createBeforeDestroy: true } };
const CERTIFICATE = `arn:aws:acm:${PLACE}:certificate/c`;

/** A place that takes a resource, the resource in each form, and what the synthesized stack then holds. */
function takes<Target>(
  place: string,
  use: (stack: HeadgateStack, target: Target) => void,
  forms: Readonly<Record<string, readonly [make: (stack: HeadgateStack) => Target, holds: string | RegExp]>>,
): void {
  describe(`${place} can be`, () => {
    it.each(Object.entries(forms))("%s", (_form, [make, holds]) => {
      const terraform = synthApi((stack) => use(stack, make(stack)));

      assertOrderRules(terraform);
      expect(JSON.stringify(terraform).replaceAll("\\", "")).toMatch(
        typeof holds === "string" ? new RegExp(holds.replaceAll(/[.*+?^${}()|[\]\\/]/g, "\\$&")) : holds,
      );
    });
  });
}

function route(stack: HeadgateStack, integration: Integration): void {
  new RestApi(stack, "Api").root.resourceForPath("items/{id}").addMethod("POST", integration);
}

const plainFunction = (stack: HeadgateStack) =>
  new LambdaFunction(stack, "Fn", { functionName: "items", role: "arn:aws:iam::111111111111:role/r", ...FIRST });
const FUNCTION = `functions/arn:aws:lambda:${PLACE}:function:items/invocations`;
const FUNCTIONS = {
  "a LambdaFunction": [plainFunction, FUNCTION],
  "a data source": [
    (stack: HeadgateStack) => new DataAwsLambdaFunction(stack, "Fn", { functionName: "items" }),
    FUNCTION,
  ],
  "{ arn }": [() => ({ arn: `arn:aws:lambda:${PLACE}:function:items` }), FUNCTION],
  "a function of this library": [
    (stack: HeadgateStack) => new NodejsFunction(stack, "Fn", { bundle: "b", functionName: "items" }),
    FUNCTION.replace("items/", "items:live/"),
  ],
} as const;

takes<LambdaTarget>("the function behind a method", (stack, it) => route(stack, new LambdaIntegration(it)), FUNCTIONS);

takes<LambdaTarget>(
  "the function of an authorizer",
  (stack, handler) => {
    const authorizer = new TokenAuthorizer(stack, "Authorizer", { handler });
    new RestApi(stack, "Api").root.addMethod("GET", undefined, { authorizer });
  },
  FUNCTIONS,
);

takes("a table", (stack, it) => route(stack, DynamoDbIntegration.getItem(it, { key: { id: "1" } })), {
  "a DynamodbTable": [
    (stack) => new DynamodbTable(stack, "T", { name: "items", hashKey: "id" }),
    `arn:aws:dynamodb:${PLACE}:table/items`,
  ],
  "a data source": [
    (stack) => new DataAwsDynamodbTable(stack, "T", { name: "items" }),
    `arn:aws:dynamodb:${PLACE}:table/items`,
  ],
  "{ arn }": [
    () => ({ arn: "arn:aws:dynamodb:us-east-1:222222222222:table/items" }),
    "arn:aws:dynamodb:us-east-1:222222222222:table/items",
  ],
});

takes("a queue", (stack, it) => route(stack, new SqsIntegration(it)), {
  "an SqsQueue": [(stack) => new SqsQueue(stack, "Q", { name: "items" }), `arn:aws:sqs:${PLACE}:items`],
  "a data source": [(stack) => new DataAwsSqsQueue(stack, "Q", { name: "items" }), `arn:aws:sqs:${PLACE}:items`],
  "{ arn }": [() => ({ arn: "arn:aws:sqs:us-east-1:222222222222:items" }), "sqs:path/222222222222/items"],
});

takes("a topic", (stack, it) => route(stack, new SnsIntegration(it)), {
  "an SnsTopic": [(stack) => new SnsTopic(stack, "T", { name: "items" }), `arn:aws:sns:${PLACE}:items`],
  "a data source": [(stack) => new DataAwsSnsTopic(stack, "T", { name: "items" }), `arn:aws:sns:${PLACE}:items`],
  "{ arn }": [() => ({ arn: "arn:aws:sns:us-east-1:222222222222:items" }), "arn:aws:sns:us-east-1:222222222222:items"],
});

takes("a stream", (stack, it) => route(stack, new KinesisIntegration(it)), {
  "a KinesisStream": [(stack) => new KinesisStream(stack, "S", { name: "items" }), `kinesis:${PLACE}:stream/items`],
  "a data source": [
    (stack) => new DataAwsKinesisStream(stack, "S", { name: "items" }),
    `kinesis:${PLACE}:stream/items`,
  ],
  "{ arn }": [() => ({ arn: `arn:aws:kinesis:${PLACE}:stream/other` }), `kinesis:${PLACE}:stream/other`],
});

takes("a bucket", (stack, it) => route(stack, S3Integration.putObject(it)), {
  "an S3Bucket": [(stack) => new S3Bucket(stack, "B", { bucket: "items" }), "s3:path/items/{id}"],
  "a data source": [(stack) => new DataAwsS3Bucket(stack, "B", { bucket: "items" }), "s3:path/items/{id}"],
  "{ arn }": [() => ({ arn: "arn:aws:s3:::other" }), "s3:path/other/{id}"],
});

takes(
  "an event bus",
  (stack, it) => {
    route(stack, new EventBridgeIntegration(it, { source: "com.example", detailType: "ItemAdded" }));
  },
  {
    "a CloudwatchEventBus": [
      (stack) => new CloudwatchEventBus(stack, "B", { name: "items" }),
      `${PLACE}:event-bus/items`,
    ],
    "a data source": [
      (stack) => new DataAwsCloudwatchEventBus(stack, "B", { name: "items" }),
      `${PLACE}:event-bus/items`,
    ],
    "{ arn }": [() => ({ arn: `arn:aws:events:${PLACE}:event-bus/other` }), `${PLACE}:event-bus/other`],
  },
);

takes("a state machine", (stack, it) => route(stack, StepFunctionsIntegration.startExecution(it)), {
  "an SfnStateMachine": [
    (stack) => new SfnStateMachine(stack, "M", { name: "items", roleArn: "r", definition: "{}" }),
    `${PLACE}:stateMachine:items`,
  ],
  "a data source": [
    (stack) => new DataAwsSfnStateMachine(stack, "M", { name: "items" }),
    `${PLACE}:stateMachine:items`,
  ],
  "{ arn }": [() => ({ arn: `arn:aws:states:${PLACE}:stateMachine:other` }), `${PLACE}:stateMachine:other`],
});

takes(
  "a user pool",
  (stack, it) => {
    const authorizer = new CognitoUserPoolsAuthorizer(stack, "Users", { cognitoUserPools: [it] });
    new RestApi(stack, "Api").root.addMethod("GET", undefined, { authorizer });
  },
  {
    "a CognitoUserPool": [
      (stack) => new CognitoUserPool(stack, "P", { name: "users" }),
      "${stageVariables.userPool_P}",
    ],
    "a data source": [
      (stack) => new DataAwsCognitoUserPool(stack, "P", { userPoolId: "eu-west-1_abc" }),
      "${data.aws_cognito_user_pool.P.arn}",
    ],
    "{ arn }": [
      () => ({ arn: `arn:aws:cognito-idp:${PLACE}:userpool/eu-west-1_abc` }),
      `arn:aws:cognito-idp:${PLACE}:userpool/eu-west-1_abc`,
    ],
  },
);

const NLB = `arn:aws:elasticloadbalancing:${PLACE}:loadbalancer/net/items/1`;

takes("a load balancer", (stack, it) => new VpcLink(stack, "Link", { targets: [it] }), {
  "an Lb": [(stack) => new Lb(stack, "L", { name: "items", loadBalancerType: "network" }), "${aws_lb.L.arn}"],
  "a data source": [(stack) => new DataAwsLb(stack, "L", { name: "items" }), "${data.aws_lb.L.arn}"],
  "{ arn }": [() => ({ arn: NLB }), NLB],
});

takes<VpcLinkTarget>(
  "a VPC link",
  (stack, vpcLink) => {
    route(stack, new HttpIntegration("https://items.example/", { options: { vpcLink } }));
  },
  {
    "an ApiGatewayVpcLink": [
      (stack) => new ApiGatewayVpcLink(stack, "L", { name: "items", targetArns: [NLB] }),
      "${aws_api_gateway_vpc_link.L.id}",
    ],
    "a data source": [
      (stack) => new DataAwsApiGatewayVpcLink(stack, "L", { name: "items" }),
      "${data.aws_api_gateway_vpc_link.L.id}",
    ],
    "{ vpcLinkId }": [() => ({ vpcLinkId: "abc123" }), '"connectionId":"abc123"'],
  },
);

const domain = (stack: HeadgateStack) =>
  new DomainName(stack, "D", { domainName: "a.example", certificate: CERTIFICATE });

takes<CertificateTarget>(
  "a certificate",
  (stack, certificate) => new DomainName(stack, "D", { domainName: "a.example", certificate }),
  {
    "an AcmCertificate": [(stack) => new AcmCertificate(stack, "C", {}), "${aws_acm_certificate.C.arn}"],
    "a data source": [
      (stack) => new DataAwsAcmCertificate(stack, "C", { domain: "a.example" }),
      "${data.aws_acm_certificate.C.arn}",
    ],
    "{ arn }": [() => ({ arn: CERTIFICATE }), CERTIFICATE],
    "its ARN": [() => CERTIFICATE, CERTIFICATE],
  },
);

takes<HostedZoneTarget>("a hosted zone", (stack, hostedZone) => domain(stack).addAliasRecord({ hostedZone }), {
  "a Route53Zone": [(stack) => new Route53Zone(stack, "Z", { name: "example" }), "${aws_route53_zone.Z.zone_id}"],
  "a data source": [
    (stack) => new DataAwsRoute53Zone(stack, "Z", { name: "example" }),
    "${data.aws_route53_zone.Z.zone_id}",
  ],
  "{ arn }": [() => ({ arn: "arn:aws:route53:::hostedzone/Z1" }), '"zone_id":"Z1"'],
  "its id": [() => "Z1", '"zone_id":"Z1"'],
});

takes<MTLSConfig["bucket"]>(
  "the bucket of a trust store",
  (stack, bucket) => {
    new DomainName(stack, "D", { domainName: "a.example", certificate: CERTIFICATE, mtls: { bucket, key: "a.pem" } });
  },
  {
    "an S3Bucket": [(stack) => new S3Bucket(stack, "B", { bucket: "trust" }), "s3://${aws_s3_bucket.B.bucket}/a.pem"],
    "a data source": [
      (stack) => new DataAwsS3Bucket(stack, "B", { bucket: "trust" }),
      "s3://${data.aws_s3_bucket.B.bucket}/a.pem",
    ],
    "{ arn }": [() => ({ arn: "arn:aws:s3:::trust" }), "s3://trust/a.pem"],
    "its name": [() => "trust", "s3://trust/a.pem"],
  },
);

takes(
  "a log group",
  (stack, it) => {
    const accessLogDestination = new LogGroupLogDestination(it);
    new RestApi(stack, "Api", { deployOptions: { accessLogDestination } }).root.addMethod("GET");
  },
  {
    "a CloudwatchLogGroup": [
      (stack) => new CloudwatchLogGroup(stack, "G", { name: "items" }),
      "${aws_cloudwatch_log_group.G.arn}",
    ],
    "a data source": [
      (stack) => new DataAwsCloudwatchLogGroup(stack, "G", { name: "items" }),
      "${data.aws_cloudwatch_log_group.G.arn}",
    ],
    "{ arn }": [() => ({ arn: `arn:aws:logs:${PLACE}:log-group:items` }), `arn:aws:logs:${PLACE}:log-group:items`],
  },
);

takes(
  "a delivery stream",
  (stack, it) => {
    const accessLogDestination = new FirehoseLogDestination(it);
    new RestApi(stack, "Api", { deployOptions: { accessLogDestination } }).root.addMethod("GET");
  },
  {
    "a KinesisFirehoseDeliveryStream": [
      (stack) =>
        new KinesisFirehoseDeliveryStream(stack, "S", {
          name: "amazon-apigateway-items",
          destination: "http_endpoint",
        }),
      "${aws_kinesis_firehose_delivery_stream.S.arn}",
    ],
    "a data source": [
      (stack) => new DataAwsKinesisFirehoseDeliveryStream(stack, "S", { name: "amazon-apigateway-items" }),
      "${data.aws_kinesis_firehose_delivery_stream.S.arn}",
    ],
    "{ arn }": [
      () => ({ arn: `arn:aws:firehose:${PLACE}:deliverystream/amazon-apigateway-items` }),
      "deliverystream/amazon-apigateway-items",
    ],
  },
);

takes(
  "a role",
  (stack, credentialsRole) => {
    route(stack, new AwsIntegration({ service: "sqs", path: "items", options: { credentialsRole } }));
  },
  {
    "an IamRole": [
      (stack) => new IamRole(stack, "R", { name: "caller", assumeRolePolicy: "{}", ...FIRST }),
      '"credentials":"arn:aws:iam::111111111111:role/caller"',
    ],
    "a data source": [(stack) => new DataAwsIamRole(stack, "R", { name: "caller" }), "111111111111:role/caller"],
    "{ arn }": [
      () => ({ arn: "arn:aws:iam::222222222222:role/r" }),
      '"credentials":"arn:aws:iam::222222222222:role/r"',
    ],
  },
);

takes(
  "a key",
  (stack, encryptionKey) => {
    route(stack, new SqsIntegration({ arn: `arn:aws:sqs:${PLACE}:items` }, { encryptionKey }));
  },
  {
    "a KmsKey": [(stack) => new KmsKey(stack, "K", {}), "${aws_kms_key.K.arn}"],
    "a data source": [(stack) => new DataAwsKmsKey(stack, "K", { keyId: "k" }), "${data.aws_kms_key.K.arn}"],
    "{ arn }": [() => ({ arn: `arn:aws:kms:${PLACE}:key/k` }), `arn:aws:kms:${PLACE}:key/k`],
  },
);

takes<string | { readonly id: string }>(
  "a security group",
  (stack, group) => {
    new NodejsFunction(stack, "Fn", { bundle: "b", vpc: { subnets: ["subnet-1"], securityGroups: [group] } });
  },
  {
    "a SecurityGroup": [
      (stack) => new SecurityGroup(stack, "G", { namePrefix: "items", ...FIRST }),
      "${aws_security_group.G.id}",
    ],
    "a data source": [
      (stack) => new DataAwsSecurityGroup(stack, "G", { name: "items" }),
      "${data.aws_security_group.G.id}",
    ],
    "{ id }": [() => ({ id: "sg-1" }), '"security_group_ids":["sg-1"]'],
    "its id": [() => "sg-1", '"security_group_ids":["sg-1"]'],
  },
);

takes<VpcEndpointTarget>(
  "a VPC endpoint",
  (stack, endpoint) => {
    const endpointConfiguration = { types: ["PRIVATE"], vpcEndpoints: [endpoint] } as const;
    const api = new RestApi(stack, "Api", { endpointConfiguration });
    api.grantInvokeFromVpcEndpointsOnly([endpoint]);
    api.root.addMethod("GET");
  },
  {
    "a VpcEndpoint": [
      (stack) => new VpcEndpoint(stack, "E", { serviceName: "execute-api", vpcId: "vpc-1" }),
      "${aws_vpc_endpoint.E.id}",
    ],
    "a data source": [(stack) => new DataAwsVpcEndpoint(stack, "E", { id: "vpce-1" }), "${data.aws_vpc_endpoint.E.id}"],
    "{ id }": [() => ({ id: "vpce-1" }), '"aws:SourceVpce":["vpce-1"]'],
    "its id": [() => "vpce-1", '"aws:SourceVpce":["vpce-1"]'],
  },
);
