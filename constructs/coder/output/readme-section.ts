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

/**
 * The sections of a construct and all below it, in the order in which they were added. Where several constructs have one of
 * the same title, each says whose it is, unless they say the same.
 */
export function readmeSections(root: IConstruct): ReadmeSection[] {
  const entries = root.node
    .findAll()
    .flatMap(({ node }) =>
      node.metadata
        .filter((entry) => entry.type === METADATA_TYPE)
        .map(({ data }): { id: string; section: ReadmeSection } => ({ id: node.id, section: data })),
    );
  const distinct = entries.filter(
    ({ section }, index) => entries.findIndex((other) => isSame(other.section, section)) === index,
  );
  return distinct.map(({ id, section }) => {
    const several = distinct.filter((other) => other.section.title === section.title).length > 1;
    return several ? { ...section, title: `${section.title} of ${id}` } : section;
  });
}

function isSame(one: ReadmeSection, other: ReadmeSection): boolean {
  return one.title === other.title && one.body === other.body;
}
