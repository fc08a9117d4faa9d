import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { DeploymentV1, type DeploymentV1SpecTemplateSpec } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { SecretV1 } from "@cdktf/provider-kubernetes/lib/secret-v1";
import type { TerraformMetaArguments } from "cdktf";
import type { Construct } from "constructs";
import { BUILD_CAPABILITIES } from "../envbuilder/build-capabilities";
import type { ContainerPlan } from "../envbuilder/container-plan";
import type { EnvbuilderSettings } from "../envbuilder/envbuilder-settings";
import { warn } from "../terraform/annotation";
import { commentOn } from "../terraform/comment";
import { pinLogicalId } from "../terraform/logical-id";
import { textExpression } from "../terraform/text-expression";
import { validateBuildable } from "./buildable";
import { quantities, withRequests, type QuantityReader } from "./container-resources";
import { securityContext } from "./container-security";
import { extraContainer } from "./extra-container";
import type { KubernetesVolume } from "./kubernetes-volume";
import { fileEntries, plannedVolumes } from "./planned-volumes";
import { podEnvironment, type PodEnvironment } from "./pod-environment";
import type { PodIdentity } from "./pod-identity";
import type { KubernetesPodOptions } from "./pod-options";
import { affinity, tolerationBlocks } from "./pod-placement";
import { pullSecretOf } from "./pull-secret";
import { PodVolumes } from "./pod-volumes";

/** What surrounds a pod. */
export interface PodSurroundings {
  readonly identity: PodIdentity;
  /** How amounts become quantities. */
  readonly read: QuantityReader;
  /** The volume that survives stops. */
  readonly persistent?: KubernetesVolume;
  /** Terraform's own arguments of everything that lives as long as the pod. */
  readonly meta?: TerraformMetaArguments;
  /** Whether Terraform replaces the deployment where the Secret or the ConfigMap changes, which no pod notices by itself. */
  readonly replacedBySecret?: boolean;
}

/** The elements of a pod in Terraform. All are named alike, in Terraform and in the cluster. */
export interface EnvbuilderPod {
  readonly deployment: DeploymentV1;
  /** What of the environment nobody else may read. */
  readonly secret?: SecretV1;
  /** The certificates. */
  readonly configMap?: ConfigMapV1;
  /** What the node pulls images with. */
  readonly pullSecret?: SecretV1;
}

/** The pod of a plan, as the only one of a deployment: pods alone are gone with their node. */
export function envbuilderPod(
  scope: Construct,
  id: string,
  plan: ContainerPlan,
  options: KubernetesPodOptions & Pick<EnvbuilderSettings, "registryAuth">,
  around: PodSurroundings,
): EnvbuilderPod {
  const { identity, meta } = around;
  for (const warning of plan.warnings) warn(scope, warning);
  const { labels } = identity;
  const metadata = { name: identity.name, namespace: identity.namespace, labels };
  const configMap =
    plan.files.length === 0
      ? undefined
      : new ConfigMapV1(scope, "config-map", { ...meta, metadata, data: fileEntries(scope, plan.files) });
  if (configMap) pinLogicalId(configMap, id);
  const environment = podEnvironment(plan.env, identity.name);
  const secret =
    Object.keys(environment.secrets).length === 0
      ? undefined
      : new SecretV1(scope, "secret", { ...meta, metadata, data: environment.secrets });
  if (secret) {
    pinLogicalId(secret, id);
    commentOn(secret, "What of the environment may not be read by all who may read pods.");
  }
  // By reference, so that the pod finds it; not so the Secret, see podAnnotations of the workspace.
  const index = meta?.count === undefined ? "" : "[0]";
  const configMapName = `\${${ConfigMapV1.tfResourceType}.${id}${index}.metadata[0].name}`;
  const { resource: pullSecret, names: pullSecrets } = pullSecretOf(scope, id, options.registryAuth, {
    metadata,
    meta,
  });
  const spec = podSpec(plan, options, around, { environment, configMapName, pullSecrets });
  const annotations = { ...identity.annotations, ...mapValues(options.annotations ?? {}) };
  const causes = around.replacedBySecret ? [secret, configMap].filter((one) => one !== undefined) : [];
  const podAnnotations = { ...annotations, ...identity.podAnnotations };
  const deployment = new DeploymentV1(scope, "Resource", {
    ...meta,
    ...(causes.length > 0
      ? { lifecycle: { replaceTriggeredBy: causes.map((one) => `${one.terraformResourceType}.${id}`) } }
      : {}),
    waitForRollout: false,
    metadata: { ...metadata, annotations: unlessEmpty(annotations) },
    spec: {
      replicas: "1",
      // Most volumes are for one pod at a time.
      strategy: { type: "Recreate" },
      selector: { matchLabels: identity.selector },
      template: { metadata: { labels, annotations: unlessEmpty(podAnnotations) }, spec },
    },
  });
  pinLogicalId(deployment, id);
  deployment.node.addValidation({ validate: () => validateBuildable(deployment, identity.container) });
  return { deployment, secret, configMap, pullSecret };
}

function podSpec(
  plan: ContainerPlan,
  options: KubernetesPodOptions,
  { identity, read, persistent }: PodSurroundings,
  {
    environment,
    configMapName,
    pullSecrets,
  }: { environment: PodEnvironment; configMapName: string; pullSecrets: readonly string[] },
): DeploymentV1SpecTemplateSpec {
  const volumes = new PodVolumes();
  const { dns, dnsSearch } = options;
  const volumeMount = [
    ...(persistent ? [volumes.mountOf(persistent, "workspaces")] : []),
    ...plannedVolumes(plan, configMapName).map(({ name, volume }) => volumes.mountOf(volume, name)),
    ...(options.volumes ?? []).map((volume) => volumes.mountOf(volume)),
  ];
  const initContainer = (options.initContainers ?? []).map((one) => extraContainer(one, volumes));
  const sidecars = (options.sidecars ?? []).map((one) => extraContainer(one, volumes));
  return {
    hostname: options.hostname,
    serviceAccountName: options.serviceAccount,
    automountServiceAccountToken: options.serviceAccountToken ?? false,
    // Variables of all services of the namespace, which nobody expects in a workspace.
    enableServiceLinks: false,
    runtimeClassName: options.runtimeClass,
    priorityClassName: options.priorityClass,
    nodeSelector: options.nodeSelector && { ...options.nodeSelector },
    affinity: affinity(options, identity.kind),
    toleration: tolerationBlocks(options.tolerations ?? []),
    imagePullSecrets: [...new Set([...(options.imagePullSecrets ?? []), ...pullSecrets])].map((name) => ({ name })),
    hostAliases: hostAliases(plan.hosts),
    dnsPolicy: options.dnsPolicy,
    dnsConfig: dns || dnsSearch ? { nameservers: dns && [...dns], searches: dnsSearch && [...dnsSearch] } : undefined,
    initContainer,
    container: [
      {
        name: identity.container,
        image: plan.image,
        imagePullPolicy: "IfNotPresent",
        securityContext: securityContext(options, BUILD_CAPABILITIES),
        env: environment.env,
        resources: quantities(withRequests(options), read),
        volumeMount,
      },
      ...sidecars,
    ],
    volume: volumes.blocks(),
  };
}

/** Each address once, with all its names. */
function hostAliases(hosts: { readonly [name: string]: string }): { ip: string; hostnames: string[] }[] {
  const aliases = new Map<string, string[]>();
  for (const [name, ip] of Object.entries(hosts)) aliases.set(ip, [...(aliases.get(ip) ?? []), name]);
  return [...aliases].map(([ip, hostnames]) => ({ ip, hostnames }));
}

function unlessEmpty(annotations: { readonly [name: string]: string }): { [name: string]: string } | undefined {
  return Object.keys(annotations).length > 0 ? { ...annotations } : undefined;
}

function mapValues(annotations: { readonly [name: string]: string }): { [name: string]: string } {
  return Object.fromEntries(Object.entries(annotations).map(([name, value]) => [name, textExpression([value])]));
}
