import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { CreateOrder, Order } from "../../contracts/order";
import type { Product } from "../../contracts/product";
import type { StageUnderTest } from "./stage-under-test";

/** One request to the stage. */
export interface ContractRequest {
  readonly method: string;
  /** Below the stage, with the query. */
  readonly path: string;
  /** Does it carry the API key? */
  readonly keyed?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string goes as it is, anything else as JSON. */
  readonly body?: unknown;
}

/** What came back. */
export interface ContractAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed; undefined when it is empty, the text when it is no JSON. */
  readonly body: unknown;
}

/** Longest time for one answer: API Gateway itself gives up after 29 s. */
const ANSWER_MILLIS = 35_000;
/** Plans allow a few requests a second, and others may use the stage at the same time. */
const THROTTLED = { attempts: 10, pauseMillis: 500 };

/**
 * A customer that no run before had, so that runs do not meet on a shared stage. Orders cannot be deleted; `leave` cancels
 * them.
 */
export class Customer {
  readonly customerId = `contract-${randomUUID()}`;
  private readonly orders = new Set<string>();
  private product: Promise<string> | undefined;

  constructor(private readonly stage: StageUnderTest) {}

  /** Sends once. */
  async sendOnce({ method, path, keyed, headers = {}, body }: ContractRequest): Promise<ContractAnswer> {
    const url = `${this.stage.baseUrl}${path}`;
    const response = await fetch(url, {
      method,
      headers: {
        ...(body !== undefined && { "Content-Type": "application/json" }),
        ...(keyed && { "x-api-key": this.stage.apiKey() }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
      signal: AbortSignal.timeout(ANSWER_MILLIS),
    }).catch((cause) => {
      throw new Error(`${method} ${url} was not answered`, { cause });
    });
    const answer = { status: response.status, headers: response.headers, body: parsed(await response.text()) };
    if (method === "POST" && path === "/orders" && answer.status === 201) {
      this.orders.add((answer.body as Order).orderId);
    }
    return answer;
  }

  /** Sends, and again while the answer is 429, as every client of a throttled API has to. */
  async send(request: ContractRequest): Promise<ContractAnswer> {
    let answer = await this.sendOnce(request);
    for (let attempt = 1; answer.status === 429 && attempt < THROTTLED.attempts; attempt++) {
      await delay(THROTTLED.pauseMillis);
      answer = await this.sendOnce(request);
    }
    return answer;
  }

  /** Id of a product that can be ordered. */
  productId(): Promise<string> {
    this.product ??= this.firstProduct();
    return this.product;
  }

  /** Body of an order that the contract accepts. */
  async orderBody(changes: Partial<CreateOrder> = {}): Promise<CreateOrder> {
    const items = [{ productId: await this.productId(), quantity: 2 }];
    return { customerId: this.customerId, items, ...changes };
  }

  /** Creates an order, and answers its id. */
  async order(): Promise<string> {
    const order = await this.orderBody();
    const { status, body } = await this.send({ method: "POST", path: "/orders", keyed: true, body: order });
    if (status !== 201) throw new Error(`no order could be created: ${status} ${JSON.stringify(body)}`);
    return (body as Order).orderId;
  }

  /** Cancels what was ordered. */
  async leave(): Promise<void> {
    for (const orderId of this.orders) await this.send({ method: "DELETE", path: `/orders/${orderId}` });
  }

  private async firstProduct(): Promise<string> {
    const { status, body } = await this.send({ method: "GET", path: "/products" });
    const [product] = status === 200 ? (body as { items: readonly Product[] }).items : [];
    if (!product) throw new Error(`GET /products must list a product to order, got ${status} ${JSON.stringify(body)}`);
    return product.productId;
  }
}

function parsed(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
