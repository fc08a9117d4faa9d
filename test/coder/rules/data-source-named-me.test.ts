import { dataSourceNamedMe } from "../../../constructs/coder/rules/data-source-named-me";
import { check } from "./template";

describe("data-source-named-me", () => {
  test.each([
    ["coder_workspace_owner", "Coder's form for new workspaces knows the owner by this name only"],
    ["coder_workspace", "Coder's documentation, its modules and these rules know the workspace by this name"],
    ["coder_provisioner", "Coder's documentation and its modules know the provisioner by this name"],
  ])("refuses a %s of another name", (type, reason) => {
    expect(check(dataSourceNamedMe, { [`data.${type}.main_1A2B3C4D`]: {}, [`data.${type}.me`]: {} })).toEqual([
      `data.${type}.main_1A2B3C4D: logical id must be "me", because ${reason}, got "main_1A2B3C4D"; override the logical id`,
    ]);
  });

  test("accepts me, and any name of other data sources", () => {
    const blocks = {
      "data.coder_workspace.me": {},
      "data.coder_workspace_owner.me": {},
      "data.coder_provisioner.me": {},
      "data.coder_parameter.repo": {},
      "data.coder_workspace_preset.small": {},
      "coder_agent.main": {},
    };

    expect(check(dataSourceNamedMe, blocks)).toEqual([]);
  });
});
