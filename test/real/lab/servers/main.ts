/** The small servers of the lab in one process of their own: they outlive the test file that started them. */
import { serveNoNames } from "./dns";
import { type Forward, forward } from "./forward";
import { type GitSettings, serveGit } from "./git";

export interface Servers {
  readonly git: GitSettings;
  readonly dns: readonly { readonly address: string; readonly port: number }[];
  readonly forwards: readonly Forward[];
}

const servers: Servers = JSON.parse(process.argv[2] ?? "");
serveGit(servers.git);
for (const { address, port } of servers.dns) {
  serveNoNames(address, port);
}
for (const route of servers.forwards) {
  forward(route);
}
