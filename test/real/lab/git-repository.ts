import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { command } from "./command";
import { stateFolder, statePath } from "./state";

export interface RepositoryOptions {
  /** Private: asks for these, "user:password". @default - open to all */
  readonly credentials?: string;
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
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(work, path)), { recursive: true });
    writeFileSync(join(work, path), text);
  }
  const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
  const git = (...args: string[]) => command("git", ["-C", work, ...args], { env });
  await git("init", "--quiet", "--initial-branch=main");
  await git("add", "--all", "--force");
  await git(
    "-c",
    "user.name=Test",
    "-c",
    "user.email=test@git.test",
    "commit",
    "--quiet",
    "--allow-empty",
    "-m",
    "Begin",
  );
  const part = `${work}.git`;
  await git("clone", "--quiet", "--bare", ".", part);
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
