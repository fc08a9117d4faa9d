import type { Construct, IConstruct } from "constructs";

const METADATA_TYPE = "cdktf-coder-envbuilder:readme";

/** A part of the README.md of a template. */
export interface ReadmeSection {
  readonly title: string;
  /** Markdown. */
  readonly body: string;
}

/** Adds a section to the README.md of the template that a construct is in; in any other stack it is not shown. */
export function describeInReadme(construct: Construct, section: ReadmeSection): void {
  construct.node.addMetadata(METADATA_TYPE, section);
}

/** The sections of a construct and all below it, in the order in which they were added. */
export function readmeSections(root: IConstruct): ReadmeSection[] {
  return root.node
    .findAll()
    .flatMap(({ node }) => node.metadata)
    .filter((entry) => entry.type === METADATA_TYPE)
    .map(({ data }): ReadmeSection => data);
}
