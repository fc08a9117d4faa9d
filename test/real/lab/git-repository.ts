import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { command } from "./command";
import { stateFolder, statePath } from "./state";

export interface RepositoryOptions {
  /** Private: asks for these, "user:password". @default - open to all */
  readonly credentials?: string;
  /** Further references, such as "refs/tags/v1": each a commit on the first one, with these files beside its. @default - none */
  readonly references?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export function repositoriesFolder(): string {
  return statePath("git");
}

/** Makes a repository of one commit on git.test, in place of one of the same name. Returns its URL. */
export async function makeRepository(
  name: string,
  files: Readonly<Record<string, string>>,
  options: RepositoryOptions = {},
): Promise<string> {
  const work = stateFolder("repository");
  const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
  const git = (...args: string[]) => command("git", ["-C", work, ...args], { env });
  const author = ["-c", "user.name=Test", "-c", "user.email=test@git.test"];
  const commit = async (contents: Readonly<Record<string, string>>): Promise<void> => {
    for (const [path, text] of Object.entries(contents)) {
      mkdirSync(dirname(join(work, path)), { recursive: true });
      writeFileSync(join(work, path), text);
    }
    await git("add", "--all", "--force");
    await git(...author, "commit", "--quiet", "--allow-empty", "-m", "Begin");
  };
  await git("init", "--quiet", "--initial-branch=main");
  await commit(files);
  for (const [reference, contents] of Object.entries(options.references ?? {})) {
    await git("checkout", "--quiet", "--detach", "main");
    await commit(contents);
    await git("update-ref", reference, "HEAD");
  }
  await git("checkout", "--quiet", "main");
  const part = `${work}.git`;
  await git("clone", "--quiet", "--mirror", ".", part);
  if (options.credentials !== undefined) {
    writeFileSync(join(part, "credentials"), options.credentials);
  }
  mkdirSync(repositoriesFolder(), { recursive: true });
  const target = join(repositoriesFolder(), `${name}.git`);
  if (existsSync(target)) {
    rmSync(target, { recursive: true });
  }
  renameSync(part, target);
  rmSync(work, { recursive: true });
  return `https://git.test/${name}.git`;
}
