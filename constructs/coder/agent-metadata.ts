/** A figure of the running workspace that the dashboard shows. */
export interface AgentMetadataItem {
  /** The only one of its name; items are sorted by it. */
  readonly key: string;
  /** What users read. */
  readonly displayName: string;
  /** A shell command whose output is the figure. */
  readonly script: string;
  /** How often it is asked, in seconds. */
  readonly intervalSeconds: number;
  /**
   * When an answer is given up, in seconds.
   *
   * @default 1
   */
  readonly timeoutSeconds?: number;
}

/** What the dashboard shows unless told otherwise; the agent's own binary knows all of it, so that any image will do. */
export const STANDARD_METADATA: readonly AgentMetadataItem[] = standardMetadata("/workspaces");

/** As `STANDARD_METADATA`, for a workspace that keeps its files in another folder. */
export function standardMetadata(folder: string): AgentMetadataItem[] {
  const path = /^[\w./-]+$/.test(folder) ? folder : `'${folder.replaceAll("'", "'\\''")}'`;
  return [
    { key: "0_cpu_usage", displayName: "CPU Usage", script: "coder stat cpu", intervalSeconds: 10 },
    { key: "1_ram_usage", displayName: "RAM Usage", script: "coder stat mem", intervalSeconds: 10 },
    { key: "2_disk_usage", displayName: "Disk Usage", script: `coder stat disk --path ${path}`, intervalSeconds: 60 },
    { key: "3_host_cpu_usage", displayName: "CPU Usage (Host)", script: "coder stat cpu --host", intervalSeconds: 10 },
    { key: "4_host_ram_usage", displayName: "RAM Usage (Host)", script: "coder stat mem --host", intervalSeconds: 10 },
  ];
}
