import type { DeploymentV1SpecTemplateSpecContainer } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { ValidationError, shown } from "../errors";
import { checkMounts } from "../envbuilder/container-mount";
import { checkLabelName } from "../settings/kubernetes-name";
import { escapedForTerraform, withoutStrayDirectives } from "../terraform/terraform-text";
import { FIXED_AMOUNTS, checkResources, quantities, type ContainerResources } from "./container-resources";
import { checkSecurity, securityContext, type ContainerSecurity } from "./container-security";
import type { KubernetesVolume } from "./kubernetes-volume";
import type { PodVolumes } from "./pod-volumes";

/**
 * A container beside the one that Envbuilder builds in, or before it. It has the least rights, too, and none of the
 * capabilities; what is said of `addCapabilities` counts for all of them.
 */
export interface ExtraContainer extends ContainerResources, ContainerSecurity {
  /** Its name, the only one in the pod. */
  readonly name: string;
  /** Its image. */
  readonly image: string;
  /**
   * What is run, in which nothing is meant for Terraform but tokens.
   *
   * @default - the image's entrypoint
   */
  readonly command?: string[];
  /**
   * Arguments of it.
   *
   * @default - the image's
   */
  readonly args?: string[];
  /**
   * Its environment. No secrets: they would stand in the pod's specification.
   *
   * @default - the image's
   */
  readonly environment?: { [name: string]: string };
  /**
   * What is mounted. A volume that another container has, too, is shared; it may be at another place with `at`.
   *
   * @default - nothing
   */
  readonly volumes?: KubernetesVolume[];
  /**
   * The number of the user that it runs as.
   *
   * @default - the image's
   */
  readonly user?: number;
}

/** @throws when Kubernetes would refuse one of them */
export function checkExtraContainers(prop: string, containers: readonly ExtraContainer[], names: string[]): void {
  for (const [index, container] of containers.entries()) {
    const at = `${prop}[${index}]`;
    checkLabelName(`${at}.name`, container.name);
    if (names.includes(container.name)) {
      throw new ValidationError(
        "container-name-twice",
        `${at}.name ${shown(container.name)} must be the only one of its name in the pod; rename it`,
      );
    }
    names.push(container.name);
    checkResources(`${at}.`, container);
    // Users are asked for the workspace's own amounts only.
    quantities(container, FIXED_AMOUNTS);
    checkSecurity(`${at}.`, container);
    checkMounts(`${at}.volumes`, container.volumes ?? []);
    const variable = Object.keys(container.environment ?? {}).find((name) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name));
    if (variable !== undefined) {
      throw new ValidationError(
        "variable-name-malformed",
        `${at}.environment has the name ${shown(variable)}, which no shell can read; use letters, digits and _, a digit not first`,
      );
    }
    if (container.user !== undefined && (!Number.isInteger(container.user) || container.user < 0)) {
      throw new ValidationError(
        "container-user-malformed",
        `${at}.user ${container.user} must be a user's number, because Kubernetes takes no names; write it as 1000`,
      );
    }
  }
}

/** The block of an extra container, for both lists. */
export function extraContainer(container: ExtraContainer, volumes: PodVolumes): DeploymentV1SpecTemplateSpecContainer {
  const { environment = {}, user } = container;
  return {
    name: container.name,
    image: container.image,
    command: container.command?.map(escapedForTerraform),
    args: container.args?.map(escapedForTerraform),
    env: Object.entries(environment).map(([name, value]) => ({ name, value: withoutStrayDirectives(value) })),
    securityContext: {
      ...securityContext(container, []),
      ...(user === undefined ? {} : { runAsUser: String(user), runAsNonRoot: user !== 0 }),
    },
    resources: quantities(container, FIXED_AMOUNTS),
    volumeMount: (container.volumes ?? []).map((volume) => volumes.mountOf(volume)),
  };
}
