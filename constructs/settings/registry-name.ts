import { ValidationError, shownUrl } from "../errors";
import { hasReference } from "./text";

/** What Docker Hub is called by people and by the names of images. @internal */
export const DOCKER_HUB = "docker.io";

const DOCKER_HUB_NAMES = [DOCKER_HUB, "index.docker.io", "registry-1.docker.io"];

/** What Docker Hub is called in docker configs. */
const DOCKER_HUB_KEY = "https://index.docker.io/v1/";

// A name without a dot or port would be the first part of a name on Docker Hub.
const NAME = "(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)";
const HOST = new RegExp(`^(?:(?:${NAME}(?:\\.${NAME})+|\\[[0-9a-f:.]+\\])(?::\\d{1,5})?|${NAME}:\\d{1,5}|localhost)$`);

/**
 * The one name of a registry that has several.
 *
 * @internal
 */
export function canonicalRegistry(registry: string): string {
  return DOCKER_HUB_NAMES.includes(registry) ? DOCKER_HUB : registry;
}

/**
 * The key of a registry in a docker config.
 *
 * @param registry - as `canonicalRegistry` gives it
 * @internal
 */
export function registryKey(registry: string): string {
  return registry === DOCKER_HUB ? DOCKER_HUB_KEY : registry;
}

/**
 * The registry that an image is pulled from, or undefined where a reference says so.
 *
 * @internal
 */
export function registryOf(image: string): string | undefined {
  const slash = image.indexOf("/");
  const first = image.slice(0, Math.max(slash, 0));
  if (hasReference(slash < 0 ? image : first)) return undefined;
  return /[.:]|^localhost$/.test(first) ? canonicalRegistry(first) : DOCKER_HUB;
}

/**
 * @throws when no image can have the name before it
 * @internal
 */
export function checkRegistryName(at: string, registry: string): void {
  if (hasReference(registry) || HOST.test(registry)) return;
  throw new ValidationError(
    "registry-malformed",
    `${at} ${shownUrl(registry)} must be a host and perhaps a port, as images are named by them, in lower case and without scheme and path; write it as "registry.example.com" or "registry.example.com:5000", and Docker Hub as "docker.io"`,
  );
}
