import { join } from "node:path";

import { command } from "./command";

/** What a command ended with. */
export interface CommandLineResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the project's own command as its users do, in a process of its own, with no more environment than is given. */
export async function commandLine(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<CommandLineResult> {
  const root = join(__dirname, "..", "..", "..");
  const main = join(root, "cli", "main.ts");
  const { PATH, HOME } = process.env;
  return await command(process.execPath, ["--require", "tsx/cjs", main, ...args], {
    cwd: root,
    env: { PATH, HOME, ...env },
    statuses: [0, 1, 2, 3],
    timeoutSec: 60,
  });
}
