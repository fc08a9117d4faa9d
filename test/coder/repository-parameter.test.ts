import { TerraformOutput, type TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { askedRepository } from "../../constructs/coder/repository-parameter";
import { DataCoderParameter } from "../../constructs/providers/coder/data-coder-parameter";
import { Repository } from "../../constructs/settings/repository";
import { block, filesOf, local, teamStack, testTemplate, token, treeOf } from "../util";

const SHOP = "https://git.example.com/shop/web.git";
const PAYMENTS = "https://git.example.com/shop/payments.git";
const HTTP = "^(|https?://[^@/\\s]+/\\S+)$";
const ANY = "^(|https?://[^@/\\s]+/\\S+|ssh://([^@:/\\s]+@)?[^@/\\s]+/\\S+|[^@:/\\s]+@[^@:/\\s]+:\\S+)$";

/** Asks in a construct of its own, and returns the URL that the repository then has. */
function ask(stack: TerraformStack, repository: Repository, httpOnly = false, id = "workspace"): string {
  const { url = "" } = askedRepository(new Construct(stack, id), repository, httpOnly);
  new TerraformOutput(stack, `url_of_${id}`, { value: url, staticId: true });
  return Object(treeOf(stack)["output"])[`url_of_${id}`].value;
}

function parameters(stack: TerraformStack): string[] {
  return Object.keys(treeOf(stack).data?.["coder_parameter"] ?? {});
}

test("asks nothing where the repository is fixed", () => {
  const stack = teamStack();

  expect(ask(stack, Repository.at(SHOP, { branch: "main" }))).toBe(`${SHOP}#refs/heads/main`);
  expect(parameters(stack)).toEqual([]);
});

test("asks for a URL where nothing is offered", () => {
  const stack = teamStack();

  expect(ask(stack, Repository.chosenByUser())).toBe("${data.coder_parameter.repo.value}");
  expect(treeOf(stack).data?.["coder_parameter"]).toEqual({
    repo: {
      name: "repo",
      display_name: "Repository",
      description: "Where the repository is cloned from, such as https://git.example.com/team/app.git.",
      type: "string",
      form_type: "input",
      mutable: true,
      order: 1,
      validation: { regex: ANY, error: "Give an https:// or ssh:// URL without a password, or git@HOST:PATH." },
    },
  });
});

test("asks for a URL by HTTP where no other could be cloned", () => {
  const stack = teamStack();

  ask(stack, Repository.chosenByUser({ default: SHOP }), true);

  expect(block(treeOf(stack), "data.coder_parameter.repo")).toMatchObject({
    default: SHOP,
    validation: { regex: HTTP, error: "Give an https:// URL without user and password." },
  });
});

test.each([
  ["https://git.example.com/team/app.git", true, true],
  ["http://git.example.com/app", true, true],
  ["https://user:password@git.example.com/app", false, false],
  ["https://git.example.com", false, false],
  ["ssh://git@git.example.com/app", false, true],
  ["git@git.example.com:team/app.git", false, true],
  ["ssh://git.example.com/app", false, true],
  ["ssh://git@git.example.com:7999/app", false, true],
  ["ssh://git@[fd00::1]:22/app", false, true],
  ["git@[fd00::1]:team/app.git", false, true],
  ["ssh://git:password@git.example.com/app", false, false],
  ["ssh://git:@git.example.com/app", false, false],
  ["ssh://git@git.example.com", false, false],
  ["git:password@git.example.com:team/app.git", false, false],
  ["https://git.example.com/a b", false, false],
  // At import, where nobody has been asked yet.
  ["", true, true],
])("takes or refuses %j", (url, byHttp, byAny) => {
  expect([new RegExp(HTTP).test(url), new RegExp(ANY).test(url)]).toEqual([byHttp, byAny]);
});

test("offers a list, and any other repository", () => {
  const stack = teamStack();
  const repository = Repository.chosenByUser({
    options: [
      { name: "Shop", url: SHOP, description: "Node.js", icon: "/icon/nodejs.svg" },
      { name: "Payments", url: PAYMENTS },
    ],
  });

  expect(ask(stack, repository)).toBe("${local.repository_url}");
  expect(local(treeOf(stack), "repository_url")).toBe(
    '${(data.coder_parameter.repo.value == "custom") ? data.coder_parameter.custom_repo_url[0].value : data.coder_parameter.repo.value}',
  );
  expect(block(treeOf(stack), "data.coder_parameter.repo")).toEqual({
    name: "repo",
    display_name: "Repository",
    description: "The repository that the workspace is made from.",
    type: "string",
    form_type: "dropdown",
    mutable: true,
    default: SHOP,
    order: 1,
    option: [
      { name: "Shop", value: SHOP, description: "Node.js", icon: "/icon/nodejs.svg" },
      { name: "Payments", value: PAYMENTS },
      { name: "Another repository", value: "custom", description: "Give its URL below." },
    ],
  });
  expect(block(treeOf(stack), "data.coder_parameter.custom_repo_url")).toMatchObject({
    name: "custom_repo_url",
    display_name: "Repository URL",
    count: '${(data.coder_parameter.repo.value == "custom") ? 1 : 0}',
    order: 2,
  });
});

test("offers a list alone", () => {
  const stack = teamStack();
  const options = [{ name: "Shop", url: SHOP }];

  expect(ask(stack, Repository.chosenByUser({ options, custom: false }))).toBe("${data.coder_parameter.repo.value}");
  expect(parameters(stack)).toEqual(["repo"]);
  expect(block(treeOf(stack), "data.coder_parameter.repo")).toMatchObject({ default: SHOP, option: [{ value: SHOP }] });
});

test("takes another repository for the default, unless the list is all there is", () => {
  const options = [{ name: "Shop", url: SHOP }];
  const open = teamStack();
  const closed = teamStack();

  ask(open, Repository.chosenByUser({ options, default: PAYMENTS }));
  ask(closed, Repository.chosenByUser({ options, default: token("var.default_repository"), custom: false }));

  expect(block(treeOf(open), "data.coder_parameter.repo")).toMatchObject({ default: "custom" });
  expect(block(treeOf(open), "data.coder_parameter.custom_repo_url")).toMatchObject({ default: PAYMENTS });
  expect(block(treeOf(closed), "data.coder_parameter.repo")).toMatchObject({ default: "${var.default_repository}" });
});

test("is asked once by the workspaces that share it", () => {
  const stack = teamStack();
  const repository = Repository.chosenByUser();

  expect(ask(stack, repository, false, "one")).toBe("${data.coder_parameter.repo.value}");
  expect(ask(stack, repository, false, "two")).toBe("${data.coder_parameter.repo.value}");
  expect(parameters(stack)).toEqual(["repo"]);
});

test("is asked under a name of its own for a second workspace, after the first one's", () => {
  const stack = teamStack();
  const options = [{ name: "Shop", url: SHOP }];
  ask(stack, Repository.chosenByUser({ options }), false, "one");

  expect(ask(stack, Repository.chosenByUser({ options }), false, "two")).toBe("${local.two_repository_url}");
  expect(parameters(stack)).toEqual(["custom_repo_url", "repo", "two_custom_repo_url", "two_repo"]);
  expect(block(treeOf(stack), "data.coder_parameter.two_repo")).toMatchObject({
    name: "two_repo",
    display_name: "Repository of two",
    order: 3,
  });
  expect(block(treeOf(stack), "data.coder_parameter.two_custom_repo_url")).toMatchObject({
    name: "two_custom_repo_url",
    display_name: "Repository URL of two",
    order: 4,
    count: '${(data.coder_parameter.two_repo.value == "custom") ? 1 : 0}',
  });
});

test("is asked again where only one of two workspaces can clone by SSH", () => {
  const stack = teamStack();
  const repository = Repository.chosenByUser();
  ask(stack, repository, true, "one");
  ask(stack, repository, false, "two");

  expect(parameters(stack)).toEqual(["repo", "two_repo"]);
});

test("leaves a team's parameter of the name alone", () => {
  const stack = teamStack();
  new DataCoderParameter(stack, "repo", { name: "repo" });

  expect(ask(stack, Repository.chosenByUser())).toBe("${data.coder_parameter.workspace_repo.value}");
  expect(block(treeOf(stack), "data.coder_parameter.workspace_repo")).toMatchObject({ name: "workspace_repo" });
});

test("keeps what the repository says beside its URL", () => {
  const stack = teamStack();

  expect(ask(stack, Repository.chosenByUser({ branch: "dev" }))).toBe(
    "${data.coder_parameter.repo.value}#refs/heads/dev",
  );
});

test("is native Terraform in a template, whose options Coder's form sees, and in its README", () => {
  const template = testTemplate();
  const options = [{ name: "Shop | web", url: SHOP }];
  askedRepository(new Construct(template, "workspace"), Repository.chosenByUser({ options }), false);

  const files = filesOf(template);

  expect(files["parameters.tf"]).toContain(`  option {\n    name  = "Shop | web"\n    value = "${SHOP}"\n  }\n`);
  expect(files["parameters.tf"]).toContain("# Only asked where no repository of the list is chosen.\n");
  expect(files["README.md"]).toContain(
    "| Repository | The repository that the workspace is made from. | Shop &#124; web |\n",
  );
});
