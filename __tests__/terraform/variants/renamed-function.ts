import { synthesizeOrdersWith } from "./orders-with";

/** The state after: one route less, and the function under another name. */
synthesizeOrdersWith("orders-dev-promotions");
