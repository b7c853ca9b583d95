import { z } from 'zod';

const Reason = z.enum(['changed_mind', 'wrong_size', 'defective']);
const Line = z.object({ productId: z.string().min(1), quantity: z.int().min(1) });

export const ReturnRequest = z.object({ orderId: z.string().min(1), reason: Reason, items: z.array(Line).min(1).max(50) });
export type ReturnRequest = z.infer<typeof ReturnRequest>;

export const ReturnResponse = z.object({
  id: z.string(),
  orderId: z.string(),
  status: z.enum(['requested', 'received', 'refunded']),
  reason: Reason,
  items: z.array(Line),
  refundAmount: z.int(),
  restockingFee: z.int(),
  currency: z.string(),
  createdAt: z.iso.datetime(),
});
