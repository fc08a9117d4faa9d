import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { CoderTemplate } from "cdktf-coder-envbuilder";

import { CoderServer } from "./lab/coder-server";
import { command } from "./lab/command";
import { stateFolder } from "./lab/state";
import { synthesized } from "./lab/synthesized";

// The README.md of a template as an administrator follows it: the file as its example has it, and its commands in a shell.

test("a template is published by the commands of its README.md, with values of several lines and of any characters", async () => {
  const coder = await CoderServer.start();
  const directory = synthesized((app) => {
    const template = new CoderTemplate(app, "variables-file", { displayName: "By its README" });
    template.variable("deploy_key", { description: "A key in PEM." });
    template.variable("note", { description: "Any text." });
    return template;
  });
  const readme = readFileSync(join(directory, "README.md"), "utf8");
  const [, commands = ""] = /```shell\n([^]*?)\n```/.exec(readme) ?? [];
  const [, example = ""] = /```yaml\n([^]*?)\n```/.exec(readme) ?? [];
  const home = stateFolder("home");
  writeFileSync(
    join(home, "variables-file-variables.yaml"),
    `${example
      .replace("  VALUE\n  OF SEVERAL LINES", '  -----BEGIN KEY-----\n  MIIB,"x"\n  -----END KEY-----')
      .replace("'VALUE'", "'a,b: #c \"d\" it''s'")}\n`,
  );

  const env = { ...(await coder.shellEnvironment()), HOME: home };
  await command("sh", ["-ec", commands], { cwd: directory, env, timeoutSec: 180 });
  const { active_version_id: version, display_name: displayName } = await coder.api<{
    readonly active_version_id: string;
    readonly display_name: string;
  }>("GET", "organizations/default/templates/variables-file");
  const variables = await coder.api("GET", `templateversions/${version}/variables`);

  expect(displayName).toBe("By its README");
  expect(variables).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ name: "deploy_key", value: '-----BEGIN KEY-----\nMIIB,"x"\n-----END KEY-----\n' }),
      expect.objectContaining({ name: "note", value: `a,b: #c "d" it's` }),
    ]),
  );
}, 300_000);
