import type { CaBundle } from "../settings/ca-bundle";
import type { Proxy } from "../settings/proxy";
import type { Repository } from "../settings/repository";
import type { Secret } from "../settings/secret";
import type { WorkspaceTrust } from "../settings/workspace-trust";

/** What an Envbuilder container is told, whatever it runs on. */
export interface EnvbuilderSettings {
  /** The repository that is cloned and whose dev container or Dockerfile is built. */
  readonly repository: Repository;
  /**
   * The image of Envbuilder itself.
   *
   * @default - `DEFAULT_BUILDER_IMAGE`, of the version whose options this library knows
   */
  readonly builderImage?: string;
  /**
   * The proxy between the container and the network.
   *
   * @default - none
   */
  readonly proxy?: Proxy;
  /**
   * The certificate authorities that are trusted beside the public ones.
   *
   * @default - the public authorities that are compiled into Envbuilder
   */
  readonly ca?: CaBundle;
  /**
   * Which programs of the finished workspace are told of `ca`.
   *
   * @default - all that this library knows, where `ca` is given
   */
  readonly trust?: WorkspaceTrust;
  /**
   * Absolute path that the repository is cloned to (`ENVBUILDER_WORKSPACE_FOLDER`).
   *
   * @default - `/workspaces/` and the repository's name
   */
  readonly workspaceFolder?: string;
  /**
   * More environment variables of the container: for the workspace, or options of Envbuilder that have no prop here. An
   * image's own `ENV` wins over them when it is built.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: string };
  /**
   * As `environment`, with values that nobody may see.
   *
   * @default - none
   */
  readonly secretEnvironment?: { [name: string]: Secret };
  /**
   * More paths that Envbuilder leaves alone while it builds, added to its own (`ENVBUILDER_IGNORE_PATHS`) and to those of
   * read-only mounts.
   *
   * @default - none
   */
  readonly extraIgnorePaths?: string[];
  /**
   * Names that the container resolves itself, each with its address.
   *
   * @default - none
   */
  readonly hosts?: { [name: string]: string };
  /**
   * Whether Envbuilder logs in detail (`ENVBUILDER_VERBOSE`).
   *
   * @default false
   */
  readonly verbose?: boolean;
}
