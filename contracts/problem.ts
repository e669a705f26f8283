import { z } from "zod";

/** Body of every error that a function answers. */
export const problemSchema = z.object({
  code: z.string().describe("Names the condition, for programs, such as ORDER_NOT_FOUND"),
  message: z.string().describe("Says what is wrong, for people"),
});

export type Problem = z.infer<typeof problemSchema>;
