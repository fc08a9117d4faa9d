import type { Construct } from "constructs";
import { ValidationError, shown } from "../errors";
import type { CaBundle } from "../settings/ca-bundle";
import { checkLabelName, checkObjectName } from "../settings/kubernetes-name";
import { hasReference } from "../settings/text";
import { warn } from "../terraform/annotation";

/** What is checked of a workspace that its pod does not have. */
export interface CheckedWorkspace {
  readonly ca?: CaBundle;
  readonly storageClass?: string;
  readonly accessMode?: string;
  readonly namespace?: string;
  readonly ownNamespace?: boolean;
}

/** `coder-`, the id of a workspace and a hyphen come before it in labels, which take 63 characters. */
const LONGEST_ID = 20;

const ACCESS_MODES = ["ReadWriteOnce", "ReadWriteOncePod", "ReadWriteMany"];

/** @throws when Kubernetes would refuse an option or one contradicts another */
export function checkWorkspace(scope: Construct, id: string, props: CheckedWorkspace): void {
  const { ca, storageClass, accessMode, namespace } = props;
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
      warn(
        scope,
        `ca is in ${shown(ca.source.name)}, which a namespace of the workspace's own has only where something puts it into each: else its pod never starts; carry the certificates in the template, or leave ownNamespace out [ca-in-own-namespace]`,
      );
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
