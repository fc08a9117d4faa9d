import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Container } from "@cdktf/provider-docker/lib/container";
import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { Volume } from "@cdktf/provider-docker/lib/volume";
import {
  App,
  Aspects,
  Fn,
  TerraformIterator,
  TerraformLocal,
  TerraformOutput,
  TerraformStack,
  TerraformVariable,
  Testing,
} from "cdktf";
import { commentOn } from "../../../constructs/terraform/comment";
import { HclSynthesizer } from "../../../constructs/terraform/hcl/hcl-synthesizer";
import { refusal } from "../../refusal";
import { filesIn, testApp } from "../../util";
import { changed, made, newOutdir } from "./made-stack";

describe("HclSynthesizer", () => {
  test("writes a stack as a person would, one file per concern", () => {
    const files: Record<string, string> = { variable: "variables.tf", output: "outputs.tf" };
    const { stack, synth } = made({
      fileOf: ({ kind }) => files[kind] ?? "main.tf",
      rank: ({ kind, type }) =>
        ["terraform", "provider", "resource", "locals"].indexOf(kind) * 100 + (type ?? "").length,
      heading: (file) => (file === "main.tf" ? "A workspace." : undefined),
      extraFiles: (tree) => ({ "docs/README.md": `${Object.keys(tree.variable ?? {}).length} variable\n` }),
    });
    const image = new TerraformVariable(stack, "image", {
      type: "string",
      description: "What runs.",
      default: "alpine",
    });
    const home = new Volume(stack, "home", { name: "home", lifecycle: { ignoreChanges: "all" } });
    commentOn(home, "Survives stops.");
    const base = new TerraformLocal(stack, "base", { A: "b" });
    const proxy = { HTTPS_PROXY: "http://proxy.example:3128", NO_PROXY: "localhost,.example" };
    const env = new TerraformLocal(stack, "env", Fn.merge([base.expression, proxy]));
    commentOn(env, "What the workspace is told.");
    const each = TerraformIterator.fromList(["x", "y"]);
    const container = new Container(stack, "workspace", {
      name: "workspace",
      image: image.value,
      count: 1,
      command: ["sh", "-c", "set -e\nexec sleep infinity\n"],
      volumes: [{ containerPath: "/home", volumeName: home.name }],
      labels: each.dynamic({ label: each.value, value: "z" }),
    });
    commentOn(container, "None while the workspace is stopped.", "count");
    new TerraformOutput(stack, "name", { value: home.name, description: "Its name." });

    expect(synth()).toEqual({
      "docs/README.md": "1 variable\n",
      "variables.tf": `variable "image" {
  description = "What runs."
  type        = string
  default     = "alpine"
}
`,
      "outputs.tf": `output "name" {
  description = "Its name."
  value       = docker_volume.home.name
}
`,
      "main.tf": `# A workspace.

terraform {
  required_providers {
    docker = {
      source  = "kreuzwerker/docker"
      version = "3.6.2"
    }
  }
}

provider "docker" {}

# Survives stops.
resource "docker_volume" "home" {
  name = "home"

  lifecycle {
    ignore_changes = all
  }
}

resource "docker_container" "workspace" {
  # None while the workspace is stopped.
  count = 1

  name  = "workspace"
  image = var.image

  command = [
    "sh",
    "-c",
    <<-EOT
      set -e
      exec sleep infinity
    EOT
  ]

  volumes {
    volume_name    = docker_volume.home.name
    container_path = "/home"
  }

  dynamic "labels" {
    for_each = toset(["x", "y"])

    content {
      label = labels.value
      value = "z"
    }
  }
}

locals {
  base = {
    A = "b"
  }

  # What the workspace is told.
  env = merge(local.base, {
    HTTPS_PROXY = "http://proxy.example:3128"
    NO_PROXY    = "localhost,.example"
  })
}
`,
    });
  });

  test("writes the same bytes each time", () => {
    const synths = [1, 2].map(() => {
      const { stack, app, synth } = made();
      new Volume(stack, "v", { name: "v", labels: [{ label: "a", value: "b" }] });
      synth();
      return filesIn(app.outdir);
    });

    expect(synths[1]).toEqual(synths[0]);
  });

  test("gives the files without writing them", () => {
    const { stack, folder } = made();
    stack.prepareStack();

    const files = new HclSynthesizer(stack).files();

    expect([...files.keys()]).toEqual(["main.tf"]);
    expect(existsSync(join(folder, "main.tf"))).toBe(false);
  });

  test("leaves the JSON alone", () => {
    const { stack } = made();

    expect(JSON.parse(Testing.synth(stack))).toMatchObject({ provider: { docker: [{}] } });
  });

  test("tells cdktf-cli what it asks of a stack, outside the stack's folder", () => {
    const { stack, app, synth } = made(changed({ fileOf: ({ kind }) => `${kind}.tf` }));
    const volume = new Volume(stack, "v", { name: "v" });
    new TerraformOutput(stack, "o", { value: volume.name });
    synth();

    const read = (file: string): unknown => JSON.parse(readFileSync(join(app.outdir, file), "utf8"));

    expect(read("manifest.json")).toMatchObject({
      stacks: {
        s: { synthesizedStackPath: "stacks/s/output.tf", stackMetadataPath: "metadata/s.json", annotations: [] },
      },
    });
    expect(read("metadata/s.json")).toEqual({
      "//": {
        metadata: expect.objectContaining({ backend: "local", stackName: "s" }),
        outputs: { s: { o: "o" } },
        files: ["output.tf", "provider.tf", "resource.tf", "terraform.tf"],
      },
      terraform: { required_providers: { docker: expect.anything() } },
      resource: { docker_volume: { v: { "//": { metadata: { path: "s/v", uniqueId: "v" } } } } },
      data: {},
    });
  });

  test("runs aspects and validations first", () => {
    const { stack, synth } = made();
    new Volume(stack, "v", { name: "v" });
    Aspects.of(stack).add({
      visit: (node) => {
        if (node instanceof Volume) node.name = "by-aspect";
      },
    });

    expect(synth()["main.tf"]).toContain('name = "by-aspect"');
  });

  test("shows the layout what it is about to write, unless validation is skipped", () => {
    const seen: string[] = [];
    const layout = changed({ validate: (tree) => seen.push(Object.keys(tree.resource ?? {}).join()) });
    for (const skipValidation of [false, true]) {
      const app = new App({ outdir: newOutdir(), skipValidation });
      const stack = new TerraformStack(app, "s");
      new DockerProvider(stack, "docker");
      new Volume(stack, "v", { name: "v" });
      stack.synthesizer = new HclSynthesizer(stack, layout);
      app.synth();
    }

    expect(seen).toEqual(["docker_volume"]);
  });

  test("writes several stacks of an app", () => {
    const app = testApp();
    for (const id of ["a", "b"]) {
      const stack = new TerraformStack(app, id);
      new DockerProvider(stack, "docker");
      stack.synthesizer = new HclSynthesizer(stack);
    }
    app.synth();

    expect(Object.keys(filesIn(app.outdir))).toEqual([
      "manifest.json",
      "metadata/a.json",
      "metadata/b.json",
      "stacks/a/main.tf",
      "stacks/b/main.tf",
    ]);
  });
});

describe("comments on elements", () => {
  test("reach all kinds of blocks", () => {
    const { stack, synth } = made();
    const provider = new DockerProvider(stack, "other", { alias: "other" });
    commentOn(provider, "provider");
    commentOn(new TerraformVariable(stack, "v", {}), "variable");
    commentOn(new TerraformOutput(stack, "o", { value: 1 }), "output");
    commentOn(new TerraformLocal(stack, "l", 1), "local");
    const volume = new Volume(stack, "volume", { name: "v", provider });
    commentOn(volume, "one");
    commentOn(volume, "two");
    commentOn(volume, "name", "name");

    const text = synth()["main.tf"];

    expect(text).toContain('# provider\nprovider "docker" {\n  alias = "other"');
    expect(text).toContain('# variable\nvariable "v"');
    expect(text).toContain('# output\noutput "o"');
    expect(text).toContain("locals {\n  # local\n  l = 1");
    expect(text).toContain(
      '# one\n#\n# two\nresource "docker_volume" "volume" {\n  provider = docker.other\n\n  # name\n  name',
    );
  });

  test("of nothing are none", () => {
    const { stack, synth } = made();
    commentOn(new TerraformLocal(stack, "l", 1), " \n");

    expect(synth()["main.tf"]).not.toContain("#");
  });

  test("fail if they hold a token [comment-with-token]", () => {
    const { stack } = made();
    const volume = new Volume(stack, "volume", { name: "v" });

    expect(refusal(() => commentOn(volume, `see ${volume.name}`))).toContain(
      "the one on s/volume holds a token; write",
    );
  });
});
