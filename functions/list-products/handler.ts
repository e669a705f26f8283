import type { Page } from "../../contracts/page";
import type { Product } from "../../contracts/product";
import { apiHandler } from "../shared/api-handler";
import { decodeCursor, pageOf } from "../shared/page";
import { limitOf, queryParameter } from "../shared/request";
import { findProducts } from "./find-products";

/** `GET /products?category&limit&cursor` */
export const handler = apiHandler<Page<Product>>(async (event) => {
  const limit = limitOf(event);
  const cursor = queryParameter(event, "cursor");
  const [after] = cursor === undefined ? [] : decodeCursor(cursor, 1);
  const found = await findProducts({ atLeast: limit + 1, after, category: queryParameter(event, "category") });
  return { statusCode: 200, body: pageOf(found, limit, ({ productId }) => [productId]) };
});
