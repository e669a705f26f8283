import { type BasePathMappingRecord, type DomainNameRecord, describeDomainName } from "./domain-name";
import { badRequest, conflict, jsonAnswer, notFound } from "./http";
import { objectOr, text, textMap, texts, withoutUndefined } from "./json-values";
import { type Operation, type OperationContext, parameter } from "./operation";
import { type PatchOperation, patchOperations } from "./patch";

/** API Gateway's operations on custom domains and on their mappings. moto knows the domain for its HTTP variant. */
export const DOMAIN_NAME_OPERATIONS: Readonly<Record<string, Operation>> = {
  async CreateDomainName(context) {
    const domain = createdDomain(context);
    if (context.domainNames.find(domain.domainName)) throw badRequest("The domain name you provided already exists.");
    const answer = await context.forward();
    if (answer.status >= 300) return answer;
    context.domainNames.set(domain);
    return jsonAnswer(201, describeDomainName(domain));
  },

  GetDomainName: (context) => jsonAnswer(200, describeDomainName(domainOf(context))),

  UpdateDomainName(context) {
    const domain = patchOperations(context.call.parameters.patchOperations).reduce(patchDomain, domainOf(context));
    context.domainNames.set(domain);
    return jsonAnswer(200, describeDomainName(domain));
  },

  async DeleteDomainName(context) {
    const { domainName } = domainOf(context);
    const answer = await context.forward();
    if (answer.status < 300) context.domainNames.delete(domainName);
    return answer;
  },

  CreateBasePathMapping(context) {
    const mappings = mappingsOf(context);
    const stage = parameter(context, "stage");
    const mapping: BasePathMappingRecord = {
      basePath: parameter(context, "basePath") || "(none)",
      restApiId: parameter(context, "restApiId"),
      ...(stage && { stage }),
    };
    requireStage(mapping, context);
    if (mappings.has(mapping.basePath)) throw conflict("Base path already exists for this domain name");
    mappings.set(mapping.basePath, mapping);
    return jsonAnswer(201, { ...mapping });
  },

  GetBasePathMapping: (context) => jsonAnswer(200, { ...mappingOf(context) }),

  GetBasePathMappings: (context) =>
    jsonAnswer(200, { item: [...mappingsOf(context).values()].map((mapping) => ({ ...mapping })) }),

  UpdateBasePathMapping(context) {
    const before = mappingOf(context);
    const mapping = patchOperations(context.call.parameters.patchOperations).reduce(patchMapping, before);
    requireStage(mapping, context);
    const mappings = mappingsOf(context);
    mappings.delete(before.basePath);
    mappings.set(mapping.basePath, mapping);
    return jsonAnswer(200, { ...mapping });
  },

  DeleteBasePathMapping(context) {
    mappingsOf(context).delete(mappingOf(context).basePath);
    return { status: 202, headers: {}, body: Buffer.alloc(0) };
  },
};

function domainOf(context: OperationContext): DomainNameRecord {
  return context.domainNames.get(parameter(context, "domainName"));
}

function mappingsOf(context: OperationContext): Map<string, BasePathMappingRecord> {
  return context.domainNames.mappings(domainOf(context).domainName);
}

function mappingOf(context: OperationContext): BasePathMappingRecord {
  const mapping = mappingsOf(context).get(parameter(context, "basePath"));
  if (!mapping) throw notFound("Invalid base path mapping identifier specified");
  return mapping;
}

function requireStage({ restApiId, stage }: BasePathMappingRecord, { apis }: OperationContext): void {
  const api = apis.get(restApiId);
  if (stage !== undefined && !api.stages.has(stage)) throw badRequest("Invalid stage identifier specified");
}

function createdDomain({ call: { parameters, region }, now }: OperationContext): DomainNameRecord {
  const { types, ipAddressType } = objectOr(parameters.endpointConfiguration);
  const mutualTls = objectOr(parameters.mutualTlsAuthentication);
  return {
    domainName: String(parameters.domainName),
    region,
    createdDate: now(),
    certificateArn: text(parameters.certificateArn),
    regionalCertificateArn: text(parameters.regionalCertificateArn),
    ownershipVerificationCertificateArn: text(parameters.ownershipVerificationCertificateArn),
    securityPolicy: text(parameters.securityPolicy) ?? "TLS_1_2",
    endpointConfiguration: { types: types ? texts(types) : ["EDGE"], ipAddressType: text(ipAddressType) ?? "ipv4" },
    mutualTlsAuthentication: parameters.mutualTlsAuthentication ? withoutUndefined(textMap(mutualTls)) : undefined,
    tags: textMap(parameters.tags),
  };
}

type DomainPatch = (domain: DomainNameRecord, value: string | undefined) => DomainNameRecord;

/** Exact paths. Source: https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateDomainName-Patch */
const DOMAIN_PATCHES: Readonly<Record<string, DomainPatch>> = {
  "/certificateArn": (domain, value) => ({ ...domain, certificateArn: value }),
  "/regionalCertificateArn": (domain, value) => ({ ...domain, regionalCertificateArn: value }),
  "/ownershipVerificationCertificateArn": (domain, value) => ({
    ...domain,
    ownershipVerificationCertificateArn: value,
  }),
  "/securityPolicy": (domain, value = "TLS_1_2") => ({ ...domain, securityPolicy: value }),
  "/endpointConfiguration/ipAddressType": (domain, value = "ipv4") => ({
    ...domain,
    endpointConfiguration: { ...domain.endpointConfiguration, ipAddressType: value },
  }),
  "/mutualTlsAuthentication/truststoreUri": (domain, value) => ({
    ...domain,
    mutualTlsAuthentication: value ? { ...domain.mutualTlsAuthentication, truststoreUri: value } : undefined,
  }),
  "/mutualTlsAuthentication/truststoreVersion": (domain, value) => ({
    ...domain,
    mutualTlsAuthentication: { ...domain.mutualTlsAuthentication, truststoreVersion: value },
  }),
};

function patchDomain(domain: DomainNameRecord, { op, path, value }: PatchOperation): DomainNameRecord {
  const patch = DOMAIN_PATCHES[path];
  if (!patch) throw badRequest(`Invalid patch path '${path}' specified for op '${op}'`);
  return patch(domain, value);
}

function patchMapping(mapping: BasePathMappingRecord, { op, path, value = "" }: PatchOperation): BasePathMappingRecord {
  if (path === "/basePath") return { ...mapping, basePath: value || "(none)" };
  if (path === "/restapiId") return { ...mapping, restApiId: value };
  if (path === "/stage") return { ...mapping, stage: value || undefined };
  throw badRequest(`Invalid patch path '${path}' specified for op '${op}'`);
}
