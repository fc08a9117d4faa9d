import type { CaBundle } from "../settings/ca-bundle";
import type { GitCredentials } from "../settings/git-credentials";
import type { ImageCache } from "../settings/image-cache";
import type { Proxy } from "../settings/proxy";
import type { RegistryAuth } from "../settings/registry-auth";
import type { Repository } from "../settings/repository";
import type { Secret } from "../settings/secret";
import type { SetupScript } from "../settings/setup-script";
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
   * Which programs of the finished workspace are told of `ca`, and whether the stores of its distribution and of Java are.
   *
   * @default - all that this library knows, where `ca` is given and not for Git only
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
   * Whether the proxy's variables and those of `trust` are written to `/etc/environment` at every start: from there sshd, cron
   * and `su -` take them, which the container's own do not reach; sudo does not. Every user of the workspace may read them.
   *
   * @default false
   */
  readonly etcEnvironment?: boolean;
  /**
   * A script of one's own that runs as root once the build is done, at every start (`ENVBUILDER_SETUP_SCRIPT`).
   *
   * @default - none
   */
  readonly setupScript?: SetupScript;
  /**
   * Absolute path of the program that the finished workspace begins with, as the image's user: it is handed the init script
   * by `-c` (`ENVBUILDER_INIT_COMMAND`). An agent's script needs a shell here.
   *
   * @default "/bin/sh"
   */
  readonly initCommand?: string;
  /**
   * Absolute path of a script that Envbuilder writes the dev container's `postStartCommand` to, in place of running it
   * (`ENVBUILDER_POST_START_SCRIPT_PATH`). Nothing runs it by itself, neither an agent: its or your script has to.
   *
   * @default - Envbuilder runs the command before the setup script
   */
  readonly postStartScriptPath?: string;
  /**
   * Absolute path of a file that Envbuilder writes the variables of the image and the dev container to, a line `NAME=value`
   * for each (`ENVBUILDER_EXPORT_ENV_FILE`). It does so after a build only: not when it starts from a cached image.
   *
   * @default - none
   */
  readonly exportEnvFile?: string;
  /**
   * Where what is built is kept for the next start.
   *
   * @default - nowhere: each start builds everything
   */
  readonly cache?: ImageCache;
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
