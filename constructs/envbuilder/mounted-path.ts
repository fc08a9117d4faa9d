import { posix } from "node:path";
import { isWithin } from "../settings/absolute-path";
import { hasReference } from "../settings/text";

/** Whether a path of the container is in something that the author mounts, as far as that is known. @internal */
export function mayBeMounted(where: string, mountPaths: readonly string[]): boolean {
  return (
    hasReference(where) || mountPaths.some((mount) => hasReference(mount) || isWithin(posix.normalize(where), mount))
  );
}
