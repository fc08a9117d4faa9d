import { ValidationError, shown } from "../errors";
import { isPlainAbsolutePath } from "./absolute-path";
import { checkCacheDays, checkCacheRepository } from "./cache-repository";
import { markKind } from "./kind";
import { checkPropKinds } from "./prop-kinds";
import { loopbackHost } from "./proxy-url";
import { hasReference } from "./text";
import { STRING, checkKind } from "./value-kinds";
import type { Warning } from "./warning";

/** What every cache may be told. */
export interface LayerCacheOptions {
  /**
   * How many days a cached layer is used (`ENVBUILDER_CACHE_TTL_DAYS`).
   *
   * @default 7
   */
  readonly ttlDays?: number;
  /**
   * Absolute path of a folder with base images, filled by kaniko's warmer and mounted into the container
   * (`ENVBUILDER_BASE_IMAGE_CACHE_DIR`). The registry is still asked what an image's tag is.
   *
   * @default - none: base images are pulled
   */
  readonly baseImageDirectory?: string;
}

/** What a cache in a registry may be told. */
export interface ImageCacheOptions extends LayerCacheOptions {
  /**
   * Whether the finished image is pushed, beside its layers (`ENVBUILDER_PUSH_IMAGE`). Containers can be started from it
   * without a build, and `probe` finds nothing else.
   *
   * @default false
   */
  readonly push?: boolean;
  /**
   * Whether a workspace ends where its image cannot be pushed (`ENVBUILDER_EXIT_ON_PUSH_FAILURE`), instead of a line in its
   * log: a cache that fails then stops everybody who starts.
   *
   * @default false
   */
  readonly exitOnPushFailure?: boolean;
  /**
   * Whether Terraform looks for the finished image before it makes the container, and starts that in place of Envbuilder
   * where it is there (`envbuilder_cached_image`). The provisioner then has to reach Git and the registries itself.
   *
   * @default false
   */
  readonly probe?: boolean;
}

/** Where Envbuilder keeps what it has built, so that the next start need not build it again. */
export class ImageCache {
  /**
   * A repository of a registry, which everybody shares. Layers are looked for in it and pushed to it
   * (`ENVBUILDER_CACHE_REPO`).
   *
   * @param repository - host and path without a scheme or tag, such as `registry.example.com/envbuilder-cache`; it may be a
   *   reference, to anything but an empty text
   * @throws when it is no repository of a registry, or an option is useless without another
   */
  public static at(repository: string, options: ImageCacheOptions = {}): ImageCache {
    checkKind("cache.repository", STRING, repository);
    checkPropKinds(options, "cache.");
    checkCacheRepository("cache.repository", repository);
    if (options.exitOnPushFailure && !options.push) {
      throw new ValidationError(
        "push-failure-without-push",
        "cache.exitOnPushFailure counts only where images are pushed; set cache.push, or leave it out",
      );
    }
    return new ImageCache({ repository }, options);
  }

  /**
   * A folder of the container, on a mount that survives it (`ENVBUILDER_LAYER_CACHE_DIR`). It needs no registry, and holds
   * layers alone: each start builds, from them.
   *
   * @param directory - its absolute path
   * @throws when the path is not absolute and normalized
   */
  public static inDirectory(directory: string, options: LayerCacheOptions = {}): ImageCache {
    checkKind("cache.directory", STRING, directory);
    checkPropKinds(options, "cache.");
    checkDirectory("cache.directory", directory);
    const { ttlDays, baseImageDirectory } = options;
    return new ImageCache({ directory }, { ttlDays, baseImageDirectory });
  }

  /** @internal */
  public readonly options: ImageCacheOptions;

  // Private, so that types take nothing else for one.
  private readonly place: { readonly repository?: string; readonly directory?: string };

  private constructor(
    place: { readonly repository?: string; readonly directory?: string },
    options: ImageCacheOptions,
  ) {
    markKind(this, "ImageCache");
    checkCacheDays("cache.ttlDays", options.ttlDays);
    if (options.baseImageDirectory !== undefined) {
      checkDirectory("cache.baseImageDirectory", options.baseImageDirectory);
    }
    this.place = place;
    this.options = { ...options };
  }

  /** Where in a registry it is. @internal */
  public get repository(): string | undefined {
    return this.place.repository;
  }

  /** Where in the container it is, if not in a registry. @internal */
  public get directory(): string | undefined {
    return this.place.directory;
  }

  /** @throws when only the container itself could be the registry. @internal */
  public checkNotOnLoopback(): void {
    const host = this.repository === undefined ? undefined : loopbackHost([`http://${this.repository}`]);
    if (host === undefined) return;
    throw new ValidationError(
      "cache-on-loopback",
      `cache.repository ${shown(this.repository)} is on ${host}, which in the container is the container itself, where no registry is; name the registry's host, or use ImageCache.inDirectory`,
    );
  }

  /** @internal */
  public warnings(): Warning[] {
    const { probe, push } = this.options;
    if (!probe || push !== undefined) return [];
    return [
      {
        id: "probe-without-push",
        message:
          "cache.probe finds finished images only, and this template pushes none; set cache.push to true or, if something else pushes them, to false",
      },
    ];
  }
}

function checkDirectory(prop: string, directory: string): void {
  if (hasReference(directory) || isPlainAbsolutePath(directory)) return;
  throw new ValidationError(
    "cache-directory-malformed",
    `${prop} ${shown(directory)} must be an absolute, normalized path below / in the container; write it as "/cache"`,
  );
}
