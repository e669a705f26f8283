import { GetCommand } from "@aws-sdk/lib-dynamodb";
import type { Product } from "../../contracts/product";
import { apiHandler } from "../shared/api-handler";
import { dynamodb } from "../shared/dynamodb";
import { variable } from "../shared/environment";
import { ProblemError } from "../shared/problem-error";
import { pathParameter } from "../shared/request";

/** `GET /products/{productId}` */
export const handler = apiHandler<Product>(async (event) => {
  const productId = pathParameter(event, "productId");
  const { Item } = await dynamodb.send(new GetCommand({ TableName: variable("PRODUCTS_TABLE"), Key: { productId } }));
  if (!Item) throw new ProblemError(404, "PRODUCT_NOT_FOUND", `there is no product "${productId}"`);
  return { statusCode: 200, body: Item as Product };
});
