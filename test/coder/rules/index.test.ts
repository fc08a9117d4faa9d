import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { TEMPLATE_RULES } from "../../../constructs/coder/rules";
import { template } from "./template";

const folder = join(__dirname, "../../../constructs/coder/rules");
const files = readdirSync(folder)
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.slice(0, -".ts".length))
  .filter((name) => name !== "index" && name !== "rule");

describe("TEMPLATE_RULES", () => {
  test("hold the rule of every file and no other", () => {
    expect(TEMPLATE_RULES.map(({ id }) => id).sort()).toEqual(files.sort());
  });

  test.each(files)("%s is the id of the only thing that its file exports", async (file) => {
    const exported: unknown = await import(join(folder, file));

    expect(Object.values(Object(exported))).toEqual([TEMPLATE_RULES.find(({ id }) => id === file)]);
  });

  test.each(files)("%s has a test", (file) => {
    expect(existsSync(join(__dirname, `${file}.test.ts`))).toBe(true);
  });

  test.each(TEMPLATE_RULES)("$id accepts an empty template", (rule) => {
    expect(rule.check({})).toEqual([]);
  });

  test("accept a whole template", () => {
    const good = template({
      "terraform.required_providers": { coder: { source: "coder/coder" } },
      "provider.coder": [{ url: "${var.access_url}" }],
      "var.access_url": { type: "string", default: "", description: "costs ${5}" },
      "data.coder_workspace.me": {},
      "data.coder_workspace_owner.me": {},
      "data.coder_provisioner.me": {},
      "data.coder_parameter.repo": {
        name: "repo",
        default: "https://git.example.com/a.git",
        option: [
          { name: "a", value: "https://git.example.com/a.git" },
          { name: "b", value: "https://git.example.com/b.git" },
        ],
        form_type: "dropdown",
      },
      "data.coder_workspace_preset.a": {
        name: "a",
        default: true,
        parameters: { repo: "https://git.example.com/b.git" },
      },
      "coder_agent.main": {
        os: "linux",
        arch: "${data.coder_provisioner.me.arch}",
        env: { PATH: "/opt/bin:$PATH" },
      },
      "coder_app.editor": { agent_id: "${coder_agent.main.id}", slug: "editor", url: "http://localhost:8080" },
      "local.env": { ENVBUILDER_GIT_URL: "${data.coder_parameter.repo.value}" },
      "envbuilder_cached_image.cached": {
        count: "${data.coder_workspace.me.start_count}",
        builder_image: "envbuilder",
        extra_env: "${local.env}",
      },
      "docker_volume.home": {
        name: "coder-${data.coder_workspace.me.id}-home",
        lifecycle: { ignore_changes: "all" },
      },
      "docker_container.workspace": {
        count: "${data.coder_workspace.me.start_count}",
        image: "${envbuilder_cached_image.cached[0].image}",
        env: [
          "CODER_AGENT_TOKEN=${coder_agent.main.token}",
          "ENVBUILDER_INIT_SCRIPT=${coder_agent.main.init_script}",
          "ENVBUILDER_GIT_URL=${local.env.ENVBUILDER_GIT_URL}",
        ],
        volumes: [{ container_path: "/workspaces", volume_name: "${docker_volume.home.name}" }],
      },
      "coder_metadata.container": {
        count: "${data.coder_workspace.me.start_count}",
        resource_id: "${docker_container.workspace[0].id}",
        item: [{ key: "repository", value: "${data.coder_parameter.repo.value}" }],
      },
    });

    expect(TEMPLATE_RULES.flatMap((rule) => rule.check(good))).toEqual([]);
  });
});
