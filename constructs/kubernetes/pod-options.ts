import type { EnvbuilderSettings } from "../envbuilder/envbuilder-settings";
import { ValidationError, shown } from "../errors";
import { ipVersion } from "../settings/ip-address";
import { checkLabelName, checkLabelValue, checkObjectName, checkQualifiedName } from "../settings/kubernetes-name";
import { hasReference } from "../settings/text";
import { checkResources, type ContainerResources } from "./container-resources";
import { checkSecurity, type ContainerSecurity } from "./container-security";
import { checkExtraContainers, type ExtraContainer } from "./extra-container";
import type { KubernetesVolume } from "./kubernetes-volume";
import { checkReservedLabels } from "./pod-identity";
import { checkPlacement, type PodPlacement } from "./pod-placement";

/** What a pod gets from Kubernetes. */
export interface KubernetesPodOptions extends ContainerResources, ContainerSecurity, PodPlacement {
  /**
   * What is mounted beside what the library mounts itself. Read-only volumes are added to the paths that Envbuilder leaves
   * alone, because moving them out of the way takes a privilege.
   *
   * @default - nothing; a workspace has a claim of its own
   */
  readonly volumes?: KubernetesVolume[];
  /**
   * The pod's host name.
   *
   * @default - the pod's name; a workspace's is its own name
   */
  readonly hostname?: string;
  /**
   * Addresses of name servers, up to three, beside the cluster's.
   *
   * @default - only the cluster's
   */
  readonly dns?: string[];
  /**
   * Domains that short names are looked up in, beside the cluster's.
   *
   * @default - only the cluster's
   */
  readonly dnsSearch?: string[];
  /**
   * Whose name servers the pod asks: `ClusterFirst`, `Default` (the node's) or `None` (only `dns`).
   *
   * @default - Kubernetes', `ClusterFirst`
   */
  readonly dnsPolicy?: string;
  /**
   * Secrets that hold the credentials of registries, for the builder image. Envbuilder's own pulls do not use them.
   *
   * @default - none
   */
  readonly imagePullSecrets?: string[];
  /**
   * The service account.
   *
   * @default - the namespace's, `default`
   */
  readonly serviceAccount?: string;
  /**
   * Whether the workspace gets the service account's token, and so its rights in the cluster.
   *
   * @default false
   */
  readonly serviceAccountToken?: boolean;
  /**
   * Containers that run to their end before Envbuilder starts, one after the other.
   *
   * @default - none
   */
  readonly initContainers?: ExtraContainer[];
  /**
   * Containers that run beside Envbuilder's.
   *
   * @default - none
   */
  readonly sidecars?: ExtraContainer[];
  /**
   * Labels of the deployment, its pod and what belongs to it.
   *
   * @default - only those that say what it is; a workspace's say whose it is, too
   */
  readonly labels?: { [name: string]: string };
  /**
   * Annotations of the deployment and its pod.
   *
   * @default - none; a workspace's has its owner's mail address
   */
  readonly annotations?: { [name: string]: string };
}

const DNS_POLICIES = ["ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"];

/**
 * @param container - the name of the container that Envbuilder builds in
 * @throws when Kubernetes would refuse an option or one contradicts another
 */
export function checkPodOptions(
  options: KubernetesPodOptions & Pick<EnvbuilderSettings, "hosts" | "ca" | "registryAuth">,
  container: string,
): void {
  const { hostname, serviceAccount, imagePullSecrets = [], labels = {}, annotations = {} } = options;
  checkResources("", options);
  checkSecurity("", options);
  checkPlacement(options);
  checkDns(options);
  checkCaSource(options);
  checkRegistryAuthSource(options);
  checkHostAliases(options.hosts ?? {});
  if (hostname !== undefined) checkLabelName("hostname", hostname);
  if (serviceAccount !== undefined) checkObjectName("serviceAccount", serviceAccount);
  for (const [index, name] of imagePullSecrets.entries()) checkObjectName(`imagePullSecrets[${index}]`, name);
  checkReservedLabels(labels);
  for (const [name, value] of Object.entries(labels)) {
    checkQualifiedName("labels", name);
    checkLabelValue(`labels.${name}`, value);
  }
  for (const name of Object.keys(annotations)) checkQualifiedName("annotations", name);
  const names = [container];
  checkExtraContainers("initContainers", options.initContainers ?? [], names);
  checkExtraContainers("sidecars", options.sidecars ?? [], names);
}

function refuseDns(message: string): never {
  throw new ValidationError("dns-malformed", message);
}

function checkDns({ dns = [], dnsPolicy }: KubernetesPodOptions): void {
  for (const [index, address] of dns.entries()) {
    if (ipVersion(address) > 0 || hasReference(address)) continue;
    refuseDns(
      `dns[${index}] ${shown(address)} must be an IP address, because nobody could look its name up; write that`,
    );
  }
  if (dns.length > 3) refuseDns(`dns has ${dns.length} addresses, and Kubernetes takes up to three; leave some out`);
  if (dnsPolicy !== undefined && !hasReference(dnsPolicy) && !DNS_POLICIES.includes(dnsPolicy)) {
    refuseDns(`dnsPolicy ${shown(dnsPolicy)} must be one of ${DNS_POLICIES.join(", ")}; choose one of them`);
  }
  if (dnsPolicy === "None" && dns.length === 0) refuseDns("dnsPolicy None needs name servers; give them as dns");
}

function checkCaSource({ ca }: Pick<EnvbuilderSettings, "ca">): void {
  if (!ca || (ca.source.kind !== "host-file" && ca.source.kind !== "host-directory")) return;
  throw new ValidationError(
    "host-ca-on-kubernetes",
    `ca is ${shown(ca.source.path)} of a Docker host, and pods run on nodes that nobody prepared; use CaBundle.fromFile, CaBundle.fromConfigMap or CaBundle.fromSecret`,
  );
}

function checkRegistryAuthSource({ registryAuth }: Pick<EnvbuilderSettings, "registryAuth">): void {
  if (registryAuth?.source.kind !== "host-file") return;
  throw new ValidationError(
    "host-registry-auth-on-kubernetes",
    `registryAuth is ${shown(registryAuth.source.path)} of a Docker host, and pods run on nodes that nobody prepared; use RegistryAuth.logins, RegistryAuth.fromConfig, or RegistryAuth.fromSecret`,
  );
}

function checkHostAliases(hosts: { readonly [name: string]: string }): void {
  for (const [name, address] of Object.entries(hosts)) {
    if (address === "host-gateway") {
      throw new ValidationError(
        "host-gateway-on-kubernetes",
        `hosts.${name} "host-gateway" means the Docker host, which there is none of in a cluster; write an address`,
      );
    }
    checkObjectName("hosts", name);
  }
}
