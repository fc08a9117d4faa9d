/** The small servers of the lab in one process of their own: they outlive the test file that started them. */
import { type DnsSettings, serveDns } from "./dns";
import { type Forward, forward } from "./forward";
import { type GitSettings, serveGit } from "./git";
import { refuse } from "./refuse";

export interface Servers {
  readonly git: GitSettings;
  readonly dns: readonly DnsSettings[];
  readonly forwards: readonly Forward[];
  /** To whom git and what is `open` do not answer: the beginning of the addresses of the isolated network. */
  readonly refused: string;
  /** The forwards of the open network. */
  readonly open: readonly Forward[];
}

const servers: Servers = JSON.parse(process.argv[2] ?? "");
refuse(serveGit(servers.git), servers.refused);
for (const route of servers.open) {
  refuse(forward(route), servers.refused);
}
for (const dns of servers.dns) {
  serveDns(dns);
}
for (const route of servers.forwards) {
  forward(route);
}
