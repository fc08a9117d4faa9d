import { existsSync, readFileSync, readdirSync, readlinkSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { ctr, nodePath } from "./cluster-node";
import { command } from "./command";
import { isRunning, stopProcess } from "./processes";

/** Where CNI and kubelet leave notes, whatever they are told; the sockets of shims are elsewhere, too. */
const cniResults = "/var/lib/cni/results";
const logLinks = "/var/log/containers";

/**
 * Ends the node of this run, pods and all. Works as well on what an interrupted run left, whichever of its programs still
 * run, and does nothing where there is no cluster.
 */
export async function stopClusterNode(): Promise<void> {
  if (!existsSync(nodePath())) return;
  await stopProcess("kubelet");
  if (isRunning("containerd")) {
    const tasks = (await ctr("tasks", "list", "--quiet")).stdout.split("\n").filter(Boolean);
    // One by one: a pod's first container takes the others' namespaces with it, and so may be gone or in use.
    for (const task of tasks) await ctr("tasks", "delete", "--force", task).catch(() => undefined);
    await stopProcess("containerd");
  }
  await removeContainers();
  await endShims();
  await unmountBelow(nodePath());
  removeNotes();
}

/** Containers live on without containerd, and runc knows which of them still are the ones that it started. */
async function removeContainers(): Promise<void> {
  const root = nodePath("runc", "k8s.io");
  if (!existsSync(root)) return;
  for (const id of readdirSync(root)) {
    await command("runc", ["--root", root, "delete", "--force", id], { statuses: [0, 1] });
  }
}

/** Each container's parent, which outlives containerd by design. Its command line names our containerd. */
async function endShims(): Promise<void> {
  for (const pid of shims()) process.kill(Number(pid), "SIGKILL");
  for (let tries = 0; tries < 50 && shims().length > 0; tries += 1) await sleep(20);
}

function shims(): string[] {
  return readdirSync("/proc").filter((pid) => /^\d+$/.test(pid) && isShim(pid));
}

function isShim(pid: string): boolean {
  try {
    const [program = "", ...args] = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    return program.includes("containerd-shim") && args[args.indexOf("-address") + 1] === nodePath("containerd.sock");
  } catch {
    return false;
  }
}

/** The longest path first: mounts lie upon mounts. */
async function unmountBelow(folder: string): Promise<void> {
  const mounts = readFileSync("/proc/self/mounts", "utf8")
    .split("\n")
    .map((line) => line.split(" ")[1] ?? "")
    .filter((path) => path.startsWith(`${folder}/`))
    .sort((one, other) => other.length - one.length);
  for (const path of mounts) await command("umount", ["--lazy", path], { statuses: [0, 32] });
}

function removeNotes(): void {
  const pods = namesIn(nodePath("containerd", "io.containerd.grpc.v1.cri", "sandboxes"));
  for (const name of namesIn(cniResults)) {
    if (pods.some((pod) => name.includes(pod))) rmSync(join(cniResults, name));
  }
  const running = nodePath("run", "io.containerd.runtime.v2.task", "k8s.io");
  for (const id of namesIn(running)) {
    const address = join(running, id, "address");
    if (existsSync(address)) rmSync(readFileSync(address, "utf8").replace("unix://", ""), { force: true });
  }
  for (const name of namesIn(logLinks)) {
    const link = join(logLinks, name);
    if (readlinkSync(link).startsWith(nodePath())) rmSync(link);
  }
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
