import { ValidationError, shown } from "../errors";
import { isPlainAbsolutePath } from "./absolute-path";
import { hasReference } from "./text";

/**
 * Checks a path of the machine that runs the containers.
 *
 * @param what - the prop and what it means by the path, for the message
 * @throws when it is not absolute and normalized
 * @internal
 */
export function checkHostPath(what: string, value: string): void {
  if (hasReference(value) || isPlainAbsolutePath(value)) return;
  throw new ValidationError(
    "host-path-not-absolute",
    `${what} ${shown(value)} must be an absolute, normalized path of the Docker host below /; write it from the root, without .. or a trailing slash`,
  );
}
