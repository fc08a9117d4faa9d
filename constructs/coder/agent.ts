import { Token } from "cdktf";
import { Construct } from "constructs";
import { ValidationError, shown, shownUrl } from "../errors";
import { Agent } from "../providers/coder/agent";
import { App } from "../providers/coder/app";
import { checkLiteralCredentials } from "../settings/literal-credentials";
import { checkProxyVariable } from "../settings/proxy-variable";
import { hasReference } from "../settings/text";
import { commentOn } from "../terraform/comment";
import { attributeOf, call } from "../terraform/expression";
import { isFree, pinLogicalId } from "../terraform/logical-id";
import { escapedForTerraform, withoutStrayDirectives } from "../terraform/terraform-text";
import { STANDARD_METADATA, type AgentMetadataItem } from "./agent-metadata";
import { CoderData } from "./coder-data";

/** The agent of a workspace. */
export interface WorkspaceAgentProps {
  /**
   * What users know the agent by: letters and digits, single hyphens between them, a letter first. No two agents of a
   * template share it.
   *
   * @default "main"
   */
  readonly name?: string;
  /**
   * Environment of everything that runs under the agent. It wins over the container's. The agent expands `$NAME` in values.
   *
   * @default - only Git's author and committer, from the workspace's owner
   */
  readonly environment?: { [name: string]: string };
  /**
   * A shell script that runs when the workspace starts. `${…}` in it is the shell's; for a value of Terraform put in a token.
   *
   * @default - none
   */
  readonly startupScript?: string;
  /**
   * What the dashboard shows of the running workspace.
   *
   * @default - `STANDARD_METADATA`: CPU, memory and disk of the container, and load of the host
   */
  readonly metadata?: AgentMetadataItem[];
}

/** An application that users open from the dashboard. */
export interface AgentAppProps {
  /** What users read. */
  readonly displayName: string;
  /** Where it listens in the workspace, such as `http://localhost:13337`. */
  readonly url: string;
  /**
   * A URL, or a path such as `/icon/code.svg` on the Coder server.
   *
   * @default - Coder's own
   */
  readonly icon?: string;
  /**
   * Whether it is served below a domain of its own, which needs a wildcard access URL.
   *
   * @default false
   */
  readonly subdomain?: boolean;
  /**
   * Who may open it: `owner`, `authenticated` or `public`.
   *
   * @default "owner"
   */
  readonly share?: string;
  /**
   * A URL in the workspace that answers while the application is well, asked every 5 seconds, up to 6 times in vain.
   *
   * @default - it is always taken to be well
   */
  readonly healthcheckUrl?: string;
  /**
   * Its place among the applications, smallest first.
   *
   * @default - by name
   */
  readonly order?: number;
}

/** The Coder agent: what connects a workspace to Coder. */
export class WorkspaceAgent extends Construct {
  /** The `coder_agent` itself. */
  public readonly resource: Agent;

  /** @throws when Coder would refuse the name or the metadata, or when the environment tells of a proxy or a password */
  public constructor(scope: Construct, id: string, props: WorkspaceAgentProps = {}) {
    super(scope, id);
    const name = props.name ?? "main";
    const metadata = props.metadata ?? STANDARD_METADATA;
    checkName(name);
    checkMetadata(metadata);
    checkEnvironment(props.environment ?? {});
    const data = CoderData.of(this);
    const author = call("coalesce", attributeOf(data.owner, "fullName"), attributeOf(data.owner, "name"));
    const resource = new Agent(this, "Resource", {
      os: "linux",
      arch: attributeOf(data.provisioner, "arch"),
      startupScript: props.startupScript === undefined ? undefined : escapedForTerraform(props.startupScript),
      env: {
        GIT_AUTHOR_NAME: author,
        GIT_AUTHOR_EMAIL: attributeOf(data.owner, "email"),
        GIT_COMMITTER_NAME: author,
        GIT_COMMITTER_EMAIL: attributeOf(data.owner, "email"),
        ...mapValues(props.environment ?? {}, withoutStrayDirectives),
      },
      metadata: metadata.map((item) => ({
        key: item.key,
        displayName: item.displayName,
        script: escapedForTerraform(item.script),
        interval: item.intervalSeconds,
        timeout: item.timeoutSeconds ?? 1,
      })),
    });
    if (!isFree(resource, name)) {
      throw new ValidationError(
        "agent-name-twice",
        `agent name ${shown(name)} must be the only one of its name in the template, because users tell agents apart by it; give this one another as agent.name`,
      );
    }
    this.resource = pinLogicalId(resource, name);
    commentOn(this.resource, "Runs in the finished workspace and connects it to Coder. Its name is what users see.");
  }

  /** What the agent signs in with; sensitive, and new at every build. */
  public get token(): string {
    return this.resource.token;
  }

  /** A shell script that downloads the agent from the Coder server and runs it. */
  public get initScript(): string {
    return this.resource.initScript;
  }

  /**
   * Adds an application to the dashboard.
   *
   * @param slug - its name in URLs: lower-case letters, digits and single hyphens, the only one of its name in the template
   * @throws when Coder would refuse the slug or `share`
   */
  public addApp(slug: string, props: AgentAppProps): App {
    checkApp(slug, props);
    if (this.node.tryFindChild(slug)) throw slugTwice(slug);
    const app = new App(this, slug, {
      agentId: this.resource.id,
      slug,
      displayName: props.displayName,
      url: props.url,
      icon: props.icon,
      subdomain: props.subdomain ?? false,
      share: props.share ?? "owner",
      order: props.order,
      healthcheck:
        props.healthcheckUrl === undefined ? undefined : { url: props.healthcheckUrl, interval: 5, threshold: 6 },
    });
    // Slugs may begin with a digit, names in Terraform may not.
    const name = /^\d/.test(slug) ? `app-${slug}` : slug;
    if (!isFree(app, name)) throw slugTwice(slug);
    return pinLogicalId(app, name);
  }
}

function checkName(name: string): void {
  if (/^[a-z](-?[a-z0-9])*$/i.test(name)) return;
  throw new ValidationError(
    "agent-name",
    `agent name ${shown(name)} must consist of letters, digits and single hyphens between them and begin with a letter, because Coder names agents after their Terraform resource; write it as "main"`,
  );
}

/** It wins over the container's. */
function checkEnvironment(environment: { readonly [name: string]: string }): void {
  for (const [name, value] of Object.entries(environment)) {
    const at = `agent.environment.${name}`;
    checkProxyVariable(at, name);
    checkLiteralCredentials(at, value);
  }
}

function checkMetadata(items: readonly AgentMetadataItem[]): void {
  for (const [index, { key, intervalSeconds, timeoutSeconds = 1 }] of items.entries()) {
    const twin = items.findIndex((other) => other.key === key);
    if (twin !== index) {
      throw new ValidationError(
        "agent-metadata-twice",
        `agent.metadata[${index}] and agent.metadata[${twin}] both have the key ${shown(key)}, of which Coder keeps one; rename one of them`,
      );
    }
    for (const [prop, value] of Object.entries({ intervalSeconds, timeoutSeconds })) {
      if (!Token.isUnresolved(value) && !(Number.isInteger(value) && value > 0)) {
        throw new ValidationError(
          "agent-metadata-seconds",
          `agent.metadata[${index}].${prop} ${value} must be a whole number of seconds from 1 on; round it`,
        );
      }
    }
  }
}

function checkApp(slug: string, { share, url, healthcheckUrl }: AgentAppProps): void {
  if (!/^[a-z0-9](-?[a-z0-9])*$/.test(slug)) {
    throw new ValidationError(
      "app-slug",
      `app slug ${shown(slug)} must consist of lower-case letters, digits and single hyphens between them; write it as "code-server"`,
    );
  }
  for (const [prop, value] of Object.entries({ url, healthcheckUrl })) {
    if (value === undefined || hasReference(value) || /^[a-z][a-z0-9+.-]*:\/\/./i.test(value)) continue;
    throw new ValidationError(
      "app-url-malformed",
      `${prop} ${shownUrl(value)} of the app ${slug} must begin with a scheme, because Coder could not connect to it otherwise; write it as "http://localhost:8080"`,
    );
  }
  if (share !== undefined && !hasReference(share) && !["owner", "authenticated", "public"].includes(share)) {
    throw new ValidationError(
      "app-share-unknown",
      `share ${shown(share)} of the app ${slug} must be one of owner, authenticated, public; choose one of them`,
    );
  }
}

function slugTwice(slug: string): ValidationError {
  return new ValidationError(
    "app-slug-twice",
    `app slug ${shown(slug)} must be the only one of its name in the template, because URLs are made from it; rename one of the apps`,
  );
}

function mapValues(values: { readonly [name: string]: string }, change: (value: string) => string): typeof values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}
