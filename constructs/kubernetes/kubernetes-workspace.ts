import type { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import type { DeploymentV1 } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import type { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import type { PersistentVolumeClaimV1 } from "@cdktf/provider-kubernetes/lib/persistent-volume-claim-v1";
import type { SecretV1 } from "@cdktf/provider-kubernetes/lib/secret-v1";
import { TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import { AccessUrl } from "../coder/access-url";
import { WorkspaceAgent } from "../coder/agent";
import { standardMetadata } from "../coder/agent-metadata";
import { CoderData } from "../coder/coder-data";
import { answeredGitCredentials } from "../coder/git-credentials-source";
import { askedRepository, isHttpOnly } from "../coder/repository-parameter";
import { planContainer, type ContainerPlan } from "../envbuilder/container-plan";
import { checkPersistentFolder } from "../envbuilder/persistent-folder";
import { checkPropKinds } from "../settings/prop-kinds";
import { Metadata } from "../providers/coder/metadata";
import type { CachedImage } from "../providers/envbuilder/cached-image";
import type { ImageCache } from "../settings/image-cache";
import type { Repository } from "../settings/repository";
import { silence } from "../terraform/annotation";
import { commentOn } from "../terraform/comment";
import { attributeOf, call } from "../terraform/expression";
import { pinFreeLogicalId, pinLogicalId } from "../terraform/logical-id";
import { asNumber, asToken } from "../terraform/reference";
import { agentScript } from "../workspace/agent-script";
import { describeWorkspace } from "../workspace/workspace-sections";
import { cachedImage, imageItems, startedImage } from "../workspace/cached-image";
import { askedAmounts, askedDisk, defaultCpu, defaultDisk, defaultMemory } from "./asked-amounts";
import type { QuantityReader } from "./container-resources";
import { isSysAdmin } from "./container-security";
import { envbuilderPod, type EnvbuilderPod } from "./envbuilder-pod";
import { provideKubernetes } from "./kubernetes-provider";
import { KubernetesVolume } from "./kubernetes-volume";
import { CLUSTER_HOSTS, kubernetesNetworkSection } from "./network-section";
import { checkPodOptions, type KubernetesPodOptions } from "./pod-options";
import {
  WORKSPACE_KIND,
  chosenNamespace,
  currentLabels,
  objectName,
  ownNamespace,
  persistentClaim,
  selectorLabels,
} from "./workspace-objects";
import { checkWorkspace, type KubernetesWorkspaceProps } from "./workspace-options";

const CONTAINER = "workspace";

/**
 * A Coder workspace that Envbuilder makes in a pod without privilege: with agent, a claim that survives stops, and a
 * deployment, a Secret and a ConfigMap that exist only while the workspace runs. Stands in a `CoderTemplate`, or in any
 * other stack with the providers coder and kubernetes.
 *
 * In Terraform its elements are named as the construct's id, the agent by its own name. Of several in a stack, all but
 * one need a name for their agent.
 */
export class KubernetesWorkspace extends Construct {
  /** The agent, for applications and more. */
  public readonly agent: WorkspaceAgent;
  /** The `kubernetes_deployment_v1`, counted: refer to it with an index. */
  public readonly deployment: DeploymentV1;
  /** The `envbuilder_cached_image`, where `cache` is probed, counted as well. */
  public readonly cachedImage: CachedImage | undefined;
  /** The `kubernetes_secret_v1` with what of the environment is secret, counted as well. */
  public readonly secret: SecretV1 | undefined;
  /** The `kubernetes_config_map_v1` with the certificates, where the template carries any, counted as well. */
  public readonly configMap: ConfigMapV1 | undefined;
  /** The `kubernetes_secret_v1` that the node pulls images with, where `registryAuth` gives logins or a config, counted as well. */
  public readonly pullSecret: SecretV1 | undefined;
  /** The `kubernetes_persistent_volume_claim_v1` that survives stops. */
  public readonly claim: PersistentVolumeClaimV1;
  /** The `kubernetes_namespace_v1`, where the workspace has its own. */
  public readonly namespace: NamespaceV1 | undefined;
  /** The `coder_metadata` of the deployment: Coder takes one for each resource. */
  public readonly metadata: Metadata;
  /** One while the workspace runs, none while it is stopped. */
  private readonly startCount: number;

  /**
   * @param id - its name in Terraform: up to 20 letters, digits, _ and -, a letter first; running workspaces depend on it
   * @throws when settings contradict each other or would fail in the workspace
   */
  public constructor(scope: Construct, id: string, props: KubernetesWorkspaceProps) {
    super(scope, id);
    checkPropKinds(props);
    silence(this, props.silencedWarnings);
    checkPropKinds(props.agent ?? {}, "agent.");
    const folder = props.persistentFolder ?? "/workspaces";
    checkWorkspace(this, id, props);
    checkPodOptions(props, CONTAINER);
    checkPersistentFolder(folder, "volumes", props.volumes ?? []);
    provideKubernetes(this);
    const repository = askedRepository(this, props.repository, isHttpOnly(props));
    const gitCredentials = answeredGitCredentials(this, props.gitCredentials);
    const accessUrl = AccessUrl.of(this, props.coderHost);
    this.agent = new WorkspaceAgent(this, "agent", {
      ...props.agent,
      metadata: props.agent?.metadata ?? standardMetadata(folder),
    });
    this.startCount = asNumber(attributeOf(CoderData.of(this).workspace, "startCount"));
    const read = askedAmounts(this);
    const limits = { cpu: props.cpu ?? defaultCpu(), memory: props.memory ?? defaultMemory() };
    read.cpu(limits.cpu);
    read.memory(limits.memory);
    const name = objectName(this, id);
    this.namespace = props.ownNamespace ? ownNamespace(this, id, name) : undefined;
    const namespace = this.namespace?.metadata.name ?? props.namespace ?? chosenNamespace(this);
    this.claim = persistentClaim(this, id, name, {
      namespace,
      storage: askedDisk(this, props.disk ?? defaultDisk()),
      storageClass: props.storageClass,
      accessMode: props.accessMode ?? "ReadWriteOnce",
    });
    const persistent = KubernetesVolume.claim(this.claim.metadata.name, folder);
    const plan = this.plan({ ...props, repository, gitCredentials }, persistent, accessUrl);
    this.cachedImage = cachedImage(this, id, plan, props.cache, this.startCount);
    const pod = this.pod({ ...props, ...limits }, plan, { read, name, namespace, persistent });
    this.deployment = pod.deployment;
    this.secret = pod.secret;
    this.configMap = pod.configMap;
    this.pullSecret = pod.pullSecret;
    this.metadata = this.describeDeployment(id, repository, plan, props.cache);
    describeWorkspace(this, props, kubernetesNetworkSection(props), "The node");
  }

  private plan(props: KubernetesWorkspaceProps, persistent: KubernetesVolume, accessUrl: AccessUrl): ContainerPlan {
    const proxied = props.proxy?.url !== undefined;
    return planContainer(props, {
      initScript: [agentScript(this, this.agent, accessUrl, props, proxied)],
      agent: { url: accessUrl.url, token: attributeOf(this.agent.resource, "token") },
      directHosts: proxied ? [accessUrl.host, ...CLUSTER_HOSTS] : [],
      // Behind the author's, which messages number.
      mounts: [...(props.volumes ?? []), persistent],
      mountsProp: "volumes",
      sysAdmin: isSysAdmin(props),
      // A sidecar may be the proxy.
      ownNetwork: (props.sidecars ?? []).length === 0,
    });
  }

  private pod(
    props: KubernetesWorkspaceProps,
    plan: ContainerPlan,
    around: { read: QuantityReader; name: string; namespace: string | undefined; persistent: KubernetesVolume },
  ): EnvbuilderPod {
    const { read, name, namespace, persistent } = around;
    const { workspace, owner } = CoderData.of(this);
    const options = {
      ...props,
      hostname: props.hostname ?? call("lower", attributeOf(workspace, "name")),
    };
    const pod = envbuilderPod(this, this.node.id, { ...plan, image: startedImage(plan, this.cachedImage) }, options, {
      identity: {
        name,
        namespace,
        container: CONTAINER,
        kind: WORKSPACE_KIND,
        selector: selectorLabels(name),
        labels: this.labels(name, props.labels),
        annotations: { "com.coder.user.email": attributeOf(owner, "email") },
        // A pod does not notice that its Secret changes. The token is new at each build, and no guess leads to it. By it the
        // deployment refers to the agent itself: through the Secret alone, Coder would show the agent beneath that.
        podAnnotations: {
          "checksum/agent-token": call("nonsensitive", call("sha256", attributeOf(this.agent.resource, "token"))),
        },
      },
      read,
      persistent,
      meta: { count: this.startCount },
    });
    commentOn(
      pod.deployment,
      "Exists only while the workspace runs. Envbuilder replaces its filesystem by the image that it builds.",
    );
    return pod;
  }

  /** Written once, for all that has them. */
  private labels(name: string, labels: KubernetesPodOptions["labels"]): { [name: string]: string } {
    const local = new TerraformLocal(this, "labels", { ...currentLabels(this, name), ...labels });
    return pinFreeLogicalId(local, ["labels", `${this.node.id}_labels`]).asStringMap;
  }

  private describeDeployment(
    id: string,
    repository: Repository,
    plan: ContainerPlan,
    cache: ImageCache | undefined,
  ): Metadata {
    const instance = `${this.deployment.terraformResourceType}.${id}[0]`;
    const image = `${instance}.spec[0].template[0].spec[0].container[0].image`;
    const metadata = new Metadata(this, "metadata", {
      count: this.startCount,
      resourceId: asToken(`\${${instance}.id}`),
      item: [...imageItems(plan.image, image, cache), { key: "repository", value: repository.url }],
    });
    return pinLogicalId(metadata, id);
  }
}
