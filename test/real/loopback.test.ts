import { createServer, type Server } from "node:http";

import { planContainer } from "../../constructs/envbuilder/container-plan";
import { Proxy } from "../../constructs/settings/proxy";
import { Repository } from "../../constructs/settings/repository";
import { literalOf } from "../../constructs/settings/text";

import { command } from "./lab/command";

// What a developer serves in the workspace is asked for without the proxy, by programs that would not know by themselves.

let server: Server;
let port: number;

beforeAll(async () => {
  server = createServer((_request, response) => response.end("from the workspace"));
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  port = typeof address === "object" && address !== null ? address.port : 0;
});

afterAll(() => {
  server.close();
});

/** Port 9 discards: no proxy answers there. */
const plan = planContainer(
  {
    repository: Repository.at("https://git.example.com/app.git"),
    proxy: Proxy.containerWide({ url: "http://127.0.0.1:9" }),
  },
  {},
);
const environment = Object.fromEntries(plan.env.map(({ name, value }) => [name, literalOf(value)]));

test.each(["localhost", "127.0.0.1"])("curl asks %s directly", async (host) => {
  const url = `http://${host}:${port}/`;
  const proxyOnly = { PATH: process.env["PATH"], http_proxy: environment["http_proxy"] };

  const { stdout } = await command("curl", ["--silent", "--show-error", url], {
    env: { PATH: process.env["PATH"], ...environment },
  });
  const without = await command("curl", ["--silent", url], { env: proxyOnly, statuses: [0, 7] });

  expect(stdout).toBe("from the workspace");
  expect(without.status).toBe(7);
});
