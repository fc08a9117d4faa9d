import type { Construct } from "constructs";
import { ValidationError, shown } from "../errors";
import type { WorkspaceAgentProps } from "../coder/agent";
import type { EnvbuilderSettings } from "../envbuilder/envbuilder-settings";
import { checkLabelName, checkObjectName } from "../settings/kubernetes-name";
import type { Size } from "../settings/size";
import { hasReference } from "../settings/text";
import { warn } from "../terraform/annotation";
import type { KubernetesPodOptions } from "./pod-options";

/** A Coder workspace on Kubernetes. */
export interface KubernetesWorkspaceProps extends EnvbuilderSettings, KubernetesPodOptions {
  /**
   * The agent.
   *
   * @default - one named `main`, with the dashboard figures of `STANDARD_METADATA`
   */
  readonly agent?: WorkspaceAgentProps;
  /**
   * What pods reach the Coder server by where its access URL says localhost: a host without scheme and port.
   *
   * @default - the access URL stays what it is
   */
  readonly coderHost?: string;
  /**
   * Absolute path in the container of what survives a stop.
   *
   * @default "/workspaces"
   */
  readonly persistentFolder?: string;
  /**
   * How large it is, once and for all.
   *
   * @default - the user is asked, by the parameter `disk`
   */
  readonly disk?: Size;
  /**
   * The storage class of it.
   *
   * @default - the cluster's
   */
  readonly storageClass?: string;
  /**
   * Who may mount it: `ReadWriteOnce`, `ReadWriteOncePod` or `ReadWriteMany`.
   *
   * @default "ReadWriteOnce"
   */
  readonly accessMode?: string;
  /**
   * The namespace, which has to be there.
   *
   * @default - that of the variable `namespace`; outside of a template the provider's, `default`
   */
  readonly namespace?: string;
  /**
   * Whether each workspace gets a namespace of its own, which is deleted with it. Terraform needs the right to make
   * namespaces then, and nothing that is in another namespace can be mounted.
   *
   * @default false
   */
  readonly ownNamespace?: boolean;
}

/** `coder-`, the id of a workspace and a hyphen come before it in labels, which take 63 characters. */
const LONGEST_ID = 20;

const ACCESS_MODES = ["ReadWriteOnce", "ReadWriteOncePod", "ReadWriteMany"];

/** @throws when Kubernetes would refuse an option or one contradicts another */
export function checkWorkspace(scope: Construct, id: string, props: KubernetesWorkspaceProps): void {
  const { ca, registryAuth, storageClass, accessMode, namespace } = props;
  if (id.length > LONGEST_ID || /[-_]$/.test(id)) {
    throw new ValidationError(
      "workspace-id-malformed",
      `${scope.node.path} must have an id of up to ${LONGEST_ID} characters that ends with a letter or digit, because names and labels in the cluster are made from it; give the construct such an id, such as "workspace"`,
    );
  }
  if (storageClass !== undefined) checkObjectName("storageClass", storageClass);
  if (accessMode !== undefined && !hasReference(accessMode) && !ACCESS_MODES.includes(accessMode)) {
    throw new ValidationError(
      "access-mode-unknown",
      `accessMode ${shown(accessMode)} must be one of ${ACCESS_MODES.join(", ")}; choose one of them`,
    );
  }
  if (namespace === undefined) {
    if (props.ownNamespace && (ca?.source.kind === "config-map" || ca?.source.kind === "secret")) {
      warn(scope, {
        id: "ca-in-own-namespace",
        message: `ca is in ${shown(ca.source.name)}, which a namespace of the workspace's own has only where something puts it into each: else its pod never starts; carry the certificates in the template, or leave ownNamespace out`,
      });
    }
    if (props.ownNamespace && registryAuth?.source.kind === "secret") {
      warn(scope, {
        id: "registry-auth-in-own-namespace",
        message: `registryAuth is in ${shown(registryAuth.source.name)}, which a namespace of the workspace's own has only where something puts it into each: else its pod never starts; use RegistryAuth.logins or RegistryAuth.fromConfig, or leave ownNamespace out`,
      });
    }
    return;
  }
  checkLabelName("namespace", namespace);
  if (props.ownNamespace) {
    throw new ValidationError(
      "namespace-twice",
      `namespace ${shown(namespace)} and ownNamespace exclude each other; leave one of them out`,
    );
  }
}
