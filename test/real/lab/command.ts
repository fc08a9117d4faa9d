import { spawn } from "node:child_process";
import { Buffer } from "node:buffer";

export interface CommandOptions {
  readonly cwd?: string;
  /** @default - the environment of this process */
  readonly env?: NodeJS.ProcessEnv;
  /** @default - nothing to read */
  readonly input?: string | Uint8Array;
  /** @default 120 */
  readonly timeoutSec?: number;
  /** Run as this user. @default - as this process */
  readonly user?: { readonly uid: number; readonly gid: number };
  /** Statuses that are not an error. @default [0] */
  readonly statuses?: readonly number[];
  /** Copies stderr to that of this process as it comes, for what takes minutes. @default false */
  readonly showProgress?: boolean;
}

export interface CommandResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  /** stderr, then stdout: a program's log before its answer, whatever order they came in. */
  readonly text: string;
}

/** Colours make a log unreadable for a person and for a pattern alike. */
export function withoutColors(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/\u001b\[[0-9;]*[A-Za-z]/g, "");
}

/** Runs a program to its end. Fails with what the program itself said. */
export function command(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const timeoutSec = options.timeoutSec ?? 120;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: options.cwd, env: options.env, stdio: "pipe", ...options.user });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on("data", (data: Buffer) => stdout.push(data));
    child.stderr.on("data", (data: Buffer) => {
      stderr.push(data);
      if (options.showProgress === true) {
        process.stderr.write(data);
      }
    });
    // A program that ends before it has read everything closes the pipe; its status and text say why.
    child.stdin.on("error", () => undefined);
    child.stdin.end(options.input);
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill("SIGKILL");
    }, timeoutSec * 1000);
    child.on("error", (error) => {
      clearTimeout(timer);
      reject(new Error(`cannot run ${program}: ${error.message}`));
    });
    child.on("close", (code) => {
      clearTimeout(timer);
      const out = withoutColors(Buffer.concat(stdout).toString());
      const log = withoutColors(Buffer.concat(stderr).toString());
      const result = { status: code ?? -1, stdout: out, stderr: log, text: `${log}\n${out}` };
      if (late || !(options.statuses ?? [0]).includes(result.status)) {
        const end = late ? `did not end within ${timeoutSec} s` : `ended with status ${result.status}`;
        // Each by itself: a long plan would push out what went wrong.
        const said = [log, out].map((text) => text.trim().slice(-10_000)).join("\n");
        reject(new Error(`${program} ${args.join(" ")} ${end}:\n${said}`));
      } else {
        resolve(result);
      }
    });
  });
}
