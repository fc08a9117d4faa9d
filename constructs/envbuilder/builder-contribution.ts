import { ValidationError, shown, shownUrl } from "../errors";
import { isPlainAbsolutePath } from "../settings/absolute-path";
import type { Repository } from "../settings/repository";
import { hasReference } from "../settings/text";
import type { Warning } from "../settings/warning";
import { builderImageWarnings } from "./builder-image";
import type { BuilderSettings } from "./builder-settings";
import type { Contribution } from "./contribution";
import type { Environment } from "./environment";

/** What of the settings is about Envbuilder itself. */
type Told = BuilderSettings & { readonly workspaceFolder?: string; readonly repository?: Repository };

/** Tells Envbuilder what concerns itself. @internal */
export function contributeBuilder(settings: Told, env: Environment): Contribution {
  const { fallbackImage, workspaceBaseDirectory, binaryPath, agentSubsystems = [], workspaceFolder } = settings;
  checkPath("workspace-folder-malformed", "workspaceFolder", workspaceFolder, "/workspaces/app");
  checkPath("workspace-folder-malformed", "workspaceBaseDirectory", workspaceBaseDirectory, "/workspaces");
  checkPath("binary-path-malformed", "binaryPath", binaryPath, "/.envbuilder/bin/envbuilder");
  if (workspaceFolder !== undefined && workspaceBaseDirectory !== undefined) {
    throw new ValidationError(
      "workspace-folder-twice",
      `workspaceFolder ${shown(workspaceFolder)} makes Envbuilder ignore workspaceBaseDirectory ${shown(workspaceBaseDirectory)}; leave one of them out`,
    );
  }
  if (fallbackImage !== undefined) checkImage(fallbackImage);
  checkSubsystems(agentSubsystems);
  env.addOption("workspaceFolder", "WORKSPACE_FOLDER", workspaceFolder);
  env.addOption("workspaceBaseDirectory", "WORKSPACE_BASE_DIR", workspaceBaseDirectory);
  env.addOption("fallbackImage", "FALLBACK_IMAGE", fallbackImage);
  env.addOption("exitOnBuildFailure", "EXIT_ON_BUILD_FAILURE", settings.exitOnBuildFailure ? "true" : undefined);
  env.addOption("forceSafe", "FORCE_SAFE", settings.forceSafe ? "true" : undefined);
  env.addOption("binaryPath", "BINARY_PATH", binaryPath);
  env.addOption("verbose", "VERBOSE", settings.verbose ? "true" : undefined);
  if (agentSubsystems.length > 0) env.add("agentSubsystems", "CODER_AGENT_SUBSYSTEM", agentSubsystems.join(","));
  return { warnings: [...builderImageWarnings(settings.builderImage), ...fallbackWarnings(settings)] };
}

function fallbackWarnings({ fallbackImage, repository }: Told): Warning[] {
  if (fallbackImage === undefined || repository?.options.devcontainerDirectory === undefined) return [];
  return [
    {
      id: "devcontainer-directory-without-fallback",
      message:
        "repository.devcontainerDirectory makes Envbuilder end where the clone fails, in spite of fallbackImage; leave devcontainerDirectory out where the fallback has to work",
    },
  ];
}

function checkPath(id: string, prop: string, path: string | undefined, example: string): void {
  if (path === undefined || hasReference(path) || isPlainAbsolutePath(path)) return;
  throw new ValidationError(
    id,
    `${prop} ${shown(path)} must be an absolute, normalized path below /; write it as ${example}`,
  );
}

/** Envbuilder writes it into a Dockerfile, behind FROM. */
function checkImage(image: string): void {
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(image);
  if (!withScheme && (hasReference(image) || /^[a-z0-9][^\s@]*(?:@sha256:[0-9a-f]{64})?$/.test(image))) return;
  throw new ValidationError(
    "fallback-image-malformed",
    `fallbackImage ${shownUrl(image)} must be the reference of one image, without a scheme; write it as "debian:12" or "registry.example.com/team/base:1.0"`,
  );
}

function checkSubsystems(subsystems: readonly string[]): void {
  const malformed = subsystems.find((name) => !hasReference(name) && !/^[a-z0-9-]+$/.test(name));
  if (malformed === undefined) return;
  throw new ValidationError(
    "agent-subsystem-malformed",
    `agentSubsystems has ${shown(malformed)}; write each in lower-case letters, digits and hyphens, such as "exectrace"`,
  );
}
