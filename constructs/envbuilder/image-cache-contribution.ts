import { ValidationError, shown } from "../errors";
import { isWithin } from "../settings/absolute-path";
import type { ImageCache } from "../settings/image-cache";
import { hasReference } from "../settings/text";
import type { Warning } from "../settings/warning";
import type { ContainerMount } from "./container-mount";
import type { Contribution } from "./contribution";
import type { Environment } from "./environment";

/** What of a container a cache has to know. @internal */
export interface CacheSurroundings {
  readonly mounts: readonly ContainerMount[];
  /** Whether nothing else listens on the container's loopback, as far as it is known. */
  readonly ownNetwork?: boolean;
  /** Whether a container that starts again leaves its file system as it is. */
  readonly skipRebuild?: boolean;
}

/**
 * Tells Envbuilder of its cache.
 *
 * @throws when the cache could not be reached, written or read
 * @internal
 */
export function contributeImageCache(
  cache: ImageCache | undefined,
  { mounts, ownNetwork, skipRebuild }: CacheSurroundings,
  env: Environment,
): Contribution {
  if (skipRebuild) env.add("skipRebuild", "ENVBUILDER_SKIP_REBUILD", "true");
  if (!cache) return {};
  if (ownNetwork) cache.checkNotOnLoopback();
  const { ttlDays, baseImageDirectory, push, exitOnPushFailure } = cache.options;
  env.addOption("cache", "CACHE_REPO", cache.repository);
  env.addOption("cache", "LAYER_CACHE_DIR", cache.directory);
  env.addOption("cache", "CACHE_TTL_DAYS", ttlDays?.toString());
  env.addOption("cache", "BASE_IMAGE_CACHE_DIR", baseImageDirectory);
  env.addOption("cache", "PUSH_IMAGE", push ? "true" : undefined);
  env.addOption("cache", "EXIT_ON_PUSH_FAILURE", exitOnPushFailure ? "true" : undefined);
  return {
    ignored: baseImageDirectory === undefined ? [] : [ignoredFor(baseImageDirectory, mounts)],
    warnings: [...cache.warnings(), ...directoryWarnings(cache.directory, mounts)],
  };
}

/** Envbuilder moves a read-only mount as a whole, whatever is looked for in it. */
function ignoredFor(directory: string, mounts: readonly ContainerMount[]): string {
  const mount = mountOf(directory, mounts);
  if (mount === "unknown") return directory;
  if (mount === undefined) {
    throw new ValidationError(
      "base-image-directory-not-mounted",
      `cache.baseImageDirectory ${shown(directory)} must lie in one of the mounts, because nothing else puts images there; mount it`,
    );
  }
  return mount.readOnly ? mount.path : directory;
}

function directoryWarnings(directory: string | undefined, mounts: readonly ContainerMount[]): Warning[] {
  const mount = directory === undefined ? "unknown" : mountOf(directory, mounts);
  if (mount === "unknown") return [];
  if (mount?.readOnly) {
    throw new ValidationError(
      "cache-directory-read-only",
      `cache.directory ${shown(directory)} lies in the read-only mount ${shown(mount.path)}, where no layer can be kept; mount it writable`,
    );
  }
  if (mount) return [];
  return [
    {
      id: "cache-directory-not-kept",
      message: `cache.directory ${shown(directory)} lies in none of the mounts, and is gone with the container; mount a volume there`,
    },
  ];
}

/** The mount that a path lies in, where that is known. */
function mountOf(directory: string, mounts: readonly ContainerMount[]): ContainerMount | "unknown" | undefined {
  if (hasReference(directory)) return "unknown";
  const holders = mounts.filter(({ path }) => !hasReference(path) && isWithin(directory, path));
  // Of mounts in mounts the innermost counts.
  const inner = holders.sort((a, b) => b.path.length - a.path.length)[0];
  return inner ?? (mounts.some(({ path }) => hasReference(path)) ? "unknown" : undefined);
}
