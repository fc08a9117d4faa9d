import { existsSync, statSync } from "node:fs";
import { networkInterfaces } from "node:os";

import { stopClusterNode } from "./cluster-end";
import { removeDockerObjects } from "./docker";
import type { DockerDaemon } from "./docker-daemon";
import { beginning, isRunning, stopProcesses } from "./processes";
import { settings } from "./settings";
import { keepState, makeState, readState, removeState, runNumbers, statePath, useRun, writeState } from "./state";
import { isListening } from "./wait";

interface Owner {
  readonly pid: number;
  readonly began: string;
}

/** Begins a run, under a number that no other run has. Cleans up on the way what an interrupted run left behind. */
export async function beginRun(): Promise<void> {
  for (const number of runNumbers) {
    useRun(number);
    if (existsSync(statePath())) {
      if (isInUse()) {
        continue;
      }
      await stopRun();
      removeState();
    }
    // Servers without a state folder: somebody removed the folder of a run that was at work.
    if (!(await isServing()) && makeState()) {
      writeState("owner", { pid: process.pid, began: beginning(process.pid) });
      return;
    }
  }
  throw new Error(`${runNumbers.length} runs are at work on this machine; remove what is dead of ${statePath("..")}`);
}

/** Stops all that the run started, and removes what it made. `KEEP_LAB=1` keeps the files, to be read. */
export async function endRun(): Promise<void> {
  await stopRun();
  if (process.env["KEEP_LAB"] === "1") {
    process.stderr.write(`kept: ${keepState()}\n`);
  } else {
    removeState();
  }
}

async function stopRun(): Promise<void> {
  await stopClusterNode();
  const daemon = readState<{ readonly value?: DockerDaemon }>("docker")?.value;
  if (daemon !== undefined && (!daemon.own || isRunning("dockerd"))) {
    await removeDockerObjects(daemon);
  }
  await stopProcesses();
}

function isInUse(): boolean {
  const owner = readState<Owner>("owner");
  // Without an owner it was made a moment ago, or by a run that ended in that moment.
  return owner === undefined
    ? Date.now() - statSync(statePath()).mtimeMs < 60_000
    : beginning(owner.pid) === owner.began;
}

async function isServing(): Promise<boolean> {
  const { gateway } = settings.open;
  const addresses = Object.values(networkInterfaces()).flat();
  return addresses.some((found) => found?.address === gateway) && (await isListening(gateway, settings.ports.git));
}
