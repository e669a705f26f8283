import { z } from "zod";

/** What a client sends to write a note. */
export const noteSchema = z.object({
  title: z.string().min(1).max(100),
  text: z.string().max(10_000),
});

export type Note = z.infer<typeof noteSchema>;
