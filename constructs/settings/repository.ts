import * as path from "node:path";
import { ValidationError, shown } from "../errors";
import { checkGitUrl, type GitTransport } from "./git-url";
import { hasReference } from "./text";
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
    const transport = checkGitUrl("repository.url", url);
    if (/#/.test(url) && (options.branch !== undefined || options.ref !== undefined)) {
      throw new ValidationError(
        "repository-ref-twice",
        `repository.url ${shown(url)} names a reference and so does repository.${options.ref === undefined ? "branch" : "ref"}; leave one of them out`,
      );
    }
    if (!hasReference(url)) checkRef("repository.url", url.includes("#") ? url.slice(url.indexOf("#") + 1) : undefined);
    return new Repository(url, [transport], undefined, options);
  }

  /**
   * A repository chosen by the user when the workspace is created. Needs a Coder template around it.
   *
   * @throws when no choice is left, the default is none of the options, or an option could not be cloned
   */
  public static chosenByUser(props: RepositoryChoiceProps = {}): Repository {
    const options = [...(props.options ?? [])];
    const custom = props.custom ?? true;
    if (options.length === 0 && !custom) {
      throw new ValidationError(
        "repository-without-choice",
        "repository.options [] leaves nothing to choose while custom is false; add an option, or use Repository.at",
      );
    }
    const transports = options.map((option, index) => checkGitUrl(`repository.options[${index}].url`, option.url));
    const urls = options.map((option) => option.url);
    const twice = urls.find((url, index) => urls.indexOf(url) !== index);
    if (twice !== undefined) {
      throw new ValidationError(
        "repository-option-twice",
        `repository.options has ${shown(twice)} twice; remove one of them`,
      );
    }
    if (props.default !== undefined && !hasReference(props.default)) {
      transports.push(checkGitUrl("repository.default", props.default));
      if (!custom && !urls.includes(props.default)) {
        throw new ValidationError(
          "repository-default-not-offered",
          `repository.default ${shown(props.default)} is none of the options ${urls.map(shown).join(", ")}; choose one of them, or allow custom`,
        );
      }
    }
    return new Repository(
      undefined,
      custom ? [...transports, undefined] : transports,
      { options, custom, default: props.default ?? urls[0] },
      props,
    );
  }

  /** The URL with its reference; undefined while the user has yet to choose. @internal */
  public readonly url: string | undefined;
  /** How each possible URL is reached; undefined for one that is not known at synth. @internal */
  public readonly transports: readonly (GitTransport | undefined)[];
  /** @internal */
  public readonly choice: RepositoryChoice | undefined;
  /** @internal */
  public readonly options: RepositoryOptions;

  private constructor(
    url: string | undefined,
    transports: readonly (GitTransport | undefined)[],
    choice: RepositoryChoice | undefined,
    options: RepositoryOptions,
  ) {
    checkOptions(options);
    this.choice = choice;
    this.transports = transports;
    this.options = options;
    const ref = options.ref ?? (options.branch === undefined ? undefined : `refs/heads/${options.branch}`);
    this.url = url === undefined || ref === undefined ? url : `${url}#${ref}`;
  }

  /**
   * The same repository once the user's choice has an expression.
   *
   * @internal
   */
  public chosen(reference: string): Repository {
    return new Repository(reference, this.transports, undefined, this.options);
  }

  /** @internal */
  public warnings(): Warning[] {
    const { singleBranch, branch, ref } = this.options;
    if (!singleBranch || branch !== undefined || ref !== undefined || this.url?.includes("#")) return [];
    return [
      {
        id: "single-branch-assumes-main",
        message:
          "repository.singleBranch without a branch clones refs/heads/main, and fails where the default branch has another name; name the branch",
      },
    ];
  }
}

/** @internal */
export interface RepositoryChoice {
  readonly options: readonly RepositoryOption[];
  readonly custom: boolean;
  readonly default: string | undefined;
}

function checkOptions(options: RepositoryOptions): void {
  const { branch, ref, cloneDepth } = options;
  if (branch !== undefined && ref !== undefined) {
    throw new ValidationError(
      "repository-ref-twice",
      `repository.branch ${shown(branch)} and repository.ref ${shown(ref)} say the same thing; leave one of them out`,
    );
  }
  if (branch !== undefined && /^refs\/|[\s~^:?*[\\#]|\.\.|^[-/]|[/.]$|^$/.test(branch) && !hasReference(branch)) {
    throw new ValidationError(
      "repository-ref-malformed",
      `repository.branch ${shown(branch)} is no branch name; give the name alone, such as "main", or a full reference as repository.ref`,
    );
  }
  checkRef("repository.ref", ref);
  if (cloneDepth !== undefined && (!Number.isInteger(cloneDepth) || cloneDepth < 1)) {
    throw new ValidationError(
      "repository-clone-depth",
      `repository.cloneDepth ${cloneDepth} must be a whole number from 1 on; leave it out to clone all commits`,
    );
  }
  for (const name of ["devcontainerDirectory", "devcontainerFile", "dockerfile", "buildContext"] as const) {
    checkRelative(`repository.${name}`, options[name]);
  }
  if (options.dockerfile !== undefined && (options.devcontainerDirectory ?? options.devcontainerFile) !== undefined) {
    throw new ValidationError(
      "dockerfile-and-devcontainer",
      `repository.dockerfile ${shown(options.dockerfile)} makes Envbuilder ignore devcontainer.json; leave out either it or repository.devcontainer…`,
    );
  }
  if (options.buildContext !== undefined && options.dockerfile === undefined) {
    throw new ValidationError(
      "build-context-without-dockerfile",
      `repository.buildContext ${shown(options.buildContext)} counts only with repository.dockerfile; set build.context in devcontainer.json instead`,
    );
  }
}

function checkRef(prop: string, ref: string | undefined): void {
  if (ref === undefined || hasReference(ref) || /^refs\/[^\s~^:?*[\\]+$/.test(ref)) return;
  throw new ValidationError(
    "repository-ref-malformed",
    `${prop} ${shown(ref)} must be a full reference such as refs/heads/main or refs/tags/v1: Envbuilder finds no other`,
  );
}

function checkRelative(prop: string, value: string | undefined): void {
  if (value === undefined || hasReference(value)) return;
  const normal = path.posix.normalize(value).replace(/\/$/, "");
  if (value === "" || path.posix.isAbsolute(value) || normal === ".." || normal.startsWith("../")) {
    throw new ValidationError(
      "repository-path-outside",
      `${prop} ${shown(value)} must be a path inside the repository; write it relative to the repository's root`,
    );
  }
}
