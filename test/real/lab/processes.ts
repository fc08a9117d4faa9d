import { spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

import { withoutColors } from "./command";
import { readState, statePath, writeState } from "./state";
import { isListening, waitFor } from "./wait";

export interface ProcessOptions {
  /** @default - the environment of this process */
  readonly env?: NodeJS.ProcessEnv;
  /** @default - the state folder */
  readonly cwd?: string;
  /** Run as this user. @default - as this process */
  readonly user?: { readonly uid: number; readonly gid: number };
  /** What ends it in good order. @default SIGTERM */
  readonly signal?: "SIGINT" | "SIGTERM";
}

/** When a process began, besides its pid: pids are used again. */
interface Running {
  readonly pid: number;
  readonly began: string;
  readonly signal: "SIGINT" | "SIGTERM";
}

type Processes = Readonly<Record<string, Running>>;

/** Starts a program that outlives the test file which asked for it, until `stopProcess` or the end of the run. */
export function startProcess(
  name: string,
  program: string,
  args: readonly string[],
  options: ProcessOptions = {},
): void {
  mkdirSync(statePath("log"), { recursive: true });
  const log = openSync(logFile(name), "a");
  const child = spawn(program, args, {
    cwd: options.cwd ?? statePath(),
    env: options.env,
    stdio: ["ignore", log, log],
    detached: true,
    ...options.user,
  });
  closeSync(log);
  // Without a pid it did not start; the port that nobody opens tells, with the log.
  child.on("error", () => undefined);
  child.unref();
  if (child.pid === undefined) {
    throw new Error(`cannot start ${program}`);
  }
  const running = { pid: child.pid, began: beginning(child.pid) ?? "", signal: options.signal ?? "SIGTERM" };
  writeState("processes", { ...processes(), [name]: running });
}

/** What the program wrote so far, without colours. */
export function processLog(name: string): string {
  return existsSync(logFile(name)) ? withoutColors(readFileSync(logFile(name), "utf8")) : "";
}

export function isRunning(name: string): boolean {
  const running = processes()[name];
  return running !== undefined && beginning(running.pid) === running.began;
}

/** Fails early, with its log, when the program ends in place of listening. */
export async function waitForPort(name: string, host: string, port: number): Promise<void> {
  await waitFor(
    `${name} at ${host}:${port}`,
    async () => {
      if (!isRunning(name)) {
        throw new Error(`${name} ended:\n${processLog(name).slice(-5000)}`);
      }
      return (await isListening(host, port)) || undefined;
    },
    { timeoutSec: 60, context: () => processLog(name).slice(-5000) },
  );
}

/** Ends exactly the process that was started under this name, if it still runs. */
export async function stopProcess(name: string): Promise<void> {
  const running = processes()[name];
  if (running === undefined) {
    return;
  }
  const alive = () => beginning(running.pid) === running.began;
  if (alive()) {
    process.kill(running.pid, running.signal);
    for (let tries = 0; tries < 100 && alive(); tries += 1) {
      await sleep(100);
    }
    if (alive()) {
      // It leads a process group of its own, so that its children go as well.
      process.kill(-running.pid, "SIGKILL");
    }
  }
  writeState("processes", Object.fromEntries(Object.entries(processes()).filter(([other]) => other !== name)));
}

/** The last one first: what was started later may need what was started earlier. */
export async function stopProcesses(): Promise<void> {
  const names = Object.keys(processes());
  for (let name = names.pop(); name !== undefined; name = names.pop()) {
    await stopProcess(name);
  }
}

/** The start time of a process in clock ticks; undefined when there is none, or only its remains. */
export function beginning(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field, the program's name in parentheses, may hold anything.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

function processes(): Processes {
  return readState<Processes>("processes") ?? {};
}

function logFile(name: string): string {
  return statePath("log", `${name}.log`);
}
