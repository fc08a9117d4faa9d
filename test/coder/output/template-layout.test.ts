import { TEMPLATE_LAYOUT } from "../../../constructs/coder/output/template-layout";

test.each([
  ["variables.tf", { kind: "variable", name: "x" }],
  ["outputs.tf", { kind: "output", name: "x" }],
  ["parameters.tf", { kind: "data", type: "coder_parameter", name: "x" }],
  ["parameters.tf", { kind: "data", type: "coder_workspace_preset", name: "x" }],
  ["parameters.tf", { kind: "data", type: "coder_workspace_tags", name: "x" }],
  ["main.tf", { kind: "data", type: "coder_workspace", name: "me" }],
  ["main.tf", { kind: "resource", type: "coder_agent", name: "main" }],
  ["main.tf", { kind: "locals" }],
  ["main.tf", { kind: "terraform" }],
])("%s holds %j", (file, block) => {
  expect(TEMPLATE_LAYOUT.fileOf(block)).toBe(file);
});

test("a file reads as a workspace comes to be", () => {
  const blocks = [
    { kind: "resource", type: "coder_metadata", name: "x" },
    { kind: "resource", type: "docker_container", name: "x" },
    { kind: "resource", type: "coder_app", name: "x" },
    { kind: "module", name: "x" },
    { kind: "resource", type: "coder_agent", name: "x" },
    { kind: "locals" },
    { kind: "data", type: "coder_workspace", name: "me" },
    { kind: "provider", type: "coder" },
    { kind: "terraform" },
  ];

  const ordered = [...blocks].sort((a, b) => (TEMPLATE_LAYOUT.rank?.(a) ?? 0) - (TEMPLATE_LAYOUT.rank?.(b) ?? 0));

  expect(ordered.map(({ kind, type }) => type ?? kind)).toEqual([
    "terraform",
    "coder",
    "coder_workspace",
    "locals",
    "coder_agent",
    "coder_app",
    "docker_container",
    "coder_metadata",
    "module",
  ]);
});
