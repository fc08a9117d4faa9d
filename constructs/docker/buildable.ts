import type { Container } from "@cdktf/provider-docker/lib/container";
import { BUILD_CAPABILITIES, capabilityNames } from "../envbuilder/build-capabilities";
import { shown } from "../errors";
import { hasReference } from "../settings/text";

/**
 * What was changed on the resource by hand and keeps Envbuilder from building: it replaces the whole filesystem, as root.
 *
 * @returns messages
 */
export function validateBuildable(container: Container): string[] {
  const out: string[] = [];
  const { userInput: user, readOnlyInput: readOnly } = container;
  if (user && !hasReference(user) && !/^(root|0)(:|$)/.test(user)) {
    out.push(
      `user ${shown(user)} must be root, because Envbuilder replaces the filesystem and changes owners; leave it out: the workspace itself runs as the image's user [container-not-root]`,
    );
  }
  if (readOnly === true) {
    out.push(
      "read_only true must be false, because Envbuilder writes the image to the container's own filesystem; leave it out [container-read-only]",
    );
  }
  const { drop = [], add = [] } = container.capabilities.internalValue ?? {};
  const kept = capabilityNames(add);
  const missing = capabilityNames(drop).includes("ALL")
    ? BUILD_CAPABILITIES.filter((name) => !kept.includes(name) && !kept.includes("ALL"))
    : capabilityNames(drop).filter((name) => BUILD_CAPABILITIES.includes(name));
  if (missing.length > 0) {
    out.push(
      `capabilities.drop takes ${missing.join(", ")}, which a build needs; use hardened, which keeps them [container-lacks-capabilities]`,
    );
  }
  return out;
}
