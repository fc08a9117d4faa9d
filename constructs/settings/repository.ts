import { posix } from "node:path";
import { ValidationError, shown, shownUrl } from "../errors";
import { checkBranch, checkRef } from "./git-ref";
import { checkGitUrl, type GitTransport } from "./git-url";
import { markKind } from "./kind";
import { checkPropKinds } from "./prop-kinds";
import { withStandIns } from "./stretches";
import { hasReference } from "./text";
import { STRING, checkKind } from "./value-kinds";
import type { Warning } from "./warning";

/** What of a repository is cloned and where the definition of its container is. */
export interface RepositoryOptions {
  /**
   * The branch to check out.
   *
   * @default - the repository's default branch
   */
  readonly branch?: string;
  /**
   * A full reference instead of a branch, such as `refs/tags/v1.2`.
   *
   * @default - `branch`
   */
  readonly ref?: string;
  /**
   * How many commits are cloned (`ENVBUILDER_GIT_CLONE_DEPTH`).
   *
   * @default - all
   */
  readonly cloneDepth?: number;
  /**
   * Whether only one branch is cloned (`ENVBUILDER_GIT_CLONE_SINGLE_BRANCH`). Without `branch` or `ref` Envbuilder takes
   * `main`.
   *
   * @default false
   */
  readonly singleBranch?: boolean;
  /**
   * Whether the Git server may send objects as differences to those that the clone has (`ENVBUILDER_GIT_CLONE_THINPACK`, since
   * Envbuilder 1.2.0). Some servers break at it. From dev.azure.com Envbuilder never takes them.
   *
   * @default true
   */
  readonly thinPack?: boolean;
  /**
   * Whether the image is built from the repository as it is on its server at each start, whatever the user has changed in the
   * clone (`ENVBUILDER_REMOTE_REPO_BUILD_MODE`). Without `branch` or `ref` Envbuilder takes `main`.
   *
   * @default false
   */
  readonly buildFromRemote?: boolean;
  /**
   * Folder that holds `devcontainer.json`, relative to the repository (`ENVBUILDER_DEVCONTAINER_DIR`).
   *
   * @default - Envbuilder looks in `.devcontainer`, in the repository's root, then in the folders of `.devcontainer`
   */
  readonly devcontainerDirectory?: string;
  /**
   * The file in that folder (`ENVBUILDER_DEVCONTAINER_JSON_PATH`).
   *
   * @default - `devcontainer.json`
   */
  readonly devcontainerFile?: string;
  /**
   * A Dockerfile, relative to the repository, that is built instead of a dev container (`ENVBUILDER_DOCKERFILE_PATH`).
   *
   * @default - a dev container is built
   */
  readonly dockerfile?: string;
  /**
   * The build context of `dockerfile`, relative to the repository (`ENVBUILDER_BUILD_CONTEXT_PATH`).
   *
   * @default - the repository
   */
  readonly buildContext?: string;
}

/** A repository that users may choose. */
export interface RepositoryOption {
  /** What users read. */
  readonly name: string;
  /** Where it is cloned from. */
  readonly url: string;
  /**
   * A sentence below the name.
   *
   * @default - none
   */
  readonly description?: string;
  /**
   * A URL, or a path such as `/icon/git.svg` on the Coder server.
   *
   * @default - none
   */
  readonly icon?: string;
}

/** What users choose from. */
export interface RepositoryChoiceProps extends RepositoryOptions {
  /**
   * The repositories offered.
   *
   * @default - none: users type a URL
   */
  readonly options?: RepositoryOption[];
  /**
   * The URL chosen unless the user chooses another.
   *
   * @default - the first of `options`; without options, the user has to give a URL
   */
  readonly default?: string;
  /**
   * Whether users may type the URL of any other repository.
   *
   * @default true
   */
  readonly custom?: boolean;
}

/** The value of the parameter that stands for "another repository". @internal */
export const CUSTOM_REPOSITORY = "custom";

/** The Git repository that a workspace is made from. */
export class Repository {
  /**
   * A repository fixed by the author of the template.
   *
   * @param url - `https://…`, `http://…`, `ssh://…` or `git@HOST:PATH`, without credentials; it may be a reference
   * @throws when Envbuilder could not clone it or an option contradicts another
   */
  public static at(url: string, options: RepositoryOptions = {}): Repository {
    checkKind("repository.url", STRING, url);
    checkPropKinds(options, "repository.");
    return new Repository(url, [url], [checkUrl("repository.url", url, options)], undefined, options);
  }

  /**
   * A repository chosen by the user when the workspace is created. Needs a Coder template around it.
   *
   * @throws when no choice is left, the default is none of the options, or an option could not be cloned
   */
  public static chosenByUser(props: RepositoryChoiceProps = {}): Repository {
    checkPropKinds(props, "repository.");
    const options = [...(props.options ?? [])];
    const custom = props.custom ?? true;
    if (options.length === 0 && !custom) {
      throw new ValidationError(
        "repository-without-choice",
        "repository.options [] leaves nothing to choose while custom is false; add an option, or use Repository.at",
      );
    }
    const transports = options.map((option, index) => checkUrl(`repository.options[${index}].url`, option.url, props));
    const urls = options.map((option) => option.url);
    checkDistinct("url", urls);
    checkDistinct(
      "name",
      options.map((option) => option.name),
    );
    if (props.default !== undefined) {
      transports.push(checkUrl("repository.default", props.default, props));
      if (!custom && !urls.includes(props.default) && !hasReference(props.default)) {
        throw new ValidationError(
          "repository-default-not-offered",
          `repository.default ${shown(props.default)} is none of the options ${urls.map(shown).join(", ")}; choose one of them, or allow custom`,
        );
      }
    }
    const known = props.default === undefined ? urls : [...urls, props.default];
    return new Repository(
      undefined,
      custom ? [...known, undefined] : known,
      custom ? [...transports, undefined] : transports,
      { options, custom, default: props.default ?? urls[0] },
      props,
    );
  }

  /** Where it may be cloned from; undefined is anywhere. @internal */
  public readonly possibleUrls: readonly (string | undefined)[];
  /** How each possible URL is reached; undefined for one that is not known at synth. @internal */
  public readonly transports: readonly (GitTransport | undefined)[];
  /** @internal */
  public readonly choice: RepositoryChoice | undefined;
  /** @internal */
  public readonly options: RepositoryOptions;

  // Private, so that types take nothing else for one.
  private readonly location: string | undefined;

  private constructor(
    url: string | undefined,
    possibleUrls: readonly (string | undefined)[],
    transports: readonly (GitTransport | undefined)[],
    choice: RepositoryChoice | undefined,
    options: RepositoryOptions,
  ) {
    markKind(this, "Repository");
    checkOptions(options);
    this.choice = choice;
    this.possibleUrls = possibleUrls;
    this.transports = transports;
    this.options = { ...options };
    this.location = url;
  }

  /** The URL with its reference; undefined while the user has yet to choose. @internal */
  public get url(): string | undefined {
    const { branch, ref = branch === undefined ? undefined : `refs/heads/${branch}` } = this.options;
    return this.location === undefined || ref === undefined ? this.location : `${this.location}#${ref}`;
  }

  /**
   * The same repository once the user's choice has an expression.
   *
   * @internal
   */
  public chosen(reference: string): Repository {
    return new Repository(reference, this.possibleUrls, this.transports, undefined, this.options);
  }

  /** @internal */
  public warnings(): Warning[] {
    const { singleBranch, buildFromRemote, branch, ref } = this.options;
    if (branch !== undefined || ref !== undefined || this.url?.includes("#")) return [];
    const warnings: Warning[] = [];
    if (singleBranch) {
      warnings.push({
        id: "single-branch-assumes-main",
        message:
          "repository.singleBranch without a branch clones refs/heads/main, and fails where the default branch has another name; name the branch",
      });
    }
    if (buildFromRemote) {
      warnings.push({
        id: "remote-build-assumes-main",
        message:
          "repository.buildFromRemote without a branch builds from refs/heads/main, and fails where the default branch has another name; name the branch",
      });
    }
    return warnings;
  }
}

/** @internal */
export interface RepositoryChoice {
  readonly options: readonly RepositoryOption[];
  readonly custom: boolean;
  readonly default: string | undefined;
}

function checkUrl(prop: string, url: string, { branch, ref }: RepositoryOptions): GitTransport | undefined {
  const transport = checkGitUrl(prop, url);
  if (withStandIns(url, "").includes("#") && (branch !== undefined || ref !== undefined)) {
    throw new ValidationError(
      "repository-ref-twice",
      `${prop} ${shownUrl(url)} names a reference after # and so does repository.${ref === undefined ? "branch" : "ref"}; leave one of them out`,
    );
  }
  return transport;
}

/** Coder takes neither a value nor a name twice. */
function checkDistinct(what: "url" | "name", values: readonly string[]): void {
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice === undefined) return;
  throw new ValidationError(
    "repository-option-twice",
    `repository.options must differ in ${what}, and ${shown(twice)} is there twice; change one of them`,
  );
}

function checkOptions(options: RepositoryOptions): void {
  const { branch, ref, cloneDepth, devcontainerDirectory, devcontainerFile, dockerfile, buildContext } = options;
  if (branch !== undefined && ref !== undefined) {
    throw new ValidationError(
      "repository-ref-twice",
      `repository.branch ${shown(branch)} and repository.ref ${shown(ref)} say the same thing; leave one of them out`,
    );
  }
  checkBranch("repository.branch", branch);
  checkRef("repository.ref", ref);
  if (cloneDepth !== undefined && (!Number.isSafeInteger(cloneDepth) || cloneDepth < 1)) {
    throw new ValidationError(
      "repository-clone-depth",
      `repository.cloneDepth ${cloneDepth} must be a whole number from 1 on; leave it out to clone all commits`,
    );
  }
  checkInside("repository.devcontainerDirectory", devcontainerDirectory);
  checkInside("repository.devcontainerFile", devcontainerFile, devcontainerDirectory ?? ".devcontainer");
  checkInside("repository.dockerfile", dockerfile);
  checkInside("repository.buildContext", buildContext);
  const unread = (["devcontainerDirectory", "devcontainerFile"] as const).find((name) => options[name] !== undefined);
  if (dockerfile !== undefined && unread !== undefined) {
    throw new ValidationError(
      "dockerfile-and-devcontainer",
      `repository.dockerfile ${shown(dockerfile)} makes Envbuilder ignore devcontainer.json; leave it or repository.${unread} out`,
    );
  }
  if (buildContext !== undefined && dockerfile === undefined) {
    throw new ValidationError(
      "build-context-without-dockerfile",
      `repository.buildContext ${shown(buildContext)} counts only with repository.dockerfile; set build.context in devcontainer.json instead`,
    );
  }
}

/** @param folder - what Envbuilder takes the path from, itself relative to the repository */
function checkInside(prop: string, value: string | undefined, folder = ""): void {
  if (value === undefined || hasReference(value) || hasReference(folder)) return;
  const place = posix.join(folder, value);
  if (value === "" || posix.isAbsolute(value) || place === ".." || place.startsWith("../")) {
    throw new ValidationError(
      "repository-path-outside",
      `${prop} ${shown(value)} must be a path inside the repository; write it relative to ${folder === "" ? "the repository's root" : shown(folder)}`,
    );
  }
}
