import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { removeDockerObjects } from "./docker";
import type { DockerDaemon } from "./docker-daemon";
import { beginning, stopProcesses } from "./processes";
import { createState, readState, removeState, statePath, useState, writeState } from "./state";

interface Owner {
  readonly pid: number;
  readonly began: string;
}

/** Begins a run. What an interrupted run left behind goes first: it holds the addresses and ports. */
export async function beginRun(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith("real-lab-"))) {
    useState(join(tmpdir(), name));
    const owner = readState<Owner>("owner");
    if (owner !== undefined && beginning(owner.pid) !== owner.began && !existsSync(statePath("kept"))) {
      await endRun();
    }
  }
  createState();
  writeState("owner", { pid: process.pid, began: beginning(process.pid) });
}

/** Stops all that the run started, and removes what it made. `KEEP_LAB=1` keeps the files, to be read. */
export async function endRun(): Promise<void> {
  const daemon = readState<{ readonly value?: DockerDaemon }>("docker")?.value;
  if (daemon !== undefined) {
    await removeDockerObjects(daemon);
  }
  await stopProcesses();
  if (process.env["KEEP_LAB"] === "1") {
    writeFileSync(statePath("kept"), "");
    process.stderr.write(`kept: ${statePath()}\n`);
  } else {
    removeState();
  }
}
