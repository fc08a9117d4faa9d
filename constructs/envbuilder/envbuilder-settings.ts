import type { CaBundle } from "../settings/ca-bundle";
import type { Proxy } from "../settings/proxy";
import type { Repository } from "../settings/repository";
import type { Secret } from "../settings/secret";
import type { WorkspaceTrust } from "../settings/workspace-trust";
import type { BuilderSettings } from "./builder-settings";

/** What an Envbuilder container is told, whatever it runs on. */
export interface EnvbuilderSettings extends BuilderSettings {
  /** The repository that is cloned and whose dev container or Dockerfile is built. */
  readonly repository: Repository;
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
