import type { DeploymentV1SpecTemplateSpecContainerSecurityContext } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { ValidationError, shown } from "../errors";
import { BOOLEAN, checkKind } from "../settings/value-kinds";

/** What a container may do beyond the least. */
export interface ContainerSecurity {
  /**
   * Capabilities beyond the five that a build needs (CHOWN, DAC_OVERRIDE, FOWNER, SETGID, SETUID), without `CAP_`. All
   * others are dropped: no ping, no low ports.
   *
   * @default - none
   */
  readonly addCapabilities?: string[];
  /**
   * Whether programs may get more rights than what started them, as sudo does. Without it there is no sudo in the workspace.
   *
   * @default false
   */
  readonly allowPrivilegeEscalation?: boolean;
  /**
   * Whether the container may do all that the node may. Envbuilder never needs it.
   *
   * @default false
   */
  readonly privileged?: boolean;
}

/** Whether the container may mount, and so move read-only mounts out of the way. */
export function isSysAdmin({ privileged, addCapabilities = [] }: ContainerSecurity): boolean {
  return privileged === true || addCapabilities.includes("SYS_ADMIN");
}

/** @throws when an option is none or one contradicts another */
export function checkSecurity(at: string, security: ContainerSecurity): void {
  const { addCapabilities = [], allowPrivilegeEscalation, privileged } = security;
  // A reference would be taken for true.
  if (privileged !== undefined) checkKind(`${at}privileged`, BOOLEAN, privileged);
  const malformed = addCapabilities.find((name) => !/^(?!CAP_)[A-Z_]+$/.test(name));
  if (malformed !== undefined) {
    throw new ValidationError(
      "capability-malformed",
      `${at}addCapabilities has ${shown(malformed)}; write capabilities in capitals and without CAP_, such as "SYS_PTRACE"`,
    );
  }
  if (privileged && addCapabilities.length > 0) {
    throw new ValidationError(
      "capabilities-and-privileged",
      `${at}addCapabilities gives single rights and ${at}privileged gives all; leave one of them out`,
    );
  }
  if (isSysAdmin(security) && allowPrivilegeEscalation === false) {
    throw new ValidationError(
      "privilege-escalation-contradiction",
      `${at}allowPrivilegeEscalation false is refused by Kubernetes beside privileged or SYS_ADMIN; leave it out`,
    );
  }
}

/** @param needed - capabilities that the container cannot do without */
export function securityContext(
  security: ContainerSecurity,
  needed: readonly string[],
): DeploymentV1SpecTemplateSpecContainerSecurityContext {
  // Whatever else is said beside it, Kubernetes refuses or ignores.
  if (security.privileged) return { privileged: true };
  const add = [...new Set([...needed, ...(security.addCapabilities ?? [])])].sort();
  return {
    privileged: false,
    allowPrivilegeEscalation: security.allowPrivilegeEscalation ?? isSysAdmin(security),
    capabilities: { drop: ["ALL"], ...(add.length > 0 ? { add } : {}) },
    seccompProfile: { type: "RuntimeDefault" },
  };
}
