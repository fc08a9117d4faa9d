import { ValidationError } from "../errors";
import { checkLabelValue, checkQualifiedName } from "../settings/kubernetes-name";

/** What a node has to be like, by its labels. */
export class NodeRequirement {
  /**
   * A label with one of some values.
   *
   * @throws when Kubernetes takes no such label or value
   */
  public static in(label: string, values: string[]): NodeRequirement {
    return new NodeRequirement(label, "In", values);
  }

  /**
   * No such label, or one with another value than these.
   *
   * @throws when Kubernetes takes no such label or value
   */
  public static notIn(label: string, values: string[]): NodeRequirement {
    return new NodeRequirement(label, "NotIn", values);
  }

  /**
   * A label, whatever its value.
   *
   * @throws when Kubernetes takes no such label
   */
  public static exists(label: string): NodeRequirement {
    return new NodeRequirement(label, "Exists");
  }

  /**
   * No such label.
   *
   * @throws when Kubernetes takes no such label
   */
  public static doesNotExist(label: string): NodeRequirement {
    return new NodeRequirement(label, "DoesNotExist");
  }

  private readonly values: readonly string[] | undefined;

  private constructor(
    private readonly label: string,
    private readonly operator: string,
    values?: readonly string[],
  ) {
    checkQualifiedName("node label", label);
    for (const value of values ?? []) checkLabelValue(`node label ${label}`, value);
    if (values?.length === 0) {
      throw new ValidationError(
        "node-requirement-without-value",
        `node label ${label} must be compared with a value at least, because no node would do; give one, or use NodeRequirement.exists`,
      );
    }
    this.values = values && [...values];
  }

  /** As Kubernetes writes it. @internal */
  public expression(): { key: string; operator: string; values?: string[] } {
    return { key: this.label, operator: this.operator, ...(this.values ? { values: [...this.values] } : {}) };
  }
}
