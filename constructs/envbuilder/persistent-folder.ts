import { ValidationError, shown } from "../errors";
import { isPlainAbsolutePath } from "../settings/absolute-path";
import { hasReference } from "../settings/text";
import { checkMounts, type ContainerMount } from "./container-mount";

/**
 * Checks where the volume is mounted that survives stops.
 *
 * @param prop - what the author mounts other things with, for messages
 * @throws when the folder would break the build or is taken
 * @internal
 */
export function checkPersistentFolder(folder: string, prop: string, mounts: readonly ContainerMount[]): void {
  if (hasReference(folder)) return;
  if (!isPlainAbsolutePath(folder)) {
    throw new ValidationError(
      "persistent-folder-malformed",
      `persistentFolder ${shown(folder)} must be an absolute, normalized path below / in the container; write it as "/workspaces"`,
    );
  }
  checkMounts("persistentFolder", [{ path: folder, readOnly: false }]);
  const twin = mounts.findIndex((mount) => mount.path === folder);
  if (twin >= 0) {
    throw new ValidationError(
      "mount-path-twice",
      `${prop}[${twin}] and persistentFolder are both at ${shown(folder)}; move one of them`,
    );
  }
}
