import { Token } from "cdktf";
import { checkDockerOptions, hasOwnNetwork, sharesNetwork } from "../../constructs/docker/docker-options";
import { token } from "../util";

type Options = Parameters<typeof checkDockerOptions>[0];

test.each<Options>([
  {},
  { networkMode: "host", hostname: "h", dns: ["10.0.0.1"] },
  { networkMode: "container:vpn" },
  { dns: ["10.0.0.1", "fd00::1", token("var.dns")] },
  { networkMode: "none", networks: [] },
  { networks: [{ name: "a" }], hostname: "h" },
  { cpus: 0.5 },
  { cpus: Token.asNumber(token("var.cpus")) },
  { restart: "unless-stopped" },
  { restart: token("var.restart") },
  { addCapabilities: ["SYS_PTRACE"], hardened: true },
  { privileged: true, hardened: false },
])("takes %j", (options) => {
  expect(() => checkDockerOptions(options)).not.toThrow();
});

test.each<[Options, string]>([
  [
    { networkMode: "host", networks: [{ name: "a" }] },
    'networkMode "host" and networks exclude each other in Docker; leave one of them out [network-mode-and-networks]',
  ],
  ...[{ hostname: "h" }, { dns: ["10.0.0.1"] }, { hosts: { a: "10.0.0.1" } }].map((more): [Options, string] => [
    { networkMode: "container:vpn", ...more },
    'networkMode "container:vpn" takes host name, name servers and hosts from that container; leave out hostname, dns and hosts [network-of-another-container]',
  ]),
  [
    { dns: ["10.0.0.1", token("var.dns"), "dns.internal"] },
    'dns[2] "dns.internal" must be an IP address, because nobody could look its name up; write that [dns-malformed]',
  ],
  [{ dns: ["10.0.0.1:53"] }, "[dns-malformed]"],
  [{ cpus: 0 }, "cpus 0 must be more than 0; write half a CPU as 0.5 [cpus-malformed]"],
  [{ cpus: -1 }, "[cpus-malformed]"],
  [{ cpus: Number.NaN }, "[cpus-malformed]"],
  [{ cpus: Number.POSITIVE_INFINITY }, "[cpus-malformed]"],
  [
    { restart: "sometimes" },
    'restart "sometimes" must be one of no, on-failure, always, unless-stopped; choose one of them [restart-policy-unknown]',
  ],
  [
    { addCapabilities: ["SYS_PTRACE", "CAP_SYS_ADMIN"] },
    'addCapabilities has "CAP_SYS_ADMIN"; write capabilities in capitals and without CAP_, such as "SYS_PTRACE" [capability-malformed]',
  ],
  [{ addCapabilities: ["sys_admin"] }, "[capability-malformed]"],
  [
    { hardened: true, privileged: true },
    "hardened takes capabilities away and privileged gives all; leave one of them out [hardened-and-privileged]",
  ],
])("fails on %j", (options, message) => {
  expect(() => checkDockerOptions(options)).toThrow(message);
});

test("knows who shares another container's network", () => {
  expect(sharesNetwork({ networkMode: "container:vpn" })).toBe(true);
  expect(sharesNetwork({ networkMode: "host" })).toBe(false);
  expect(sharesNetwork({})).toBe(false);
});

test("knows whose network is the container's own", () => {
  expect(hasOwnNetwork({})).toBe(true);
  expect(hasOwnNetwork({ networkMode: "bridge" })).toBe(true);
  expect(hasOwnNetwork({ networkMode: "host" })).toBe(false);
  expect(hasOwnNetwork({ networkMode: "container:vpn" })).toBe(false);
  expect(hasOwnNetwork({ networkMode: token("var.mode") })).toBe(false);
});
