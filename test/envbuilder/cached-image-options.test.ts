import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cachedImageAttributes, cachedImageWarnings } from "../../constructs/envbuilder/cached-image-options";
import type { EnvironmentVariable } from "../../constructs/envbuilder/environment";
import { ENVBUILDER_OPTIONS } from "../../constructs/envbuilder/options";

interface Attribute {
  readonly type: unknown;
  readonly computed?: boolean;
}

interface Schema {
  readonly provider_schemas: Readonly<
    Record<
      "registry.terraform.io/coder/envbuilder",
      {
        readonly resource_schemas: {
          readonly envbuilder_cached_image: { readonly block: { readonly attributes: Record<string, Attribute> } };
        };
      }
    >
  >;
}

const schema: Schema = JSON.parse(readFileSync(join(__dirname, "../../schemas/envbuilder-1.0.0.json"), "utf8"));
const { attributes } =
  schema.provider_schemas["registry.terraform.io/coder/envbuilder"].resource_schemas.envbuilder_cached_image.block;

function variable(name: string, value: string, secret = false): EnvironmentVariable {
  return { name, value: [value], secret, origin: "environment" };
}

function found(variables: Record<string, string>): Record<string, unknown> {
  const env = Object.entries(variables).map(([name, value]) => variable(name, value));
  return Object.fromEntries(cachedImageAttributes(env).map(({ name, value }) => [name, value]));
}

function warnings(name: string): ReturnType<typeof cachedImageWarnings> {
  return cachedImageWarnings([variable(name, "k")]);
}

test("the table of options knows every attribute of the provider that carries one", () => {
  const settable = Object.entries(attributes).filter(([, one]) => !one.computed);
  const own = ["builder_image", "extra_env"];

  expect(ENVBUILDER_OPTIONS.flatMap(({ attribute }) => attribute ?? []).sort()).toEqual(
    settable
      .map(([name]) => name)
      .filter((name) => !own.includes(name))
      .sort(),
  );
  expect(ENVBUILDER_OPTIONS.filter(({ attribute, probed }) => probed && attribute === undefined)).toEqual([]);
});

test("attributes have the types of the provider", () => {
  const types: Record<string, string> = { string: "string", bool: "bool", int: "number" };

  for (const { attribute, type, probed } of ENVBUILDER_OPTIONS.filter((one) => one.probed)) {
    expect([attribute, probed, attributes[attribute ?? ""]?.type]).toEqual([attribute, true, types[type]]);
  }
});

describe("cachedImageAttributes", () => {
  test("carry what decides what is built and how it is asked for", () => {
    expect(
      found({
        ENVBUILDER_CACHE_REPO: "registry.test/cache",
        ENVBUILDER_CACHE_TTL_DAYS: "+07",
        ENVBUILDER_DEVCONTAINER_DIR: "dev",
        ENVBUILDER_FALLBACK_IMAGE: "registry.test/base",
        ENVBUILDER_GIT_CLONE_SINGLE_BRANCH: "t",
        ENVBUILDER_GIT_PASSWORD: "${var.password}",
        ENVBUILDER_GIT_URL: "https://git.test/app.git",
        ENVBUILDER_INSECURE: "0",
        ENVBUILDER_REMOTE_REPO_BUILD_MODE: "TRUE",
      }),
    ).toEqual({
      cache_repo: ["registry.test/cache"],
      cache_ttl_days: 7,
      devcontainer_dir: ["dev"],
      fallback_image: ["registry.test/base"],
      git_clone_single_branch: true,
      git_password: ["${var.password}"],
      git_url: ["https://git.test/app.git"],
      insecure: false,
      remote_repo_build_mode: true,
    });
  });

  test("leave to Terraform what only it knows", () => {
    expect(found({ ENVBUILDER_INSECURE: "${var.insecure}", ENVBUILDER_CACHE_TTL_DAYS: "${var.days}" })).toEqual({
      insecure: ["${var.insecure}"],
      cache_ttl_days: ["${var.days}"],
    });
  });

  test("carry nothing that would replace the container for nothing, and nothing of the agent", () => {
    expect(
      found({
        CODER_AGENT_TOKEN: "${coder_agent.main.token}",
        CODER_AGENT_URL: "https://coder.test",
        ENVBUILDER_BASE_IMAGE_CACHE_DIR: "/base",
        ENVBUILDER_GIT_CLONE_DEPTH: "3",
        ENVBUILDER_GIT_HTTP_PROXY_URL: "http://proxy.test",
        ENVBUILDER_IGNORE_PATHS: "/a,/b",
        ENVBUILDER_INIT_SCRIPT: "${coder_agent.main.init_script}",
        ENVBUILDER_PUSH_IMAGE: "true",
        ENVBUILDER_SETUP_SCRIPT: "true",
        ENVBUILDER_SSL_CERT_BASE64: "AAAA",
        ENVBUILDER_VERBOSE: "true",
        ENVBUILDER_WORKSPACE_FOLDER: "/workspaces/app",
        https_proxy: "http://proxy.test",
        SSL_CERT_FILE: "/ca.pem",
      }),
    ).toEqual({});
  });

  test("take an empty value for none, as Envbuilder does", () => {
    expect(found({ ENVBUILDER_DOCKERFILE_PATH: "", ENVBUILDER_INSECURE: "" })).toEqual({});
  });
});

describe("cachedImageWarnings", () => {
  test("warn with probe-lacks-ssh-key, as each kind of key has it", () => {
    const [base64] = warnings("ENVBUILDER_GIT_SSH_PRIVATE_KEY_BASE64");
    const [path] = warnings("ENVBUILDER_GIT_SSH_PRIVATE_KEY_PATH");

    expect([base64?.id, path?.id]).toEqual(["probe-lacks-ssh-key", "probe-lacks-ssh-key"]);
    expect(base64?.message).toContain("has no attribute for ENVBUILDER_GIT_SSH_PRIVATE_KEY_BASE64");
    expect(path?.message).toContain("at the same path");
  });

  test("are silent of a password", () => {
    expect(warnings("ENVBUILDER_GIT_PASSWORD")).toEqual([]);
  });
});
