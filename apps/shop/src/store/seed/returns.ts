import type { Return } from '../../returns/model.ts';

export const seedReturns = (): Return[] => [
  {
    id: 'ret_1001',
    orderId: 'ord_1001',
    reason: 'changed_mind',
    status: 'requested',
    lines: [{ productId: 'prd_101', quantity: 1 }],
    createdAt: '2026-09-10T12:00:00.000Z',
  },
  {
    id: 'ret_1002',
    orderId: 'ord_1004',
    reason: 'defective',
    status: 'refunded',
    lines: [{ productId: 'prd_107', quantity: 2 }],
    createdAt: '2026-10-25T08:15:00.000Z',
  },
];
