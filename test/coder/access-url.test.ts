import { TerraformLocal, TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import { AccessUrl } from "../../constructs/coder/access-url";
import { local, teamStack, token, treeOf } from "../util";

const LOOPBACK = '"/://(localhost|127[.]0[.]0[.]1|[[]::1[]])([:/]|$)/"';

function outputs(stack: ReturnType<typeof teamStack>, values: Record<string, string>): unknown {
  for (const [name, value] of Object.entries(values)) new TerraformOutput(stack, name, { value, staticId: true });
  return treeOf(stack)["output"];
}

describe("AccessUrl", () => {
  test("replaces a loopback name by what containers reach: access-url-localhost", () => {
    const stack = teamStack();
    const { url } = AccessUrl.of(stack, "host.docker.internal");

    expect(outputs(stack, { url })).toEqual({ url: { value: "${local.access_url}" } });
    expect(treeOf(stack)["locals"]).toEqual({
      access_url: `\${replace(data.coder_workspace.me.access_url, ${LOOPBACK}, "://host.docker.internal$2")}`,
    });
  });

  test("stays what it is where nobody asks for another host", () => {
    const stack = teamStack();
    const access = AccessUrl.of(stack);

    expect(access.rewritten("script")).toBe("script");
    expect(outputs(stack, { url: access.url, host: access.host })).toEqual({
      url: { value: "${data.coder_workspace.me.access_url}" },
      host: { value: "${local.access_host}" },
    });
    expect(local(treeOf(stack), "access_host")).toContain("data.coder_workspace.me.access_url");
  });

  test("knows the host where it is asked for", () => {
    const stack = teamStack();
    const { host } = AccessUrl.of(stack, "host.docker.internal");

    expect(outputs(stack, { host })).toEqual({ host: { value: "${local.access_host}" } });
    expect(local(treeOf(stack), "access_host")).toBe(
      '${trim(element(regex("://([[][^]]+[]]|[^/:]+)", local.access_url), 0), "[]")}',
    );
    expect(() => AccessUrl.of(stack, "host.docker.internal").host).not.toThrow();
  });

  test("replaces it in other texts, such as the agent's script", () => {
    const stack = teamStack();
    const access = AccessUrl.of(stack, "coder.internal");

    expect(outputs(stack, { script: access.rewritten(token("coder_agent.main.init_script")) })).toEqual({
      script: { value: `\${replace(coder_agent.main.init_script, ${LOOPBACK}, "://coder.internal$2")}` },
    });
  });

  test("is shared by what reaches the server by the same host, and by no other", () => {
    const stack = teamStack();

    const one = AccessUrl.of(new Construct(stack, "one"), "a.internal");
    const same = AccessUrl.of(new Construct(stack, "same"), "a.internal");
    const other = AccessUrl.of(new Construct(stack, "other"), "b.internal");

    expect(same).toBe(one);
    expect(outputs(stack, { first: one.host, second: other.host })).toEqual({
      first: { value: "${local.access_host}" },
      second: { value: "${local.other_access_host}" },
    });
    expect(local(treeOf(stack), "access_url")).toContain("://a.internal$2");
    expect(local(treeOf(stack), "other_access_url")).toContain("://b.internal$2");
  });

  test("leaves a team's local of the name alone", () => {
    const stack = teamStack();
    new TerraformLocal(stack, "access_url", "team's");

    AccessUrl.of(new Construct(stack, "workspace"), "a.internal");

    expect(Object.keys(Object(treeOf(stack)["locals"]))).toEqual(["access_url", "workspace_access_url"]);
    expect(local(treeOf(stack), "access_url")).toBe("team's");
  });

  test.each([token("var.host"), "${var.host}"])("takes a reference", (host) => {
    const stack = teamStack();
    AccessUrl.of(stack, host);

    expect(local(treeOf(stack), "access_url")).toContain('"://${var.host}$2"');
  });

  test.each(["coder", "coder.example.com", "10.0.0.1", "[fd00::1]"])("takes the host %s", (host) => {
    expect(() => AccessUrl.of(teamStack(), host)).not.toThrow();
  });

  test.each(["", "http://coder.internal", "coder.internal:3000", "fd00::1", "a b", "a$1", "a/"])(
    "fails on the host %j",
    (host) => {
      expect(() => AccessUrl.of(teamStack(), host)).toThrow(
        `coderHost ${JSON.stringify(host)} must be a host alone, because scheme and port are those of Coder's access URL; write it as "coder.internal" [coder-host-malformed]`,
      );
    },
  );
});
