import { appSlug } from "../../../constructs/coder/rules/app-slug";
import { check } from "./template";

const START_COUNT = "${data.coder_workspace.me.start_count}";

describe("app-slug", () => {
  test.each(["editor", "a", "code-server", "9000"])("accepts %s", (slug) => {
    expect(check(appSlug, { "coder_app.a": { slug } })).toEqual([]);
  });

  test.each(["Editor", "code_server", "a--b", "-a", "a-", "", "a b"])("refuses %j", (slug) => {
    expect(check(appSlug, { "coder_app.a": { slug } })).toEqual([
      `coder_app.a: slug must be lower-case letters and digits with single hyphens in between, got "${slug}"; rename it`,
    ]);
  });

  test("refuses one slug for two apps, also of different agents", () => {
    const blocks = {
      "coder_app.a": { slug: "editor", agent_id: "${coder_agent.a.id}" },
      "coder_app.b": { slug: "editor", agent_id: "${coder_agent.b.id}", count: START_COUNT },
    };

    expect(check(appSlug, blocks)).toEqual([
      'coder_app.b: slug must be unique in the template, got "editor", which coder_app.a has as well; rename one of them',
    ]);
  });

  test.each<[string, Parameters<typeof check>[1]]>([
    ["computed", { "coder_app.a": { slug: "${var.A}" }, "coder_app.b": { slug: "${var.A}" } }],
    ["missing, which Terraform reports", { "coder_app.a": {}, "coder_app.b": {} }],
    [
      "the same where a condition may choose",
      {
        "coder_app.a": { slug: "a", count: "${var.a ? 1 : 0}" },
        "coder_app.b": { slug: "a", count: "${var.a ? 0 : 1}" },
      },
    ],
    ["the same where one is off", { "coder_app.a": { slug: "a", count: 0 }, "coder_app.b": { slug: "a" } }],
    ["the same in a for_each", { "coder_app.a": { slug: "a", for_each: "${var.a}" }, "coder_app.b": { slug: "a" } }],
  ])("accepts slugs that are %s", (_how, blocks) => {
    expect(check(appSlug, blocks)).toEqual([]);
  });
});
