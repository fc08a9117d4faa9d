import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { ExitCode } from "../../cli/exit-code";
import { BuildHelp } from "../../constructs/envbuilder/build-help";
import { Distribution } from "../../constructs/envbuilder/distribution";
import { CaBundle } from "../../constructs/settings/ca-bundle";
import { Proxy } from "../../constructs/settings/proxy";
import { Certificate } from "../certificates";
import { scratchFolder } from "../scratch";
import { cli } from "./terminal";

const URL = "http://proxy.test:3128";
let file: string;

beforeAll(() => {
  file = join(scratchFolder(), "root.pem");
  writeFileSync(file, new Certificate().pem);
});

describe("build-help", () => {
  test.each(Object.values(Distribution))("prints what BuildHelp gives for %s", async (distribution) => {
    const { status, out } = await cli(["build-help", "--proxy", URL, "--ca", file, "--distribution", distribution]);
    const json = await cli(["build-help", "--proxy", URL, "--ca", file, "--distribution", distribution, "--json"]);

    const help = BuildHelp.of({ proxy: Proxy.containerWide({ url: URL }), ca: CaBundle.fromFile(file) });
    expect(status).toBe(ExitCode.GOOD);
    expect(out).toContain(help.dockerfile(distribution));
    expect(out).toContain(help.devcontainer());
    expect(JSON.parse(json.out)).toEqual({
      buildArguments: help.buildArguments,
      devcontainer: help.devcontainer(),
      dockerfile: help.dockerfile(distribution),
      notes: help.notes,
    });
  });

  test("takes the proxy of the environment, without its credentials", async () => {
    const { out } = await cli(["build-help"], { HTTPS_PROXY: "http://user:hunter2@proxy.test:3128" });

    expect(out).toContain('"https_proxy": "${localEnv:https_proxy}"');
    expect(out).not.toMatch(/hunter2|Dockerfile, below/);
  });

  test.each([
    ["nothing", [], "give --proxy, --ca or both"],
    ["an unknown distribution", ["--proxy", URL, "--distribution", "plan9"], "must be one of debian, fedora"],
    [
      "credentials",
      ["--proxy", "http://user:hunter2@proxy.test"],
      "list of processes; set the environment variable HTTPS_PROXY",
    ],
    ["credentials for SOCKS", ["--proxy", "socks5://user:hunter2@proxy.test"], "list of processes"],
    ["a missing file", ["--ca", "/nowhere.pem"], "[ca-file-unreadable]"],
  ])("fails at %s", async (_, args, message) => {
    const { status, err } = await cli(["build-help", ...args]);

    expect(status).toBe(ExitCode.USAGE);
    expect(err).toContain(message);
    expect(err).not.toMatch(/hunter2|sensitive variable/);
  });
});
