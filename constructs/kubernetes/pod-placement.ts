import type {
  DeploymentV1SpecTemplateSpecAffinity,
  DeploymentV1SpecTemplateSpecToleration,
} from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { ValidationError, shown } from "../errors";
import { checkLabelValue, checkObjectName, checkQualifiedName } from "../settings/kubernetes-name";
import { hasReference } from "../settings/text";
import type { NodeRequirement } from "./node-requirement";

/** A taint of nodes that the pod puts up with. */
export interface Toleration {
  /**
   * The taint's key.
   *
   * @default - every taint
   */
  readonly key?: string;
  /**
   * The taint's value.
   *
   * @default - whatever value
   */
  readonly value?: string;
  /**
   * `NoSchedule`, `PreferNoSchedule` or `NoExecute`.
   *
   * @default - all of them
   */
  readonly effect?: string;
  /**
   * How long the pod stays on a node that gets the taint, with the effect `NoExecute`.
   *
   * @default - for ever
   */
  readonly seconds?: number;
}

/** Where a pod runs. */
export interface PodPlacement {
  /**
   * Labels that the node must have.
   *
   * @default - any node
   */
  readonly nodeSelector?: { [label: string]: string };
  /**
   * Taints of nodes that the pod puts up with.
   *
   * @default - none
   */
  readonly tolerations?: Toleration[];
  /**
   * What the node must be like: all of it.
   *
   * @default - any node
   */
  readonly requiredNodes?: NodeRequirement[];
  /**
   * What the node should be like if there is such a one: as much as possible of it.
   *
   * @default - none
   */
  readonly preferredNodes?: NodeRequirement[];
  /**
   * Whether workspaces are spread over the nodes if possible.
   *
   * @default true
   */
  readonly spread?: boolean;
  /**
   * The priority class.
   *
   * @default - the cluster's
   */
  readonly priorityClass?: string;
  /**
   * The runtime class, such as `gvisor`.
   *
   * @default - the node's
   */
  readonly runtimeClass?: string;
}

const EFFECTS = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

/** @throws when Kubernetes would refuse what is said of the node */
export function checkPlacement(placement: PodPlacement): void {
  const { nodeSelector = {}, tolerations = [], priorityClass, runtimeClass } = placement;
  for (const [label, value] of Object.entries(nodeSelector)) {
    checkQualifiedName("nodeSelector", label);
    checkLabelValue(`nodeSelector.${label}`, value);
  }
  if (priorityClass !== undefined) checkObjectName("priorityClass", priorityClass);
  if (runtimeClass !== undefined) checkObjectName("runtimeClass", runtimeClass);
  for (const [index, toleration] of tolerations.entries()) checkToleration(`tolerations[${index}]`, toleration);
}

function checkToleration(at: string, { key, value, effect, seconds }: Toleration): void {
  if (key !== undefined) checkQualifiedName(`${at}.key`, key);
  if (value !== undefined) checkLabelValue(`${at}.value`, value);
  const refuse = (rule: string): never => {
    throw new ValidationError("toleration-malformed", `${at}${rule}`);
  };
  if (key === undefined && value !== undefined) refuse(`.value ${shown(value)} needs a key; name it`);
  if (effect !== undefined && !hasReference(effect) && !EFFECTS.includes(effect)) {
    refuse(`.effect ${shown(effect)} must be one of ${EFFECTS.join(", ")}; choose one of them`);
  }
  if (seconds !== undefined && (effect !== "NoExecute" || !Number.isInteger(seconds) || seconds < 0)) {
    refuse(`.seconds ${seconds} must be a whole number beside the effect NoExecute; correct them, or leave it out`);
  }
}

/** The tolerations, as Kubernetes writes them. */
export function tolerationBlocks(tolerations: readonly Toleration[]): DeploymentV1SpecTemplateSpecToleration[] {
  return tolerations.map(({ key, value, effect, seconds }) => ({
    key,
    operator: value === undefined ? "Exists" : "Equal",
    value,
    effect,
    tolerationSeconds: seconds?.toString(),
  }));
}

/**
 * @param kind - the labels that workspaces have in common
 */
export function affinity(
  { requiredNodes = [], preferredNodes = [], spread = true }: PodPlacement,
  kind: { readonly [label: string]: string },
): DeploymentV1SpecTemplateSpecAffinity | undefined {
  const nodes = {
    ...(requiredNodes.length > 0
      ? {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerm: [{ matchExpressions: requiredNodes.map((one) => one.expression()) }],
          },
        }
      : {}),
    ...(preferredNodes.length > 0
      ? {
          preferredDuringSchedulingIgnoredDuringExecution: preferredNodes.map((one) => ({
            weight: 1,
            preference: { matchExpressions: [one.expression()] },
          })),
        }
      : {}),
  };
  const pods = {
    preferredDuringSchedulingIgnoredDuringExecution: [
      { weight: 1, podAffinityTerm: { topologyKey: "kubernetes.io/hostname", labelSelector: [{ matchLabels: kind }] } },
    ],
  };
  const hasNodes = Object.keys(nodes).length > 0;
  if (!hasNodes && !spread) return undefined;
  return { ...(hasNodes ? { nodeAffinity: nodes } : {}), ...(spread ? { podAntiAffinity: pods } : {}) };
}
