import type { CaBundle } from "../settings/ca-bundle";
import type { GitCredentials } from "../settings/git-credentials";
import type { Proxy } from "../settings/proxy";
import type { RegistryAuth } from "../settings/registry-auth";
import type { Repository } from "../settings/repository";
import type { Secret } from "../settings/secret";
import type { WorkspaceTrust } from "../settings/workspace-trust";
import type { BuilderSettings } from "./builder-settings";

/** What an Envbuilder container is told, whatever it runs on. */
export interface EnvbuilderSettings extends BuilderSettings {
  /** The repository that is cloned and whose dev container or Dockerfile is built. */
  readonly repository: Repository;
  /**
   * What Envbuilder signs in to the Git server with.
   *
   * @default - none: the repository is cloned as anybody may
   */
  readonly gitCredentials?: GitCredentials;
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
   * Who Envbuilder is to registries. Whoever pulls the builder image gets the same logins, as far as they are known.
   *
   * @default - nobody: what it pulls has to be public
   */
  readonly registryAuth?: RegistryAuth;
  /**
   * Whether Envbuilder takes any certificate, and HTTP, from Git servers and from registries of base images and caches
   * (`ENVBUILDER_INSECURE`). Features, and the user of a base image in a dev container, still need a good certificate: `ca`
   * is the way to trust one.
   *
   * @default false
   */
  readonly insecure?: boolean;
  /**
   * Absolute path that the repository is cloned to (`ENVBUILDER_WORKSPACE_FOLDER`).
   *
   * @default - the repository's name below `workspaceBaseDirectory`
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
   * What steps of the Dockerfile may ask for by name, with `RUN --mount=type=secret,id=NAME` (`ENVBUILDER_BUILD_SECRETS`):
   * each secret by its name of letters, digits, `_`, `-` and `.`. They are neither in the image nor in the layers' cache
   * keys, and gone in the finished workspace. Envbuilder loses the CR of a CR LF in them.
   *
   * @default - none
   */
  readonly buildSecrets?: { [name: string]: Secret };
  /**
   * Names that the container resolves itself, each with its address.
   *
   * @default - none
   */
  readonly hosts?: { [name: string]: string };
  /**
   * Warnings that are meant and not to be shown, by id, each with the reason.
   *
   * @default - every warning is shown
   */
  readonly silencedWarnings?: { [id: string]: string };
}
