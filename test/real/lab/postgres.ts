import { chownSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { command } from "./command";
import { isRunning, processLog, startProcess } from "./processes";
import { statePath } from "./state";
import { waitFor } from "./wait";

const name = "postgres";

/** A PostgreSQL for this run alone, on a Unix socket. Returns the URL of an empty database. */
export async function startPostgres(): Promise<string> {
  const folder = statePath(name);
  const data = join(folder, "data");
  const user = unprivilegedUser();
  mkdirSync(folder);
  if (user !== undefined) {
    chownSync(folder, user.uid, user.gid);
  }
  const initdb = ["-D", data, "-U", "coder", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"];
  await command(program("initdb"), initdb, { cwd: folder, user });
  // Nothing here needs to outlive a power failure.
  const set = ["listen_addresses=", `unix_socket_directories=${folder}`, "max_connections=200"];
  const hasty = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];
  const settings = [...set, ...hasty].flatMap((setting) => ["-c", setting]);
  // SIGTERM would wait for its clients.
  startProcess(name, program("postgres"), ["-D", data, ...settings], { cwd: folder, user, signal: "SIGINT" });
  await waitFor(
    "PostgreSQL",
    async () => {
      if (!isRunning(name)) {
        throw new Error(`PostgreSQL ended:\n${processLog(name)}`);
      }
      const ready = await command(program("pg_isready"), ["-h", folder, "-U", "coder", "-d", "postgres"], {
        statuses: [0, 1, 2, 3],
      });
      return ready.status === 0 || undefined;
    },
    { context: () => processLog(name) },
  );
  return `postgres://coder@/postgres?host=${encodeURIComponent(folder)}&sslmode=disable`;
}

/** Debian leaves the server's programs out of PATH. */
function program(file: string): string {
  const root = "/usr/lib/postgresql";
  const versions = readdirSync(root).sort((one, other) => Number(other) - Number(one));
  if (versions[0] === undefined) {
    throw new Error(`no PostgreSQL below ${root}; install the package postgresql`);
  }
  return join(root, versions[0], "bin", file);
}

/** PostgreSQL refuses to run as root. */
function unprivilegedUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) {
    return undefined;
  }
  const accounts = readFileSync("/etc/passwd", "utf8").split("\n");
  for (const account of ["postgres", "nobody"]) {
    const fields = accounts.find((line) => line.startsWith(`${account}:`))?.split(":");
    if (fields !== undefined) {
      return { uid: Number(fields[2]), gid: Number(fields[3]) };
    }
  }
  throw new Error("there is no unprivileged user to run PostgreSQL");
}
