import { Helper } from "velocityjs";
import { callMethod } from "./java-methods";
import { assertLength, TemplateLimits } from "./limits";
import { asFraction } from "./literal-number";
import {
  type Access,
  type Block,
  type Expression,
  type Node,
  parseAnew,
  parseString,
  parseTemplate,
  type Reference,
} from "./nodes";
import { holds, operate } from "./operators";
import {
  entry,
  isRecord,
  javaList,
  printed,
  putEntry,
  TemplateObject,
  type TemplateRecord,
  type TemplateValue,
} from "./values";

/** API Gateway ends a loop here. Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const MAX_ITERATIONS = 1000;

/**
 * Renders a mapping template the way Velocity on Java does. The parser is velocityjs; the values follow Java, since
 * templates call methods of Java objects.
 *
 * @param references `$input`, `$context` and so on
 * @throws Error when the template cannot be parsed or a method fails
 */
export function evaluateTemplate(template: string, references: TemplateRecord): string {
  return new Evaluation({ ...references }).render(parseTemplate(template));
}

class Evaluation {
  private halted: "break" | "stop" | undefined;
  private readonly macros = new Map<
    string,
    { readonly parameters: readonly Reference[]; readonly body: readonly Node[] }
  >();
  private readonly definitions = new Map<string, readonly Node[]>();
  private readonly limits = new TemplateLimits();

  constructor(private readonly scope: TemplateRecord) {}

  render(nodes: readonly Node[]): string {
    let output = "";
    for (const node of nodes) {
      if (this.halted) break;
      output += this.renderNode(node);
      assertLength(output.length);
    }
    return output;
  }

  private renderNode(node: Node): string {
    this.limits.step();
    if (typeof node === "string") return node;
    if (isBlock(node)) return this.renderBlock(node);
    switch (node.type) {
      case "references": {
        const definition = node.path ? undefined : this.definitions.get(node.id);
        return definition ? this.render(definition) : this.limits.made(printed(this.valueOf(node)));
      }
      case "set":
        this.assign(node.equal[0], this.valueOf(node.equal[1]));
        return "";
      case "break":
        this.halted = "break";
        return "";
      case "raw":
        return node.value;
      case "macro_call":
        return this.callMacro(node.id, node.args || [], node);
      default:
        return "";
    }
  }

  private renderBlock([head, ...body]: Block): string {
    switch (head.type) {
      case "if":
        return this.render(this.branchOf([head, ...body]));
      case "foreach":
        return this.repeat(head.to, this.valueOf(head.from), body);
      case "macro":
        this.macros.set(head.id, { parameters: head.args || [], body });
        return "";
      case "define":
        this.definitions.set(head.id, body);
        return "";
      case "macro_body":
        return "";
      default:
        return this.render(body);
    }
  }

  /** The nodes between the first condition that holds and the next one. */
  private branchOf(nodes: readonly Node[]): readonly Node[] {
    const isCondition = (node: Node) =>
      typeof node !== "string" && !isBlock(node) && ["if", "elseif", "else"].includes(node.type);
    const start = nodes.findIndex((node) => {
      if (typeof node === "string" || isBlock(node)) return false;
      if (node.type === "if" || node.type === "elseif") return holds(this.valueOf(node.condition));
      return node.type === "else";
    });
    if (start < 0) return [];
    const rest = nodes.slice(start + 1);
    const end = rest.findIndex(isCondition);
    return end < 0 ? rest : rest.slice(0, end);
  }

  private repeat(name: string, values: TemplateValue, body: readonly Node[]): string {
    const items = Array.isArray(values) ? [...values] : isRecord(values) ? Object.values(values) : [];
    const { foreach: outer } = this.scope;
    const ofLoop = isRecord(outer) ? { parent: outer } : {};
    return this.within([name, "foreach", "velocityCount"], () => {
      let output = "";
      for (const [index, item] of items.slice(0, MAX_ITERATIONS).entries()) {
        const hasNext = index + 1 < items.length;
        this.scope[name] = item;
        this.scope.velocityCount = index + 1;
        this.scope.foreach = { count: index + 1, index, hasNext, first: index === 0, last: !hasNext, ...ofLoop };
        output += this.render(body);
        assertLength(output.length);
        if (this.halted) break;
      }
      if (this.halted === "break") this.halted = undefined;
      return output;
    });
  }

  private callMacro(id: string, args: readonly Expression[], node: Node): string {
    const values = args.map((argument) => this.valueOf(argument));
    if (id === "stop") {
      this.halted = "stop";
      return "";
    }
    if (id === "evaluate") return this.render(parseAnew(printed(values[0])));
    const macro = this.macros.get(id);
    if (!macro) return Helper.getRefText(node as unknown as Parameters<typeof Helper.getRefText>[0]);
    const names = macro.parameters.map((parameter) => parameter.id);
    return this.within(names, () => {
      for (const [index, name] of names.entries()) this.scope[name] = values[index];
      return this.render(macro.body);
    });
  }

  /** Runs with variables of its own; afterwards they are what they were. */
  private within(names: readonly string[], run: () => string): string {
    const before = names.map((name) => [name, entry(this.scope, name)] as const);
    const output = run();
    for (const [name, value] of before) this.scope[name] = value;
    return output;
  }

  private assign(target: Reference, value: TemplateValue): void {
    const last = target.path?.at(-1);
    if (!last) {
      putEntry(this.scope, target.id, value);
      return;
    }
    const container = this.valueOf({ ...target, path: target.path?.slice(0, -1) });
    if (isRecord(container)) putEntry(container, this.keyOf(last), value);
    else if (Array.isArray(container)) setItem(container, Number(this.keyOf(last)), value);
  }

  private keyOf(access: Access): string {
    return access.type === "index" ? printed(this.valueOf(access.id)) : access.id;
  }

  private valueOf(expression: Expression): TemplateValue {
    this.limits.step();
    switch (expression.type) {
      case "references":
        return (expression.path ?? []).reduce<TemplateValue>(
          (value, access) => this.step(value, access),
          entry(this.scope, expression.id),
        );
      case "string":
        return expression.isEval && /[$#]/.test(expression.value)
          ? this.limits.made(this.render(parseString(expression)))
          : expression.value;
      case "integer":
        return Number(expression.value);
      case "decimal":
        return asFraction(Number(expression.value));
      case "bool":
        return expression.value === "null" ? null : expression.value === "true";
      case "array":
        return javaList(
          expression.isRange ? this.range(expression.value) : expression.value.map((item) => this.valueOf(item)),
        );
      case "map":
        return Object.fromEntries(
          Object.entries(expression.value ?? {}).map(([key, value]) => [key, this.valueOf(value)]),
        );
      case "math":
        return this.calculate(expression.operator, expression.expression);
    }
  }

  private step(value: TemplateValue, access: Access): TemplateValue {
    if (access.type === "method") {
      const args = (access.args || []).map((argument) => this.valueOf(argument));
      return this.limits.made(callMethod(value, access.id, args));
    }
    const key = this.keyOf(access);
    if (Array.isArray(value)) return value[Number(key)];
    if (value instanceof TemplateObject) return entry(value.members, key);
    return isRecord(value) ? entry(value, key) : undefined;
  }

  private range([from, to]: readonly (string | number | Reference)[]): number[] {
    const [start, end] = [from, to].map((bound) => Number(typeof bound === "object" ? this.valueOf(bound) : bound));
    if (start === undefined || end === undefined || Number.isNaN(start) || Number.isNaN(end)) return [];
    const length = Math.min(Math.abs(end - start) + 1, MAX_ITERATIONS + 1);
    return Array.from({ length }, (_, index) => (start <= end ? start + index : start - index));
  }

  private calculate(operator: string, [left, right]: readonly Expression[]): TemplateValue {
    const value = (side: Expression | undefined) => (side ? this.valueOf(side) : undefined);
    switch (operator) {
      case "&&":
        return holds(value(left)) && holds(value(right));
      case "||":
        return holds(value(left)) || holds(value(right));
      case "not":
        return !holds(value(left));
      case "minus":
        return operate("-", 0, value(left));
      case "parenthesis":
        return value(left);
      default:
        return this.limits.made(operate(operator, value(left), value(right)));
    }
  }
}

/** As in Java, a list does not grow by that: an index of a billion would make a billion of nothing. */
function setItem(list: TemplateValue[], index: number, value: TemplateValue): void {
  if (!(Number.isInteger(index) && index >= 0 && index < list.length)) throw new Error(`a list has no item ${index}`);
  list[index] = value;
}

function isBlock(node: Node): node is Block {
  return Array.isArray(node);
}
