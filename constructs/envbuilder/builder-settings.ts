/** What Envbuilder itself is told, and what it does where a build fails. */
export interface BuilderSettings {
  /**
   * The image of Envbuilder itself.
   *
   * @default - `DEFAULT_BUILDER_IMAGE`, of the version whose options this library knows
   */
  readonly builderImage?: string;
  /**
   * The version of Envbuilder in `builderImage`, such as `1.2.0`: an option that it lacks is refused.
   *
   * @default - that of the image's tag where it is a version, else the newest that this library knows
   */
  readonly envbuilderVersion?: string;
  /**
   * The image that a workspace gets where nothing can be built: the clone failed, the repository defines no container, or
   * its build failed in one of the ways that Envbuilder recognizes (`ENVBUILDER_FALLBACK_IMAGE`). A proxy that cannot be
   * reached and a certificate that is not trusted are none of those: then the workspace ends all the same.
   *
   * @default - without anything to build the workspace ends
   */
  readonly fallbackImage?: string;
  /**
   * Whether a failed build ends the workspace, even with a `fallbackImage` (`ENVBUILDER_EXIT_ON_BUILD_FAILURE`).
   *
   * @default false
   */
  readonly exitOnBuildFailure?: boolean;
  /**
   * Absolute path of the folder that the repository's own folder is made in (`ENVBUILDER_WORKSPACE_BASE_DIR`). Not
   * together with `workspaceFolder`.
   *
   * @default - Envbuilder's, `/workspaces`
   */
  readonly workspaceBaseDirectory?: string;
  /**
   * More paths that Envbuilder leaves alone while it builds, added to its own (`ENVBUILDER_IGNORE_PATHS`) and to those of
   * read-only mounts.
   *
   * @default - none
   */
  readonly extraIgnorePaths?: string[];
  /**
   * Kinds of agents that Coder is told run in the workspace (`CODER_AGENT_SUBSYSTEM`): Envbuilder adds its own.
   *
   * @default - only Envbuilder's
   */
  readonly agentSubsystems?: string[];
  /**
   * Whether Envbuilder builds, after ten seconds, where it is not sure to be in a container (`ENVBUILDER_FORCE_SAFE`). It
   * deletes the filesystem that it builds in. Only an image of Envbuilder that was changed needs it.
   *
   * @default false
   */
  readonly forceSafe?: boolean;
  /**
   * Absolute path of Envbuilder's program in `builderImage`, from where it is put into a pushed image
   * (`ENVBUILDER_BINARY_PATH`). Only an image of Envbuilder that was changed needs it.
   *
   * @default - Envbuilder's, `/.envbuilder/bin/envbuilder`
   */
  readonly binaryPath?: string;
  /**
   * Whether Envbuilder logs in detail (`ENVBUILDER_VERBOSE`).
   *
   * @default false
   */
  readonly verbose?: boolean;
}
