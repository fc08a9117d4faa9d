import { readFileSync } from "node:fs";

import { BUILD_CAPABILITIES } from "../../constructs/envbuilder/build-capabilities";
import { Cluster } from "./lab/cluster";
import { buildCapabilities, envbuilderManifest, logOfPod } from "./lab/envbuilder-pod";
import { ProxyNetwork } from "./lab/proxy-network";

// Which rights Envbuilder needs in a pod: an image of a real distribution, and a Dockerfile with what Dockerfiles do about
// users and owners.

const DOCKERFILE = `
RUN useradd --create-home --shell /bin/bash other && groupadd team && usermod -aG team dev
RUN mkdir -p /srv/shared /srv/private && chown other:team /srv/shared && chown other /srv/private && \\
    chmod 2770 /srv/shared && chmod 700 /srv/private
RUN install -o other -g team -m 640 /etc/hostname /srv/private/file && chmod 600 /srv/private/file && \\
    touch /srv/private/added
USER other
RUN id -un >/srv/shared/who && echo mine >/home/other/file
USER dev
RUN id -Gn | grep -q team && cat /srv/shared/who >/home/dev/seen
`;
const INIT =
  "id -un; stat -c '%U %G %a %n' /srv/shared /srv/private /home/other/file /home/dev/seen; cat ~/seen; echo MARKER";

let lab: ProxyNetwork;
let cluster: Cluster;
let namespace: string;
let repository: string;

beforeAll(async () => {
  lab = await ProxyNetwork.start();
  cluster = await Cluster.start();
  const image = await lab.debianImage();
  namespace = await cluster.namespace("capabilities");
  repository = await lab.repository("users", {
    ".devcontainer/devcontainer.json": JSON.stringify({ build: { dockerfile: "Dockerfile" } }),
    ".devcontainer/Dockerfile": `FROM ${image}${DOCKERFILE}`,
  });
  const data = { "ca.pem": readFileSync(lab.certificates.proxyCa, "utf8") };
  await cluster.apply({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "ca", namespace }, data });
}, 240_000);

async function built(name: string, capabilities: readonly string[]): Promise<string> {
  const env = { ENVBUILDER_GIT_URL: repository, ENVBUILDER_INIT_SCRIPT: INIT, HTTPS_PROXY: lab.proxy.url() };
  const caFolder = "/.envbuilder/certs";
  return await logOfPod(cluster, envbuilderManifest({ name, namespace, env, caFolder, capabilities }), 180);
}

test("Envbuilder builds a Debian with several users, with the five capabilities", async () => {
  const log = await built("five", buildCapabilities);

  expect(log.slice(log.lastIndexOf("\ndev\n"))).toBe(`
dev
other team 770 /srv/shared
other root 700 /srv/private
other other 644 /home/other/file
dev dev 644 /home/dev/seen
other
MARKER
`);
}, 240_000);

test.each([
  ["CHOWN", /chown \/\S+: operation not permitted/],
  ["DAC_OVERRIDE", /open \/home\/dev\/\S+: permission denied/],
  ["FOWNER", /chmod \/home\/dev: operation not permitted/],
  ["SETGID", /fork\/exec \/bin\/sh: operation not permitted/],
  ["SETUID", /fork\/exec \/bin\/sh: operation not permitted/],
])(
  "it does not without %s",
  async (missing, complaint) => {
    const others = buildCapabilities.filter((one) => one !== missing);

    const log = await built(`without-${missing.toLowerCase().replace("_", "-")}`, others);

    expect(log).toMatch(complaint);
    expect(log).not.toContain("MARKER");
  },
  240_000,
);

// Without it nothing fails, and so it is easily missed: Linux clears the bit when a root who is not in the group sets it.
test("with FSETID, a sixth, directories keep the bit by which they hand their group down", async () => {
  const log = await built("six", [...buildCapabilities, "FSETID"]);

  expect(log).toContain("other team 2770 /srv/shared\n");
}, 240_000);

test("they are the ones that the constructs leave", () => {
  expect([...BUILD_CAPABILITIES].sort()).toEqual(buildCapabilities);
});
