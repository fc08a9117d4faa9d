import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { TerraformVariable } from "cdktf";
import { provideDocker } from "../../constructs/docker/docker-provider";
import { addresses, block, filesOf, testStack, testTemplate, treeOf } from "../util";

const HOST = '${var.docker_socket != "" ? var.docker_socket : null}';

describe("provideDocker", () => {
  test("gives a template the provider, whose daemon an administrator may choose", () => {
    const template = testTemplate();

    provideDocker(template, {});
    provideDocker(template, {});

    const tree = treeOf(template);
    expect(tree["provider"]).toEqual({ coder: [{}], docker: [{ host: HOST }] });
    expect(tree["terraform"]).toMatchObject({
      required_providers: { docker: { source: "kreuzwerker/docker", version: ">= 3.6.2, < 5.0.0" } },
    });
    expect(block(tree, "var.docker_socket")).toMatchObject({ type: "string", default: "" });
  });

  test("uses the provider that a template has", () => {
    const template = testTemplate();
    new DockerProvider(template, "docker", { host: "tcp://docker.example.com:2376" });

    provideDocker(template, {});

    expect(treeOf(template)["provider"]).toMatchObject({ docker: [{ host: "tcp://docker.example.com:2376" }] });
    expect(addresses(treeOf(template))).not.toContain("var.docker_socket");
  });

  test("takes no provider with an alias for it, which resources have to name", () => {
    const template = testTemplate();
    new DockerProvider(template, "other", { alias: "other" });

    provideDocker(template, {});

    expect(treeOf(template)["provider"]).toMatchObject({ docker: [{ alias: "other" }, { host: HOST }] });
  });

  test.each(["variable", "construct"])("uses the variable of the name that the author declared as a %s", (how) => {
    const template = testTemplate();
    if (how === "variable") template.variable("docker_socket", { description: "Mine." });
    else new TerraformVariable(template, "docker_socket", { type: "string", description: "Mine." });

    provideDocker(template, {});

    expect(block(treeOf(template), "var.docker_socket")).toEqual({ type: "string", description: "Mine." });
    expect(treeOf(template)["provider"]).toMatchObject({ docker: [{ host: HOST }] });
  });

  test("fails at synth where the author adds one later, of which Terraform would take one", () => {
    const template = testTemplate();
    provideDocker(template, {});
    new DockerProvider(template, "docker", {});

    expect(() => filesOf(template)).toThrow(
      "the template has two Docker providers without an alias, of which Terraform takes one; declare yours before the workspace, which then adds none [docker-provider-twice]",
    );
  });

  test("leaves other stacks alone", () => {
    const stack = testStack();

    provideDocker(stack, {});

    expect(addresses(treeOf(stack))).toEqual([]);
  });
});
