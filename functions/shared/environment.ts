/** Value of an environment variable that the stack sets; throws when the function was deployed without it. */
export function variable(name: "PRODUCTS_TABLE" | "ORDERS_TABLE"): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`the environment variable ${name} is not set`);
  return value;
}
