import { checkTemplateName } from "../../constructs/coder/template-name";

test.each(["a", "docker-behind-proxy", "A1-b2", "a".repeat(32), "news"])("takes %j", (name) => {
  expect(() => checkTemplateName(name)).not.toThrow();
});

test.each([
  ["a".repeat(33), "has 33 characters; Coder takes at most 32: shorten it"],
  ["", "must consist of letters, digits and single hyphens between them"],
  ["a_b", "must consist of"],
  ["a--b", "must consist of"],
  ["-a", "must consist of"],
  ["a-", "must consist of"],
  ["a b", "must consist of"],
  ["new", "is a word of Coder's own; choose another"],
  ["create", "is a word of Coder's own"],
])("fails on %j", (name, message) => {
  expect(() => checkTemplateName(name)).toThrow(`template name ${JSON.stringify(name)} ${message}`);
  expect(() => checkTemplateName(name)).toThrow("[template-name]");
});
