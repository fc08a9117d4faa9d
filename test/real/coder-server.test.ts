import { readFileSync } from "node:fs";
import { join } from "node:path";

import { CoderServer } from "./lab/coder-server";
import { decryptedHosts } from "./lab/flow-log";
import { ProxyNetwork } from "./lab/proxy-network";

let lab: ProxyNetwork;
let server: CoderServer;

beforeAll(async () => {
  lab = await ProxyNetwork.start();
  server = await CoderServer.start();
});

describe("a template written by hand", () => {
  test("becomes a workspace behind the proxy, through Coder, Terraform, Docker and Envbuilder", async () => {
    const repository = await lab.repository("by-hand", {
      ".devcontainer/devcontainer.json": JSON.stringify({ image: lab.baseImage }),
    });
    const mark = lab.proxy.flows.mark();

    const template = await server.push("by-hand", join(__dirname, "fixtures", "by-hand"), {
      gateway: lab.gateway,
      network: lab.network,
      repository,
      ca: readFileSync(lab.certificates.proxyCa, "utf8"),
    });
    const parameters = await server.api("GET", `templateversions/${template.id}/rich-parameters`);
    const workspace = await server.create("demo", "by-hand", { preset: "German" });
    const agents = await workspace.waitForAgent();
    const seen = await workspace.ssh("echo $GREETING from $CODER_WORKSPACE_NAME, $ENVBUILDER, $https_proxy");

    expect(parameters).toMatchObject([{ name: "greeting", default_value: "hello" }]);
    expect(agents).toMatchObject([{ name: "main", status: "connected", lifecycle_state: "ready" }]);
    expect(seen).toBe("hallo from demo, true, http://proxy.test:8080\n");
    expect(decryptedHosts(lab.proxy.flows.since(mark))).toEqual(["git.test", "registry.test"]);

    await workspace.stop();
    const { resources } = await workspace.delete();
    expect(resources).toEqual([]);
  });

  test("fails to be pushed, with Terraform's own words, when it is wrong", async () => {
    await expect(server.push("wrong", join(__dirname, "fixtures", "wrong"))).rejects.toThrow(
      /main\.tf line 2.*\n.*An argument named "gpus" is not expected here/s,
    );
  });
});
