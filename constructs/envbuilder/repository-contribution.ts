import { ValidationError } from "../errors";
import type { Repository } from "../settings/repository";
import type { Contribution } from "./contribution";
import type { Environment } from "./environment";

/**
 * Tells Envbuilder what to clone and what of it to build.
 *
 * @throws when the user has yet to choose the repository, and nobody has asked
 * @internal
 */
export function contributeRepository(repository: Repository, env: Environment): Contribution {
  const { url, options } = repository;
  if (url === undefined) {
    throw new ValidationError(
      "repository-needs-a-template",
      "repository is chosen by the user, which needs a Coder parameter; use a workspace in a CoderTemplate, or Repository.at",
    );
  }
  env.addOption("repository", "GIT_URL", url);
  env.addOption("repository", "GIT_CLONE_DEPTH", options.cloneDepth?.toString());
  env.addOption("repository", "GIT_CLONE_SINGLE_BRANCH", options.singleBranch ? "true" : undefined);
  env.addOption("repository", "GIT_CLONE_THINPACK", options.thinPack === false ? "false" : undefined);
  env.addOption("repository", "REMOTE_REPO_BUILD_MODE", options.buildFromRemote ? "true" : undefined);
  env.addOption("repository", "DEVCONTAINER_DIR", options.devcontainerDirectory);
  env.addOption("repository", "DEVCONTAINER_JSON_PATH", options.devcontainerFile);
  env.addOption("repository", "DOCKERFILE_PATH", options.dockerfile);
  env.addOption("repository", "BUILD_CONTEXT_PATH", options.buildContext);
  return { warnings: repository.warnings() };
}
