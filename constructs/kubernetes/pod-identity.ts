import { ValidationError, shown } from "../errors";

/** What a pod and the objects around it are called. */
export interface PodIdentity {
  /** The name of all objects. */
  readonly name: string;
  /** Their namespace; the provider's where there is none. */
  readonly namespace?: string;
  /** The name of the container that Envbuilder builds in. */
  readonly container: string;
  /** The labels that pods of this kind have in common. */
  readonly kind: { readonly [name: string]: string };
  /** The labels that only this pod has. They can never be changed. */
  readonly selector: { readonly [name: string]: string };
  /** All labels; perhaps a token, which cannot be spread. */
  readonly labels: { [name: string]: string };
  /** Annotations of the deployment and the pod. */
  readonly annotations: { readonly [name: string]: string };
  /** Annotations of the pod alone: a change of one replaces it. */
  readonly podAnnotations: { readonly [name: string]: string };
}

/** The labels by which a deployment finds its pod. */
const SELECTOR = ["app.kubernetes.io/name", "app.kubernetes.io/instance"];

/** @throws when the author sets a label by which the deployment finds its pod */
export function checkReservedLabels(labels: { readonly [name: string]: string }): void {
  const taken = Object.keys(labels).find((name) => SELECTOR.includes(name));
  if (taken === undefined) return;
  throw new ValidationError(
    "label-reserved",
    `labels has ${shown(taken)}, by which the deployment finds its pod and which can never be changed; leave it out`,
  );
}
