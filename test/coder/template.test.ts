import { Annotations, LocalBackend, TerraformLocal } from "cdktf";
import { CoderTemplate } from "../../constructs/coder/template";
import { Agent } from "../../constructs/providers/coder/agent";
import { annotations, filesOf, synthesized, testApp, testStack, testTemplate, treeOf } from "../util";

describe("CoderTemplate", () => {
  test("is a directory that Coder takes, and nothing more: parameter-options-lost-in-json: backend-of-cdktf", () => {
    const template = testTemplate();

    const files = filesOf(template);

    expect(Object.keys(files)).toEqual(["README.md", "main.tf"]);
    expect(files["main.tf"]).toBe(`terraform {
  required_providers {
    coder = {
      source  = "coder/coder"
      version = ">= 2.5.3, < 3.0.0"
    }
  }
}

provider "coder" {}
`);
    expect(treeOf(template)["terraform"]).toEqual({
      required_providers: { coder: { source: "coder/coder", version: ">= 2.5.3, < 3.0.0" } },
    });
  });

  test("describes itself in its README", () => {
    const template = testTemplate({
      displayName: "Docker behind a proxy",
      description: "For everybody.",
      icon: "/icon/docker.svg",
      tags: ["docker"],
    });

    expect(filesOf(template)["README.md"]).toBe(`---
display_name: "Docker behind a proxy"
description: "For everybody."
icon: "/icon/docker.svg"
tags: ["docker"]
---

# Docker behind a proxy

For everybody.

## Publishing

From the directory of this file:

\`\`\`shell
coder templates push template --directory . --yes
coder templates edit template --yes --display-name 'Docker behind a proxy' --description 'For everybody.' --icon /icon/docker.svg
\`\`\`
`);
  });

  test("says how it is published, once however often it is synthesized", () => {
    const template = testTemplate();
    template.variable("token", { description: "…" });

    synthesized(template);
    synthesized(template);

    expect(annotations(template)).toEqual([
      expect.stringMatching(
        /^info: publish with: coder templates push template --directory \S+\/stacks\/template --yes --variables-file ~\/template-variables\.yaml$/,
      ),
    ]);
  });

  test("keeps its own list of tags", () => {
    const tags = ["docker"];
    const template = testTemplate({ tags });
    tags.push("late");

    expect(filesOf(template)["README.md"]).toContain('tags: ["docker"]');
  });

  test.each(["a_b", "a b", "new"])("fails on the name %j, and leaves nothing of it in the app", (id) => {
    const app = testApp();

    expect(() => new CoderTemplate(app, id)).toThrow("[template-name]");
    expect(app.node.children).toEqual([]);
  });

  test("fails on what Coder would refuse, before anything is written", () => {
    const template = testTemplate();
    new Agent(template, "bad_name", { os: "linux", arch: "amd64" });

    const synth = (): unknown => synthesized(template);

    expect(synth).toThrow(/template template breaks rules of Coder:\n {2}coder_agent.bad_name: .*\[agent-name\]\n/);
    expect(synth).toThrow("[template-rules]");
  });

  test("shows what Coder would take and nobody means", () => {
    const template = testTemplate();
    new TerraformLocal(template, "x", "y");
    Annotations.of(template).addWarning("somebody else's");
    new Agent(template, "main", { os: "linux", arch: "amd64", env: { PASSWORD: "p$ss" } });
    template.addOverride("resource.docker_volume.home", { name: "${coder_agent.main.id}" });

    synthesized(template);

    const warnings = annotations(template).filter((text) => text.startsWith("warn"));
    expect(warnings.filter((text) => text.endsWith("[agent-env-expansion]"))).toHaveLength(1);
    expect(warnings).toContain("warn: somebody else's");
  });

  test("shows no warning that is silenced, of its rules or of what stands in it", () => {
    const template = testTemplate({ silencedWarnings: { "agent-env-expansion": "the value has no variable" } });
    new Agent(template, "main", { os: "linux", arch: "amd64", env: { PASSWORD: "p$ss" } });
    template.addOverride("resource.docker_volume.home", { name: "${coder_agent.main.id}" });

    synthesized(template);

    expect(annotations(template).join()).not.toContain("agent-env-expansion");
  });

  test("fails on a backend, because Coder keeps the state", () => {
    const template = testTemplate();
    new LocalBackend(template, { path: "x" });

    expect(() => synthesized(template)).toThrow("[backend-in-template]");
  });

  test("is told from other stacks", () => {
    expect(CoderTemplate.isCoderTemplate(testTemplate())).toBe(true);
    expect(CoderTemplate.isCoderTemplate(testStack())).toBe(false);
    expect(CoderTemplate.isCoderTemplate(undefined)).toBe(false);
  });

  test("stands beside others in an app", () => {
    const app = testApp();
    new CoderTemplate(app, "one");
    new CoderTemplate(app, "two");

    expect(Object.keys(synthesized(app))).toEqual([
      "manifest.json",
      "metadata/one.json",
      "metadata/two.json",
      "stacks/one/README.md",
      "stacks/one/main.tf",
      "stacks/two/README.md",
      "stacks/two/main.tf",
    ]);
  });
});
