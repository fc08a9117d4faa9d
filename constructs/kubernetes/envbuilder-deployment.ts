import type { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import type { DeploymentV1 } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import type { SecretV1 } from "@cdktf/provider-kubernetes/lib/secret-v1";
import { Construct } from "constructs";
import { planContainer } from "../envbuilder/container-plan";
import { initScript } from "../envbuilder/init-script";
import type { StandaloneSettings } from "../envbuilder/standalone-settings";
import type { CachedImage } from "../providers/envbuilder/cached-image";
import { checkLabelName } from "../settings/kubernetes-name";
import { checkPropKinds } from "../settings/prop-kinds";
import { silence } from "../terraform/annotation";
import { escapedForTerraform } from "../terraform/terraform-text";
import { cachedImage, startedImage } from "../workspace/cached-image";
import { FIXED_AMOUNTS } from "./container-resources";
import { isSysAdmin } from "./container-security";
import { envbuilderPod } from "./envbuilder-pod";
import { CLUSTER_HOSTS } from "./network-section";
import { checkPodOptions, type KubernetesPodOptions } from "./pod-options";

/** An Envbuilder pod on Kubernetes. */
export interface EnvbuilderDeploymentProps extends StandaloneSettings, KubernetesPodOptions {
  /** The name of the deployment, and of what belongs to it. */
  readonly name: string;
  /**
   * The namespace, which has to be there.
   *
   * @default - the provider's, `default`
   */
  readonly namespace?: string;
}

const CONTAINER = "envbuilder";

/**
 * Envbuilder in a pod, without Coder: clones a repository, builds its dev container behind whatever proxy and private
 * certificate authority, without privilege, and runs a script in it. Stands in any stack that has a Kubernetes provider.
 *
 * Nothing of it survives the pod but what is in volumes. A change of its secrets or certificates replaces it.
 */
export class EnvbuilderDeployment extends Construct {
  /** The `kubernetes_deployment_v1`, named in Terraform as the construct's id. */
  public readonly resource: DeploymentV1;
  /** The `envbuilder_cached_image`, where `cache` is probed. */
  public readonly cachedImage: CachedImage | undefined;
  /** The `kubernetes_secret_v1` with what of the environment is secret, where there is any. */
  public readonly secret: SecretV1 | undefined;
  /** The `kubernetes_config_map_v1` with the certificates, where the template carries any. */
  public readonly configMap: ConfigMapV1 | undefined;
  /** The `kubernetes_secret_v1` that the node pulls images with, where `registryAuth` gives logins or a config. */
  public readonly pullSecret: SecretV1 | undefined;

  /**
   * @param id - its name in Terraform: letters, digits, _ and -, a letter first
   * @throws when settings contradict each other or would fail in the pod
   */
  public constructor(scope: Construct, id: string, props: EnvbuilderDeploymentProps) {
    super(scope, id);
    checkPropKinds(props);
    silence(this, props.silencedWarnings);
    checkLabelName("name", props.name);
    if (props.namespace !== undefined) checkLabelName("namespace", props.namespace);
    checkPodOptions(props, CONTAINER);
    const plan = planContainer(props, {
      initScript: props.initScript === undefined ? undefined : initScript(props, escapedForTerraform(props.initScript)),
      initArguments: props.initArguments?.map(escapedForTerraform),
      agent: props.coderAgent && { url: props.coderAgent.url, token: [props.coderAgent.token.piece()] },
      directHosts: props.proxy?.url === undefined ? [] : CLUSTER_HOSTS,
      mounts: props.volumes,
      mountsProp: "volumes",
      sysAdmin: isSysAdmin(props),
      // A sidecar may be the proxy.
      ownNetwork: (props.sidecars ?? []).length === 0,
    });
    this.cachedImage = cachedImage(this, id, plan, props.cache);
    const started = { ...plan, image: startedImage(plan, this.cachedImage) };
    const kind = { "app.kubernetes.io/name": "envbuilder" };
    const selector = { ...kind, "app.kubernetes.io/instance": props.name };
    const { deployment, secret, configMap, pullSecret } = envbuilderPod(this, id, started, props, {
      identity: {
        name: props.name,
        namespace: props.namespace,
        container: CONTAINER,
        kind,
        selector,
        labels: { ...selector, ...props.labels },
        annotations: {},
        podAnnotations: {},
      },
      read: FIXED_AMOUNTS,
      replacedBySecret: true,
    });
    this.resource = deployment;
    this.secret = secret;
    this.configMap = configMap;
    this.pullSecret = pullSecret;
  }
}
